from uuid import uuid4

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

MANAGER = "s2b2b_member.group_manager"


class S2b2bPointsAdjust(models.TransientModel):
    """Gives members points, corrects them, or uses them for the tier, with a reason."""

    _name = "s2b2b.points.adjust"
    _description = "Book Points"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, readonly=True
    )
    member_ids = fields.Many2many(
        "res.partner",
        string="Members",
        required=True,
        domain=[("is_member", "=", True)],
        default=lambda self: self._get_selected_members(),
    )
    kind = fields.Selection(
        [
            ("activity", "Give for an activity"),
            ("adjust", "Correct"),
            ("tier", "Use for the tier"),
        ],
        required=True,
        default="activity",
    )
    points = fields.Integer(required=True, help="For each member; less than 0 takes points away.")
    reason = fields.Char()
    key = fields.Char(required=True, readonly=True, default=lambda self: uuid4().hex)

    def _get_selected_members(self):
        if self.env.context.get("active_model") != "res.partner":
            return False
        return [Command.set(self.env.context.get("active_ids", []))]

    def action_book(self):
        """Books the points once, however often the button is pressed."""
        self.ensure_one()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only member managers book points."))
        if not self.company_id.member_points:
            raise UserError(self.env._("This company has no points: switch them on first."))
        if self.kind != "tier" and not self.reason:
            raise UserError(self.env._("Say why."))
        entries = self.env["s2b2b.points.entry"].with_company(self.company_id)
        members = self.member_ids.commercial_partner_id
        if self.kind == "activity":
            entries._points_grant(members, self.points, self.reason, self.key)
        elif self.kind == "adjust":
            entries._grant("adjust", members, self.points, self.reason, f"adjust:{self.key}")
        else:
            for member in members:
                entries._turn_into_progress(member, self.points, self.key)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
