from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


class S2b2bCreditGate(models.Model):
    """What the members of each tier owe, added up by the database."""

    _inherit = "s2b2b.credit.gate"

    @api.model
    def _get_exposures_by_tier(self, members, company):
        """``{tier id: amount}`` in the company's currency; the queries do not grow with members."""
        if not members:
            return defaultdict(float)
        for model in ("account.move.line", "account.move", "sale.order", "sale.order.line"):
            self.env[model].flush_model()
        parts = SQL(" UNION ALL ").join(
            SQL("(%s)", query)
            for query in (
                self._get_receivable_query(members, company),
                self._get_draft_query(members, company),
                self._get_order_query(members, company),
            )
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.grade_id, SUM(part.amount)
                  FROM (%s) AS part (member, kind, amount)
                  JOIN res_partner p ON p.id = part.member
                 GROUP BY p.grade_id
                """,
                parts,
            )
        )
        used = defaultdict(float, ((grade_id, float(amount or 0)) for grade_id, amount in rows))
        kept = self._sum_reserved(self._get_reserved(members, company))
        for member in self.env["res.partner"].browse(kept):
            used[member.grade_id.id] += kept[member.id]
        return used
