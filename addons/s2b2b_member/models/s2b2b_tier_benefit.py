import json
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

WRITTEN = (
    "specific_property_product_pricelist",
    "property_payment_term_id",
    "credit_limit",
    "tier_credit_limit",
    "user_id",
)


class Given(NamedTuple):
    """What tiers give or gave: on a member, anything else was agreed with that member."""

    pricelists: frozenset
    payment_terms: frozenset
    users: frozenset


class S2b2bTierBenefit(models.AbstractModel):
    """Writes what a tier gives to the members who have it, in each company."""

    _name = "s2b2b.tier.benefit"
    _description = "Benefits of a Tier"

    @api.model
    def _get_given(self):
        # Archived tiers and those of other companies have given something as well.
        tiers = self.env["res.partner.grade"].sudo().with_context(active_test=False)
        grades = tiers.search(Domain.TRUE)
        return Given(
            frozenset(grades.default_pricelist_id.ids),
            frozenset(grades.payment_term_id.ids),
            frozenset(grades.user_id.ids),
        )

    @api.model
    def _grant(self, grade, partners, given=None):
        """Replaces what another tier gave to ``partners`` by what ``grade`` gives.

        Price lists, payment terms, account managers and credit limits that no tier gave were
        agreed with the member and stay. One statement for the whole batch, contacts included:
        through the ORM each company would cost one write of each member and of its contacts.

        :param grade: the tier, or an empty recordset: nothing is given any more
        :param given: what counts as given by a tier; by default what the tiers give now
        """
        if not partners:
            return
        now = self._get_given()
        given = Given(*(old | new for old, new in zip(given or now, now, strict=True)))
        partners.flush_model([*WRITTEN, "commercial_partner_id"])
        self.env.cr.execute(self._get_grant_query(grade, partners, given))
        self._refresh(partners)

    @api.model
    def _get_grant_query(self, grade, partners, given):
        limits = self._get_limits(grade)
        return SQL(
            """
            UPDATE res_partner
               SET specific_property_product_pricelist = %(pricelist)s,
                   property_payment_term_id = %(term)s,
                   credit_limit = %(limit)s,
                   tier_credit_limit = NULLIF(%(limits)s::jsonb, '{}'),
                   user_id = CASE WHEN user_id IS NULL OR user_id = ANY(%(users)s)
                                  THEN %(user)s ELSE user_id END,
                   write_uid = %(uid)s,
                   write_date = now() AT TIME ZONE 'UTC'
             WHERE commercial_partner_id = ANY(%(partners)s)
            """,
            pricelist=self._replace_given(
                SQL.identifier("specific_property_product_pricelist"),
                self._get_pricelists(grade),
                given.pricelists,
            ),
            term=self._replace_given(
                SQL.identifier("property_payment_term_id"),
                self._get_payment_terms(grade),
                given.payment_terms,
            ),
            limit=self._replace_given_limit(limits),
            limits=json.dumps(limits),
            users=list(given.users),
            user=grade.user_id.id or None,
            uid=self.env.uid,
            partners=partners.ids,
        )

    @api.model
    def _replace_given(self, column, values, given):
        """``column`` by company: the new values, under those that no tier gave."""
        return SQL(
            """NULLIF(%(values)s::jsonb || COALESCE((
                   SELECT jsonb_object_agg(company, value)
                     FROM jsonb_each(%(column)s) AS present(company, value)
                    WHERE (value #>> '{}')::int <> ALL(%(given)s)), '{}'), '{}')""",
            values=json.dumps(values),
            column=column,
            given=list(given),
        )

    @api.model
    def _replace_given_limit(self, values):
        """Limits by company: the new ones, under those that differ from what the tier gave."""
        return SQL(
            """NULLIF(%(values)s::jsonb || COALESCE((
                   SELECT jsonb_object_agg(company, value)
                     FROM jsonb_each(credit_limit) AS present(company, value)
                    WHERE value <> 'null'
                      AND value <> '0'
                      AND value IS DISTINCT FROM (tier_credit_limit -> company)), '{}'), '{}')""",
            values=json.dumps(values),
        )

    @api.model
    def _get_companies(self, grade):
        # Benefits are written with every company, whoever moves the member.
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        return companies & grade.company_id if grade.company_id else companies

    @api.model
    def _get_pricelists(self, grade):
        pricelist = grade.sudo().default_pricelist_id  # a tier's list may be another company's
        return {
            company.id: pricelist.id
            for company in self._get_companies(grade)
            if pricelist and pricelist.company_id <= company
        }

    @api.model
    def _get_payment_terms(self, grade):
        term = grade.sudo().payment_term_id  # a tier's terms may be another company's
        return {
            company.id: term.id
            for company in self._get_companies(grade)
            if term and term.company_id <= company
        }

    @api.model
    def _get_limits(self, grade):
        """The tier's limit in the currency of each company."""
        today = fields.Date.context_today(self)
        # sudo: the limit is converted for all companies, whichever of them the user may see
        currency = grade.currency_id.sudo()
        return {
            company.id: currency._convert(grade.credit_limit, company.currency_id, company, today)
            for company in self._get_companies(grade)
            if grade.credit_limit
        }

    @api.model
    def _refresh(self, partners):
        """Tells the ORM what the statement changed."""
        self.env["res.partner"].invalidate_model([*WRITTEN, "property_product_pricelist"])
        partners.modified(WRITTEN)
