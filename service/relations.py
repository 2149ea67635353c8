"""An attribution as the text shows it, before anyone asks who the speaker is."""

from __future__ import annotations

from dataclasses import dataclass

from service.attribution import Construction
from service.lexicon.inflection import Form

Stretch = tuple[int, int]
"""First and last piece, inclusive."""


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
