from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _prepare_purchase_order(self, company_id, origins, values):
        vals = super()._prepare_purchase_order(company_id, origins, values)
        partner = self.env["res.partner"].browse(vals["partner_id"])
        if term := partner._supplier_grade_payment_term(company_id):
            vals["payment_term_id"] = term.id
        return vals

    def _get_matching_supplier(self, product_id, product_qty, product_uom, company_id, values):
        """Gate, point two: a supplier that somebody named (order point, allocation) is checked too.

        An unfit one is replaced by what core chooses without it; none fit: no supplier.
        """
        if company_id.supplier_gate_policy != "block":
            return super()._get_matching_supplier(
                product_id, product_qty, product_uom, company_id, values
            )
        product = product_id.with_company(company_id)
        supplier = super()._get_matching_supplier(
            product, product_qty, product_uom, company_id, values
        )
        reasons = supplier.partner_id._supplier_unfit_reasons(company_id, product)
        if not any(reasons.values()):
            return supplier
        unnamed = {k: v for k, v in values.items() if k not in ("supplierinfo_id", "orderpoint_id")}
        return super()._get_matching_supplier(
            product, product_qty, product_uom, company_id, unnamed
        )
