from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

COUNTRY_CODES = {
    "EIRE": "IE",
    "RSA": "ZA",
    "USA": "US",
    "Channel Islands": "GB",
    "Unspecified": False,
    "European Community": False,
    "Hong Kong": "HK",
    "Czech Republic": "CZ",
}
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "skip_procurement": True,
}


class Loaded(NamedTuple):
    """What a batch came to; ``known`` documents were there before, ``other`` with other lines."""

    orders: int
    invoices: int
    credit_notes: int
    lines: int
    payments: int
    known: list
    other: list


class S2b2bHistoryLoader(models.AbstractModel):
    """Makes members, products, orders, invoices and payments of past sales, a batch at a time.

    What is loaded already, by the number of its invoice, is left alone.
    """

    _name = "s2b2b.history.loader"
    _description = "Loader of Past Sales"

    @api.model
    def _load_documents(self, documents, shift, paid_until, orders=True):
        """Loads ``documents`` into the present company, all or nothing; never commits.

        :param documents: ``Document`` records of one batch, each number once
        :param shift: a ``timedelta`` added to all dates
        :param paid_until: invoices due by this day are paid on the day they are due
        :param orders: whether sale orders are made as well
        """
        self._check_company()
        self = self.with_context(**SILENT)
        known, other = self._split_known(documents)
        new = [d for d in documents if d not in known and d not in other]
        products = self._get_products(new)
        members = self._get_members(new)
        sales = [document for document in new if not document.credit]
        ordered = self._create_orders(sales, products, members, shift) if orders else {}
        moves = self._create_invoices(new, products, members, ordered, shift)
        payments = self._create_payments(moves, paid_until)
        return Loaded(
            orders=len(ordered),
            invoices=len(sales),
            credit_notes=len(new) - len(sales),
            lines=sum(len(document.lines) for document in new),
            payments=len(payments),
            known=known,
            other=other,
        )

    @api.model
    def _check_company(self):
        company = self.env.company
        if company.member_credit_policy != "off":
            raise UserError(
                self.env._(
                    "Switch the credit check of %s off while past sales are loaded.", company.name
                )
            )
        if not company.chart_template:
            raise UserError(self.env._("%s has no chart of accounts.", company.name))

    @api.model
    def _split_known(self, documents):
        """The documents that were loaded before, with the same number of lines and with another."""
        refs = [document.invoice for document in documents]
        counts = self.env["account.move.line"]._read_group(
            [
                ("move_id.history_ref", "in", refs),
                ("company_id", "=", self.env.company.id),
                ("display_type", "=", "product"),
            ],
            ["move_id"],
            ["__count"],
        )
        loaded = {move.history_ref: count for move, count in counts}
        known = [d for d in documents if loaded.get(d.invoice) == len(d.lines)]
        other = [d for d in documents if d.invoice in loaded and d not in known]
        return known, other

    @api.model
    def _get_products(self, documents):
        """Products by stock code; those that are missing are made."""
        lines = {line.code: line for d in reversed(documents) for line in reversed(d.lines)}
        domain = [
            ("default_code", "in", list(lines)),
            ("company_id", "in", [False, self.env.company.id]),
        ]
        products = self.env["product.product"].with_context(active_test=False)
        found = {
            product.default_code: product for product in products.search(domain, order="id desc")
        }
        missing = [line for code, line in lines.items() if code not in found]
        for product in products.create([self._prepare_product_vals(line) for line in missing]):
            found[product.default_code] = product
        return found

    @api.model
    def _prepare_product_vals(self, line):
        """Goods as modules of stock and purchase may complete them."""
        return {
            "name": (line.name or line.code).capitalize(),
            "default_code": line.code,
            "list_price": line.price,
            "type": "consu",
            "invoice_policy": "order",
        }

    @api.model
    def _get_members(self, documents):
        """Member companies by customer number; those that are missing are made."""
        firsts = {document.customer: document for document in reversed(documents)}
        partners = self.env["res.partner"].with_context(active_test=False)
        found = partners.search([("member_ref", "in", list(firsts)), ("parent_id", "=", False)])
        members = {partner.member_ref: partner for partner in found}
        countries = self._get_countries(firsts.values())
        missing = [d for customer, d in firsts.items() if customer not in members]
        for member in partners.create([self._prepare_member_vals(d, countries) for d in missing]):
            members[member.member_ref] = member
        return members

    @api.model
    def _prepare_member_vals(self, document, countries):
        return {
            "name": self.env._("Customer %s", document.customer),
            "ref": document.customer,
            "member_ref": document.customer,
            "is_member": True,
            "is_company": True,
            "country_id": countries.get(document.country, False),
        }

    @api.model
    def _get_countries(self, documents):
        names = {document.country for document in documents}
        codes = {name: COUNTRY_CODES[name] for name in names if name in COUNTRY_CODES}
        countries = self.env["res.country"].with_context(lang="en_US")
        by_name = countries.search([("name", "in", list(names))]).grouped("name")
        by_code = countries.search([("code", "in", [c for c in codes.values() if c])]).grouped(
            "code"
        )
        return {
            **{name: country.id for name, country in by_name.items()},
            **{name: by_code[code].id for name, code in codes.items() if code},
        }

    @api.model
    def _create_orders(self, documents, products, members, shift):
        """Confirmed orders, by the number of their invoice; nothing is procured for them."""
        orders = self.env["sale.order"].create(
            [self._prepare_order_vals(d, products, members, shift) for d in documents]
        )
        return {d.invoice: order for d, order in zip(documents, orders, strict=True)}

    @api.model
    def _prepare_order_vals(self, document, products, members, shift):
        member = members[document.customer]
        return {
            "name": document.invoice,
            "partner_id": member.id,
            "partner_invoice_id": member.id,
            "partner_shipping_id": member.id,
            "company_id": self.env.company.id,
            "date_order": document.moment + shift,
            "state": "sale",
            "user_id": False,
            "order_line": [
                Command.create(self._prepare_order_line_vals(line, products[line.code]))
                for line in document.lines
            ],
        }

    @api.model
    def _prepare_order_line_vals(self, line, product):
        return {
            "product_id": product.id,
            "name": product.name,
            "product_uom_qty": line.quantity,
            "product_uom_id": product.uom_id.id,
            "price_unit": line.price,
            "technical_price_unit": line.price,
            "discount": 0,
            "customer_lead": 0,
            "tax_ids": self._get_tax_command(product),
        }

    @api.model
    def _get_tax_command(self, product):
        taxes = product.taxes_id.filtered(lambda tax: tax.company_id == self.env.company)
        return [Command.set(taxes.ids)]

    @api.model
    def _create_invoices(self, documents, products, members, orders, shift):
        """Posted invoices and credit notes, in the order of ``documents``."""
        accounts = self._get_income_accounts(products.values())
        common = {
            "company_id": self.env.company.id,
            "journal_id": self._get_journal("sale").id,
            "invoice_payment_term_id": self.env.ref("account.account_payment_term_30days").id,
        }
        moves = self.env["account.move"].create(
            [
                {
                    **common,
                    **self._prepare_move_vals(document, members[document.customer], shift),
                    "invoice_line_ids": self._prepare_lines(
                        document, products, accounts, orders.get(document.invoice)
                    ),
                }
                for document in documents
            ]
        )
        moves.action_post()
        return moves

    @api.model
    def _prepare_move_vals(self, document, member, shift):
        day = (document.moment + shift).date()
        return {
            "move_type": "out_refund" if document.credit else "out_invoice",
            "partner_id": member.id,
            "partner_shipping_id": member.id,
            "invoice_date": day,
            "date": day,
            "name": f"HIST/{document.invoice}",
            "history_ref": document.invoice,
            "invoice_origin": document.invoice,
            "invoice_user_id": False,
        }

    @api.model
    def _prepare_lines(self, document, products, accounts, order):
        ordered = order.order_line if order else [None] * len(document.lines)
        return [
            Command.create(
                {
                    **self._prepare_move_line_vals(line, products[line.code], accounts),
                    "sale_line_ids": [Command.link(sale_line.id)] if sale_line else [],
                }
            )
            for line, sale_line in zip(document.lines, ordered, strict=True)
        ]

    @api.model
    def _prepare_move_line_vals(self, line, product, accounts):
        return {
            "product_id": product.id,
            "name": product.name,
            "quantity": line.quantity,
            "product_uom_id": product.uom_id.id,
            "price_unit": line.price,
            "discount": 0,
            "account_id": accounts[product.id],
            "tax_ids": self._get_tax_command(product),
        }

    @api.model
    def _get_income_accounts(self, products):
        journal = self._get_journal("sale")
        return {
            product.id: (
                product.product_tmpl_id.get_product_accounts()["income"]
                or journal.default_account_id
            ).id
            for product in products
        }

    @api.model
    def _get_journal(self, kind):
        """The journal of loaded sales, or of their payments: the company's numbers stay its own."""
        code, name = {
            "sale": ("HIST", self.env._("Loaded Sales")),
            "general": ("HPAY", self.env._("Payments of Loaded Sales")),
        }[kind]
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
