from odoo import api, fields, models
from odoo.fields import Command


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    is_member_points = fields.Boolean(
        string="Points of Members",
        readonly=True,
        copy=False,
        help="Its cards show what the ledger of points says.",
    )

    _points_unique = models.UniqueIndex(
        "(company_id) WHERE is_member_points", "A company has one program for its members' points."
    )

    @api.model
    def _get_points_program(self, company):
        """The program by which members of ``company`` redeem points; it earns none by itself."""
        # sudo: the program belongs to the set-up, whoever books points
        programs = self.sudo().with_context(active_test=False)
        found = programs.search(
            [("is_member_points", "=", True), ("company_id", "=", company.id)], limit=1
        )
        return found or programs.create(self._prepare_points_program_vals(company))

    @api.model
    def _prepare_points_program_vals(self, company):
        return {
            "name": self.env._("Member points"),
            "is_member_points": True,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "program_type": "loyalty",
            "applies_on": "both",
            "trigger": "auto",
            "portal_visible": False,
            "portal_point_name": self.env._("points"),
            "rule_ids": [Command.clear()],
            "communication_plan_ids": [Command.clear()],
            "reward_ids": [
                Command.clear(),
                Command.create(self._prepare_points_reward_vals(company)),
            ],
        }

    @api.model
    def _prepare_points_reward_vals(self, company):
        return {
            "reward_type": "discount",
            "discount_mode": "per_point",
            "discount": company.points_value or 0.01,
            "discount_applicability": "order",
            "required_points": 1,
            "description": self.env._("Discount for points"),
        }

    def _set_points_value(self, value):
        """A point is worth ``value`` as a discount from now on."""
        reward = self.reward_ids.filtered(lambda r: r.discount_mode == "per_point")
        if value and reward.discount != value:
            reward.discount = value
