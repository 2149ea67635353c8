"""Bidirectional LSTMs without their brake: what torch computes step by step where lengths differ, it computes at one go where they do not.

For sequences of one length torch calls oneDNN, several times as fast on networks this small; for a packed batch of different lengths it
goes through the steps one by one. Read forwards, a padded sequence is right up to its own end; read backwards from its own end, it is too.
So each direction is a one-way network over a padded batch, and only rounding (1e-7) tells the answers from torch's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import torch
from torch.nn.utils.rnn import PackedSequence

_JOINS = 2.5  # times its length that a sequence may be padded to


class BothWays(torch.nn.Module):  # type: ignore[misc]  # torch is untyped here
    """Stands in for a bidirectional `torch.nn.LSTM` whose outputs alone are wanted; shares its weights."""

    def __init__(self, lstm: Any) -> None:
        """Take over the weights of `lstm`, of however many layers."""
        super().__init__()
        self.ways = torch.nn.ModuleList(_one_way(lstm, layer, suffix) for layer in range(lstm.num_layers) for suffix in ("", "_reverse"))

    def forward(self, packed: PackedSequence, start: tuple[Any, Any] | None = None) -> tuple[PackedSequence, None]:
        """Return the outputs for a batch sorted by length, packed as it was; `start` holds the first states as torch's own takes them."""
        forth, back = _orders(tuple(packed.batch_sizes.tolist()))
        values = packed.data
        for layer in range(0, len(self.ways), 2):
            read = []
            for number, (gathered, returned) in enumerate((forth, back), layer):
                state = tuple(whole[number : number + 1].contiguous() for whole in start) if start is not None else None
                outputs, _ = self.ways[number](values[gathered], state)
                read.append(outputs.flatten(0, 1)[returned])
            values = torch.cat(read, 1)
        return PackedSequence(values, packed.batch_sizes), None


def _one_way(lstm: Any, layer: int, suffix: str) -> Any:
    """Return one direction of one layer as a network of its own, over the very same weights."""
    weights = {name: getattr(lstm, f"{name}_l{layer}{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
    way = torch.nn.LSTM(weights["weight_ih"].shape[1], lstm.hidden_size)
    for name, weight in weights.items():
        setattr(way, f"{name}_l0", weight)
    return way.eval()


@lru_cache(maxsize=2)  # the layers of a network read the same batch one after the other
def _orders(sizes: tuple[int, ...]) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Return for both directions where in the packed batch each place of the padded one, steps by rows, comes from, and the way back.

    `sizes` is the packed batch's: how many sequences are left at each step.
    """
    left, steps, rows = torch.tensor(sizes)[:, None], torch.arange(len(sizes))[:, None], torch.arange(sizes[0])
    stands = rows < left
    offsets = left.cumsum(0) - left
    mirrored = (stands.sum(0) - 1 - steps).clamp(min=0)
    step, row = stands.nonzero(as_tuple=True)
    forth = torch.where(stands, offsets + rows, 0), step * sizes[0] + row
    back = torch.where(stands, offsets.flatten()[mirrored] + rows, 0), mirrored[step, row] * sizes[0] + row
    return forth, back


def alike(lengths: Sequence[int], most: int, slack: int) -> Iterator[list[int]]:
    """Yield the indices of sequences in batches of like lengths, the longest first, at most `most` together.

    A padded batch takes as many steps as its longest has. A step costs as much as one and a half sequences before the first; so one joins
    that is not so much shorter that a batch of its own were cheaper, `slack` being what another batch costs besides.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and (len(batch) == most or _JOINS * lengths[index] + slack < lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
