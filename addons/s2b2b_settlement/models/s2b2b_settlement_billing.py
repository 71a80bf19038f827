from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class SettlementBilling(models.AbstractModel):
    """From a confirmed settlement to the ledger: vendor bill and commission invoice."""

    _name = "s2b2b.settlement.billing"
    _description = "Accounting Documents of a Settlement"

    def _create_documents(self):
        """Make bill and commission invoice of confirmed settlements, and post them.

        Where the supplier bills by itself, its bill stays a draft that waits for the number on
        the supplier's paper. What is posted is netted. Settlements that have documents keep them.
        """
        self._lock()
        todo = self.filtered(lambda settlement: settlement.state not in ("billed", "paid"))
        for settlement in todo:
            settlement._check_billable()
        bills = todo._create_document("bill")
        invoices = todo._create_document("commission")
        self_billed = todo.filtered(lambda settlement: settlement.billing_mode == "self_billed")
        to_post = invoices | bills.filtered(lambda bill: bill.settlement_id in self_billed)
        to_post.action_post()
        return bills | invoices

    def _check_billable(self):
        self.ensure_one()
        if self.side != "supplier":
            raise UserError(self.env._("A statement to a member is not billed: it shows bills."))
        self._check_stage("confirmed")

    def _create_document(self, document):
        """Create one move a settlement that has lines of ``document``: invoice or, where the sum
        is the other way round, credit note."""
        vals_list = []
        for settlement in self:
            lines = settlement.line_ids.filtered(lambda line: line.document == document)
            if lines:
                prepare = getattr(settlement, f"_prepare_{document}_vals")
                vals_list.append(prepare(lines))
        moves = self.env["account.move"].with_context(disable_abnormal_invoice_detection=True)
        created = moves._create_guarded(vals_list)
        for move in created:
            move.settlement_id._check_same_sum(move, document)
        return created

    def _check_same_sum(self, move, document):
        """Refuse documents that do not come to what both sides agreed on."""
        lines = self.line_ids.filtered(lambda line: line.document == document)
        agreed = abs(sum(lines.mapped("amount")))
        if move.currency_id.compare_amounts(agreed, move.amount_total) != 0:
            raise UserError(
                self.env._(
                    "The document comes to %(document)s, the statement says %(agreed)s.",
                    document=move.currency_id.format(move.amount_total),
                    agreed=move.currency_id.format(agreed),
                )
            )

    def _prepare_bill_vals(self, lines):
        """Return the vendor bill of ``lines``: core's values of orders and order lines, with the
        quantities, prices and signs of the settlement put over them."""
        total = sum(lines.mapped("amount"))
        move_type = "in_refund" if total < 0 else "in_invoice"
        orders = lines.purchase_id.sorted("id")
        vals = orders[:1]._prepare_invoice() if orders else self._prepare_plain_vals()
        own_lines = lines.filtered(lambda line: line.kind != "tax")
        journal = self._get_bill_journal()
        if not all(line.purchase_line_id for line in own_lines):
            self._check_default_account(journal)
        sign = -1 if move_type == "in_refund" else 1
        vals.update(
            {
                **self._prepare_document_vals(move_type),
                "journal_id": journal.id,
                "invoice_line_ids": [
                    Command.create(line._prepare_bill_line_vals(sign)) for line in own_lines
                ],
            }
        )
        return vals

    def _prepare_plain_vals(self):
        partner = self.partner_id.with_company(self.company_id)
        return {
            "partner_id": partner.address_get(["invoice"])["invoice"],
            "invoice_payment_term_id": partner.property_supplier_payment_term_id.id,
        }

    def _prepare_document_vals(self, move_type):
        today = self._get_today()
        is_draft = self.billing_mode == "own_bill" and move_type.startswith("in_")
        return {
            "move_type": move_type,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "invoice_date": False if is_draft else today,
            "ref": False if is_draft else self.name,
            "invoice_origin": self.name,
            "narration": False,
            "settlement_id": self.id,
        }

    def _check_default_account(self, journal):
        """Refuse to book lines without a product in a journal that does not say where."""
        if not journal.default_account_id:
            raise UserError(
                self.env._(
                    "Give the journal “%(journal)s” a default account: commission, penalties and "
                    "the like are booked there.",
                    journal=journal.name,
                )
            )

    def _get_bill_journal(self):
        """Return the self-billing journal where there is an agreement, else the one of bills."""
        if self.billing_mode == "self_billed":
            return self.company_id._get_settlement_journal("self_billing")
        return self.env["account.journal"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("type", "=", "purchase"),
                ("is_self_billing", "=", False),
            ],
            limit=1,
        )

    def _prepare_commission_vals(self, lines):
        journal = self.company_id._get_settlement_journal("commission")
        self._check_default_account(journal)
        total = sum(lines.mapped("amount"))
        move_type = "out_refund" if total > 0 else "out_invoice"
        sign = -1 if move_type == "out_refund" else 1
        return {
            **self._prepare_document_vals(move_type),
            "partner_id": self.partner_id.address_get(["invoice"])["invoice"],
            "journal_id": journal.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self._get_fee_text(group),
                        "quantity": 1.0,
                        "price_unit": -sign * sum(group.mapped("amount")),
                        "tax_ids": [Command.set(group.tax_ids.ids)],
                    }
                )
                for group in self._group_fees(lines)
            ],
        }

    def _get_fee_text(self, lines):
        return self.env._(
            "%(name)s, %(date_from)s to %(date_to)s, %(count)s deliveries",
            name=lines[:1].name,
            date_from=self.date_from,
            date_to=self.date_to,
            count=len(lines),
        )

    def _group_fees(self, lines):
        """Return ``lines`` of commission in the groups that are one line of the invoice each."""
        fees = lines.filtered(lambda line: line.kind != "tax").sorted("id")
        return list(fees.grouped(lambda line: (line.name, tuple(line.tax_ids.ids))).values())
