from dataclasses import dataclass
from typing import Any

from odoo import fields, models
from odoo.tools import SQL, groupby

CARD_KEY = ("partner_id", "company_id", "date_from", "date_to")
LINE_KEY = ("scorecard_id", "kpi_key")


@dataclass(frozen=True)
class Change:
    """A card as it is (None: there is none) and as it was decided, lines by their KPI's key."""

    partner_id: int
    old: dict[str, Any] | None
    new: dict[str, Any]
    old_lines: dict[str, dict]
    new_lines: dict[str, dict]

    @property
    def changed_keys(self):
        """Keys of the lines that are new, gone, or have other figures."""
        keys = self.old_lines.keys() | self.new_lines.keys()
        return sorted(k for k in keys if _differ(self.old_lines.get(k), self.new_lines.get(k)))

    @property
    def is_new(self):
        return self.old is None

    @property
    def is_change(self):
        return self.is_new or _differ(self.old, self.new) or bool(self.changed_keys)


class S2b2bScorecardApply(models.Model):
    """Writes what was decided: a fixed number of statements for any number of cards.

    Cards and lines are written by one statement each. Through the ORM it costs more than all the
    rest of an evaluation, and there is nothing for it to do: nobody else writes these records, and
    nothing is computed from them but the suppliers' scores, which are published afterwards.
    """

    _inherit = "s2b2b.scorecard"

    def _apply_cards(self, evaluation, vals_by_partner, cause=None):
        """Creates and revises the decided cards, and only those that differ; returns all."""
        self.env.flush_all()
        changes = self._compare_cards(evaluation, vals_by_partner)
        changed = [change for change in changes if change.is_change]
        now = fields.Datetime.now()
        ids = self._upsert_cards(evaluation, changed, now)
        self._upsert_lines(changed, ids, evaluation)
        revised = [change for change in changed if not change.is_new]
        if revised:
            self._drop_lines(revised)
            self._leave_trace(revised, cause, now)
        self.browse(ids.values()).invalidate_recordset()
        self.env["s2b2b.scorecard.line"].invalidate_model()
        kept = [change.old["id"] for change in changes if not change.is_change]
        return self.browse([*kept, *ids.values()]).sorted()

    def _compare_cards(self, evaluation, vals_by_partner):
        cards, lines = self._read_stored(evaluation, list(vals_by_partner))
        store, line_store = self._rounder(), self.env["s2b2b.scorecard.line"]._rounder()
        return [
            Change(
                partner_id,
                cards.get(partner_id),
                store({name: value for name, value in vals.items() if name != "lines"}),
                lines.get(partner_id, {}),
                {line["kpi_key"]: line_store(line) for line in vals["lines"]},
            )
            for partner_id, vals in vals_by_partner.items()
        ]

    def _read_stored(self, evaluation, partner_ids):
        """({partner id: its card}, {partner id: {key: line}}) as they are in the database."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT id, partner_id, revision, score, is_rated, grade_id, total
                  FROM s2b2b_scorecard
                 WHERE company_id = %s AND date_from = %s AND date_to = %s
                   AND partner_id = ANY(%s)
                """,
                evaluation.company.id,
                evaluation.date_from,
                evaluation.date_to,
                partner_ids,
            )
        )
        lines = rows and self.env.execute_query_dict(
            SQL(
                "SELECT * FROM s2b2b_scorecard_line WHERE scorecard_id = ANY(%s)",
                [row["id"] for row in rows],
            )
        )
        by_partner = {
            partner_id: {line["kpi_key"]: line for line in own}
            for partner_id, own in groupby(lines, lambda line: line["partner_id"])
        }
        return {row["partner_id"]: row for row in rows}, by_partner

    def _upsert_cards(self, evaluation, changes, now):
        """{partner id: card id} of the cards written."""
        common = {
            "company_id": evaluation.company.id,
            "date_from": evaluation.date_from,
            "date_to": evaluation.date_to,
            "evaluated_at": now,
        }
        rows = [
            {
                **change.new,
                **common,
                "partner_id": change.partner_id,
                "revision": 0 if change.is_new else (change.old["revision"] or 0) + 1,
            }
            for change in changes
        ]
        return {partner: card for card, partner in self._upsert(rows, CARD_KEY, "partner_id")}

    def _upsert_lines(self, changes, ids, evaluation):
        self.env["s2b2b.scorecard.line"]._upsert(
            [
                {
                    **line,
                    "scorecard_id": ids[change.partner_id],
                    "partner_id": change.partner_id,
                    "company_id": evaluation.company.id,
                    "date_to": evaluation.date_to,
                }
                for change in changes
                for line in change.new_lines.values()
            ],
            LINE_KEY,
            "kpi_key",
        )

    def _drop_lines(self, changes):
        """Lines of measures that are no longer taken go."""
        gone = [
            change.old_lines[key]["id"]
            for change in changes
            for key in change.old_lines.keys() - change.new_lines.keys()
        ]
        self.env["s2b2b.scorecard.line"].browse(gone).unlink()

    def _leave_trace(self, changes, cause, now):
        """Revision lines of what changed from what to what, and a message on each card."""
        cause = cause or self.env._("Late data")
        trace = self.env["s2b2b.scorecard.revision"]
        trace.create([vals for c in changes for vals in trace._prepare_vals(c, cause, now)])
        self.browse([change.old["id"] for change in changes])._message_log_batch(
            {change.old["id"]: trace._message(change, cause) for change in changes}
        )


def _differ(old, new):
    """Whether a stored row differs from values that would be written to it."""
    if not old or not new:
        return bool(old) != bool(new)
    return any(old[name] != value for name, value in new.items())
