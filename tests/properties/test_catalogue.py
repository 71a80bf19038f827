"""A supplier's file: each row is taken or has its fault, and nothing happens twice."""

import doctest
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools import catalogue, catalogue_plan
from s2b2b_supplier.tools.catalogue import Fault, Line
from s2b2b_supplier.tools.catalogue_plan import plan, waits_for
from s2b2b_supplier.tools.catalogue_world import (
    Approval,
    Change,
    Offer,
    Product,
    Report,
    Stock,
    Terms,
    World,
)

APRON = "9780201379624"
NOW = datetime(2026, 3, 2, 12)
TERMS = Terms(Decimal(10), Decimal(0), 3, "EUR", "unit", "A1")


def world(**changes):
    values = {
        "offers": [Offer(1, "jam", TERMS)],
        "products": [
            Product("jam", "unit", "count", "5012345678900", "JAM"),
            Product("tea", "kg", "weight", "4006381333931", "TEA"),
            Product("apron", "unit", "count", APRON, "APR", stocked=False),
        ],
        "currency": "EUR",
        "currencies": {"EUR": "EUR", "USD": "USD"},
        "units": {"unit": [("unit", "count")], "kg": [("kg", "weight")], "box": [("box", "count")]},
    }
    return World(**{**values, **changes})


def line(row=2, **values):
    figures = {n: Decimal(values.pop(n)) for n in list(values) if n in FIGURES}
    return Line(row, figures=figures, **values)


FIGURES = ("price", "min_qty", "delay", "available_qty", "daily_capacity")


AT_ONCE = Approval()


def decide(*lines, approval=AT_ONCE, repeated=False, **changes):
    return plan(lines, world(**changes), approval, now=NOW, repeated=repeated)


@pytest.mark.parametrize("module", [catalogue, catalogue_plan], ids=lambda m: m.__name__)
def test_examples_in_the_docstrings_hold(module):
    assert not doctest.testmod(module).failed


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"offer": 9}, ("offer", "unknown_offer")),
        ({"supplier_code": "B9", "price": 1}, ("supplier_code", "unknown")),
        ({"our_code": "TEA", "price": 1}, ("our_code", "unknown")),
        ({"supplier_code": "A1", "barcode": "4006381333931"}, ("supplier_code", "ambiguous")),
        ({"barcode": "4006381333931"}, ("price", "required")),
        ({"barcode": "4006381333931", "available_qty": 5}, ("price", "required")),
        ({"supplier_code": "A1", "min_qty": 50}, ("price", "required")),
        ({"supplier_code": "A1", "price": 1, "currency": "XXX"}, ("currency", "currency")),
        ({"supplier_code": "A1", "price": 1, "unit": "kg"}, ("unit", "unit")),
        ({"barcode": APRON, "price": 1, "available_qty": 1}, ("available_qty", "variants")),
        ({"offer": 1, "available_qty": 1, "as_of": NOW + timedelta(1)}, ("as_of", "future")),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_has_its_fault_and_changes_nothing(row, fault):
    answer = decide(line(**row))
    assert [(f.column, f.code) for f in answer.faults] == [fault]
    assert not answer.changes and not answer.reports and not answer.unchanged


def test_our_codes_of_products_that_are_not_offered_are_not_told():
    assert decide(line(our_code="TEA", price=1)).faults == [Fault(2, "our_code", "unknown", "TEA")]


def test_a_known_offer_changes_and_what_is_not_given_stays():
    change = decide(line(supplier_code="A1", price="12.5")).changes[0]
    assert change == Change(
        2, 1, "jam", TERMS, Terms(Decimal("12.5"), *list(vars(TERMS).values())[1:])
    )


def test_a_new_break_takes_over_what_it_does_not_say():
    change = decide(line(supplier_code="A1", min_qty=50, price=9)).changes[0]
    assert (change.offer, change.after) == (
        None,
        Terms(Decimal(9), Decimal(50), 3, "EUR", "unit", "A1"),
    )


def test_an_offer_number_may_change_the_minimum_and_the_code():
    change = decide(line(offer=1, supplier_code="A2", min_qty=5)).changes[0]
    assert change.offer == 1 and change.after.min_qty == 5 and change.after.supplier_code == "A2"


def test_several_breaks_need_the_minimum_to_say_which():
    offers = [
        Offer(1, "jam", TERMS),
        Offer(2, "jam", Terms(Decimal(9), Decimal(50), 3, "EUR", "unit", "A1")),
    ]
    assert decide(line(supplier_code="A1", price=8), offers=offers).faults[0].code == "which"
    assert not decide(line(supplier_code="A1", available_qty=8), offers=offers).faults
    moved = decide(line(offer=2, min_qty=0), offers=offers)
    assert moved.faults == [Fault(2, "min_qty", "duplicate", "0")]


def test_two_rows_for_one_offer_are_not_both_taken():
    answer = decide(line(2, supplier_code="A1", price=8), line(3, barcode="5012345678900", price=7))
    assert [c.row for c in answer.changes] == [2]
    assert answer.faults == [Fault(3, "min_qty", "duplicate", "0")]


def test_two_rows_with_another_stock_for_one_product_are_not_both_taken():
    rows = (
        line(2, supplier_code="A1", min_qty=5, price=8, available_qty=5),
        line(3, supplier_code="A1", min_qty=9, price=7, available_qty=6),
    )
    answer = decide(*rows)
    assert answer.reports == [Report(2, "jam", Decimal(5))]
    assert [f.code for f in answer.faults] == ["stock_differs"]


@pytest.mark.parametrize(
    ("after", "approval", "expected"),
    [
        ({"price": 11}, {}, ""),
        ({"price": 11}, {"price": True}, "price"),
        ({"price": 11}, {"price": True, "price_percent": Decimal(10)}, ""),
        ({"price": "11.01"}, {"price": True, "price_percent": Decimal(10)}, "price"),
        ({"price": 9}, {"price": True}, ""),
        ({"price": 9, "currency": "USD"}, {"price": True}, "price"),
        ({"price": 9, "unit": "box"}, {"price": True}, "price"),
        ({"delay": 4}, {"terms": True}, "terms"),
        ({"min_qty": 1}, {"terms": True}, "terms"),
        ({"delay": 2}, {"terms": True, "price": True, "new": True}, ""),
    ],
)  # fmt: skip
def test_what_waits_is_what_the_company_asked_for(after, approval, expected):
    given_ = {
        **vars(TERMS),
        **{n: v if n in ("currency", "unit") else Decimal(v) for n, v in after.items()},
    }
    assert waits_for(TERMS, Terms(**given_), Approval(**approval)) == expected


def test_new_offers_wait_only_where_asked():
    row = line(barcode="4006381333931", price=5)
    assert decide(row).changes[0].waits == ""
    assert decide(row, approval=Approval(new=True)).changes[0].waits == "new"


def test_what_waits_already_is_not_asked_twice_and_may_be_taken_back():
    dearer = Terms(Decimal(12), *list(vars(TERMS).values())[1:])
    strict = {"approval": Approval(price=True), "pending": {1: dearer}}
    assert decide(line(offer=1, price=12), **strict).unchanged == 1
    assert decide(line(offer=1, price=13), **strict).withdrawn == [1]
    back = decide(line(offer=1, price=10), **strict)
    assert back.withdrawn == [1] and not back.changes


def stock(hours=0, quantity=5):
    return {"jam": Stock(Decimal(quantity), Decimal(0), "free", NOW - timedelta(hours=hours))}


def test_a_figure_with_its_moment_never_overwrites_a_newer_one():
    old = line(offer=1, available_qty=9, as_of=NOW - timedelta(hours=3))
    assert decide(old, stocks=stock(1)).faults[0].code == "outdated"
    assert decide(old, stocks=stock(5)).reports == [
        Report(2, "jam", Decimal(9), None, "", old.as_of)
    ]


def test_an_export_sent_back_changes_no_stock_and_an_edited_figure_is_of_now():
    moment = NOW - timedelta(hours=3)
    assert decide(line(offer=1, available_qty=5, as_of=moment), stocks=stock(3)).unchanged == 1
    edited = decide(line(offer=1, available_qty=7, as_of=moment), stocks=stock(3))
    assert edited.reports == [Report(2, "jam", Decimal(7))]


def test_stock_without_a_moment_is_of_now_but_not_for_a_repeated_file():
    row = line(offer=1, available_qty=5)
    assert decide(row, stocks=stock(48)).reports == [Report(2, "jam", Decimal(5))]
    assert decide(row, stocks=stock(48), repeated=True).unchanged == 1


codes = st.sampled_from(["A1", "JAM", "B9", ""])
lines = st.builds(
    lambda row, code, barcode, figures: Line(
        row, supplier_code=code, barcode=barcode, figures=figures
    ),
    st.integers(2, 99),
    codes,
    st.sampled_from(["5012345678900", "4006381333931", APRON]),
    st.dictionaries(st.sampled_from(FIGURES), st.integers(1, 9).map(Decimal)),
)


@given(st.lists(lines, max_size=8, unique_by=lambda x: x.row), st.booleans())
def test_every_row_is_changed_reported_unchanged_or_at_fault(rows, strict):
    answer = decide(*rows, approval=Approval(strict, strict, terms=strict))
    acted = {x.row for x in [*answer.changes, *answer.reports]}
    assert len(acted) + answer.unchanged + len(answer.faults) == len(rows)
    assert not acted & {f.row for f in answer.faults}


@given(st.lists(lines, max_size=8, unique_by=lambda x: x.row))
def test_the_same_rows_on_what_they_have_made_change_nothing(rows):
    first = decide(*rows)
    offers = {o.key: o for o in world().offers}
    for number, change in enumerate(first.changes):
        key = change.offer or 100 + number
        offers[key] = Offer(key, change.product, change.after)
    good = [r for r in rows if r.row not in {f.row for f in first.faults}]
    again = decide(*good, offers=list(offers.values()), repeated=True)
    assert not again.changes and not again.reports
