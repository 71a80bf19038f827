from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """How much may be open with a supplier, by the credit record of its last approval."""

    _inherit = "res.partner"

    def _supplier_exposures(self, company, without=None):
        """{supplier id: (limit, what is open)} in the company's currency, for those with a limit.

        Open is the untaxed amount of confirmed orders of the company that have not wholly come,
        ``without`` those given. Two queries for the batch; none beyond the first without limits.
        """
        # sudo: the limit holds whoever orders; callers show no more than that it is exceeded
        suppliers = self.sudo().commercial_partner_id
        approvals = suppliers.env["s2b2b.qualification"]._find_last_approvals(suppliers)
        limited = {
            supplier: approval for supplier, approval in approvals.items() if approval.credit_limit
        }
        if not limited:
            return {}
        opened = suppliers.browse(partner.id for partner in limited)._supplier_open_amounts(
            company, without
        )
        today = fields.Date.context_today(self)
        return {
            supplier.id: (
                Decimal(
                    str(
                        approval.currency_id._convert(
                            approval.credit_limit, company.currency_id, company, today
                        )
                    )
                ),
                Decimal(str(opened.get(supplier, 0.0))),
            )
            for supplier, approval in limited.items()
        }

    def _supplier_open_amounts(self, company, without=None):
        """{supplier: untaxed amount of its open orders}, one query."""
        coming = Domain("receipt_status", "in", ["pending", "partial"])
        # What nobody receives, such as services, is open until it is billed.
        coming |= Domain("receipt_status", "=", False) & Domain("invoice_status", "!=", "invoiced")
        groups = self.env["purchase.order"]._read_group(
            Domain("partner_id", "child_of", self.ids)
            & Domain("company_id", "=", company.id)
            & Domain("state", "=", "purchase")
            & Domain("id", "not in", without.ids if without else [])
            & coming,
            ["partner_id", "currency_id"],
            ["amount_untaxed:sum"],
        )
        today = fields.Date.context_today(self)
        amounts = {}
        for partner, currency, amount in groups:
            supplier = partner.commercial_partner_id
            value = currency._convert(amount, company.currency_id, company, today)
            amounts[supplier] = amounts.get(supplier, 0.0) + value
        return amounts
