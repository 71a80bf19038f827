from odoo import api, models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "is_urgent", "allocation_line_id"]

    def _get_chosen(self, values):
        """Return the offer that an allocation has chosen for a procurement, if one has."""
        chosen = self.env["s2b2b.allocation.line"].browse(values.get("allocation_line_id"))
        # sudo: whoever confirms an order sets it off, the plan is the platform's
        return chosen.sudo()

    def _get_matching_supplier(self, product_id, product_qty, product_uom, company_id, values):
        """The chosen supplier or none: core must not put another one in its place unasked."""
        supplier = super()._get_matching_supplier(
            product_id, product_qty, product_uom, company_id, values
        )
        chosen = self._get_chosen(values)
        if chosen and supplier != chosen.seller_id:
            return supplier.browse()
        return supplier

    def _make_po_get_domain(self, company_id, values, partner):
        """An order of an allocation serves its one sales order; the others serve none of ours."""
        domain = super()._make_po_get_domain(company_id, values, partner)
        chosen = self._get_chosen(values)
        return domain + (
            ("allocation_id", "=", chosen.allocation_id.id),
            ("member_order_id", "=", chosen.order_id.id),
            ("is_urgent", "=", bool(values.get("is_urgent"))),
        )

    def _prepare_purchase_order(self, company_id, origins, values):
        vals = super()._prepare_purchase_order(company_id, origins, values)
        if values[0].get("is_urgent"):
            vals.update(is_urgent=True, priority="1")
        chosen = self._get_chosen(values[0])
        if chosen:
            vals.update(member_order_id=chosen.order_id.id, allocation_id=chosen.allocation_id.id)
        return vals

    @api.model
    def _get_procurements_to_merge_groupby(self, procurement):
        return (
            procurement.values.get("allocation_line_id"),
            super()._get_procurements_to_merge_groupby(procurement),
        )
