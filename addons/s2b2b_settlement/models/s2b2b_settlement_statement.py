import base64

from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..report.statement_pdf import draw_statement
from ..report.statement_xlsx import write_statement

TOTALS = (
    "amount_carried",
    "amount_goods",
    "amount_return",
    "amount_payment",
    "amount_commission",
    "amount_other",
    "amount_tax",
)


class SettlementStatement(models.AbstractModel):
    """The statement of a settlement as people read it: plain values that PDF and XLSX draw from."""

    _name = "s2b2b.settlement.statement"
    _description = "Statement of a Settlement"

    def _get_pdf(self, lang=None):
        """Return the statement as a PDF file.

        :param lang: code of the language; None: the one of the partner
        """
        return draw_statement(self._prepare_statement(lang))

    def _get_xlsx(self, lang=None):
        """Return the statement as an XLSX workbook; see ``_get_pdf``."""
        return write_statement(self._prepare_statement(lang))

    def _prepare_statement(self, lang=None):
        """Return what the statement says, in the language of whoever reads it."""
        self.ensure_one()
        settlement = self.with_context(lang=lang or self.partner_id.lang or self.env.lang)
        company = settlement.company_id
        return {
            "labels": settlement._get_statement_labels(),
            **settlement._prepare_summary(),
            "is_draft": settlement.stage == "draft",
            "company": settlement._prepare_party(company.partner_id),
            "logo": base64.b64decode(company.logo or b""),
            "partner": settlement._prepare_party(settlement.partner_id),
            "facts": settlement._prepare_facts(),
            "currency": settlement.currency_id.name,
            "groups": settlement._prepare_groups(),
            "moved": [settlement._prepare_moved(line) for line in settlement.moved_line_ids],
            "totals": settlement._prepare_totals(),
            "total": settlement._prepare_number(settlement.amount_total),
            "total_label": settlement._get_total_label(),
            "notes": settlement._prepare_notes(),
        }

    def _prepare_summary(self):
        """Return what a list of statements says of this one."""
        self.ensure_one()
        is_open = self.stage == "sent"
        return {
            "number": self.name,
            "url": self.access_url,
            "state": self._get_state_label(),
            "state_key": self.state,
            "is_open": is_open,
            "period": self._format_period(),
            "answer_by": format_date(self.env, self.confirm_by) if is_open else "",
            "amount": self.currency_id.format(self.amount_total),
            "amount_label": self._get_total_label(),
        }

    def _get_statement_labels(self):
        return {
            "title": self.env._("Settlement Statement")
            if self.side == "supplier"
            else self.env._("Statement"),
            "draft": self.env._("Draft"),
            "date": self.env._("Date"),
            "description": self.env._("Description"),
            "quantity": self.env._("Quantity"),
            "price": self.env._("Unit Price"),
            "amount": self.env._("Amount"),
            "late": self.env._("late"),
            "page": self.env._("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
            "summary": self.env._("Summary"),
            "order": self.env._("Order"),
            "unit": self.env._("Unit"),
            "note": self.env._("Note"),
            "kind": self.env._("Kind"),
            "status": self.env._("Status"),
        }

    def _prepare_party(self, partner):
        address = partner._display_address(without_company=True)
        lines = [line for line in address.split("\n") if line.strip()]
        if partner.vat:
            lines.append(self.env._("Tax ID: %(number)s", number=partner.vat))
        return {"name": partner.name, "lines": lines}

    def _prepare_facts(self):
        facts = [
            (self.env._("Period"), self._format_period()),
            (self.env._("Currency"), self.currency_id.name),
            (self.env._("Status"), self._get_state_label()),
        ]
        if self.stage == "sent" and self.confirm_by:
            facts.append((self.env._("Please answer by"), format_date(self.env, self.confirm_by)))
        bills = self.sudo()._get_documents().filtered("invoice_date")  # sudo: numbers only
        if bills:
            facts.append((self.env._("Documents"), ", ".join(bills.mapped("name"))))
        return facts

    def _format_period(self):
        return f"{format_date(self.env, self.date_from)} – {format_date(self.env, self.date_to)}"

    def _prepare_groups(self):
        """Return the lines by order, in the order of the statement; what has none stands apart."""
        # sudo: the partner sees the number of its order, not the order's record
        groups = self.sudo().line_ids.grouped(lambda line: line.purchase_id)
        return [
            {
                "title": order.name or self._get_plain_title(lines),
                "lines": [self._prepare_statement_line(line) for line in lines],
                "subtotal": self._prepare_number(sum(lines.mapped("amount"))),
            }
            for order, lines in sorted(
                groups.items(), key=lambda item: (not item[0], item[0].name or "")
            )
        ]

    def _get_plain_title(self, lines):
        if self.side == "member":
            return self.env._("Invoices and payments")
        if all(line.kind == "tax" for line in lines):
            return self.env._("Tax")
        return self.env._("Tax and other items")

    def _prepare_statement_line(self, line):
        note = line.reason if line._is_set_aside() else line.explanation
        is_priced = line.document == "bill" and bool(line.purchase_line_id)
        unit = line.product_uom_id.name or ""
        return {
            "id": line.id,
            "can_dispute": line.kind != "tax" and line.state != "disputed",
            "date": format_date(self.env, line.date) if line.date else "",
            "description": line._get_description(),
            "kind": self._get_label(line, "kind"),
            "status": self._get_label(line, "state"),
            "quantity": self._prepare_quantity(line) if is_priced else None,
            "unit": unit if is_priced else "",
            "price": self._prepare_number(line.price_unit, "Product Price") if is_priced else None,
            "amount": self._prepare_number(line.amount),
            "note": note or "",
            "is_late": line.is_late,
            "is_set_aside": line._is_set_aside(),
        }

    def _prepare_moved(self, line):
        where = line.settlement_id if line.stage in ("sent", "confirmed") else self.browse()
        return {
            **self._prepare_statement_line(line),
            "moved_to": where.name or self.env._("the next statement"),
        }

    def _get_label(self, line, name):
        labels = dict(line._fields[name]._description_selection(self.env))
        return labels[line[name]]

    def _prepare_totals(self):
        return [
            (self._fields[name]._description_string(self.env), self._prepare_number(self[name]))
            for name in TOTALS
            if not self.currency_id.is_zero(self[name])
        ]

    def _get_total_label(self):
        if self.side == "supplier":
            owes = self.amount_total >= 0
            return self.env._("To be paid to you") if owes else self.env._("Carried over")
        return self.env._("Your credit") if self.amount_total > 0 else self.env._("You owe")

    def _prepare_notes(self):
        if self.currency_id.is_zero(self.amount_disputed):
            return []
        amount = self.currency_id.format(self.amount_disputed)
        return [
            self.env._(
                "Of it, %(amount)s is disputed and moves on to the next statement.", amount=amount
            )
        ]

    def _prepare_quantity(self, line):
        return (line.quantity, f"{line.quantity:g}")

    def _prepare_number(self, amount, precision=None):
        """Return an amount as number and as text of the language."""
        if precision:
            return (amount, formatLang(self.env, amount, dp=precision))
        return (amount, formatLang(self.env, amount, digits=self.currency_id.decimal_places))
