"""The table of contents: the stages of an answer, called in the order in which text flows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service import lexicon, report
from service.anaphora import Anaphora
from service.attribution import Article, Document, NewsItem, Passage, Report
from service.chains import parents
from service.pages import read_page
from service.people import find
from service.reading import read
from service.report import Answer
from service.rules import apply
from service.speakers import Resolver
from service.written import Written

Annotate = Callable[[Sequence[Passage]], list[Document]]
"""Passages in, one document a passage out, in order: Stanza's, or a recording of it."""


@dataclass(frozen=True)
class Extractor:
    """Answers who said what; holds the annotator, which is slow to load, and nothing else."""

    annotate: Annotate

    def extract(self, articles: Sequence[Article]) -> list[Report]:
        """Return one report an article, in order."""
        pages = [read_page(article) for article in articles]
        passages = [Passage(article.text, item.paragraphs) for article, page in zip(articles, pages, strict=True) for item in page]
        documents = iter(self.annotate(passages))
        answers = [[(item, answer(item, next(documents))) for item in page] for page in pages]
        return [report.compose(article, answered) for article, answered in zip(articles, answers, strict=True)]


def answer(item: NewsItem, document: Document) -> Answer:
    """Return the relations of one news item and their speakers."""
    words = lexicon.load()
    reading = read(document, words.nouns, words.forms)
    headline = next((n for n, paragraph in enumerate(item.paragraphs) if item.title is not None and paragraph == item.title.span), None)
    rules = apply(reading, words, headline)
    relations = rules.relations()
    around = parents(relations)
    people = find(reading, rules.phrases, rules.vocabulary, [relation.source for relation in relations if relation.source is not None])
    anaphora = Anaphora(reading, rules.vocabulary, people)
    speakers, vias = Resolver(reading, rules.vocabulary, people, rules.sources, anaphora, Written(reading, rules.vocabulary, people)).resolve(
        relations, around
    )
    return Answer(reading, people, tuple(relations), tuple(around), tuple(speakers), tuple(vias))
