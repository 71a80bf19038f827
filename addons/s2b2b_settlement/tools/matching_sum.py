"""Matching by partner and sum: one payment of several items, several payments of one item."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .matching_amount import EXACT, Payments
from .matching_board import Board, Claim
from .matching_prepare import Group, Pool
from .matching_reasons import because
from .reason import Reason
from .subset_sums import SubsetSums, subset_sums

UNIQUE = 0.85
SEVERAL = 0.4


def sum_claims(board: Board, groups: dict[Group, Payments]) -> Iterator[Claim]:
    """Yield what only one set of items, or of payments, adds up to; note the rest."""
    for group, payments in groups.items():
        pool = board.facts.pools.get(group)
        if pool:
            unmatched = []
            yield from _item_sums(board, payments, pool, unmatched)
            if len(unmatched) > 1:
                yield from _payment_sums(board, payments, pool, unmatched)


def _item_sums(
    board: Board, payments: Payments, pool: Pool, unmatched: list[int]
) -> Iterator[Claim]:
    """Yield sets of items for the undecided payments; those that no set fits are unmatched."""
    ranges = {entry: board.rules.totals(board.value(entry)) for entry in payments.undecided}
    if not ranges:
        return
    sums = subset_sums(pool.amounts, *_span(ranges.values()))
    if sums is None:
        for entry in payments.undecided:
            board.note(entry, because("gave_up", count=len(pool.members)))
        return
    for entry, (low, high) in ranges.items():
        ways = sums.ways(low, high)
        if not ways:
            unmatched.append(entry)
            continue
        claim = _item_claim(board, sums, pool, entry)
        obstacle = _item_obstacle(board, payments, claim, ways)
        if obstacle:
            board.propose(claim, obstacle)
        else:
            yield claim


def _span(ranges: Iterable[tuple[int, int]]) -> tuple[int, int]:
    lows, highs = zip(*ranges, strict=True)
    return min(lows), max(highs)


def _item_claim(board: Board, sums: SubsetSums, pool: Pool, entry: int) -> Claim:
    value = board.value(entry)
    total = sums.nearest(*board.rules.totals(value), value)
    items = tuple(sorted(pool.members[place] for place in sums.pick(total)))
    if len(items) == 1:
        return Claim((entry,), items, "amount", EXACT, because("only_amount"))
    return Claim((entry,), items, "sum", UNIQUE, because("only_sum"))


def _item_obstacle(board: Board, payments: Payments, claim: Claim, ways: int) -> Reason | None:
    if ways > 1:
        return because("several_sums")
    rivals = _rivals(board, payments, claim)
    if rivals:
        return because("two_payments", count=rivals + 1)
    return board.obstacle(claim.entries, claim.items)


def _rivals(board: Board, payments: Payments, claim: Claim) -> int:
    """Return the most other payments that would settle the items, or one of them, alone."""
    (entry,) = claim.entries
    totals = {board.owed(claim.items), *(board.owed([item]) for item in claim.items)}
    return max(
        payments.fitting(board, owed) - board.rules.fits(board.value(entry), owed)
        for owed in totals
    )


@dataclass(frozen=True)
class _Instalments:
    """Payments that only together make up an item, and what they total."""

    entries: tuple[int, ...]
    item: int
    paid: int


def _payment_sums(
    board: Board, payments: Payments, pool: Pool, unmatched: list[int]
) -> Iterator[Claim]:
    """Yield sets of payments that no item settles by itself, for the free items."""
    found = list(_instalments(board, payments, pool, set(unmatched)))
    if not found:
        return
    totals = [board.rules.totals(instalments.paid) for instalments in found]
    sums = subset_sums(pool.amounts, *_span(totals))
    for instalments, (low, high) in zip(found, totals, strict=True):
        claim = Claim(
            instalments.entries, (instalments.item,), "sum", UNIQUE, because("only_payments")
        )
        obstacle = _payment_obstacle(board, claim, sums, low, high, len(pool.members))
        if obstacle:
            board.propose(claim, obstacle)
        else:
            yield claim


def _instalments(
    board: Board, payments: Payments, pool: Pool, unmatched: set[int]
) -> Iterator[_Instalments]:
    """Yield for each free item the only set of payments that adds up to it."""
    open_entries = [entry for entry in payments.pool.members if entry not in board.used]
    values = [board.value(entry) for entry in open_entries]
    items = list(pool.free(pool.amounts[0], pool.amounts[-1], board.paid))
    ranges = {item: board.rules.payments(board.owed([item])) for item in items}
    sums = subset_sums(values, *_span(ranges.values())) if ranges else None
    if sums is None:
        for entry in unmatched:
            board.note(entry, because("gave_up_payments", count=len(values)))
        return
    for item, (low, high) in ranges.items():
        if sums.ways(low, high) == 1:
            total = sums.nearest(low, high, board.owed([item]))
            entries = tuple(sorted(open_entries[place] for place in sums.pick(total)))
            if len(entries) > 1 and unmatched.issuperset(entries):
                yield _Instalments(entries, item, total)


def _payment_obstacle(
    board: Board, claim: Claim, sums: SubsetSums | None, low: int, high: int, count: int
) -> Reason | None:
    if sums is None:
        return because("gave_up", count=count)
    if sums.ways(low, high) > 1:
        return because("several_sums")
    return board.obstacle(claim.entries, claim.items)


def suggest_by_sum(board: Board) -> None:
    """Match, for people to decide, the sets that were found but are not beyond doubt."""
    for claim in board.proposals:
        taken = board.used.intersection(claim.entries) or board.paid.intersection(claim.items)
        outside = any(
            not board.in_window(entry, item) for entry in claim.entries for item in claim.items
        )
        if not taken and not outside:
            board.commit(
                replace(claim, confidence=SEVERAL, reason=because(_suggested(claim))),
                unique=False,
            )


def _suggested(claim: Claim) -> str:
    if len(claim.entries) > 1:
        return "first_payments"
    return "first_sum" if claim.rule == "sum" else "first_amount"
