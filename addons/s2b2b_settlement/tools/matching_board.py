"""What has been decided so far, and the conditions that every decision must meet."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .matching_model import Candidate, Key, Match, Rules
from .matching_prepare import Facts, Group
from .matching_reasons import because
from .reason import Reason

MAX_ALTERNATIVES = 5
"""Most other candidates that a match which is not unique shows."""


@dataclass(frozen=True)
class Claim:
    """Entries that would pay items, by their numbers."""

    entries: tuple[int, ...]
    items: tuple[int, ...]
    rule: str
    confidence: float
    reason: Reason
    alternatives: tuple[int, ...] = ()


class Board:
    """The state of one matching: what is taken, what was found out about the rest."""

    def __init__(self, facts: Facts, rules: Rules) -> None:
        """Start with nothing decided."""
        self.facts, self.rules = facts, rules
        self.matches: list[Match] = []
        self.paid: set[int] = set()
        """Numbers of the items that are taken."""
        self.used: set[int] = {n for n, entry in enumerate(facts.entries) if not entry.value}
        """Numbers of the entries that are taken or move no money."""
        self.notes: defaultdict[int, list[Reason]] = defaultdict(list)
        self.proposals: list[Claim] = []
        self.pointed = self._point()
        self.namers: defaultdict[int, set[int]] = defaultdict(set)
        for entry, items in enumerate(self.pointed):
            for item in items:
                self.namers[item].add(entry)

    def _point(self) -> list[frozenset[int]]:
        """Return what each entry names among the items it may pay.

        A number in a free text may hit another partner's item by accident: that counts only where
        nothing of the own partner is named and the amount fits. A partner that only the bank
        account tells does not narrow down what is named.
        """
        known: dict[tuple[Hashable, ...], frozenset[int]] = {}
        pointed = []
        for number, names in enumerate(self.facts.names):
            entry = self.facts.entries[number]
            names = frozenset() if number in self.used else names
            key = (names, entry.partner, entry.currency)
            if key not in known:
                known[key] = frozenset(i for i in names if _agree(*key[1:], self.facts.items[i]))
            own = known[key]
            pointed.append(own or (names if self._fits_foreign(number, names) else own))
        return pointed

    def _fits_foreign(self, entry: int, names: frozenset[int]) -> bool:
        currency = self.facts.entries[entry].currency
        return all(self.facts.items[item].currency == currency for item in names) and (
            self.rules.fits(self.value(entry), self.owed(names))
        )

    def group(self, entry: int) -> Group:
        """Return partner and currency of an entry."""
        return self.facts.partners[entry], self.facts.entries[entry].currency

    def value(self, entry: int) -> int:
        """Return what an entry paid, charges added."""
        return self.facts.entries[entry].value

    def owed(self, items: Iterable[int]) -> int:
        """Return the total of items."""
        return sum(self.facts.items[item].amount for item in items)

    def open_entries(self) -> list[int]:
        """Return the numbers of the entries that are still to be matched, oldest first."""
        return [number for number in range(len(self.facts.entries)) if number not in self.used]

    def compatible(self, entry: int, item: int) -> bool:
        """Tell whether currency and, where both are known, partner agree."""
        return _agree(*self.group(entry), self.facts.items[item])

    def in_window(self, entry: int, item: int) -> bool:
        """Tell whether the dates are near enough, where there is a limit and a date."""
        when: date | None = self.facts.items[item].date
        days = self.rules.window_days
        return days is None or when is None or abs((self.facts.dates[entry] - when).days) <= days

    def note(self, entry: int, reason: Reason) -> None:
        """Keep why an entry has no unique match."""
        if reason not in self.notes[entry]:
            self.notes[entry].append(reason)

    def obstacle(self, entries: Sequence[int], items: Sequence[int]) -> Reason | None:
        """Return what stands against a match by amount or sum, which is right by itself."""
        if any(item in self.paid for item in items):
            return because("taken")
        if any(not self.in_window(entry, item) for entry in entries for item in items):
            return because("outside", days=self.rules.window_days)
        if any(self.namers[item] - set(entries) for item in items if item in self.namers):
            return because("named_again")
        if any(not _bears_out(self.pointed[entry], set(items)) for entry in entries):
            return because("named_other")
        return None

    def settle(self, claims: Iterable[Claim]) -> None:
        """Make unique matches of the claims; those that overlap are contested instead."""
        claims = list(claims)
        wanted: defaultdict[tuple[str, int], int] = defaultdict(int)
        for claim in claims:
            for part in _parts(claim):
                wanted[part] += 1
        for claim in claims:
            if all(wanted[part] == 1 for part in _parts(claim)):
                self.commit(claim, unique=True)
            else:
                self.propose(claim, because("contested"))

    def propose(self, claim: Claim, reason: Reason) -> None:
        """Keep a claim that is not unique for those who decide."""
        for entry in claim.entries:
            self.note(entry, reason)
        self.proposals.append(claim)

    def commit(self, claim: Claim, *, unique: bool) -> None:
        """Make a match of a claim."""
        self.used.update(claim.entries)
        self.paid.update(claim.items)
        self.matches.append(
            Match(
                entries=tuple(self.facts.entries[number].key for number in claim.entries),
                candidates=tuple(self.facts.items[number].key for number in claim.items),
                rule=claim.rule,
                confidence=claim.confidence,
                unique=unique,
                reasons=self._reasons(claim, unique),
                difference=self.difference(claim.entries, claim.items),
                alternatives=tuple(
                    self.facts.items[number].key for number in claim.alternatives[:MAX_ALTERNATIVES]
                ),
            )
        )

    def choose(self, entry: int, items: list[int]) -> list[int]:
        """Return all of the items if they fit an entry, else the first that fits alone, or none.

        Items of several partners are never put together.
        """
        value = self.value(entry)
        if self.one_partner(items) and self.rules.fits(value, self.owed(items)):
            return items
        return [item for item in items if self.rules.fits(value, self.owed([item]))][:1]

    def one_partner(self, items: Iterable[int]) -> bool:
        """Tell whether the items are of one partner at most."""
        return len({self.facts.items[item].partner for item in items} - {None}) <= 1

    def difference(self, entries: Iterable[int], items: Iterable[int]) -> int:
        """Return what was paid less what is owed."""
        return sum(map(self.value, entries)) - self.owed(items)

    def _reasons(self, claim: Claim, unique: bool) -> tuple[Reason, ...]:
        owed, difference = self.owed(claim.items), self.difference(claim.entries, claim.items)
        reasons = [claim.reason]
        if any(entry in self.facts.by_account for entry in claim.entries):
            reasons.append(because("partner_by_account"))
        charges = sum(self.facts.entries[entry].charges for entry in claim.entries)
        if charges:
            reasons.append(because("charges_added", charges=charges))
        if difference and self.rules.fits(owed + difference, owed):
            reasons.append(because("tolerated", difference=difference))
        elif difference:
            reasons.append(because("differs", difference=difference, owed=owed))
        notes = () if unique else (note for entry in claim.entries for note in self.notes[entry])
        return tuple(dict.fromkeys([*reasons, *notes]))


def _agree(partner: Key | None, currency: Hashable, item: Candidate) -> bool:
    known = partner is not None and item.partner is not None
    return item.currency == currency and not (known and item.partner != partner)


def _bears_out(named: frozenset[int], items: set[int]) -> bool:
    """Tell whether what is named bears a match out: all of it is named, or it has all named."""
    return not named or items <= named or named <= items


def _parts(claim: Claim) -> list[tuple[str, int]]:
    return [("entry", number) for number in claim.entries] + [
        ("item", number) for number in claim.items
    ]
