"""The stages of the recipe: what each reads from ``work`` and leaves there for the next."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer

from models.train import encoder, evaluation, foresight, labelled_news, packaging, pretraining, rounds, segmentation, tagger, text
from models.train import vectors as word_vectors
from models.train.encoder import Shape
from models.train.entities import TaggedSentence, part_signs, read
from models.train.mentions import PERSON, person_names, renamed
from models.train.respelling import some_without_hamza, tie_twins
from models.train.restoration import restored
from models.train.score import Score
from models.train.tagger import Plan

CHARACTERS = 160
READ_FOR_CHARACTERS = 60_000
ENCODER_PARTS = frozenset({"charmodel", "input_transform", "taggerlstm"})
PRETRAINING_WORDS, PRETRAINING_RATE = 3_000_000, 3e-3
HAMZALESS = 0.15
DEV_SENTENCES = 574
FIRST = Plan(epochs=6, rate=2.5e-3, seed=4, words_a_batch=700, hidden_rate=0.12, dropout=0.35)
SECOND = Plan(epochs=5, rate=1.3e-3, seed=6, words_a_batch=500, hidden_rate=0.08, dropout=0.25)
THIRD = Plan(epochs=3, rate=1.2e-3, seed=7, words_a_batch=500, hidden_rate=0.08, dropout=0.2)


@dataclass(frozen=True)
class Place:
    """Where corpora, intermediate files and weights lie."""

    data: Path
    work: Path
    models: Path
    seed: int

    def names(self, corpus: str) -> tuple[TaggedSentence, ...]:
        """A name corpus with its signs parted from its words."""
        return tuple(part_signs(sentence) for sentence in read(self.data / "ner" / f"{corpus}.bio"))


def prepare(place: Place) -> None:
    """Tokenise the news for the vectors and count its words for the clitics."""
    corpora = [place.data / "ner" / f"{name}.bio" for name in ("cleananercorp.train", "caraner.all", "aqmar.train", "wojood_sample_flat.train")]
    word_vectors.write_corpus(place.data / "text", corpora, place.work / "corpus.tok", place.seed)
    archives = sorted((place.data / "text").glob("*.txt.xz"))
    counts = labelled_news.surface_counts(text.paragraphs(archives))
    (place.work / "counts.json").write_text(json.dumps(counts, ensure_ascii=False), encoding="utf-8")


def tokenize(place: Place) -> None:
    """Tokenizer and expander, in rounds."""
    click.echo(f"models of the last round: {rounds.run(place.data, place.work, place.seed)}")


def vectors(place: Place) -> None:
    """Word vectors in Stanza's format."""
    words, rows = word_vectors.train(place.work / "corpus.tok", place.seed)
    word_vectors.to_pretrain(words, rows, place.work / "vectors.pt")


def characters(corpus: Path) -> str:
    """The signs that the news is written with, and a Farsi kaf for the web."""
    counts = Counter[str]()
    with corpus.open(encoding="utf-8") as lines:
        for _, line in zip(range(READ_FOR_CHARACTERS), lines, strict=False):
            counts.update(line)
    frequent = [sign for sign, _ in counts.most_common(CHARACTERS) if not sign.isspace()]
    return "".join(dict.fromkeys([*frequent, "\N{ARABIC LETTER KEHEH}"]))


def fresh(place: Place, shape: Shape, seed: int, start: str | None = None, words: int | None = None) -> Trainer:
    """A tagger over the vectors, all or the most frequent ``words``; its encoder from ``start`` if that is given."""
    pretrain_file = Pretrain(str(place.work / "vectors.pt"))
    if words:
        pretrain_file = word_vectors.most_frequent(pretrain_file, words)
    tags = tagger.tag_inventory(place.names("cleananercorp.train"))
    trainer = encoder.build(pretrain_file, characters(place.work / "corpus.tok"), tags, shape, seed)
    if start:
        trainer.model.load_state_dict(torch.load(place.work / start), strict=False)
    return trainer


def pretrain(place: Place) -> None:
    """Teach the encoder on raw news."""
    trainer = fresh(place, Shape(dropout=0.15, locked_dropout=0.0), seed=1)
    sentences = pretraining.news_sentences(place.work / "corpus.tok", PRETRAINING_WORDS, seed=1)
    pretraining.pretrain(trainer, sentences, PRETRAINING_RATE, seed=1)
    state = trainer.model.state_dict()
    torch.save({n: v for n, v in state.items() if n.split(".")[0] in ENCODER_PARTS}, place.work / "encoder.pt")


def varied(gold: Sequence[TaggedSentence], rate: float, chance: random.Random) -> tuple[TaggedSentence, ...]:
    """The gold sentences, and those that name a person once more: persons called otherwise, some without hamza."""
    names = person_names(gold)
    others = [renamed(s, names, rate, chance) for s in gold if any(token.kind == PERSON for token in s)]
    return (*gold, *some_without_hamza(others, HAMZALESS, chance))


def renamed_in_place(gold: Sequence[TaggedSentence], rate: float, chance: random.Random) -> tuple[TaggedSentence, ...]:
    """Every gold sentence once, in order: persons called otherwise, some sentences without hamza."""
    names = person_names(gold)
    others = [renamed(s, names, rate, chance) if any(token.kind == PERSON for token in s) else s for s in gold]
    return tuple(some_without_hamza(others, HAMZALESS, chance))


def ner(place: Place, *, measure: bool, encoder: bool) -> None:
    """The tagger on gold names, in three turns: the later hide, drop and rename less.

    ``measure`` keeps the last sentences back and reports on them; the shipped tagger has
    been trained on them too, since they hold most of the corpus's clubs and firms. It starts
    from the taught ``encoder`` or from nothing.
    """
    corpus = place.names("cleananercorp.train")
    gold = corpus[:-DEV_SENTENCES] if measure else corpus
    trainer = fresh(place, Shape(), seed=FIRST.seed, start="encoder.pt" if encoder else None)
    for plan, rate in ((FIRST, 0.3), (SECOND, 0.15), (THIRD, 0.15)):
        tagger.train(trainer, [tagger.main_task(trainer, varied(gold, rate, random.Random(plan.seed)))], plan)
        if measure:
            show(evaluation.names(trainer, corpus[-DEV_SENTENCES:]), "names, dev")
    if not measure:
        tie_twins(trainer)
        trainer.save(str(place.work / "tagger.pt"))


def show(scores: dict[str, Score], title: str) -> None:
    """A table of scores on the terminal."""
    click.echo(title)
    for name, score in scores.items():
        click.echo(f"  {name:32} {score}")


def package(place: Place, target: Path) -> None:
    """Weights as bytes where that costs nothing, the resource list and the manifest."""
    pretrain_file = Pretrain(str(place.work / "vectors.pt"))
    trainer = Trainer(model_file=str(place.work / "tagger.pt"), pretrain=pretrain_file, device="cpu")
    packaging.save_vectors(pretrain_file, target / "ar" / "pretrain" / "news.pt")
    packaging.save_tagger(trainer, target / "ar" / "ner" / "news.pt")
    packaging.write_layout(target, place.work / f"segmentation-{len(rounds.ROUNDS)}")
    packaging.write_manifest(target)


def foresee(place: Place) -> None:
    """What the packaged expander says of the news's frequent words goes into its dictionary: the same answers, sooner."""
    counts = Counter[str](json.loads((place.work / "counts.json").read_text(encoding="utf-8")))
    foresight.remember(place.models / "ar" / "mwt" / "news.pt", foresight.foreseen(place.models, counts))
    packaging.write_manifest(place.models)


def test_part(place: Place) -> tuple[TaggedSentence, ...]:
    """The name corpus's test part as it is tokenised."""
    return tuple(read(place.data / "ner" / "cleananercorp.test.bio"))


def evaluate(place: Place, models: Path) -> None:
    """Everything held out, through the plain pipeline."""
    nlp = evaluation.pipeline(models, "tokenize,mwt,ner")
    counts = Counter[str](json.loads((place.work / "counts.json").read_text(encoding="utf-8")))
    parts = segmentation.split(segmentation.load(place.data / "ud"), counts, place.seed)
    for separator, title in (("\n\n", "held-out paragraphs parted by blank lines"), ("\n", "by single line breaks")):
        running, truth = evaluation.gold(parts.held_out, separator)
        show(evaluation.compare(truth, evaluation.predicted(nlp, running)), title)
    trainer = nlp.processors["ner"].trainers[0]
    test = test_part(place)
    show(evaluation.names(trainer, test), "names, CLEANANERCorp test")
    published, mended = zip(*restored(test, read(place.data / "ner" / "newsfane_fine.all.bio")), strict=True)
    show(evaluation.names(trainer, published), f"names, {len(published)} of its sentences as published")
    show(evaluation.names(trainer, mended), "names, the same with their own first words")
