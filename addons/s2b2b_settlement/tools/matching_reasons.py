"""Every sentence that the matching gives as a reason, by its code."""

from typing import Any

from .reason import Reason

TEMPLATES: dict[str, str] = {
    "named": "It names exactly these items, no other item bears these references, and the "
    "amount fits.",
    "named_only": "It names these items.",
    "only_amount": "It is the only open item of this partner with this amount.",
    "first_amount": "The amount fits this item of the partner.",
    "only_sum": "No other set of this partner's open items adds up to this amount.",
    "first_sum": "These items of the partner add up to this amount.",
    "first_payments": "These payments of the partner add up to this item.",
    "only_payments": "Only these payments of the partner add up to this item.",
    "partner_by_account": "The partner was recognised by its bank account.",
    "tolerated": "The difference of {difference} is within the tolerance.",
    "differs": "The amount differs by {difference} from the {owed} of these items.",
    "charges_added": "Charges of {charges} that the bank kept were added.",
    "near_reference": "The reference is like that of this item, and the amount fits.",
    "near_name": "The name is like that of the partner, and the amount fits.",
    "amount_alone": "Only the amount fits; nothing else says who paid.",
    "named_differs": "What it names totals {owed}, and {paid} was paid.",
    "named_shared": "{count} open items bear what it names, and they total {owed}, not {paid}.",
    "named_common": "More than {limit} open items bear what it names, so it names none.",
    "named_currency": "It names an item in another currency.",
    "named_partner": "It names an item of another partner.",
    "named_outside": "It names an item outside the date window of {days} days.",
    "named_again": "Another payment names the same item.",
    "named_other": "The amount points to other items than those it names.",
    "several_ways": "What is named is settled in more than one way by what was paid.",
    "two_payments": "Two payments for one item: {count} payments fit this amount.",
    "several_items": "{count} open items of this partner fit this amount.",
    "several_sums": "Several sets of this partner's open items add up to this amount.",
    "several_near": "Several items are equally near.",
    "outside": "The item that fits is outside the date window of {days} days.",
    "taken": "The item that fits is already matched with another payment.",
    "contested": "Another match would use the same payment or item.",
    "gave_up": "The search for sums gave up: {count} open items are too many to be sure.",
    "gave_up_payments": "The search for sums gave up: {count} open payments are too many to be "
    "sure.",
    "entry_zero": "No money moved.",
    "no_partner": "The partner is not known, it names no open item, and no near item has this "
    "amount.",
    "other_currency": "This partner has open items only in another currency.",
    "no_items": "This partner has no open item.",
    "no_amount": "No open item or set of items of this partner has this amount.",
    "item_zero": "Nothing is open on it.",
    "no_entries": "There is no payment in this currency.",
    "item_named": "A payment names it, but was not matched with it.",
    "item_rival": "The payments that fit it fit other items as well, or are matched with them.",
    "item_unpaid": "No payment names it or has its amount.",
}


def because(code: str, **params: Any) -> Reason:
    """Return the reason of ``code`` with its ``params`` filled in."""
    return Reason(code, TEMPLATES[code], **params)
