from odoo import api, models
from odoo.fields import Domain

KINDS = {"out_invoice": "goods", "out_refund": "return"}


class SettlementMember(models.AbstractModel):
    """The members' side of settlements: a statement of invoices, credit notes and payments."""

    _name = "s2b2b.settlement.member"
    _description = "Settlements of Members"

    @api.model
    def _find_member_partners(self, period):
        """Return the members with posted items until the end of ``period`` in no settlement."""
        groups = self.env["account.move.line"]._read_group(
            self._get_open_items_domain(period)
            & Domain("partner_id.commercial_partner_id.is_member", "=", True),
            ["partner_id"],
        )
        return self.env["res.partner"].concat(*(p for [p] in groups)).commercial_partner_id

    @api.model
    def _get_ledger_domain(self):
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("parent_state", "=", "posted")
            & Domain("account_id.account_type", "=", "asset_receivable")
        )

    @api.model
    def _get_open_items_domain(self, period):
        return (
            self._get_ledger_domain()
            & Domain("date", ">=", self._get_floor("member", period))
            & Domain("date", "<=", period[1])
            & Domain("settlement_line_ids", "not any", self._get_live_domain())
        )

    @api.model
    def _prepare_member_lines(self, period, partners):
        """Return {(partner id, currency id): [values]} of items not in a settlement yet, with the
        balance that the ledger had before them."""
        items = self.env["account.move.line"].search(
            self._get_open_items_domain(period) & Domain("partner_id", "child_of", partners.ids),
            order="date, id",
        )
        by_key = {}
        for item in items:
            key = (item.partner_id.commercial_partner_id.id, item.currency_id.id)
            by_key.setdefault(key, []).append(self._prepare_item_vals(item, period))
        for key, vals in self._prepare_opening_vals(items, period, partners).items():
            if key in by_key:
                by_key[key].insert(0, vals)
        return by_key

    def _prepare_item_vals(self, item, period):
        move = item.move_id
        is_payment = bool(move.origin_payment_id or move.statement_line_id)
        kind = KINDS.get(move.move_type, "payment" if is_payment else "adjustment")
        reference = f" ({move.ref})" if move.ref and move.ref != move.name else ""
        return {
            "kind": kind,
            "document": "none",
            "sequence": 10,
            "name": f"{move.name}{reference}",
            "date": item.date,
            "is_late": item.date < period[0],
            "account_move_line_id": item.id,
            "amount": -item.amount_currency,
        }

    def _prepare_opening_vals(self, items, period, partners):
        """Return {key: values} of the ledger's balance at the end of ``period`` less ``items``."""
        groups = self.env["account.move.line"]._read_group(
            self._get_ledger_domain()
            & Domain("date", "<=", period[1])
            & Domain("partner_id", "child_of", partners.ids)
            & Domain("id", "not in", items.ids),
            ["partner_id", "currency_id"],
            ["amount_currency:sum"],
        )
        balances = {}
        for partner, currency, amount in groups:
            key = (partner.commercial_partner_id.id, currency.id)
            balances[key] = balances.get(key, 0.0) - amount
        currencies = self.env["res.currency"].browse({currency for _partner, currency in balances})
        by_id = {currency.id: currency for currency in currencies}
        return {
            key: {
                "kind": "carried",
                "document": "none",
                "sequence": 5,
                "name": self.env._("Balance before"),
                "amount": amount,
            }
            for key, amount in balances.items()
            if not by_id[key[1]].is_zero(amount)
        }
