from odoo import models


class SettlementAmounts(models.AbstractModel):
    """Amounts and tax of settlements, computed as core will compute their documents."""

    _name = "s2b2b.settlement.amounts"
    _description = "Amounts of a Settlement"

    def _refresh_amounts(self):
        """Bring amounts and tax lines of these settlements in line with what is in them."""
        stale = self.line_ids.filtered(lambda line: line.kind == "tax")
        stale._delete_tax()
        vals_list = []
        for settlement in self.filtered(lambda s: s.side == "supplier"):
            for document in ("bill", "commission"):
                vals_list += settlement._refresh_document(document)
        self.env["s2b2b.settlement.line"].with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True
        )._create_guarded(vals_list)

    def _refresh_document(self, document):
        """Compute ``document`` as core will; return the values of its tax lines."""
        tax_model = self.env["account.tax"]
        base_lines = self._prepare_base_lines(document)
        tax_model._add_tax_details_in_base_lines(base_lines, self.company_id)
        tax_model._round_base_lines_tax_details(base_lines, self.company_id)
        by_tax = {}
        for base_line in base_lines:
            details = base_line["tax_details"]
            if document == "bill":
                base_line["record"]._set_amount(
                    details["total_excluded_currency"] + details["delta_total_excluded_currency"]
                )
            for data in details["taxes_data"]:
                tax = data["tax"]
                by_tax[tax] = by_tax.get(tax, 0.0) + data["tax_amount_currency"]
        sign = 1 if document == "bill" else -1
        return [
            self._prepare_tax_vals(document, tax, sign * amount)
            for tax, amount in by_tax.items()
            if not self.currency_id.is_zero(amount)
        ]

    def _prepare_base_lines(self, document):
        """Return the lines of ``document`` as core's tax computation takes them."""
        lines = self.line_ids.filtered(
            lambda line: line.document == document and line.kind != "tax"
        )
        if document == "bill":
            return [line._prepare_base_line() for line in lines]
        return [
            self.env["account.tax"]._prepare_base_line_for_taxes_computation(
                None,
                price_unit=-sum(group.mapped("amount")),
                quantity=1.0,
                currency_id=self.currency_id,
                tax_ids=group.tax_ids,
            )
            for group in self._group_fees(lines)
        ]

    def _prepare_tax_vals(self, document, tax, amount):
        name = self.env._("%(tax)s on commission", tax=tax.name)
        return {
            "settlement_id": self.id,
            "side": self.side,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "kind": "tax",
            "document": document,
            "sequence": 30,
            "name": tax.name if document == "bill" else name,
            "date": self.date_to,
            "tax_id": tax.id,
            "amount": amount,
        }
