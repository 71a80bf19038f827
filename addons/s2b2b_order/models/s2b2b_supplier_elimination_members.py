from odoo import models


class S2b2bSupplierElimination(models.Model):
    """Members whose orders are touched are told, without the name of the supplier."""

    _inherit = "s2b2b.supplier.elimination"

    def _tell_parties(self, stopped):
        self.env["s2b2b.order.event"]._log("rearranged", stopped.member_order_id)
        return super()._tell_parties(stopped)
