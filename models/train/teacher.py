"""A teacher for the tagger: a transformer that has read the raw news, then several copies of it that learn the names.

The network reads windows of a stream of pieces, sentence after sentence, so that a surname alone may be
explained by the full name before it: that is what the small tagger, who reads one sentence, cannot see for itself.
It learns to fill in hidden words (Devlin et al. 2019, whole words hidden) with pre-norm blocks, rotary places
(Su et al. 2021) and normed queries and keys; its matrices move by orthogonalised momentum (Muon, Jordan 2024).
All copies are one pile of matrices and learn in the same step, each from sentences of its own; their mean is the teacher.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import click
import torch
from torch import Tensor
from torch.nn import functional

from models.train.pieces import BREAK, MASKED, Stream

Weights = dict[str, Tensor]
MATRICES = ("queries", "mixed", "up", "down")
GAINS = ("before_mixing", "before_widening")
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
UNTAGGED = -1
KEPT_AS_IS, EXCHANGED = 0.06, 0.06
NAMES_HIDDEN, NAMES_DROPOUT = 0.07, 0.1


@dataclass(frozen=True)
class TeacherShape:
    """Sizes of the teacher; of a window only the middle is labelled, the rest is its context."""

    layers: int = 10
    width: int = 512
    heads: int = 8
    window: int = 256
    margin: int = 32

    @property
    def middle(self) -> int:
        """Pieces of a window that are labelled."""
        return self.window - 2 * self.margin


@dataclass(frozen=True)
class Reading:
    """How the raw news is read: steps of so many windows, and the share of words hidden."""

    steps: int = 2_500
    windows: int = 256
    hidden: float = 0.25
    matrix_rate: float = 0.02
    rate: float = 2e-3
    warm_up: int = 300
    seed: int = 5


@dataclass(frozen=True)
class Naming:
    """How the names are learnt: a learning rate for every copy."""

    rates: tuple[float, ...] = (1e-4, 2e-4, 3e-4)
    steps: int = 690
    windows: int = 16
    warm_up: int = 60
    seed: int = 17


def fresh(shape: TeacherShape, pieces: int, seed: int) -> Weights:
    """Weights that do nothing yet: every block adds nought to what goes through it."""
    chance, layers, width = torch.Generator().manual_seed(seed), shape.layers, shape.width

    def spread(*size: int) -> Tensor:
        return (torch.rand(*size, generator=chance) * 2 - 1) * (0.75 / size[-2]) ** 0.5

    return {
        "before_mixing": torch.ones(layers, 1, 1, width),
        "queries": spread(layers, 1, width, 3 * width),
        "mixed": torch.zeros(layers, 1, width, width),
        "before_widening": torch.ones(layers, 1, 1, width),
        "up": spread(layers, 1, width, 4 * width),
        "down": torch.zeros(layers, 1, 4 * width, width),
        "pieces": torch.randn(pieces, width, generator=chance) * 0.02,
        "closing": torch.ones(1, 1, width),
        "guess": spread(width, width),
        "guess_bias": torch.zeros(pieces),
    }


def device_of(weights: Weights) -> str:
    """The kind of device the weights lie on."""
    return str(weights["pieces"].device.type)


def states(weights: Weights, shape: TeacherShape, windows: Tensor, dropout: float = 0.0) -> Tensor:
    """What every copy makes of its windows (copies, windows, pieces): states (copies, windows x pieces, width)."""
    copies = windows.shape[0]
    read = _normed(functional.embedding(windows.reshape(copies, -1), weights["pieces"]))
    blocks = zip(*(weights[name].unbind(0) for name in (*GAINS, *MATRICES)), strict=True)
    turns = _turns(shape, read.device)
    for before_mixing, before_widening, queries, mixed, up, down in blocks:
        gathered = torch.bmm(_attended(torch.bmm(_normed(read) * before_mixing, queries), shape, turns), mixed)
        read = read + functional.dropout(gathered, dropout)
        widened = torch.bmm(functional.gelu(torch.bmm(_normed(read) * before_widening, up)), down)
        read = read + functional.dropout(widened, dropout)
    return _normed(read) * weights["closing"]


def _attended(read: Tensor, shape: TeacherShape, turns: tuple[Tensor, Tensor]) -> Tensor:
    copies, pieces, _ = read.shape
    parted = read.view(-1, shape.window, 3, shape.heads, shape.width // shape.heads)
    query, key, value = parted.permute(2, 0, 3, 1, 4).unbind(0)
    looked_up = functional.scaled_dot_product_attention(
        _turned(_normed(query), turns).to(value.dtype), _turned(_normed(key), turns).to(value.dtype), value
    )
    return looked_up.transpose(1, 2).reshape(copies, pieces, shape.width)


def _normed(states: Tensor) -> Tensor:
    return functional.rms_norm(states, (states.shape[-1],))


def _turns(shape: TeacherShape, device: str) -> tuple[Tensor, Tensor]:
    half = shape.width // shape.heads // 2
    speeds = 10_000 ** (-torch.arange(half, device=device) / half)
    angles = torch.arange(shape.window, device=device)[:, None] * speeds
    return angles.cos(), angles.sin()


def _turned(states: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    (cosine, sine), (left, right) = turns, states.chunk(2, -1)
    return torch.cat([left * cosine - right * sine, right * cosine + left * sine], -1)


def orthogonal(steps: Tensor) -> Tensor:
    """The nearest matrices with all singular values about one, by five Newton-Schulz steps."""
    tall = steps.shape[-2] > steps.shape[-1]
    near = steps.mT if tall else steps
    near = near / (near.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    first, second, third = NEWTON_SCHULZ
    for _ in range(5):
        square = near @ near.mT
        near = first * near + (second * square + third * square @ square) @ near
    return near.mT if tall else near


def hidden(pieces: Tensor, words: Tensor, rate: float, vocabulary: int) -> tuple[Tensor, Tensor]:
    """Windows with a share of their words hidden, most by the sign for it, and which pieces are to be guessed."""
    drawn = torch.rand(pieces.shape, device=pieces.device).gather(1, words - words[:, :1])
    chosen = (drawn < rate) & (pieces > BREAK)
    fate = torch.rand(pieces.shape, device=pieces.device)
    shown = torch.where(chosen & (fate > KEPT_AS_IS), MASKED, pieces)
    others = torch.randint(BREAK + 1, vocabulary, pieces.shape, device=pieces.device)
    return torch.where(chosen & (fate > 1 - EXCHANGED), others, shown), chosen


def windows_of(length: int, window: int, batch: int, chance: random.Random) -> Iterator[list[int]]:
    """Where windows start, batch after batch without end: each pass cuts the stream elsewhere."""
    while True:
        first = chance.randrange(window)
        starts = list(range(first, length - window, window)) or [0]
        chance.shuffle(starts)
        starts *= -(-batch // len(starts))
        for place in range(0, len(starts) - batch + 1, batch):
            yield starts[place : place + batch]


def read_news(weights: Weights, shape: TeacherShape, stream: Stream, plan: Reading) -> float:
    """Learn in place to guess the hidden words of the news; returns the closing loss."""
    torch.manual_seed(plan.seed)
    for value in weights.values():
        value.requires_grad_()
    matrices = [weights[name] for name in MATRICES]
    momenta = [torch.zeros_like(matrix) for matrix in matrices]
    others = [value for name, value in weights.items() if name not in MATRICES]
    adam = torch.optim.AdamW(others, lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.0)
    starts = windows_of(len(stream.pieces), shape.window, plan.windows, random.Random(plan.seed))
    span, average = torch.arange(shape.window, device=device_of(weights)), 0.0
    with click.progressbar(range(plan.steps), label="the teacher reads", item_show_func=lambda _: f"loss {average:.3f}") as progress:
        for step in progress:
            places = torch.tensor(next(starts), device=span.device)[:, None] + span
            loss = _guessing_loss(weights, shape, stream.pieces[places], stream.words[places], plan.hidden)
            loss.backward()
            pace = min(1.0, (step + 1) / plan.warm_up) * min(1.0, (1 - step / plan.steps) / 0.6)
            for matrix, momentum in zip(matrices, momenta, strict=True):
                _move(matrix, momentum, plan.matrix_rate * pace, 0.85 + 0.1 * min(1.0, step / 500))
            adam.param_groups[0]["lr"] = plan.rate * pace
            adam.step()
            adam.zero_grad()
            average += (loss.item() - average) / min(step + 1, 50)
    for value in weights.values():
        value.requires_grad_(requires_grad=False)
    return average


def _guessing_loss(weights: Weights, shape: TeacherShape, pieces: Tensor, words: Tensor, rate: float) -> Tensor:
    shown, chosen = hidden(pieces, words, rate, len(weights["pieces"]))
    with torch.autocast(device_of(weights), torch.bfloat16, enabled=device_of(weights) == "cuda"):
        found = states(weights, shape, shown[None])[0][chosen.flatten()]
        guesses = _normed(functional.gelu(found @ weights["guess"])) @ weights["pieces"].t() + weights["guess_bias"]
    return functional.cross_entropy(guesses.float(), pieces[chosen])


def _move(matrix: Tensor, momentum: Tensor, rate: float, inertia: float) -> None:
    """Muon's step; queries, keys and values are three matrices side by side."""
    with torch.no_grad():
        momentum.lerp_(matrix.grad, 1 - inertia)
        step = matrix.grad.lerp(momentum, inertia)
        rows, columns = matrix.shape[-2:]
        parts = 3 if columns == 3 * rows else 1
        even = torch.cat([orthogonal(part) for part in step.chunk(parts, -1)], -1)
        matrix.mul_(1 - 0.02 * rate).add_(even, alpha=-rate * max(1.0, columns / parts / rows) ** 0.5)
        matrix.grad = None


Tagged = tuple[Stream, Tensor]
"""A corpus of names as a stream, and the number of the tag at every piece: at a word's first, `UNTAGGED` elsewhere."""


def tagged_stream(words: Tensor, tags: Tensor, spell: Callable[[Tensor], Stream]) -> Tagged:
    """A stream with its tags, one a word (`UNTAGGED` for breaks), laid on the words' first pieces."""
    stream = spell(words)
    laid = torch.full(stream.pieces.shape, UNTAGGED)
    laid[stream.starts] = tags
    return stream, laid


def learn_names(weights: Weights, shape: TeacherShape, corpora: Sequence[Tagged], tags: int, plan: Naming) -> Weights:
    """Copies of the reader that tag names; each reads the corpus as it is and, every other pass, a varied one of its own turn."""
    torch.manual_seed(plan.seed)
    copies, device = len(plan.rates), device_of(weights)
    named = {name: _copied(weights[name], copies) for name in (*GAINS, *MATRICES, "closing")}
    named["tags"] = torch.randn(copies, shape.width, tags, device=device) * 0.02
    named["tags_bias"] = torch.zeros(copies, 1, tags, device=device)
    learnt = [value.requires_grad_() for value in named.values()]
    paces = [5.0 if name.startswith("tags") else 1.0 for name in named]
    named["pieces"] = weights["pieces"]  # names that the corpus lacks must go on meaning what they do
    moments = [(torch.zeros_like(value), torch.zeros_like(value)) for value in learnt]
    rates, feeds = torch.tensor(plan.rates, device=device), [_turn(corpora, shape, plan, copy) for copy in range(copies)]
    with click.progressbar(range(plan.steps), label="the teacher learns names") as progress:
        for step in progress:
            pieces, words, truth = (torch.stack(parts) for parts in zip(*(next(feed) for feed in feeds), strict=True))
            _naming_loss(named, shape, pieces, words, truth).backward()
            pace = min(1.0, (step + 1) / plan.warm_up) * (1 - step / plan.steps)
            for value, faster, (mean, square) in zip(learnt, paces, moments, strict=True):
                across = (1, copies, 1, 1) if value.dim() == 4 else (copies, 1, 1)
                _adam(value, mean, square, rates.view(across) * pace * faster, step + 1)
    return {name: value.detach() for name, value in named.items()}


def _copied(value: Tensor, copies: int) -> Tensor:
    """The one reader's weights as several; the axis of copies is the third from the end."""
    size = list(value.shape)
    size[-3] = copies
    return value.detach().expand(size).clone()


def _turn(corpora: Sequence[Tagged], shape: TeacherShape, plan: Naming, copy: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Batches for one copy, without end."""
    chance, passes = random.Random(1_000 * plan.seed + copy), 0
    plain, *varied = corpora
    while True:
        stream, tags = varied[(passes // 2 + copy) % len(varied)] if passes % 2 and varied else plain
        batches = windows_of(len(stream.pieces), shape.window, plan.windows, chance)
        span = torch.arange(shape.window, device=stream.pieces.device)
        for _ in range(max(1, len(stream.pieces) // shape.window // plan.windows)):
            places = torch.tensor(next(batches), device=span.device)[:, None] + span
            yield stream.pieces[places], stream.words[places], tags[places]
        passes += 1


def _naming_loss(named: Weights, shape: TeacherShape, pieces: Tensor, words: Tensor, truth: Tensor) -> Tensor:
    drawn = torch.rand(pieces.shape, device=pieces.device).gather(2, words - words[..., :1])
    shown = torch.where((drawn < NAMES_HIDDEN) & (pieces > BREAK), MASKED, pieces)
    scores = _tag_scores(named, shape, shown, NAMES_DROPOUT)
    total = functional.cross_entropy(scores.flatten(0, 1), truth.flatten(), ignore_index=UNTAGGED, reduction="sum")
    return total / (truth != UNTAGGED).sum() * len(pieces)


def _tag_scores(named: Weights, shape: TeacherShape, windows: Tensor, dropout: float = 0.0) -> Tensor:
    with torch.autocast(device_of(named), torch.bfloat16, enabled=device_of(named) == "cuda"):
        found = functional.dropout(states(named, shape, windows, dropout), dropout)
        return (torch.bmm(found, named["tags"]) + named["tags_bias"]).float()


def _adam(value: Tensor, mean: Tensor, square: Tensor, rate: Tensor, step: int) -> None:
    """Adam's step with a rate for every copy."""
    with torch.no_grad():
        mean.lerp_(value.grad, 0.1)
        square.lerp_(value.grad**2, 0.02)
        value.sub_(rate * (mean / (1 - 0.9**step)) / ((square / (1 - 0.98**step)).sqrt() + 1e-8))
        value.grad = None


def posteriors(named: Weights, shape: TeacherShape, stream: Stream, batch: int = 64) -> Tensor:
    """The copies' mean probability of every tag, a row a word, in half precision; each word is judged from the middle of a window."""
    with torch.no_grad():
        margin, middle, device = shape.margin, shape.middle, device_of(named)
        edge = torch.full((margin,), BREAK, device=device)
        padded = torch.cat([edge, stream.pieces, torch.full((shape.window,), BREAK, device=device)])
        copies, tiles = len(named["tags"]), -(-len(stream.pieces) // middle)
        span, found = torch.arange(shape.window, device=device), list[Tensor]()
        with click.progressbar(range(0, tiles, batch), label="the teacher labels") as progress:
            for first in progress:
                tile = torch.arange(first, min(first + batch, tiles), device=device)
                windows = padded[(tile[:, None] * middle + span).clamp(max=len(padded) - 1)]
                scores = _tag_scores(named, shape, windows.expand(copies, -1, -1)).softmax(-1)
                judged = scores.view(copies, len(tile), shape.window, -1)[:, :, margin : margin + middle].mean(0).flatten(0, 1)
                begun, ended = first * middle, min((first + len(tile)) * middle, len(stream.pieces))
                here = stream.starts[(stream.starts >= begun) & (stream.starts < ended)] - begun
                found.append(judged[here].half().cpu())
        return torch.cat(found)
