from odoo import api, fields, models


class S2b2bRefusal(models.TransientModel):
    """Asks for the reason why something that a supplier has asked for is refused."""

    _name = "s2b2b.refusal"
    _description = "Refusal"

    res_model = fields.Selection("_select_models", required=True)
    res_ids = fields.Json(required=True)
    reason = fields.Char(required=True)

    @api.model
    def _select_models(self):
        """What can be refused; ``_refuse(reason)`` of the model checks who may."""
        return [
            ("s2b2b.bank.change", self.env._("Change of a Supplier's Bank Account")),
            ("s2b2b.offer.change", self.env._("Requested Change of an Offer")),
            ("s2b2b.product.proposal", self.env._("Product Proposal")),
        ]

    @api.model
    def _open(self, records):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": records._name, "default_res_ids": records.ids},
        }

    def action_apply(self):
        for wizard in self:
            self.env[wizard.res_model].browse(wizard.res_ids)._refuse(wizard.reason)
