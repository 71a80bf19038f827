from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

DAY = timedelta(days=1)


class Delivered(NamedTuple):
    """What one supplier delivered in a period, summed over the lines that count."""

    count: int
    on_time: float
    in_full: float
    otif: float
    faulty_qty: float
    received_qty: float
    is_received: int


class Sums(NamedTuple):
    """The figures of a period: ``{partner id: Delivered}``, and what was bought.

    ``bought`` are plain rows (product id, partner id, paid, quantity, lines), the fields of
    :class:`..tools.market.Purchase`: there may be very many.
    """

    deliveries: dict
    bought: list


class S2b2bDeliveryLine(models.Model):
    """What the scores of a period are made of, read at once for all suppliers."""

    _inherit = "s2b2b.delivery.line"

    @api.model
    def _sum_up(self, suppliers, company, periods):
        """For each of ``periods`` its :class:`Sums`, over the lines that count.

        One query for all: periods that do not overlap, oldest first, as dates (first, last day).
        """
        # Each bucket is a period or a gap between two.
        first_days = sorted({day for first, last in periods for day in (first, last + DAY)})
        numbers = {first: number for number, (first, _last) in enumerate(periods)}
        domain = self._evaluated_domain(suppliers, company, periods[0][0], periods[-1][1])
        # sudo: sums for the suppliers asked for, whom the caller has checked; no document is shown
        lines = self.sudo().with_context(every_line=len(periods) > 1)
        sums = [Sums({}, []) for _period in periods]
        gap = Sums({}, [])
        places = [sums[numbers[day]] if day in numbers else gap for day in first_days]
        for row in self.env.execute_query(lines._sums_sql(domain, first_days)):
            deliveries, bought = places[row[0] - 1]
            if row[1] is None:
                deliveries[row[2]] = Delivered._make(row[5:])
            else:
                bought.append(row[1:6])
        return sums

    @api.model
    def _sums_sql(self, domain, first_days):
        """Rows by product and supplier, then by supplier alone, of each bucket of days."""
        query = self._search(domain)
        return SQL(
            """
            WITH sums AS MATERIALIZED (
                SELECT width_bucket(first_promised_date, %(first_days)s::date[]) AS bucket,
                       product_id, partner_id, SUM(paid) AS paid,
                       SUM(bought_qty) AS bought_qty, COUNT(*) AS count,
                       SUM(on_time) AS on_time, SUM(in_full) AS in_full, SUM(otif) AS otif,
                       SUM(faulty_qty) AS faulty_qty, SUM(received_qty) AS received_qty,
                       SUM(is_received) AS is_received
                  FROM %(lines)s
                 WHERE %(domain)s
              GROUP BY 1, 2, 3
            )
            SELECT bucket, product_id, partner_id, COALESCE(paid, 0), bought_qty, count,
                   NULL, NULL, NULL, NULL, NULL, NULL
              FROM sums
         UNION ALL
            SELECT bucket, NULL, partner_id, NULL, NULL, SUM(count)::int, SUM(on_time),
                   SUM(in_full), SUM(otif), SUM(faulty_qty), SUM(received_qty),
                   SUM(is_received)::int
              FROM sums
          GROUP BY bucket, partner_id
            """,
            lines=query.from_clause,
            domain=query.where_clause or SQL("TRUE"),
            first_days=first_days,
        )
