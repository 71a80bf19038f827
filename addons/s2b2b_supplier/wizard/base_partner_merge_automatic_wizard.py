from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """The contact that stays keeps its own standing as a supplier."""
        merging = dst_partner.with_context(merging_contacts=True)
        return super()._update_values(src_partners, merging)
