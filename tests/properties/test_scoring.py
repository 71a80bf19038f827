"""Scores: an independent reckoning in fractions, and the laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from s2b2b_supplier.tools.exact import exact
from s2b2b_supplier.tools.scoring import REASONS, Criterion, Measure, Scheme, score

KEYS = ("on_time", "in_full", "otif", "quality", "response", "price", 7)
EXACTLY = 1e-9

hundredths = st.integers(0, 500).map(lambda n: Fraction(n, 100))
as_written = st.sampled_from([Fraction, float, lambda n: Decimal(n.numerator) / n.denominator])


@st.composite
def criteria_of(draw, keys=KEYS, numbers=as_written):
    criteria = []
    for key in draw(st.lists(st.sampled_from(keys), unique=True, max_size=len(keys))):
        low, high = sorted((draw(hundredths), draw(hundredths)))
        written, upwards = draw(numbers), draw(st.booleans())
        target, floor = (high, low) if upwards else (low, high)
        weight = draw(st.integers(1, 10_000).map(lambda n: Fraction(n, 100)))
        prior = draw(st.none() | hundredths)
        criteria.append(
            Criterion(
                key,
                written(weight),
                written(target),
                written(floor),
                draw(st.integers(0, 20)),
                upwards,
                None if prior is None else written(prior),
            )
        )
    return criteria


@st.composite
def measures_of(draw, keys=KEYS):
    return [
        Measure(
            key,
            draw(st.none() | st.integers(-50, 5000) | hundredths),
            draw(st.none() | st.integers(-5, 1000) | hundredths),
            draw(st.none() | st.integers(0, 60)),
        )
        for key in draw(st.lists(st.sampled_from(keys), unique=True, max_size=len(keys)))
    ]


def reckoned(measure, criterion):
    """The definition in the design, word by word, in fractions; None if not rated."""
    if measure is None or measure.numerator is None or not (measure.denominator or 0) > 0:
        return None
    sample = measure.sample or 0
    if sample < criterion.minimum_sample:
        return None
    value = Fraction(measure.numerator) / Fraction(measure.denominator)
    target, floor = Fraction(str(criterion.target)), Fraction(str(criterion.floor))
    if criterion.prior is not None:
        strength = max(criterion.minimum_sample, 1)
        value = (sample * value + strength * Fraction(str(criterion.prior))) / (sample + strength)
    if target == floor:
        reached = value >= target if criterion.higher_is_better else value <= target
        return Fraction(100 * reached)
    return min(max((value - floor) / (target - floor), 0), 1) * 100


def scored(measures, criteria, total="weighted"):
    """``{key: line}`` and the value."""
    result = score(measures, criteria, total=total)
    return {line.key: line for line in result.lines}, result.value


@given(measures_of(), criteria_of())
def test_score_is_what_fractions_give(measures, criteria):
    found = {measure.key: measure for measure in measures}
    lines, value = scored(measures, criteria)
    assert lines.keys() == {criterion.key for criterion in criteria}
    total = carried = Fraction(0)
    for criterion in criteria:
        expected, line = reckoned(found.get(criterion.key), criterion), lines[criterion.key]
        assert line.rated is (expected is not None) is (line.score is not None)
        assert line.weight == criterion.weight
        assert str(line.reason) and line.reason.code in REASONS
        if expected is not None:
            assert abs(line.score - expected) <= EXACTLY
            total += expected * Fraction(str(criterion.weight))
            carried += Fraction(str(criterion.weight))
    assert value is None if not carried else abs(value - total / carried) <= EXACTLY


@given(measures_of(), criteria_of(), st.sampled_from(["weighted", "lowest"]), st.randoms())
def test_order_of_measures_and_criteria_changes_nothing(measures, criteria, total, random):
    before = score(measures, criteria, total=total)
    random.shuffle(measures)
    random.shuffle(criteria)
    assert score(iter(measures), iter(criteria), total=total) == before
    assert score(measures, Scheme(criteria), total=total) == before


@given(measures_of(), criteria_of())
def test_total_lies_between_the_lowest_and_the_highest_line(measures, criteria):
    lines, weighted = scored(measures, criteria)
    _lines, lowest = scored(measures, criteria, "lowest")
    rated = [line.score for line in lines.values() if line.rated]
    if not rated:
        assert weighted is lowest is None
    else:
        assert 0 <= min(rated) == lowest <= weighted <= max(rated) <= 100


@given(measures_of(), criteria_of(), st.integers(1, 50), st.integers(1, 50))
def test_scaling_all_weights_changes_nothing(measures, criteria, up, down):
    scaled = [
        Criterion(c.key, exact(c.weight) * Fraction(up, down), c.target, c.floor,
                  c.minimum_sample, c.higher_is_better, c.prior)
        for c in criteria
    ]  # fmt: skip
    assert score(measures, scaled).value == score(measures, criteria).value


@given(measures_of(), criteria_of())
def test_weight_of_what_is_not_rated_is_shared_out_in_proportion(measures, criteria):
    lines, value = scored(measures, criteria)
    rated = [criterion for criterion in criteria if lines[criterion.key].rated]
    assert score(measures, rated).value == value
    shares = {key: line.share for key, line in lines.items()}
    assert sum(shares.values()) == pytest.approx(1 if rated else 0)
    for one in criteria:
        assert (shares[one.key] > 0) is lines[one.key].rated
        for other in rated:
            if lines[one.key].rated:
                ratio = Fraction(str(one.weight)) / Fraction(str(other.weight))
                assert shares[one.key] / shares[other.key] == pytest.approx(float(ratio))


@given(measures_of(), criteria_of(), st.integers(1, 500), st.sampled_from(["weighted", "lowest"]))
def test_more_in_the_numerator_never_makes_it_worse(measures, criteria, more, total):
    known = [measure for measure in measures if measure.numerator is not None]
    assume(known)
    ups = [c.key for c in criteria if c.higher_is_better]
    better = [
        Measure(m.key, m.numerator + (more if m.key in ups else -more), m.denominator, m.sample)
        for m in known
    ]
    before, after = score(known, criteria, total=total), score(better, criteria, total=total)
    assert (after.value is None) is (before.value is None)
    assert before.value is None or after.value >= before.value


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 20), hundredths)
def test_shrunk_value_moves_from_the_prior_to_the_measured_as_the_sample_grows(
    sample, more, minimum, prior
):
    criterion = Criterion("quality", 1, 5, 0, minimum, True, prior)
    small, large, whole = (
        score([Measure("quality", 3, 1, size)], [criterion]).value
        for size in (minimum + sample, minimum + sample + more, 10**12)
    )
    assert abs(large - 60) <= abs(small - 60) <= abs(float(prior) * 20 - 60) + EXACTLY
    assert whole == pytest.approx(60)
    assert (large - 60) * (float(prior) * 20 - 60) >= 0
