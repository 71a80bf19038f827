from odoo import api, fields, models

from ..tools.tiering import missing_for, progress

STAFF = "s2b2b_member.group_user"


class ResPartner(models.Model):
    """How far a member is on its way to the next tier, over all that the tier asks for."""

    _inherit = "res.partner"

    next_grade_id = fields.Many2one(
        "res.partner.grade",
        string="Next Tier",
        compute="_compute_next_grade",
        compute_sudo=True,
        groups=STAFF,
    )
    amount_to_next_grade = fields.Monetary(
        string="Missing for Next Tier",
        compute="_compute_next_grade",
        compute_sudo=True,
        currency_field="member_currency_id",
        groups=STAFF,
    )
    next_grade_missing = fields.Char(
        string="Missing", compute="_compute_next_grade", compute_sudo=True, groups=STAFF
    )
    grade_progress = fields.Float(
        string="Progress (%)", compute="_compute_next_grade", compute_sudo=True, groups=STAFF
    )

    @api.depends("grade_id", "member_figures_ids")
    @api.depends_context("lang")
    def _compute_next_grade(self):
        grades = self.env["res.partner.grade"]
        ladder, currency = grades._get_ladder_grades(), grades._get_tier_currency()
        for partner in self:
            member = partner.commercial_partner_id
            above = ladder.filtered(lambda g, m=member: g.rank > m.grade_id.rank)[:1]
            rows = member.member_figures_ids
            figures, tier = rows._prepare_figures(currency), above and above._prepare_tier()
            short = missing_for(figures, tier) if tier else {}
            if "amount" in short:
                short["amount"] *= currency.rounding
            partner.next_grade_id = above
            partner.amount_to_next_grade = short.get("amount", 0)
            partner.next_grade_missing = rows._format_missing(short, currency)
            partner.grade_progress = progress(figures, tier) if tier else 100

    def _get_progress_deadline(self):
        """The day until which buying what is missing lifts the member to the next tier."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        days = self.env["s2b2b.member.figures"]._get_last_days(self, today)
        return days.get(self.id, False)
