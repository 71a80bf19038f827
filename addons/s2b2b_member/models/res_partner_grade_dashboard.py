from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

MOVES_OF = relativedelta(days=90)


class ResPartnerGrade(models.Model):
    """What the overview shows of a tier: a card each, all cards in a few queries."""

    _inherit = "res.partner.grade"

    member_count = fields.Integer(string="Members", compute="_compute_overview")
    revenue = fields.Monetary(string="Purchases (12 Months)", compute="_compute_overview")
    revenue_share = fields.Float(string="Share of All (%)", compute="_compute_overview")
    up_count = fields.Integer(string="Moved Up", compute="_compute_overview")
    down_count = fields.Integer(string="Moved Down", compute="_compute_overview")
    at_risk_count = fields.Integer(string="About to Drop", compute="_compute_overview")
    hold_count = fields.Integer(string="Orders on Hold", compute="_compute_overview")
    company_currency_id = fields.Many2one("res.currency", compute="_compute_overview")
    credit_used = fields.Monetary(
        string="Credit in Use", compute="_compute_overview", currency_field="company_currency_id"
    )
    credit_granted = fields.Monetary(
        compute="_compute_overview", currency_field="company_currency_id"
    )
    credit_use = fields.Float(string="Credit Use (%)", compute="_compute_overview")

    def _compute_overview(self):
        members, revenue, at_risk = self._read_members()
        up, down = self._read_moves()
        # sudo: how many orders are held, for staff who need not see the orders
        orders = self.env["sale.order"].sudo()
        holds = dict(
            orders._read_group(
                [("hold_reason", "!=", False), ("company_id", "=", self.env.company.id)],
                ["partner_id.grade_id"],
                ["__count"],
            )
        )
        used, granted = self._read_credit()
        total = sum(revenue.values())
        for grade in self:
            key = grade._origin.id
            grade.member_count = members[key]
            grade.revenue = revenue[key]
            grade.revenue_share = 100 * revenue[key] / total if total else 0
            grade.at_risk_count = at_risk[key]
            grade.up_count, grade.down_count = up.get(key, 0), down.get(key, 0)
            grade.hold_count = holds.get(grade._origin, 0)
            grade.company_currency_id = self.env.company.currency_id
            grade.credit_used, grade.credit_granted = used[key], granted[key]
            share = 100 * used[key] / granted[key] if granted[key] else 0
            grade.credit_use = min(max(share, 0), 100)

    def _read_members(self):
        """By tier: how many members, what they bought in 12 months, and how many are at risk."""
        self.env["res.partner"].flush_model()
        self.env["s2b2b.member.figures"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.grade_id, COUNT(*), COALESCE(SUM(f.amount), 0),
                       COUNT(*) FILTER (WHERE f.at_risk)
                  FROM res_partner p LEFT JOIN s2b2b_member_figures f ON f.partner_id = p.id
                 WHERE p.is_member AND p.active AND p.commercial_partner_id = p.id
                 GROUP BY p.grade_id
                """
            )
        )
        figures = [defaultdict(int), defaultdict(float), defaultdict(int)]
        for grade_id, *values in rows:
            for kept, value in zip(figures, values, strict=True):
                kept[grade_id] = float(value) if kept is figures[1] else value
        return figures

    def _read_moves(self):
        """How many members came to each tier from below, and from above, in 90 days."""
        since = fields.Date.context_today(self) - MOVES_OF
        groups = self.env["s2b2b.grade.change"]._read_group(
            [("date", ">", since), ("direction", "in", ["up", "down"])],
            ["direction", "to_grade_id"],
            ["__count"],
        )
        counts = {"up": {}, "down": {}}
        for direction, grade, count in groups:
            counts[direction][grade.id] = count
        return counts["up"], counts["down"]

    def _read_credit(self):
        """By tier: what its members owe and have on order in this company, and their limits."""
        company, gate = self.env.company, self.env["s2b2b.credit.gate"]
        limits = self.env.execute_query(
            SQL(
                """
                SELECT grade_id, ARRAY_AGG(id), SUM(COALESCE((credit_limit ->> %s)::numeric, 0))
                  FROM res_partner
                 WHERE is_member AND active AND commercial_partner_id = id
                 GROUP BY grade_id
                """,
                str(company.id),
            )
        )
        granted = defaultdict(float, ((grade_id, float(sum_)) for grade_id, _ids, sum_ in limits))
        members = self.env["res.partner"].browse(key for _grade, ids, _sum in limits for key in ids)
        return gate._get_exposures_by_tier(members, company), granted

    def _open_members(self, name, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.member_action")
        own = [("is_member", "=", True), ("grade_id", "=", self.id), *domain]
        return {**action, "name": name, "domain": own, "context": {}}

    def action_view_members(self):
        return self._open_members(self.name, [])

    def action_view_at_risk(self):
        name = self.env._("%s: about to drop", self.name)
        return self._open_members(name, [("grade_at_risk", "=", True)])

    def action_view_holds(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.credit_hold_action")
        domain = [("hold_reason", "!=", False), ("partner_id.grade_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}
