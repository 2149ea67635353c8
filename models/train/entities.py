"""Named-entity corpora as one: surface tokens with clitics attached, BIO tags, few classes."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

PROCLITICS = frozenset("وفبلك")
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


def rejoin_proclitics(sentence: Iterable[Tagged]) -> TaggedSentence:
    """Glue a lone و، ف، ب، ل or ك to the word after it, as running text has it.

    The word's own tag wins: the clitic is part of the surface token that is tagged.
    A clitic before a figure or a sign stays alone, and so does ل before ال (للـ is
    spelt otherwise).
    """
    joined = list[Tagged]()
    pending = ""
    for token in sentence:
        if token.text in PROCLITICS and token.tag == OUTSIDE and not pending:
            pending = token.text
        elif pending and token.text[0].isalpha() and len(token.text) > 1:
            joined.append(replace(token, text=_attach(pending, token.text)))
            pending = ""
        else:
            joined.extend([Tagged(pending, OUTSIDE)] if pending else [])
            joined.append(token)
            pending = ""
    if pending:
        joined.append(Tagged(pending, OUTSIDE))
    return tuple(joined)


def _attach(clitic: str, word: str) -> str:
    """The clitic and the word in one spelling: ل + الرئيس is للرئيس.

    >>> _attach("ل", "الرئيس"), _attach("و", "الرئيس")
    ('للرئيس', 'والرئيس')
    """
    if clitic == "ل" and word.startswith("ال"):
        return "لل" + word[2:]
    return clitic + word


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


def to_stanza(sentences: Iterable[Sequence[Tagged]]) -> str:
    """The JSON that Stanza's tagger reads."""
    rows = [[{"id": [number], "text": token.text, "ner": token.tag} for number, token in enumerate(sentence, start=1)] for sentence in sentences]
    return json.dumps(rows, ensure_ascii=False)
