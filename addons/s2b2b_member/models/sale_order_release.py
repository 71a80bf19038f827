from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from .sale_order import CREDIT_REASONS, HOLDING, OPEN_STATES


class SaleOrder(models.Model):
    """Held orders are confirmed as soon as their member's credit carries them."""

    _inherit = "sale.order"

    @api.model
    def _cron_release_holds(self):
        """Looks at all held orders: payments, limits, tiers and cancellations may free credit."""
        companies = self.env["res.company"].search([("member_credit_policy", "in", HOLDING)])
        held = self._find_held(companies)
        by_account = held.grouped(
            lambda order: (order.company_id, order.partner_invoice_id.commercial_partner_id)
        )
        self._release_batch(held, by_account)

    def _release_batch(self, held, by_account):
        """One step a member, so that one who orders meanwhile stops nobody else's release."""
        cron = self.env["ir.cron"]
        free = held._update_holds()
        cron._commit_progress(remaining=len(by_account))
        for orders in by_account.values():
            orders._confirm_free(free)
            if not cron._commit_progress(1):
                return

    def _release_holds(self, members, company):
        """Confirms the held orders of ``members`` that their credit carries by now.

        What an order lacks besides credit never stops the payment or decision that frees it.
        """
        held = self._find_held(company, members)
        held._confirm_free(held._update_holds())

    def _find_held(self, companies, members=None):
        domain = [
            ("hold_reason", "in", CREDIT_REASONS),
            ("state", "in", OPEN_STATES),
            ("company_id", "in", companies.ids),
        ]
        if members is not None:
            domain.append(("partner_invoice_id.commercial_partner_id", "in", members.ids))
        return self.search(domain)

    def _update_holds(self):
        """Writes on held orders what is missing by now; returns those that credit may carry."""
        waiting = self.browse()
        for company, orders in self._grouped_for_credit(HOLDING):
            holds = orders._get_single_holds(company)
            # A request that was refused is not made again by itself.
            orders._apply_holds(holds, ask=False)
            waiting |= waiting.union(*holds)
        return self - waiting

    def _confirm_free(self, free):
        """Confirms those of ``self`` that are ``free``; what these use, the others lack."""
        passing = self & free
        passing._confirm_held()
        if any(order.state == "sale" for order in passing):
            self.filtered(lambda order: order.state in OPEN_STATES)._update_holds()

    def _confirm_held(self):
        """Confirms one after the other, the urgent ones first, as where they compete."""
        for order in self.sorted(lambda o: (-o._get_release_priority(), o.id)):
            try:
                with self.env.cr.savepoint():
                    order.with_company(order.company_id).action_confirm()
            except UserError as error:
                order._log_once(str(error))

    def _log_once(self, text):
        """Says why an order is not confirmed, unless that is the last thing that was said."""
        self.ensure_one()
        last = html2plaintext(self.message_ids[:1].body or "").strip()
        if last != html2plaintext(text).strip():
            self._message_log(body=text)

    def _has_to_be_paid(self):
        """An order that is held for lack of credit may be paid in the portal, whole and ahead."""
        if not self._is_held_for_credit():
            return super()._has_to_be_paid()
        return not self.is_expired and self.amount_total > 0 and not self._is_paid_ahead()

    def _get_prepayment_required_amount(self):
        if self._is_held_for_credit():
            return self.amount_total
        return super()._get_prepayment_required_amount()

    def _is_held_for_credit(self):
        self.ensure_one()
        return self.state in OPEN_STATES and self.hold_reason in CREDIT_REASONS
