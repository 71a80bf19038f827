from odoo import models
from odoo.fields import Domain

TIER = ("grade_locked", "grade_since", "grade_review_date")


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Of members that become one the higher tier is kept, and so is what was agreed with each."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Before core makes one of them; of a member and a contact the contact's company gets it.

        Later core copies what the sources still have: neither a tier nor a membership.
        """
        # sudo: what members have is looked at for whoever may merge contacts
        sources, target = src_partners.sudo(), dst_partner.sudo().commercial_partner_id
        joined = (sources | target).filtered(lambda p: p.is_member and p.commercial_partner_id == p)
        if joined & sources:
            dst_partner.check_access("write")
            self._join_members(target, joined, self._get_agreed_pricelists(target, sources))
            self._lay_down_memberships(sources)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _get_agreed_pricelists(self, company_partner, sources):
        """``{company: price list}`` that no tier gives, those of the one that stays first."""
        given = self.env["s2b2b.tier.benefit"]._get_given().pricelists
        partners = company_partner | sources
        partners.invalidate_recordset(["specific_property_product_pricelist"])
        agreed = {}
        # sudo: price lists were agreed in each company, whoever merges
        for company in self.env["res.company"].sudo().search(Domain.TRUE):
            for partner in partners.with_company(company):
                pricelist = partner.specific_property_product_pricelist
                if pricelist and pricelist.id not in given:
                    agreed.setdefault(company, pricelist)
        return agreed

    def _lay_down_memberships(self, sources):
        left = {**dict.fromkeys(TIER, False), "is_member": False, "member_ref": False}
        sources.with_context(tracking_disable=True)._write_past_tiers({"grade_id": False, **left})

    def _join_members(self, target, joined, agreed):
        """Gives ``target`` the highest tier of ``joined`` as it was given, and says so."""
        # Of equal tiers its own.
        ranked = [*(target & joined), *(joined - target)]
        winner = max(ranked, key=lambda p: (bool(p.grade_id), p.grade_id.rank))
        former, term = target.grade_id, {name: winner[name] for name in TIER}
        others = [f"{p.name}: {p.grade_id.name or '–'}" for p in joined - target]
        target.member_ref = target.member_ref or winner.member_ref
        target.is_member = True
        if former != winner.grade_id:
            target.grade_id = winner.grade_id
        target.write(term)
        for company, pricelist in agreed.items():
            target.with_company(company).specific_property_product_pricelist = pricelist
        target._message_log(
            body=self.env._(
                "Merged with members (%(others)s). Tier: %(former)s → %(tier)s, the higher one.",
                others=", ".join(others),
                former=former.name or "–",
                tier=target.grade_id.name or "–",
            )
        )
