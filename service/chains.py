"""Through whom the words came: which relation stands inside which, and who passed each on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service import outlets
from service.relations import Relation

_WORD = re.compile(r"[^\s«»\"“”„()،,:]+")
_QUOTED = re.compile(r"[«\"“”„]\s*([^«»\"“”„]{2,60}?)\s*[»\"“”„]")
_AFTER_NAME = frozenset({"في", "من", "عن", "على", "أن", "إن"})
_GENERIC = frozenset({"أنباء", "الأنباء", "الانباء", "انباء", "الصحافة"})  # وكالة الأنباء …: the agency is called by both words


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
    """Return what a via is called: its own name, without the common noun in front and what describes it behind.

    وكالة «رويترز» → رويترز, صحيفة الشرق اليوم اللبنانية → الشرق اليوم; a common noun that is part of the name stays (وكالة الأنباء الوطنية).
    """
    words = _WORD.findall(name)
    quoted = _QUOTED.search(name)
    if quoted is not None:
        return quoted.group(1).strip()
    if len(words) < 2 or not outlets.is_medium(name):
        return name.strip()
    last = next((at for at, word in enumerate(words[2:], 2) if word in _AFTER_NAME), len(words))
    entry = outlets.known(" ".join(words[:last])) or outlets.known(" ".join(words[1:last]))
    while entry is not None and last > 2 and outlets.known(" ".join(words[: last - 1])) is entry:
        last -= 1
    if last > 2 and not entry:
        last -= sum(1 for word in words[2:last] if word.startswith("ال"))
    return " ".join(words[:last] if words[1] in _GENERIC else words[1:last])
