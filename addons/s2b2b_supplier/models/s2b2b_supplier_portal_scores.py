from odoo import api, models
from odoo.fields import Domain

from ..tools.application import record_number
from ..tools.market import compared
from ..tools.trend import points

TREND = 12
TREND_WIDTH, TREND_HEIGHT = 240, 72
CHART_WIDTH, CHART_HEIGHT, CHART_MARGIN = 640, 200, 36
CARDS = 24
PAGE = 30


class S2b2bSupplierPortal(models.AbstractModel):
    """The scores: how they developed, what is behind them, and the word against them."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _find_cards(self, supplier):
        return self.env["s2b2b.scorecard"].search(
            [("partner_id", "=", supplier.id), ("company_id", "=", self.env.company.id)],
            limit=CARDS,
        )

    @api.model
    def _find_card(self, supplier, card_id):
        """The card of that number if it is the supplier's own, else an empty record."""
        return self.env["s2b2b.scorecard"].search(
            [
                ("id", "=", card_id),
                ("partner_id", "=", supplier.id),
                ("company_id", "=", self.env.company.id),
            ]
        )

    @api.model
    def _get_trend(self, cards):
        return self._get_chart(cards, TREND_WIDTH, TREND_HEIGHT, 4)

    @api.model
    def _get_chart(self, cards, width=CHART_WIDTH, height=CHART_HEIGHT, margin=CHART_MARGIN):
        """The last rated scores as the spots of a line, oldest left, and the grid behind it."""
        rated = cards.filtered("is_rated")[:TREND].sorted("date_to")
        spots = points(rated.mapped("score"), width, height, margin)
        inner = height - 2 * margin
        return {
            "width": width,
            "height": height,
            "left": margin,
            "line": " ".join(f"{x},{y}" for x, y in spots),
            "grid": [
                {"y": round(margin + inner * (100 - value) / 100, 1), "value": value}
                for value in (0, 25, 50, 75, 100)
            ],
            "dots": [
                {
                    "x": x,
                    "y": y,
                    "score": f"{card.score:.0f}",
                    "month": f"{card.date_to:%m/%y}",
                    "title": f"{self._date(card.date_to)}: {card.score:.1f}",
                }
                for (x, y), card in zip(spots, rated, strict=True)
            ],
        }

    @api.model
    def _get_scores(self, supplier):
        cards = self._find_cards(supplier)
        return {"chart": self._get_chart(cards), "cards": [self._prepare_card(c) for c in cards]}

    @api.model
    def _prepare_card(self, card):
        return {
            "id": card.id,
            "period": f"{self._date(card.date_from)} – {self._date(card.date_to)}",
            "rated": card.is_rated,
            "running": card.is_running,
            "score": f"{card.score:.1f}",
            "grade": card.grade_id.name or "",
            "grade_text": card.grade_id.description or "",
            "revised": card.revision,
        }

    @api.model
    def _get_card(self, supplier, card_id):
        """One scorecard with its measures, objections and revisions, or None."""
        card = self._find_card(supplier, card_id)
        if not card:
            return None
        contests = {contest.kpi_key: contest for contest in card.contest_ids}
        return {
            **self._prepare_card(card),
            "lines": [self._prepare_score(line, contests) for line in card.line_ids],
            "revisions": [self._prepare_revision(revision) for revision in card.revision_ids],
        }

    @api.model
    def _prepare_score(self, line, contests):
        contest = contests.get(line.kpi_key)
        return {
            "key": line.kpi_key,
            "name": line.kpi_name,
            "description": line.kpi_id.description or "",
            "rated": line.is_rated,
            "score": f"{line.score:.0f}",
            "weight": f"{line.weight:g}",
            "reason": line.reason,
            "has_evidence": bool(line.denominator),
            "contest": contest
            and self._selection(contest, "decision" if contest.decision else "state"),
        }

    @api.model
    def _prepare_revision(self, revision):
        return {
            "date": self._date(revision.date),
            "name": revision.name,
            "before": revision.before,
            "after": revision.after,
            "cause": revision.cause,
        }

    @api.model
    def _get_measure(self, supplier, card_id, key, page=1):
        """One line of a card with a page of the documents behind it, or None."""
        line = self._find_card(supplier, card_id).line_ids.filtered(lambda x: x.kpi_key == key)
        if not line:
            return None
        card = line.scorecard_id
        evidence = self._find_evidence(line)
        documents = evidence.search(
            self._measure_domain(line), limit=PAGE, offset=(page - 1) * PAGE
        )
        contests = {contest.kpi_key: contest for contest in card.contest_ids}
        contest = contests.get(key)
        return {
            **self._prepare_score(line, contests),
            "card": self._prepare_card(card),
            "figures": line._figures_text(),
            "is_price": key == "price",
            "rows": [self._prepare_evidence(document, key) for document in documents],
            "count": evidence.search_count(self._measure_domain(line)),
            "answer": contest and self._prepare_contest(contest),
            "problem": contest is None and self.env["s2b2b.scorecard.contest"]._find_problem(line),
        }

    @api.model
    def _find_evidence(self, line):
        """The model of the documents behind a line. Hook: measures that count others than goods."""
        card = line.scorecard_id
        return self.env["s2b2b.delivery.line"].with_context(
            score_from=str(card.date_from), score_to=str(card.date_to)
        )

    @api.model
    def _measure_domain(self, line):
        """The documents that count for a measure, and those that were excluded from it. Hook."""
        card = line.scorecard_id
        model = self.env["s2b2b.delivery.line"]
        period = card.partner_id, card.company_id, card.date_from, card.date_to
        domain = model._evaluated_domain(*period) | (
            model._period_domain(*period) & Domain("exclusion_id", "!=", False)
        )
        return domain & Domain("is_received", "=", 1) if line.kpi_key == "quality" else domain

    @api.model
    def _prepare_evidence(self, document, key):
        """A row of the page: {id, excluded, ...}. Hook: with ``title`` it is any document, with
        ``text``, ``badge`` and whether that is ``good``."""
        return self._prepare_delivery(document, key)

    @api.model
    def _get_questioned(self, documents):
        """What of these rows an exclusion would name. Hook."""
        return documents.purchase_line_id

    @api.model
    def _contest_state(self, contest):
        return self._selection(contest, "decision" if contest.decision else "state")

    @api.model
    def _prepare_contest(self, contest):
        return {
            "text": contest.text,
            "date": self._date(contest.create_date),
            "by": contest.contact_id.name or "",
            "state": self._contest_state(contest),
            "decided": contest.state == "decided",
            "refused": contest.decision == "refuse",
            "answer": contest.state == "decided" and contest.answer or "",
            "before": f"{contest.score_before:.0f}",
            "after": f"{contest.score_after:.0f}",
        }

    @api.model
    def _contest_score(self, supplier, card_id, key, text, line_ids, contact):
        """Contests a line of the supplier's own card; ``UserError`` where it may not."""
        line = self._find_card(supplier, card_id).line_ids.filtered(lambda x: x.kpi_key == key)
        if not line:
            return self.env["s2b2b.scorecard.contest"]
        numbers = [record_number(number) for number in line_ids]
        chosen = self._find_evidence(line).search(
            self._measure_domain(line) & Domain("id", "in", numbers)
        )
        documents = self._get_questioned(chosen)
        return self.env["s2b2b.scorecard.contest"]._contest(line, text, documents, contact)

    @api.model
    def _prepare_delivery(self, line, key=""):
        vals = {
            "id": line.id,
            "order": line.order_id.name,
            "product": line.product_id.name,
            "promise": self._date(line.first_promised_date),
            "arrival": self._date(line.arrival_date),
            "ordered": f"{line.ordered_qty:g}",
            "bought": f"{line.bought_qty:g}",
            "cancelled": self._date(line.cancelled_date),
            "received": f"{line.received_qty:g}",
            "faulty": f"{line.faulty_qty:g}" if line.faulty_qty > 0 else "",
            "excluded": bool(line.exclusion_id),
            "late": line.on_time < 1,
            "short": line.in_full < 1,
            "days_late": max(0, line.days_late),
        }
        if key == "price":
            vals["price"] = line.currency_id.format(line.price)
            vals["compared"] = self._compare_price(line)
        return vals

    @api.model
    def _compare_price(self, line):
        """{text, dear} of a price; None without a median, which itself is never shown."""
        if not line.median_price:
            return None
        percent = round(100 * compared(line.price, line.median_price)) - 100
        if not percent:
            return {"dear": False, "text": self.env._("At the median")}
        if percent > 0:
            return {"dear": True, "text": self.env._("%s %% above the median", percent)}
        return {"dear": False, "text": self.env._("%s %% below the median", -percent)}
