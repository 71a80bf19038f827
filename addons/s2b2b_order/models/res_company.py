from odoo import api, fields, models

from ..demo import story


class ResCompany(models.Model):
    _inherit = "res.company"

    allocation_mode = fields.Selection(
        [
            ("off", "Off"),
            ("review", "Reviewed before anything is ordered"),
            ("auto", "Applied on confirmation"),
        ],
        default="off",
        required=True,
    )
    allocation_policy_id = fields.Many2one("s2b2b.allocation.policy", check_company=True)
    order_deadlines_watched = fields.Boolean()
    order_notices_sent = fields.Boolean()
    order_control_user_id = fields.Many2one(
        "res.users", "On Duty for Orders", domain=[("share", "=", False)]
    )
    member_orders_confirmed = fields.Boolean(
        "Portal Orders Confirm Themselves",
        help="Orders that members place in the portal are confirmed within their credit; else they "
        "wait for somebody to look at them.",
    )
    quote_minutes = fields.Integer(
        "Minutes a Shown Price Holds",
        default=30,
        help="What a member has seen on the order page is what it pays, if it orders by then.",
    )

    _quote_minutes_positive = models.Constraint(
        "CHECK(quote_minutes >= 0)", "The minutes for which a price holds cannot be negative."
    )

    def _get_allocation_policy(self):
        """Return the policy of orders whose type has none of its own."""
        self.ensure_one()
        return self.allocation_policy_id or self.env["s2b2b.allocation.policy"].search(
            [("company_id", "in", (False, self.id))], limit=1
        )

    def _get_default_order_type(self):
        """Return the order type of members' orders that nobody chose one for."""
        self.ensure_one()
        return self.env["s2b2b.order.type"].search(
            [
                ("company_id", "in", (False, self.id)),
                ("is_urgent", "=", False),
                ("bulk_minimum", "=", 0),
            ],
            limit=1,
        )

    def _get_staff_language(self):
        """Return the language of texts that are kept for staff, also where a supplier's answer
        sets them off: that of the staff who act, else the company's."""
        self.ensure_one()
        # sudo: who acts may be of the portal and not see the company's contact
        language = self.sudo().partner_id.lang
        return self.env.lang if self.env.user._is_internal() else language or self.env.lang

    @api.model
    def _s2b2b_order_demo(self):
        """Called by the demo data; see ``demo/story.py``."""
        story.tell(self.env)
