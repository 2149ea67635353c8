"""The nouns of the house: what flows from stage to stage, from a client's article to the report.

Every value is frozen and complete at birth. Every offset is a Unicode code point into the text exactly as the client sent it,
end exclusive. The words are those of the attribution-relation literature (PARC 3, PolNeAR): a *source* makes known, by a *cue*, a *content*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Construction(StrEnum):
    """How the text attributes: the grammatical shape that links source, cue and content."""

    CLAUSE = "clause"  # قال فلان إنّ …
    COLON = "colon"  # قال فلان: … / فلان: …
    RELAY = "relay"  # نقل أ عن ب أنّ …
    ACCORDING_TO = "according_to"  # وفقا لفلان
    CIRCUMSTANTIAL = "circumstantial"  # … مشيرا إلى أنّ …
    NOMINAL = "nominal"  # قوله إنّ …
    UNCUED = "uncued"  # a quotation that continues its speaker's


class SpeechType(StrEnum):
    """How much of a content stands in quotation marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerType(StrEnum):
    """What kind of party speaks."""

    PERSON = "PER"
    ORGANISATION = "ORG"
    COUNTRY = "GPE"
    GROUP = "GROUP"
    ANONYMOUS = "ANON"
    OTHER = "OTHER"


class Resolution(StrEnum):
    """The sieve that told who a source is, from precise to bold."""

    NAMED = "named"
    ALIAS = "alias"
    ROLE = "role"
    DROPPED_SUBJECT = "dropped_subject"
    PRONOUN = "pronoun"


class ItemRole(StrEnum):
    """The place of a news item on its page."""

    MAIN = "main"
    RELATED = "related"


class OutletEvidence(StrEnum):
    """What told us who published an item, from strong to weak."""

    REQUEST = "request"
    CREDIT = "credit"
    DATELINE = "dateline"
    URL = "url"
    TITLE = "title"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the client's text: code points `start` to `end`, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the stretch of `text` that this span names."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Token:
    """A surface token (UD sense): an unbroken stretch of text, its clitics still attached.

    `words` is Stanza's expansion (و + قال), one element where there is nothing to expand; `paragraph` and `sentence` count
    from the document's start, a sentence being Stanza's, which errs.
    """

    text: str
    span: Span
    words: tuple[str, ...]
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity over tokens `first` to `last` (inclusive indices into the document's tokens)."""

    first: int
    last: int
    span: Span
    type: str  # PER | ORG | LOC | MISC


@dataclass(frozen=True, slots=True)
class Passage:
    """What is annotated as one: the client's whole `text` and the paragraphs of it that belong together, in order."""

    text: str
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An annotated passage: the client's whole `text`, and the tokens and entities of its paragraphs."""

    text: str
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What a client sends: the text and what it already knows of it, which wins over what the text says."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: str | None = None  # ISO 8601


@dataclass(frozen=True, slots=True)
class Title:
    """A headline; `span` is absent when it came with the request and does not stand in the text."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published an item, by its canonical name, and what says so."""

    name: str
    evidence: OutletEvidence
    span: Span | None  # where the text says so; absent when it came with the request or the URL


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One news item of a page.

    `span` runs from its first to its last character, credit line included; `paragraphs` are the stretches of running text
    in it (headline first when it stands in the text, furniture left out): attributions are sought there and nowhere else.
    """

    index: int
    role: ItemRole
    span: Span
    paragraphs: tuple[Span, ...]
    title: Title | None
    outlet: Outlet | None
    credits: tuple[str, ...]
    published_at: str | None  # ISO 8601 date, or date and time


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """The speaker of one attribution: an entry of the report's speakers, the role it bears here and the sieve that found it."""

    id: str
    name: str
    type: SpeakerType
    role: str | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Via:
    """A party that passed the words on; `span` is where the text names it."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One answer to *who said what*: source, cue and content as written, and the speaker and chain behind them."""

    id: int
    article: int  # index of its news item
    type: SpeechType
    construction: Construction
    rule: str  # id of the lexicon entry that fired
    cue: Span | None  # absent where a quotation stands alone
    source: Span | None  # absent where the subject is dropped or a pronoun
    content: tuple[Span, ...]  # several where a quotation is broken
    speaker: SpeakerMention | None
    via: tuple[Via, ...]  # nearest to the reader first
    outlet: str | None
    parent: int | None  # id of the attribution whose content holds this one
    confidence: float  # estimated precision of this kind of attribution


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone quoted in the page, once: every role, every mention and every attribution of theirs."""

    id: str
    name: str
    type: SpeakerType
    roles: tuple[str, ...]
    mentions: tuple[Span, ...]
    attributions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The answer for one article, offsets into `text`."""

    id: str
    text: str
    articles: tuple[NewsItem, ...]
    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]


def joined(text: str, spans: Sequence[Span]) -> str:
    """Return what several spans say, a broken quotation's pieces parted by an ellipsis."""
    return " … ".join(span.of(text) for span in spans)
