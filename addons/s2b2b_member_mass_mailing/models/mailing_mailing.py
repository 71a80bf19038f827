from odoo import api, fields, models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    segment_id = fields.Many2one(
        "s2b2b.segment",
        string="Member Segment",
        ondelete="restrict",
        index="btree_not_null",
        help="The mailing goes to those who are in the segment when it is sent.",
    )

    @api.depends("segment_id")
    def _compute_mailing_domain(self):
        """The segment is the condition, not its members of today."""
        result = super()._compute_mailing_domain()
        for mailing in self.filtered("segment_id"):
            if mailing.mailing_model_name == "res.partner":
                mailing.mailing_domain = repr([("segment_ids", "in", mailing.segment_id.ids)])
        return result

    @api.onchange("segment_id")
    def _onchange_segment_id(self):
        """Segments are of contacts: choosing one turns the mailing to them."""
        if self.segment_id:
            self.mailing_model_id = self.env["ir.model"]._get("res.partner")
