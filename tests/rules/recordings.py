"""Recorded annotations: what the models said of a text, so that the rules are tested in seconds and without torch.

A recording is our `Document` without what the text itself tells: a token is its surface form, found again from left to right.
Recordings of one file of cases stand in one JSON file, a line a text:

    {"id": [[[0, "قال وزير …"], [1, "وأضاف …"]], {"7": "و أضاف"}, {"2-3": "PER"}]}

sentences with their paragraph, tokens with clitics by their index, names by their first and last token.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.attribution import Article, Document, Entity, Passage, Span, Token
from service.pages import read_page

HERE = Path(__file__).resolve().parent.parent / "annotations"
Annotate = Callable[[Sequence[Passage]], list[Document]]


class NotRecorded(LookupError):  # noqa: N818 — the name says what is wrong
    """The text was never annotated, or has changed since; the message says how to record it."""


def passages(article: Article) -> list[Passage]:
    """Return what the extractor asks the annotator for when it reads an article."""
    return [Passage(article.text, item.paragraphs) for item in read_page(article)]


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings of one file, played back in the annotator's place."""

    name: str
    played: dict[str, Any]

    def of(self, article_id: str) -> Annotate:
        """Return an annotator that knows one article."""

        def annotate(asked: Sequence[Passage]) -> list[Document]:
            recorded = self.played.get(article_id)
            if recorded is None or len(recorded) != len(asked):
                raise NotRecorded(f"{article_id} is not in annotations/{self.name}.json: pytest tests/rules --record")
            return [_document(passage, one) for passage, one in zip(asked, recorded, strict=True)]

        return annotate


def read(name: str) -> Recordings:
    """Return the recordings of a file; none where there is no file yet."""
    path = HERE / f"{name}.json"
    return Recordings(name, json.loads(path.read_text("utf-8")) if path.is_file() else {})


def record(name: str, articles: Iterable[Article], annotate: Annotate) -> None:
    """Annotate the articles of a file and write their recordings anew."""
    write(name, {article.id: recorded(article, annotate) for article in articles})


def write(name: str, played: Mapping[str, Any]) -> None:
    """Write the recordings of a file, a line an article."""
    lines = (f"{json.dumps(article, ensure_ascii=False)}: {json.dumps(played[article], ensure_ascii=False)}" for article in played)
    HERE.joinpath(f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def recorded(article: Article, annotate: Annotate) -> list[Any]:
    """Return an article's annotation in the recordings' form, one entry a passage."""
    return [_compact(document) for document in annotate(passages(article))]


def _compact(document: Document) -> list[Any]:
    sentences: list[list[Any]] = []
    for number, token in enumerate(document.tokens):
        if not number or token.sentence != document.tokens[number - 1].sentence:
            sentences.append([token.paragraph, token.text])
        else:
            sentences[-1][1] += f" {token.text}"
    clitics = {str(number): " ".join(token.words) for number, token in enumerate(document.tokens) if token.words != (token.text,)}
    return [sentences, clitics, {f"{entity.first}-{entity.last}": entity.type for entity in document.entities}]


def _document(passage: Passage, recording: list[Any]) -> Document:
    sentences, clitics, names = recording
    tokens: list[Token] = []
    cursor = 0
    for sentence, (paragraph, surfaces) in enumerate(sentences):
        for surface in surfaces.split(" "):
            start = passage.text.find(surface, cursor)
            if start < 0 or paragraph >= len(passage.paragraphs) or not passage.paragraphs[paragraph].holds(Span(start, start + len(surface))):
                raise NotRecorded(f"«{surface}» is recorded but does not follow in the text: pytest tests/rules --record")
            cursor = start + len(surface)
            words = tuple(clitics[str(len(tokens))].split(" ")) if str(len(tokens)) in clitics else (surface,)
            tokens.append(Token(surface, Span(start, cursor), words, sentence, paragraph))
    entities = [_entity(tokens, *map(int, edges.split("-")), kind) for edges, kind in names.items()]
    return Document(passage.text, tuple(tokens), tuple(entities))


def _entity(tokens: Sequence[Token], first: int, last: int, kind: str) -> Entity:
    return Entity(first, last, Span(tokens[first].span.start, tokens[last].span.end), kind)
