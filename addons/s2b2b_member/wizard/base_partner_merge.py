from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """A member has one row of figures and one credit gate a company: its own stay.

        The figures are those of all its invoices at the next evaluation.
        """
        for model in ("s2b2b.member.figures", "s2b2b.credit.gate"):
            # sudo: both follow from what is merged; nobody edits them
            rows = self.env[model].sudo().search([("partner_id", "in", src_partners.ids)])
            rows.unlink()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["s2b2b.points.entry"].invalidate_model()
        # sudo: points are counted in each company, whoever merges
        for company in self.env["res.company"].sudo().search([("member_points", "=", True)]):
            self.env["loyalty.card"]._mirror_points(dst_partner, company)
        # A member may be merged into a contact of another company.
        dst_partner._move_points()
        return result
