"""The wire contract as types: what is sent and what comes back, field by field, under the contract's names.

Answers may gain fields; those that these types do not know are passed over. Kinds that may grow too are strings and not enumerations.
All offsets are Unicode code points into the text, end exclusive: what Python itself counts in.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article or page to ask about, as `text` or as `html`, and what you know of it already: that wins over what the text says."""

    text: str | None = None
    html: str | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: str | None = None
    """ISO 8601."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: `report.text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Title:
    """A headline; without offsets when it came with the request."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published an item and what says so: `request`, `credit`, `dateline`, `url` or `title`; without offsets where the text does not."""

    name: str
    evidence: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One news item of the text; `role` is `main` or `related`."""

    index: int
    role: str
    start: int
    end: int
    title: Title | None
    outlet: Outlet | None
    credits: tuple[str, ...]
    published_at: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What was said: one span, or several where a quotation is broken."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Who said it: `type` is PER, ORG, GPE, GROUP, ANON or OTHER; `resolution` the sieve that found out."""

    id: str
    name: str
    type: str
    role: str | None
    resolution: str


@dataclass(frozen=True, slots=True)
class Via:
    """A party that passed the words on, by its own name and as the text names it."""

    name: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """One answer to *who said what*; the README tells the field's words."""

    id: int
    article: int
    type: str
    construction: str
    rule: str
    cue: Span | None
    source: Span | None
    content: Content
    speaker: SpeakerMention | None
    via: tuple[Via, ...]
    outlet: str | None
    parent: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone quoted in the text, once, with every mention and every attribution of theirs."""

    id: str
    name: str
    type: str
    roles: tuple[str, ...]
    mentions: tuple[Span, ...]
    attributions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The answer for one article; `text` is what the offsets count in: as sent, or as the service took it from the HTML."""

    id: str
    articles: tuple[NewsItem, ...]
    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]
    versions: dict[str, str]
    text: str = ""
