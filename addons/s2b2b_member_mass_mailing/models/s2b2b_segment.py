from odoo import fields, models


class S2b2bSegment(models.Model):
    _inherit = "s2b2b.segment"

    mailing_ids = fields.One2many(
        "mailing.mailing",
        "segment_id",
        string="Mailings",
        groups="mass_mailing.group_mass_mailing_user",
    )
    mailing_count = fields.Integer(
        compute="_compute_mailing_count", groups="mass_mailing.group_mass_mailing_user"
    )

    def _compute_mailing_count(self):
        counts = dict(
            self.env["mailing.mailing"]._read_group(
                [("segment_id", "in", self.ids)], ["segment_id"], ["__count"]
            )
        )
        for segment in self:
            segment.mailing_count = counts.get(segment, 0)

    def action_view_mailings(self):
        """The mailings to this segment; a new one is to it as well."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mass_mailing.mailing_mailing_action_mail"
        )
        return {
            **action,
            "domain": [("segment_id", "=", self.id), ("mailing_type", "=", "mail")],
            "context": {
                "default_segment_id": self.id,
                "default_mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "default_mailing_type": "mail",
            },
        }
