"""What is known before anything is decided: order, partners, amounts, who names what."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .matching_model import Candidate, Entry, Key
from .ordering import order_key
from .references import ReferenceIndex, is_document, normalise, number_of

Group = tuple[Key, Hashable]


class Pool:
    """Numbers of entries or items, sorted by amount, the oldest of equal amounts first."""

    def __init__(self, amounts: dict[int, int]) -> None:
        """Take the ``amounts`` of the numbers."""
        self.members = sorted(amounts, key=lambda number: (amounts[number], number))
        self.amounts = [amounts[number] for number in self.members]
        self._next = list(range(1, len(self.members) + 1))

    def count(self, low: int, high: int) -> int:
        """Return how many amounts lie from ``low`` to ``high``."""
        return bisect_right(self.amounts, high) - bisect_left(self.amounts, low)

    def only(self, low: int, high: int) -> int:
        """Return the number of the only amount from ``low`` to ``high``."""
        return self.members[bisect_left(self.amounts, low)]

    def free(self, low: int, high: int, taken: set[int]) -> Iterator[int]:
        """Yield the numbers from ``low`` to ``high`` that are not taken.

        What is taken stays so, hence taken stretches are skipped in one step from then on.
        """
        place = self._first_free(bisect_left(self.amounts, low), taken)
        while place < len(self.members) and self.amounts[place] <= high:
            yield self.members[place]
            place = self._first_free(place + 1, taken)

    def _first_free(self, place: int, taken: set[int]) -> int:
        passed = []
        while place < len(self.members) and self.members[place] in taken:
            passed.append(place)
            place = self._next[place]
        for step in passed:
            self._next[step] = place
        return place


@dataclass(frozen=True)
class Facts:
    """Entries and items, numbered oldest first, with what follows from them alone."""

    entries: tuple[Entry, ...]
    items: tuple[Candidate, ...]
    dates: tuple[date, ...]
    partners: tuple[Key | None, ...]
    by_account: frozenset[int]
    index: ReferenceIndex
    numbers: ReferenceIndex
    references: tuple[frozenset[str], ...]
    names: tuple[frozenset[int], ...]
    pools: dict[Group, Pool]
    currencies: dict[Hashable, Pool]


def prepare(entries: Iterable[Entry], candidates: Iterable[Candidate], today: date) -> Facts:
    """Return the facts; raise ``ValueError`` when a key comes twice or an amount is no integer.

    An entry without a date is taken as of ``today``; an item without a date as the newest.
    """
    entries = _sorted(entries, today)
    items = _sorted(candidates, date.max)
    _check(entries, "entry", [amount for e in entries for amount in (e.amount, e.charges)])
    _check(items, "candidate", [item.amount for item in items])
    partners, by_account = _partners(entries, items)
    open_items = [number for number, item in enumerate(items) if item.amount]
    written = _written(items)
    index = ReferenceIndex((n, normalise(text)) for n in open_items for text in written[n])
    numbers = ReferenceIndex((n, number_of(text)) for n in open_items for text in written[n])
    references = tuple(_named_references(entry, index) for entry in entries)
    return Facts(
        entries=tuple(entries),
        items=tuple(items),
        dates=tuple(entry.date or today for entry in entries),
        partners=partners,
        by_account=by_account,
        index=index,
        numbers=numbers,
        references=references,
        names=_names(references, index),
        pools=_pools(items, lambda item: (item.partner, item.currency)),
        currencies=_pools(items, lambda item: item.currency),
    )


def _sorted(things: Iterable, undated: date) -> list:
    return sorted(things, key=lambda thing: (thing.date or undated, order_key(thing.key)))


def _check(things: Sequence, side: str, amounts: list[int]) -> None:
    if len({thing.key for thing in things}) != len(things):
        raise ValueError(f"the key of a {side} comes twice")
    if not all(isinstance(amount, int) for amount in amounts):
        raise ValueError(f"the amount of a {side} is no integer")


def _partners(
    entries: list[Entry], items: list[Candidate]
) -> tuple[tuple[Key | None, ...], frozenset[int]]:
    """Return each entry's partner, and which of them only the bank account tells."""
    owners: defaultdict[str, set[Key]] = defaultdict(set)
    for item in items:
        if item.partner is not None and item.account:
            owners[normalise(item.account)].add(item.partner)
    partners = [entry.partner for entry in entries]
    found = set()
    for number, entry in enumerate(entries):
        owner = owners.get(normalise(entry.account), set()) if entry.account else set()
        if entry.partner is None and len(owner) == 1:
            (partners[number],) = owner
            found.add(number)
    return tuple(partners), frozenset(found)


def _written(items: list[Candidate]) -> list[set[str | None]]:
    """Return what may be quoted of each item; a name that several bear is no document's."""
    named = Counter(item.name for item in items)
    return [
        {item.reference, *item.references}
        | ({item.name} if named[item.name] == 1 and is_document(item.name) else set())
        for item in items
    ]


def _named_references(entry: Entry, index: ReferenceIndex) -> frozenset[str]:
    return frozenset(
        index.named_in(entry.reference, structured=True)
        | index.named_in(entry.text, structured=False)
    )


def _names(
    references: Iterable[frozenset[str]], index: ReferenceIndex
) -> tuple[frozenset[int], ...]:
    """Return the items that each entry names; equal references share one set."""
    known: dict[frozenset[str], frozenset[int]] = {}
    names = []
    for named in references:
        if named not in known:
            known[named] = frozenset().union(*map(index.bearers, named))
        names.append(known[named])
    return tuple(names)


def _pools(items: list[Candidate], key: Callable[[Candidate], Hashable]) -> dict:
    amounts: defaultdict[Hashable, dict[int, int]] = defaultdict(dict)
    for number, item in enumerate(items):
        if item.amount:
            amounts[key(item)][number] = item.amount
    return {group: Pool(members) for group, members in amounts.items()}
