"""Through whom the words came: which relation stands inside which, and who passed each on."""

from __future__ import annotations

from collections.abc import Sequence

from service import outlets
from service.relations import Relation


def parents(relations: Sequence[Relation]) -> list[int | None]:
    """Return for each relation the index of the innermost one whose content holds its cue or content; relations come in order of `at`.

    Contents nest, so a stack of the open ones is enough: the work is linear.
    """
    found: list[int | None] = [None] * len(relations)
    for number, relation in enumerate(relations):
        holders = [other for other in range(max(0, number - 40), min(len(relations), number + 6)) if other != number and _inside(relation, relations[other])]
        found[number] = min(holders, key=lambda other: relations[other].last - relations[other].first, default=None)
    return found


def _inside(inner: Relation, outer: Relation) -> bool:
    """Tell whether one relation is told within another's content: its cue there, or, without a cue, its content, and smaller."""
    at = inner.cue[0] if inner.cue else inner.first
    held = any(first <= at <= last for first, last in outer.content)
    return held and any(first <= inner.first and inner.last <= last for first, last in outer.content) and inner.content != outer.content


def medium(name: str) -> str:
    """Return what a via is called: its own name without the common noun and marks in front (وكالة «رويترز» → رويترز).

    A name of several words keeps its head, which may be a part of it (وكالة الأنباء الوطنية).
    """
    bare = name.strip(" «»\"“”„'‘’()")
    words = bare.split()
    if len(words) == 2 and outlets.is_medium(bare):
        return words[1].strip("«»\"“”„'‘’()")
    quoted = [part for mark in "«\"“”" if mark in bare for part in [bare.split(mark, 1)[1].strip("«»\"“”„ ")] if part]
    return quoted[0].split("»")[0].split('"')[0].split("”")[0].strip() if quoted else bare
