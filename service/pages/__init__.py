"""A page's text → its news items: boilerplate off, related articles apart, each with its title, outlet, credits and date."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from service import arabic, outlets
from service.attribution import Article, ItemRole, NewsItem, Span, Title
from service.pages.datelines import Dateline, dateline_at
from service.pages.dates import date_in
from service.pages.footers import with_footer
from service.pages.furniture import GLUED
from service.pages.lines import lines_of, trimmed
from service.pages.paragraphs import headline_of, paragraphs_of
from service.pages.pieces import Part, Section
from service.pages.publisher import credited, outlet_of
from service.pages.sections import sections_of

__all__ = ["article_from_html", "read_page"]

_DATELINE_LINES = 3  # paragraphs among which a dateline may stand: after headline and subheading
_LONGEST_HEADLINE = 160  # characters


def read_page(article: Article) -> tuple[NewsItem, ...]:
    """Return the news items of the article's text in order, the main one first; none for a blank text."""
    text = article.text
    lines = lines_of(text, GLUED)
    if not lines:
        return ()
    sections, stray = sections_of(text, lines, article.title)
    return tuple(_item(article, index, with_footer(text, section), stray) for index, section in enumerate(sections))


def article_from_html(html: str, facts: Article) -> Article:
    """Return the article of an HTML page, its text extracted; `facts` is what the client knows, and wins. Raises a ValueError that says why."""
    from service.pages.html import article_from_html as extracted  # noqa: PLC0415 — the parser of HTML is heavy, and most clients send text

    return extracted(html, facts)


def _item(article: Article, index: int, section: Section, stray: tuple[Span, ...]) -> NewsItem:
    text = article.text
    paragraphs = paragraphs_of(text, section)
    dateline, at = _dateline(text, paragraphs)
    headline = headline_of(section)
    stands_alone = headline is not None and headline.span in paragraphs and not (dateline and at == 0)
    title = _title(article, section, headline.span if headline and stands_alone else None, paragraphs)
    if dateline:
        rest = trimmed(text, Span(dateline.span.end, paragraphs[at].end))
        paragraphs = (*paragraphs[:at], *((rest,) if rest else ()), *paragraphs[at + 1 :])
    credit_lines = credited(text, section)
    parties = (*chain.from_iterable(credit_lines), *(dateline.parties if dateline else ()))
    return NewsItem(
        index=index,
        role=section.role,
        span=_extent(section),
        paragraphs=paragraphs,
        title=title,
        outlet=outlet_of(article, section, credit_lines, dateline),
        credits=tuple(dict.fromkeys(outlets.canonical(party.of(text)) for party in parties)),
        published_at=_published(article, section, dateline, stray),
    )


def _extent(section: Section) -> Span:
    """From the item's first to its last character that is not furniture, its credit line included."""
    spans = [piece.span for piece in section.pieces]
    texts = [piece.span for piece in section.texts] or spans
    ends = [piece.span.end for piece in section.pieces if piece.part not in (Part.DATE, Part.CREDIT_APART, Part.END_MARK)] or [spans[-1].end]
    return Span(texts[0].start, max(texts[-1].end, ends[-1]))


def _dateline(text: str, paragraphs: tuple[Span, ...]) -> tuple[Dateline | None, int]:
    """Return the item's dateline and the paragraph that it opens."""
    for at, paragraph in enumerate(paragraphs[:_DATELINE_LINES]):
        dateline = dateline_at(text, paragraph)
        if dateline:
            return dateline, at
        if len(paragraph) > _LONGEST_HEADLINE or paragraph.of(text).endswith("."):
            break
    return None, 0


def _title(article: Article, section: Section, headline: Span | None, paragraphs: tuple[Span, ...]) -> Title | None:
    """The client's title wins for the main item, with its place where it stands in the text; else the headline."""
    text = article.text
    if section.role is ItemRole.MAIN and article.title and article.title.strip():
        wanted = arabic.key(article.title.strip())
        near = [paragraph for paragraph in paragraphs[:_DATELINE_LINES] if len(paragraph) <= 2 * len(article.title)]
        place = next((paragraph for paragraph in near if arabic.key(paragraph.of(text)) == wanted), None)
        return Title(article.title.strip(), place)
    return Title(headline.of(text), headline) if headline else None


def _published(article: Article, section: Section, dateline: Dateline | None, stray: tuple[Span, ...]) -> str | None:
    """The client's date wins for the main item; then the item's own; then the only one on the page."""
    is_main = section.role is ItemRole.MAIN
    if is_main and article.published_at:
        return article.published_at
    own = _dates(article.text, [*(piece.span for piece in section.pieces if piece.part is Part.DATE), *([dateline.span] if dateline else ())])
    if own:
        return own[0]
    elsewhere = _dates(article.text, stray) if is_main else ()
    return elsewhere[0] if len(elsewhere) == 1 else None


def _dates(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """Return the dates that lines name, each once."""
    dates = (date_in(span.of(text)) for span in spans)
    return tuple(dict.fromkeys(date for date in dates if date))
