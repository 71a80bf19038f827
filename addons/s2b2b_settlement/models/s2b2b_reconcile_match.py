from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class ReconcileMatch(models.Model):
    """Bank transactions and the open items they pay: how sure that is, and what became of it."""

    _name = "s2b2b.reconcile.match"
    _inherit = ["s2b2b.reconcile.posting", "s2b2b.guarded"]
    _description = "Bank Match"
    _order = "state_order, date desc, id desc"
    _check_company_auto = True
    _guarded_fields = dict.fromkeys(
        (
            "run_id",
            "journal_id",
            "date",
            "partner_id",
            "label",
            "currency_id",
            "amount",
            "statement_line_ids",
            "alternative_ids",
            "rule",
            "confidence",
            "is_unique",
            "state",
            "reasons",
            "decided",
            "difference_move_id",
        )
    )
    _frozen_fields = frozenset({"move_line_ids"})
    _frozen_states = frozenset({"posted", "rejected", "superseded", "undone"})

    run_id = fields.Many2one(
        "s2b2b.reconcile.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    journal_id = fields.Many2one("account.journal", readonly=True, check_company=True)
    date = fields.Date(readonly=True, help="Of the last bank transaction.")
    partner_id = fields.Many2one("res.partner", readonly=True)
    label = fields.Char(readonly=True, help="What the bank transaction says.")
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary("Paid", readonly=True)
    difference = fields.Monetary(
        compute="_compute_difference", help="What was paid less what is open on the items."
    )
    statement_line_ids = fields.Many2many(
        "account.bank.statement.line",
        "s2b2b_reconcile_match_statement_line_rel",
        string="Bank Transactions",
        readonly=True,
        check_company=True,
    )
    move_line_ids = fields.Many2many(
        "account.move.line",
        "s2b2b_reconcile_match_move_line_rel",
        string="Open Items",
        check_company=True,
    )
    alternative_ids = fields.Many2many(
        "account.move.line",
        "s2b2b_reconcile_match_alternative_rel",
        string="Other Candidates",
        readonly=True,
        check_company=True,
    )
    decided = fields.Json(readonly=True, help="The open items as the matching chose them.")
    rule = fields.Selection(
        [
            ("reference", "Reference"),
            ("amount", "Partner and Amount"),
            ("sum", "Partner and Sum"),
            ("near", "Similar"),
            ("manual", "By Hand"),
            ("none", "Nothing Found"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    confidence = fields.Float(readonly=True, digits=(3, 2))
    is_unique = fields.Boolean("Unique", readonly=True, help="Nothing else is possible.")
    state = fields.Selection(
        [
            ("proposed", "To Review"),
            ("posted", "Posted"),
            ("rejected", "Rejected"),
            ("superseded", "Superseded"),
            ("undone", "Undone"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        index=True,
    )
    state_order = fields.Integer(compute="_compute_state_order", store=True)
    reasons = fields.Json(readonly=True)
    explanation = fields.Text(compute="_compute_explanation")
    difference_move_id = fields.Many2one(
        "account.move", "Entry of the Difference", readonly=True, index="btree_not_null"
    )

    @api.depends("state")
    def _compute_state_order(self):
        for match in self:
            match.state_order = 0 if match.state == "proposed" else 1

    @api.depends("state", "amount", "move_line_ids.amount_residual_currency")
    def _compute_difference(self):
        for match in self:
            is_open = match.state == "proposed" and match.move_line_ids
            match.difference = match._get_difference() if is_open else 0.0

    @api.depends("reasons", "currency_id")
    @api.depends_context("lang")
    def _compute_explanation(self):
        texts = self.env["s2b2b.reconcile.reason"]
        for match in self:
            match.explanation = texts._get_text(match.reasons, match.currency_id)

    @api.depends("label", "partner_id.name")
    def _compute_display_name(self):
        for match in self:
            match.display_name = match.label or match.partner_id.name or self.env._("Bank Match")

    def action_accept(self):
        """Post these matches as they stand now, with the items that somebody has chosen."""
        self.check_access("write")
        self._check_waiting()
        self.run_id._lock_reconciliation(self.company_id)
        for match in self:
            obstacle = match._get_obstacle()
            if obstacle:
                reason = match._get_reason_text(*obstacle)
                raise UserError(
                    self.env._("%(match)s: %(reason)s", match=match.display_name, reason=reason)
                )
        self._mark_chosen_by_hand()
        self._write_to_ledger()
        return True

    def action_reject(self):
        """Refuse these matches; they are not proposed again."""
        self.check_access("write")
        self._check_waiting()
        self._write_guarded({"state": "rejected"})
        return True

    def action_undo(self):
        """Take back these matches."""
        self.check_access("write")
        self.run_id._lock_reconciliation(self.company_id)
        self._undo()
        return True

    def action_view_statement_lines(self):
        self.ensure_one()
        return self.statement_line_ids.move_id._get_records_action(
            name=self.env._("Bank Transactions")
        )

    def _check_waiting(self):
        gone = self.filtered(lambda match: match.state != "proposed")
        if gone:
            raise UserError(
                self.env._(
                    "Decided already: %(matches)s.", matches=", ".join(gone.mapped("display_name"))
                )
            )

    def _mark_chosen_by_hand(self):
        chosen = self.filtered(
            lambda match: set(match.move_line_ids.ids) != set(match.decided or [])
        )
        chosen._write_guarded(
            {"rule": "manual", "confidence": 1.0, "is_unique": False, "reasons": []}
        )

    def _supersede(self):
        waiting = self.filtered(lambda match: match.state == "proposed")
        waiting._write_guarded({"state": "superseded"})

    def _get_reason_text(self, code, params):
        return self.env["s2b2b.reconcile.reason"]._get_text([[code, params]], self.currency_id)

    def _get_signature(self):
        return frozenset(self.statement_line_ids.ids), frozenset(self.decided or [])

    @api.model
    def _apply_matching_result(self, run, given, result, rules):
        """Create the matches of ``result`` for ``run``, and post those beyond doubt.

        A proposal that waits already stays the same record; what was rejected is not proposed
        again, what was undone is not posted by itself again; proposals that no longer stand are
        superseded.
        """
        earlier = self._find_earlier(given)
        waiting = earlier.get("proposed", {})
        plan = self._prepare_plan(given, result, rules, earlier)
        for signature in waiting.keys() - {signature for signature, _vals, _post in plan}:
            waiting[signature]._supersede()
        sure, new = self.browse(), []
        for signature, vals, post in plan:
            if signature not in waiting:
                new.append((vals, post))
                continue
            waiting[signature]._refresh(vals)
            if post:
                sure |= waiting[signature]
        created = self._create_guarded([{**vals, "run_id": run.id} for vals, _post in new])
        ids = [match.id for match, (_vals, post) in zip(created, new, strict=True) if post]
        posted = (sure | self.browse(ids))._post()
        (posted & sure)._write_guarded({"run_id": run.id})
        return posted

    def _refresh(self, vals):
        """Say again why this proposal stands, where that has changed."""
        known = ("rule", "confidence", "is_unique", "reasons")
        changed = {name: vals[name] for name in known if name in vals and vals[name] != self[name]}
        if changed:
            self._write_guarded(changed)

    def _find_earlier(self, given):
        """Return ``{state: {signature: matches}}`` of what is known about these transactions."""
        matches = self.search(
            [
                ("statement_line_ids", "in", [entry.key for entry in given.entries]),
                ("state", "in", ("proposed", "rejected", "undone")),
            ]
        )
        return {
            state: found.grouped(lambda match: match._get_signature())
            for state, found in matches.grouped("state").items()
        }

    def _prepare_plan(self, given, result, rules, earlier):
        """Return a list of signature, values and whether to post, for what was found or not."""
        plan = []
        left = {
            leftover.key: [leftover.reason.code, leftover.reason.params]
            for leftover in result.leftovers
            if leftover.side == "entry"
        }
        for found in result.matches:
            signature = frozenset(found.entries), frozenset(found.candidates)
            if signature in earlier.get("rejected", {}):
                items = self.env["account.move.line"].browse(found.candidates)
                names = ", ".join(items.move_id.mapped("name"))
                left.update(dict.fromkeys(found.entries, ["rejected_before", {"items": names}]))
                continue
            undone = signature in earlier.get("undone", {})
            post = found.unique and found.confidence >= rules.threshold and not undone
            plan.append((signature, self._prepare_match_vals(found, given, undone), post))
        for key, reason in left.items():
            plan.append(
                (
                    (frozenset([key]), frozenset()),
                    self._prepare_vals([key], [], "none", [reason]),
                    False,
                )
            )
        return plan

    def _prepare_match_vals(self, found, given, undone):
        reasons = [[reason.code, reason.params] for reason in found.reasons]
        if given.by_account.intersection(found.entries):
            reasons.append(["partner_by_account", {}])
        if undone:
            reasons.append(["undone_before", {}])
        return {
            **self._prepare_vals(found.entries, found.candidates, found.rule, reasons),
            "confidence": found.confidence,
            "is_unique": found.unique,
            "alternative_ids": [Command.set(found.alternatives)],
        }

    def _prepare_vals(self, line_ids, item_ids, rule, reasons):
        lines = self.env["account.bank.statement.line"].browse(line_ids)
        items = self.env["account.move.line"].browse(item_ids)
        suspense = lines._get_suspense_lines()
        return {
            "statement_line_ids": [Command.set(lines.ids)],
            "move_line_ids": [Command.set(items.ids)],
            "decided": items.ids,
            "rule": rule,
            "reasons": reasons,
            "journal_id": lines[:1].journal_id.id,
            "date": max(lines.mapped("date")),
            "partner_id": (items.partner_id or lines.partner_id)[:1].id,
            "label": ", ".join(filter(None, lines.mapped("payment_ref"))),
            "currency_id": suspense[:1].currency_id.id,
            "amount": -sum(suspense.mapped("amount_currency")),
        }
