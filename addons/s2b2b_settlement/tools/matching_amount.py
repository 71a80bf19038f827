"""Matching by partner and amount: one payment, one item."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from .matching_board import Board, Claim
from .matching_prepare import Group, Pool
from .matching_reasons import because

EXACT = 0.9
SEVERAL = 0.5
MAX_LOOKED_AT = 20
"""Most fitting items that are compared for one suggestion."""


class Payments:
    """The entries of one partner and currency that no reference has settled."""

    def __init__(self, board: Board, entries: list[int]) -> None:
        """Take the numbers of the entries, oldest first."""
        self.entries = entries
        self.pool = Pool({entry: board.value(entry) for entry in entries})
        self.undecided: list[int] = []
        """Entries that no single item settles beyond doubt, for which sums are searched."""

    def fitting(self, board: Board, owed: int) -> int:
        """Return how many of them would settle items that total ``owed``, each alone."""
        return self.pool.count(*board.rules.payments(owed))


def payments_by_group(board: Board) -> dict[Group, Payments]:
    """Return the open entries by partner and currency, those of unknown partners left out."""
    groups: defaultdict[Group, list[int]] = defaultdict(list)
    for entry in board.open_entries():
        if board.facts.partners[entry] is not None:
            groups[board.group(entry)].append(entry)
    return {group: Payments(board, entries) for group, entries in groups.items()}


def amount_claims(board: Board, groups: dict[Group, Payments]) -> Iterator[Claim]:
    """Yield the payments whose amount exactly one open item of the partner has.

    A near amount within the tolerance is left to the sums: it must also beat every set.
    """
    for group, payments in groups.items():
        pool = board.facts.pools.get(group)
        for entry in payments.entries:
            low, high = board.rules.totals(board.value(entry))
            count = pool.count(low, high) if pool else 0
            if count > 1:
                board.note(entry, because("several_items", count=count))
            elif count and board.owed([pool.only(low, high)]) == board.value(entry):
                yield from _claim(board, payments, entry, pool.only(low, high))
            else:
                payments.undecided.append(entry)


def _claim(board: Board, payments: Payments, entry: int, item: int) -> Iterator[Claim]:
    rivals = payments.fitting(board, board.owed([item]))
    obstacle = (
        because("two_payments", count=rivals) if rivals > 1 else board.obstacle([entry], [item])
    )
    if obstacle:
        board.note(entry, obstacle)
    else:
        yield Claim((entry,), (item,), "amount", EXACT, because("only_amount"))


def suggest_by_amount(board: Board) -> None:
    """Match, for people to decide, each payment with the best item of the partner that fits."""
    for entry in board.open_entries():
        pool = board.facts.pools.get(board.group(entry))
        if board.facts.partners[entry] is None or not pool:
            continue
        fitting = looked_at(board, entry, pool)
        if fitting:
            claim = Claim(
                (entry,),
                (fitting[0],),
                "amount",
                SEVERAL,
                because("first_amount"),
                tuple(fitting[1:]),
            )
            board.commit(claim, unique=False)


def looked_at(board: Board, entry: int, pool: Pool) -> list[int]:
    """Return some free items of ``pool`` that fit an entry, the nearest and oldest first."""
    value = board.value(entry)
    free = islice(pool.free(*board.rules.totals(value), board.paid), MAX_LOOKED_AT)
    fitting = [item for item in free if board.in_window(entry, item)]
    return sorted(fitting, key=lambda item: (abs(board.owed([item]) - value), item))
