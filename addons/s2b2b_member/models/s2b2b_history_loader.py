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
# Nothing is procured, logged or mailed for what was sold and delivered long ago.
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "skip_procurement": True,
    "sale_no_log_for_new_lines": True,
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


class Masters(NamedTuple):
    """What the documents of a batch refer to."""

    products: dict  # by stock code
    members: dict  # by customer number
    positions: dict  # fiscal positions by member
    line_vals: dict  # of every line


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
        masters = self._get_masters(new)
        sales = [document for document in new if not document.credit]
        ordered = self._create_orders(sales, masters, shift) if orders else {}
        accounting = self.env["s2b2b.history.accounting"]
        moves = accounting._create_invoices(new, masters, ordered, shift)
        payments = accounting._create_payments(moves, paid_until)
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
    def _get_masters(self, documents):
        members = self._get_members(documents)
        fiscal = self.env["account.fiscal.position"]
        positions = {member: fiscal._get_fiscal_position(member) for member in members.values()}
        products = self._get_products(documents)
        return Masters(products, members, positions, self._prepare_common_line_vals())

    @api.model
    def _prepare_common_line_vals(self):
        """Without any rule, core would still look for the analytic distribution of each line."""
        rules = self.env["account.analytic.distribution.model"]
        return {} if rules.search_count([], limit=1) else {"analytic_distribution": False}

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
    def _create_orders(self, documents, masters, shift):
        """Confirmed orders, by the number of their invoice; nothing is procured for them."""
        orders = self.env["sale.order"].create(
            [self._prepare_order_vals(document, masters, shift) for document in documents]
        )
        return {d.invoice: order for d, order in zip(documents, orders, strict=True)}

    @api.model
    def _prepare_order_vals(self, document, masters, shift):
        member = masters.members[document.customer]
        position = masters.positions[member]
        return {
            "name": document.invoice,
            "partner_id": member.id,
            "partner_invoice_id": member.id,
            "partner_shipping_id": member.id,
            "company_id": self.env.company.id,
            "fiscal_position_id": position.id,
            "date_order": document.moment + shift,
            "state": "sale",
            "user_id": False,
            "order_line": [
                Command.create(
                    masters.line_vals
                    | self._prepare_order_line_vals(line, masters.products[line.code], position)
                )
                for line in document.lines
            ],
        }

    @api.model
    def _prepare_order_line_vals(self, line, product, position):
        return {
            "product_id": product.id,
            "name": product.name,
            "product_uom_qty": line.quantity,
            "product_uom_id": product.uom_id.id,
            "price_unit": line.price,
            "technical_price_unit": line.price,
            "discount": 0,
            "customer_lead": 0,
            "tax_ids": self._get_tax_command(product, position),
        }

    @api.model
    def _get_tax_command(self, product, position):
        taxes = product.taxes_id._filter_taxes_by_company(self.env.company)
        return [Command.set(position.map_tax(taxes).ids)]
