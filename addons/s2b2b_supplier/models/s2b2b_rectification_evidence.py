from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.rectification import covers, is_beyond_mending, is_effective
from ..tools.suggestions import Answer, Delivery, suggest


class S2b2bRectification(models.Model):
    """Where rectifications come from and what closes them: the scorecards and what is behind."""

    _inherit = "s2b2b.rectification"

    @api.model
    def _follow_cards(self, cards):
        """After an evaluation: verifies what was accepted, and raises what a grade asks for."""
        # sudo: scorecards are the system's; what they cause does not depend on who evaluates
        model = self.sudo()
        over = cards.sudo()._filter_published()  # sudo: as above
        model._find_accepted(over)._verify()
        model._raise_from(over)

    @api.model
    def _find_accepted(self, cards):
        return self.search(
            Domain("state", "=", "accepted")
            & Domain("partner_id", "in", cards.partner_id.ids)
            & Domain("company_id", "in", cards.company_id.ids)
        )

    @api.model
    def _raise_from(self, cards):
        """Rectifications for cards whose grade asks for one; returns them.

        The newest rated card of a supplier decides. One at a time: a supplier that has one open
        gets no second, nor a second for a period; one that it ignores does not save it later ones.
        """
        newest = (
            cards.filtered("is_rated")
            .sorted("date_to", reverse=True)
            .grouped(lambda card: (card.partner_id.id, card.company_id.id))
        )
        asked = cards.browse(group[0].id for group in newest.values()).filtered(
            lambda card: (
                card.company_id.rectification_policy != "off"
                and card.grade_id.rectification
                and card.company_id.s2b2b_start_date
                and card.date_from >= card.company_id.s2b2b_start_date
            )
        )
        asked -= self._find_covered(asked)
        raised = self.create(
            [
                {
                    "scorecard_id": card.id,
                    "partner_id": card.partner_id.id,
                    "company_id": card.company_id.id,
                    "user_id": card.partner_id.buyer_id.id,
                }
                for card in asked
                if card._get_weak_keys()
            ]
        )
        raised.filtered(lambda r: r.company_id.rectification_policy == "issue")._issue()
        return raised

    @api.model
    def _find_covered(self, cards):
        """Cards of a period that had its rectification, or of a supplier that works on one."""
        existing = self.search(
            Domain("partner_id", "in", cards.partner_id.ids)
            & Domain("company_id", "in", cards.company_id.ids)
        )
        by_supplier = existing.grouped(lambda record: (record.partner_id, record.company_id))
        return cards.filtered(
            lambda card: any(
                covers(
                    record.state,
                    (record.date_from, record.date_to),
                    (card.date_from, card.date_to),
                )
                for record in by_supplier.get((card.partner_id, card.company_id), ())
            )
        )

    def _fill_lines(self):
        """Puts the weak measures of the scorecards in, each with what its evidence suggests."""
        vals_list = []
        for (company, date_from, date_to), records in (
            self.filtered("scorecard_id")
            .grouped(lambda record: (record.company_id, record.date_from, record.date_to))
            .items()
        ):
            evidence = self._gather_evidence(records.partner_id, company, date_from, date_to)
            for record in records:
                own = [found.get(record.partner_id, ()) for found in evidence]
                vals_list += record._prepare_lines(record.scorecard_id._get_weak_lines(), *own)
        # sudo: what was measured is the system's to write
        self.env["s2b2b.rectification.line"].sudo()._create_guarded(vals_list)
        self.invalidate_recordset(["line_ids"])

    def _prepare_lines(self, weak, deliveries, answers):
        """The values of a line each; what two measures suggest is said once."""
        told, vals_list = set(), []
        for line in weak:
            found = [r for r in suggest(line.kpi_key, deliveries, answers) if r not in told]
            told.update(found)
            vals_list.append(self._prepare_line_vals(line, found))
        return vals_list

    def _prepare_line_vals(self, line, found):
        return {
            "rectification_id": self.id,
            "kpi_key": line.kpi_key,
            "name": line.name,
            "sequence": line.sequence,
            "score": line.score,
            "value": line.value,
            "target": line.target,
            "suggestion_data": [
                {"code": reason.code, "params": dict(reason.params)} for reason in found
            ],
        }

    @api.model
    def _gather_evidence(self, partners, company, date_from, date_to):
        """({partner: deliveries}, {partner: answers}) of a period, read at once for all."""
        # sudo: the evidence holds for whoever raises a rectification
        env = self.sudo().env
        model = env["s2b2b.delivery.line"]
        lines = model.search(model._evaluated_domain(partners, company, date_from, date_to))
        markets = self._gather_markets(lines, date_from, date_to)
        claims = env["s2b2b.claim"].search(
            env["s2b2b.kpi"]._response_domain(partners, company, date_from, date_to)
        )
        return (
            {
                partner: [self._prepare_delivery(line, markets.get(line.id, 0)) for line in own]
                for partner, own in lines.grouped("partner_id").items()
            },
            {
                partner: [self._prepare_answer(claim) for claim in own]
                for partner, own in claims.grouped("partner_id").items()
            },
        )

    @api.model
    def _gather_markets(self, lines, date_from, date_to):
        """{line id: what its goods cost at the median}; that reads the prices of all suppliers, so
        it is left out where no price is measured."""
        if not lines.env["s2b2b.kpi"].search_count([("key", "=", "price")], limit=1):
            return {}
        period = {"score_from": str(date_from), "score_to": str(date_to)}
        return {line.id: line.market for line in lines.with_context(**period)}

    @api.model
    def _prepare_delivery(self, line, market):
        return Delivery(
            order=line.order_id.name,
            product=line.product_id.display_name,
            days_late=line.days_late,
            on_time=line.on_time,
            ordered=line.ordered_qty,
            received=line.received_qty,
            faulty=line.faulty_qty,
            paid=line.paid,
            market=market,
        )

    @api.model
    def _prepare_answer(self, claim):
        return Answer(claim.name, claim.response_hours if claim.first_response_at else None)

    def _verify(self):
        """Closes what a later scorecard speaks about; returns those closed.

        The first card of a later period that is over, ended after the answer was accepted, and
        rates at least one of the weak measures.
        """
        verified = self.browse()
        cards = self._find_later_cards()
        for record in self:
            weak = record.line_ids.filtered("kpi_key").mapped("kpi_key")
            for card in cards.filtered(record._is_later):
                effective = is_effective(weak, card._get_scores(), record._get_threshold())
                if effective is not None:
                    outcome = "effective" if effective else "ineffective"
                    record._finish("close", outcome, verified_scorecard_id=card.id)
                    verified |= record
                    break
        return verified

    def _find_later_cards(self):
        """All cards that could speak, oldest first."""
        if not self:
            return self.env["s2b2b.scorecard"]
        return self.env["s2b2b.scorecard"].search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("date_from", ">", min(self.mapped("date_to")))
            & Domain("date_to", "<", fields.Date.context_today(self)),
            order="date_from, id",
        )

    def _is_later(self, card):
        return (
            card.partner_id == self.partner_id
            and card.company_id == self.company_id
            and card.date_from > self.date_to
            and card.date_to >= self.accepted_date
        )

    def _get_threshold(self):
        return self.company_id.rectification_score

    def _after_failure(self):
        """Whoever has failed too often is proposed for elimination; a manager decides.

        Not the one who has found the last one failed: four eyes look at the supplier.
        """
        eliminations = self.env["s2b2b.supplier.elimination"]
        for record in self:
            if record._is_beyond_mending():
                eliminations._propose(
                    record.partner_id, record._get_failure_text(), cause=record.decided_by_id
                )

    def _get_failure_text(self):
        return self.env._(
            "%(name)s: %(count)s rectifications have failed within %(months)s months.",
            name=self.partner_id.name,
            count=self.company_id.rectification_max_failed,
            months=self.company_id.rectification_months,
        )

    def _is_beyond_mending(self):
        company = self.company_id
        ended = Domain("outcome", "in", ["ineffective", "refused"])
        # sudo: all failed ones of the supplier count, whoever closes this one
        failed = self.sudo().search(
            Domain("partner_id", "=", self.partner_id.id)
            & Domain("company_id", "=", company.id)
            & (ended | Domain("state", "=", "overdue"))
        )
        return is_beyond_mending(
            [record.closed_date or record.due_date for record in failed],
            today=fields.Date.context_today(self),
            count=company.rectification_max_failed,
            months=company.rectification_months,
        )
