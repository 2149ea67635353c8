"""The measures of reliability, by hand and over any forecasts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.confidence.estimation import Forecast
from tests.confidence.judgement import Outcome
from tests.confidence.reliability import EDGES, bins, cuts, interval, scores

STATED = st.integers(1, 99).map(lambda percent: percent / 100)
ROUNDING = 1e-9  # of a mean of equal floats
FORECASTS = st.lists(st.tuples(STATED, st.booleans()), min_size=1, max_size=60)


def forecasts(*pairs):
    return [Forecast(stated, Outcome("a", False, (), right)) for stated, right in pairs]


def test_scores_by_hand():
    """Brier score, log loss, calibration error and both means of three forecasts."""
    found = scores(forecasts((0.72, True), (0.72, False), (0.2, False)))
    assert found.brier == pytest.approx((0.28**2 + 0.72**2 + 0.2**2) / 3)
    assert found.log_loss == pytest.approx(-(math.log(0.72) + math.log(0.28) + math.log(0.8)) / 3)
    assert found.calibration_error == pytest.approx((abs(1.44 - 1) + 0.2) / 3)
    assert (found.stated, found.observed) == (pytest.approx(1.64 / 3), pytest.approx(1 / 3))


def test_what_holds_has_no_calibration_error():
    """Three of four right, at 0.75: nothing to correct; at 0.9 something."""
    right = (True, True, True, False)
    assert scores(forecasts(*((0.75, one) for one in right))).calibration_error == 0
    assert scores(forecasts(*((0.9, one) for one in right))).calibration_error == pytest.approx(0.15)


@given(FORECASTS)
def test_every_forecast_lies_in_one_bin(pairs):
    """The bins hold all forecasts and all right ones, and state what lies between their edges."""
    found = bins(forecasts(*pairs))
    assert sum(part.of for part in found) == len(pairs)
    assert sum(part.right for part in found) == sum(right for _, right in pairs)
    assert all(part.low - ROUNDING <= part.stated <= part.high + ROUNDING and part.of for part in found)
    assert [part.low for part in found] == sorted({max(edge for edge in EDGES if edge <= stated) for stated, _ in pairs})


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_interval(right, of, low, high):
    """Wilson's interval, against published values."""
    assert interval(right, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_cuts_by_hand():
    """A threshold keeps what is stated as high or higher; precision is of what is kept, recall of what was wanted."""
    first, second = cuts(forecasts((0.9, True), (0.9, True), (0.2, True), (0.2, False)), wanted=6)
    assert (first.threshold, first.right, first.kept, first.answered, first.wanted) == (0.0, 3, 4, 4, 6)
    assert (second.threshold, second.right, second.kept) == (0.4, 2, 2)


@given(FORECASTS)
def test_cuts_drop_more_and_more(pairs):
    """The first cut drops nothing, each further one something, and none drops all."""
    kept = [cut.kept for cut in cuts(forecasts(*pairs), wanted=10)]
    assert kept[0] == len(pairs)
    assert kept == sorted(set(kept), reverse=True)
    assert kept[-1] > 0
