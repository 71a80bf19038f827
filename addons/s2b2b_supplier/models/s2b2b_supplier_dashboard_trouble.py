from odoo import api, models
from odoo.fields import Domain

from ..tools.rectification import UNDER_WAY


class S2b2bSupplierDashboard(models.AbstractModel):
    _inherit = "s2b2b.supplier.dashboard"

    @api.model
    def _get_rectification_tile(self):
        under_way = self.env["s2b2b.rectification"]._read_group(
            Domain("state", "in", sorted(UNDER_WAY)), ["partner_id"]
        )
        return self._tile(
            "rectification",
            self.env._("Under Rectification"),
            "s2b2b_supplier.res_partner_action_supplier",
            Domain("id", "in", [partner.id for (partner,) in under_way]),
            icon="fa-wrench",
            level="warning",
        )

    @api.model
    def _get_trouble_tiles(self):
        return [
            *super()._get_trouble_tiles(),
            self._tile(
                "claims",
                self.env._("Claims to Decide"),
                "s2b2b_supplier.s2b2b_claim_action",
                Domain("state", "in", ["answered", "escalated"]),
                icon="fa-exclamation-circle",
                level="danger",
            ),
        ]
