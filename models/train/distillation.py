"""The small tagger taught by the teacher: news with the probability of every tag, and gold beside it.

The loss is the cross-entropy between the teacher's tags, each word's drawn by itself, and the tagger's chain of tags
(posterior distillation, Wang et al. 2020): the chain's partition less the expected score of what the teacher says.
Words are numbers of a lexicon whose spelling and vectors are looked up once, so that batches are made by indexing alone.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import click
import torch
from stanza.models.common.vocab import PAD_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import Trainer
from torch import Tensor, nn

from models.train.augment import HAMZA_SEATS
from models.train.encoder import LONGEST_WORD, Batch, encode, hide_words, shuffled_batches
from models.train.mentions import CLITICS
from models.train.pieces import BREAK_WORD

SHORTEST, LONGEST = 4, 70
QUIET = 0.35
NAMED = 0.9
SPARE = 200


@dataclass(frozen=True)
class Schedule:
    """How long to learn, how much of it from gold at first and at last, and how much to hide and to change."""

    steps: int
    rate: float
    seed: int
    gold: float = 0.15
    gold_at_last: float = 0.5
    last: float = 0.75
    news_words: int = 6_000
    gold_words: int = 2_000
    hidden: float = 0.08
    dropout: float = 0.15
    hamzaless: float = 0.08
    with_clitic: float = 0.04


@dataclass(frozen=True)
class Lexicon:
    """Every word's place among the vectors and its letters; after the words, the same without hamza, then with a clitic."""

    words: int
    vectors: Tensor
    letters: Tensor

    @classmethod
    def of(cls, words: Sequence[str], trainer: Trainer) -> Self:
        """Look up the words, of which the first is the break between paragraphs."""
        spelt = [*words, *(word.translate(HAMZA_SEATS) for word in words), *(with_clitic(word, place) for place, word in enumerate(words))]
        vectors = torch.tensor(trainer.vocab["word"].map([word.lower() for word in spelt]))
        letters = torch.zeros(len(spelt), LONGEST_WORD, dtype=torch.uint8)
        for row, word in enumerate(spelt):
            letters[row, : min(len(word), LONGEST_WORD)] = torch.tensor(trainer.vocab["char"].map(word[:LONGEST_WORD]), dtype=torch.uint8)
        return cls(len(words), vectors, letters)

    def on(self, device: str) -> Self:
        """The same lexicon on another device."""
        return replace(self, vectors=self.vectors.to(device), letters=self.letters.to(device))

    def batch(self, words: Tensor, lengths: Sequence[int]) -> Batch:
        """Rows of word numbers, padded with breaks, as the encoder reads them."""
        distinct, places = words.unique(return_inverse=True)
        letters = self.letters[distinct].long()
        stands = torch.arange(words.shape[1], device=words.device) < torch.tensor(lengths, device=words.device)[:, None]
        spelling = letters[:, : int((letters != PAD_ID).sum(1).max())]
        return Batch(self.vectors[words].masked_fill(~stands, PAD_ID), spelling, places, list(lengths), list(range(len(lengths))))


def with_clitic(word: str, place: int) -> str:
    """The word with a clitic that depends on its place; before the article only و or ف."""
    if len(word) < 2 or not word[0].isalpha():
        return word
    allowed = ("و", "ف") if word.startswith("ال") else CLITICS
    return allowed[place % len(allowed)] + word


@dataclass(frozen=True)
class Lessons:
    """Words in a row, what to say of each, and the sentences among them that are learnt from."""

    words: Tensor
    tags: Tensor
    starts: Tensor
    lengths: Tensor

    def on(self, device: str) -> Self:
        """The same lessons, words and tags on another device."""
        return replace(self, words=self.words.to(device), tags=self.tags.to(device))


def news_lessons(words: Tensor, tags: Tensor, lexicon: Sequence[str], seed: int) -> Lessons:
    """Sentences of the labelled news, cut at full stops; of those that name nothing, a third."""
    ends = torch.tensor([word in {".", "؟", "!"} for word in lexicon])[words]
    closes = torch.tensor([word in {"»", '"', "”", ")"} for word in lexicon])[words]
    breaks = words == lexicon.index(BREAK_WORD)
    ends[:-1] &= ~closes[1:]
    ends[1:] |= closes[1:] & torch.tensor([word in {".", "؟", "!"} for word in lexicon])[words[:-1]]
    cuts = torch.nonzero(ends | breaks).flatten() + 1
    starts, stops = torch.cat([torch.zeros(1, dtype=torch.long), cuts]), torch.cat([cuts, torch.tensor([len(words)])])
    stops = stops - breaks[stops - 1].long()
    named = torch.cat([torch.zeros(1, dtype=torch.long), (tags[:, 0] < NAMED).cumsum(0)])
    chance = torch.rand(len(starts), generator=torch.Generator().manual_seed(seed))
    kept = (named[stops] > named[starts]) | (chance < QUIET)
    kept &= (stops - starts >= SHORTEST) & (stops - starts <= LONGEST)
    return Lessons(words, tags, starts[kept], (stops - starts)[kept])


def gold_lessons(sentences: Sequence[tuple[Sequence[int], Sequence[int]]], tags: int) -> Lessons:
    """Gold sentences as word numbers and tag numbers: every tag for certain."""
    lengths = torch.tensor([len(words) for words, _ in sentences])
    truth = torch.tensor([tag for _, row in sentences for tag in row])
    words = torch.tensor([word for row, _ in sentences for word in row])
    return Lessons(words, nn.functional.one_hot(truth, tags).half(), lengths.cumsum(0) - lengths, lengths)


def chain_loss(scores: Tensor, transitions: Tensor, lengths: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy a word between tags drawn word by word from ``targets`` and the chain of scores and transitions."""
    stands = torch.arange(scores.shape[1], device=scores.device) < lengths[:, None]
    wanted = targets * stands[..., None]
    expected = (wanted * scores).sum() + ((wanted[:, :-1] @ transitions) * wanted[:, 1:]).sum()
    reached = scores[:, 0]
    for place in range(1, scores.shape[1]):
        onwards = scores[:, place] + torch.logsumexp(reached[:, :, None] + transitions, 1)
        reached = torch.where(stands[:, place, None], onwards, reached)
    return (torch.logsumexp(reached, 1).sum() - expected) / stands.sum()


def distil(trainer: Trainer, lexicon: Lexicon, news: Lessons, gold: Lessons, plan: Schedule, begins: Tensor) -> None:
    """Train in place, vectors frozen, on batches of news and, now and then, of gold; ``begins`` marks the tags a name begins with."""
    torch.manual_seed(plan.seed)
    chance, model, device = random.Random(plan.seed), trainer.model, str(news.words.device)
    learnt = [p for p in model.parameters() if p.requires_grad and p is not model.word_emb.weight]
    optimizer = torch.optim.Adam(learnt, lr=plan.rate, betas=(0.9, 0.99))
    model.drop.p = model.charmodel.dropout.p = plan.dropout
    model.lockeddrop.dropprob = plan.dropout / 3
    model.train()
    waiting: dict[bool, list[list[int]]] = {True: [], False: []}
    average = 0.0
    with click.progressbar(range(plan.steps), label="the tagger learns", item_show_func=lambda _: f"loss {average:.3f}") as progress:
        for step in progress:
            from_gold = chance.random() < (plan.gold if step < plan.last * plan.steps else plan.gold_at_last)
            lessons = gold if from_gold else news
            if not waiting[from_gold]:
                waiting[from_gold] = shuffled_batches(lessons.lengths.tolist(), plan.gold_words if from_gold else plan.news_words, chance)
            words, targets, lengths = _rows(lessons, waiting[from_gold].pop())
            if not from_gold:
                words = _respelt(words, (targets @ begins) > 0.5, lexicon.words, plan)
            loss = _loss(model, lexicon.batch(words, lengths), targets, plan.hidden)
            for group in optimizer.param_groups:
                group["lr"] = plan.rate * min(1.0, (step + 1) / SPARE) * (1 - step / plan.steps)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learnt, 5.0)
            optimizer.step()
            average += (loss.item() - average) / min(step + 1, 100)
    click.echo(f"loss {average:.4f} on {device}")


def _rows(lessons: Lessons, chosen: Sequence[int]) -> tuple[Tensor, Tensor, list[int]]:
    """The chosen sentences as padded rows: words, and the probabilities of their tags."""
    lengths = lessons.lengths[list(chosen)]
    longest = torch.arange(int(lengths.max()))
    places = (lessons.starts[list(chosen)][:, None] + longest).clamp(max=len(lessons.words) - 1).to(lessons.words.device)
    stands = (longest < lengths[:, None]).to(lessons.words.device)
    targets = lessons.tags[places].float()
    targets = targets / targets.sum(-1, keepdim=True).clamp_min(1e-4)
    return lessons.words[places].masked_fill(~stands, 0), targets, lengths.tolist()


def _respelt(words: Tensor, begins: Tensor, size: int, plan: Schedule) -> Tensor:
    """Some names with a clitic, some sentences without hamza: what the teacher said of them holds all the same."""
    drawn = torch.rand(words.shape, device=words.device)
    changed = torch.where(begins & (words > 0) & (drawn < plan.with_clitic), words + 2 * size, words)
    drawn = torch.rand(len(words), 1, device=words.device)
    return torch.where((drawn < plan.hamzaless) & (changed < size) & (words > 0), changed + size, changed)


def _loss(model: NERTagger, batched: Batch, targets: Tensor, hidden: float) -> Tensor:
    states = encode(model, batched, hide_words(batched.words, hidden))
    scores = model.tag_clfs[0](model.lockeddrop(model.drop(states)))
    none = torch.zeros(*targets.shape[:-1], VOCAB_PREFIX_SIZE, device=targets.device)
    lengths = torch.tensor(batched.lengths, device=targets.device)
    transitions = model.crits[0]._transitions  # noqa: SLF001 - Stanza has no accessor for it
    return chain_loss(scores, transitions, lengths, torch.cat([none, targets], -1))
