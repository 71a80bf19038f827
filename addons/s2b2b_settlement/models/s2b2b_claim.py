from odoo import fields, models
from odoo.fields import Command

from odoo.addons.s2b2b_supplier.models.s2b2b_claim import S2b2bClaim


class Claim(models.Model):
    _inherit = "s2b2b.claim"
    _guarded_fields = {**S2b2bClaim._guarded_fields, "settlement_amount": None}

    settlement_amount = fields.Monetary(
        "Taken Off the Statement",
        readonly=True,
        copy=False,
        help="Untaxed; what the supplier's next statement takes off for this claim.",
    )
    settlement_line_ids = fields.One2many(
        "s2b2b.settlement.line", "claim_id", "Settlement Lines", groups="base.group_user"
    )

    def _is_settled_elsewhere(self, plan):
        """Where suppliers get statements, what they owe goes into the next one."""
        supplier = self.partner_id
        return super()._is_settled_elsewhere(plan) or (
            self.company_id.settlement_policy != "off"
            and supplier.supplier_status not in ("none", "applicant")
        )

    def _make_documents(self, plan):
        super()._make_documents(plan)
        if self.credit_move_id or self.settlement_amount:
            return
        amount = sum(
            credit.quantity * credit.price
            for credit in plan.credits
            # Goods that go back are settled by their return transfer.
            if not (credit.key == "goods" and plan.return_refunds)
        )
        if amount and self.sudo()._is_settled_elsewhere(plan):  # sudo: the settings of the company
            self._write_guarded({"settlement_amount": self.currency_id.round(float(amount))})

    def _claim_settlement_vals(self, period):
        """Return the line of the statement: what the supplier owes for the claim, before tax."""
        self.ensure_one()
        day = self.env["s2b2b.settlement"]._get_day(self.resolved_at)
        return {
            "kind": "claim",
            "document": "bill",
            "sequence": 15,
            "name": self.env._("Claim %s", self.name),
            "date": day,
            "is_late": day < period[0],
            "claim_id": self.id,
            "tax_ids": [Command.set(self.purchase_line_id.tax_ids.ids)],
            "amount": -self.settlement_amount,
        }
