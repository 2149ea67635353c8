"""The table of contents: the stages of an answer, called in the order in which text flows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.attribution import Article, Document, NewsItem, Report

Annotate = Callable[[Sequence[tuple[str, Sequence[NewsItem]]]], list[list[Document]]]
"""(text, items) of several articles in, one document an item out: Stanza's, or a recording of it."""


@dataclass(frozen=True)
class Extractor:
    """Answers who said what; holds the annotator, which is slow to load, and nothing else."""

    annotate: Annotate

    def extract(self, articles: Sequence[Article]) -> list[Report]:
        """Return one report an article, in order."""
        raise NotImplementedError
