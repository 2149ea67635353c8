"""Named-entity corpora as the tagger meets text: surface tokens, clitics attached, signs apart, BIO tags."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

OUTSIDE = "O"


@dataclass(frozen=True)
class Tagged:
    """A surface token and its BIO tag."""

    text: str
    tag: str

    @property
    def kind(self) -> str:
        """The class without its B- or I-; empty outside."""
        return self.tag[2:]


TaggedSentence = tuple[Tagged, ...]


def read(path: Path) -> Iterator[TaggedSentence]:
    """Sentences of a ``token TAB tag`` file, parted by blank lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for blank, rows in groupby(lines, lambda line: not line.strip()):
        if not blank:
            pairs = (row.split("\t") for row in rows)
            yield tuple(Tagged(text, tag) for text, tag in pairs)


def part_signs(sentence: Sequence[Tagged]) -> TaggedSentence:
    """Part brackets, quotes and stops from the words they are glued to, as our tokenizer does.

    A sign at an entity's outer edge falls outside it; one within it stays inside.
    """
    parted = list[Tagged]()
    for place, token in enumerate(sentence):
        follows = sentence[place + 1].tag if place + 1 < len(sentence) else OUTSIDE
        parted.extend(_parted(token, last=not follows.startswith("I-")))
    return tuple(parted)


def _parted(token: Tagged, *, last: bool) -> Iterator[Tagged]:
    core = token.text.strip("".join(sign for sign in set(token.text) if _is_sign(sign)))
    if not core or core == token.text:
        yield token
        return
    start = token.text.index(core)
    inside = f"I-{token.kind}" if token.kind else OUTSIDE
    before = inside if token.tag.startswith("I-") else OUTSIDE
    after = OUTSIDE if last else inside
    yield from (Tagged(sign, before) for sign in token.text[:start])
    yield Tagged(core, token.tag)
    yield from (Tagged(sign, after) for sign in token.text[start + len(core) :])


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
