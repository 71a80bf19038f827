from odoo import api, fields, models
from odoo.tools import SQL

PUBLISHED = ["supplier_score", "supplier_is_rated", "supplier_grade_id"]


class S2b2bScorecard(models.Model):
    """Which card is the supplier's score and grade: the newest one of a period that is over.

    The open period is a running figure, without consequences: its first lines would block orders
    and change payment terms. A card with other bounds than the company's periods is never
    published: who chooses the days would choose the grade.
    """

    _inherit = "s2b2b.scorecard"

    is_running = fields.Boolean(
        string="Running",
        compute="_compute_is_running",
        help="The period is not over: the score may still change, and has no consequences.",
    )

    @api.depends("date_to")
    def _compute_is_running(self):
        today = fields.Date.context_today(self)
        for card in self:
            card.is_running = bool(card.date_to) and card.date_to >= today

    def _filter_published(self):
        """The cards of the company's own periods that are over."""
        return self.filtered(
            lambda card: (
                not card.is_running
                and card.company_id._scorecard_period_of(card.date_to)
                == (card.date_from, card.date_to)
            )
        )

    @api.model
    def _publish(self, suppliers, company):
        """Writes score and grade to the suppliers, for one company; without a card, they go.

        In one statement: writing partners through the ORM costs an update of all their contacts.
        """
        suppliers.flush_recordset(PUBLISHED)
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner partner
                   SET supplier_score = %(score)s,
                       supplier_is_rated = %(is_rated)s,
                       supplier_grade_id = %(grade)s
                  FROM unnest(%(partners)s) AS asked
             LEFT JOIN (%(newest)s) AS new ON new.partner_id = asked
                 WHERE partner.id = asked
                   AND (supplier_score -> %(key)s, supplier_is_rated -> %(key)s,
                        supplier_grade_id -> %(key)s)
                       IS DISTINCT FROM
                       (to_jsonb(new.score), to_jsonb(new.is_rated), to_jsonb(new.grade_id))
                """,
                score=self._merge_sql("supplier_score", "score", company),
                is_rated=self._merge_sql("supplier_is_rated", "is_rated", company),
                grade=self._merge_sql("supplier_grade_id", "grade_id", company),
                key=str(company.id),
                partners=suppliers.ids,
                newest=self._newest_sql(suppliers, company),
            )
        )
        suppliers.invalidate_recordset(PUBLISHED)

    @api.model
    def _merge_sql(self, column, value, company):
        """The values of all companies with this one's; what is NULL is left out."""
        return SQL(
            "NULLIF(jsonb_strip_nulls(COALESCE(%s, '{}') || jsonb_build_object(%s, %s)), '{}')",
            SQL.identifier("partner", column),
            str(company.id),
            SQL.identifier("new", value),
        )

    @api.model
    def _newest_sql(self, suppliers, company):
        """The newest rated card of each supplier, of periods of the company that are over."""
        months = company._get_scorecard_months()
        return SQL(
            """
            SELECT DISTINCT ON (partner_id) partner_id, score, is_rated, grade_id
              FROM s2b2b_scorecard
             WHERE is_rated AND company_id = %(company)s AND partner_id = ANY(%(partners)s)
               AND date_to < %(today)s
               AND date_from = date_trunc(%(period)s, date_from)
               AND date_to = date_from + make_interval(months => %(months)s, days => -1)
          ORDER BY partner_id, date_to DESC, id DESC
            """,
            company=company.id,
            partners=suppliers.ids,
            today=fields.Date.context_today(self),
            period=company.scorecard_period,
            months=months,
        )
