"""Entity scores by class, exact spans, as CoNLL counts them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """Right, predicted and gold mentions of one class."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that are right, in per cent."""
        return 100 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that were found, in per cent."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in per cent."""
        total = self.predicted + self.gold
        return 200 * self.right / total if total else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:5.2f}  R {self.recall:5.2f}  F1 {self.f1:5.2f}"


Mention = tuple[int, int, str]


def mentions(tags: Sequence[str]) -> set[Mention]:
    """Spans of a BIO or BIOES sequence.

    >>> sorted(mentions(["B-PER", "I-PER", "O", "S-LOC"]))
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    found, start = set[Mention](), None
    for place, tag in enumerate((*tags, "O")):
        goes_on = tag[:1] in {"I", "E"} and start is not None and tag[2:] == start[1]
        if start is not None and not goes_on:
            found.add((start[0], place, start[1]))
            start = None
        if tag != "O" and not goes_on:
            start = (place, tag[2:])
    return found


def by_class(predicted: Iterable[Sequence[str]], gold: Iterable[Sequence[str]], main: Sequence[str]) -> dict[str, Score]:
    """A score for every class, and ``all`` for the classes in ``main`` together."""
    counts = Counter[tuple[str, str]]()
    for guess, truth in zip(predicted, gold, strict=True):
        guessed, true = mentions(guess), mentions(truth)
        for name, found in (("right", guessed & true), ("predicted", guessed), ("gold", true)):
            for _, _, kind in found:
                counts[name, kind] += 1
                counts[name, "all"] += kind in main
    kinds = sorted({kind for _, kind in counts})
    return {kind: Score(*(counts[name, kind] for name in ("right", "predicted", "gold"))) for kind in kinds}
