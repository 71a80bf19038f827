from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.credit import Account

CREDIT_PARTS = ("due", "overdue", "drafts", "ordered", "down_payments")


class S2b2bCreditGate(models.Model):
    """The row that each step of a member's order into sale updates before credit is summed.

    Under snapshot isolation a lock would let two orders of one moment both pass; of two updates of
    one row the second fails and is replayed, and then sees the first order.
    """

    _name = "s2b2b.credit.gate"
    _description = "Credit Gate"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", readonly=True)
    hits = fields.Integer(readonly=True)

    _member_unique = models.UniqueIndex("(partner_id, company_id)", "One gate a member.")

    @api.model
    def _enter(self, members, company):
        """Updates the rows of ``members``, always in the order of their ids: no deadlocks."""
        rows = SQL(", ").join(SQL("(%s, %s, 1)", key, company.id) for key in sorted(members.ids))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO s2b2b_credit_gate AS gate (partner_id, company_id, hits) VALUES %s
                    ON CONFLICT (partner_id, company_id) DO UPDATE SET hits = gate.hits + 1
                """,
                rows,
            )
        )

    @api.model
    def _prepare_accounts(self, members, company, orders=None, reserved=None, exposures=None):
        """What the members owe and may owe in ``company``: ``{partner id: Account}``.

        :param orders: those that are decided, whatever state they are in: not part of the exposure
        :param reserved: as ``_get_reserved`` of these gives it, where the caller has it already
        :param exposures: likewise, of ``_get_exposures``
        """
        unit = company.currency_id.rounding
        if exposures is None:
            exposures = self._get_exposures(members, company, orders)
        if reserved is None:
            reserved = self._get_reserved(members, company, orders)
        kept = self._sum_reserved(reserved)
        extra = self.env["s2b2b.credit.request"]._get_granted(members, company)
        accounts = {}
        # Limit and policy are read for the check, whoever confirms.
        for member in members.sudo().with_company(company):
            limit = member.credit_limit + extra.get(member.id, 0)
            exposure = sum(exposures[member.id].values()) + kept.get(member.id, 0.0)
            accounts[member.id] = Account(
                policy=member._get_credit_policy(),
                limit=round(limit / unit),
                exposure=round(exposure / unit),
                overdue=round(self._get_overdue(exposures[member.id], company) / unit),
            )
        return accounts

    @api.model
    def _get_overdue(self, parts, company):
        return parts["overdue"] if company.overdue_block_days else 0.0

    @api.model
    def _get_exposures(self, members, company, orders=None):
        """What each member owes and has on order, in the company's currency, by its parts.

        ``due`` and ``overdue`` (for longer than the company takes) are what is open of posted
        entries, ``drafts`` the invoices not posted, ``ordered`` what is ordered and not invoiced,
        with tax, whatever the invoicing policy, ``down_payments`` what of it was invoiced ahead.

        :param orders: those that are left out of ``ordered``
        :return: ``{partner id: {part: amount}}``; their sum is the exposure
        """
        exposures = {key: dict.fromkeys(CREDIT_PARTS, 0.0) for key in members.ids}
        if not exposures:
            return exposures
        self._flush_sources()
        for query in (
            self._get_receivable_query(members, company),
            self._get_draft_query(members, company),
            self._get_order_query(members, company, orders),
        ):
            for partner_id, part, amount in self.env.execute_query(query):
                exposures[partner_id][part] = float(amount or 0)
        return exposures

    @api.model
    def _get_open_amounts(self, orders, company):
        """What of each order is still to come or to be invoiced, as if it were confirmed.

        The one amount that an order needs of its member's credit, before and after it is confirmed.

        :return: ``{order id: amount in the currency of company}``
        """
        self._flush_sources()
        query = self._get_open_query(SQL("o.id = ANY(%s)", orders.ids))
        rows = self.env.execute_query(SQL("%s SELECT id, ordered - ahead FROM parts", query))
        amounts = {key: float(amount or 0) for key, amount in rows}
        return {key: company.currency_id.round(amounts.get(key, 0.0)) for key in orders.ids}

    @api.model
    def _get_reserved(self, members, company, orders=None):
        """The money in the books that came for orders of ``members`` that are not confirmed yet.

        It carries these orders and no others.

        :param orders: orders that count as not confirmed, whatever state they are in
        :return: ``{order id: (partner id, amount in the currency of company)}``
        """
        for model in ("sale.order", "payment.transaction", "account.payment", "account.move.line"):
            self.env[model].flush_model()
        rows = self.env.execute_query(self._get_reserved_query(members, company, orders))
        # sudo: payments are not for everybody to read who sells
        paid = self.env["payment.transaction"].sudo().browse({row[2] for row in rows})
        shares = paid._get_order_shares()
        reserved = {}
        for order_id, member_id, payment_id, residual, rate, total in rows:
            share = min(shares.get((payment_id, order_id), 0.0) / float(rate), float(residual))
            _member, before = reserved.get(order_id, (member_id, 0.0))
            most = float(total) / float(rate)
            amount = company.currency_id.round(min(before + share, most))
            reserved[order_id] = (member_id, max(amount, 0.0))
        return reserved

    @api.model
    def _sum_reserved(self, reserved):
        """``{partner id: amount}`` of what ``_get_reserved`` has found."""
        sums = defaultdict(float)
        for member_id, amount in reserved.values():
            sums[member_id] += amount
        return sums

    @api.model
    def _flush_sources(self):
        for model in ("account.move.line", "account.move", "sale.order", "sale.order.line"):
            self.env[model].flush_model()
