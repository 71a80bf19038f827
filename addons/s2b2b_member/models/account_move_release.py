from odoo import models


class AccountMove(models.Model):
    """What a member pays or is credited releases its held orders, as far as its credit goes."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._release_member_orders(lambda line: line.balance < 0)
        return posted

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        self._release_member_orders(lambda line: line.balance > 0)
        return result

    def _release_member_orders(self, counts):
        """:param counts: tells of a receivable line whether it changed what its member owes"""
        for company, moves in self.grouped("company_id").items():
            # sudo: a switch of the company; whoever pays need not see orders
            if company.sudo().member_credit_policy not in ("approve", "block"):
                continue
            lines = moves.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and counts(line)
            )
            members = lines.partner_id.commercial_partner_id.filtered("is_member")
            if members:
                # sudo: who pays was let in by accounting, and need not be allowed to sell
                self.env["sale.order"].sudo()._release_holds(members, company)
