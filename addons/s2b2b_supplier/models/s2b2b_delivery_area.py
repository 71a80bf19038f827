from odoo import fields, models


class S2b2bDeliveryArea(models.Model):
    """A region that suppliers say they deliver to; a supplier without areas delivers anywhere."""

    _name = "s2b2b.delivery.area"
    _description = "Delivery Area"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    country_ids = fields.Many2many("res.country", string="Countries", required=True)
    state_ids = fields.Many2many(
        "res.country.state",
        string="States",
        domain="[('country_id', 'in', country_ids)]",
        help="Only these states of the countries; leave empty for the whole countries.",
    )

    def _covers(self, address):
        """Whether one of these areas holds the address; no areas at all cover everything."""
        if not self:
            return True
        return any(
            address.country_id in area.country_ids
            and (not area.state_ids or address.state_id in area.state_ids)
            for area in self
        )
