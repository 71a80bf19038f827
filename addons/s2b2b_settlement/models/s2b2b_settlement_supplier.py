from decimal import Decimal

from odoo import api, models
from odoo.fields import Command, Domain

from ..tools.charging import Charged, Fee, Movement, charge, uncovered


class SettlementSupplier(models.AbstractModel):
    """The suppliers' side of settlements: deliveries, returns, commission and carried balances."""

    _name = "s2b2b.settlement.supplier"
    _description = "Settlements of Suppliers"

    @api.model
    def _find_supplier_partners(self, period):
        """Return the suppliers with a status that have something to be settled."""
        groups = self.env["stock.move"]._read_group(
            self._get_open_moves_domain(period), ["purchase_line_id"]
        )
        lines = self.env["purchase.order.line"].concat(*(line for [line] in groups))
        pending = self.env["s2b2b.settlement.line"].search(
            Domain("settlement_id", "=", False)
            & Domain("side", "=", "supplier")
            & Domain("company_id", "=", self.env.company.id)
        )
        adjusted = self._find_adjusted_lines().order_id.partner_id.commercial_partner_id
        partners = lines.order_id.partner_id.commercial_partner_id | pending.partner_id | adjusted
        partners |= self._find_open_claims(period).partner_id
        return partners.filtered(
            lambda partner: partner.supplier_status not in ("none", "applicant")
        )

    @api.model
    def _get_open_moves_domain(self, period):
        """Return the domain of done purchase moves until the end of ``period`` that no live
        settlement has."""
        floor = self._get_floor("supplier", period)
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "done")
            & Domain("purchase_line_id", "!=", False)
            & self._get_arrived_domain(floor, period[1])
            & Domain("settlement_line_ids", "not any", self._get_live_domain())
        )

    @api.model
    def _find_open_claims(self, period, partners=None):
        """Return the claims decided until the end of ``period`` that no live settlement has."""
        start, end = self._get_bounds((self._get_floor("supplier", period), period[1]))
        # sudo: who settles need not handle claims; the line holds what was decided on them
        claims = self.env["s2b2b.claim"].sudo()
        of_partners = Domain.TRUE if partners is None else Domain("partner_id", "in", partners.ids)
        return claims.search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("settlement_amount", ">", 0)
            & Domain("resolved_at", ">=", start)
            & Domain("resolved_at", "<", end)
            & of_partners
            & Domain("settlement_line_ids", "not any", self._get_live_domain()),
            order="resolved_at, id",
        )

    @api.model
    def _get_arrived_domain(self, first, last):
        """Return the domain of moves that arrived in these days: as stated, else as booked."""
        start, end = self._get_bounds((first, last))
        stated = Domain("picking_id.supplier_arrival_date", "!=", False)
        booked = Domain("picking_id", "=", False) | Domain(
            "picking_id.supplier_arrival_date", "=", False
        )
        return (
            stated
            & Domain("picking_id.supplier_arrival_date", ">=", first)
            & Domain("picking_id.supplier_arrival_date", "<=", last)
        ) | (booked & Domain("date", ">=", start) & Domain("date", "<", end))

    @api.model
    def _get_live_domain(self):
        """Return the domain of settlement lines that are in a statement, or wait for the next."""
        return Domain("stage", "!=", "cancelled") | Domain("settlement_id", "=", False)

    @api.model
    def _prepare_supplier_lines(self, period, partners):
        """Return {(partner id, currency id): [values]} of what suppliers have not settled yet."""
        moves = self.env["stock.move"].search(
            self._get_open_moves_domain(period)
            & Domain("purchase_line_id.order_id.partner_id", "child_of", partners.ids),
            order="date, id",
        )
        movements = self._prepare_movements(moves)
        charges = self._charge(movements, partners)
        by_key = {}
        for vals in [
            *self._prepare_goods_vals_list(movements, period),
            *self._prepare_fee_line_vals_list(charges, period),
        ]:
            by_key.setdefault(self._get_line_key(vals), []).append(vals)
        for claim in self._find_open_claims(period, partners):
            key = (claim.partner_id.id, claim.currency_id.id)
            by_key.setdefault(key, []).append(claim._claim_settlement_vals(period))
        for key, vals in self._prepare_carried_vals(partners).items():
            if key in by_key:
                by_key[key] += vals
        return by_key

    def _get_line_key(self, vals):
        line = self.env["purchase.order.line"].browse(vals["purchase_line_id"])
        return (line.order_id.partner_id.commercial_partner_id.id, line.currency_id.id)

    def _prepare_movements(self, moves):
        """Return the movements of ``moves`` in the units of their order lines, without what other
        bills have already."""
        movements = [
            Movement(
                key=move.id,
                line=move.purchase_line_id.id,
                quantity=Decimal(str(move._get_settled_quantity())),
                day=self._get_arrival_day(move),
            )
            for move in moves
        ]
        lines = moves.purchase_line_id
        return uncovered([m for m in movements if m.quantity], lines._get_billed_elsewhere())

    @api.model
    def _get_arrival_day(self, move):
        return move.picking_id.supplier_arrival_date or self._get_day(move.date)

    def _charge(self, movements, partners):
        """Return the commission of ``movements``, and of adjustments that no settlement has."""
        lines = self.env["purchase.order.line"].browse({m.line for m in movements})
        lines |= self._find_adjusted_lines(partners)
        return charge(movements, self._prepare_fees(lines), self._prepare_charged(lines))

    @api.model
    def _find_adjusted_lines(self, partners=None):
        """Return the order lines whose commission was adjusted since it was last charged."""
        adjustments = self.env["s2b2b.commission.line"].search(
            Domain("kind", "=", "adjustment")
            & Domain("company_id", "=", self.env.company.id)
            & (Domain("partner_id", "in", partners.ids) if partners else Domain.TRUE)
            & Domain("settlement_line_ids", "not any", self._get_live_domain())
        )
        return adjustments.purchase_line_id

    def _prepare_fees(self, purchase_lines):
        fees = []
        for line in purchase_lines:
            frozen = line.commission_line_ids
            if not frozen:
                continue
            open_adjustments = frozen.filtered(
                lambda c: c.kind == "adjustment" and not c.is_settled
            )
            fees.append(
                Fee(
                    line=line.id,
                    amount=sum(item._get_units() for item in frozen),
                    quantity=Decimal(str(frozen.filtered(lambda c: c.kind == "accepted").quantity)),
                    adjustment=max(open_adjustments.ids, default=None),
                )
            )
        return fees

    def _prepare_charged(self, purchase_lines):
        """Return {order line id: what live settlements have of it}."""
        groups = self.env["s2b2b.settlement.line"]._read_group(
            Domain("purchase_line_id", "in", purchase_lines.ids)
            & Domain("kind", "in", ("goods", "return", "commission", "adjustment"))
            & self._get_live_domain(),
            ["purchase_line_id", "document", "currency_id"],
            ["quantity:sum", "amount:sum"],
        )
        charged = {}
        for line, document, currency, quantity, amount in groups:
            before = charged.get(line.id, Charged())
            if document == "commission":
                units = -round(amount / currency.rounding)
                charged[line.id] = Charged(before.quantity, before.amount + units)
            else:
                moved = Decimal(str(quantity))
                charged[line.id] = Charged(before.quantity + moved, before.amount)
        return charged

    def _prepare_goods_vals_list(self, movements, period):
        moves = self.env["stock.move"].browse([m.key for m in movements])
        return [
            self._prepare_goods_vals(move, movement, period)
            for move, movement in zip(moves, movements, strict=True)
        ]

    def _prepare_goods_vals(self, move, movement, period):
        line = move.purchase_line_id
        return {
            "kind": "goods" if movement.quantity > 0 else "return",
            "document": "bill",
            "sequence": 10,
            "name": line.product_id.display_name or line.name,
            "date": movement.day,
            "is_late": movement.day < period[0],
            "move_id": move.id,
            "purchase_line_id": line.id,
            "quantity": float(movement.quantity),
            "product_uom_id": line.product_uom_id.id,
            "price_unit": line.price_unit,
            "discount": line.discount,
            "tax_ids": [Command.set(line.tax_ids.ids)],
            "amount": 0.0,
        }

    def _prepare_fee_line_vals_list(self, charges, period):
        return [self._prepare_fee_line_vals(item, period) for item in charges]

    def _prepare_fee_line_vals(self, item, period):
        line = self.env["purchase.order.line"].browse(item.line)
        frozen = line.commission_line_ids.filtered(lambda c: c.kind == "accepted")
        move = self.env["stock.move"].browse(item.movement or ())
        day = self._get_arrival_day(move) if move else False
        adjustment = frozen.browse(item.adjustment or ())
        return {
            "kind": "adjustment" if adjustment else "commission",
            "document": "commission",
            "sequence": 20,
            "name": (adjustment or frozen)._get_description(),
            "date": day,
            "is_late": bool(day) and day < period[0],
            "move_id": move.id,
            "purchase_line_id": line.id,
            "commission_line_id": (adjustment or frozen).id,
            "tax_ids": [Command.set((adjustment or frozen).tax_id.ids)],
            "amount": -item.amount * line.currency_id.rounding,
            "delivered_qty": float(item.delivered),
        }

    def _prepare_carried_vals(self, partners):
        """Return {key: [values]} of what suppliers still owe from settlements that were billed."""
        earlier = self.search(
            Domain("side", "=", "supplier")
            & Domain("company_id", "=", self.env.company.id)
            & Domain("partner_id", "in", partners.ids)
            & Domain("state", "=", "billed")
            & Domain("amount_total", "<", 0)
            & Domain("carried_line_ids", "not any", [("stage", "!=", "cancelled")])
        )
        carried = {}
        for settlement in earlier.filtered(lambda s: s._get_open_balance() < 0):
            carried.setdefault(settlement._get_key(), []).append(
                {
                    "kind": "carried",
                    "document": "none",
                    "sequence": 5,
                    "name": self.env._("Carried over from %(name)s", name=settlement.name),
                    "date": settlement.date_to,
                    "carried_from_id": settlement.id,
                    "amount": settlement._get_open_balance(),
                }
            )
        return carried
