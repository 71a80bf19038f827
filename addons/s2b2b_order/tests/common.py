from odoo.fields import Command

from odoo.addons.s2b2b_member.tests.common import MemberCommon
from odoo.addons.s2b2b_supplier.tests.common import SupplierCommon


class OrderCommon(SupplierCommon, MemberCommon):
    """A platform that allocates by itself: suppliers with offers and stock, and a member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"allocation_mode": "auto", "s2b2b_start_date": "2020-01-01"})
        cls.route = cls.env.ref("stock_dropshipping.route_drop_shipping")
        cls.normal_type = cls.env.ref("s2b2b_order.order_type_normal")
        cls.urgent_type = cls.env.ref("s2b2b_order.order_type_urgent")
        cls.policy = cls.env["s2b2b.allocation.policy"].create({"name": "Plain", "time_limit": 5})
        (cls.normal_type | cls.urgent_type).policy_id = cls.policy
        cls.member = cls._member("Riverside Gifts")

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        for xmlid in (
            "purchase.group_purchase_manager",
            "s2b2b_order.group_manager",
            "s2b2b_supplier.group_manager",
            "sales_team.group_sale_manager",
            "stock.group_stock_manager",
        ):
            groups |= cls.env.ref(xmlid)
        return groups

    @classmethod
    def _goods(cls, name, price=10.0, **vals):
        """Goods that are drop-shipped."""
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": price,
                "standard_price": price / 2,
                "taxes_id": False,
                "supplier_taxes_id": False,
                "invoice_policy": "delivery",
                "route_ids": [Command.set(cls.route.ids)],
                **vals,
            }
        )

    @classmethod
    def _offer(cls, supplier, product, price=10.0, min_qty=0.0, delay=2, stock=None, **values):
        """What ``supplier`` asks for ``product``, and what it has of it."""
        if stock is not None:
            cls._stock(supplier, product, stock)
        return super()._offer(supplier, product, price, min_qty, delay, **values)

    @classmethod
    def _stock(cls, supplier, product, quantity, **vals):
        return cls.env["s2b2b.supplier.stock"]._report(
            supplier.id, product.id, cls.company.id, {"available_qty": quantity, **vals}
        )

    @classmethod
    def _sale(cls, *lines, order_type=None, confirm=True, **vals):
        """An order of ``lines`` (product, quantity) of the member."""
        order_type = cls.normal_type if order_type is None else order_type
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.member.id,
                "order_type_id": order_type.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in lines
                ],
                **vals,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def _purchase(self, order, supplier, state=None):
        """The purchase order of ``order`` at ``supplier``; the last one where there are several."""
        purchases = order.supplier_order_ids.filtered(
            lambda p: p.partner_id == supplier and (not state or p.supplier_state == state)
        )
        return purchases.sorted("id")[-1:]

    def _placed(self, order):
        """{supplier: {product: quantity}} of what is ordered for ``order``."""
        placed = {}
        for purchase in order.supplier_order_ids.filtered(lambda p: p.state != "cancel"):
            of_supplier = placed.setdefault(purchase.partner_id, {})
            for line in purchase.order_line.filtered("product_qty"):
                of_supplier[line.product_id] = (
                    of_supplier.get(line.product_id, 0) + line.product_qty
                )
        return placed

    def _reason(self, order, supplier, product=None):
        """Why the offers of ``supplier`` were chosen or not in the last allocation of ``order``."""
        lines = order.allocation_ids.sorted("id")[-1:].line_ids.filtered(
            lambda line: (
                line.supplier_id == supplier and (not product or line.product_id == product)
            )
        )
        return lines[:1].reason


class TwoOffersCommon(OrderCommon):
    """One product that two suppliers offer, one of them cheaper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls.dear = cls._supplier("Dear Ltd")
        cls._offer(cls.cheap, cls.lamp, 8.0)
        cls._offer(cls.dear, cls.lamp, 9.0)
