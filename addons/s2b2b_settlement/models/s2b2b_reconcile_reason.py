from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

AMOUNTS = ("difference", "owed", "paid", "charges")
TEXTS = {
    "named": _lt(
        "It names exactly these items, no other item bears these references, and the amount fits."
    ),
    "named_only": _lt("It names these items."),
    "only_amount": _lt("It is the only open item of this partner with this amount."),
    "first_amount": _lt("The amount fits this item of the partner."),
    "only_sum": _lt("No other set of this partner's open items adds up to this amount."),
    "first_sum": _lt("These items of the partner add up to this amount."),
    "first_payments": _lt("These payments of the partner add up to this item."),
    "only_payments": _lt("Only these payments of the partner add up to this item."),
    "partner_by_account": _lt("The partner was recognised by its bank account."),
    "tolerated": _lt("The difference of %(difference)s is within the tolerance."),
    "differs": _lt("The amount differs by %(difference)s from the %(owed)s of these items."),
    "charges_added": _lt("Charges of %(charges)s that the bank kept were added."),
    "near_reference": _lt("The reference is like that of this item, and the amount fits."),
    "near_name": _lt("The name is like that of the partner, and the amount fits."),
    "amount_alone": _lt("Only the amount fits; nothing else says who paid."),
    "named_differs": _lt("What it names totals %(owed)s, and %(paid)s was paid."),
    "named_shared": _lt(
        "%(count)s open items bear what it names, and they total %(owed)s, not %(paid)s."
    ),
    "named_common": _lt("More than %(limit)s open items bear what it names, so it names none."),
    "named_currency": _lt("It names an item in another currency."),
    "named_partner": _lt("It names an item of another partner."),
    "named_outside": _lt("It names an item outside the date window of %(days)s days."),
    "named_again": _lt("Another payment names the same item."),
    "named_other": _lt("The amount points to other items than those it names."),
    "several_ways": _lt("What is named is settled in more than one way by what was paid."),
    "two_payments": _lt("Two payments for one item: %(count)s payments fit this amount."),
    "several_items": _lt("%(count)s open items of this partner fit this amount."),
    "several_sums": _lt("Several sets of this partner's open items add up to this amount."),
    "several_near": _lt("Several items are equally near."),
    "outside": _lt("The item that fits is outside the date window of %(days)s days."),
    "taken": _lt("The item that fits is already matched with another payment."),
    "contested": _lt("Another match would use the same payment or item."),
    "gave_up": _lt("The search for sums gave up: %(count)s open items are too many to be sure."),
    "gave_up_payments": _lt(
        "The search for sums gave up: %(count)s open payments are too many to be sure."
    ),
    "entry_zero": _lt("No money moved."),
    "no_partner": _lt(
        "The partner is not known, it names no open item, and no near item has this amount."
    ),
    "other_currency": _lt("This partner has open items only in another currency."),
    "no_items": _lt("This partner has no open item."),
    "no_amount": _lt("No open item or set of items of this partner has this amount."),
    "item_zero": _lt("Nothing is open on it."),
    "no_entries": _lt("There is no payment in this currency."),
    "item_named": _lt("A payment names it, but was not matched with it."),
    "item_rival": _lt(
        "The payments that fit it fit other items as well, or are matched with them."
    ),
    "item_unpaid": _lt("No payment names it or has its amount."),
    "rejected_before": _lt("What was found has been rejected before: %(items)s."),
    "undone_before": _lt("It was posted before and undone, so it is not posted by itself again."),
    "empty": _lt("No item has been chosen."),
    "reconciled": _lt("The bank transaction is reconciled by now."),
    "closed": _lt("The period of the bank transaction is closed: %(locks)s."),
    "not_open": _lt("Not open any more: %(items)s."),
    "held": _lt("On hold: %(items)s."),
    "accounts": _lt("The items lie on several accounts: %(accounts)s."),
    "partners": _lt("The items are of several partners: %(partners)s."),
    "currencies": _lt("The items are not in the currency of the bank transaction."),
    "foreign_difference": _lt("A difference in a foreign currency is not booked by itself."),
    "failed": _lt("It could not be posted: %(error)s"),
}


class ReconcileReason(models.AbstractModel):
    """Says in the reader's language why bank transactions and open items belong together."""

    _name = "s2b2b.reconcile.reason"
    _description = "Reasons of a Reconciliation"

    @api.model
    def _get_text(self, reasons, currency):
        """Return the sentences of ``reasons``, a list of code and params, amounts in units."""
        return "\n".join(self._fill(code, params, currency) for code, params in reasons or [])

    def _fill(self, code, params, currency):
        params = dict(params)
        for key in AMOUNTS:
            if key in params:
                params[key] = currency.format(params[key] / 10**currency.decimal_places)
        # The texts are marked where they stand, by _lt: the code of a reason picks one here.
        # pylint: disable-next=translation-contains-variable,translation-not-lazy
        return self.env._(TEXTS[code]) % params
