"""Scores: every edge, every refusal, and what other scorecards get wrong."""

import copy
import doctest
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from s2b2b_supplier.tools import exact, scoring
from s2b2b_supplier.tools.scoring import Criterion, Measure, Scheme, score


def one(value, target, floor, **options):
    """The score of a single measured value."""
    options.setdefault("higher_is_better", target >= floor)
    criterion = Criterion("k", 1, target, floor, **options)
    return score([Measure("k", value, 1, 10)], [criterion]).value


@pytest.mark.parametrize(
    ("value", "target", "floor", "expected"),
    [
        ("0.95", 0.95, 0.75, 100),
        ("0.949999999", 0.95, 0.75, 99.9999995),
        ("0.85", 0.95, 0.75, 50),
        ("0.75", 0.95, 0.75, 0),
        ("0.7", 0.95, 0.75, 0),
        ("2", 0.95, 0.75, 100),
        ("0.951", 0.95, 0.75, 100),
        ("0.749", 0.95, 0.75, 0),
        ("0.01", 0.01, 0.05, 100),
        ("0.03", 0.01, 0.05, 50),
        ("0.05", 0.01, 0.05, 0),
        ("0", 0.01, 0.05, 100),
        ("-3", -2, -6, 75),
        ("0", 0, -1, 100),
        ("0.333333333333", 1, 0, 33.3333333333),
    ],
)
def test_points_are_linear_between_floor_and_target_and_never_outside(
    value, target, floor, expected
):
    assert one(Decimal(value), target, floor) == expected
    assert one(float(value), Decimal(str(target)), floor) == expected


@pytest.mark.parametrize(
    ("value", "upwards", "expected"),
    [(2, True, 100), (3, True, 100), (1.99, True, 0), (2, False, 100), (2.01, False, 0)],
)
def test_equal_target_and_floor_is_passed_at_the_target_or_failed(value, upwards, expected):
    assert one(value, 2, 2, higher_is_better=upwards) == expected


@pytest.mark.parametrize("noise", [0.1 + 0.2, 0.3, Decimal("0.3"), Fraction(3, 10)])
def test_binary_noise_does_not_cost_the_edge_of_a_grade(noise):
    assert one(noise, 0.375, 0) == 80


@pytest.mark.parametrize(
    ("numerator", "denominator", "sample", "minimum", "code"),
    [
        (0, 0, 0, 0, "no_data"),
        (5, 0, 3, 0, "no_data"),
        (5, -1, 3, 0, "no_data"),
        (None, 10, 10, 0, "no_data"),
        (10, None, 10, 0, "no_data"),
        (9, 10, 4, 5, "small_sample"),
        (9, 10, None, 1, "small_sample"),
        (9, 10, 5, 5, "scored"),
        (9, 10, None, 0, "scored"),
        (0, 10, 10, 5, "scored"),
    ],
)
def test_what_has_no_data_or_too_few_is_not_rated(numerator, denominator, sample, minimum, code):
    criterion = Criterion("k", 1, 1, 0, minimum)
    result = score([Measure("k", numerator, denominator, sample)], [criterion])
    (line,) = result.lines
    assert line.reason.code == code
    assert line.rated is (code == "scored")
    assert (result.value is None) is (line.score is None) is (not line.rated)


def test_no_minimum_is_asked_unless_it_is_set():
    measures = [Measure("k", 9, 10, None)]
    assert score(measures, [Criterion("k", 1, 1, 0)]).value == 90
    (line,) = score(measures, [Criterion("k", 1, 1, 0, 1)]).lines
    assert line.reason == "Not rated: a sample of 0 where at least 1 is needed."


def test_small_sample_says_how_many_and_how_many_are_needed():
    (line,) = score([Measure("k", 3, 4, 4)], [Criterion("k", 1, 1, 0, 5)]).lines
    assert line.reason == "Not rated: a sample of 4 where at least 5 is needed."
    assert (line.reason.params["sample"], line.reason.params["minimum"]) == (4, 5)
    assert (line.value, line.share) == (0.75, 0)


@pytest.mark.parametrize(
    ("numerator", "denominator", "sample", "minimum", "expected"),
    [
        (10, 10, 10, 10, 90),  # (10 + 10·0.8) / 20
        (30, 30, 30, 10, 95),  # (30 + 10·0.8) / 40
        (1, 1, 1, 0, 90),  # (1 + 1·0.8) / 2: the least that is listened to is one
        (5000, 10_000, 2, 2, 65),  # two lines of 5,000 pieces are two observations
    ],
)
def test_small_sample_is_shrunk_to_the_prior(numerator, denominator, sample, minimum, expected):
    criterion = Criterion("k", 1, 1, 0, minimum, prior=0.8)
    (line,) = score([Measure("k", numerator, denominator, sample)], [criterion]).lines
    assert line.score == expected
    assert line.value == numerator / denominator
    assert line.reason.code == "shrunk"
    assert line.reason.params["adjusted"] * 100 == pytest.approx(expected)


def test_lowest_total_is_the_shortest_stave():
    measures = [Measure("a", 9, 10, 10), Measure("b", 4, 10, 10), Measure("c", 0, 0, 0)]
    criteria = [Criterion(key, weight, 1, 0) for key, weight in (("a", 98), ("b", 1), ("c", 1))]
    assert score(measures, criteria, total="lowest").value == 40
    assert score(measures, criteria).value == 89.4949494949


def test_criterion_without_measure_is_not_rated_and_measure_without_criterion_is_left_out():
    result = score([Measure("a", 1, 2, 9), Measure("x", 0, 1, 9)],
                   [Criterion("a", 1, 1, 0), Criterion("b", 1, 1, 0)])  # fmt: skip
    assert [(line.key, line.score) for line in result.lines] == [("a", 50), ("b", None)]
    assert result.value == 50


def test_lines_come_heaviest_first_then_by_key():
    criteria = [Criterion(key, weight, 1, 0) for key, weight in ((2, 1), ("b", 1.5), ("a", 1))]
    assert [line.key for line in score([], criteria).lines] == ["b", 2, "a"]


def test_no_criteria_give_no_score():
    assert score([Measure("a", 1, 1, 1)], []) == scoring.Score(None, ())


def one_criterion(**changes):
    return {"key": "k", "weight": 1, "target": 1, "floor": 0, **changes}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weight": 0}, "the weight must be above 0, not 0"),
        ({"weight": -1}, "the weight must be above 0, not -1"),
        ({"weight": float("nan")}, "not a finite number"),
        ({"weight": float("inf")}, "not a finite number"),
        ({"target": None}, "None is not a finite number"),
        ({"floor": Decimal("Infinity")}, "not a finite number"),
        ({"prior": Decimal("NaN")}, "not a finite number"),
        ({"minimum_sample": -1}, "a sample cannot be -1"),
        ({"target": 0, "floor": 1}, "the target 0 is on the wrong side of the floor 1"),
        ({"higher_is_better": False}, "the target 1 is on the wrong side of the floor 0"),
    ],
)
def test_criterion_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        score([], [Criterion(**one_criterion(**changes))])


@pytest.mark.parametrize(
    ("measure", "message"),
    [
        (Measure("k", float("nan"), 1, 1), "NaN is not a finite number"),
        (Measure("k", 1, float("inf"), 1), "not a finite number"),
        (Measure("k", Decimal("-Infinity"), 1, 1), "not a finite number"),
        (Measure("k", 1, 1, -1), "a sample cannot be -1"),
    ],
)
def test_measure_that_makes_no_sense_is_refused(measure, message):
    with pytest.raises(ValueError, match=message):
        score([measure], [Criterion("k", 1, 1, 0)])


def test_key_that_comes_twice_is_refused():
    criterion, measure = Criterion("k", 1, 1, 0), Measure("k", 1, 1, 1)
    with pytest.raises(ValueError, match="two of 'k'"):
        score([measure], [criterion, criterion])
    with pytest.raises(ValueError, match="two of 'k'"):
        score([measure, measure], [criterion])


def test_unknown_total_is_refused_by_code():
    with pytest.raises(ValueError, match="'weighted' or 'lowest', not 'median'") as refusal:
        score([], [], total="median")
    assert refusal.value.args[0].code == "unknown_total"


def test_nothing_delivered_yet_is_not_a_hundred_nor_a_negative_rate():
    """ERPNext gives 100 points without data, core's on-time rate gives -1."""
    criteria = [Criterion("on_time", 60, 0.95, 0.7), Criterion("quality", 40, 0.99, 0.9)]
    assert score([], criteria).value is None
    assert score([Measure("on_time", 0, 0, 0)], criteria).value is None


def test_late_supplier_without_a_single_delivery_has_nothing():
    """Core leaves out lines with nothing received; ten due and none come are ten late."""
    assert score([Measure("on_time", 0, 10, 10)], [Criterion("on_time", 1, 0.95, 0.7)]).value == 0


def test_more_than_all_on_time_is_no_more_than_a_hundred():
    """Core's rate reached 200 %."""
    assert score([Measure("on_time", 20, 10, 10)], [Criterion("on_time", 1, 1, 0)]).value == 100


def test_eight_of_ten_and_one_empty_measure_do_not_break_the_period():
    """In ERPNext one division by zero breaks all criteria of the period."""
    measures = [Measure("on_time", 8, 10, 2), Measure("response", 12, 0, 0)]
    criteria = [Criterion("on_time", 30, 1, 0), Criterion("response", 70, 4, 48, 0, False)]
    assert score(measures, criteria).value == 80


def test_weights_need_not_make_a_hundred():
    """ERPNext's mean of 80 and 60 under its weights of the two last periods is 70.4."""
    measures = [Measure("newest", 80, 100, 1), Measure("before", 60, 100, 1)]
    criteria = [Criterion("newest", 13, 1, 0), Criterion("before", 12, 1, 0)]
    assert score(measures, criteria).value == 70.4


def test_reasons_are_text_that_keeps_its_code_through_copies():
    (line,) = score([Measure("k", 9, 12, 12)], [Criterion("k", 1, 0.95, 0.7)]).lines
    assert line.reason == "0.75; target 0.95, floor 0.7."
    for twin in (copy.deepcopy(line.reason), pickle.loads(pickle.dumps(line.reason))):
        assert twin == line.reason
        assert (twin.code, twin.params) == (line.reason.code, line.reason.params)
    assert line.params["target"] == 0.95


def test_one_scheme_scores_many_suppliers():
    scheme = Scheme([Criterion("k", 1, 1, 0)])
    assert [score([Measure("k", n, 4, 4)], scheme).value for n in range(5)] == [0, 25, 50, 75, 100]


@pytest.mark.parametrize("module", [scoring, exact])
def test_examples_of_the_documentation_hold(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed
