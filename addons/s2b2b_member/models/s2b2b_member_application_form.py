from datetime import timedelta

from psycopg2.errors import UniqueViolation
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.util import get_cc_module

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..tools.application import check, clean, record_number, tax_number_keys

SCOPE = "s2b2b_member.application"
LINK_HOURS = 24 * 30
MAX_AN_HOUR = 5
TYPED = (
    "company_name",
    "vat",
    "contact_name",
    "email",
    "phone",
    "street",
    "zip",
    "city",
    "website",
    "trade",
    "introduction",
)


class S2b2bMemberApplication(models.Model):
    """What the public form does; everything is checked before anything is stored."""

    _inherit = "s2b2b.member.application"

    @api.model
    def _check_form(self, form):
        """Cleaned values and {field: sentence} of what is wrong with a form."""
        values = clean(form)
        texts = {
            "missing": self.env._("Please fill this in."),
            "long": self.env._("This is too long."),
            "format": self.env._("This does not look right."),
        }
        errors = {name: texts[code] for name, code in check(values).items()}
        country = self.env["res.country"].browse(record_number(values["country_id"])).exists()
        if not country:
            errors.setdefault("country_id", texts["format"])
        elif "vat" not in errors and not self._is_tax_number(values["vat"], country):
            errors["vat"] = self.env._(
                "%(number)s is not a tax number of %(country)s.",
                number=values["vat"],
                country=country.name,
            )
        return values, errors

    @api.model
    def _is_tax_number(self, number, country):
        """Whether the number has the form that its country gives; True where that is not known."""
        module = get_cc_module(country.code.lower(), "vat") if country.code else None
        if country.code == "US":  # no such number there: the nine digits of an employer
            digits = number.replace("-", "").replace(" ", "")
            return digits.isascii() and digits.isdecimal() and len(digits) == 9
        if not module:
            return True
        try:
            module.validate(number)
        except InvalidNumber:
            return False
        return True

    @api.model
    def _submit(self, values, sender):
        """Stores an application that ``_check_form`` passed; gives it, or nothing.

        Nothing: an open one has this tax number already, and staff find a note on it. The sender
        is told the same in every case, so that nobody learns who is a member.
        """
        # sudo: the public has no rights of its own; the caller has checked what comes in
        applications = self.sudo()
        country = self.env["res.country"].browse(int(values["country_id"]))
        keys = tax_number_keys(values["vat"], country.code or "")
        running = applications.search(
            [
                ("vat_key", "in", list(keys)),
                ("state", "in", ["submitted", "returned"]),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )
        if running:
            running.message_post(
                body=self.env._(
                    "%(name)s <%(email)s> sent the public form again for this tax number.",
                    name=values["contact_name"],
                    email=values["email"],
                )
            )
            return applications.browse()
        try:
            with self.env.cr.savepoint():
                made = applications.create(
                    {
                        **{name: values[name] for name in TYPED},
                        "country_id": country.id,
                        "lang": self.env.lang,
                        "sender": sender,
                    }
                )
        except UniqueViolation:  # sent twice at one moment: the other one is not to be seen yet
            return applications.browse()
        same = made._find_same_partners()
        if len(same) == 1:
            made.partner_id = same
        made._schedule_decision()
        made._mail_applicant("s2b2b_member.mail_template_application_received")
        return made

    def _resubmit(self, values):
        """Takes over what the applicant mended; staff look at it again."""
        self.ensure_one()
        typed = {name: values[name] for name in TYPED}
        self._step("submitted", country_id=int(values["country_id"]), **typed)
        self.message_post(body=self.env._("The applicant has sent it again."))

    @api.model
    def _is_flooded(self, sender):
        """Whether this network address has sent more forms than anybody needs to."""
        since = fields.Datetime.now() - timedelta(hours=1)
        # sudo: counts only; the public may not read attempts
        attempts = self.env["s2b2b.member.application.attempt"].sudo()
        recent = [("address", "=", sender), ("attempted_on", ">", since)]
        return attempts.search_count(recent) >= MAX_AN_HOUR

    @api.model
    def _count_attempt(self, sender):
        """Counts a form that is about to be stored or noted, whatever becomes of it."""
        # sudo: the public has no rights of its own; a hash and the time are all that is kept
        attempts = self.env["s2b2b.member.application.attempt"].sudo()
        attempts.create({"address": sender, "attempted_on": fields.Datetime.now()})

    def _get_vat_key(self):
        """The number with its country, as any way of writing it gives it."""
        keys = tax_number_keys(self.vat or "", self.country_id.code or "")
        return max(keys, key=len, default=False)

    def _find_same_partners(self):
        """Companies with this tax number, however it was written."""
        self.ensure_one()
        partners = self.env["res.partner"]
        keys = tax_number_keys(self.vat or "", self.country_id.code or "")
        if not keys:
            return partners
        partners.flush_model(["vat", "parent_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE vat IS NOT NULL AND parent_id IS NULL AND active"
                " AND (company_id IS NULL OR company_id = %s)"
                " AND regexp_replace(upper(vat), '[^A-Z0-9]', '', 'g') IN %s ORDER BY id",
                self.company_id.id or None,
                tuple(keys),
            )
        )
        return partners.browse(row[0] for row in rows)

    def _application_url(self):
        """The applicant's own page; the link is signed and ends after a month."""
        self.ensure_one()
        # sudo: signs with the key of the database
        token = hash_sign(self.sudo().env, SCOPE, [self.id], expiration_hours=LINK_HOURS)
        return f"{self.get_base_url()}/member/application/{token}"

    @api.model
    def _find_by_token(self, token):
        """The application of a link, with superuser rights; empty if forged or expired."""
        try:
            # sudo: checks the signature with the key of the database
            values = verify_hash_signed(self.sudo().env, SCOPE, token)
        except ValueError:  # not a token at all: base64, text or JSON that cannot be read
            values = None
        # sudo: the signature is the applicant's right to see this one application
        return self.sudo().browse(values or ()).exists()

    def _get_applicant_values(self):
        """What the applicant sees behind its link, as plain values: nothing internal."""
        self.ensure_one()
        texts = {
            "submitted": self.env._("We have your application and will review it."),
            "returned": self.env._("We need something from you."),
            "approved": self.env._("You are a member. Welcome!"),
            "refused": self.env._("Your application was refused."),
        }
        return {
            "company": self.company_name,
            "state": self.state,
            "state_text": texts[self.state],
            "reason": self.state in ("returned", "refused") and self.reason,
        }

    def _get_typed_values(self):
        """What the applicant typed, as its form shows it again."""
        typed = {name: self[name] or "" for name in TYPED}
        return {**typed, "country_id": str(self.country_id.id)}
