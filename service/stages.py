"""Where the time of an answer goes, and when there is none left: what the annotator tells of its stages is kept here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

STAGES = ("tokenize", "mwt", "ner", "rules")
"""The stages of an answer in the order in which text flows; `rules` is all that is not the models'."""

Observe = Callable[[str, float], None]
"""Told the name of a stage and the seconds it took."""


def unobserved(_stage: str, _seconds: float) -> None:
    """Take no note of how long a stage took."""


class DeadlinePassed(Exception):  # noqa: N818 — not an error of ours: the time the caller allows is over
    """The time allowed for an answer is over; what was found so far is dropped."""


@dataclass
class StageClock:
    """Adds up the seconds of each stage since `begin`, and stops the work at the first stage that ends past its deadline.

    It serves one extraction at a time, as the annotator does.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    deadline: float = float("inf")
    begun: float = 0.0

    def begin(self, deadline: float = float("inf")) -> None:
        """Start counting anew; `deadline` is a reading of `time.monotonic`."""
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.deadline = deadline
        self.begun = monotonic()

    def observe(self, stage: str, seconds: float) -> None:
        """Take note of a stage that ended.

        Raises:
            DeadlinePassed: it ended too late for another to begin. Python cannot interrupt a model at work, so it is asked in between.
        """
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds
        self.check()

    def check(self) -> None:
        """Raise DeadlinePassed when the time is over."""
        if monotonic() > self.deadline:
            raise DeadlinePassed

    def finish(self) -> dict[str, float]:
        """Return the seconds of every stage since `begin`, the rules being what the models left over."""
        self.seconds["rules"] = max(0.0, monotonic() - self.begun - sum(self.seconds[stage] for stage in STAGES if stage != "rules"))
        return self.seconds
