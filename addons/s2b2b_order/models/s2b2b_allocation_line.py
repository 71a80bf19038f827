from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

OUTCOMES = [
    ("accepted", "Accepted"),
    ("partial", "Accepted in part"),
    ("refused", "Refused"),
    ("timeout", "Not answered"),
    ("cancelled", "Cancelled"),
]
NOT_ASKED_AGAIN = ("partial", "refused", "timeout")
# Core re-prices a purchase line when its quantity changes, unless its price differs from this one.
PRICE_BY_HAND = -1.0


class AllocationLine(models.Model):
    """An offer for an order line, chosen or not, with the reason; or what nobody can serve."""

    _name = "s2b2b.allocation.line"
    _description = "Allocation Line"
    _order = "sale_line_id, is_chosen desc, price_landed, id"
    _rec_name = "supplier_id"

    allocation_id = fields.Many2one(
        "s2b2b.allocation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="allocation_id.order_id", store=True, index=True)
    company_id = fields.Many2one(related="allocation_id.company_id", store=True)
    state = fields.Selection(related="allocation_id.state")
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(related="sale_line_id.product_id", store=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    supplier_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", help="Empty: nobody can serve it."
    )
    seller_id = fields.Many2one("product.supplierinfo", "Offer", readonly=True, ondelete="set null")
    quantity = fields.Float(digits="Product Unit", help="In the unit of the product.")
    planned_quantity = fields.Float(
        "Planned", digits="Product Unit", readonly=True, help="What the plan gave this offer."
    )
    is_chosen = fields.Boolean(compute="_compute_is_chosen", store=True)
    is_shortage = fields.Boolean("Shortage", readonly=True)
    is_barred = fields.Boolean("Not Allowed", readonly=True)
    price_unit = fields.Float(
        min_display_digits="Product Price",
        readonly=True,
        help="Net price of the product's unit in the supplier's currency: what is ordered at.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    price_landed = fields.Float(
        min_display_digits="Product Price",
        readonly=True,
        help="The same in the company's currency, without tax: what offers are compared by.",
    )
    min_quantity = fields.Float("Minimum", digits="Product Unit", readonly=True)
    free_quantity = fields.Float("Free", digits="Product Unit", readonly=True)
    has_free_quantity = fields.Boolean("Stock Known", readonly=True)
    arrival_date = fields.Date("Arrives", readonly=True)
    is_late = fields.Boolean(
        readonly=True, help="It would arrive after the date that was asked for."
    )
    reason = fields.Char(readonly=True)
    is_placed = fields.Boolean("Ordered", readonly=True, copy=False)
    outcome = fields.Selection(OUTCOMES, readonly=True, copy=False)
    purchase_line_ids = fields.One2many(
        "purchase.order.line", "allocation_line_id", "Purchase Order Lines"
    )
    move_ids = fields.One2many("stock.move", "allocation_line_id", "Moves")

    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0)", "A quantity must not be negative."
    )

    @api.depends("quantity", "supplier_id")
    def _compute_is_chosen(self):
        for line in self:
            line.is_chosen = bool(line.supplier_id) and line.quantity > 0

    @api.constrains("quantity")
    def _check_quantity(self):
        for line in self:
            if line.allocation_id.state != "proposed":
                raise UserError(self.env._("Only a proposal can be changed."))
            if line.is_barred and line.quantity:
                raise UserError(
                    self.env._("This offer cannot be chosen: %(reason)s", reason=line.reason)
                )

    @api.model
    def _prepare_plan_vals(self, order, given, case, plan):
        """Return the values of the lines that tell the whole of ``plan``: offers and shortages."""
        shares = {(share.need, share.bid): share.quantity for share in case.shares(plan)}
        reasons = self.env["s2b2b.allocation.reason"]._get_texts(given, case, plan)
        asked = order._get_asked_date()
        vals_list = []
        for need in given.needs[order.id]:
            for bid in given.bids:
                if bid.product == need.product:
                    quantity = shares.get((need.key, bid.key), 0.0)
                    barred = given.barred[order.id].get(bid.key)
                    reason = barred or reasons.get((need.key, bid.key))
                    vals = self._prepare_offer_vals(need, bid, given.free, quantity, reason)
                    is_late = bool(asked and vals["arrival_date"] > asked)
                    vals_list.append({**vals, "is_barred": bool(barred), "is_late": is_late})
        for need, missing in case.shortages(plan).items():
            vals_list.append(self._prepare_shortage_vals(need, missing))
        return vals_list

    def _prepare_offer_vals(self, need, bid, free, quantity, reason):
        seller = self.env["product.supplierinfo"].browse(bid.key[0])
        product = self.env["product.product"].browse(bid.product)
        arrival = fields.Date.context_today(self) + timedelta(days=bid.lead_days)
        known = free.get((bid.supplier, bid.product))
        return {
            "sale_line_id": need.key,
            "supplier_id": bid.supplier,
            "seller_id": seller.id,
            "quantity": quantity,
            "planned_quantity": quantity,
            "price_unit": seller._get_unit_price(product),
            "currency_id": seller.currency_id.id,
            "price_landed": bid.price,
            "min_quantity": bid.minimum,
            "free_quantity": (known or 0.0) + quantity if known is not None else 0.0,
            "has_free_quantity": known is not None,
            "arrival_date": arrival,
            "reason": reason,
        }

    def _prepare_shortage_vals(self, sale_line_id, missing):
        line = self.env["sale.order.line"].browse(sale_line_id)
        return {
            "sale_line_id": sale_line_id,
            "quantity": missing,
            "planned_quantity": missing,
            "is_shortage": True,
            "reason": self.env._(
                "%(quantity)g %(unit)s of it can be served by nobody.",
                quantity=missing,
                unit=line.product_id.uom_id.name,
            ),
        }

    def _prepare_procurement_vals(self, values):
        """Return ``values`` of a procurement so that it buys from this offer, at its date."""
        self.ensure_one()
        planned = self.order_id._get_planned_datetime(self.arrival_date)
        return {
            **values,
            "supplierinfo_id": self.seller_id,
            "allocation_line_id": self.id,
            "force_uom": True,
            "date_order": fields.Datetime.now(),
            "date_planned": planned,
            "date_deadline": planned,
        }

    def _prepare_purchase_line_vals(self, vals):
        """Return what of ``vals`` of the purchase line is planned: its price, and that it stays."""
        self.ensure_one()
        unit = self.env["uom.uom"].browse(vals["product_uom_id"])
        price = self.product_uom_id._compute_price(self.price_unit, unit)
        return {
            "allocation_line_id": self.id,
            "price_unit": price,
            "discount": 0.0,
            "technical_price_unit": PRICE_BY_HAND,
            "asked_qty": vals["product_qty"],
        }
