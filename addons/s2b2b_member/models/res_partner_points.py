from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

STAFF = "s2b2b_member.group_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    points_entry_ids = fields.One2many("s2b2b.points.entry", "partner_id", groups=STAFF)
    has_points = fields.Boolean(compute="_compute_points", compute_sudo=True, groups=STAFF)
    points_balance = fields.Integer(
        string="Points", compute="_compute_points", compute_sudo=True, groups=STAFF
    )
    points_expiring = fields.Integer(compute="_compute_points", compute_sudo=True, groups=STAFF)
    points_expiry_date = fields.Date(
        string="Points Expire From", compute="_compute_points", compute_sudo=True, groups=STAFF
    )

    def write(self, vals):
        """Points belong to the company: those of a partner that becomes a contact go along."""
        result = super().write(vals)
        if {"parent_id", "is_company"} & vals.keys():
            self._move_points()
        return result

    def _move_points(self):
        contacts = self.filtered(lambda partner: partner.commercial_partner_id != partner)
        if contacts:
            self.env["s2b2b.points.entry"]._transfer(contacts)

    @api.depends_context("company")
    @api.depends("points_entry_ids.remaining")
    def _compute_points(self):
        """Balance of the member company here, and what of it expires within the warning time."""
        company = self.env.company
        members = self.commercial_partner_id._origin
        balances = self.env["s2b2b.points.entry"]._get_balances(members, company)
        expiring = members._get_expiring_points(company)
        for partner in self:
            member = partner.commercial_partner_id._origin
            partner.has_points = company.member_points and member.is_member
            partner.points_balance = balances.get(member.id, 0)
            day, points = expiring.get(member.id, (False, 0))
            partner.points_expiry_date, partner.points_expiring = day, points

    def _get_expiring_points(self, company):
        """``{partner id: (first day, points)}`` of points that end within the warning time."""
        today = fields.Date.context_today(self)
        rows = self.env["s2b2b.points.entry"]._read_group(
            [
                ("partner_id", "in", self.ids),
                ("company_id", "=", company.id),
                ("remaining", ">", 0),
                ("expiry_date", ">=", today),
                ("expiry_date", "<=", today + relativedelta(days=company.points_warning_days)),
            ],
            ["partner_id"],
            ["expiry_date:min", "remaining:sum"],
        )
        return {member.id: (day, points) for member, day, points in rows}

    def _get_points_calendar(self):
        """``[(last day, points)]`` of what is left, the next day first; without end comes last."""
        self.ensure_one()
        rows = self.env["s2b2b.points.entry"]._read_group(
            [
                ("partner_id", "=", self.id),
                ("company_id", "=", self.env.company.id),
                ("remaining", ">", 0),
            ],
            ["expiry_date:day"],
            ["remaining:sum"],
        )
        return sorted(rows, key=lambda row: row[0] or date.max)

    def action_view_points(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.points_entry_action")
        member = self.commercial_partner_id
        return {
            **action,
            "domain": [("partner_id", "=", member.id)],
            "context": {"default_member_ids": member.ids},
        }
