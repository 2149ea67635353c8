"""Who published an item, and whom it credits: request > credit line > dateline > host > title > its own mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from service import outlets
from service.attribution import Article, Outlet, OutletEvidence, Span
from service.pages.credits import is_sure, is_wire, parties_in, publisher
from service.pages.datelines import Dateline
from service.pages.lines import trimmed
from service.pages.mentions import own_mention
from service.pages.pieces import Part, Piece, Section

_ADDRESS = re.compile(r"[\w.+-]{1,64}@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})", re.IGNORECASE)
_CLOSING = re.compile(r"\(([^()\n]{2,40})\)[\s.]*\Z")
_CLOSING_REACH = 60  # characters
_TITLE_END = re.compile(r"[|\-–—»]\s*([^|\-–—»]{2,60})$")


def credited(text: str, section: Section) -> tuple[tuple[Span, ...], ...]:
    """Return the parties of each of the item's credit lines, in order; a line above the text counts only for parties we know."""
    first = next((piece.span.start for piece in section.texts), 0)
    lines: list[tuple[Span, ...]] = []
    for piece in section.pieces:
        if piece.part not in (Part.CREDIT, Part.CREDIT_APART) or _names_itself(piece):
            continue
        found = parties_in(text, piece.furniture.rest if piece.furniture else piece.span)
        below = piece.span.start > first
        lines.append(tuple(party for party in found if below or outlets.known(party.of(text)) or is_wire(party.of(text))))
    closing = _closing(text, section)
    return tuple(line for line in (closing, *lines) if line)


def _closing(text: str, section: Section) -> tuple[Span, ...]:
    """Return the parties in brackets at the very end of the text, all of them known: … خلال أيام. (رويترز)."""
    last = next((piece.span for piece in reversed(section.pieces) if piece.part is Part.TEXT), None)
    bracket = _CLOSING.search(text, max(last.start, last.end - _CLOSING_REACH), last.end) if last else None
    parties = parties_in(text, Span(*bracket.span(1))) if bracket else ()
    return parties if all(is_sure(party.of(text)) for party in parties) else ()


def _names_itself(piece: Piece) -> bool:
    """A label that itself names the publisher is followed by no party: رابط الخبر بصحيفة الوئام."""
    return piece.furniture is not None and piece.furniture.entry.outlet is not None


def outlet_of(article: Article, section: Section, credit_lines: Sequence[Sequence[Span]], dateline: Dateline | None) -> Outlet | None:
    """Return the item's publisher by the strongest evidence; the request's facts speak of the main item alone."""
    text, is_main = article.text, section.role.value == "main"
    if is_main and article.outlet and article.outlet.strip():
        return Outlet(outlets.canonical(article.outlet), OutletEvidence.REQUEST, None)
    found = (
        _labelled(section)
        or _named(text, _last_publisher(text, credit_lines), OutletEvidence.CREDIT)
        or _named(text, publisher(text, dateline.parties) if dateline else None, OutletEvidence.DATELINE)
    )
    if found or not is_main:
        return found
    return _from_url(article.url) or _from_address(text, section) or _from_title(article.title) or _from_mention(text, section)


def _last_publisher(text: str, credit_lines: Sequence[Sequence[Span]]) -> Span | None:
    """Of several credit lines the last names the publisher: المصدر: أكسيوس / المصدر: RT Arabic."""
    return next((party for line in reversed(credit_lines) if (party := publisher(text, line))), None)


def _named(text: str, span: Span | None, evidence: OutletEvidence) -> Outlet | None:
    return Outlet(outlets.canonical(span.of(text)), evidence, span) if span else None


def _labelled(section: Section) -> Outlet | None:
    """A label that itself names the publisher: رابط الخبر بصحيفة الوئام."""
    for piece in section.pieces:
        if piece.furniture and piece.furniture.entry.outlet:
            return Outlet(piece.furniture.entry.outlet, OutletEvidence.CREDIT, piece.furniture.label)
    return None


def _from_url(url: str | None) -> Outlet | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:  # a client's malformed address says nothing
        return None
    entry = outlets.by_host(host) if host else None
    return Outlet(entry.name, OutletEvidence.URL, None) if entry else None


def _from_address(text: str, section: Section) -> Outlet | None:
    """A writer's address under the text: the host of `someone@outlet` serves the outlet's pages."""
    last = section.pieces[-1].span
    for address in _ADDRESS.finditer(text, max(last.start, last.end - 400), last.end):
        entry = outlets.by_host(address.group(1))
        if entry:
            return Outlet(entry.name, OutletEvidence.URL, trimmed(text, Span(*address.span(1))))
    return None


def _from_mention(text: str, section: Section) -> Outlet | None:
    """The text's own word for its paper, as good as a credit: `قال لـ«عكاظ»`."""
    marked = any(piece.furniture is not None and piece.furniture.entry.agency for piece in section.pieces)
    mention = own_mention(text, [piece.span for piece in section.texts], agency=marked)
    return Outlet(mention[0], OutletEvidence.CREDIT, mention[1]) if mention else None


def _from_title(title: str | None) -> Outlet | None:
    """A page title often ends in the site's name: `… | سكاي نيوز عربية`."""
    ending = _TITLE_END.search(title[-120:]) if title else None
    entry = outlets.known(ending.group(1)) if ending else None
    return Outlet(entry.name, OutletEvidence.TITLE, None) if entry else None
