"""The table of contents: the stages of an answer, called in the order in which text flows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.attribution import Article, Document, Passage, Report

Annotate = Callable[[Sequence[Passage]], list[Document]]
"""Passages in, one document a passage out, in order: Stanza's, or a recording of it."""


@dataclass(frozen=True)
class Extractor:
    """Answers who said what; holds the annotator, which is slow to load, and nothing else."""

    annotate: Annotate

    def extract(self, articles: Sequence[Article]) -> list[Report]:
        """Return one report an article, in order."""
        raise NotImplementedError
