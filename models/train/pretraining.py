"""Teach the encoder what company words keep in raw news, before it sees a single tag.

Words are grouped by their vectors into a few hundred clusters (surnames, ministries,
towns, verbs of saying ...). The encoder predicts the cluster of the next word, of the
word before, and of words hidden from it whose letters alone it may read: the very
situation of a name that no vector knows.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import click
import torch
from stanza.models.common.vocab import PAD_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.trainer import Trainer
from torch import Tensor, nn
from torch.nn import functional

from models.train.encoder import batch, encode, hide_words, shuffled_batches

CLUSTERS = 800
CLUSTERED_WORDS = 60_000
ROUNDS = 12
HIDDEN_RATE = 0.25
SHORTEST, LONGEST = 6, 45
WORDS_A_BATCH = 1_000
CHUNK = 20_000


def clusters(vectors: Tensor, seed: int) -> Tensor:
    """A spherical k-means cluster for every row; learnt on the most frequent words."""
    generator = torch.Generator().manual_seed(seed)
    unit = functional.normalize(vectors)
    frequent = unit[VOCAB_PREFIX_SIZE : VOCAB_PREFIX_SIZE + CLUSTERED_WORDS]
    centres = frequent[torch.randperm(len(frequent), generator=generator)[:CLUSTERS]]
    for _ in range(ROUNDS):
        nearest = (frequent @ centres.T).argmax(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, frequent)
        centres = functional.normalize(sums + 1e-6 * centres)
    return torch.cat([(part @ centres.T).argmax(1) for part in unit.split(CHUNK)])


@dataclass(frozen=True)
class ClusterHeads:
    """Three linear guesses: the next word, the word before, and a hidden word itself."""

    following: nn.Linear
    preceding: nn.Linear
    own: nn.Linear

    @classmethod
    def of(cls, hidden: int) -> Self:
        """Fresh heads for an encoder whose two directions have ``hidden`` units each."""
        return cls(nn.Linear(hidden, CLUSTERS), nn.Linear(hidden, CLUSTERS), nn.Linear(2 * hidden, CLUSTERS))

    def parameters(self) -> Iterator[Tensor]:
        """What the optimizer moves."""
        for head in (self.following, self.preceding, self.own):
            yield from head.parameters()

    def loss(self, states: Tensor, targets: Tensor, concealed: Tensor) -> Tensor:
        """The summed cross-entropies; targets below zero do not count."""
        hidden = self.following.in_features
        ahead, behind = states[..., :hidden], states[..., hidden:]
        next_loss = _loss(self.following(ahead[:, :-1]), targets[:, 1:])
        previous_loss = _loss(self.preceding(behind[:, 1:]), targets[:, :-1])
        own_loss = _loss(self.own(states[concealed]), targets[concealed])
        return 0.5 * (next_loss + previous_loss) + own_loss


def _loss(logits: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(logits.reshape(-1, CLUSTERS), targets.reshape(-1), ignore_index=-1)


def news_sentences(path: Path, budget: int, seed: int) -> list[list[str]]:
    """Random stretches of tokenised news, cut at full stops, up to ``budget`` words."""
    lines = path.read_text(encoding="utf-8").splitlines()
    random.Random(seed).shuffle(lines)
    sentences, total = list[list[str]](), 0
    for line in lines:
        for sentence in _stretches(line.split()):
            sentences.append(sentence)
            total += len(sentence)
        if total >= budget:
            break
    return sentences


def _stretches(tokens: Sequence[str]) -> Iterator[list[str]]:
    start = 0
    for place, token in enumerate(tokens):
        if token in {".", "؟", "!"} or place - start >= LONGEST:
            if place - start >= SHORTEST:
                yield list(tokens[start : place + 1])
            start = place + 1


def pretrain(trainer: Trainer, sentences: Sequence[Sequence[str]], rate: float, seed: int) -> float:
    """One pass over the sentences with a falling learning rate; returns the closing loss."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = trainer.model
    word_clusters = clusters(model.word_emb.weight, seed)
    word_clusters[:VOCAB_PREFIX_SIZE] = -1
    heads = ClusterHeads.of(model.args["hidden_dim"])
    learnt = [p for p in model.parameters() if p.requires_grad and p is not model.word_emb.weight]
    optimizer = torch.optim.Adam([*learnt, *heads.parameters()], lr=rate)
    batches = shuffled_batches([len(s) for s in sentences], WORDS_A_BATCH, chance)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=len(batches) + 1)
    model.train()
    average = 0.0
    with click.progressbar(batches, label="pretraining", item_show_func=lambda _: f"loss {average:.3f}") as progress:
        for step, indices in enumerate(progress):
            batched = batch([sentences[i] for i in indices], trainer.vocab)
            words = hide_words(batched.words, HIDDEN_RATE)
            states = encode(model, batched, words)
            concealed = (words != batched.words) & (batched.words != PAD_ID)
            loss = heads.loss(states, word_clusters[batched.words], concealed)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learnt, 5.0)
            optimizer.step()
            schedule.step()
            average += (loss.item() - average) / min(step + 1, 200)
    return average
