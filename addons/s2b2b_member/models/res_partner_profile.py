from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "s2b2b_member.group_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    member_profile_ids = fields.One2many(
        "s2b2b.member.profile", "partner_id", string="Profile", groups=STAFF
    )
    rfm_group = fields.Selection(
        "_selection_rfm_group",
        string="Buying Behaviour",
        compute="_compute_rfm_group",
        search="_search_rfm_group",
        compute_sudo=True,
        groups=STAFF,
        help="By how recently, how often and for how much the member buys, next to all others.",
    )
    segment_ids = fields.Many2many(
        "s2b2b.segment",
        string="Segments",
        compute="_compute_segment_ids",
        compute_sudo=True,
        search="_search_segment_ids",
        groups=STAFF,
    )

    @api.model
    def _selection_rfm_group(self):
        return self.env["s2b2b.member.profile"]._selection_rfm_group()

    @api.depends("member_profile_ids")
    def _compute_rfm_group(self):
        for partner in self:
            partner.rfm_group = partner.commercial_partner_id.member_profile_ids.rfm_group

    def _search_rfm_group(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("member_profile_ids", "any", [("rfm_group", "in", list(value))])]

    def _compute_segment_ids(self):
        segments = self.env["s2b2b.segment"].search(Domain.TRUE)
        inside = {
            segment: self.search(segment._get_members_domain() & Domain("id", "in", self.ids))
            for segment in segments
        }
        for partner in self:
            partner.segment_ids = segments.filtered(lambda s, p=partner: p in inside[s])

    def _search_segment_ids(self, operator, value):
        """Makes a segment a condition of any domain on partners, that of a mailing too."""
        if operator not in ("in", "any"):
            return NotImplemented
        condition = Domain("id", "in", value) if operator == "in" else Domain(value)
        segments = self.env["s2b2b.segment"].search(condition)
        # sudo: whoever may use a segment need not read all that its rule looks at
        inside = self.sudo()._search(Domain.OR(s.sudo()._get_members_domain() for s in segments))
        return Domain("id", "in", inside)
