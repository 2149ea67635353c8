"""A page's HTML → its article: trafilatura finds text, headline, site, date and author; nothing is ever fetched.

The work is bounded twice: by the page's size, and by the clock. What the client knows wins over what the page says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from threading import Thread

import trafilatura
from trafilatura.settings import Document

from service import arabic, outlets
from service.attribution import Article
from service.pages.dates import date_in

MAX_HTML = 3_000_000  # characters
MAX_SECONDS = 10.0
_LONGEST_TITLE = 500  # characters
_TAG = re.compile(r"<[a-zA-Z!/]")
_TITLE_PARTS = re.compile(r"\s[|»–—-]\s")
_ELEMENT = re.compile(r"<(\w{1,12})\b([^<>]{0,400})>([^<]{4,120})<")
_DATED = re.compile(r"\b(?:class|id)=[\"'][^\"']*date", re.IGNORECASE)
_BYLINES = "كتب|كتبت|كتبه|كتبته|بقلم|إعداد|اعداد|تقرير|تحرير|حوار|ترجمة|الكاتب|الكاتبة|المحرر|المحررة"
_BYLINE = re.compile(rf"(?:(?:{_BYLINES})\s*[:/-]?\s+)?(?P<name>\S.{{0,80}})")
_AUTHORS = ";"  # trafilatura's mark between several
_NO_GUESSES = {"extensive_search": False, "original_date": True}  # only dates that the page states as its own


class PageError(ValueError):
    """The HTML cannot be taken for an article; the message says why."""


@dataclass(slots=True)
class _Outcome:
    page: Document | None = None
    failure: Exception | None = None


def article_from_html(html: str, facts: Article) -> Article:
    """Return the article of a page with its text extracted; raise PageError where it holds none, is too large or takes too long."""
    if len(html) > MAX_HTML:
        raise PageError(f"The HTML has {len(html):,} characters; at most {MAX_HTML:,} are read.")
    page = _extracted(html) if _TAG.search(html) else None
    text = (page.text or "").strip() if page else ""
    if not page or not text:
        raise PageError("No article text was found in the HTML.")
    site = _site(page, facts)
    title = facts.title or _headline((page.title or "")[:_LONGEST_TITLE], page.sitename)
    return replace(
        facts,
        text=_with_headline(_without_byline(text, page.author or ""), title),
        title=title,
        outlet=facts.outlet or site,
        url=facts.url or page.url or None,
        published_at=facts.published_at or page.date or _printed_date(html),
    )


def _extracted(html: str) -> Document | None:
    """Run trafilatura beside the request, and leave it where it takes too long."""
    outcome = _Outcome()
    worker = Thread(target=_extract, args=(html, outcome), daemon=True)
    worker.start()
    worker.join(MAX_SECONDS)
    if worker.is_alive():
        raise PageError(f"The HTML could not be read within {MAX_SECONDS:g} seconds.")
    if outcome.failure:
        raise PageError("The HTML could not be parsed.") from outcome.failure
    return outcome.page


def _extract(html: str, outcome: _Outcome) -> None:
    """Fill the outcome; the parser's errors over a client's page are the client's, whatever their class."""
    try:
        found = trafilatura.bare_extraction(
            html, fast=True, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=_NO_GUESSES
        )
    except Exception as failure:  # noqa: BLE001 — crosses a thread: told to the caller as PageError
        outcome.failure = failure
        return
    outcome.page = found if isinstance(found, Document) else None


def _site(page: Document, facts: Article) -> str | None:
    """Return the outlet that the page names: its site name, or a part of it, that we know; else its host's; else the name as written."""
    name = (page.sitename or "").strip()
    for part in (name, *_TITLE_PARTS.split(name)):
        if entry := outlets.known(part):
            return entry.name
    if facts.url or not name or "." in name:  # a request's URL speaks for itself in read_page; a bare host is no name
        return None
    by_host = outlets.by_host(page.hostname) if page.hostname else None
    return by_host.name if by_host else name


def _headline(title: str, site: str | None) -> str | None:
    """Return a page's title without the site's name behind it: `… | سكاي نيوز عربية`."""
    title = title.strip()
    while (mark := _last_mark(title)) and _is_site(title[mark.end() :], site):
        title = title[: mark.start()].strip()
    return title or None


def _last_mark(title: str) -> re.Match[str] | None:
    return next(reversed(list(_TITLE_PARTS.finditer(title))), None)


def _is_site(part: str, site: str | None) -> bool:
    return outlets.known(part) is not None or (site is not None and arabic.key(part.strip()) == arabic.key(site.strip()))


def _with_headline(text: str, title: str | None) -> str:
    """Put the headline before the text where the text does not open with it: headlines quote too."""
    if not title or arabic.key(title.strip()) in arabic.key(text[: 3 * len(title) + 300]):
        return text
    return f"{title.strip()}\n{text}"


def _without_byline(text: str, author: str) -> str:
    """Return a text without the lines that only name its author (كتب: فلان), whom the page's metadata tells: he is not news."""
    names = {arabic.key(name.strip()) for name in author.split(_AUTHORS) if name.strip()}
    lines = text.split("\n")
    return "\n".join(line for line in lines if not ((byline := _BYLINE.fullmatch(line.strip())) and arabic.key(byline["name"].strip()) in names))


def _printed_date(html: str) -> str | None:
    """Return the day that the page prints where it prints dates, in a `time` element or one of class date; None where these differ."""
    printed = (said for name, attributes, said in _ELEMENT.findall(html) if name.lower() == "time" or _DATED.search(attributes))
    dates = {date for said in printed if (date := date_in(said))}
    return dates.pop() if len(dates) == 1 else None
