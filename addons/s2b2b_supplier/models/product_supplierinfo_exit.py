from odoo import fields, models


class ProductSupplierinfo(models.Model):
    """Offers that an elimination has archived, and that may come back with the supplier."""

    _inherit = "product.supplierinfo"

    is_archived_by_exit = fields.Boolean(
        string="Archived by Elimination",
        readonly=True,
        copy=False,
        groups="s2b2b_supplier.group_user",
    )

    def write(self, vals):
        """Whoever archives or restores an offer by hand has decided on it."""
        if "active" in vals:
            vals = {"is_archived_by_exit": False, **vals}
        return super().write(vals)
