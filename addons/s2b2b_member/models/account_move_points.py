from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..tools.points import Booking, apportion, earned

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
        self._follow_spent_points()
        return result

    def button_cancel(self):
        concerned = self._get_points_invoices()
        result = super().button_cancel()
        concerned._follow_points()
        self._follow_spent_points()
        return result

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        self._follow_points()
        self._reward_payment_on_time()
        return result

    def _reward_payment_on_time(self):
        """Points for invoices that were paid by the day they were due, once each."""
        # sudo: whoever registers a payment need not see the points of members
        for invoice in self.sudo().filtered(lambda move: move._is_paid_on_time()):
            company = invoice.company_id
            self.env["s2b2b.points.entry"].with_company(company)._points_grant(
                invoice.commercial_partner_id,
                company.points_on_time,
                self.env._("Paid on time: %s", invoice.name),
                f"on_time:{invoice.id}",
            )

    def _is_paid_on_time(self):
        """Whether this invoice earns the points for it: paid, not credited, by the last payment."""
        self.ensure_one()
        company, start = self.company_id, self.company_id.s2b2b_start_date
        if not (company.member_points and company.points_on_time > 0):
            return False
        if self.move_type != "out_invoice" or self.payment_state not in PAID:
            return False
        if start and self.invoice_date < start:
            return False
        terms = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        return self.amount_total > 0 and all(
            max(line.matched_credit_ids.mapped("max_date"), default=line.date_maturity)
            <= line.date_maturity
            for line in terms
        )

    def _follow_points(self):
        """Books the difference between the points of invoices and what these have earned by now.

        It may be called at any time and any number of times: what is right already stays.
        """
        for company, invoices in self._get_points_invoices().grouped("company_id").items():
            entries = self.env["s2b2b.points.entry"]
            entries._book(company, invoices._prepare_points_bookings(company))
        self._follow_spent_points()

    def _follow_spent_points(self):
        """Points that an order has spent come back as far as its rewards are credited."""
        # sudo: as above; whoever credits an order need not see it
        counted = self.sudo().filtered(
            lambda m: m.company_id.member_points and m.move_type in ("out_invoice", "out_refund")
        )
        lines = counted.invoice_line_ids.sale_line_ids
        lines.filtered("coupon_id.program_id.is_member_points").order_id._follow_points()

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
        """What ``_book`` takes, for the invoices of ``company`` whose points are not right.

        The invoices of one order are seen together: in parts they earn what the whole earns.
        """
        wholes = self._get_points_wholes()
        invoices = self.union(*wholes.values())
        credited = invoices._get_credited()
        entries = self.env["s2b2b.points.entry"].search(
            [("move_id", "in", invoices.ids)], order="id"
        )
        by_invoice = entries.grouped("move_id")
        rows = []
        for parts in wholes.values():
            booked = {invoice: by_invoice.get(invoice, entries.browse()) for invoice in parts}
            rates = {i: booked[i][:1].rate or i._get_points_rate() for i in parts}
            exact = {
                i: i._get_exact_points(credited.get(i.id, 0.0), rates[i], company.currency_id)
                for i in parts
            }
            known = {i: sum(own.mapped("quantity")) for i, own in booked.items() if own}
            for invoice, points in apportion(exact, known).items():
                missing = points - known.get(invoice, 0)
                if missing:
                    rows.append(
                        invoice._prepare_points_row(booked[invoice], missing, rates[invoice])
                    )
        return rows

    def _get_points_wholes(self):
        """The invoices by the first order that they are for; those for none are by themselves.

        :return: ``{key: invoices}``, also of invoices of these orders that are not in ``self``
        """
        self.env["account.move.line"].flush_model()
        self.env["sale.order.line"].flush_model(["invoice_lines"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH first AS (
                    SELECT l.move_id, MIN(s.order_id) AS order_id
                      FROM account_move_line l
                      JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                      JOIN sale_order_line s ON s.id = r.order_line_id
                     WHERE l.move_id IN (
                           SELECT l3.move_id
                             FROM account_move_line l1
                             JOIN sale_order_line_invoice_rel r1 ON r1.invoice_line_id = l1.id
                             JOIN sale_order_line s1 ON s1.id = r1.order_line_id
                             JOIN sale_order_line s2 ON s2.order_id = s1.order_id
                             JOIN sale_order_line_invoice_rel r3 ON r3.order_line_id = s2.id
                             JOIN account_move_line l3 ON l3.id = r3.invoice_line_id
                            WHERE l1.move_id = ANY(%(ids)s))
                     GROUP BY l.move_id)
                SELECT f.order_id, f.move_id
                  FROM first f
                  JOIN account_move m ON m.id = f.move_id AND m.move_type = 'out_invoice'
                 WHERE f.order_id IN (SELECT order_id FROM first WHERE move_id = ANY(%(ids)s))
                 ORDER BY f.move_id
                """,
                ids=self.ids,
            )
        )
        wholes = defaultdict(list)
        for order_id, move_id in rows:
            wholes["order", order_id].append(move_id)
        for invoice_id in sorted(set(self.ids) - {row[1] for row in rows}):
            wholes["invoice", invoice_id].append(invoice_id)
        return {key: self.browse(ids) for key, ids in wholes.items()}

    def _get_exact_points(self, credited, rate, currency):
        if self.state != "posted" or self.payment_state not in PAID:
            return Decimal(0)
        unit = currency.rounding
        net = self.amount_untaxed_signed - credited
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
            account=(booked[:1].partner_id or self).commercial_partner_id.id,
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
