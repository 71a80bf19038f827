from odoo import api, fields, models
from odoo.fields import Command


class S2b2bTierPricelist(models.TransientModel):
    """Makes or renews the flat price list of each tier from one percentage."""

    _name = "s2b2b.tier.pricelist"
    _description = "Tier Price Lists"

    line_ids = fields.One2many("s2b2b.tier.pricelist.line", "wizard_id")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "line_ids" in fields_list:
            values["line_ids"] = [
                Command.create({"grade_id": grade.id, "percent": grade._get_flat_discount()})
                for grade in self.env["res.partner.grade"]._get_ladder_grades()
            ]
        return values

    def action_apply(self):
        self.env["res.partner.grade"].check_access("write")
        for line in self.line_ids:
            line.grade_id._apply_flat_discount(line.percent)
        return {"type": "ir.actions.act_window_close"}


class S2b2bTierPricelistLine(models.TransientModel):
    """The discount of one tier on the sales price."""

    _name = "s2b2b.tier.pricelist.line"
    _description = "Line of Tier Price Lists"

    wizard_id = fields.Many2one("s2b2b.tier.pricelist", required=True, ondelete="cascade")
    grade_id = fields.Many2one("res.partner.grade", string="Tier", required=True, readonly=True)
    percent = fields.Float(string="Discount (%)")

    _percent_of_price = models.Constraint(
        "CHECK(percent >= 0 AND percent < 100)", "A discount is at least 0 % and below 100 %."
    )
