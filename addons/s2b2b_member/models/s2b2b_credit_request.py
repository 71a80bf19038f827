from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "s2b2b_member.group_manager"
DECIDED = {"decided_by_id", "decided_at"}
ASKED = {"amount", "valid_until", "partner_id", "company_id", "order_id"}
FROZEN = {*ASKED, "state", "refusal_reason", *DECIDED}


class S2b2bCreditRequest(models.Model):
    """Credit beyond a member's limit, for a while, granted or refused by whoever is on duty."""

    _name = "s2b2b.credit.request"
    _description = "Credit Request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_member", "=", True)],
    )
    order_id = fields.Many2one(
        "sale.order", string="Held Order", index=True, ondelete="set null", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, tracking=True)
    valid_until = fields.Date(
        required=True,
        tracking=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(days=30),
    )
    note = fields.Text(string="Reason")
    state = fields.Selection(
        [("submitted", "Submitted"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        default="submitted",
        readonly=True,
        copy=False,
        tracking=True,
    )
    refusal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)

    _amount_positive = models.Constraint("CHECK(amount > 0)", "Ask for more than nothing.")

    @api.depends("partner_id", "amount", "currency_id")
    def _compute_name(self):
        for request in self:
            amount = request.currency_id.format(request.amount) if request.currency_id else ""
            request.name = f"{request.partner_id.name or ''}: {amount}"

    @api.model_create_multi
    def create(self, vals_list):
        """A request is the member company's, whichever of its people it names."""
        for vals in vals_list:
            if vals.get("state", "submitted") != "submitted":
                raise UserError(self.env._("A credit request starts as submitted."))
        return super().create([self._get_request_vals(vals) for vals in vals_list])

    def write(self, vals):
        """What was decided stays as it was decided, and names who has decided."""
        if vals.keys() & FROZEN and any(request.state != "submitted" for request in self):
            raise UserError(self.env._("This credit request has been decided."))
        vals = self._get_request_vals(vals)
        is_decision = vals.get("state", "submitted") != "submitted"
        if is_decision:
            self._check_decider()
            self._check_reason(vals)
            vals |= {"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}
        result = super().write(vals)
        if is_decision:
            self._tell_decision()
        return result

    @api.model
    def _get_request_vals(self, vals):
        """``vals`` with the company of the partner, and without what only a decision sets."""
        vals = {name: value for name, value in vals.items() if name not in DECIDED}
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals["partner_id"] = partner.commercial_partner_id.id
        return vals

    def action_approve(self):
        """Grants the credit and releases the orders that it carries."""
        self._decide("approved")
        for company, requests in self.grouped("company_id").items():
            # sudo: whoever decides on credit need not be allowed to sell
            self.env["sale.order"].sudo()._release_holds(requests.partner_id, company)
        return True

    def _decide(self, state, **vals):
        self._check_decider()
        if any(request.state != "submitted" for request in self):
            raise UserError(self.env._("This credit request has been decided."))
        self.write({"state": state, **vals})
        self.activity_feedback(["s2b2b_member.mail_activity_credit"])

    def _schedule_decision(self):
        """An activity for the account manager, else for whoever manages members."""
        for request in self:
            manager = self.env["res.users"]._get_member_manager(
                request.company_id, request.partner_id.user_id
            )
            request.activity_schedule(
                "s2b2b_member.mail_activity_credit",
                user_id=manager.id,
                summary=request.order_id.name,
            )

    def _check_decider(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only member managers decide on credit."))

    @api.model
    def _get_granted(self, members, company):
        """Credit granted beyond the limits and still valid: ``{partner id: amount}``."""
        # A granted credit counts, whoever confirms the order.
        rows = self.sudo()._read_group(
            [
                ("partner_id", "in", members.ids),
                ("company_id", "=", company.id),
                ("state", "=", "approved"),
                ("valid_until", ">=", fields.Date.context_today(self)),
            ],
            ["partner_id"],
            ["amount:sum"],
        )
        return {member.id: amount for member, amount in rows}
