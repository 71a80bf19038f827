from decimal import Decimal

from odoo import api, models

from .product_pricelist import BATCH, PriceBatch


class SaleOrderLine(models.Model):
    """Lines are priced together; rewards on an order that holds cost points at once."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        products = {vals["product_id"] for vals in vals_list if vals.get("product_id")}
        batched = self._in_price_batch(products)
        lines = super(SaleOrderLine, batched).create(vals_list).with_env(self.env)
        lines.filtered("points_cost")._follow_points()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"points_cost", "coupon_id"} & vals.keys():
            self._follow_points()
        return result

    def _compute_pricelist_item_id(self):
        batched = self._in_price_batch(self.product_id.ids)
        return super(SaleOrderLine, batched)._compute_pricelist_item_id()

    def _in_price_batch(self, product_ids):
        """``self`` as it is priced together: one search of rules for all the products."""
        if len(product_ids) < 2 or self.env.context.get(BATCH):
            return self
        return self.with_context(**{BATCH: PriceBatch(product_ids)})

    def _follow_points(self):
        self.filtered(lambda line: line.state == "sale").order_id._follow_points()

    def _get_points_reward(self):
        """Of the lines of one reward: cost in points, worth, and what of this was credited.

        What was credited and invoiced again is not credited. A discount is worth its amount, a
        gift its quantity.
        """
        is_gift = all(self.currency_id.is_zero(line.price_subtotal) for line in self)
        name, own = ("quantity", "product_uom_qty") if is_gift else 2 * ("price_subtotal",)
        worth = sum(abs(line[own]) for line in self)
        sums = {"out_invoice": 0.0, "out_refund": 0.0}
        for item in self.invoice_lines:
            if item.parent_state == "posted" and item.move_type in sums:
                sums[item.move_type] += abs(item[name])
        again = max(sums["out_invoice"] - worth, 0.0)
        values = (sum(self.mapped("points_cost")), worth, max(sums["out_refund"] - again, 0.0))
        return tuple(Decimal(str(round(value, 6))) for value in values)
