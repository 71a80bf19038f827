from ast import literal_eval
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain


class S2b2bSegment(models.Model):
    """Members picked by a rule: what they are, and what they bought. Its tag follows the rule."""

    _name = "s2b2b.segment"
    _description = "Member Segment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    domain = fields.Char(
        string="Members", default="[]", required=True, help="What these members are."
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Bought",
        help="Only members who bought products of these categories, or of those below them.",
    )
    months = fields.Integer(string="In the Last (Months)", default=12, required=True)
    min_amount = fields.Monetary(
        string="For at Least",
        help="Untaxed, less credit notes; empty: for any amount above zero.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    tag_id = fields.Many2one(
        "res.partner.category",
        ondelete="restrict",
        help="Each night the members of the segment get this tag, and other members lose it.",
    )
    member_count = fields.Integer(string="Members Now", compute="_compute_member_count")

    _months_positive = models.Constraint(
        "CHECK(months > 0 AND min_amount >= 0)",
        "Purchases are looked for in at least one month, and for no negative amount.",
    )

    def _compute_currency_id(self):
        self.currency_id = self.env["res.partner.grade"]._get_tier_currency()

    @api.depends("domain", "category_ids", "months", "min_amount")
    def _compute_member_count(self):
        for segment in self:
            segment.member_count = self.env["res.partner"].search_count(
                segment._get_members_domain()
            )

    @api.constrains("domain")
    def _check_domain(self):
        for segment in self:
            try:
                rule = Domain(literal_eval(segment.domain))
                if any(c.field_expr.startswith("segment_ids") for c in rule.iter_conditions()):
                    raise ValueError("a segment would have to know itself")
                self.env["res.partner"].search(segment._get_members_domain(), limit=1)
            except (ValueError, TypeError, SyntaxError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "%(segment)s: the rule cannot be used: %(why)s.",
                        segment=segment.name,
                        why=error,
                    )
                ) from error

    def _get_members_domain(self):
        """The domain of the partners that are in the segment today."""
        self.ensure_one()
        domain = (
            Domain("is_member", "=", True)
            & self._get_companies_domain()
            & Domain(literal_eval(self.domain or "[]"))
        )
        if self.category_ids:
            domain &= Domain("id", "in", self._find_buyers())
        return domain.optimize(self.env["res.partner"])

    @api.model
    def _get_companies_domain(self):
        """Members as the evaluation sees them: who is its own commercial partner."""
        return Domain("is_company", "=", True) | Domain("parent_id", "=", False)

    def _find_buyers(self):
        """Ids of the companies that bought enough of the categories, whatever company sold it."""
        today = fields.Date.context_today(self)
        # sudo: staff who may see members see figures of theirs, not the documents behind them
        lines = self.env["account.move.line"].sudo()
        groups = lines._read_group(
            Domain("parent_state", "=", "posted")
            & Domain("move_id.move_type", "in", ["out_invoice", "out_refund"])
            & Domain("display_type", "=", "product")
            & Domain("product_id.categ_id", "child_of", self.category_ids.ids)
            & Domain("invoice_date", ">", today - relativedelta(months=self.months))
            & Domain("invoice_date", "<=", today)
            & self.env["s2b2b.member.figures"]._get_start_domain("invoice_date"),
            ["company_id", "partner_id"],
            ["balance:sum"],
        )
        bought = defaultdict(float)
        for company, partner, balance in groups:
            rate = company.currency_id._get_conversion_rate(
                company.currency_id, self.currency_id, company, today
            )
            bought[partner.id] -= balance * rate
        compare = self.currency_id.compare_amounts
        least = self.min_amount or self.currency_id.rounding
        return [partner_id for partner_id, amount in bought.items() if compare(amount, least) >= 0]

    def _apply_tags(self):
        """Gives the tags of these segments to their members, and takes them from other members.

        Segments of one tag add up. Whoever is no member keeps the tags it was given by hand.
        """
        partners = self.env["res.partner"]
        for tag, segments in self.filtered("tag_id").grouped("tag_id").items():
            domain = Domain.OR(segment._get_members_domain() for segment in segments)
            wanted = partners.search(domain)
            tagged = partners.search([("category_id", "in", tag.ids), ("is_member", "=", True)])
            commands = [Command.link(partner.id) for partner in wanted - tagged]
            commands += [Command.unlink(partner.id) for partner in tagged - wanted]
            if commands:
                tag.partner_ids = commands

    def action_apply_tags(self):
        self.check_access("write")
        self._apply_tags()

    def action_view_members(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.member_action")
        domain = list(self._get_members_domain())
        return {**action, "domain": domain, "name": self.name, "context": {}}
