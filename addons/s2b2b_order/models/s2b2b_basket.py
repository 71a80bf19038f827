import re
from dataclasses import dataclass, field
from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import get_lang

from ..tools.quantity import MOST, QuantityError, read_quantity

MOST_BASKET = 300
LONGEST_REFERENCE = 64
LONGEST_KEY = 32


@dataclass
class Entry:
    """A line of a basket: what was typed as quantity, and the number it means or the error."""

    product: models.BaseModel
    text: str
    quantity: float = 0.0
    error: str = ""


@dataclass
class Basket:
    """What a member is about to order; ``errors`` are by the name of the field at fault."""

    member: models.BaseModel
    entries: list[Entry]
    order_type: models.BaseModel
    address: models.BaseModel
    wanted: date | None = None
    reference: str = ""
    use_points: bool = False
    gift: str = ""
    errors: dict = field(default_factory=dict)

    def has_errors(self):
        """Tell whether anything in it has to be mended before it can be ordered."""
        return bool(self.errors) or any(entry.error for entry in self.entries)

    def get_good(self):
        """Return the entries that can be ordered."""
        return [entry for entry in self.entries if not entry.error]


class BasketReader(models.AbstractModel):
    """Reads what the portal or another system sends as an order, and checks each part of it."""

    _name = "s2b2b.basket"
    _description = "Basket of a Member"

    @api.model
    def _read(self, member, raw):
        """Return the ``Basket`` in ``raw``, of which nothing is taken on trust.

        :param raw: ``lines`` ([{product_id, quantity}]), ``order_type_id``, ``address_id``,
            ``wanted_date``, ``reference``, ``use_points``,
            ``gift`` (the key of one that was offered)
        """
        basket = Basket(
            member=member,
            entries=self._read_entries(raw.get("lines")),
            order_type=self._read_type(raw.get("order_type_id")),
            address=self._read_address(member, raw.get("address_id")),
            reference=str(raw.get("reference") or "").strip()[:LONGEST_REFERENCE],
            use_points=bool(raw.get("use_points")),
            gift=str(raw.get("gift") or "")[:LONGEST_KEY],
        )
        self._read_wanted(basket, raw.get("wanted_date"))
        return basket

    @api.model
    def _merge(self, lines, added):
        """Return ``lines`` with ``added`` ([(product, quantity text)]) put to them.

        A product that is there twice becomes one line with the sum, where both can be read; else
        what was typed stays as it is, and the new quantity is appended to be mended.
        """
        texts = {line["product_id"]: line["quantity"] for line in self._check_lines(lines)}
        for product, text in added:
            former = texts.get(product.id)
            texts[product.id] = text if former is None else self._add(product, former, text)
        return [{"product_id": key, "quantity": text} for key, text in texts.items()]

    def _add(self, product, former, text):
        one, other = (self._read_entry(product, part) for part in (former, text))
        if one.error or other.error:
            return f"{former} + {text}"
        return self.env["s2b2b.portal.text"]._quantity(one.quantity + other.quantity)

    def _read_entries(self, lines):
        lines = self._check_lines(lines)
        products = self.env["product.product"].browse(line["product_id"] for line in lines).exists()
        offered = self.env["s2b2b.catalogue"]._find_offered(products.ids)
        entries = []
        for line in lines:
            product = products.browse(line["product_id"])
            if product not in products:
                continue
            entry = self._read_entry(product, line["quantity"])
            if product not in offered:
                entry.error = self.env._("This article cannot be ordered at present.")
            entries.append(entry)
        return entries

    def _check_lines(self, lines):
        """Return ``lines`` with ids and texts only; what a page would never send is refused."""
        try:
            checked = [
                {"product_id": self._as_id(line["product_id"]), "quantity": line.get("quantity")}
                for line in lines or ()
            ]
        except (KeyError, TypeError, AttributeError) as error:
            raise UserError(self.env._("The lines of the order cannot be read.")) from error
        if len(checked) > MOST_BASKET:
            raise UserError(self.env._("An order has at most %(most)s lines.", most=MOST_BASKET))
        return checked

    def _read_entry(self, product, given):
        text = "" if given is None or isinstance(given, bool) else str(given)[:40]
        entry = Entry(product, text)
        lang = get_lang(self.env)
        point, thousands = lang.decimal_point, lang.thousands_sep or ""
        if isinstance(given, (int, float)):
            point, thousands = ".", ""
        try:
            entry.quantity = float(read_quantity(text, point=point, thousands=thousands))
        except QuantityError as error:
            entry.error = self._get_trouble(error.trouble)
            return entry
        if product.uom_id.round(entry.quantity) != entry.quantity:
            digits = self.env["decimal.precision"].precision_get("Product Unit")
            entry.error = self.env._("At most %(digits)s decimals.", digits=digits)
        return entry

    def _get_trouble(self, trouble):
        return {
            "missing": self.env._("Enter a quantity."),
            "number": self.env._("This is not a number."),
            "positive": self.env._("The quantity must be more than 0."),
            "large": self.env._("At most %(most)s.", most=f"{MOST:,}"),
        }[trouble]

    def _get_types(self):
        """Return the types that an order may be of."""
        return self.env["s2b2b.order.type"].search(
            [("company_id", "in", (False, self.env.company.id))]
        )

    def _read_type(self, type_id):
        types = self._get_types()
        chosen = types.filtered(lambda t: t.id == self._as_id(type_id))
        return chosen or self.env.company._get_default_order_type() or types[:1]

    def _get_addresses(self, member):
        """Return the addresses that goods may be sent to: the member's, its usual one first."""
        usual = member.browse(member.address_get(["delivery"])["delivery"])
        others = member.search(
            [("id", "child_of", member.id), ("type", "in", ("delivery", "other"))]
        )
        return usual | member | others

    def _read_address(self, member, address_id):
        addresses = self._get_addresses(member)
        return addresses.filtered(lambda a: a.id == self._as_id(address_id)) or addresses[:1]

    def _as_id(self, value):
        is_id = isinstance(value, (int, str)) and re.fullmatch(r"[0-9]{1,9}", str(value))
        return int(value) if is_id else 0

    def _read_wanted(self, basket, text):
        try:
            basket.wanted = self.env["s2b2b.portal.text"]._read_coming_day(text)
        except UserError as error:
            basket.errors["wanted_date"] = str(error)

    @api.model
    def _prepare_order_vals(self, basket):
        """Return the values of the sales order that ``basket`` becomes."""
        orders = self.env["sale.order"].new({"company_id": self.env.company.id})
        return {
            "partner_id": basket.member.id,
            "s2b2b_contact_id": self.env.user.partner_id.id,
            "partner_shipping_id": basket.address.id,
            "company_id": self.env.company.id,
            "order_type_id": basket.order_type.id,
            "client_order_ref": basket.reference or False,
            "commitment_date": basket.wanted and orders._get_noon(basket.wanted),
            "order_line": [
                Command.create({"product_id": entry.product.id, "product_uom_qty": entry.quantity})
                for entry in basket.get_good()
            ],
        }
