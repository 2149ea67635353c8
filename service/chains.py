"""Through whom the words came: which relation stands inside which, and who passed each on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service import arabic, lexicon, outlets
from service.relations import Relation

_NEAR_BEFORE, _NEAR_AFTER = 40, 6  # relations before and after one among which the holder of its content stands
_WORD = re.compile(r"[^\s«»\"“”„()/،,:]+")
_QUOTED = re.compile(r"[«\"“”„]\s*([^«»\"“”„]{2,60}?)\s*[»\"“”„]")
_BRACKETED = re.compile(r"\(\s*([^()]{2,40}?)\s*\)")
_AFTER_NAME = frozenset({"في", "من", "عن", "على", "أن", "إن"})
_BROADCASTS = frozenset({"اذاعه", "تلفزيون", "تليفزيون", "راديو"})  # إذاعة طهران: the place alone is none
_SEVERAL = frozenset({"صحف", "قنوات", "مواقع", "وكالات", "محطات", "مجلات", "اذاعات", "شبكات"})
_KINDS = frozenset({"اخباري", "اخباريه", "الكتروني", "الكترونيه", "محلي", "محليه"})
_AGENCY = frozenset({"انباء", "الانباء", "للانباء", "الصحافه"})  # وكالة الأنباء …: the agency is called by both words


def parents(relations: Sequence[Relation]) -> list[int | None]:
    """Return for each relation the index of the innermost one whose content holds it; relations come in order of `at`.

    Holders are sought among the neighbours, so the work is linear.
    """
    found: list[int | None] = []
    extents = [(relation.first, relation.last) for relation in relations]
    for number, relation in enumerate(relations):
        at, near = relation.at, range(max(0, number - _NEAR_BEFORE), min(len(relations), number + _NEAR_AFTER))
        around = [other for other in near if extents[other][0] <= at <= extents[other][1] and other != number]
        holders = [other for other in around if _inside(relation, relations[other])]
        found.append(min(holders, key=lambda other: relations[other].last - relations[other].first, default=None))
    return found


def _inside(inner: Relation, outer: Relation) -> bool:
    """Tell whether one relation is told within another's content: its cue there, or, without a cue, its content, and smaller."""
    at = inner.cue[0] if inner.cue else inner.first
    held = any(first <= at <= last for first, last in outer.content)
    return held and any(first <= inner.first and inner.last <= last for first, last in outer.content) and inner.content != outer.content


def medium(name: str) -> str:
    """Return what a via is called: its own name, without the common noun in front and what describes it behind.

    وكالة «رويترز» → رويترز, صحيفة الشرق اليوم اللبنانية → الشرق اليوم; an agency called by its noun keeps it (وكالة الأنباء الوطنية).
    """
    quoted = _QUOTED.search(name)
    if quoted is not None:
        return quoted.group(1).strip()
    words = _WORD.findall(name.split("(", 1)[0]) or _WORD.findall(name)
    bracketed = _BRACKETED.search(name)
    if len(words) == 1 and bracketed is not None:
        return bracketed.group(1).strip()  # تلفزيون (…)
    headed = len(words) > 1 and "medium" in lexicon.load().nouns.get(arabic.key(words[0]).removeprefix("ال"), ()) and not _is_common(words)
    broadcast = headed and arabic.key(words[0]) in _BROADCASTS and outlets.known(" ".join(words[1:])) is None
    if not headed or broadcast or words[0].startswith("ال") or any(arabic.key(word) in _AGENCY for word in words):
        return " ".join(words) or name.strip()
    named = next((at for at in range(len(words), 1, -1) if outlets.known(" ".join(words[:at])) is not None), 2)  # شبكة سي إن إن
    last = next((at for at, word in enumerate(words[named:], named) if word in _AFTER_NAME), len(words))
    entry = outlets.known(" ".join(words[:last]))
    while entry is not None and last > 2 and outlets.known(" ".join(words[: last - 1])) is entry:
        last -= 1
    whole = 2 if words[1].startswith("ال") or words[1].isascii() else 3  # صحيفة صدى الضفاف: the article closes an of-chain and describes nothing
    if entry is None and last > whole:
        last -= sum(1 for word in words[whole:last] if word.startswith("ال"))
    return " ".join(words[1:last])


def _is_common(words: Sequence[str]) -> bool:
    """Tell whether the words after a head are no name of their own: several media (صحف سعودية), a kind (موقع إخباري), a number (القناة 12)."""
    return arabic.key(words[0]).removeprefix("ال") in _SEVERAL or words[1].isdigit() or arabic.key(words[1]) in _KINDS
