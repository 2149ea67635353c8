"""What a choice gains: taggers at one small budget that differ in one thing."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.train import evaluation, stages, tagger
from models.train.encoder import Shape
from models.train.entities import TaggedSentence
from models.train.score import Score
from models.train.tagger import Plan

BUDGET = Plan(epochs=3, rate=2.5e-3, seed=1, words_a_batch=500, hidden_rate=0.1, dropout=0.25)
SIDE_CORPORA = {"aqmar": "aqmar.train", "caraner": "caraner.all", "wojood": "wojood_sample_flat.train"}


@dataclass(frozen=True)
class Choices:
    """What may be chosen: the start, the sizes, how much is renamed, how much gold, which corpora beside it."""

    encoder: bool = False
    hidden: int = 256
    words: int | None = None
    renamed: float = 0.3
    share: float = 1.0
    beside: tuple[str, ...] = ()


def run(place: stages.Place, choices: Choices) -> dict[str, dict[str, Score]]:
    """Train as chosen on all but the last sentences; scores on those (dev) and on the test part.

    A share of the gold is seen as much more often, so that the number of steps stays what it is.
    """
    corpus = place.names("cleananercorp.train")
    chance = random.Random(place.seed)
    gold = drawn(corpus[: -stages.DEV_SENTENCES], choices.share, chance)
    start = "encoder.pt" if choices.encoder else None
    trainer = stages.fresh(place, Shape(hidden=choices.hidden), place.seed, start, choices.words)
    tasks = [
        tagger.main_task(trainer, stages.varied(gold, choices.renamed, chance)),
        *(tagger.side_task(trainer, place.names(SIDE_CORPORA[name])) for name in choices.beside),
    ]
    tagger.train(trainer, tasks, replace(BUDGET, seed=place.seed, epochs=round(BUDGET.epochs / choices.share)))
    held_out = {"dev": corpus[-stages.DEV_SENTENCES :], "test": stages.test_part(place)}
    return {part: evaluation.names(trainer, sentences) for part, sentences in held_out.items()}


def drawn(gold: Sequence[TaggedSentence], share: float, chance: random.Random) -> tuple[TaggedSentence, ...]:
    """A share of the gold, in its order."""
    places = sorted(chance.sample(range(len(gold)), round(len(gold) * share)))
    return tuple(gold[place] for place in places)
