"""Bands: one for each score, whatever their order, and nothing that has a hole in it."""

import doctest
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from s2b2b_supplier.tools import banding
from s2b2b_supplier.tools.banding import Band, band_for, check_bands


@st.composite
def valid_bands(draw):
    """Bands that cover 0 to 100, in any order, cut at whole hundredths."""
    cuts = draw(st.lists(st.integers(1, 9_999), unique=True, max_size=6))
    edges = [0, *sorted(cuts), 10_000]
    bands = [
        Band(f"band {place}", draw(bound(low)), draw(bound(high)))
        for place, (low, high) in enumerate(zip(edges, edges[1:], strict=False))
    ]
    return draw(st.permutations(bands))


def bound(hundredths):
    """The same bound as an int (if it is one), float, Decimal or Fraction."""
    forms = [hundredths / 100, Decimal(hundredths) / 100, Fraction(hundredths, 100)]
    return st.sampled_from([*forms, hundredths // 100] if hundredths % 100 == 0 else forms)


scores = st.floats(0, 100) | st.integers(0, 100) | st.integers(0, 10_000).map(lambda n: n / 100)


def holders(value, bands):
    """The definition: half-open, the one that ends at 100 closed."""
    return [
        b for b in bands
        if float(b.low) <= value < float(b.high) or value == float(b.high) == 100
    ]  # fmt: skip


@given(valid_bands(), scores)
def test_every_score_has_exactly_one_band(bands, value):
    check_bands(bands)
    assert [band_for(value, bands)] == holders(value, bands)


@given(valid_bands(), scores, st.randoms())
def test_order_of_bands_changes_nothing(bands, value, random):
    before = band_for(value, bands)
    random.shuffle(bands)
    check_bands(iter(bands))
    assert band_for(value, iter(bands)) == before


@given(valid_bands())
def test_each_bound_belongs_to_the_band_that_begins_there(bands):
    for band in bands:
        assert band_for(band.low, bands) == band
        below = math.nextafter(float(band.high), -math.inf)
        assert band_for(below, bands) == band
    top = max(bands, key=lambda band: band.high)
    assert band_for(100, bands) == top


@given(valid_bands(), scores, scores)
def test_better_score_never_has_a_lower_band(bands, one, other):
    low, high = sorted((one, other))
    assert band_for(low, bands).low <= band_for(high, bands).low


@given(valid_bands(), st.data())
def test_any_band_taken_away_is_missed(bands, data):
    bands.remove(data.draw(st.sampled_from(bands)))
    with pytest.raises(ValueError, match="There are no bands|must begin|must end|No band covers"):
        check_bands(bands)


@given(valid_bands(), st.data(), st.floats(-150, 150, allow_nan=False))
def test_any_bound_that_is_moved_is_noticed(bands, data, moved):
    band = data.draw(st.sampled_from(bands))
    end = data.draw(st.sampled_from(["low", "high"]))
    assume(moved != float(getattr(band, end)))
    bounds = {"low": band.low, "high": band.high, end: moved}
    bands[bands.index(band)] = Band(band.key, **bounds)
    with pytest.raises(ValueError, match="[Bb]and"):
        check_bands(bands)


@given(valid_bands(), st.data())
def test_any_band_given_twice_is_noticed(bands, data):
    band = data.draw(st.sampled_from(bands))
    with pytest.raises(ValueError, match="There are two bands"):
        check_bands([*bands, band])
    with pytest.raises(ValueError, match="both cover"):
        check_bands([*bands, Band("twin", band.low, band.high)])


NOTHING_BELOW_30 = [Band("C", 30, 60), Band("A", 60, 100)]


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ([], "There are no bands"),
        (NOTHING_BELOW_30, "must begin at 0, but the lowest, 'C', begins at 30"),
        ([Band("A", 0, 99)], "must end at 100, but the highest, 'A', ends at 99"),
        ([Band("A", -1, 100)], "must begin at 0, but the lowest, 'A', begins at -1"),
        ([Band("A", 0, 100.5)], "must end at 100, but the highest, 'A', ends at 100.5"),
        ([Band("A", 80, 100), Band("B", 0, 75)], "No band covers 75 to 80, between 'B' and 'A'"),
        ([Band("A", 70, 100), Band("B", 0, 75)], "Bands 'B' and 'A' both cover 70 to 75"),
        ([Band("A", 0, 100), Band("B", 20, 50)], "Bands 'A' and 'B' both cover 20 to 50"),
        ([Band("A", 50, 100), Band("A", 0, 50)], "two bands 'A'"),
        ([Band("A", 0, 100), Band("B", 50, 50)], "Band 'B' is empty: it begins and ends at 50"),
        ([Band("A", 0, 100), Band("B", 60, 50)], "Band 'B' is upside down: 60 is above 50"),
        ([Band("A", 0, math.inf)], "'A' must lie between two finite numbers, not 0 and inf"),
        ([Band("A", math.nan, 100)], "'A' must lie between two finite numbers, not nan and 100"),
        ([Band("A", 0, Decimal("NaN"))], "two finite numbers"),
        ([Band("A", None, 100)], "two finite numbers, not None and 100"),
    ],
)
def test_bands_that_do_not_cover_0_to_100_once_are_refused(bands, message):
    for order in (bands, bands[::-1]):
        with pytest.raises(ValueError, match=message) as refusal:
            check_bands(tuple(order))
        assert refusal.value.args[0].code in banding.ERRORS


ERPNEXT = [
    Band("Very Poor", 0, 30),
    Band("Poor", 30, 50),
    Band("Average", 50, 80),
    Band("Excellent", 80, 100),
]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "Very Poor"),
        (-0.0, "Very Poor"),
        (29.9999999999, "Very Poor"),
        (30, "Poor"),
        (30.0, "Poor"),
        (Decimal("49.99"), "Poor"),
        (50, "Average"),
        (Fraction(239, 3), "Average"),
        (80, "Excellent"),
        (100, "Excellent"),
        (Decimal("100.00"), "Excellent"),
    ],
)
def test_score_at_an_edge_falls_where_it_should(value, expected):
    """In ERPNext's own standings exactly 100 falls in none: its upper end is left out."""
    check_bands(ERPNEXT)
    assert band_for(value, ERPNEXT).key == expected


@pytest.mark.parametrize("value", [None, -0.01, 100.01, -math.inf, math.inf, math.nan])
def test_not_rated_or_outside_has_no_band(value):
    assert band_for(value, ERPNEXT) is None


def test_no_bands_have_no_band():
    assert band_for(50, []) is None


def test_bound_and_score_written_in_different_types_meet():
    bands = [Band("A", Decimal("80.1"), 100), Band("B", 0, 80.1)]
    check_bands(bands)
    assert band_for(80.1, bands).key == band_for(Decimal("80.1"), bands).key == "A"


def test_examples_of_the_documentation_hold():
    result = doctest.testmod(banding)
    assert result.attempted and not result.failed
