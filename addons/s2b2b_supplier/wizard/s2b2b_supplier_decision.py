from odoo import api, fields, models
from odoo.exceptions import AccessError


class S2b2bSupplierDecision(models.TransientModel):
    """Asks for the reason of a suspension, its end, or the proposal of an elimination."""

    _name = "s2b2b.supplier.decision"
    _description = "Decision on a Supplier"

    partner_ids = fields.Many2many("res.partner", string="Suppliers", required=True)
    verb = fields.Selection(
        [("suspend", "Suspend"), ("reinstate", "Reinstate"), ("eliminate", "Propose Elimination")],
        string="Decision",
        required=True,
    )
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "partner_ids" in fields and self.env.context.get("active_model") == "res.partner":
            partners = self.env["res.partner"].browse(self.env.context.get("active_ids", []))
            values["partner_ids"] = partners.commercial_partner_id.ids
        return values

    def action_apply(self):
        self.ensure_one()
        return getattr(self, f"_apply_{self.verb}")()

    def _check_manager(self):
        if not self.env.user.has_group("s2b2b_supplier.group_manager"):
            raise AccessError(self.env._("Only supplier managers decide on suppliers."))

    def _apply_suspend(self):
        self._check_manager()
        self.partner_ids._supplier_suspend(self.reason)

    def _apply_reinstate(self):
        self._check_manager()
        self.partner_ids._supplier_reinstate(self.reason)

    def _apply_eliminate(self):
        """Proposes; another manager decides. Opens what there is to decide now."""
        eliminations = self.env["s2b2b.supplier.elimination"]
        eliminations.check_access("write")
        eliminations._propose(self.partner_ids, self.reason, proposer=self.env.user)
        found = eliminations.search(
            [
                ("partner_id", "in", self.partner_ids.commercial_partner_id.ids),
                ("state", "=", "proposed"),
            ]
        )
        return found._get_records_action(name=self.env._("Eliminations"))
