"""Matching by what the payer quotes: one or several payments, one or several items."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

from .matching_board import Board, Claim
from .matching_reasons import because
from .reason import Reason
from .subset_sums import subset_sums

CERTAIN = 1.0
PARTNER_UNKNOWN = 0.95
FITS = 0.6
DIFFERS = 0.5


def reference_claims(board: Board) -> Iterator[Claim]:
    """Yield the matches that quote exactly their items; note about the others what is wrong."""
    for names, entries in _quoting(board):
        obstacle = _obstacle(board, entries, names)
        if obstacle:
            for entry in entries:
                board.note(entry, obstacle)
        else:
            known = all(board.facts.partners[entry] is not None for entry in entries)
            confidence = CERTAIN if known else PARTNER_UNKNOWN
            items = tuple(sorted(names))
            yield Claim(tuple(entries), items, "reference", confidence, because("named"))
    _note_common(board)


def _quoting(board: Board) -> list[tuple[frozenset[int], list[int]]]:
    """Return the open entries by what they name; those of two currencies apart."""
    quoting: defaultdict[tuple[frozenset[int], Hashable], list[int]] = defaultdict(list)
    for entry in board.open_entries():
        names = board.facts.names[entry]
        if names:
            quoting[names, board.facts.entries[entry].currency].append(entry)
    return [(names, entries) for (names, _currency), entries in quoting.items()]


def _note_common(board: Board) -> None:
    facts = board.facts
    for entry in board.open_entries():
        if not facts.names[entry] and any(map(facts.index.is_common, facts.references[entry])):
            board.note(entry, because("named_common", limit=facts.index.limit))


def _obstacle(board: Board, entries: list[int], names: frozenset[int]) -> Reason | None:
    currency = board.facts.entries[entries[0]].currency
    if any(board.facts.items[item].currency != currency for item in names):
        return because("named_currency")
    if _partners(board, entries, names) > 1:
        return because("named_partner")
    if any(not board.in_window(entry, item) for entry in entries for item in names):
        return because("named_outside", days=board.rules.window_days)
    if any(board.namers[item].difference(entries) for item in names):
        return because("named_again")
    return _amount_obstacle(board, entries, names)


def _partners(board: Board, entries: list[int], names: frozenset[int]) -> int:
    partners = {board.facts.entries[entry].partner for entry in entries}
    partners |= {board.facts.items[item].partner for item in names}
    return len(partners - {None})


def _amount_obstacle(board: Board, entries: list[int], names: frozenset[int]) -> Reason | None:
    values = [board.value(entry) for entry in entries]
    owed, paid = board.owed(names), sum(values)
    if board.rules.fits(paid, owed):
        return _ways_obstacle(board, entries, names)
    alone = sum(board.rules.fits(value, owed) for value in values)
    if alone and len(values) > 1:
        return because("two_payments", count=len(values))
    if _is_shared(board, entries):
        return because("named_shared", count=len(names), owed=owed, paid=paid)
    return because("named_differs", owed=owed, paid=paid)


def _is_shared(board: Board, entries: list[int]) -> bool:
    """Tell whether several items bear one of the references, so that none is named by itself."""
    facts = board.facts
    quoted = set().union(*(facts.references[entry] for entry in entries))
    return any(len(facts.index.bearers(reference)) > 1 for reference in quoted)


def _ways_obstacle(board: Board, entries: list[int], names: frozenset[int]) -> Reason | None:
    """Return why what fits is not certain: some of the payments, or of the items, do as well."""
    values = [board.value(entry) for entry in entries]
    if len(values) > 1:
        return _other_ways(values, *board.rules.payments(board.owed(names)))
    if _is_shared(board, entries):
        amounts = [board.facts.items[item].amount for item in names]
        return _other_ways(amounts, *board.rules.totals(sum(values)))
    return None


def _other_ways(amounts: list[int], low: int, high: int) -> Reason | None:
    sums = subset_sums(amounts, low, high)
    if sums is None:
        return because("gave_up", count=len(amounts))
    return None if sums.ways(low, high) == 1 else because("several_ways")


def suggest_by_reference(board: Board) -> None:
    """Match, for people to decide, what is quoted but not beyond doubt."""
    for names, entries in _quoting(board):
        free = sorted(item for item in names if item not in board.paid)
        if len(entries) > 1 and not _suggest_together(board, entries, free):
            continue
        for entry in entries:
            _suggest(board, entry, [item for item in free if item not in board.paid])


def _suggest_together(board: Board, entries: list[int], free: list[int]) -> bool:
    """Match payments that only together settle what they all name; tell whether to go on."""
    items = [item for item in free if all(_reaches(board, entry, item) for entry in entries)]
    values = [board.value(entry) for entry in entries]
    owed = board.owed(items)
    if any(board.rules.fits(value, owed) for value in values):
        return True
    if not items or not board.rules.fits(sum(values), owed):
        return True
    reason = because("named_only")
    board.commit(Claim(tuple(entries), tuple(items), "reference", FITS, reason), unique=False)
    return False


def _reaches(board: Board, entry: int, item: int) -> bool:
    same = board.facts.items[item].currency == board.facts.entries[entry].currency
    return same and board.in_window(entry, item)


def _suggest(board: Board, entry: int, free: list[int]) -> None:
    items = [item for item in free if _reaches(board, entry, item)]
    chosen = _choose(board, entry, items)
    if chosen:
        fits = board.rules.fits(board.value(entry), board.owed(chosen))
        others = tuple(item for item in items if item not in chosen)
        confidence = FITS if fits else DIFFERS
        claim = Claim(
            (entry,), tuple(chosen), "reference", confidence, because("named_only"), others
        )
        board.commit(claim, unique=False)


def _choose(board: Board, entry: int, items: list[int]) -> list[int]:
    """Return what fits, else those of the items that money of this sign may pay in part."""
    value = board.value(entry)
    same_way = [item for item in items if board.owed([item]) * value > 0]
    in_part = same_way if board.one_partner(same_way) else same_way[:1]
    return board.choose(entry, items) or in_part
