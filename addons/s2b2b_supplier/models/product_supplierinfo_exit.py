from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductSupplierinfo(models.Model):
    """Offers that an elimination has archived, and that may come back with the supplier."""

    _inherit = "product.supplierinfo"

    is_archived_by_exit = fields.Boolean(
        string="Archived by Elimination",
        readonly=True,
        copy=False,
        groups="s2b2b_supplier.group_user",
    )

    @api.constrains("active", "partner_id")
    def _check_supplier_not_eliminated(self):
        """Whatever the gate does: blanket orders, imports and people make offers without it."""
        # sudo: the status decides, also for a user who may not read it
        for supplier in self.sudo().filtered("active").partner_id.commercial_partner_id:
            if supplier.supplier_status == "eliminated":
                raise ValidationError(
                    self.env._(
                        "%s is eliminated: until it is readmitted its offers stay archived.",
                        supplier.display_name,
                    )
                )

    def write(self, vals):
        """Whoever archives or restores an offer by hand has decided on it."""
        if "active" in vals:
            vals = {"is_archived_by_exit": False, **vals}
        return super().write(vals)
