"""Tokens and sentences: Stanza's trained tokenizer, asked directly.

What Stanza computes letter by letter and paragraph by paragraph around its network is computed here for all of a request at once: the
letters' features, the batches, and the offsets, which come from the letters' places and are not searched for in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.tokenization.data import NEWLINE_WHITESPACE_RE, PER_CHAR_FEAT_FUNCS, WHITESPACE_RE, TokenizationDataset

from service.annotation.letters import network_of
from service.annotation.recurrence import alike
from service.paragraphs import Layout, Stretch

SHORTEST_WINDOW = 1000
"""Letters that the network reads at once, or more if its settings say so; the last sentence begun in a window is read again from its beginning."""

_TOGETHER, _SLACK = 32, 250  # paragraphs in a batch; letters that setting up another batch costs
_ENDS_SENTENCE, _ENDS_CLITICS_AND_SENTENCE = 2, 4  # what the network says of a letter: 0 nothing, 1 a token ends, 3 one with clitics ends
_WITH_CLITICS = 3
_POSITIONAL = ("end_of_para", "start_of_para")
_PAD = "<PAD>"

# Stanza's own expression for e-mail and web addresses is quadratic on runs of Latin letters or digits: 10,000 cost seconds.
# Here every quantifier is bounded and an attempt starts only where a run does; closing quotation marks end an address.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
    r"|(?:https?://|(?<![A-Za-z0-9])www\.)[A-Za-z0-9][A-Za-z0-9-]{0,62}\.[^\s\"»”“«،؛]{2,300}"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9]{1,63}\.(?:gov|org|edu|net|com|co)\.[^\s\"»”“«،؛]{2,300}"
)

Numbers = NDArray[np.int64]


class Found(NamedTuple):
    """A token the model found: where in the layout, whether clitics hang on it, and whether it is free of blanks."""

    start: int
    end: int
    has_clitics: bool
    is_unbroken: bool


class Sentence(NamedTuple):
    """A sentence the model found, and the paragraph it stands in."""

    stretch: Stretch
    tokens: list[Found]


@dataclass(frozen=True, slots=True)
class _Letters:
    """All letters of a layout as the network takes them: number in its vocabulary, features, and whether blank."""

    units: Numbers
    features: NDArray[np.float32]
    blank: NDArray[np.bool_]


@dataclass(slots=True)
class _Chunk:
    """What stands between blank lines, runs of blanks made one: the places of its letters in the layout, and what the network said so far."""

    stretch: Stretch
    text: str
    places: Numbers
    units: Numbers
    features: NDArray[np.float32]
    blank: NDArray[np.bool_]
    size: int  # of a window
    read: int = 0
    labels: list[Numbers] = field(default_factory=list)

    def window(self) -> slice:
        """Return what is to be read next; a chunk shorter than a window is read with a sign for its end, as Stanza does."""
        return slice(self.read, min(self.read + self.size, len(self.text))) if len(self.text) >= self.size else slice(0, len(self.text) + 1)

    def take(self, labels: Numbers) -> None:
        """Take note of what the network said of the window, up to the last sentence that ended in it."""
        ends = np.flatnonzero((labels == _ENDS_SENTENCE) | (labels == _ENDS_CLITICS_AND_SENTENCE))
        is_last = self.read >= len(self.text) - self.size
        kept = labels if is_last or not len(ends) else labels[: ends[-1] + 1]
        self.labels.append(kept)
        self.read += len(kept)


class Tokenizer:
    """Finds the tokens and sentences of a layout, none across paragraphs."""

    def __init__(self, processor: Any) -> None:
        """Take over the network of Stanza's `processor`."""
        self._trainer, self._arguments, self._vocabulary = processor.trainer, processor.config, processor.vocab
        self._network = network_of(processor.trainer)
        self._window = max(SHORTEST_WINDOW, self._arguments.get("max_seqlen", SHORTEST_WINDOW))
        names = self._arguments["feat_funcs"]
        self._by_letter = [PER_CHAR_FEAT_FUNCS[name] for name in names if name in PER_CHAR_FEAT_FUNCS]
        self._by_place = [name for name in _POSITIONAL if name in names]
        is_plain = set(names) <= {*PER_CHAR_FEAT_FUNCS, *_POSITIONAL} and not self._arguments["use_dictionary"]
        self._dataset = None if is_plain else self._stanza_dataset()

    def __call__(self, layout: Layout) -> list[Sentence]:
        """Return the layout's sentences in order, each of one token or more."""
        if not layout.stretches:
            return []
        text, letters = layout.text, self._letters(layout.text)
        chunks = [self._chunk(text, letters, stretch, start, end) for stretch in layout.stretches for start, end in _between(text, stretch)]
        pending = chunks
        while pending:
            for batch in alike([chunk.window().stop - chunk.window().start for chunk in pending], _TOGETHER, _SLACK):
                self._read([pending[index] for index in batch])
            pending = [chunk for chunk in pending if chunk.read < len(chunk.text)]
        return [Sentence(chunk.stretch, tokens) for chunk in chunks for tokens in _sentences(chunk)]

    def _letters(self, text: str) -> _Letters:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        distinct, at = np.unique(codes, return_inverse=True)
        signs = [WHITESPACE_RE.sub(" ", chr(code)) for code in distinct]
        units = np.array([self._vocabulary.unit2id(sign) for sign in signs])
        features = np.array([[feature(sign) for feature in self._by_letter] for sign in signs], np.float32)
        return _Letters(units[at], features[at], np.array([sign == " " for sign in signs])[at])

    def _chunk(self, text: str, letters: _Letters, stretch: Stretch, start: int, end: int) -> _Chunk:
        blank = letters.blank[start:end]
        stays = np.ones(end - start, bool)
        stays[1:] = ~(blank[1:] & blank[:-1])
        places = start + np.flatnonzero(stays)
        collapsed = WHITESPACE_RE.sub(" ", text[start:end])
        if len(places) < end - start:
            collapsed = "".join(collapsed[place - start] for place in places)
        features = self._features(collapsed, letters.features[places])
        return _Chunk(stretch, collapsed, places, letters.units[places], features, letters.blank[places], self._window)

    def _features(self, text: str, by_letter: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one row of features a letter."""
        if self._dataset is not None:
            _, _, features, _ = self._dataset.para_to_sentences([(letter, 0) for letter in text])[0]
            return np.asarray(features, np.float32)
        by_place = np.zeros((len(text), len(self._by_place)), np.float32)
        for column, name in enumerate(self._by_place):
            by_place[-1 if name == "end_of_para" else 0, column] = 1
        return np.concatenate([by_letter, by_place], 1)

    def _stanza_dataset(self) -> Any:
        """Return what computes features that only models for other languages have, a letter at a time."""
        return TokenizationDataset(self._arguments, input_text="", vocab=self._vocabulary, evaluation=True, dictionary=self._trainer.dictionary)

    def _read(self, batch: Sequence[_Chunk]) -> None:
        """Have the network read the next window of chunks sorted by its length."""
        windows = [chunk.window() for chunk in batch]
        lengths = [window.stop - window.start for window in windows]
        units = torch.full((len(batch), lengths[0]), self._vocabulary.unit2id(_PAD), dtype=torch.int64)
        features = torch.zeros((len(batch), lengths[0], batch[0].features.shape[1]))
        for row, (chunk, window) in enumerate(zip(batch, windows, strict=True)):
            read = chunk.units[window]
            units[row, : len(read)] = torch.from_numpy(read)
            features[row, : len(read)] = torch.from_numpy(chunk.features[window])
        texts = [[*chunk.text, _PAD][window] for chunk, window in zip(batch, windows, strict=True)]
        labels = self._network(units, features, texts)
        for row, (chunk, window) in enumerate(zip(batch, windows, strict=True)):
            chunk.take(labels[row, : min(window.stop, len(chunk.text)) - window.start])


def _between(text: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of what stands between the blank lines of a paragraph; nothing empty."""
    start = stretch.start
    for line in (*NEWLINE_WHITESPACE_RE.finditer(text, start, stretch.end), None):
        stop = line.start() if line else stretch.end
        end = start + len(text[start:stop].rstrip())
        if end > start:
            yield start, end
        start = line.end() if line else stop


def _sentences(chunk: _Chunk) -> Iterator[list[Found]]:
    """Yield the sentences of a chunk that has been read; blank tokens, and sentences that end with one, do not count."""
    labels = _mended(np.concatenate(chunk.labels), chunk.text)
    lasts = np.flatnonzero(labels)
    firsts = np.concatenate([[0], lasts[:-1] + 1])
    firsts += chunk.blank[firsts]  # a blank before a token is no part of it, and there is no second
    stands = firsts <= lasts
    firsts, lasts = firsts[stands], lasts[stands]
    blanks = np.cumsum(chunk.blank)
    unbroken = blanks[firsts] == blanks[lasts]
    columns = (chunk.places[firsts], chunk.places[lasts] + 1, labels[lasts] >= _WITH_CLITICS, unbroken)
    tokens = [Found(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    begun = 0
    for end in np.flatnonzero(labels[lasts] % 2 == 0).tolist():
        yield tokens[begun : end + 1]
        begun = end + 1
    if begun < len(tokens):
        yield tokens[begun:]


def _mended(labels: Numbers, text: str) -> Numbers:
    """Return the labels with a sentence ended at the end of the text, and with addresses kept whole."""
    labels[-1] = _ENDS_CLITICS_AND_SENTENCE if labels[-1] > _ENDS_SENTENCE else _ENDS_SENTENCE
    for address in _ADDRESS.finditer(text):
        labels[address.start() : address.end() - 1] = 0
        labels[address.end() - 1] = max(labels[address.end() - 1], 1)
    return labels
