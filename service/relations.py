"""An attribution as the text shows it, before anyone asks who the speaker is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.attribution import Construction
from service.lexicon.inflection import Form

Stretch = tuple[int, int]
"""First and last piece, inclusive."""

REACH = 90  # pieces between a cue and its content: 42 words is the longest aside counted in treebanks
LOOKAHEAD = 14  # pieces within which a complementiser still claims the verb after a noun phrase opened
SHORT_QUOTATION = 3  # words in marks that may be a name or a scare quote


class Opener(StrEnum):
    """What opens a content."""

    COMPLEMENTISER = "complementiser"
    PREPOSITION = "preposition"
    COLON = "colon"
    QUOTATION = "quotation"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a content begins: `at` is its first piece, `skip` the code points of an attached preposition there (بـ + توفير).

    The words between cue and content end at `zone_last`.
    """

    opener: Opener
    at: int
    zone_last: int
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """Source, cue and content in pieces.

    `skip` is the code points of an attached preposition at the content's start; `form` shows the agreement of a subject that is not
    written; `governor` is the cue piece of the relation whose source this one shares (مشيرا إلى …); `via` names who passed it on;
    `addressee` is whom the words were said to, where that is a medium.
    """

    construction: Construction
    rule: str
    cue: Stretch | None
    source: Stretch | None
    content: tuple[Stretch, ...]
    skip: int = 0
    form: Form | None = None
    governor: int | None = None
    via: tuple[Stretch, ...] = ()

    @property
    def first(self) -> int:
        """The first piece of the content."""
        return self.content[0][0]

    @property
    def last(self) -> int:
        """The last piece of the content."""
        return self.content[-1][1]

    @property
    def at(self) -> int:
        """The piece by which the relation is ordered and known: its cue's, or its content's where it has none."""
        return self.cue[0] if self.cue else self.first

    def holds(self, other: Relation) -> bool:
        """Tell whether the other's cue stands inside this one's content."""
        return any(first <= other.at <= last for first, last in self.content) and self is not other
