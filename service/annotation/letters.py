"""What the tokenizer's network says of letters: does a token end here, and does a sentence, and do clitics hang on the token.

Stanza asks each question of the network by itself, twice, over padded rows; here the three are asked together, of the letters alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn.functional import linear, logsigmoid
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from service.annotation.recurrence import BothWays

_QUESTIONS = ("tok_clf", "sent_clf", "mwt_clf")


def network_of(trainer: Any) -> TwoLevels | AnyNetwork:
    """Return the network of Stanza's `trainer`: asked at once where it is built as Stanza builds it, by two levels of recurrence alone."""
    model = trainer.model
    is_plain = model.args["hierarchical"] and model.args["use_mwt"] and model.args["conv_res"] is None and model.charmodel is None
    model.rnn = BothWays(model.rnn)
    if model.args["hierarchical"]:
        model.rnn2 = BothWays(model.rnn2)
    return TwoLevels(model.eval()) if is_plain else AnyNetwork(trainer)


class AnyNetwork:
    """Any network of Stanza's, such as one with a character language model."""

    def __init__(self, trainer: Any) -> None:
        """Take over the network of Stanza's `trainer`."""
        self._trainer = trainer

    def __call__(self, units: Any, features: Any, texts: Sequence[Sequence[str]]) -> Any:
        """Return Stanza's label of each letter, a row a text; `units` and `features` are padded, the longest text first."""
        return self._trainer.predict((units, None, features, texts)).argmax(2)


class TwoLevels:
    """Stanza's usual network: what a first level says of tokens tells a second where to look."""

    def __init__(self, model: Any) -> None:
        """Take over Stanza's `model`, its three questions made one of each level."""
        self._model = model
        self._first = torch.cat([getattr(model, name).weight for name in _QUESTIONS])
        self._bias = torch.cat([getattr(model, name).bias for name in _QUESTIONS])
        self._second = torch.cat([getattr(model, f"{name}2").weight for name in _QUESTIONS])

    def __call__(self, units: Any, features: Any, texts: Sequence[Sequence[str]]) -> Any:
        """Return Stanza's label of each letter, a row a text; `units` and `features` are padded, the longest text first."""
        letters = torch.cat([self._model.embeddings(units), features], 2)
        read, _ = self._model.rnn(pack_padded_sequence(letters, [len(text) for text in texts], batch_first=True))
        answers = linear(read.data, self._first, self._bias)
        sharpness = self._model.args["hier_invtemp"]
        seen = read.data * (1 - torch.sigmoid(-answers[:, :1] * sharpness)) if sharpness > 0 else read.data
        again, _ = self._model.rnn2(PackedSequence(seen, read.batch_sizes))
        answers = answers + linear(again.data, self._second)
        labels, _ = pad_packed_sequence(PackedSequence(_labels(answers), read.batch_sizes), batch_first=True)
        return labels.numpy()


def _labels(answers: Any) -> Any:
    """Return the likeliest of Stanza's labels for each letter: none, a token's end, a sentence's, and both again with clitics."""
    (ends, stops, parts), (goes_on, stays, whole) = logsigmoid(answers).unbind(1), logsigmoid(-answers).unbind(1)
    return torch.stack([goes_on, ends + stays + whole, ends + stops + whole, ends + stays + parts, ends + stops + parts], 1).argmax(1)
