from dataclasses import dataclass, field
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "s2b2b_quick_order"


@dataclass
class Quote:
    """What a basket costs and when it can come, as it is shown.

    ``lines`` are by product id: ``price``, ``terms`` (price and discount in percent, of which it
    is made), ``list_price``, ``subtotal``, ``breaks`` and ``availability``. ``hint`` says that
    another type may suit better; ``token`` is the proof of the terms that were shown. ``points``
    are what the member has, in words, or None where it can use none here; ``discount`` is what they
    take off, where the member wants to use them, and ``total`` is less that. ``gifts`` are what its
    points pay for, each with ``key``, ``name`` and ``points``; ``gift`` is the one it has chosen.
    """

    currency: models.BaseModel
    lines: dict = field(default_factory=dict)
    untaxed: float = 0.0
    tax: float = 0.0
    total: float = 0.0
    hint: str = ""
    token: str = ""
    points: dict | None = None
    discount: float = 0.0
    gifts: list = field(default_factory=list)
    gift: dict | None = None


class QuickOrder(models.AbstractModel):
    """Quotes the basket of a member and makes the order of it.

    For portal and API, whose user has been checked; everything is read as superuser, because who
    orders may see neither offers nor stock of the suppliers.
    """

    _name = "s2b2b.quick.order"
    _description = "Quick Order"

    @api.model
    def _quote(self, basket):
        """Return the ``Quote`` of what of ``basket`` can be ordered."""
        draft = self.env["sale.order"].new(self.env["s2b2b.basket"]._prepare_order_vals(basket))
        quote = Quote(currency=draft.currency_id)
        products = self.env["product.product"].union(*(e.product for e in basket.entries))
        catalogue = self.env["s2b2b.catalogue"]
        prices = catalogue._get_prices(products, draft.pricelist_id)
        availability = catalogue._get_availability(products)
        nets = {line.product_id._origin: line for line in draft.order_line}
        for product in products:
            price, list_price, breaks = prices[product]
            line = nets.get(product)
            terms = self._get_terms(line) if line else (price, 0.0)
            quote.lines[product.id] = {
                "price": self._get_net(*terms),
                "terms": terms,
                "list_price": list_price,
                "subtotal": line.price_subtotal if line else None,
                "breaks": breaks,
                "availability": availability[product],
            }
        quote.hint = self._get_type_hint(draft)
        quote.token = self._sign(basket, quote)
        basket.errors.update(self._get_type_error(draft))
        self._quote_gifts(basket, draft, quote)
        self._quote_points(basket, draft, quote)
        quote.untaxed, quote.tax = draft.amount_untaxed, draft.amount_tax
        quote.total = draft.amount_total
        return quote

    def _quote_gifts(self, basket, draft, quote):
        """Offer what the member's points pay for, and put the chosen gift on the order.

        What a gift costs in points is not there for the discount.
        """
        gifts = draft._find_gifts()
        quote.gifts = [self._prepare_gift(key, *gift) for key, gift in gifts.items()]
        if not basket.gift:
            return
        if basket.gift not in gifts:
            basket.errors["gift"] = draft._get_gift_refusal()
        elif draft.order_line:
            reward, product = gifts[basket.gift]
            quote.gift = self._prepare_gift(basket.gift, reward, product)
            card = draft._find_free_points_card()
            lines = draft._get_reward_line_values(reward, card, product=product)
            draft.order_line = [Command.create(vals) for vals in lines]

    def _prepare_gift(self, key, reward, product):
        name = product.with_context(display_default_code=False).display_name
        quantity = reward.reward_product_qty
        return {
            "key": key,
            "name": f"{quantity} × {name}" if quantity > 1 else name,
            "points": int(reward.required_points),
        }

    def _quote_points(self, basket, draft, quote):
        """Take off what the member's points are worth, where it wants to use them."""
        worth = draft._get_points_worth()
        if worth <= 0:
            return
        card, reward = draft._find_points_reward()
        quote.points = {"balance": int(card.points), "worth": worth}
        before = draft.amount_total
        is_left = draft._get_real_points_for_coupon(card) >= reward.required_points
        if basket.use_points and before > 0 and is_left:
            # As core will put it on the order, to the cent.
            lines = draft._get_reward_line_values(reward, card)
            draft.order_line = [Command.create(vals) for vals in lines]
            quote.discount = quote.currency.round(before - draft.amount_total)

    def _get_terms(self, line):
        return line.price_unit, line.discount

    def _get_net(self, price, discount):
        return price * (1 - discount / 100)

    def _get_type_hint(self, draft):
        if not draft.order_line:
            return ""
        suggested, reason = draft._suggest_order_type()[draft]
        if not suggested or suggested == draft.order_type_id:
            return ""
        return self.env._("Suggested: %(type)s. %(reason)s", type=suggested.name, reason=reason)

    def _get_type_error(self, draft):
        error = draft.order_line and draft._get_bulk_error()
        return {"order_type_id": error} if error else {}

    def _sign(self, basket, quote):
        shown = {
            str(e.product.id): [e.quantity, *quote.lines[e.product.id]["terms"]]
            for e in basket.get_good()
        }
        moment = fields.Datetime.to_string(fields.Datetime.now())
        return hash_sign(self.env, SCOPE, [basket.member.id, moment, shown])

    def _read_shown(self, basket, token):
        """Return ({product id: (quantity, price, discount)} that was shown, is it binding)."""
        try:
            member_id, moment, shown = verify_hash_signed(self.env, SCOPE, token)
        except (TypeError, ValueError, AttributeError):
            return {}, False
        if member_id != basket.member.id:
            return {}, False
        age = fields.Datetime.now() - fields.Datetime.to_datetime(moment)
        is_binding = age < timedelta(minutes=self.env.company.quote_minutes)
        return {int(key): tuple(value) for key, value in shown.items()}, is_binding

    @api.model
    def _get_price_changes(self, basket, quote, token):
        """Return {product id: price that was shown} where it does not hold any more."""
        shown, is_binding = self._read_shown(basket, token)
        if is_binding:
            return {}
        return {
            entry.product.id: self._get_net(*shown[entry.product.id][1:])
            for entry in basket.get_good()
            if self._has_changed(entry, quote, shown)
        }

    def _has_changed(self, entry, quote, shown):
        quantity, *terms = shown.get(entry.product.id, (None, 0.0, 0.0))
        now = quote.lines[entry.product.id]["price"]
        changed = quote.currency.compare_amounts(self._get_net(*terms), now) != 0
        return quantity == entry.quantity and changed

    @api.model
    def _find_same_reference(self, basket):
        """Return the last order of the member that has the same reference of its own."""
        orders = self.env["sale.order"]
        if not basket.reference:
            return orders
        return orders.search(
            [
                ("partner_id", "child_of", basket.member.id),
                ("client_order_ref", "=ilike", basket.reference.replace("_", r"\_")),
                ("state", "!=", "cancel"),
            ],
            order="id desc",
            limit=1,
        )

    @api.model
    def _create_order(self, basket, token=None):
        """Create the order of ``basket``, at the prices shown where they are binding, and confirm
        it, unless it has to wait.

        :return: the order; ``hold_reason`` says what it waits for
        """
        if not basket.entries:
            raise UserError(self.env._("The order is empty."))
        if basket.has_errors():
            raise UserError(self.env._("Mend the lines that are marked."))
        order = self.env["sale.order"].create(self.env["s2b2b.basket"]._prepare_order_vals(basket))
        shown, is_binding = self._read_shown(basket, token)
        for line in order.order_line if is_binding else ():
            quantity, *terms = shown.get(line.product_id.id, (None, None, None))
            if quantity == line.product_uom_qty and tuple(terms) != self._get_terms(line):
                line.write({"price_unit": terms[0], "discount": terms[1]})
        if basket.gift:
            order._take_gift(basket.gift)
        if basket.use_points:
            order._use_points_of_member()
        self._confirm_or_wait(order)
        return order

    def _confirm_or_wait(self, order):
        if order._needs_member_approval():
            order._hold_for_approval()
        elif not order.company_id.member_orders_confirmed:
            order._wait("review")
        else:
            order._confirm_within_credit()
