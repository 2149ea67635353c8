"""From outcomes to a figure for every class: counts, pulled towards the broader class around them, and set to the level of unread articles.

A class of few cases says little by itself. Were each class's precision drawn around its parent's, k strong, its figure would be
(right + k · parent) / (of + k): k cases of the parent's kind stand beside its own. No k is known, so the figure is the mean over all of them,
each weighed by how likely it makes the counts of its dimension (beta-binomial): where classes differ small ones weigh, where they differ no
more than chance has it large ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.confidence.judgement import Outcome

Path = tuple[str, ...]
Scheme = tuple[int, ...]
"""The dimensions a table goes by, as places in an outcome's path, the broadest first."""

SHIPPED: Scheme = (0, 1, 2, 3)  # nesting, construction, resolution, length: as service/lexicon/confidence.py looks them up
STRENGTHS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""What k may be, each as likely as the next beforehand: from one case to about as many as dev has."""
_STEEPEST = 6.0  # logits that a level may shift: further and there is no level to speak of


@dataclass(frozen=True, slots=True)
class Estimate:
    """A class's precision, from its counts and its parents'."""

    precision: float
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Estimates:
    """The classes of a scheme by path, and the logits by which the level of unread articles shifts them."""

    scheme: Scheme
    classes: Mapping[Path, Estimate]
    shift: float

    def of(self, outcome: Outcome) -> float:
        """Return what the attribution would be given, shifted, in two digits as it is shipped."""
        path = project(outcome, self.scheme)
        while path not in self.classes:
            path = path[:-1]
        return self.stated(path)

    def stated(self, path: Path) -> float:
        """Return a class's figure as it is shipped: never nought and never one."""
        return min(max(round(shifted(self.classes[path].precision, self.shift), 2), 0.01), 0.99)


Fit = Callable[[Sequence[Outcome]], Estimates]


def project(outcome: Outcome, scheme: Scheme) -> Path:
    """Return an outcome's path through the dimensions of a scheme."""
    return tuple(outcome.path[dimension] for dimension in scheme)


def fit(outcomes: Sequence[Outcome], scheme: Scheme = SHIPPED, *, levelled: bool = True) -> Estimates:
    """Return the estimates from these outcomes; `levelled` sets them to the level of the articles set aside among them."""
    counts = _counts(outcomes, scheme)
    right, of = counts.pop((), (0, 0))
    classes: dict[Path, Estimate] = {(): Estimate((right + 1) / (of + 2), right, of)}
    for depth in range(1, len(scheme) + 1):
        deeper = {path: count for path, count in counts.items() if len(path) == depth}
        parted = {path: count for path, count in deeper.items() if count[1] < classes[path[:-1]].of}
        weights = _weights(parted, classes)
        for path, (right, of) in deeper.items():  # a class that is all of its parent's says nothing that the parent has not said
            parent = classes[path[:-1]].precision
            classes[path] = Estimate(_pooled(right, of, parent, weights) if path in parted else parent, right, of)
    flat = Estimates(scheme, classes, 0.0)
    aside = [outcome for outcome in outcomes if outcome.aside]
    return Estimates(scheme, classes, _level(flat, aside)) if levelled and aside else flat


def _counts(outcomes: Iterable[Outcome], scheme: Scheme) -> dict[Path, tuple[int, int]]:
    found: dict[Path, list[int]] = defaultdict(lambda: [0, 0])
    for outcome in outcomes:
        path = project(outcome, scheme)
        for depth in range(len(path) + 1):
            found[path[:depth]][0] += outcome.right
            found[path[:depth]][1] += 1
    return {path: (right, of) for path, (right, of) in found.items()}


def _pooled(right: int, of: int, parent: float, weights: Mapping[int, float]) -> float:
    return sum(weight * (right + k * parent) / (of + k) for k, weight in weights.items())


def _weights(counts: Mapping[Path, tuple[int, int]], around: Mapping[Path, Estimate]) -> dict[int, float]:
    """Return how likely each strength makes the counts, in shares of one."""
    logs = {k: _likelihood(counts, around, k) for k in STRENGTHS}
    likelihoods = {k: math.exp(log - max(logs.values())) for k, log in logs.items()}
    return {k: likelihood / sum(likelihoods.values()) for k, likelihood in likelihoods.items()}


def _likelihood(counts: Mapping[Path, tuple[int, int]], around: Mapping[Path, Estimate], strength: int) -> float:
    """Return the log likelihood of the counts if each class drew its precision from a beta of this strength around its parent's."""
    return sum(_beta_binomial(right, of, around[path[:-1]].precision * strength, strength) for path, (right, of) in counts.items())


def _beta_binomial(right: int, of: int, alpha: float, strength: int) -> float:
    beta, gamma = strength - alpha, math.lgamma
    after = gamma(right + alpha) + gamma(of - right + beta) - gamma(of + strength)
    return after - gamma(alpha) - gamma(beta) + gamma(strength)


def _level(estimates: Estimates, outcomes: Sequence[Outcome]) -> float:
    """Return the shift by which these outcomes, taken together, are right as often as the estimates say; by bisection."""
    unshifted = [estimates.classes[project(outcome, estimates.scheme)].precision for outcome in outcomes]
    right = sum(outcome.right for outcome in outcomes)
    low, high = -_STEEPEST, _STEEPEST
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(shifted(precision, middle) for precision in unshifted) < right else (low, middle)
    return (low + high) / 2


def shifted(precision: float, logits: float) -> float:
    """Return a probability moved by so many logits."""
    return 1 / (1 + math.exp(-math.log(precision / (1 - precision)) - logits))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an outcome was given by estimates that had not seen its article."""

    stated: float
    outcome: Outcome


def held_out(outcomes: Sequence[Outcome], fitted: Fit) -> list[Forecast]:
    """Return a forecast of each outcome, from estimates fitted on the other articles: one article is left out at a time."""
    articles: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        articles.setdefault(outcome.article, []).append(outcome)
    found: list[Forecast] = []
    for article, theirs in articles.items():
        estimates = fitted([outcome for outcome in outcomes if outcome.article != article])
        found += (Forecast(estimates.of(outcome), outcome) for outcome in theirs)
    return found
