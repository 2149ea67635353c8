"""Train Stanza's tagger on tagged names, over frozen vectors."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click
import torch
from stanza.models.common.crf import CRFLoss
from stanza.models.common.doc import Document
from stanza.models.common.vocab import PAD_ID
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.utils import bio2_to_bioes
from torch import Tensor, nn

from models.train.encoder import Batch, batch, encode, hide_words, shuffled_batches
from models.train.entities import OUTSIDE, Tagged, TaggedSentence

SPARE_STEPS = 100
SIDE_WEIGHT = 0.5


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


@dataclass(frozen=True)
class Task:
    """Sentences, and the layer that reads their tags off the encoder's states."""

    sentences: Sequence[TaggedSentence]
    layer: nn.Linear
    transitions: CRFLoss
    ids: Mapping[str, int]
    weight: float = 1.0

    def loss(self, trainer: Trainer, chosen: Sequence[int], hidden_rate: float) -> Tensor:
        """The weighted loss of the chosen sentences, a share of their words hidden."""
        model, sentences = trainer.model, [self.sentences[place] for place in chosen]
        batched = batch([[token.text for token in sentence] for sentence in sentences], trainer.vocab)
        states = encode(model, batched, hide_words(batched.words, hidden_rate))
        scores = self.layer(model.lockeddrop(model.drop(states))).contiguous()
        tags = _tag_ids(batched, [bioes(sentence) for sentence in sentences], self.ids)
        loss: Tensor = self.weight * self.transitions(scores, batched.words == PAD_ID, tags)[0]
        return loss


def main_task(trainer: Trainer, sentences: Sequence[TaggedSentence]) -> Task:
    """What the tagger is for: its own layer and its own tags."""
    ids = trainer.vocab["tag"]._unit2id[0]  # noqa: SLF001 - Stanza has no accessor for it
    return Task(sentences, trainer.model.tag_clfs[0], trainer.model.crits[0], ids)


def side_task(trainer: Trainer, sentences: Sequence[TaggedSentence]) -> Task:
    """Another corpus with tags of its own, learnt beside the names by a layer that is then thrown away."""
    tags = tag_inventory(sentences)
    layer = nn.Linear(2 * trainer.args["hidden_dim"], len(tags))
    return Task(sentences, layer, CRFLoss(len(tags)), {tag: number for number, tag in enumerate(tags)}, SIDE_WEIGHT)


def _tag_ids(batched: Batch, rows: Sequence[list[str]], ids: Mapping[str, int]) -> Tensor:
    tags = torch.zeros(batched.words.shape, dtype=torch.long)
    for place, source in enumerate(batched.order):
        row = rows[source]
        tags[place, : len(row)] = torch.tensor([ids[tag] for tag in row])
    return tags


def _schedule(tasks: Sequence[Task], plan: Plan, chance: random.Random) -> list[tuple[Task, list[int]]]:
    """A pass over every task's sentences, their batches mixed."""
    batches = [
        (task, places) for task in tasks for places in shuffled_batches([len(sentence) for sentence in task.sentences], plan.words_a_batch, chance)
    ]
    chance.shuffle(batches)
    return batches


def train(trainer: Trainer, tasks: Sequence[Task], plan: Plan) -> None:
    """Train in place, vectors frozen, the learning rate rising for a sixth of the time and then falling."""
    torch.manual_seed(plan.seed)
    chance, model = random.Random(plan.seed), trainer.model
    modules = [model, *(part for task in tasks for part in (task.layer, task.transitions))]
    learnt = list(dict.fromkeys(p for module in modules for p in module.parameters() if p.requires_grad and p is not model.word_emb.weight))
    optimizer = torch.optim.Adam(learnt, lr=plan.rate)
    steps = len(_schedule(tasks, plan, chance)) * plan.epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total_steps=steps + SPARE_STEPS, pct_start=0.15)
    model.drop.p = model.charmodel.dropout.p = plan.dropout
    model.train()
    for epoch in range(plan.epochs):
        total = 0.0
        with click.progressbar(_schedule(tasks, plan, chance), label=f"epoch {epoch + 1}/{plan.epochs}") as progress:
            for task, places in progress:
                loss = task.loss(trainer, places, plan.hidden_rate)
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
