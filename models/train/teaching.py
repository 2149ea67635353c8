"""The teacher's stages: what it reads and labels, and how the tagger learns from it."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence

import click
import torch
from stanza.models.ner.trainer import Trainer
from torch import Tensor

from models.train import distillation, evaluation, pieces, stages, tagger, teacher, text
from models.train.distillation import Schedule
from models.train.encoder import Shape
from models.train.entities import TaggedSentence
from models.train.pieces import BREAK_WORD, Stream, Table
from models.train.respelling import tie_twins
from models.train.score import Score, by_class
from models.train.teacher import UNTAGGED, Naming, Reading, TeacherShape

VARIED, RENAMED = 6, 0.2
FULL_STOPS = frozenset(".؟!")
LABELLED_WORDS = 9_400_000
FOR_DEV = Naming(rates=(1e-4, 2e-4, 3e-4))
FOR_ALL = Naming(rates=(2e-4, 3e-4, 1e-4, 2e-4, 3e-4))
FIRST = Schedule(steps=4_125, rate=3e-3, seed=2)
LAST = (
    Schedule(steps=7_564, rate=2.5e-3, seed=12),
    Schedule(steps=7_642, rate=2.5e-3, seed=13, gold=0.05, gold_at_last=0.2, dropout=0.1),
)


def numbers(lines: Iterable[Sequence[str]], places: dict[str, int]) -> Tensor:
    """Lines of words as numbers, each line closed by a break; words not met before get the next number."""
    return torch.tensor([places.setdefault(word, len(places)) for line in lines for word in (*line, BREAK_WORD)])


def varied_gold(gold: Sequence[TaggedSentence], seed: int) -> list[tuple[TaggedSentence, ...]]:
    """The gold as it is, and several times more with other persons in the same sentences and in the same order."""
    return [tuple(gold), *(stages.renamed_in_place(gold, RENAMED, random.Random(seed + turn)) for turn in range(VARIED))]


def gold_numbers(sentences: Sequence[TaggedSentence], ids: dict[str, int], places: dict[str, int], seed: int) -> tuple[Tensor, Tensor]:
    """Gold as the teacher reads it, words and tags in a row; half of the sentences that a full stop ends run into the next, as in a paragraph."""
    chance, words, tags = random.Random(seed), list[int](), list[int]()
    for sentence in sentences:
        words += [places.setdefault(token.text, len(places)) for token in sentence]
        tags += [ids[tag] for tag in tagger.bioes(sentence)]
        if sentence[-1].text not in FULL_STOPS or chance.random() < 0.5:
            words.append(places[BREAK_WORD])
            tags.append(UNTAGGED)
    return torch.tensor(words), torch.tensor(tags)


def teach(place: stages.Place, *, measure: bool, shape: TeacherShape | None = None, reading: Reading | None = None) -> None:
    """A teacher reads the news, learns the names and labels news; ``measure`` keeps the last gold sentences back and reports on them."""
    shape, reading = shape or TeacherShape(), reading or Reading()
    corpus = place.names("cleananercorp.train")
    gold, dev = (corpus[: -stages.DEV_SENTENCES], corpus[-stages.DEV_SENTENCES :]) if measure else (corpus, ())
    held_out = {"dev": dev, "test": stages.test_part(place)}
    places = {BREAK_WORD: 0}
    archives = sorted((place.data / "text").glob("*.txt.xz"))
    news = numbers((text.surface_tokens(paragraph) for paragraph in text.paragraphs(archives)), places)
    tags = tagger.tag_inventory(corpus)
    ids = {tag: number for number, tag in enumerate(tags)}
    seen = [gold_numbers(part, ids, places, seed) for seed, part in enumerate(varied_gold(gold, place.seed))]
    asked = {name: numbers([[token.text for token in sentence] for sentence in part], places) for name, part in held_out.items() if part}
    lexicon = list(places)
    tokenizer = pieces.learnt(_plain_counts(lexicon, news))
    table = Table.of(lexicon, tokenizer)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    weights = {name: value.to(device) for name, value in teacher.fresh(shape, tokenizer.get_vocab_size(), seed=1).items()}
    stream = Stream.of(news, table).on(device)
    teacher.read_news(weights, shape, stream, reading)
    corpora = [teacher.tagged_stream(words, truth, lambda row: Stream.of(row, table)) for words, truth in seen]
    corpora = [(spelt.on(device), laid.to(device)) for spelt, laid in corpora]
    named = teacher.learn_names(weights, shape, corpora, len(tags), FOR_DEV if measure else FOR_ALL)
    for name, words in asked.items():
        found = teacher.posteriors(named, shape, Stream.of(words, table).on(device))
        stages.show(_scores(found, held_out[name], tags), f"the teacher, {name}")
    drawn = _stretch(news, LABELLED_WORDS, place.seed)
    said = teacher.posteriors(named, shape, Stream.of(drawn, table).on(device))
    torch.save({"words": drawn.int(), "tags": said}, place.work / "labelled.pt")
    (place.work / "lexicon.json").write_text(json.dumps(lexicon, ensure_ascii=False), encoding="utf-8")


def _plain_counts(lexicon: Sequence[str], words: Tensor) -> Counter[str]:
    counts = Counter[str]()
    for word, count in zip(lexicon, torch.bincount(words, minlength=len(lexicon)).tolist(), strict=True):
        counts[pieces.plain(word)] += count
    return counts


def _stretch(words: Tensor, budget: int, seed: int, block: int = 20_000) -> Tensor:
    """Blocks of running news, drawn at random, up to ``budget`` words."""
    blocks = list(words.split(block))
    random.Random(seed).shuffle(blocks)
    return torch.cat(blocks[: max(1, budget // block)])


def _scores(found: Tensor, sentences: Sequence[TaggedSentence], tags: Sequence[str]) -> dict[str, Score]:
    """Scores of the likeliest legal tags; the words come with a break after every sentence."""
    rows, first = list[list[str]](), 0
    for sentence in sentences:
        rows.append(likeliest(found[first : first + len(sentence)].float(), tags))
        first += len(sentence) + 1
    return by_class(rows, [[token.tag for token in sentence] for sentence in sentences], evaluation.MAIN_CLASSES)


def likeliest(probabilities: Tensor, tags: Sequence[str]) -> list[str]:
    """The best sequence of tags in which every name that begins also ends."""
    legal = torch.tensor([[0.0 if _follows(before, after) else -1e9 for after in tags] for before in tags])
    edges = {prefixes: torch.tensor([0.0 if tag[0] in prefixes else -1e9 for tag in tags]) for prefixes in ("OBS", "OSE")}
    scores = probabilities.clamp_min(1e-6).log()
    reached, origins = scores[0] + edges["OBS"], list[Tensor]()
    for row in scores[1:]:
        best, origin = (reached[:, None] + legal).max(0)
        reached = best + row
        origins.append(origin)
    path = [int((reached + edges["OSE"]).argmax())]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    return [tags[number] for number in reversed(path)]


def _follows(before: str, after: str) -> bool:
    opened, goes_on = before[0] in "BI", after[0] in "IE"
    return before[2:] == after[2:] if opened and goes_on else opened == goes_on


def distil(place: stages.Place, *, measure: bool) -> None:
    """The tagger learns from the labelled news and from gold; ``measure`` as for the teacher that labelled.

    From one start it goes on in two ways, with more and with less gold; the mean of their weights (a model soup,
    Wortsman et al. 2022) is the tagger.
    """
    corpus = place.names("cleananercorp.train")
    gold = corpus[: -stages.DEV_SENTENCES] if measure else corpus
    trainer = stages.fresh(place, Shape(), seed=FIRST.seed)
    lexicon = json.loads((place.work / "lexicon.json").read_text(encoding="utf-8"))
    places = {word: number for number, word in enumerate(lexicon)}
    tags = tagger.tag_inventory(corpus)
    ids = {tag: number for number, tag in enumerate(tags)}
    copies = [sentence for part in varied_gold(gold, place.seed) for sentence in part]
    rows = [([places.setdefault(token.text, len(places)) for token in s], [ids[tag] for tag in tagger.bioes(s)]) for s in copies]
    lexicon = list(places)
    labelled = torch.load(place.work / "labelled.pt", weights_only=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    news = distillation.news_lessons(labelled["words"].long(), labelled["tags"], lexicon, place.seed).on(device)
    lessons = distillation.gold_lessons(rows, len(tags)).on(device)
    known = distillation.Lexicon.of(lexicon, trainer).on(device)
    begins = torch.tensor([float(tag[0] in "BS") for tag in tags], device=device)
    trainer.model.to(device)
    distillation.distil(trainer, known, news, lessons, FIRST, begins)
    start, ends = _copied(trainer), list[dict[str, Tensor]]()
    for plan in LAST:
        trainer.model.load_state_dict(start)
        distillation.distil(trainer, known, news, lessons, plan, begins)
        ends.append(_copied(trainer))
    trainer.model.load_state_dict({name: sum(end[name] for end in ends) / len(ends) for name in start})
    trainer.model.to("cpu")
    if measure:
        stages.show(evaluation.names(trainer, corpus[-stages.DEV_SENTENCES :]), "names, dev")
        return
    tie_twins(trainer)
    click.echo("the tagger is taught")
    trainer.save(str(place.work / "tagger.pt"))


def _copied(trainer: Trainer) -> dict[str, Tensor]:
    return {name: value.clone() for name, value in trainer.model.state_dict().items()}
