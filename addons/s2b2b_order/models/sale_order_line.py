from odoo import fields, models

from ..tools.fulfilment import Part
from .s2b2b_allocation_line import NOT_ASKED_AGAIN


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    allocation_line_ids = fields.One2many(
        "s2b2b.allocation.line", "sale_line_id", groups="base.group_user"
    )

    def _is_allocated(self):
        """Tell whether the line is bought for the order by an allocation, not by core's rules."""
        self.ensure_one()
        # sudo: the rules of stock and the settings of the company are not for every seller to read
        line = self.sudo()
        return line.order_id._is_allocated() and line._is_bought()

    def _is_bought(self):
        """Tell whether the route of the line buys: drop-shipped or bought to order."""
        self.ensure_one()
        product = self.product_id
        if self.display_type or self.is_downpayment or product.type != "consu":
            return False
        routes = self.route_ids or (product.route_ids | product.categ_id.total_route_ids)
        rules = self._filter_rules(routes)
        if any(r.action == "buy" and r.location_dest_id.usage == "customer" for r in rules):
            return True
        to_order = any(rule.procure_method == "make_to_order" for rule in rules)
        supply = rules | self._filter_rules(self.order_id.warehouse_id.route_ids)
        return to_order and any(rule.action == "buy" for rule in supply)

    def _filter_rules(self, routes):
        companies = (self.company_id.browse(), self.company_id)
        return routes.rule_ids.filtered(lambda rule: rule.company_id in companies)

    def _is_goods(self):
        return not self.display_type and self.product_id.type == "consu"

    def _get_part(self):
        """Return what a line from own stock is of its order, for the fulfilment state."""
        self.ensure_one()
        return Part(
            stage="delivered" if self._is_sent_completely() else "accepted",
            is_delivered_partly=bool(self._get_sent_quantity()),
        )

    def _get_missing_quantities(self):
        """Return {line: quantity placed with nobody}, in the product's unit; below 0: too much."""
        missing = {}
        for line in self:
            unit = line.product_uom_id
            placed = line._get_qty_procurement() if line.state == "sale" else 0.0
            rest = unit.round(line.product_uom_qty - placed)
            missing[line] = unit._compute_quantity(
                rest, line.product_id.uom_id, rounding_method="HALF-UP"
            )
        return missing

    def _get_excluded_suppliers(self):
        """Return {line: suppliers that refused it, fell short or did not answer}."""
        return {
            line: line.allocation_line_ids.filtered(
                lambda asked: asked.outcome in NOT_ASKED_AGAIN
            ).supplier_id
            for line in self
        }

    def _get_sent_quantity(self):
        """Return what has ever arrived at the customer; returns do not count against it."""
        self.ensure_one()
        return sum(
            move.product_uom._compute_quantity(
                move.quantity, self.product_uom_id, rounding_method="HALF-UP"
            )
            for move in self.move_ids
            if move.state == "done" and move.location_dest_usage == "customer"
        )

    def _is_sent_completely(self):
        return self.product_uom_id.compare(self._get_sent_quantity(), self.product_uom_qty) >= 0

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Lines that are bought for an order are allocated; core procures the others."""
        if self.env.context.get("skip_procurement"):
            return super()._action_launch_stock_rule(
                previous_product_uom_qty=previous_product_uom_qty
            )
        allocated = self.filtered(lambda line: line._is_allocated())
        allocated.order_id._allocate()
        return super(SaleOrderLine, self - allocated)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )

    def _create_procurements(self, product_qty, procurement_uom, values):
        """One procurement for each offer that an applied allocation has chosen for the line."""
        if not self._is_allocated():
            return super()._create_procurements(product_qty, procurement_uom, values)
        procurements = []
        for chosen in self._get_lines_to_place():
            procurements += super()._create_procurements(
                chosen.quantity, chosen.product_uom_id, chosen._prepare_procurement_vals(values)
            )
        return procurements

    def _get_lines_to_place(self):
        return self.allocation_line_ids.filtered(
            lambda line: line.is_chosen and not line.is_placed and line.state == "applied"
        )

    def _place_chosen(self):
        """Procure what applied allocations have chosen for these lines.

        Unlike core's launch it works on a locked order as well: what one supplier refuses is
        ordered from another one, whoever has locked what the customer agreed to.
        """
        chosen = self._get_lines_to_place()
        procurements = []
        for line in chosen.sale_line_id:
            if not line.order_id.stock_reference_ids:
                self.env["stock.reference"].create(line._prepare_reference_vals())
            values = line._prepare_procurement_values()
            unit = line.product_id.uom_id
            procurements += line._create_procurements(line.product_uom_qty, unit, values)
        if procurements:
            self.env["stock.rule"].run(procurements)
        chosen.is_placed = True
        open_pickings = chosen.order_id.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        open_pickings.action_confirm()

    def _prepare_procurement_values(self):
        return {
            **super()._prepare_procurement_values(),
            "is_urgent": self.order_id.is_urgent,
        }
