from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..tools.fees import Purchase, Rate, Rule, fee, find_rule, never_wins

AMOUNTS = ("fixed_amount", "minimum_amount", "maximum_amount")


class CommissionRule(models.Model):
    """What the platform keeps of purchases; of the rules that fit, the most exact one wins."""

    _name = "s2b2b.commission.rule"
    _inherit = ["mail.thread"]
    _description = "Commission Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, help="Decides between rules that are equally exact.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Supplier",
        domain="[('parent_id', '=', False), ('supplier_status', '!=', 'none')]",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: any supplier.",
    )
    grade_id = fields.Many2one(
        "s2b2b.supplier.grade", "Supplier Grade", ondelete="cascade", help="Empty: any grade."
    )
    product_id = fields.Many2one("product.product", ondelete="cascade", help="Empty: any product.")
    categ_id = fields.Many2one(
        "product.category",
        "Product Category",
        ondelete="cascade",
        help="With the categories below it. Empty: any category.",
    )
    order_type_id = fields.Many2one(
        "s2b2b.order.type", ondelete="cascade", help="Of the member's order. Empty: any type."
    )
    date_from = fields.Date("From", help="The day of acceptance counts.")
    date_to = fields.Date("To")
    percent = fields.Float(
        "Rate (%)", digits=(5, 3), tracking=True, help="Of the untaxed amount of the order line."
    )
    fixed_amount = fields.Monetary("Fixed", tracking=True, help="Added once an order line.")
    minimum_amount = fields.Monetary("Minimum", tracking=True, help="The least an order line pays.")
    maximum_amount = fields.Monetary(
        "Cap", tracking=True, help="The most an order line pays. 0: no cap."
    )
    tax_id = fields.Many2one(
        "account.tax",
        "VAT on the Fee",
        domain="[('type_tax_use', '=', 'sale')]",
        check_company=True,
    )
    never_wins_reason = fields.Char(
        "Never Wins", compute="_compute_never_wins_reason", help="Why the rule is without effect."
    )

    _amounts_positive = models.Constraint(
        "CHECK(percent BETWEEN 0 AND 100 AND fixed_amount >= 0 AND minimum_amount >= 0"
        " AND maximum_amount >= 0)",
        "A rate is between 0 and 100 %, amounts are not negative.",
    )

    @api.depends(
        "sequence",
        "company_id",
        "partner_id",
        "grade_id",
        "product_id",
        "categ_id",
        "order_type_id",
        "date_from",
        "date_to",
        "active",
    )
    def _compute_never_wins_reason(self):
        for company, rules in self.grouped("company_id").items():
            everything = self.search([("company_id", "=", company.id)]) | rules._origin
            today = fields.Date.context_today(self)
            lost = never_wins([rule._prepare_rule() for rule in everything], today=today)
            for rule in rules:
                rule.never_wins_reason = self._get_lost_text(lost.get(rule._origin.id))

    @api.constrains("minimum_amount", "maximum_amount", "date_from", "date_to")
    def _check_limits(self):
        for rule in self:
            if rule.maximum_amount and rule.maximum_amount < rule.minimum_amount:
                raise ValidationError(self.env._("The cap is below the minimum."))
            if rule.date_from and rule.date_to and rule.date_to < rule.date_from:
                raise ValidationError(self.env._("A rule does not end before it begins."))

    def _get_lost_text(self, reason):
        if not reason:
            return False
        if reason.code == "shadowed":
            other = self.browse(reason.params["by"])
            return self.env._("“%(rule)s” always comes first.", rule=other.name)
        if reason.code == "over":
            day = format_date(self.env, reason.params["day"])
            return self.env._("It ended on %(day)s.", day=day)
        return self.env._("It ends before it begins.")

    @api.model
    def _find_rules(self, purchase_lines):
        """Return {purchase line: rule} of today's rules; an empty rule where none fits."""
        return {line: rule for line, (rule, _why) in self._explain_rules(purchase_lines).items()}

    @api.model
    def _explain_rules(self, purchase_lines):
        """Return {purchase line: (rule, why it is this one)}."""
        rules = self.search([("company_id", "in", purchase_lines.company_id.ids)])
        prepared = {
            company.id: [rule._prepare_rule() for rule in group]
            for company, group in rules.grouped("company_id").items()
        }
        found = {}
        for line in purchase_lines:
            rule, reason = find_rule(
                self._prepare_purchase(line), prepared.get(line.company_id.id, ())
            )
            found[line] = (self.browse(rule.key if rule else ()), self._get_why(reason))
        return found

    def _get_why(self, reason):
        if reason.code == "none":
            return self.env._("No rule fits.")
        if reason.code == "only":
            return self.env._("The only rule that fits.")
        if reason.code == "exact":
            return self.env._("The most exact of %(count)s rules that fit.", **reason.params)
        return self.env._(
            "Comes first among rules that are equally exact, of %(count)s that fit.",
            **reason.params,
        )

    def _prepare_rule(self):
        """Return the conditions as ``tools/fees.py`` compares them."""
        self.ensure_one()
        return Rule(
            key=self._origin.id or self.id,
            sequence=self.sequence,
            supplier=self.partner_id.commercial_partner_id.id or None,
            grade=self.grade_id.id or None,
            product=self.product_id.id or None,
            category=self.categ_id.id or None,
            depth=len(self._get_category_path(self.categ_id)),
            order_type=self.order_type_id.id or None,
            date_from=self.date_from or None,
            date_to=self.date_to or None,
        )

    @api.model
    def _prepare_purchase(self, line):
        """Return the facts of a purchase line that rules ask for."""
        order = line.order_id
        supplier = order.partner_id.commercial_partner_id.with_company(line.company_id)
        return Purchase(
            supplier=supplier.id,
            product=line.product_id.id,
            day=fields.Date.to_date(order.date_approve or fields.Datetime.now()),
            grade=supplier.supplier_grade_id.id or None,
            categories=self._get_category_path(line.product_id.categ_id),
            order_type=order.member_order_id.order_type_id.id or None,
        )

    @api.model
    def _get_category_path(self, category):
        """Return the ids of ``category`` and those above it, the nearest first."""
        path = (category.parent_path or "").strip("/").split("/")
        return tuple(int(part) for part in reversed(path) if part)

    def _compute_fee(self, base, currency, day, discount):
        """Return the fee on ``base``, both in ``currency``.

        :param day: of the exchange rate for amounts of the rule
        :param discount: percent off, by the supplier's grade
        """
        self.ensure_one()
        fixed, minimum, maximum = (self._get_units(self[name], currency, day) for name in AMOUNTS)
        rate = Rate(
            percent=Decimal(str(self.percent)),
            fixed=fixed,
            discount=Decimal(str(discount)),
            minimum=minimum,
            maximum=maximum or None,
        )
        return currency.round(fee(round(base / currency.rounding), rate) * currency.rounding)

    def _get_units(self, amount, currency, day):
        """Return an amount of this rule in the smallest unit of ``currency``."""
        converted = self.currency_id._convert(amount, currency, self.company_id, day)
        return round(converted / currency.rounding)
