"""What a page is parted into: sections, each the pieces of one news item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from service.attribution import ItemRole, Span
from service.pages.furniture import Furniture
from service.pages.lines import Line


class Part(Enum):
    """What a piece is to its item."""

    TEXT = auto()
    CREDIT = auto()
    CREDIT_APART = auto()  # behind a box of headlines: of the item, yet not in its span
    DATE = auto()
    SIGNATURE = auto()
    END_MARK = auto()  # behind the item: tells whose it is, yet not in its span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an item: a line, or what is left of it beside glued furniture."""

    part: Part
    span: Span
    line: Line
    furniture: Furniture | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One item's pieces, in order."""

    role: ItemRole
    pieces: tuple[Piece, ...]

    @property
    def texts(self) -> tuple[Piece, ...]:
        """Its lines of text."""
        return tuple(piece for piece in self.pieces if piece.part is Part.TEXT)
