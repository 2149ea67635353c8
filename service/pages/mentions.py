"""A publisher names itself: people speak `لـ«عكاظ»` in عكاظ, and `علمت «عكاظ»` is its own knowledge.

Counted over 1,628 articles: in all 88 of known outlet that name one Arabic newspaper, site or radio so, without a head (صحيفة …),
it is the publisher.
Agencies, broadcasters and foreign papers are spoken to in everybody's pages, so they prove nothing; but an item that bears an agency's end
mark is the agency's that it names so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service import outlets
from service.attribution import Span
from service.lexicon.outlets import OutletEntry, OutletKind

_OWN_KINDS = frozenset({OutletKind.NEWSPAPER, OutletKind.SITE, OutletKind.RADIO})
_TALK = r"(?:تصريح|حديث|حوار|لقاء|مقابلة|اتصال|مداخلة)\w{0,3}(?: \w{2,10})? (?:مع|إلى)"  # in which one speaks with the paper
_GIVEN = r"و?(?:علمت|تلقت|تسلمت|حصلت|اطلعت|زودت|أبلغت?|أخبرت?|خصّ?(?:ت|وا)? ب(?:ه|ها))"  # what the paper learnt or was told
_QUOTED = re.compile(rf"(?<!\w)(?:لـ?|{_TALK}|{_GIVEN}|ل?مراسلة?|على موجات)\s{{0,2}}[«»\"“”(]\s?([^«»\"“”()\n]{{2,25}}?)\s?[«»\"“”)]")
_SLASHED = re.compile(r"(?<!\w)ل/ ?(\w{2,8})(?!\w)")  # ل/واج: how an agency writes its own name
_STATED = re.compile(r"(?<!\w)(?:(?:تصريح|تصريحات|حديث|حوار|مداخلة)(?: \w{2,10})? ل(?:ـ ?)?|ل?مراسلة? )([^\s،.:]+(?: [^\s،.:]+){0,2})")
_RESTORED = "ال"


def own_mention(text: str, paragraphs: Sequence[Span], *, agency: bool = False) -> tuple[str, Span] | None:
    """Return the publisher's name and where it first names itself; None where several media are so named. `agency`: it may be one."""
    kinds = _OWN_KINDS | {OutletKind.AGENCY} if agency else _OWN_KINDS
    found: dict[str, Span] = {}
    for paragraph in paragraphs:
        for entry, span in (*_quoted(text, paragraph, kinds), *_stated(text, paragraph)):
            found.setdefault(entry.name, span)
    return next(iter(found.items())) if len(found) == 1 else None


def _quoted(text: str, paragraph: Span, own: frozenset[OutletKind]) -> Iterator[tuple[OutletEntry, Span]]:
    for pattern, kinds in ((_QUOTED, own), (_SLASHED, frozenset(OutletKind))):
        for match in pattern.finditer(text, paragraph.start, paragraph.end):
            entry = outlets.known(match.group(1))
            if entry and entry.arabic and entry.kind in kinds:
                yield entry, Span(*match.span(1))


def _stated(text: str, paragraph: Span) -> Iterator[tuple[OutletEntry, Span]]:
    """`في تصريح لإذاعة كذا`, without marks: only a name that is no common word."""
    for match in _STATED.finditer(text, paragraph.start, paragraph.end):
        words = match.group(1).split(" ")
        for width in range(len(words), 0, -1):
            name = " ".join(words[:width])
            restored = _RESTORED + name.removeprefix("ل") if name.startswith("ل") else name  # للجوهرة = ل + الجوهرة
            entry = outlets.known(restored) or outlets.known(name)
            if entry and entry.arabic and (outlets.is_medium(restored) or outlets.is_medium(name)) and entry.kind in _OWN_KINDS:
                yield entry, Span(match.start(1), match.start(1) + len(name))
                break
