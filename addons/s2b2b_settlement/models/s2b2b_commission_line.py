from odoo import api, fields, models
from odoo.exceptions import UserError

UNTOUCHED = ("none", "applicant")


class CommissionLine(models.Model):
    """The commission of an accepted order line, frozen: rules that change later do not touch it."""

    _name = "s2b2b.commission.line"
    _description = "Commission"
    _order = "id desc"
    _rec_name = "rule_name"

    purchase_line_id = fields.Many2one(
        "purchase.order.line", required=True, readonly=True, index=True, ondelete="cascade"
    )
    purchase_id = fields.Many2one(
        related="purchase_line_id.order_id", string="Purchase Order", store=True, index=True
    )
    product_id = fields.Many2one(related="purchase_line_id.product_id", store=True)
    partner_id = fields.Many2one(
        "res.partner", "Supplier", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    kind = fields.Selection(
        [("accepted", "At Acceptance"), ("adjustment", "Adjustment")],
        required=True,
        readonly=True,
        default="accepted",
    )
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    rule_id = fields.Many2one("s2b2b.commission.rule", readonly=True, ondelete="set null")
    rule_name = fields.Char("Rule Applied", required=True, readonly=True)
    why = fields.Char("Why This Rule", readonly=True)
    quantity = fields.Float("Accepted", digits="Product Unit", readonly=True)
    base_amount = fields.Monetary("Untaxed Purchase", readonly=True)
    percent = fields.Float("Rate (%)", digits=(5, 3), readonly=True, aggregator="avg")
    discount = fields.Float("Grade Discount (%)", digits=(5, 2), readonly=True, aggregator="avg")
    amount = fields.Monetary("Commission", readonly=True)
    tax_id = fields.Many2one("account.tax", "VAT on the Fee", readonly=True)
    reason = fields.Char(readonly=True, help="Why it was adjusted.")
    settlement_line_ids = fields.One2many(
        "s2b2b.settlement.line", "commission_line_id", "Settlement Lines"
    )
    is_settled = fields.Boolean("In a Statement", compute="_compute_is_settled")

    _accepted_uniq = models.UniqueIndex(
        "(purchase_line_id) WHERE kind = 'accepted'",
        "The commission of this order line is frozen already.",
    )

    @api.depends("settlement_line_ids.stage")
    def _compute_is_settled(self):
        for line in self:
            line.is_settled = any(item.stage != "cancelled" for item in line.settlement_line_ids)

    @api.model
    def _freeze(self, purchase_lines):
        """Freeze the commission of accepted order lines that have none yet, by today's rules."""
        todo = purchase_lines.filtered(lambda line: self._is_charged(line))
        return self.create(
            [
                self._prepare_frozen_vals(line, rule, why)
                for line, (rule, why) in self._explain(todo).items()
                if rule
            ]
        )

    @api.model
    def _rerate(self, lines, reason):
        """Add what today's rules make different for past orders; what was frozen stays.

        :param lines: frozen commission; other lines of the same order lines need not be given
        :return: the adjustments, none where the rules come to the same
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason: it is kept with the adjustment."))
        adjustments = []
        for purchase_line, (rule, why) in self._explain(lines.purchase_line_id).items():
            frozen = purchase_line.commission_line_ids
            accepted = frozen.filtered(lambda line: line.kind == "accepted")
            adjustments.append(accepted._prepare_adjustment_vals(rule, why, frozen, reason))
        return self.create([vals for vals in adjustments if vals["amount"]])

    @api.model
    def _explain(self, purchase_lines):
        return self.env["s2b2b.commission.rule"]._explain_rules(purchase_lines)

    @api.model
    def _is_charged(self, line):
        """Tell whether an order line falls under the rules and is not frozen yet."""
        supplier = line.order_id.partner_id.commercial_partner_id
        start = line.company_id.s2b2b_start_date
        return (
            not line.display_type
            and not line.commission_line_ids
            and supplier.supplier_status not in UNTOUCHED
            and (not start or self._get_day(line) >= start)
        )

    @api.model
    def _get_day(self, line):
        return fields.Date.to_date(line.order_id.date_approve or fields.Datetime.now())

    @api.model
    def _prepare_frozen_vals(self, line, rule, why):
        supplier = line.order_id.partner_id.commercial_partner_id.with_company(line.company_id)
        discount = supplier.supplier_grade_id.commission_discount
        amount = rule._compute_fee(
            line.price_subtotal, line.currency_id, self._get_day(line), discount
        )
        return {
            "purchase_line_id": line.id,
            "partner_id": supplier.id,
            "company_id": line.company_id.id,
            "currency_id": line.currency_id.id,
            "date": self._get_day(line),
            "rule_id": rule.id,
            "rule_name": rule.name,
            "why": why,
            "quantity": line.product_qty,
            "base_amount": line.price_subtotal,
            "percent": rule.percent,
            "discount": discount,
            "amount": amount,
            "tax_id": rule.tax_id.id,
        }

    def _prepare_adjustment_vals(self, rule, why, frozen, reason):
        """Return the difference of ``rule`` to what is ``frozen`` of the order line."""
        self.ensure_one()
        amount = 0.0
        if rule:
            amount = rule._compute_fee(self.base_amount, self.currency_id, self.date, self.discount)
        return {
            "purchase_line_id": self.purchase_line_id.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "kind": "adjustment",
            "rule_id": rule.id,
            "rule_name": rule.name or self.rule_name,
            "why": why,
            "quantity": self.quantity,
            "base_amount": self.base_amount,
            "percent": rule.percent,
            "discount": self.discount,
            "amount": self.currency_id.round(amount - sum(frozen.mapped("amount"))),
            "tax_id": self.tax_id.id,
            "reason": reason.strip(),
        }

    def _get_description(self):
        """Return what statements call this commission, in the language of whoever reads it."""
        self.ensure_one()
        if self.kind == "adjustment":
            return self.env._("Commission adjusted: %(reason)s", reason=self.reason)
        return self.env._("Commission: %(rule)s", rule=self.rule_id.name or self.rule_name)

    def _get_units(self):
        """Return the amount in the smallest unit of its currency."""
        self.ensure_one()
        return round(self.amount / self.currency_id.rounding)
