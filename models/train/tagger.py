"""Train Stanza's tagger on tagged names, over frozen vectors."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click
import torch
from stanza.models.common.doc import Document
from stanza.models.common.vocab import PAD_ID
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.utils import bio2_to_bioes
from torch import Tensor, nn

from models.train.encoder import Batch, batch, encode, hide_words, shuffled_batches
from models.train.entities import OUTSIDE, Tagged, TaggedSentence

SPARE_STEPS = 100


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train, and how much to hide and to drop."""

    epochs: int
    rate: float
    seed: int
    words_a_batch: int
    hidden_rate: float
    dropout: float


def bioes(sentence: Sequence[Tagged]) -> list[str]:
    """The sentence's tags with ends and single tokens marked, as the tagger predicts them."""
    tags: list[str] = bio2_to_bioes([token.tag for token in sentence])
    return tags


def tag_inventory(sentences: Sequence[TaggedSentence]) -> list[str]:
    """Every BIOES tag of the classes that occur, outside first."""
    kinds = sorted({token.kind for sentence in sentences for token in sentence} - {""})
    return [OUTSIDE, *(f"{prefix}-{kind}" for kind in kinds for prefix in "SBIE")]


def _tag_ids(batched: Batch, rows: Sequence[list[str]], ids: Mapping[str, int]) -> Tensor:
    tags = torch.zeros(batched.words.shape, dtype=torch.long)
    for place, source in enumerate(batched.order):
        row = rows[source]
        tags[place, : len(row)] = torch.tensor([ids[tag] for tag in row])
    return tags


def _loss(trainer: Trainer, sentences: Sequence[TaggedSentence], hidden_rate: float) -> Tensor:
    model = trainer.model
    ids = trainer.vocab["tag"]._unit2id[0]  # noqa: SLF001 - Stanza has no accessor for it
    batched = batch([[token.text for token in sentence] for sentence in sentences], trainer.vocab)
    states = encode(model, batched, hide_words(batched.words, hidden_rate))
    scores = model.tag_clfs[0](model.lockeddrop(model.drop(states))).contiguous()
    tags = _tag_ids(batched, [bioes(sentence) for sentence in sentences], ids)
    loss: Tensor = model.crits[0](scores, batched.words == PAD_ID, tags)[0]
    return loss


def train(trainer: Trainer, sentences: Sequence[TaggedSentence], plan: Plan) -> None:
    """Train in place, vectors frozen, the learning rate rising for a sixth of the time and then falling."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    model, lengths = trainer.model, [len(sentence) for sentence in sentences]
    learnt = [p for p in model.parameters() if p.requires_grad and p is not model.word_emb.weight]
    optimizer = torch.optim.Adam(learnt, lr=plan.rate)
    steps = len(shuffled_batches(lengths, plan.words_a_batch, chance)) * plan.epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total_steps=steps + SPARE_STEPS, pct_start=0.15)
    model.drop.p = model.charmodel.dropout.p = plan.dropout
    model.train()
    for epoch in range(plan.epochs):
        total = 0.0
        batches = shuffled_batches(lengths, plan.words_a_batch, chance)
        with click.progressbar(batches, label=f"epoch {epoch + 1}/{plan.epochs}") as progress:
            for indices in progress:
                loss = _loss(trainer, [sentences[i] for i in indices], plan.hidden_rate)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(learnt, 5.0)
                optimizer.step()
                schedule.step()
                total += loss.item()
        click.echo(f"loss {total:.1f}")


def predict(trainer: Trainer, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    """BIOES tags as Stanza's pipeline gives them, by its own loader and decoder."""
    document = Document([[{"id": [number], "text": text} for number, text in enumerate(sentence, start=1)] for sentence in sentences])
    arguments = {**trainer.args, "batch_size": 64}
    loader = DataLoader(document, 64, arguments, vocab=trainer.vocab, evaluation=True, preprocess_tags=False)
    with torch.no_grad():
        return [tags for batched in loader for tags in trainer.predict(batched)]
