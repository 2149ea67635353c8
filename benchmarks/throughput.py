"""Seconds of processor: by stage and contender, and by the length of the article."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.articles import Supply, tokens_in
from benchmarks.contenders import Contender

STAGES = ("tokenize", "mwt", "ner", "rules", "serialise")


@dataclass(frozen=True)
class Cost:
    """What some articles took of the processor: seconds for 1,000 tokens, by stage."""

    contender: str
    articles: int
    tokens: int
    stages: dict[str, float]

    @property
    def whole(self) -> float:
        """Seconds for 1,000 tokens."""
        return sum(self.stages.values())

    @property
    def speed(self) -> float:
        """Tokens a second on one core."""
        return 1000 / self.whole


def costs(contenders: Sequence[tuple[Contender, int]], texts: Sequence[str], warm_up: Sequence[str]) -> list[Cost]:
    """Return what each contender takes for its number of the articles, one after the other on every article, so that a busy machine is fair."""
    for contender, number in contenders:
        for text in warm_up[:number]:
            contender.read(text)
    gc.collect()
    gc.freeze()  # as the service does: what was loaded is no garbage
    seconds: dict[str, Counter[str]] = {contender.name: Counter() for contender, _ in contenders}
    for at, text in enumerate(texts):
        for contender, number in contenders:
            if at < number:
                seconds[contender.name].update(contender.read(text))
    found = []
    for contender, number in contenders:
        tokens = sum(map(tokens_in, texts[:number]))
        stages = {stage: seconds[contender.name][stage] / tokens * 1000 for stage in STAGES if stage in seconds[contender.name]}
        found.append(Cost(contender.name, min(number, len(texts)), tokens, stages))
    return found


def by_length(contenders: Sequence[tuple[Contender, int]], supply: Supply, lengths: Sequence[int], least: int) -> dict[str, list[float]]:
    """Return the seconds for 1,000 tokens of articles of each length, as many articles as make up `least` tokens.

    It is the median of each contender's number of rounds over all lengths: a machine that changes its speed weighs on none of them alone.
    """
    found: dict[str, list[list[float]]] = {contender.name: [[] for _ in lengths] for contender, _ in contenders}
    for turn in range(max(rounds for _, rounds in contenders)):
        for at, length in enumerate(lengths):
            texts = supply.articles(max(1, least // length), length)
            tokens = sum(map(tokens_in, texts))
            for contender, rounds in contenders:
                if turn < rounds:
                    found[contender.name][at].append(sum(sum(contender.read(text).values()) for text in texts) / tokens * 1000)
    return {name: [median(seconds) for seconds in by] for name, by in found.items()}
