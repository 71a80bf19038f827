from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import formatLang

STAFF = "s2b2b_member.group_user"
SHOWN = 5
PERIODS = (30, 90)


class S2b2bMemberDashboard(models.AbstractModel):
    """The first page of member management: who is where, who moves, who is about to drop."""

    _name = "s2b2b.member.dashboard"
    _description = "Member Dashboard"

    @api.model
    def get_dashboard(self):
        """Everything on the page as plain values; each tile has the action that opens its list."""
        if not self.env.user.has_group(STAFF):
            raise AccessError(self.env._("The member dashboard is for member management."))
        today = fields.Date.context_today(self)
        return {
            "sections": [
                {"title": self.env._("Members"), "tiles": self._get_member_tiles(today)},
                {"title": self.env._("Waiting for us"), "tiles": self._get_waiting_tiles()},
            ],
            "tiers": self._get_tiers(),
            "trend": self._get_trend_action(),
            "at_risk": self._get_at_risk(),
        }

    @api.model
    def _get_member_tiles(self, today):
        return [
            self._tile(
                "members", self.env._("Members"), "member_action", Domain("is_member", "=", True)
            ),
            self._tile(
                "no_tier",
                self.env._("Without a Tier"),
                "member_action",
                Domain("is_member", "=", True) & Domain("grade_id", "=", False),
                level="warning",
            ),
            self._get_moves_tile("up", self.env._("Moved Up"), today),
            self._get_moves_tile("down", self.env._("Moved Down"), today, level="danger"),
        ]

    @api.model
    def _get_moves_tile(self, direction, label, today, level="info"):
        last, longer = (
            Domain("direction", "=", direction)
            & Domain("date", ">", today - relativedelta(days=days))
            for days in PERIODS
        )
        count = self.env["s2b2b.grade.change"].search_count(longer)
        note = self.env._(
            "in %(days)s days; %(count)s in %(longer)s days",
            days=PERIODS[0],
            count=count,
            longer=PERIODS[1],
        )
        return self._tile(direction, label, "grade_change_action", last, level=level, note=note)

    @api.model
    def _get_waiting_tiles(self):
        tiles = [
            self._tile(
                "at_risk",
                self.env._("About to Drop"),
                "member_action",
                self._get_at_risk_domain(),
                level="warning",
                context={"s2b2b_at_risk": True},
            ),
            self._tile(
                "requests",
                self.env._("Credit Requests"),
                "credit_request_action",
                Domain("state", "=", "submitted"),
            ),
            self._tile(
                "applications",
                self.env._("Applications"),
                "member_application_action",
                Domain("state", "=", "submitted"),
            ),
        ]
        if self.env["sale.order"].has_access("read"):
            held = Domain("hold_reason", "!=", False)
            label = self.env._("Orders on Hold")
            tiles.append(self._tile("holds", label, "credit_hold_action", held, level="danger"))
        return tiles

    @api.model
    def _tile(self, key, label, name, domain, *, level="info", note="", context=None):
        """How many records there are, and the action that lists just these."""
        action = self.env["ir.actions.act_window"]._for_xml_id(f"s2b2b_member.{name}")
        count = self.env[action["res_model"]].search_count(domain)
        return {
            "key": key,
            "label": label,
            "count": count,
            "level": level if count else "muted",
            "note": note,
            "action": self._list_first(action, label, domain, context),
        }

    @api.model
    def _list_first(self, action, label, domain, context=None):
        views = sorted(action["views"], key=lambda view: view[1] != "list")
        return {
            "type": "ir.actions.act_window",
            "name": label,
            "res_model": action["res_model"],
            "views": [view for view in views if view[1] in ("list", "kanban", "form")],
            "domain": list(domain),
            "search_view_id": action["search_view_id"],
            "context": context or {},
            "help": action["help"],
        }

    @api.model
    def _get_tiers(self):
        """Members, purchases and credit of each tier, the best first, and of those without."""
        grades = self.env["res.partner.grade"].search(Domain.TRUE, order="rank desc, id")
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.member_action")
        rows = [self._prepare_tier(grade, action) for grade in grades]
        return [row for row in rows if row["count"] or row["ranked"]]

    @api.model
    def _prepare_tier(self, grade, action):
        domain = Domain("is_member", "=", True) & Domain("grade_id", "=", grade.id)
        money = grade.company_currency_id
        return {
            "id": grade.id,
            "label": grade.name,
            "ranked": bool(grade.rank),
            "count": grade.member_count,
            "revenue": formatLang(self.env, grade.revenue, currency_obj=grade.currency_id),
            "share": round(grade.revenue_share),
            "used": formatLang(self.env, grade.credit_used, currency_obj=money),
            "granted": formatLang(self.env, grade.credit_granted, currency_obj=money),
            "credit_use": round(grade.credit_use),
            "action": self._list_first(action, grade.name, domain),
        }

    @api.model
    def _get_at_risk_domain(self):
        return Domain("is_member", "=", True) & Domain("grade_at_risk", "=", True)

    @api.model
    def _get_at_risk(self):
        """Those whose review comes first, with what each lacks."""
        members = self.env["res.partner"].search(
            self._get_at_risk_domain(), order="grade_review_date, id", limit=SHOWN
        )
        return [
            {
                "id": member.id,
                "name": member.name,
                "tier": member.grade_id.name,
                "notice": member.tier_notice,
                "action": {
                    "type": "ir.actions.act_window",
                    "res_model": "res.partner",
                    "res_id": member.id,
                    "views": [(False, "form")],
                },
            }
            for member in members
        ]

    @api.model
    def _get_trend_action(self):
        """Purchases month by month and tier; False for who may not see invoices."""
        if not self.env["account.invoice.report"].has_access("read"):
            return False
        return self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.tier_revenue_action")
