from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.tiering import Ladder, Tier, check_tiers

THRESHOLDS = ("min_amount", "min_orders", "min_months", "min_paid_on_time")
LATER = object()


class ResPartnerGrade(models.Model):
    """The ladder: the tiers that are reached by figures, and a try of other thresholds."""

    _inherit = "res.partner.grade"

    @api.constrains("rank", "active", "currency_id", *THRESHOLDS)
    def _check_ladder(self):
        """The tiers together make one ladder: each asks for more than the one below it."""
        if self.env.context.get("s2b2b_ladder") is LATER:
            return
        grades = self._get_ladder_grades()
        if len(grades.currency_id) > 1:
            raise ValidationError(self.env._("All tiers count in the same currency."))
        self._check_tiers(grade._prepare_tier() for grade in grades)

    @api.constrains("company_id", "rank", *THRESHOLDS)
    def _check_company_has_no_ladder(self):
        """Figures are the group's, and so is the one ladder; a company's own tier is given."""
        own = self.filtered(lambda g: g.company_id and g._is_ranked())
        if own:
            raise ValidationError(
                self.env._(
                    "%(tiers)s: a tier of one company is given by hand, it has neither rank nor "
                    "thresholds.",
                    tiers=", ".join(own.mapped("name")),
                )
            )

    @api.model
    def _preview_members(self, today, ladder=None):
        """Who would move or be told on ``today``, as rows to show. Changes nothing.

        :param ladder: thresholds to try instead of those that are saved
        """
        changes = self.env["s2b2b.grade.change"]
        figures, decisions = self._decide_tiers(None, today, ladder or self._get_ladder())
        rows = ((row, decisions[row.partner_id]) for row in figures)
        currency = self._get_tier_currency()
        return [
            changes._prepare_preview_vals(row, decision, currency)
            for row, decision in rows
            if changes._is_shown(row, decision, today)
        ]

    @api.model
    def _get_ladder_grades(self):
        """The tiers that are reached by figures, the lowest first; others are given by hand."""
        # Every tier counts, also one that a rule of another module hides from this user.
        grades = self.sudo().search(Domain("company_id", "=", False))
        return grades.filtered(lambda g: g._is_ranked()).sorted(lambda g: (g.rank, g.id))

    def _prepare_tier(self, source=None):
        """The thresholds as the pure functions take them, money in the smallest unit.

        :param source: a record with thresholds to take instead of the tier's own
        """
        source = source or self
        return Tier(
            key=self.id,
            rank=self.rank,
            min_amount=_smallest_unit(source.min_amount, self.currency_id),
            min_orders=source.min_orders,
            min_months=source.min_months,
            min_paid_on_time=source.min_paid_on_time,
        )

    @api.model
    def _make_ladder(self, sources):
        """The ladder of other thresholds, ``{tier: record with thresholds}``, refused as saved."""
        tiers = [grade._prepare_tier(source) for grade, source in sources.items()]
        self._check_tiers(tiers)
        return Ladder(tiers)

    @api.model
    def _get_ladder(self):
        return Ladder(grade._prepare_tier() for grade in self._get_ladder_grades())

    @api.model
    def _get_unpriced_note(self):
        """Which tiers give no prices of their own; False: none."""
        unpriced = self._get_ladder_grades().filtered(lambda g: not g.default_pricelist_id)
        return bool(unpriced) and self.env._(
            "Members of %(tiers)s pay ordinary prices: the tier has no price list.",
            tiers=", ".join(unpriced.mapped("name")),
        )

    def _is_ranked(self):
        self.ensure_one()
        return bool(self.rank or any(self[name] for name in THRESHOLDS))

    @api.model
    def _check_tiers(self, tiers):
        """Refuses tiers that make no ladder, in the user's language."""
        try:
            check_tiers(tiers)
        except ValueError as error:
            raise ValidationError(self._get_refusal_text(error.args[0])) from error

    def _write_thresholds(self, values):
        """Writes thresholds of several tiers; they are checked together, not one by one.

        :param values: ``{tier: vals}``
        """
        for grade, vals in values.items():
            grade.with_context(s2b2b_ladder=LATER).write(vals)
        self._check_ladder()

    @api.model
    def _get_refusal_text(self, reason):
        """Why the tiers make no ladder, in the user's language."""
        names = {grade.id: grade.name for grade in self._get_ladder_grades()}
        params = {k: names.get(v, v) for k, v in reason.params.items()}
        params["figure"] = self._get_figure_labels().get(params.get("figure"), "")
        texts = {
            "same_rank": self.env._("%(below)s and %(above)s have the same rank."),
            "negative": self.env._("Thresholds cannot be negative."),
            "never_met": self.env._("%(key)s asks for %(asked)s %% paid on time."),
            "crossing": self.env._(
                "%(above)s asks for less than %(below)s, which ranks below it: %(figure)s."
            ),
            "same_thresholds": self.env._(
                "%(above)s asks for nothing more than %(below)s, which ranks below it."
            ),
        }
        return texts[reason.code] % params if reason.code in texts else str(reason)

    @api.model
    def _get_figure_labels(self):
        return {
            name.removeprefix("min_"): self._fields[name]._description_string(self.env)
            for name in THRESHOLDS
        }


def _smallest_unit(amount, currency):
    return round(amount / currency.rounding)
