from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .s2b2b_qualification import OPEN

FILLED_IN = ("email", "phone", "street", "zip", "city", "country_id", "website", "lang")


class S2b2bQualification(models.Model):
    """Applications of companies that are known already: people decide which contact stays."""

    _inherit = "s2b2b.qualification"

    sent_again_on = fields.Datetime(
        string="Sent Again", copy=False, readonly=True, help="The public form, by anybody."
    )
    existing_partner_id = fields.Many2one(
        "res.partner",
        string="Existing Company",
        compute="_compute_existing_partner_id",
        help="The one company with this tax number that is no supplier yet.",
    )

    @api.depends("duplicate_ids", "state")
    def _compute_existing_partner_id(self):
        for record in self:
            known = record.duplicate_ids.filtered(
                lambda partner: partner.active and partner.supplier_status == "none"
            )
            is_open = record.state in OPEN and record.supplier_status == "applicant"
            record.existing_partner_id = known if len(known) == 1 and is_open else False

    def action_use_existing(self):
        """Goes on with the company that is there already, and archives the applicant's contact."""
        self.check_access("write")
        for record in self:
            existing = record.existing_partner_id
            if not existing:
                raise UserError(
                    self.env._("%s: there is no existing company to be used.", record.name)
                )
            # sudo: who handles applications need not be allowed to edit contacts
            record.sudo()._move_to(existing.sudo())

    def _move_to(self, existing):
        """Puts the application, its papers and its people with the company that is known."""
        applicant = self.partner_id
        reason = self.env._("Application %s", self.name)
        applicant._supplier_withdraw(reason)
        applicant.supplier_certificate_ids._write_guarded({"partner_id": existing.id})
        applicant.child_ids.write({"parent_id": existing.id})
        existing.write(
            {
                name: applicant[name].id if name == "country_id" else applicant[name]
                for name in FILLED_IN
                if applicant[name] and not existing[name]
            }
        )
        self.write({"partner_id": existing.id})
        existing._supplier_apply(reason)
        applicant.action_archive()
        self._message_log(
            body=self.env._(
                "%(user)s went on with the existing company; the contact of the application is "
                "archived.",
                user=self.env.user.name,
            )
        )

    def _note_sent_again(self, values):
        """Notes that somebody has sent the public form again; once an hour is enough."""
        now = fields.Datetime.now()
        if self.sent_again_on and self.sent_again_on > now - timedelta(hours=1):
            return
        self.sent_again_on = now
        self.message_post(
            body=self.env._(
                "%(name)s <%(email)s> sent the public form again for this tax number.",
                name=values["contact_name"],
                email=values["email"],
            )
        )
