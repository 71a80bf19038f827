from odoo import api, fields, models


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    active = fields.Boolean(default=True, help="Archived offers are not bought from.")
    supplier_status = fields.Selection(
        related="partner_id.commercial_partner_id.supplier_status", groups="base.group_user"
    )
    supplier_grade_id = fields.Many2one(
        related="partner_id.commercial_partner_id.supplier_grade_id", groups="base.group_user"
    )
    available_qty = fields.Float(
        string="Supplier's Stock",
        compute="_compute_supplier_stock",
        inverse="_inverse_supplier_stock",
        compute_sudo=True,
        digits="Product Unit",
        groups="base.group_user",
        help="One stock for all price breaks of the supplier; in the product's unit.",
    )
    available_basis = fields.Selection(
        [("on_hand", "On Hand"), ("free", "Free")],
        string="Stock Basis",
        compute="_compute_supplier_stock",
        inverse="_inverse_supplier_stock",
        compute_sudo=True,
        groups="base.group_user",
        help="Free: the supplier has already taken off what was ordered before its figure.",
    )
    daily_capacity = fields.Float(
        compute="_compute_supplier_stock",
        inverse="_inverse_supplier_stock",
        compute_sudo=True,
        digits="Product Unit",
        groups="base.group_user",
    )
    available_qty_date = fields.Datetime(
        string="Stock As Of",
        compute="_compute_supplier_stock",
        compute_sudo=True,
        groups="base.group_user",
    )
    free_qty = fields.Float(
        string="Free Stock",
        compute="_compute_supplier_stock",
        compute_sudo=True,
        digits="Product Unit",
        groups="base.group_user",
    )

    @api.depends("partner_id", "product_id", "product_tmpl_id", "company_id")
    @api.depends_context("company")
    def _compute_supplier_stock(self):
        stocks = self._find_supplier_stocks()
        for info in self:
            stock = stocks.get(info._supplier_stock_key())
            info.available_qty = stock.available_qty if stock else 0
            info.available_qty_date = stock.available_qty_date if stock else False
            info.available_basis = stock.available_basis if stock else "free"
            info.daily_capacity = stock.daily_capacity if stock else 0
            info.free_qty = stock.free_qty if stock else 0

    def _inverse_supplier_stock(self):
        """Writes through to the one row of supplier, company and variant.

        A new price line without any figure reports nothing: no row is not the same as no stock.
        """
        known = self._find_supplier_stocks()
        for key, infos in self.grouped(lambda info: info._supplier_stock_key()).items():
            info = infos[-1:]
            vals = {"available_qty": info.available_qty, "daily_capacity": info.daily_capacity}
            if all(key) and (key in known or any(vals.values())):
                vals["available_basis"] = info.available_basis or "free"
                self.env["s2b2b.supplier.stock"]._report(*key, vals)

    def _supplier_stock_key(self):
        """(supplier, variant, company); no variant where the price is for several of them."""
        company = self.company_id or self.env.company
        return self.partner_id.commercial_partner_id.id, self._product_key()[1], company.id

    def _product_key(self):
        """(template id, variant id or 0): no variant where the price is for several of them."""
        product = self.product_id
        if not product and len(self.product_tmpl_id.product_variant_ids) == 1:
            product = self.product_tmpl_id.product_variant_ids
        return self.product_tmpl_id.id, product.id or 0

    def _find_supplier_stocks(self):
        keys = [info._supplier_stock_key() for info in self]
        stocks = self.env["s2b2b.supplier.stock"].search(
            [
                ("partner_id", "in", [key[0] for key in keys]),
                ("product_id", "in", [key[1] for key in keys if key[1]]),
                ("company_id", "in", [key[2] for key in keys]),
            ]
        )
        return {(s.partner_id.id, s.product_id.id, s.company_id.id): s for s in stocks}

    def _exposure_key(self):
        """What comes first where the company buys by grade; stable within a grade."""
        # sudo: a buyer buys by grades that only supplier management maintains
        supplier = self.sudo().partner_id.commercial_partner_id
        grade = supplier.with_company(self.env.company).supplier_grade_id
        return (not grade, grade.exposure)

    def _get_filtered_supplier(self, company_id, product_id, params=False):
        """Gate, point one: where it blocks, unfit suppliers are not offered to anybody who buys."""
        sellers = super()._get_filtered_supplier(company_id, product_id, params)
        company = company_id or self.env.company
        if company.supplier_gate_policy != "block":
            return sellers
        order = (params or {}).get("order_id")
        reasons = sellers.partner_id._supplier_unfit_reasons(company, product_id)
        overridden = order._gate_overridden_supplier() if order else order
        return sellers.filtered(
            lambda seller: (
                not reasons[seller.partner_id.id]
                or (overridden and seller.partner_id.commercial_partner_id == overridden)
            )
        )
