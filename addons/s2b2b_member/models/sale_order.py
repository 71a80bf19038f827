from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..tools.credit import Order, hold_orders

HOLDING = ("approve", "block")
CREDIT_REASONS = ("credit", "overdue")
OPEN_STATES = ("draft", "sent")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    hold_reason = fields.Selection(
        [
            ("credit", "Credit limit"),
            ("overdue", "Overdue invoices"),
            ("member_approval", "Member's own approval"),
            ("review", "Review"),
        ],
        string="On Hold",
        copy=False,
        readonly=True,
        tracking=True,
        index="btree_not_null",
        help="Why this order was not confirmed.",
    )
    hold_amount = fields.Monetary(
        string="Amount Missing", copy=False, readonly=True, currency_field="hold_currency_id"
    )
    hold_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    hold_date = fields.Datetime(string="On Hold Since", copy=False, readonly=True)
    credit_request_ids = fields.One2many(
        "s2b2b.credit.request", "order_id", groups="s2b2b_member.group_user"
    )
    credit_preview = fields.Char(compute="_compute_credit_preview", groups="base.group_user")

    @api.depends("amount_total", "partner_id", "company_id", "state")
    def _compute_credit_preview(self):
        """What a confirmation of each order alone would meet."""
        self.credit_preview = False
        saved = self.filtered(lambda order: order.id and order.state in OPEN_STATES)
        for company, orders in saved._grouped_for_credit(("warn", *HOLDING)):
            for order, hold in orders._get_single_holds(company).items():
                order.credit_preview = order._get_hold_text(hold)

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._check_step_into_sale()
        return orders

    def write(self, vals):
        """Whatever way an order takes into ``sale``, it passes the checks of that step."""
        entering = self.browse()
        if vals.get("state") == "sale":
            entering = self.filtered(lambda order: order.state != "sale")
        if vals.get("state") in ("sale", "cancel"):
            vals = {**vals, "hold_reason": False, "hold_amount": 0, "hold_date": False}
        result = super().write(vals)
        entering._check_step_into_sale()
        return result

    def action_confirm(self):
        """Orders beyond the member's credit are held and say why; the others are confirmed."""
        holds = self._get_credit_holds(HOLDING)
        self._warn_of_credit()
        passing = self - self.browse().union(*holds)
        passing.invalidate_recordset(["credit_preview"])
        result = super(SaleOrder, passing).action_confirm() if passing else True
        if not holds:
            return result
        self._apply_holds(holds)
        return self._get_hold_notification(holds)

    def action_request_credit(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "s2b2b.credit.request",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{k}": v for k, v in self._prepare_credit_request_vals().items()},
        }

    def _confirmation_error_message(self):
        """Previews the check for those who ask; the check itself is at the step into ``sale``."""
        message = super()._confirmation_error_message()
        if message or self.company_id.member_credit_policy not in HOLDING:
            return message
        return self.credit_preview

    def _grouped_for_credit(self, policies):
        """Orders of members by company, where its policy is one of ``policies``."""
        members = self.filtered("partner_invoice_id.commercial_partner_id.is_member")
        for company, orders in members.grouped("company_id").items():
            if company.member_credit_policy in policies:
                yield company, orders

    def _get_credit_holds(self, policies):
        """``{order: Hold}`` of what credit does not carry; the whole batch is decided together."""
        holds = {}
        unconfirmed = self.filtered(lambda order: order.state in OPEN_STATES)
        for company, orders in unconfirmed._grouped_for_credit(policies):
            holds |= orders._decide_credit(company)
        return holds

    def _decide_credit(self, company):
        """``{order: Hold}``, of the orders together."""
        rows, accounts = self._prepare_credit_check(company)
        return {self.browse(key): hold for key, hold in hold_orders(rows, accounts).items()}

    def _get_single_holds(self, company):
        """``{order: Hold}`` of each order as if it were the only one that is to be confirmed."""
        rows, accounts = self._prepare_credit_check(company)
        holds = {}
        for row in rows:
            holds |= hold_orders([row], accounts)
        return {self.browse(key): hold for key, hold in holds.items()}

    def _prepare_credit_check(self, company):
        """What the decision takes: the orders, and their members' accounts without them.

        The same before and after the orders have entered ``sale``.
        """
        gate = self.env["s2b2b.credit.gate"]
        unit = company.currency_id.rounding
        members = self.partner_invoice_id.commercial_partner_id
        amounts = gate._get_open_amounts(self, company)
        reserved = gate._get_reserved(members, company, self)
        rows = [
            Order(
                key=order.id,
                account=order.partner_invoice_id.commercial_partner_id.id,
                amount=round(amounts[order.id] / unit),
                covered=order._is_paid_ahead(),
                priority=order._get_release_priority(),
                paid=round(reserved.get(order.id, (False, 0.0))[1] / unit),
            )
            for order in self
        ]
        return rows, gate._prepare_accounts(members, company, self, reserved)

    def _is_paid_ahead(self):
        # sudo: payment transactions are not for salespeople to read
        done = self.sudo().transaction_ids.filtered(lambda tx: tx.state == "done")
        shares = done._get_order_shares()
        paid = sum(amount for (_tx, order_id), amount in shares.items() if order_id == self.id)
        return bool(done) and self.currency_id.compare_amounts(paid, self.amount_total) >= 0

    def _convert_at_order(self, amount, currency, target):
        """``amount`` of ``currency`` in ``target``, at the date of the order."""
        self.ensure_one()
        day = (self.date_order or fields.Datetime.now()).date()
        return currency._convert(amount, target, self.company_id, day)

    def _get_release_priority(self):
        """Of two orders that compete for one member's credit the higher one comes first."""
        return 0

    def _check_step_into_sale(self):
        """What every order that has just entered ``sale`` must meet, else the step is refused."""
        self._check_credit_step()

    def _check_credit_step(self):
        """The check itself, after the orders have entered ``sale``: refuses the whole batch."""
        for company, orders in self._grouped_for_credit(HOLDING):
            members = orders.partner_invoice_id.commercial_partner_id
            self.env["s2b2b.credit.gate"]._enter(members, company)
            holds = orders._decide_credit(company)
            if holds:
                raise UserError("\n".join(o._get_hold_text(hold) for o, hold in holds.items()))

    def _apply_holds(self, holds, ask=True):
        """Marks orders as held; what was known already is not said again.

        :param ask: whether more credit is asked for where the company says so
        """
        requested = self.browse()
        for order, hold in holds.items():
            amount = hold.missing * order.company_id.currency_id.rounding
            known = (order.hold_reason, order.hold_amount) == (hold.reason, amount)
            if known:
                continue
            # The portal user who signs an order has no right to write on it.
            order.sudo().write(
                {
                    "hold_reason": hold.reason,
                    "hold_amount": amount,
                    "hold_date": order.hold_date or fields.Datetime.now(),
                }
            )
            order._message_log(body=order._get_hold_text(hold))
            if hold.reason == "credit" and order.company_id.member_credit_policy == "approve":
                requested |= order
        if ask:
            requested._create_credit_requests()

    def _create_credit_requests(self):
        """Asks whoever is on duty, unless somebody has asked for the order already.

        What was refused is not asked for again by itself, unless less is missing by now.
        """
        # As above: also an order that the member signs in the portal asks for credit.
        requests = self.env["s2b2b.credit.request"].sudo()
        known = requests.search([("order_id", "in", self.ids), ("state", "!=", "approved")])
        answered = known.filtered(
            lambda r: r.state == "submitted" or r.amount <= r.order_id.hold_amount
        )
        new = requests.create(
            [order._prepare_credit_request_vals() for order in self - answered.order_id]
        )
        new._schedule_decision()
        return new

    def _prepare_credit_request_vals(self):
        self.ensure_one()
        return {
            "order_id": self.id,
            "partner_id": self.partner_invoice_id.commercial_partner_id.id,
            "company_id": self.company_id.id,
            "amount": self.hold_amount,
        }

    def _warn_of_credit(self):
        for order, hold in self._get_credit_holds(("warn",)).items():
            order._message_log(body=order._get_hold_text(hold))

    def _get_hold_text(self, hold):
        self.ensure_one()
        currency = self.company_id.currency_id
        values = {
            "order": self.name,
            "member": self.partner_invoice_id.commercial_partner_id.name,
            "amount": formatLang(self.env, hold.missing * currency.rounding, currency_obj=currency),
        }
        if hold.reason == "overdue":
            return self.env._("%(order)s: %(member)s has %(amount)s overdue.", **values)
        return self.env._(
            "%(order)s: the credit of %(member)s falls short by %(amount)s.", **values
        )

    def _get_hold_notification(self, holds):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("On hold"),
                "message": "\n".join(o._get_hold_text(hold) for o, hold in holds.items()),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
