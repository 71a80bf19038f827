from odoo import api, models
from odoo.exceptions import AccessError

MANAGER = "s2b2b_member.group_manager"
TIER_FIELDS = frozenset({"grade_id", "grade_locked", "grade_since", "grade_review_date"})


class ResPartner(models.Model):
    """A member's tier is its figures' business; by hand only member managers decide on it.

    Partners who are no members keep core's ways: nobody is refused there.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self._may_set_tiers():
            return partners
        for partner, vals in zip(partners, vals_list, strict=True):
            # sudo: what a member has is looked at for whoever makes one
            member = partner.commercial_partner_id.sudo()
            own = member == partner and any(member[name] for name in TIER_FIELDS)
            if member.is_member and (own or vals.get("grade_id")):
                self._refuse_tier()
        return partners

    def write(self, vals):
        asked = {"is_member", *TIER_FIELDS} & vals.keys()
        if asked and not self._may_set_tiers():
            self._check_tier_rights({name: vals[name] for name in asked})
        return super().write(vals)

    @api.model
    def _may_set_tiers(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _check_tier_rights(self, vals):
        """Refuses what changes a member's tier, and what brings a tier into a membership."""
        # sudo: what a member has is looked at for whoever writes
        members = self.commercial_partner_id.sudo()
        for member in members.filtered("is_member"):
            if any(member._is_changed(name, value) for name, value in vals.items()):
                self._refuse_tier()
        if vals.get("is_member") and members.filtered(lambda p: p.grade_id and not p.is_member):
            self._refuse_tier()

    def _is_changed(self, name, value):
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    def _refuse_tier(self):
        raise AccessError(
            self.env._("Only member managers set a member's tier by hand or end a membership.")
        )
