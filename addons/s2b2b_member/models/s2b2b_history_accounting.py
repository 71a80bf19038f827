from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

JOURNALS = {"sale": "HIST", "general": "HPAY"}


class S2b2bHistoryAccounting(models.AbstractModel):
    """Posts the invoices, credit notes and payments of past sales, in journals of their own."""

    _name = "s2b2b.history.accounting"
    _description = "Accounting of Past Sales"

    @api.model
    def _create_invoices(self, documents, masters, orders, shift):
        """Posted invoices and credit notes, in the order of ``documents``.

        :param orders: their sale orders, where there are any, by the number of the invoice
        """
        accounts = self._get_income_accounts(masters)
        common = {
            "company_id": self.env.company.id,
            "currency_id": self.env.company.currency_id.id,
            "journal_id": self._get_journal("sale").id,
            "invoice_payment_term_id": self.env.ref("account.account_payment_term_30days").id,
        }
        moves = self.env["account.move"].create(
            [
                {
                    **common,
                    **self._prepare_move_vals(document, masters, shift),
                    "invoice_line_ids": self._prepare_lines(
                        document, masters, accounts, orders.get(document.invoice)
                    ),
                }
                for document in documents
            ]
        )
        moves.action_post()
        return moves

    @api.model
    def _prepare_move_vals(self, document, masters, shift):
        member = masters.members[document.customer]
        day = (document.moment + shift).date()
        return {
            "move_type": "out_refund" if document.credit else "out_invoice",
            "partner_id": member.id,
            "partner_shipping_id": member.id,
            "fiscal_position_id": masters.positions[member].id,
            "invoice_date": day,
            "date": day,
            "name": f"HIST/{document.invoice}",
            "history_ref": document.invoice,
            "invoice_origin": document.invoice,
            "invoice_user_id": False,
        }

    @api.model
    def _prepare_lines(self, document, masters, accounts, order):
        position = masters.positions[masters.members[document.customer]]
        ordered = order.order_line if order else [None] * len(document.lines)
        return [
            Command.create(
                {
                    **masters.line_vals,
                    **self._prepare_line_vals(
                        line, masters.products[line.code], accounts, position
                    ),
                    "sale_line_ids": [Command.link(sale_line.id)] if sale_line else [],
                }
            )
            for line, sale_line in zip(document.lines, ordered, strict=True)
        ]

    @api.model
    def _prepare_line_vals(self, line, product, accounts, position):
        amount = float(line.quantity * line.price)
        balance = amount if line.credit else -amount
        return {
            "product_id": product.id,
            "name": product.name,
            "quantity": line.quantity,
            "product_uom_id": product.uom_id.id,
            "price_unit": line.price,
            "discount": 0,
            "account_id": position.map_account(accounts[product]).id,
            "tax_ids": self.env["s2b2b.history.loader"]._get_tax_command(product, position),
            # Core still computes both; where they are right it need not write each line again.
            "balance": balance,
            "amount_currency": balance,
        }

    @api.model
    def _get_income_accounts(self, masters):
        """Income accounts by product, before a fiscal position changes them."""
        default = self._get_journal("sale").default_account_id
        return {
            product: product.product_tmpl_id.get_product_accounts()["income"] or default
            for product in masters.products.values()
        }

    @api.model
    def _get_journal(self, kind):
        """The journal of loaded sales, or of their payments: the company's numbers stay its own."""
        code = JOURNALS[kind]
        name = self.env._("Loaded Sales")
        if kind == "general":
            name = self.env._("Payments of Loaded Sales")
        domain = [
            ("code", "=", code),
            ("type", "=", kind),
            ("company_id", "=", self.env.company.id),
        ]
        journals = self.env["account.journal"]
        return journals.search(domain, limit=1) or journals.create(
            {"name": name, "code": code, "type": kind, "company_id": self.env.company.id}
        )

    @api.model
    def _create_payments(self, moves, paid_until):
        """One entry for each document that is due by ``paid_until``, reconciled with it."""
        due = moves.filtered(lambda move: move.invoice_date_due <= paid_until and move.amount_total)
        if not due:
            return due.browse()
        account = self._get_bank_account()
        journal = self._get_journal("general")
        terms = due.line_ids.filtered(lambda line: line.display_type == "payment_term")
        entries = self.env["account.move"].create(
            [self._prepare_payment_vals(line, journal, account) for line in terms]
        )
        entries.action_post()
        paid = entries.line_ids.filtered(lambda line: line.account_id in terms.account_id)
        plan = [open_line | entry for open_line, entry in zip(terms, paid, strict=True)]
        self.env["account.move.line"]._reconcile_plan(plan)
        return entries

    @api.model
    def _prepare_payment_vals(self, line, journal, account):
        common = {"partner_id": line.partner_id.id, "name": line.move_id.name}
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": line.date_maturity,
            "name": f"HPAY/{line.move_id.history_ref}",
            "ref": line.move_id.name,
            "line_ids": [
                Command.create(
                    {**common, "account_id": line.account_id.id, "balance": -line.balance}
                ),
                Command.create({**common, "account_id": account.id, "balance": line.balance}),
            ],
        }

    @api.model
    def _get_bank_account(self):
        journals = self.env["account.journal"]
        domain = [("type", "in", ("bank", "cash")), ("company_id", "=", self.env.company.id)]
        account = journals.search(domain, order="type, sequence", limit=1).default_account_id
        if not account:
            raise UserError(self.env._("%s has no bank journal.", self.env.company.name))
        return account
