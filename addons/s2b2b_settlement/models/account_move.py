from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.bill_match import BilledLine, Tolerance, match_bill


class AccountMove(models.Model):
    _inherit = ["account.move", "s2b2b.guarded"]
    _name = "account.move"
    _guarded_fields = {
        "settlement_id": None,
        "match_state": None,
        "match_hold": None,
        "match_release_reason": None,
    }

    settlement_id = fields.Many2one(
        "s2b2b.settlement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        groups="base.group_user",
    )
    match_state = fields.Selection(
        [
            ("none", "No Order"),
            ("matched", "Matched"),
            ("tolerance", "Within Tolerance"),
            ("mismatch", "Mismatch"),
        ],
        "Three-way Match",
        default="none",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="The bill against what was ordered and received.",
    )
    match_hold = fields.Boolean(
        "On Hold", readonly=True, copy=False, tracking=True, groups="base.group_user"
    )
    match_explanation = fields.Text(readonly=True, copy=False, groups="base.group_user")
    match_release_reason = fields.Char(
        readonly=True, copy=False, tracking=True, groups="base.group_user"
    )

    def _auto_init(self):
        """Add the column with its default at once: there may be millions of entries."""
        self.env.cr.execute(
            "ALTER TABLE account_move ADD COLUMN IF NOT EXISTS match_state varchar DEFAULT 'none'"
        )
        self.env.cr.execute("ALTER TABLE account_move ALTER COLUMN match_state DROP DEFAULT")
        return super()._auto_init()

    def action_check_match(self):
        """Compare vendor bills with order and receipt again."""
        self.check_access("write")
        self._check_match()
        return True

    def action_view_settlement(self):
        return self.settlement_id._get_records_action()

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted._check_match()
        posted.settlement_id._net()
        return posted

    def _check_match(self):
        """Set the state of the three-way match; a mismatch holds the bill until it is released."""
        bills = self.filtered(
            lambda move: move.move_type == "in_invoice"
            and (move.company_id.bill_match_active or move.settlement_id)
        )
        for bill in bills:
            state, findings = match_bill(bill._prepare_match_input(), bill._get_match_tolerance())
            released = bool(bill.match_release_reason) and bill.match_state == state
            bill._write_guarded(
                {
                    "match_state": state,
                    "match_hold": state == "mismatch" and not released,
                    "match_explanation": bill._get_match_text(findings),
                }
            )

    def _get_match_tolerance(self):
        company = self.company_id
        return Tolerance(
            quantity=Decimal(str(company.bill_match_quantity_percent)),
            price=Decimal(str(company.bill_match_price_percent)),
        )

    def _prepare_match_input(self):
        """Return the lines of the bill for the match; of a settlement's bill, those with goods."""
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        if self.settlement_id:
            lines = lines.filtered("purchase_line_id")
        return [line._prepare_billed_line(BilledLine) for line in lines]

    def _get_match_text(self, findings):
        names = {line.id: line.name for line in self.invoice_line_ids}
        return "\n".join(self._get_finding_text(finding, names) for finding in findings) or False

    def _get_finding_text(self, finding, names):
        values = {
            "line": (names[finding.key] or "").split("\n")[0],
            "asked": finding.asked.normalize(),
            "agreed": finding.agreed.normalize(),
        }
        if finding.code == "quantity":
            return self.env._("%(line)s: billed %(asked)f, received %(agreed)f", **values)
        if finding.code == "price":
            return self.env._("%(line)s: price %(asked)f, ordered at %(agreed)f", **values)
        return self.env._("%(line)s: was not ordered", **values)

    def _release_match(self, reason):
        """Let a held bill be paid in spite of its mismatch; the reason is kept."""
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason: it is kept with the bill."))
        for bill in self.filtered("match_hold"):
            bill._write_guarded({"match_hold": False, "match_release_reason": reason.strip()})

    @api.model
    def _refuse_held(self, moves):
        """Refuse to pay bills that are on hold."""
        held = moves.filtered("match_hold")
        if held:
            raise UserError(
                self.env._(
                    "%(bills)s differ from order or receipt and are on hold until released.",
                    bills=", ".join(held.mapped("name")),
                )
            )
