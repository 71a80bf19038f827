from uuid import uuid4

from odoo import http
from odoo.http import request
from odoo.tools import format_date, formatLang
from odoo.tools.image import image_data_uri

from odoo.addons.portal.controllers.portal import CustomerPortal

CREDIT_PARTS = ("due", "overdue", "drafts", "ordered", "down_payments", "reserved")
ALWAYS_SHOWN = ("due", "drafts", "ordered")


class MemberPortal(CustomerPortal):
    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        values["is_member"] = request.env.user.commercial_partner_id.is_member
        return values

    @http.route("/my/membership", type="http", auth="user", website=True, readonly=True)
    def portal_my_membership(self, **_query):
        member = request.env.user.commercial_partner_id
        if not member.is_member:
            raise request.not_found()
        # The page shows the member its own figures, as values: it never gets the records.
        values = self._prepare_membership_values(member.sudo())
        return request.render("s2b2b_member.portal_my_membership", values)

    def _prepare_membership_values(self, member):
        next_tier = member.next_grade_id
        return {
            "page_name": "membership",
            "member_name": member.name,
            "member_ref": member.member_ref,
            "tier": member.grade_id.name,
            "since": format_date(request.env, member.grade_since),
            "amount": self._format_amount(member, member.member_amount),
            "orders": member.member_order_count,
            "next_tier": next_tier.name,
            "progress": round(member.grade_progress),
            "way": next_tier and not member.grade_at_risk and self._get_way(member),
            "notice": member.tier_notice,
            "manager": self._prepare_manager_values(member.user_id),
            "benefits": self._get_benefits(member),
            "tiers": self._get_tiers(member),
            "points": self._prepare_points_values(member),
            "may_keep_people": request.env.user.partner_id._member_may("people"),
            "approvals": self._count_approvals(member),
            "credit": self._prepare_credit_values(member),
        }

    def _format_amount(self, member, amount):
        return formatLang(request.env, amount, currency_obj=member.member_currency_id)

    def _get_way(self, member):
        """What lifts the member to the next tier, and until when that holds."""
        values = {
            "missing": self._get_missing(member),
            "date": format_date(request.env, member._get_progress_deadline()),
            "tier": member.next_grade_id.name,
        }
        if not values["missing"]:
            return request.env._("Your purchases reach %(tier)s.", **values)
        if not values["date"]:
            return request.env._("%(missing)s more lifts you to %(tier)s.", **values)
        return request.env._("%(missing)s more by %(date)s lifts you to %(tier)s.", **values)

    def _get_missing(self, member):
        """All that is missing for the next tier, as it was found at the last evaluation."""
        figures = member.member_figures_ids
        if figures:
            return figures._get_missing_text()
        return self._format_amount(member, member.amount_to_next_grade)

    def _prepare_manager_values(self, user):
        if not user:
            return None
        return {
            "name": user.name,
            "email": user.email,
            "phone": user.phone,
            # Members may not read users: the picture comes with the page.
            "image": image_data_uri(user.avatar_128),
        }

    def _get_benefits(self, member):
        """What the member has in this company: its tier's, or what was agreed with it."""
        env = request.env
        company = env.company
        tier = member.grade_id
        may_see_money = env.user.partner_id._member_may("finance")
        term = member.property_payment_term_id
        rows = [
            (env._("Prices"), member.specific_property_product_pricelist.name),
            (env._("Payment terms"), term.name),
            (env._("Credit limit"), may_see_money and self._format_limit(member, company)),
            (env._("Points"), tier.points_multiplier > 1 and f"× {tier.points_multiplier:g}"),
            (
                env._("New goods"),
                tier.early_access_days and env._("%d days before others", tier.early_access_days),
            ),
        ]
        return [(label, value) for label, value in rows if value]

    def _count_approvals(self, member):
        """Orders that wait for this user's agreement; None: it is not asked."""
        if not request.env.user.partner_id._member_may("approve"):
            return None
        return member.env["sale.order"].search_count(
            [
                ("partner_id", "child_of", member.id),
                ("hold_reason", "=", "member_approval"),
                ("state", "in", ["draft", "sent"]),
                ("company_id", "=", request.env.company.id),
            ]
        )

    def _prepare_points_values(self, member):
        """What the member has in points here and what they are worth; None: not for this user."""
        if not (member.has_points and request.env.user.partner_id._member_may("finance")):
            return None
        company, env = request.env.company, request.env
        entries = member.env["s2b2b.points.entry"]
        worth = member.points_balance * company.points_value
        progress = member.points_balance * company.points_tier_value
        return {
            "balance": member.points_balance,
            "key": uuid4().hex,
            "worth": worth > 0 and formatLang(env, worth, currency_obj=company.currency_id),
            "progress": progress > 0
            and formatLang(env, progress, currency_obj=company.currency_id),
            "expiring": [
                (format_date(env, day), points) for day, points in member._get_points_calendar()
            ],
            "entries": self._prepare_points_rows(
                entries.search(entries._of_member(member, company), limit=5, order="id desc")
            ),
        }

    def _prepare_points_rows(self, entries):
        kinds = dict(entries._fields["kind"]._description_selection(request.env))
        return [
            {
                "date": format_date(request.env, entry.date),
                "kind": kinds[entry.kind],
                "name": entry.name,
                "quantity": entry.quantity,
                "good_until": format_date(request.env, entry.expiry_date),
            }
            for entry in entries
        ]

    def _format_limit(self, member, company):
        if not member.member_credit_limit:
            return False
        return request.env._(
            "%(limit)s, of which %(available)s are free",
            limit=formatLang(
                request.env, member.member_credit_limit, currency_obj=company.currency_id
            ),
            available=formatLang(
                request.env, member.credit_available, currency_obj=company.currency_id
            ),
        )

    def _prepare_credit_values(self, member):
        """What the credit of the member is made of; None: it is not checked, or not theirs to see.

        It is for those who look after the money of the member.
        """
        company = request.env.company
        is_checked = company.sudo().member_credit_policy != "off"  # sudo: a switch
        is_checked = is_checked and member._get_credit_policy() != "none"
        if not (is_checked and request.env.user.partner_id._member_may("finance")):
            return None
        shown = [n for n in CREDIT_PARTS if n in ALWAYS_SHOWN or member[f"credit_{n}"]]
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

    def _get_tiers(self, member):
        return [
            {
                "name": grade.name,
                "own": grade == member.grade_id,
                "from": grade.min_amount and self._format_amount(member, grade.min_amount),
            }
            for grade in member.grade_id._get_ladder_grades().sorted("rank", reverse=True)
        ]
