from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.open_orders import can_stop, plan_elimination

MANAGER = "s2b2b_supplier.group_manager"


class S2b2bSupplierElimination(models.Model):
    """A proposal to end with a supplier, with a plan for what is under way, and its decision."""

    _name = "s2b2b.supplier.elimination"
    _description = "Supplier Elimination"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _order = "id desc"
    _guarded_fields = {
        "state": None,
        "proposed_by_id": None,
        "is_automatic": None,
        "decided_by_id": None,
        "decision_date": None,
        "offer_count": None,
        "product_ids": None,
    }
    _frozen_states = frozenset({"decided", "refused", "cancelled"})
    _frozen_fields = frozenset({"partner_id", "reason", "decision_reason", "line_ids"})

    name = fields.Char(default="/", required=True, copy=False, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
        tracking=True,
    )
    supplier_status = fields.Selection(related="partner_id.supplier_status")
    supplier_grade_id = fields.Many2one(related="partner_id.supplier_grade_id")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("decided", "Decided"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        default="proposed",
        required=True,
        index=True,
        copy=False,
        tracking=True,
    )
    reason = fields.Char(
        required=True, tracking=True, help="The supplier reads it once the elimination is decided."
    )
    is_automatic = fields.Boolean(string="Proposed by the System", readonly=True, copy=False)
    proposed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    decision_date = fields.Datetime(string="Decided On", readonly=True, copy=False)
    decision_reason = fields.Text(string="Remarks on the Decision", copy=False)
    line_ids = fields.One2many(
        "s2b2b.supplier.elimination.line", "elimination_id", string="Open Orders"
    )
    product_ids = fields.Many2many(
        "product.template",
        "s2b2b_elimination_product_rel",
        string="Without a Second Source",
        readonly=True,
        copy=False,
        help="Products that nobody else may supply at present.",
    )
    offer_count = fields.Integer(
        string="Offers", readonly=True, copy=False, help="Offers that the elimination archives."
    )

    _one_proposal = models.UniqueIndex(
        "(partner_id) WHERE state = 'proposed'",
        "There is a proposal to eliminate this supplier already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An elimination is evidence; cancel it instead."))

    @api.model
    def _propose(self, partners, reason, proposer=None, cause=None):
        """Proposes the elimination of ``partners``; those proposed or eliminated are left out.

        :param proposer: the user who proposes and then does not decide; None: the system does
        :param cause: the user whose decision made the system propose, who does not decide either
        :return: the proposals made
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the supplier is to be eliminated."))
        # sudo: whoever causes it, a proposal looks at the orders and offers of all companies
        self = self.sudo()
        partners = partners.commercial_partner_id.sudo().filtered(  # sudo: as above
            lambda partner: partner.supplier_status not in ("none", "eliminated")
        )
        open_ones = Domain("partner_id", "in", partners.ids) & Domain("state", "=", "proposed")
        partners -= self.search(open_ones).partner_id
        vals = {
            "reason": reason.strip(),
            "is_automatic": not proposer,
            "proposed_by_id": self._get_first_pair_of_eyes(proposer or cause),
        }
        records = self._create_guarded([{**vals, "partner_id": partner.id} for partner in partners])
        records._load_plan()
        records._ask_managers()
        return records.sudo(False)

    def _get_first_pair_of_eyes(self, user):
        """The person behind a proposal; what a job has found has none."""
        return user.id if user and user != self.env.ref("base.user_root") else False

    def action_refresh(self):
        """Looks at the open orders again; what was changed by hand in the plan is proposed anew."""
        self._check_state()
        # sudo: as in the proposal, the plan covers all companies
        self.sudo()._load_plan()

    def action_decide(self):
        """Eliminates: the status, the offers, and each open order by its line of the plan."""
        self._check_state()
        self._check_decider()
        for record in self:
            record._check_plan()
            record._close("decided")
            # sudo: a decision of a manager that reaches the orders and offers of all companies
            record.sudo()._carry_out()

    def action_refuse(self):
        """Keeps the supplier; the reason stays with the proposal."""
        self._check_state()
        self._check_decider()
        for record in self:
            if not (record.decision_reason or "").strip():
                raise UserError(self.env._("Write why the supplier stays."))
            record._close("refused")

    def action_cancel(self):
        """Takes the proposal back."""
        self._check_state()
        self._close("cancelled")

    def _check_state(self):
        # Checked here as well: these methods are open to RPC, and what follows may write nothing.
        self.check_access("write")
        for record in self.filtered(lambda r: r.state != "proposed"):
            raise UserError(
                self.env._(
                    "%(name)s: %(user)s has decided already (%(state)s).",
                    name=record.name,
                    user=record.decided_by_id.name or "",
                    state=dict(self._fields["state"]._description_selection(self.env))[
                        record.state
                    ],
                )
            )

    def _check_decider(self):
        """Managers decide, and nobody decides on a proposal of their own (four eyes)."""
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only supplier managers decide on suppliers."))
        for record in self:
            if record.proposed_by_id == self.env.user:
                raise UserError(
                    self.env._(
                        "%s: you proposed it, or it follows from your decision, so somebody else "
                        "has to decide.",
                        record.name,
                    )
                )

    def _check_plan(self):
        """Refuses to decide on orders that have moved on since the plan was made."""
        # sudo: as in the proposal, the plan covers all companies
        plan = self.sudo()
        orders = plan._find_open_orders()
        lines = plan._find_lines()
        moved = lines.filtered(
            lambda line: line.action != "finish" and not can_stop(line.order_id._supplier_stage())
        )
        if orders - lines.order_id or moved:
            raise UserError(
                self.env._("%s: the open orders have changed; refresh the plan first.", self.name)
            )

    def _close(self, state):
        self._write_guarded(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decision_date": fields.Datetime.now(),
            }
        )
        # sudo: what was asked of somebody else is answered now
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _carry_out(self):
        partner = self.partner_id
        still_open = self._find_open_orders()
        partner._supplier_eliminate(self.reason)
        stopped = still_open.browse()
        for action, lines in self._find_lines().grouped("action").items():
            orders = lines.order_id & still_open
            orders._follow_elimination(action, self.reason)
            stopped |= orders if action != "finish" else stopped
        self._tell_parties(stopped)

    def _tell_parties(self, stopped):
        """Tells the supplier and the buyers. Hook: modules that know members tell these.

        :param stopped: the orders that were cancelled or given to others
        """
        self.env.ref("s2b2b_supplier.mail_supplier_eliminated").send_mail_batch(self.ids)
        buyers = self._find_lines().order_id.user_id.partner_id - self.env.user.partner_id
        if buyers:
            self.message_notify(
                partner_ids=buyers.ids,
                subject=self.env._("%s is eliminated", self.partner_id.name),
                body=self.env._(
                    "%(name)s is eliminated: %(reason)s. What becomes of your open orders stands "
                    "in their messages.",
                    name=self.partner_id.name,
                    reason=self.reason,
                ),
            )

    def _load_plan(self):
        """The open orders with what is proposed for each, and what the products are left with."""
        today = fields.Date.context_today(self)
        for record in self:
            orders = record._find_open_orders()
            steps = plan_elimination([order._prepare_open_order() for order in orders], today=today)
            offers = record._find_offers()
            record._write_guarded(
                {
                    "line_ids": [
                        Command.clear(),
                        *(Command.create(self._prepare_line_vals(step)) for step in steps),
                    ],
                    "offer_count": len(offers),
                    "product_ids": [Command.set(record._find_single_sourced(offers).ids)],
                }
            )

    def _prepare_line_vals(self, step):
        texts = self.env["s2b2b.supplier.elimination.line"]._reason_texts(step.reason)
        return {"order_id": step.key, "action": step.action, "proposal": texts}

    def _find_open_orders(self):
        companies = self.env["res.company"].search(Domain.TRUE)
        states = Domain("state", "in", ["draft", "sent", "to approve", "purchase"])
        return self.env["purchase.order"].search(
            self.partner_id._open_orders_domain(companies, states)
        )

    def _find_lines(self):
        """The whole plan, also where a user's own companies have been read before."""
        return self.env["s2b2b.supplier.elimination.line"].search(
            [("elimination_id", "in", self.ids)]
        )

    def _find_offers(self):
        return self.env["product.supplierinfo"].search(
            [("partner_id", "child_of", self.partner_id.ids)]
        )

    def _ask_managers(self):
        """Gives the proposal to a manager who may decide it."""
        managers = self.env.ref(MANAGER).all_user_ids.filtered(lambda user: not user.share)
        for record in self:
            others = managers - record.proposed_by_id - self.env.ref("base.user_root")
            if others:
                record.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Decide on the elimination"),
                    user_id=others.sorted("id")[0].id,
                )

    def _readmission_day(self):
        """The day from which the supplier may be readmitted, in the words of its own mail."""
        return self.partner_id._supplier_readmission_day(self.env.company)
