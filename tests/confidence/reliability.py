"""Whether stated confidence holds: how far forecasts lie from outcomes, and what precision and recall a threshold leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist, fmean

from tests.confidence.estimation import Forecast

EDGES = (0.0, 0.4, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0)
"""Between which stated confidences are counted together; closer where the most lie."""
_NORMAL = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Scores:
    """Proper scores of forecasts (lower is better), the calibration error over `EDGES`, and what was stated and observed on the whole."""

    brier: float
    log_loss: float
    calibration_error: float
    stated: float
    observed: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The forecasts between two edges: what they state on average, and how many were right of how many."""

    low: float
    high: float
    stated: float
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left when everything below a threshold is dropped: so many right of so many kept, of all that were answered and wanted."""

    threshold: float
    right: int
    kept: int
    answered: int
    wanted: int


def scores(forecasts: Sequence[Forecast]) -> Scores:
    """Return the scores of forecasts, one at least."""
    pairs = [(forecast.stated, forecast.outcome.right) for forecast in forecasts]
    return Scores(
        brier=fmean((stated - right) ** 2 for stated, right in pairs),
        log_loss=fmean(-math.log(stated if right else 1 - stated) for stated, right in pairs),
        calibration_error=sum(abs(part.stated * part.of - part.right) for part in bins(forecasts)) / len(pairs),
        stated=fmean(stated for stated, _ in pairs),
        observed=fmean(right for _, right in pairs),
    )


def bins(forecasts: Sequence[Forecast]) -> list[Bin]:
    """Return the bins that hold forecasts, the lowest first; an edge belongs to the bin above it."""
    found: list[Bin] = []
    for low, high in pairwise(EDGES):
        within = [forecast for forecast in forecasts if low <= forecast.stated < high]
        if within:
            right = sum(forecast.outcome.right for forecast in within)
            found.append(Bin(low, high, fmean(forecast.stated for forecast in within), right, len(within)))
    return found


def interval(right: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; cases of one article resemble each other, so the truth is somewhat wider."""
    share, squared = right / of, _NORMAL**2
    middle, scale = (share + squared / (2 * of)), 1 + squared / of
    reach = _NORMAL * math.sqrt(share * (1 - share) / of + squared / (4 * of * of))
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def cuts(forecasts: Sequence[Forecast], wanted: int) -> list[Cut]:
    """Return what each threshold leaves, those that drop something and keep something, after the one that drops nothing."""
    found: list[Cut] = []
    for threshold in EDGES:
        kept = [forecast for forecast in forecasts if forecast.stated >= threshold]
        if kept and (not found or len(kept) < found[-1].kept):
            found.append(Cut(threshold, sum(forecast.outcome.right for forecast in kept), len(kept), len(forecasts), wanted))
    return found
