from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def action_exclude_from_scoring(self):
        """Opens the dialogue that asks a manager which orders do not count, and why."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_supplier.s2b2b_scorecard_exclude_action"
        )
        return {**action, "context": {"active_model": self._name, "active_ids": self.ids}}
