"""What is measured on: articles of a wanted length, invented or cut from a file of real ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests import load

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SENTENCES = 3  # of an invented paragraph


def tokens_in(text: str) -> int:
    """Return how many words and signs a text has, near enough to the tokenizer's count to cut articles by."""
    return len(_TOKEN.findall(text))


def _invented() -> Iterator[str]:
    for number in count():
        sentences = load.article(number)["text"].split("\n")
        for first in range(0, len(sentences), _SENTENCES):
            yield " ".join(sentences[first : first + _SENTENCES])


@dataclass
class Supply:
    """Paragraphs, each given out once: no text is measured twice, so that nothing is remembered that would not be of new articles."""

    paragraphs: Iterator[str] = field(default_factory=_invented)

    def article(self, tokens: int) -> str:
        """Return an article of about so many tokens, its last paragraph cut."""
        written: list[str] = []
        wanted = tokens
        while wanted > 0:
            words = next(self.paragraphs).split(" ")
            kept = len(words)
            while kept > 1 and tokens_in(" ".join(words[:kept])) > wanted:
                kept -= max(1, kept // 20)
            written.append(" ".join(words[:kept]))
            wanted -= tokens_in(written[-1])
        return "\n".join(written)

    def articles(self, number: int, tokens: int) -> list[str]:
        """Return so many articles of so many tokens."""
        return [self.article(tokens) for _ in range(number)]


def supply(path: Path | None) -> Supply:
    """Return paragraphs from a file of articles, one JSON object with a `text` a line, over and over; invented ones without a file."""
    if path is None:
        return Supply()
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    paragraphs = [paragraph.strip() for text in texts for paragraph in text.split("\n") if paragraph.strip()]
    return Supply(paragraphs[number % len(paragraphs)] for number in count())
