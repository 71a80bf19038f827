from odoo import api, fields, models
from odoo.exceptions import UserError


class SettlementGenerate(models.TransientModel):
    """Generates the settlements of a period on demand."""

    _name = "s2b2b.settlement.generate"
    _description = "Generate Settlements"

    side = fields.Selection(
        [("supplier", "Suppliers"), ("member", "Members")], required=True, default="supplier"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    partner_ids = fields.Many2many(
        "res.partner",
        string="Partners",
        domain="[('parent_id', '=', False)]",
        help="Empty: all that have something to be settled.",
    )

    @api.model
    def default_get(self, fields):
        """Propose the last period that is over, by the policy of the company."""
        values = super().default_get(fields)
        first, last = self.env.company._get_last_settlement_period()
        return {"date_from": first, "date_to": last, **values}

    def action_generate(self):
        """Generate, and show what there is for the period now."""
        self.ensure_one()
        settlements = self.env["s2b2b.settlement"].with_company(self.company_id)
        settlements.check_access("create")
        # sudo: who may settle need not have rights on the transfers and orders that are settled
        generated = settlements.sudo()._generate(
            self.side, self.date_from, self.date_to, self.partner_ids or None
        )
        if not generated:
            raise UserError(self.env._("There is nothing to settle in this period."))
        return generated.sudo(False)._get_records_action(name=self.env._("Settlements"))
