from stdnum import ean, lei
from stdnum.cn import uscc
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.util import get_cc_module

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
        ],
        default="none",
        required=True,
    )
    reminder_days = fields.Char(
        default="60,30,7", help="Days before expiry on which the supplier is reminded."
    )
    description = fields.Text(translate=True, help="Shown to suppliers where they upload it.")

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        for record in self:
            record._get_reminder_days()

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

    def _validate_number(self, number, partner):
        """The number in its compact form; ``ValidationError`` says what is wrong with it.

        ``number_format`` selects ``_number_module_<format>(partner)``, which returns a module of
        python-stdnum, or None where there is nothing to check by.
        """
        self.ensure_one()
        module = getattr(self, f"_number_module_{self.number_format}")(partner)
        if not module:
            return number
        try:
            return module.validate(number)
        except InvalidNumber as error:
            raise ValidationError(
                self.env._(
                    "%(number)s is not a valid number for “%(type)s”: %(problem)s",
                    number=number,
                    type=self.name,
                    problem=self._number_problem(error),
                )
            ) from error

    def _number_problem(self, error):
        texts = {
            InvalidChecksum: self.env._("a character is wrong or two are swapped (check digit)."),
            InvalidLength: self.env._("it is too long or too short."),
            InvalidFormat: self.env._("it has characters or an order that are not allowed."),
            InvalidComponent: self.env._(
                "a part of it, such as the country or region, does not exist."
            ),
        }
        return texts.get(type(error), self.env._("it is not well formed."))

    def _number_module_none(self, partner):
        return None

    def _number_module_national(self, partner):
        return _Ein if partner.country_id.code == "US" else self._number_module_vat(partner)

    def _number_module_vat(self, partner):
        code = partner.country_id.code
        return get_cc_module(code.lower(), "vat") if code else None

    def _number_module_eu_vat(self, partner):
        return eu_vat

    def _number_module_cn_uscc(self, partner):
        return uscc

    def _number_module_gln(self, partner):
        return _Gln

    def _number_module_lei(self, partner):
        return lei


class _Ein:
    """US employer numbers: nine digits, the first two are an office of the tax authority.

    python-stdnum reads the offices from a data file that Odoo's import hook hides from it.
    """

    UNUSED = frozenset({0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97})

    @classmethod
    def validate(cls, number):
        compact = number.replace("-", "").replace(" ", "")
        if not compact.isdecimal():
            raise InvalidFormat
        if len(compact) != 9:
            raise InvalidLength
        if int(compact[:2]) in cls.UNUSED:
            raise InvalidComponent
        return compact


class _Gln:
    """GLNs are EANs of thirteen digits; python-stdnum also takes the shorter ones."""

    @staticmethod
    def validate(number):
        compact = ean.validate(number)
        if len(compact) != 13:
            raise InvalidLength
        return compact
