from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_round, format_date, formatLang, get_lang
from odoo.tools.misc import NON_BREAKING_SPACE, babel_locale_parse

from ..tools.quantity import QuantityError, read_number

PRICE_DIGITS = 4
# Colours of badges; what is not named is grey.
TONES = {
    "none": "secondary",
    "allocated": "info",
    "accepted": "primary",
    "preparing": "primary",
    "partly_shipped": "primary",
    "shipped": "primary",
    "partly_delivered": "success",
    "delivered": "success",
    "exception": "warning",
    "cancelled": "secondary",
    "pending": "warning",
    "proposed": "info",
    "partial": "primary",
    "refused": "secondary",
}


class PortalText(models.AbstractModel):
    """How figures, moments and states are written on the pages of members and suppliers."""

    _name = "s2b2b.portal.text"
    _description = "Wording of the Portal"

    @api.model
    def _quantity(self, value):
        """Return a quantity in the user's language, without decimals that say nothing."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        text = formatLang(self.env, value, digits=digits)
        point = get_lang(self.env).decimal_point
        return text.rstrip("0").rstrip(point) if point in text else text

    @api.model
    def _price(self, value, currency):
        """Return a unit price, with the decimals beyond those of its currency that it has."""
        digits = currency.decimal_places
        while digits < PRICE_DIGITS and float_compare(
            float_round(value, precision_digits=digits), value, precision_digits=PRICE_DIGITS
        ):
            digits += 1
        parts = (formatLang(self.env, value, digits=digits), currency.symbol)
        return NON_BREAKING_SPACE.join(parts if currency.position == "after" else parts[::-1])

    @api.model
    def _read_number(self, text):
        """Return the number that was typed in the user's language.

        :raise UserError: it is none
        """
        lang = get_lang(self.env)
        try:
            number = read_number(text, point=lang.decimal_point, thousands=lang.thousands_sep or "")
        except QuantityError as error:
            raise UserError(self.env._("“%(text)s” is not a number.", text=text)) from error
        return float(number)

    @api.model
    def _read_day(self, text):
        """Return the day that a page sends, None for nothing; errors as above."""
        if not text:
            return None
        try:
            return fields.Date.to_date(text)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("This is not a date.")) from error

    @api.model
    def _read_coming_day(self, text):
        """Return a day as ``_read_day`` does; one that is over is an error."""
        day = self._read_day(text)
        if day and day < fields.Date.context_today(self):
            raise UserError(self.env._("This day is over."))
        return day

    @api.model
    def _ago(self, moment):
        """Return how long ago ``moment`` was: “3 hours ago”."""
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_timedelta(moment - fields.Datetime.now(), add_direction=True, locale=locale)

    @api.model
    def _day(self, day):
        """Return a day as “27 Nov 2025”, in the user's language; nothing for no day."""
        return format_date(self.env, day, date_format="medium") if day else ""

    @api.model
    def _moment(self, moment):
        """Return a moment for pages: its text in the user's zone, and UTC for the browser."""
        if not moment:
            return None
        local = fields.Datetime.context_timestamp(self, moment)
        return {
            "text": f"{self._day(local.date())}, {local:%H:%M}",
            "iso": f"{moment.isoformat(timespec='seconds')}Z",
            "is_past": moment < fields.Datetime.now(),
        }

    @api.model
    def _state(self, record, name):
        """Return the state in field ``name`` with its label and the colour of its badge."""
        state = record[name]
        labels = dict(record._fields[name]._description_selection(self.env))
        return {"key": state, "label": labels.get(state, ""), "tone": TONES.get(state, "secondary")}

    @api.model
    def _address(self, partner, with_name=True):
        """Return the lines of an address label."""
        street = partner._display_address(without_company=True).split("\n")
        name = partner.name or partner.parent_id.name
        lines = [name if with_name else "", *street]
        return [line.strip() for line in lines if line and line.strip()]
