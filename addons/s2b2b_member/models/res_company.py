from odoo import api, fields, models
from odoo.fields import Domain

from ..demo import story


class ResCompany(models.Model):
    _inherit = "res.company"

    s2b2b_start_date = fields.Date(
        help="The scheduled jobs of S2B2B leave everything before this day alone.",
    )
    member_evaluation = fields.Boolean(
        string="Tiers Move by Themselves",
        help="Each night the members are moved to the tier that their purchases earn.",
    )
    member_profiles = fields.Boolean(
        string="Profiles and Segments",
        help="Each night members are grouped by how they buy, and get the tags of their segments.",
    )
    member_joining = fields.Boolean(
        string="Companies Apply Online",
        help="Companies ask for membership on a public page, and member managers decide.",
    )
    member_credit_policy = fields.Selection(
        [
            ("off", "Off"),
            ("warn", "Warn"),
            ("approve", "Hold and ask for approval"),
            ("block", "Hold"),
        ],
        string="Credit Check",
        default="off",
        required=True,
        help="What happens to an order beyond its member's credit.",
    )
    overdue_block_days = fields.Integer(
        string="Days Overdue",
        help="Orders of a member are held while an invoice is overdue for more days; 0: never.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A new company grants the members of all tiers what their tier gives."""
        companies = super().create(vals_list)
        # Tiers are the group's: whoever adds a company need not be allowed to see the members.
        for grade in self.env["res.partner.grade"].sudo().search(Domain.TRUE):
            self.env["s2b2b.tier.benefit"]._grant(grade, grade._get_holders())
        return companies

    @api.model
    def _s2b2b_member_demo(self):
        """Called by the demo data; see ``demo/story.py``."""
        story.tell(self.env)
