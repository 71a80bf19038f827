from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.movement import Rating, movements

AHEAD = 60
SHOWN = 8
MODES = ("list", "kanban", "form")


class S2b2bSupplierDashboard(models.AbstractModel):
    """The first page of the purchasing manager: what waits, what ends, who moved."""

    _name = "s2b2b.supplier.dashboard"
    _description = "Supplier Dashboard"

    @api.model
    def get_dashboard(self):
        """Everything on the page as plain values; each tile has the action that opens its list."""
        if not self.env.user.has_group("s2b2b_supplier.group_user"):
            raise AccessError(self.env._("The supplier dashboard is for supplier management."))
        today = fields.Date.context_today(self)
        return {
            "sections": [
                {"title": title, "tiles": [tile for tile in tiles if tile]}
                for title, tiles in self._get_sections(today)
            ],
            "grades": self._get_grades(),
            "movement": self._get_movement(today),
        }

    @api.model
    def _get_sections(self, today):
        """Hook: [(title, tiles)]; what other modules have to show is added here."""
        return [
            (self.env._("Waiting for us"), self._get_waiting_tiles()),
            (self.env._("Ending soon"), self._get_ending_tiles(today)),
            (self.env._("In trouble"), self._get_trouble_tiles()),
        ]

    @api.model
    def _get_waiting_tiles(self):
        return [
            self._tile(
                "applications",
                self.env._("Applications Waiting"),
                "s2b2b_supplier.s2b2b_qualification_action",
                Domain("state", "in", ["submitted", "review"]),
                icon="fa-inbox",
                level="info",
            ),
            self._tile(
                "decisions",
                self.env._("Audits to Decide"),
                "s2b2b_supplier.s2b2b_qualification_action",
                Domain("state", "=", "audit"),
                icon="fa-gavel",
                level="info",
            ),
            self._tile(
                "verify",
                self.env._("Certificates to Check"),
                "s2b2b_supplier.s2b2b_certificate_action",
                Domain("state", "=", "submitted"),
                icon="fa-search",
                level="info",
            ),
            self._tile(
                "eliminations",
                self.env._("Eliminations to Decide"),
                "s2b2b_supplier.s2b2b_supplier_elimination_action",
                Domain("state", "=", "proposed"),
                icon="fa-ban",
                level="danger",
            ),
        ]

    @api.model
    def _get_ending_tiles(self, today):
        last = today + timedelta(days=AHEAD)
        papers = self.env["s2b2b.certificate"]._find_ending(today, last)
        return [
            self._tile(
                "certificates",
                self.env._("Certificates Expiring"),
                "s2b2b_supplier.s2b2b_certificate_action",
                Domain("id", "in", papers.ids),
                icon="fa-certificate",
                level="warning",
                note=self.env._("within %s days", AHEAD),
            ),
            self._tile(
                "validity",
                self.env._("Qualifications Ending"),
                "s2b2b_supplier.res_partner_action_supplier",
                Domain("supplier_status", "in", ["qualified", "conditional"])
                & Domain("supplier_valid_until", ">=", today)
                & Domain("supplier_valid_until", "<=", last),
                icon="fa-calendar",
                level="warning",
                note=self.env._("within %s days", AHEAD),
            ),
        ]

    @api.model
    def _get_trouble_tiles(self):
        return [
            self._tile(
                "suspended",
                self.env._("Suspended Suppliers"),
                "s2b2b_supplier.res_partner_action_supplier",
                Domain("supplier_status", "=", "suspended"),
                icon="fa-pause-circle",
                level="danger",
            ),
            self._tile(
                "categories",
                self.env._("Suspended for Some Categories"),
                "s2b2b_supplier.res_partner_action_supplier",
                Domain("supplier_status", "in", ["qualified", "conditional"])
                & Domain("supplier_suspended_category_ids", "!=", False),
                icon="fa-tags",
                level="warning",
            ),
            self._get_rectification_tile(),
        ]

    @api.model
    def _get_rectification_tile(self):
        """Hook: suppliers under rectification, where rectifications are installed."""
        return

    @api.model
    def _tile(self, key, label, xmlid, domain, *, icon, level, note=""):
        """How many records there are, and the action that lists just these."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        count = self.env[action["res_model"]].search_count(domain)
        modes = [mode for mode in action["view_mode"].split(",") if mode in MODES]
        chosen = {mode: view for view, mode in action["views"]}
        return {
            "key": key,
            "label": label,
            "count": count,
            "icon": icon,
            "level": level if count else "muted",
            "note": note,
            "action": {
                "type": "ir.actions.act_window",
                "name": label,
                "res_model": action["res_model"],
                "views": [(chosen.get(mode, False), mode) for mode in sorted(modes, key=_lists)],
                "domain": list(domain),
                "search_view_id": action["search_view_id"],
                "context": {},
                "help": action["help"],
            },
        }

    @api.model
    def _get_grades(self):
        """How many suppliers have each grade, the best first, those not rated last."""
        partners = self.env["res.partner"]
        active = Domain("supplier_status", "in", ["qualified", "conditional", "suspended"])
        counts = dict.fromkeys(self.env["s2b2b.supplier.grade"].search(Domain.TRUE), 0)
        rated = partners._read_group(
            active & Domain("supplier_is_rated", "=", True), ["supplier_grade_id"], ["__count"]
        )
        counts.update(rated)
        total = partners.search_count(active)
        rows = [
            self._prepare_grade(grade, active & Domain("supplier_grade_id", "=", grade.id), number)
            for grade, number in counts.items()
            if grade
        ]
        rest = active & Domain("supplier_is_rated", "=", False)
        rows.append(
            self._prepare_grade(None, rest, total - sum(number for _grade, number in rated))
        )
        return [{**row, "percent": round(100 * row["count"] / (total or 1))} for row in rows]

    @api.model
    def _prepare_grade(self, grade, domain, count):
        label = grade.name if grade else self.env._("Not rated")
        return {
            "id": grade.id if grade else 0,
            "label": label,
            "color": grade.color if grade else 0,
            "count": count,
            "action": {
                "type": "ir.actions.act_window",
                "name": label,
                "res_model": "res.partner",
                "views": [(False, "kanban"), (False, "list"), (False, "form")],
                "domain": list(domain),
            },
        }

    @api.model
    def _get_movement(self, today):
        """Whose grade changed from the last but one closed period to the last one."""
        company = self.env.company
        closed = [days for days in company._scorecard_periods(today) if days[1] < today][-2:]
        cards = self.env["s2b2b.scorecard"].search(
            Domain("company_id", "=", company.id)
            & Domain("is_rated", "=", True)
            & Domain.OR([[("date_from", "=", a), ("date_to", "=", b)] for a, b in closed])
        )
        by_end = cards.grouped("date_to")
        before, after = (
            {card.partner_id: card for card in by_end.get(end, cards.browse())}
            for end in ([days[1] for days in closed] + [None, None])[:2]
        )
        moves = movements(self._ratings(before), self._ratings(after))
        partners = {partner.id: partner for partner in after}
        return {
            "up": sum(move.step > 0 for move in moves),
            "down": sum(move.step < 0 for move in moves),
            "rows": [
                self._prepare_movement(move, partners[move.supplier], before, after)
                for move in moves[:SHOWN]
            ],
        }

    @api.model
    def _ratings(self, cards):
        return [
            Rating(partner.id, card.score, card.grade_id.low) for partner, card in cards.items()
        ]

    @api.model
    def _prepare_movement(self, move, partner, before, after):
        card = after[partner]
        return {
            "id": card.id,
            "name": partner.display_name,
            "before": before[partner].grade_id.name or "",
            "after": card.grade_id.name or "",
            "up": move.step > 0,
            "change": f"{move.change:+.1f}",
            "action": {
                "type": "ir.actions.act_window",
                "res_model": "s2b2b.scorecard",
                "res_id": card.id,
                "views": [(False, "form")],
            },
        }


def _lists(mode):
    return ("list", "kanban", "form").index(mode) if mode in ("list", "kanban", "form") else 3
