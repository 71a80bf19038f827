from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class S2b2bCertificateType(models.Model):
    """A kind of paper that suppliers hand in, and what hangs on it."""

    _name = "s2b2b.certificate.type"
    _description = "Certificate Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    required = fields.Boolean(
        help="No approval without it; when it expires the supplier is suspended."
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Needed for these categories only, sub-categories included; empty: for all.",
    )
    expires = fields.Boolean(default=True, help="A certificate of this type has an expiry date.")
    number_format = fields.Selection(
        [
            ("none", "Not Checked"),
            ("national", "Company Number of the Supplier's Country"),
            ("vat", "Tax Number of the Supplier's Country"),
            ("eu_vat", "EU VAT Number"),
            ("cn_uscc", "China: Unified Social Credit Code"),
            ("gln", "GLN"),
            ("lei", "LEI"),
            ("stdnum", "Other Register"),
        ],
        default="none",
        required=True,
    )
    number_register = fields.Char(
        string="Register",
        help="The name that python-stdnum gives the register: country and number, such as "
        "“kr.brn”, or the number alone, such as “iban”.",
    )
    reminder_days = fields.Char(
        default="60,30,7", help="Days before expiry on which the supplier is reminded."
    )
    description = fields.Text(translate=True, help="Shown to suppliers where they upload it.")

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        for record in self:
            record._get_reminder_days()

    @api.constrains("number_format", "number_register")
    def _check_number_register(self):
        for record in self.filtered(lambda kind: kind.number_format == "stdnum"):
            if not record._find_register(record.number_register):
                raise ValidationError(
                    self.env._("There is no register “%s”.", record.number_register or "")
                )

    def _get_reminder_days(self):
        """The days before expiry, the nearest to expiry first."""
        self.ensure_one()
        parts = [p.strip() for p in (self.reminder_days or "").split(",") if p.strip()]
        if not all(p.isdecimal() and 0 < int(p) <= 3650 for p in parts):
            raise ValidationError(
                self.env._("Reminder days are whole numbers with commas, such as 60,30,7.")
            )
        return sorted({int(p) for p in parts})

    def _needed_for(self, categories):
        """Those of these types that a supplier of ``categories`` (none: of all) has to have."""
        paths = [set(categ._supplier_path()) for categ in categories]
        wanted = set(categories.ids)

        def is_needed(kind):
            own = [set(categ._supplier_path()) for categ in kind.category_ids]
            return (
                not own
                or not paths
                or any(set(kind.category_ids.ids) & path for path in paths)
                or any(wanted & path for path in own)
            )

        return self.filtered(is_needed)

    @api.model
    def _find_required(self, categories):
        return self.search(Domain("required", "=", True))._needed_for(categories)
