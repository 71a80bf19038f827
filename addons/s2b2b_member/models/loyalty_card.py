from odoo import api, models

MIRROR = object()
"""In the context of what the ledger writes; no call from outside can send it."""


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        made_by_hand = cards.filtered(lambda c: c.program_id.is_member_points and c.points)
        if made_by_hand and not self._is_mirroring():
            made_by_hand.with_context(s2b2b_points=MIRROR).points = 0
        return cards

    def write(self, vals):
        """The cards of members show the ledger: what else counts points on them is left out."""
        if "points" not in vals or self._is_mirroring():
            return super().write(vals)
        mirrors = self.filtered("program_id.is_member_points")
        rest = {name: value for name, value in vals.items() if name != "points"}
        if rest:
            super(LoyaltyCard, mirrors).write(rest)
        return super(LoyaltyCard, self - mirrors).write(vals)

    def _is_mirroring(self):
        return self.env.context.get("s2b2b_points") is MIRROR

    @api.model
    def _mirror_points(self, members, company):
        """Writes on the one card of each member what the ledger says."""
        # sudo: cards follow the ledger, whoever books points
        entries, cards = self.env["s2b2b.points.entry"].sudo(), self.sudo()
        cards = cards.with_context(s2b2b_points=MIRROR, loyalty_no_mail=True, tracking_disable=True)
        balances = entries._get_balances(members, company)
        program = self.env["loyalty.program"]._get_points_program(company)
        known = cards.search(
            [("program_id", "=", program.id), ("partner_id", "in", members.ids)], order="id"
        ).grouped("partner_id")
        cards.create(
            [
                {"program_id": program.id, "partner_id": key, "points": max(points, 0)}
                for key, points in balances.items()
                if members.browse(key) not in known
            ]
        )
        for member, own in known.items():
            points = max(balances.get(member.id, 0), 0)
            if own[0].points != points:
                own[0].points = points
            if own[1:]:  # members that were merged
                own[1:].write({"points": 0, "active": False})
