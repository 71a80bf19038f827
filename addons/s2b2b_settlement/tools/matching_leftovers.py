"""Why an entry or an item is in no match."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import islice

from .matching_amount import MAX_LOOKED_AT
from .matching_board import Board
from .matching_model import Key, Leftover
from .matching_prepare import Group, Pool
from .matching_reasons import because
from .reason import Reason


def leftovers(board: Board) -> Iterator[Leftover]:
    """Yield every entry and item that is in no match, with the reason."""
    matched = {key for match in board.matches for key in match.entries}
    partners = {partner for partner, _currency in board.facts.pools}
    for number, entry in enumerate(board.facts.entries):
        if entry.key not in matched:
            yield Leftover(entry.key, "entry", _entry_reason(board, number, partners))
    payments = _payments(board)
    currencies = {currency for _partner, currency in payments}
    for number, item in enumerate(board.facts.items):
        if number not in board.paid:
            yield Leftover(item.key, "candidate", _item_reason(board, number, payments, currencies))


def _payments(board: Board) -> dict[Group, Pool]:
    amounts: defaultdict[Group, dict[int, int]] = defaultdict(dict)
    for number, entry in enumerate(board.facts.entries):
        if entry.value:
            amounts[board.group(number)][number] = entry.value
    return {group: Pool(values) for group, values in amounts.items()}


def _entry_reason(board: Board, number: int, partners: set[Key | None]) -> Reason:
    partner, _currency = group = board.group(number)
    if not board.facts.entries[number].value:
        return because("entry_zero")
    if board.notes[number]:
        return board.notes[number][0]
    if partner is None:
        return because("no_partner")
    if group in board.facts.pools:
        return _amount_reason(board, number)
    return because("other_currency" if partner in partners else "no_items")


def _amount_reason(board: Board, number: int) -> Reason:
    low, high = board.rules.totals(board.value(number))
    if board.facts.pools[board.group(number)].count(low, high):
        return because("taken")
    return because("no_amount")


def _item_reason(
    board: Board, number: int, payments: dict[Group, Pool], currencies: set[Hashable]
) -> Reason:
    item = board.facts.items[number]
    if not item.amount:
        return because("item_zero")
    if item.currency not in currencies:
        return because("no_entries")
    if board.namers.get(number):
        return because("item_named")
    return _fitting_reason(board, number, payments.get((item.partner, item.currency)))


def _fitting_reason(board: Board, number: int, pool: Pool | None) -> Reason:
    fitting = pool.free(*board.rules.payments(board.owed([number])), set()) if pool else ()
    near = [board.in_window(entry, number) for entry in islice(fitting, MAX_LOOKED_AT)]
    if not near:
        return because("item_unpaid")
    return because("item_rival") if any(near) else because("outside", days=board.rules.window_days)
