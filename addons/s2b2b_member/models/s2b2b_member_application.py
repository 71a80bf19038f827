from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "s2b2b_member.group_manager"
OPEN = ("submitted", "returned")
STEP = object()
"""In the context of a step of our own; no call from outside can send it."""


class S2b2bMemberApplication(models.Model):
    """A company that wants to become a member; nothing of it is a customer before the decision."""

    _name = "s2b2b.member.application"
    _description = "Member Application"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "company_name"
    _check_company_auto = True

    company_name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    country_id = fields.Many2one("res.country", required=True)
    vat = fields.Char(string="Tax Number", required=True)
    vat_key = fields.Char(readonly=True, index=True, copy=False)
    contact_name = fields.Char(required=True)
    email = fields.Char(required=True)
    phone = fields.Char()
    street = fields.Char()
    zip = fields.Char()
    city = fields.Char()
    website = fields.Char()
    trade = fields.Char(help="What the company trades in.")
    introduction = fields.Text()
    lang = fields.Char(readonly=True)
    sender = fields.Char(readonly=True, groups="base.group_system")
    state = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("returned", "Returned"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        required=True,
        default="submitted",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    reason = fields.Text(readonly=True, copy=False, tracking=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)
    grade_id = fields.Many2one(
        "res.partner.grade",
        string="First Tier",
        help="Empty: the tier that its purchases earn, the lowest without any.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Existing Customer",
        domain=[("parent_id", "=", False)],
        tracking=True,
        index="btree_not_null",
        help="The company that becomes a member; empty: a new one is made.",
    )
    same_partner_ids = fields.Many2many(
        "res.partner", string="Same Tax Number", compute="_compute_same_partner_ids"
    )

    _open_vat_unique = models.UniqueIndex(
        "(company_id, vat_key) WHERE state IN ('submitted', 'returned')",
        "There is an open application with this tax number.",
    )

    @api.depends("vat", "country_id")
    def _compute_same_partner_ids(self):
        for application in self:
            application.same_partner_ids = application._find_same_partners()

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("state", "submitted") != "submitted" for vals in vals_list):
            raise UserError(self.env._("An application starts as submitted."))
        applications = super().create(vals_list)
        for application in applications:
            application.vat_key = application._get_vat_key()
        return applications

    def write(self, vals):
        """The state changes by decisions only."""
        if "state" in vals and self.env.context.get("s2b2b_step") is not STEP:
            raise UserError(self.env._("Approve, return or refuse the application."))
        result = super().write(vals)
        if {"vat", "country_id"} & vals.keys():
            for application in self:
                application.vat_key = application._get_vat_key()
        return result

    def action_approve(self):
        """Makes the member, with its first tier, its contact's portal access and a welcome."""
        self._check_decider()
        self._check_open()
        for application in self:
            application._approve()
        return True

    def action_ask(self):
        """Opens the wizard that returns or refuses with a reason, by the context's ``kind``."""
        self._check_decider()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision"),
            "res_model": "s2b2b.member.decision",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_application_ids": self.ids,
                "default_kind": self.env.context.get("kind", "returned"),
            },
        }

    def action_view_member(self):
        self.ensure_one()
        return self.partner_id._get_records_action()

    def _return(self, reason):
        """Asks the applicant for what is missing; its mail has the link to mend it."""
        self._decide("returned", reason)
        self._mail_applicant("s2b2b_member.mail_template_application_returned")

    def _refuse(self, reason):
        self._decide("refused", reason)
        self._mail_applicant("s2b2b_member.mail_template_application_refused")

    def _decide(self, state, reason=False):
        self._check_decider()
        self._check_open()
        if state != "approved" and not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        self._step(state, reason=reason, decided_by_id=self.env.uid)
        self.decided_at = fields.Datetime.now()
        if state != "returned":
            self.activity_feedback(["s2b2b_member.mail_activity_application"])

    def _step(self, state, **vals):
        self._check_open()
        self.with_context(s2b2b_step=STEP).write({"state": state, **vals})

    def _approve(self):
        self.ensure_one()
        same = self.partner_id or self._find_same_partners()
        if len(same) > 1:
            raise UserError(
                self.env._("Several customers have this tax number: choose the one it is.")
            )
        # sudo: the manager who approves makes the member; it need not be allowed to edit contacts
        partners = self.env["res.partner"].sudo().with_company(self.company_id)
        member = partners.browse(same.id) or partners.create(self._prepare_member_vals())
        member.is_member = True
        contact = self._find_contact(member) or partners.create(self._prepare_contact_vals(member))
        contact.member_role = contact.member_role or "admin"
        self.partner_id = member
        self._give_first_tier(member)
        self._decide("approved")
        if contact._grant_member_login():
            self.message_post(
                body=self.env._("No portal access: %s is the mail of another login.", self.email)
            )
        self._mail_applicant("s2b2b_member.mail_template_application_approved")

    def _give_first_tier(self, member):
        if self.grade_id:
            member.grade_id = self.grade_id
        elif not member.grade_id:
            self.env["res.partner.grade"]._evaluate_members(member)

    def _find_contact(self, member):
        return member.child_ids.filtered(
            lambda c: (c.email or "").strip().lower() == self.email.strip().lower()
        )[:1]

    def _prepare_member_vals(self):
        return {
            "name": self.company_name,
            "is_company": True,
            "vat": self.vat,
            "country_id": self.country_id.id,
            "email": self.email,
            "lang": self.lang or self.env.lang,
            "comment": self.trade,
            **{name: self[name] for name in ("phone", "street", "zip", "city", "website")},
        }

    def _prepare_contact_vals(self, member):
        return {
            "parent_id": member.id,
            "name": self.contact_name,
            "email": self.email,
            "phone": self.phone,
            "lang": self.lang or self.env.lang,
        }

    def _mail_applicant(self, template):
        # sudo: mails of the module to the applicant, whoever decided
        self.env.ref(template).sudo().send_mail_batch(self.ids)

    def _schedule_decision(self):
        """An activity for whoever manages members."""
        for application in self:
            manager = self.env["res.users"]._get_member_manager(application.company_id)
            application.activity_schedule(
                "s2b2b_member.mail_activity_application", user_id=manager.id
            )

    def _check_open(self):
        if any(application.state not in OPEN for application in self):
            raise UserError(self.env._("This application has been decided."))

    def _check_decider(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only member managers decide on applications."))
