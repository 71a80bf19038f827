from odoo.http import request
from odoo.tools import formatLang

from .portal import MemberPortal

PARTS = ("due", "overdue", "drafts", "ordered", "down_payments", "reserved")
ALWAYS = ("due", "drafts", "ordered")


class MemberCreditPortal(MemberPortal):
    def _prepare_membership_values(self, member):
        return {
            **super()._prepare_membership_values(member),
            "credit": self._prepare_credit_values(member),
        }

    def _prepare_credit_values(self, member):
        """What the credit of the member is made of; None: it is not checked, or not theirs to see.

        It is for those who look after the money of the member.
        """
        company = request.env.company
        is_checked = company.sudo().member_credit_policy != "off"  # sudo: a switch
        is_checked = is_checked and member._get_credit_policy() != "none"
        if not (is_checked and request.env.user.partner_id._member_may("finance")):
            return None
        shown = [n for n in PARTS if n in ALWAYS or member[f"credit_{n}"]]
        return [
            *(self._prepare_credit_row(member, f"credit_{name}") for name in shown),
            self._prepare_credit_row(member, "credit_exposure", is_sum=True),
            self._prepare_credit_row(member, "member_credit_limit"),
            self._prepare_credit_row(member, "credit_available", is_sum=True),
        ]

    def _prepare_credit_row(self, member, name, is_sum=False):
        field = member._fields[name]
        return {
            "label": field._description_string(request.env),
            "amount": formatLang(
                request.env, member[name], currency_obj=request.env.company.currency_id
            ),
            "is_sum": is_sum,
        }
