from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..tools.points import Booking, earned

PAID = ("paid", "in_payment")


class AccountMove(models.Model):
    """The points of an invoice follow its state, its payment and its credit notes."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._follow_points()
        return posted

    def button_draft(self):
        concerned = self._get_points_invoices()
        result = super().button_draft()
        concerned._follow_points()
        return result

    def button_cancel(self):
        concerned = self._get_points_invoices()
        result = super().button_cancel()
        concerned._follow_points()
        return result

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        self._follow_points()
        return result

    def _follow_points(self):
        """Books the difference between the points of invoices and what these have earned by now.

        It may be called at any time and any number of times: what is right already stays.
        """
        for company, invoices in self._get_points_invoices().grouped("company_id").items():
            entries = self.env["s2b2b.points.entry"]
            entries._book(company, invoices._prepare_points_bookings(company))

    def _get_points_invoices(self):
        """The invoices among ``self``, and those that the credit notes among them correct.

        Only of companies that count points.
        """
        # sudo: whoever posts or pays an invoice need not see the points of members
        counted = self.sudo().filtered("company_id.member_points")
        invoices = counted.filtered(lambda move: move.move_type == "out_invoice")
        refunds = counted.filtered(lambda move: move.move_type == "out_refund")
        corrected = refunds.reversed_entry_id
        free = refunds.filtered(lambda move: not move.reversed_entry_id)
        corrected |= free.invoice_line_ids.sale_line_ids.invoice_lines.move_id
        matched = free.line_ids.matched_debit_ids.debit_move_id.move_id
        return invoices | (corrected | matched).filtered(lambda m: m.move_type == "out_invoice")

    def _prepare_points_bookings(self, company):
        """What ``_book`` takes, for the invoices of ``company`` whose points are not right."""
        credited = self._get_credited()
        entries = self.env["s2b2b.points.entry"].search([("move_id", "in", self.ids)], order="id")
        by_invoice = entries.grouped("move_id")
        rows = []
        for invoice in self.sorted("id"):
            booked = by_invoice.get(invoice, entries.browse())
            rate = booked[:1].rate or invoice._get_points_rate()
            net = invoice.amount_untaxed_signed - credited.get(invoice.id, 0.0)
            target = invoice._count_points(net, rate, company.currency_id)
            missing = target - sum(booked.mapped("quantity"))
            if missing:
                rows.append(invoice._prepare_points_row(booked, missing, rate))
        return rows

    def _count_points(self, net, rate, currency):
        if self.state != "posted" or self.payment_state not in PAID:
            return 0
        unit = currency.rounding
        return earned(round(net / unit), Decimal(str(rate)) * Decimal(str(unit)))

    def _get_points_rate(self):
        """Points a unit of the company's currency; 0 where the invoice earns none."""
        member, company = self.commercial_partner_id, self.company_id
        start = company.s2b2b_start_date
        if not member.is_member or (start and self.invoice_date and self.invoice_date < start):
            return 0
        multiplier = member.grade_id.points_multiplier if member.grade_id else 1
        return round(company.points_rate * multiplier, 6)

    def _prepare_points_row(self, booked, missing, rate):
        expires = booked[:1].expiry_date or self.company_id._get_points_expiry()
        booking = Booking(
            key=f"invoice:{self.id}:{len(booked)}" if booked else f"invoice:{self.id}",
            account=(booked[:1].partner_id or self.commercial_partner_id).id,
            quantity=missing,
            expires=expires,
            first=tuple(booked.filtered(lambda e: e.quantity > 0).mapped("key")),
            returned=booked._get_net_taken(booked),
        )
        vals = {
            "kind": "reverse" if booked else "purchase",
            "name": self.name,
            "move_id": self.id,
            "rate": rate,
        }
        return booking, vals

    def _get_credited(self):
        """``{invoice id: untaxed amount of posted credit notes}`` in the company's currency.

        A credit note corrects the invoice it reverses; one made from an order corrects the
        invoices of the same order lines, in proportion; any other one those it is set against.
        """
        for model in ("account.move", "account.move.line", "account.partial.reconcile"):
            self.env[model].flush_model()
        self.env["sale.order.line"].flush_model(["invoice_lines"])
        credited = defaultdict(float)
        for query in (
            self._get_reversal_query(),
            self._get_order_refund_query(),
            self._get_matched_refund_query(),
        ):
            for invoice_id, amount in self.env.execute_query(query):
                credited[invoice_id] += float(amount or 0)
        return credited

    def _get_reversal_query(self):
        return SQL(
            """
            SELECT reversed_entry_id, -SUM(amount_untaxed_signed)
              FROM account_move
             WHERE state = 'posted' AND move_type = 'out_refund'
               AND reversed_entry_id = ANY(%s)
             GROUP BY 1
            """,
            self.ids,
        )

    def _get_order_refund_query(self):
        return SQL(
            """
            WITH ours AS (
                SELECT DISTINCT r.order_line_id
                  FROM account_move_line l
                  JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                 WHERE l.move_id = ANY(%(ids)s)),
            parts AS (
                SELECT r.order_line_id, l.move_id, m.move_type, -SUM(l.balance) AS amount
                  FROM sale_order_line_invoice_rel r
                  JOIN ours USING (order_line_id)
                  JOIN account_move_line l ON l.id = r.invoice_line_id
                  JOIN account_move m ON m.id = l.move_id
                 WHERE m.state = 'posted'
                   AND (m.move_type = 'out_invoice'
                        OR (m.move_type = 'out_refund' AND m.reversed_entry_id IS NULL))
                 GROUP BY 1, 2, 3),
            invoiced AS (
                SELECT *, SUM(amount) OVER (PARTITION BY order_line_id) AS whole
                  FROM parts WHERE move_type = 'out_invoice'),
            refunded AS (
                SELECT order_line_id, -SUM(amount) AS amount
                  FROM parts WHERE move_type = 'out_refund' GROUP BY 1)
            SELECT i.move_id, SUM(f.amount * i.amount / i.whole)
              FROM invoiced i JOIN refunded f USING (order_line_id)
             WHERE i.whole <> 0
             GROUP BY 1
            """,
            ids=self.ids,
        )

    def _get_matched_refund_query(self):
        return SQL(
            """
            SELECT d.move_id, SUM(p.amount * m.amount_untaxed_signed / m.amount_total_signed)
              FROM account_partial_reconcile p
              JOIN account_move_line d ON d.id = p.debit_move_id
              JOIN account_move_line c ON c.id = p.credit_move_id
              JOIN account_move m ON m.id = c.move_id
             WHERE d.move_id = ANY(%s) AND m.state = 'posted' AND m.move_type = 'out_refund'
               AND m.reversed_entry_id IS NULL AND m.amount_total_signed <> 0
               AND NOT EXISTS (
                   SELECT 1 FROM account_move_line l
                     JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                    WHERE l.move_id = m.id)
             GROUP BY 1
            """,
            self.ids,
        )
