"""Words as the teacher reads them: in plain spelling, cut into frequent pieces, a whole corpus as one stream."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import torch
from torch import Tensor

from models.train.respelling import TWINS
from models.train.text import MARKS, TATWEEL

UNKNOWN, MASKED, BREAK = range(3)
SPECIAL = ("[unknown]", "[masked]", "[break]")
BREAK_WORD = "\n"
SIZE, ALPHABET = 20_000, 220
LONGEST = 12
RARE, SHARE, OFTEN = 3, 20, 3_000

_UNWRITTEN = re.compile(f"[{MARKS}{TATWEEL}]")
_DIGITS = {chr(first + digit): "0" for first in (0x30, 0x660) for digit in range(10)}
_PLAIN = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", **TWINS, **_DIGITS})


def plain(word: str) -> str:
    """The word without vowel marks, hamza seats and other choices of spelling; every digit is a nought.

    >>> plain("إيْران"), plain("2015")
    ('ايران', '0000')
    """
    return _UNWRITTEN.sub("", word).translate(_PLAIN).lower() or word


def learnt(counts: Mapping[str, int], size: int = SIZE) -> Any:
    """Byte-pair pieces (Sennrich et al. 2016) of plain words; counts go in shrunk, which hardly changes the order of the merges."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers  # noqa: PLC0415 - an extra that only the teacher needs

    tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL[UNKNOWN], continuing_subword_prefix="##"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        limit_alphabet=ALPHABET,
        continuing_subword_prefix="##",
        min_frequency=5,
        show_progress=False,
    )
    tokenizer.train_from_iterator(_repeated(counts), trainer)
    return tokenizer


def _repeated(counts: Mapping[str, int]) -> Iterator[str]:
    for word, count in counts.items():
        if count >= RARE:
            yield " ".join([word] * min(-(-count // SHARE), OFTEN))


@dataclass(frozen=True)
class Table:
    """The pieces of every word of a lexicon, one after the other."""

    pieces: Tensor
    lengths: Tensor

    @classmethod
    def of(cls, lexicon: Sequence[str], tokenizer: Any) -> Self:
        """Cut the lexicon's words, of which the first is the break between paragraphs."""
        cut = tokenizer.encode_batch([plain(word) for word in lexicon[1:]], add_special_tokens=False)
        rows = [[BREAK], *([*found.ids[:LONGEST]] or [UNKNOWN] for found in cut)]
        return cls(torch.tensor([piece for row in rows for piece in row]), torch.tensor([len(row) for row in rows]))


@dataclass(frozen=True)
class Stream:
    """A corpus as pieces without end: each piece, the number of its word, and where every word starts."""

    pieces: Tensor
    words: Tensor
    starts: Tensor

    @classmethod
    def of(cls, words: Tensor, table: Table) -> Self:
        """Spell out a corpus that is given as numbers of a lexicon."""
        offsets, lengths = table.lengths.cumsum(0) - table.lengths, table.lengths[words]
        starts = lengths.cumsum(0) - lengths
        number = torch.repeat_interleave(lengths)
        within = torch.arange(len(number)) - starts[number]
        return cls(table.pieces[offsets[words][number] + within], number, starts)

    def on(self, device: str) -> Self:
        """The same stream on another device."""
        return type(self)(self.pieces.to(device), self.words.to(device), self.starts.to(device))
