from odoo import fields, models

INTERNAL = "base.group_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_order_cost = fields.Float(
        "Cost of an Order",
        company_dependent=True,
        groups=INTERNAL,
        help="What one purchase order at this supplier costs the platform, whatever is in it, "
        "in the company's currency: handling, freight.",
    )
    supplier_daily_capacity = fields.Float(
        "Units a Day",
        company_dependent=True,
        groups=INTERNAL,
        help="The most this supplier can deliver a day over all its products. 0: no limit.",
    )

    def _get_portal_users(self):
        """Return the portal users of these partners' companies, in one query."""
        companies = self.commercial_partner_id
        return self.env["res.users"].search(
            [("partner_id.commercial_partner_id", "in", companies.ids), ("share", "=", True)]
        )
