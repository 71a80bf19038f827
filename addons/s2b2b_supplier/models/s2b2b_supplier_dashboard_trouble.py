from odoo import api, models
from odoo.fields import Domain

from ..tools.rectification import OPEN


class S2b2bSupplierDashboard(models.AbstractModel):
    _inherit = "s2b2b.supplier.dashboard"

    @api.model
    def _get_rectification_tile(self):
        return self._tile(
            "rectification",
            self.env._("Under Rectification"),
            "s2b2b_supplier.s2b2b_rectification_action",
            Domain("state", "in", sorted(OPEN)),
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
