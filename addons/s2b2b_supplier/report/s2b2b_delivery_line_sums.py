from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


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

        One query for all: periods that do not overlap, oldest first, as (first day, last day).
        """
        starts, ends = map(list, zip(*periods, strict=True))
        domain = self._evaluated_domain(suppliers, company, starts[0], ends[-1])
        # sudo: sums for the suppliers asked for, whom the caller has checked; no document is shown
        lines = self.sudo().with_context(every_line=len(periods) > 1)
        query = lines._search(domain)
        rows = self.env.execute_query(
            SQL(
                """
                WITH sums AS MATERIALIZED (
                    SELECT width_bucket(first_promised_date, %(starts)s::date[]) AS period,
                           product_id, partner_id, SUM(paid) AS paid, SUM(bought_qty) AS bought_qty,
                           COUNT(*) AS count, SUM(on_time) AS on_time, SUM(in_full) AS in_full,
                           SUM(otif) AS otif, SUM(faulty_qty) AS faulty_qty,
                           SUM(received_qty) AS received_qty, SUM(is_received) AS is_received
                      FROM %(lines)s
                     WHERE %(domain)s
                       AND first_promised_date <= (%(ends)s::date[])[
                               width_bucket(first_promised_date, %(starts)s::date[])]
                  GROUP BY 1, 2, 3
                )
                SELECT period, product_id, partner_id, COALESCE(paid, 0), bought_qty, count,
                       NULL, NULL, NULL, NULL, NULL, NULL
                  FROM sums
             UNION ALL
                SELECT period, NULL, partner_id, NULL, NULL, SUM(count)::int, SUM(on_time),
                       SUM(in_full), SUM(otif), SUM(faulty_qty), SUM(received_qty),
                       SUM(is_received)::int
                  FROM sums
              GROUP BY period, partner_id
                """,
                lines=query.from_clause,
                domain=query.where_clause or SQL("TRUE"),
                starts=starts,
                ends=ends,
            )
        )
        sums = [Sums({}, []) for _period in periods]
        for row in rows:
            deliveries, bought = sums[row[0] - 1]
            if row[1] is None:
                deliveries[row[2]] = Delivered._make(row[5:])
            else:
                bought.append(row[1:6])
        return sums
