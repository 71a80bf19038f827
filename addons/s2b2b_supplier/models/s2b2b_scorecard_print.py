import base64

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from ..report.scorecard_pdf import draw_scorecard
from ..tools.trend import points

EVIDENCE = 120


class S2b2bScorecard(models.Model):
    """The card on paper, and its place among the others of the supplier."""

    _inherit = "s2b2b.scorecard"

    def action_open_trend(self):
        """The supplier's scores over time, as a chart."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_supplier.s2b2b_scorecard_action_partner"
        )
        views = [(False, mode) for mode in ("graph", "pivot", "list", "form")]
        return {
            **action,
            "views": views,
            "domain": [("partner_id", "=", self.partner_id.id)],
            "context": {"search_default_rated": 1},
        }

    def _get_pdf_name(self):
        self.ensure_one()
        name = self.env._(
            "Scorecard %(supplier)s %(day)s", supplier=self.partner_id.name, day=self.date_to
        )
        return f"{name}.pdf"

    def _get_pdf(self, lang=None):
        """Return the card as a PDF file, in a language; None: the one of the supplier."""
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever may read the card may read what it counted
        card = self.sudo().with_context(lang=lang or self.partner_id.lang or self.env.lang)
        return draw_scorecard(card._prepare_pdf())

    def _prepare_pdf(self):
        company = self.company_id
        rows, more = self._prepare_pdf_deliveries()
        return {
            "labels": self._get_pdf_labels(),
            "company": company.name,
            "logo": base64.b64decode(company.logo or b""),
            "partner": self.partner_id.name,
            "period": f"{self._day(self.date_from)} – {self._day(self.date_to)}",
            "score": f"{self.score:.1f}" if self.is_rated else self.env._("Not rated"),
            "grade": self.env._("Grade %s", self.grade_id.name) if self.grade_id else "",
            "facts": self._prepare_pdf_facts(),
            "lines": [
                {
                    "name": line.kpi_name,
                    "figures": line._figures_text(),
                    "reason": line.reason,
                    "weight": f"{line.weight:g}",
                    "score": f"{line.score:.0f}" if line.is_rated else "–",
                }
                for line in self.line_ids
            ],
            "trend": self._prepare_pdf_trend(),
            "deliveries": rows,
            "more": more and self.env._("… and %s more lines: see the portal.", more),
        }

    def _prepare_pdf_facts(self):
        total = dict(self._fields["total"]._description_selection(self.env)).get(self.total, "")
        facts = [
            (self.env._("Total by"), total),
            (self.env._("Computed on"), self._day(self.evaluated_at)),
        ]
        if self.revision:
            facts.append((self.env._("Revisions"), str(self.revision)))
        return facts

    def _prepare_pdf_trend(self):
        cards = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("date_to", "<=", self.date_to),
                ("is_rated", "=", True),
            ],
            limit=12,
        )
        cards = cards.sorted("date_to")
        places = points(cards.mapped("score"), 1000, 100, 0)
        return [
            (f"{card.date_to:%m/%y}", x / 1000, card.score)
            for card, (x, _y) in zip(cards, places, strict=True)
        ]

    def _prepare_pdf_deliveries(self):
        """(the first lines that count, how many more there are)."""
        model = self.env["s2b2b.delivery.line"]
        domain = model._evaluated_domain(
            self.partner_id, self.company_id, self.date_from, self.date_to
        )
        lines = model.search(Domain(domain), limit=EVIDENCE)
        more = model.search_count(domain) - len(lines) if len(lines) == EVIDENCE else 0
        return [self._prepare_pdf_delivery(line) for line in lines], more

    def _prepare_pdf_delivery(self, line):
        if line.on_time < 1:
            result = self.env._("%s days late", max(0, line.days_late))
        elif line.faulty_qty > 0:
            result = self.env._("%s faulty", f"{line.faulty_qty:g}")
        else:
            result = self.env._("In time")
        return {
            "order": line.order_id.name,
            "product": line.product_id.name,
            "promise": self._day(line.first_promised_date),
            "arrival": self._day(line.arrival_date),
            "quantity": f"{line.received_qty:g} / {line.ordered_qty:g}",
            "result": result,
            "good": line.on_time >= 1 and line.faulty_qty <= 0,
        }

    def _day(self, day):
        return format_date(self.env, day) if day else "–"

    def _get_pdf_labels(self):
        return {
            "title": self.env._("Scorecard"),
            "page": self.env._("Page {page} of {pages}"),
            "measure": self.env._("Measure"),
            "figures": self.env._("Counted"),
            "judged": self.env._("Judged"),
            "weight": self.env._("Weight"),
            "score": self.env._("Score"),
            "trend": self.env._("Score over time"),
            "evidence": self.env._("Deliveries against the first promise"),
            "order": self.env._("Order"),
            "product": self.env._("Product"),
            "promise": self.env._("Promised"),
            "arrival": self.env._("Arrived"),
            "quantity": self.env._("Received"),
            "result": self.env._("Result"),
        }
