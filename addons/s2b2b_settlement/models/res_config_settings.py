from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    settlement_policy = fields.Selection(
        related="company_id.settlement_policy", readonly=False, required=True
    )
    settlement_confirm_days = fields.Integer(
        related="company_id.settlement_confirm_days", readonly=False
    )
    settlement_silence_confirms = fields.Boolean(
        related="company_id.settlement_silence_confirms", readonly=False
    )
    self_billing_journal_id = fields.Many2one(
        related="company_id.self_billing_journal_id", readonly=False
    )
    commission_journal_id = fields.Many2one(
        related="company_id.commission_journal_id", readonly=False
    )
    netting_journal_id = fields.Many2one(related="company_id.netting_journal_id", readonly=False)
    reconcile_active = fields.Boolean(related="company_id.reconcile_active", readonly=False)
    reconcile_window_days = fields.Integer(
        related="company_id.reconcile_window_days", readonly=False
    )
    reconcile_tolerance = fields.Monetary(related="company_id.reconcile_tolerance", readonly=False)
    reconcile_difference_account_id = fields.Many2one(
        related="company_id.reconcile_difference_account_id", readonly=False
    )
    bank_charge_account_id = fields.Many2one(
        related="company_id.bank_charge_account_id", readonly=False
    )
