from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

KINDS = [
    ("goods", "Goods"),
    ("return", "Return"),
    ("commission", "Commission"),
    ("tax", "Tax"),
    ("penalty", "Penalty"),
    ("rebate", "Rebate"),
    ("claim", "Claim"),
    ("adjustment", "Adjustment"),
    ("payment", "Payment"),
    ("carried", "Carried Over"),
]
MANUAL = ("penalty", "rebate", "claim", "adjustment")
STATES = [
    ("open", "Open"),
    ("agreed", "Agreed"),
    ("disputed", "Disputed"),
    ("held", "Held"),
]
ANSWERS = {"reason"}
INTERNAL = "base.group_user"


class SettlementLine(models.Model):
    """One amount of a settlement, and what it was computed from."""

    _name = "s2b2b.settlement.line"
    _inherit = ["s2b2b.settlement.access", "s2b2b.guarded", "mail.thread"]
    _description = "Settlement Line"
    _order = "settlement_id, sequence, date, id"
    _check_company_auto = True
    _guarded_fields = dict.fromkeys(
        (
            "origin_settlement_id",
            "partner_id",
            "side",
            "document",
            "is_late",
            "move_id",
            "purchase_line_id",
            "commission_line_id",
            "account_move_line_id",
            "carried_from_id",
            "claim_id",
            "tax_id",
        )
    )

    settlement_id = fields.Many2one(
        "s2b2b.settlement",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Empty: disputed or held, and waiting for the next statement.",
    )
    origin_settlement_id = fields.Many2one(
        "s2b2b.settlement",
        "First Shown In",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_moved = fields.Boolean(compute="_compute_is_moved", search="_search_is_moved")
    is_manual = fields.Boolean(compute="_compute_is_manual")
    stage = fields.Selection(related="settlement_id.stage", store=True)
    side = fields.Selection(
        [("supplier", "Supplier"), ("member", "Member")], readonly=True, required=True
    )
    partner_id = fields.Many2one("res.partner", readonly=True, required=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True, index=True, default="adjustment")
    document = fields.Selection(
        [("bill", "Bill"), ("commission", "Commission Invoice"), ("none", "None")],
        required=True,
        readonly=True,
        default="bill",
        help="The accounting document in which the line goes.",
    )
    name = fields.Char("Description", required=True)
    date = fields.Date(help="The day of arrival, in the company's time zone.")
    is_late = fields.Boolean(
        "Late", readonly=True, help="It belongs to an earlier period that was settled already."
    )
    move_id = fields.Many2one(
        "stock.move", "Stock Move", readonly=True, ondelete="restrict", groups=INTERNAL
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=INTERNAL,
    )
    purchase_id = fields.Many2one(
        related="purchase_line_id.order_id",
        string="Purchase Order",
        store=True,
        index="btree_not_null",
        groups=INTERNAL,
    )
    product_id = fields.Many2one(related="purchase_line_id.product_id", store=True, groups=INTERNAL)
    commission_line_id = fields.Many2one(
        "s2b2b.commission.line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=INTERNAL,
    )
    account_move_line_id = fields.Many2one(
        "account.move.line", "Journal Item", readonly=True, ondelete="restrict", groups=INTERNAL
    )
    carried_from_id = fields.Many2one("s2b2b.settlement", readonly=True, ondelete="restrict")
    tax_id = fields.Many2one("account.tax", readonly=True, groups=INTERNAL)
    tax_ids = fields.Many2many("account.tax", string="Taxes", readonly=True, groups=INTERNAL)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    price_unit = fields.Float("Unit Price", digits="Product Price", readonly=True)
    discount = fields.Float("Discount (%)", digits="Discount", readonly=True)
    amount = fields.Monetary(
        required=True, help="Positive: what the platform owes. Negative: what the partner owes."
    )
    delivered_qty = fields.Float(
        "Delivered So Far",
        digits="Product Unit",
        readonly=True,
        groups=INTERNAL,
        help="Of the order line, up to and with this commission.",
    )
    explanation = fields.Char(
        compute="_compute_explanation",
        compute_sudo=True,
        help="What the amount was computed from.",
    )
    state = fields.Selection(STATES, default="open", required=True, index=True, tracking=True)
    reason = fields.Char(tracking=True, help="Why the line is disputed or held.")

    # A source is settled once; what was in a cancelled statement is free again.
    _move_uniq = models.UniqueIndex(
        "(move_id, kind) WHERE move_id IS NOT NULL AND stage IS DISTINCT FROM 'cancelled'",
        "This delivery is in a statement already.",
    )
    _commission_uniq = models.UniqueIndex(
        "(commission_line_id) WHERE kind = 'adjustment' AND commission_line_id IS NOT NULL"
        " AND stage IS DISTINCT FROM 'cancelled'",
        "This adjustment of commission is in a statement already.",
    )
    _account_uniq = models.UniqueIndex(
        "(account_move_line_id) WHERE account_move_line_id IS NOT NULL"
        " AND stage IS DISTINCT FROM 'cancelled'",
        "This journal item is in a statement already.",
    )
    _carried_uniq = models.UniqueIndex(
        "(carried_from_id) WHERE carried_from_id IS NOT NULL"
        " AND stage IS DISTINCT FROM 'cancelled'",
        "This balance was carried over already.",
    )
    _pending_idx = models.Index("(company_id, partner_id) WHERE settlement_id IS NULL")

    @api.depends("settlement_id", "origin_settlement_id")
    def _compute_is_moved(self):
        for line in self:
            origin = line.origin_settlement_id
            line.is_moved = bool(origin) and line.settlement_id != origin

    def _search_is_moved(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("origin_settlement_id", "!=", False)]

    @api.depends_context("lang")
    @api.depends("commission_line_id", "delivered_qty")
    def _compute_explanation(self):
        for line in self:
            line.explanation = line._get_explanation() if line.commission_line_id else False

    @api.depends("kind", "stage")
    def _compute_is_manual(self):
        for line in self:
            is_new = not line._origin
            line.is_manual = is_new or (line._is_by_hand() and line.stage == "draft")

    @api.depends("name", "settlement_id.name")
    def _compute_display_name(self):
        for line in self:
            parts = (line.settlement_id.name or line.origin_settlement_id.name, line.name)
            line.display_name = ": ".join(part for part in parts if part)

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_verb():
            return super().create(vals_list)
        prepared = []
        for vals in vals_list:
            self._refuse_guarded({name: value for name, value in vals.items() if value})
            settlement = self.env["s2b2b.settlement"].browse(vals.get("settlement_id"))
            self._check_manual(settlement, vals.get("kind", "adjustment"))
            prepared.append({**vals, **self._prepare_manual_vals(settlement)})
        return self._create_guarded(prepared)

    def write(self, vals):
        if not self._is_verb():
            for line in self:
                line._check_by_hand(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_manual(self):
        for line in self:
            is_ours = line.kind == "tax" and self.env.su
            if not is_ours and not (line._is_by_hand() and line.stage == "draft"):
                raise UserError(self.env._("Only what was added by hand can be deleted again."))

    def action_hold(self):
        """Set lines aside until somebody releases them; the reason is on the line."""
        self.check_access("write")
        return self._set_state("held")

    def action_release(self):
        """End dispute or hold: the line is taken when its statement is confirmed."""
        self.check_access("write")
        return self._set_state("open")

    @api.model
    def _get_kinds(self):
        return [kind for kind, _label in self._fields["kind"]._description_selection(self.env)]

    def _set_state(self, state):
        lines = self._get_with_siblings()
        lines._check_answerable()
        lines._write_guarded({"state": state})
        return True

    def _is_set_aside(self):
        return self.state in ("disputed", "held")

    def _get_with_siblings(self):
        """Return these lines and what belongs to the same delivery: goods and their commission."""
        # sudo: a portal user who may dispute the goods does not see the transfer they came with
        moves = self.sudo().move_id
        if not moves:
            return self
        siblings = (self.settlement_id | self.origin_settlement_id).line_ids
        return self | siblings.filtered(lambda line: line.sudo().move_id in moves)  # sudo: as above

    def _check_answerable(self):
        for line in self:
            if line.settlement_id and line.stage not in ("draft", "sent"):
                line.settlement_id._check_stage("draft", "sent")
            if line.kind == "tax":
                raise UserError(self.env._("Tax follows from the other lines: dispute those."))

    def _get_explanation(self):
        frozen = self.commission_line_id
        fees = frozen.purchase_line_id.commission_line_ids
        return self.env._(
            "%(delivered)g of %(accepted)g delivered, of %(fee)s in all",
            delivered=self.delivered_qty,
            accepted=frozen.quantity,
            fee=self.currency_id.format(sum(fees.mapped("amount"))),
        )

    def _get_description(self):
        """Return what the line is for, in the language of whoever reads it."""
        self.ensure_one()
        if self.commission_line_id:
            return self.commission_line_id._get_description()
        if self.kind == "tax" and self.document == "commission":
            return self.env._("%(tax)s on commission", tax=self.tax_id.name)
        if self.carried_from_id:
            return self.env._("Carried over from %(name)s", name=self.carried_from_id.name)
        if self.side == "member" and self.kind == "carried":
            return self.env._("Balance before")
        return self.name

    @api.model
    def _check_manual(self, settlement, kind):
        if kind not in MANUAL:
            raise UserError(
                self.env._("Deliveries, commission and tax are put in by generating the statement.")
            )
        if not settlement:
            raise UserError(self.env._("A line is added to a statement."))
        settlement._check_stage("draft")

    def _check_by_hand(self, vals):
        """What was computed is not rewritten; what was added by hand is open until it is sent."""
        self.ensure_one()
        if vals.keys() <= ANSWERS:
            self._check_answerable()
        else:
            self._check_manual(self.settlement_id, self.kind)
            self._check_manual(self.settlement_id, vals.get("kind", self.kind))

    @api.model
    def _prepare_manual_vals(self, settlement):
        return {
            "partner_id": settlement.partner_id.id,
            "side": settlement.side,
            "company_id": settlement.company_id.id,
            "currency_id": settlement.currency_id.id,
            "document": "bill" if settlement.side == "supplier" else "none",
        }

    def _set_amount(self, amount):
        """Write what core's computation has come to, where it is another amount."""
        self.ensure_one()
        if self.currency_id.compare_amounts(self.amount, amount) != 0:
            self._write_guarded({"amount": amount})

    def _delete_tax(self):
        """Delete tax lines, which are computed anew."""
        # sudo: tax follows from the other lines, whoever changes those
        self.sudo().unlink()

    def _prepare_base_line(self):
        """Return the line as core's tax computation takes it; what was added by hand bears none."""
        self.ensure_one()
        is_goods = bool(self.purchase_line_id)
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(
            self,
            price_unit=self.price_unit if is_goods else self.amount,
            quantity=self.quantity if is_goods else 1.0,
        )

    def _prepare_bill_line_vals(self, sign):
        """Return the line of the vendor bill: core's for the order line, our figures over them.

        :param sign: -1 where the document is a refund
        """
        self.ensure_one()
        if not self.purchase_line_id:
            return {
                "name": self.name,
                "quantity": 1.0,
                "price_unit": sign * self.amount,
                "tax_ids": [Command.set(self.tax_ids.ids)],
            }
        return {
            **self.purchase_line_id._prepare_account_move_line(),
            "quantity": sign * self.quantity,
            "price_unit": self.price_unit,
            "discount": self.discount,
            "tax_ids": [Command.set(self.tax_ids.ids)],
        }
