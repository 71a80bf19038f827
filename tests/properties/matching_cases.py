"""Words and made-up cases for the matching tests."""

from datetime import date

from hypothesis import strategies as st
from s2b2b_settlement.tools.matching import Candidate, Entry, Result, Rules, match

TODAY = date(2026, 11, 25)


def pay(key, amount, partner="P", reference=None, text=None, **more):
    """Return an entry in euro cents of today."""
    facts = {"currency": "EUR", "date": TODAY, "account": None, "name": None, **more}
    return Entry(key=key, amount=amount, partner=partner, reference=reference, text=text, **facts)


def item(key, amount, partner="P", reference=None, **more):
    """Return an open item in euro cents of today."""
    facts = {"currency": "EUR", "date": TODAY, "account": None, "name": None, **more}
    return Candidate(key=key, amount=amount, partner=partner, reference=reference, **facts)


def run(entries, items, **rules) -> Result:
    """Return the matching under ``rules``."""
    return match(entries, items, Rules(**rules), today=TODAY)


def pairs(result, unique=None):
    """Return ``{(entries, items)}`` of the matches, all or those that are (not) unique."""
    return {
        (found.entries, found.candidates)
        for found in result.matches
        if unique is None or found.unique is unique
    }


def codes(result, side):
    """Return ``{key: code of the reason}`` of the leftovers of one side."""
    return {left.key: left.reason.code for left in result.leftovers if left.side == side}


_AMOUNTS = st.integers(1, 12).map(lambda amount: amount * 5) | st.integers(-40, 60)
_PARTNERS = st.sampled_from(["P", "P", "P", "Q", None])
_CURRENCIES = st.sampled_from(["EUR"] * 5 + ["USD"])
_DATES = st.sampled_from([None, TODAY, date(2026, 11, 20), date(2026, 9, 1)])
NAMED = {
    None: frozenset(),
    "thanks": frozenset(),
    "1002": frozenset(),
    "INV/1001": frozenset({"INV1001"}),
    "inv 1001": frozenset({"INV1001"}),
    "INV-1002": frozenset({"INV1002"}),
    "INV1001 INV1002": frozenset({"INV1001", "INV1002"}),
    "RF18 5390 0754 7034": frozenset({"RF18539007547034"}),
    "7731": frozenset({"7731"}),
    "bill 7731": frozenset({"7731"}),
}
"""What each of the made-up fields names, or bears."""

_REFERENCES = st.sampled_from([None, None, "INV/1001", "INV-1002", "RF18 5390 0754 7034", "7731"])
_TEXTS = st.sampled_from([None, "thanks", "inv 1001", "INV1001 INV1002", "bill 7731", "1002"])
_NAMES = st.sampled_from([None, "Ella Jackson", "Jackson Ella W.", "Acme"])
_ACCOUNTS = st.sampled_from([None, None, "DE04 0000", "GB29 1111"])

ENTRIES = st.lists(
    st.builds(
        pay,
        key=st.integers(0, 99),
        amount=_AMOUNTS,
        partner=_PARTNERS,
        reference=_REFERENCES,
        text=_TEXTS,
        currency=_CURRENCIES,
        date=_DATES,
        account=_ACCOUNTS,
        name=_NAMES,
        charges=st.sampled_from([0, 0, 0, 5]),
    ),
    max_size=7,
    unique_by=lambda entry: entry.key,
)
ITEMS = st.lists(
    st.builds(
        item,
        key=st.integers(0, 99),
        amount=_AMOUNTS,
        partner=_PARTNERS,
        reference=_REFERENCES,
        currency=_CURRENCIES,
        date=_DATES,
        account=_ACCOUNTS,
        name=_NAMES,
    ),
    max_size=8,
    unique_by=lambda candidate: candidate.key,
)
RULES = st.builds(
    Rules,
    tolerance=st.sampled_from([0, 0, 2, 7]),
    tolerance_percent=st.sampled_from([0, 0, 5]),
    window_days=st.sampled_from([None, None, 30]),
)
AMOUNTS = st.lists(
    st.integers(-15, 40).filter(bool) | st.integers(1, 8).map(lambda n: n * 10), max_size=8
)
