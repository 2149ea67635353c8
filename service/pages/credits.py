"""Parties of a credit line: `المصدر : أكسيوس + الجزيرة` names two, the publisher last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service import outlets
from service.attribution import Span
from service.lexicon.furniture import load_furniture
from service.lexicon.outlets import OutletKind
from service.pages.dates import is_stamp
from service.pages.furniture import MARKS
from service.pages.lines import phrase, phrase_of, trimmed, words_of

_LEXICON = load_furniture()
_BETWEEN = re.compile(r"[+،,;؛/|&•■▪]|\s[-–—ـ]+\s|\sو\s|\s\+\s")
_LONGEST_PARTY = 6  # words


_WIRES = frozenset(map(phrase_of, _LEXICON.wires))
_NO_PARTIES = frozenset(map(phrase_of, (*_LEXICON.places, *_LEXICON.desks)))


def parties_in(text: str, span: Span) -> tuple[Span, ...]:
    """Return the parties a stretch lists, in order. Places, desks and dates are none."""
    cuts = [span.start]
    for mark in _BETWEEN.finditer(text, span.start, span.end):
        cuts += [mark.start(), mark.end()]
    cuts.append(span.end)
    pieces = (trimmed(text, Span(start, end), also=MARKS) for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return tuple(piece for piece in pieces if _is_party(text, piece))


def _is_party(text: str, span: Span) -> bool:
    words = words_of(text, span.start, span.end)
    if not words or len(words) > _LONGEST_PARTY or is_stamp(words):
        return False
    return phrase(words) not in _NO_PARTIES or outlets.is_medium(span.of(text))


def is_wire(name: str) -> bool:
    """Tell whether a name stands for agencies left unnamed: وكالات."""
    return phrase_of(name) in _WIRES


def is_sure(name: str) -> bool:
    """Tell whether a name that stands alone is a medium's and no mere word: الحياة may be one, سبأ is an agency."""
    entry = outlets.known(name)
    return is_wire(name) or outlets.is_medium(name) or (entry is not None and entry.kind is OutletKind.AGENCY)


def publisher(text: str, parties: Sequence[Span]) -> Span | None:
    """Return the party of a line that published: the last that is its readers' own, no agency or foreign paper; else the last named."""
    named = [party for party in parties if not is_wire(party.of(text))]
    own = [party for party in named if _may_publish(party.of(text))]
    return next(reversed(own or named), None)


def _may_publish(name: str) -> bool:
    """An agency sells to publishers, a foreign paper is quoted; of an outlet we do not know neither is known."""
    entry = outlets.known(name)
    return entry is None or (entry.arabic and entry.kind is not OutletKind.AGENCY)
