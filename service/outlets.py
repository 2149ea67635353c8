"""Media by name: fold the spellings and aliases of an outlet to one canonical name, and tell a medium from a speaker.

أ ف ب · أ.ف.ب · ا ف ب · فرانس برس · وكالة الصحافة الفرنسية  →  فرانس برس
صحيفة «إسرائيل هيوم» العبرية  →  يسرائيل هيوم
"""

from __future__ import annotations

import re
from functools import lru_cache

from service import arabic
from service.lexicon.outlets import OutletEntry, OutletKind, load_outlets

_LEXICON = load_outlets()
_WORD = re.compile(rf"[\w{arabic.HARAKAT}{arabic.INVISIBLE}]+")
_LONGEST_NAME = 80  # characters: what is longer is no name, and is not looked up
_ARTICLE = "ال"
_QUOTATION = re.compile(r"[«\"“”„'‘’(]\s*([^«»\"“”„'‘’()]{2,40}?)\s*[»\"“”„'‘’)]")


def _words(name: str) -> list[str]:
    return [arabic.key(word).lower() for word in _WORD.findall(name[:_LONGEST_NAME])]


def _key(words: list[str]) -> str:
    """Return a name's key: its words' keys run together, so that `ا ف ب`, `أ.ف.ب` and `أ ف ب` are one."""
    return "".join(words)


def _keys(words: tuple[str, ...] | frozenset[str]) -> frozenset[str]:
    return frozenset(arabic.key(word).lower() for word in words)


_HEADS, _LOOSE_HEADS = _keys(_LEXICON.heads), _keys(_LEXICON.loose_heads)
_ALL_HEADS = _HEADS | _LOOSE_HEADS
_AGENCY = arabic.key("وكالة")
_KINDS, _TAILS, _ADJECTIVES = _keys(_LEXICON.kinds), _keys(_LEXICON.tails), _keys(_LEXICON.adjectives)
_BY_NAME: dict[str, OutletEntry] = {_key(_words(name)): entry for entry in _LEXICON.outlets for name in (entry.name, *entry.aliases)}
_COMMON = frozenset(_key(_words(name)) for entry in _LEXICON.outlets for name in entry.common)
_BY_HOST: dict[str, OutletEntry] = {host: entry for entry in _LEXICON.outlets for host in entry.hosts}


def _listed(words: list[str]) -> OutletEntry | None:
    """Return the entry under the fullest form that is listed: as written, without its head, without the adjectives after it.

    A name that is also a common word cannot spare its adjective: الصحافة العربية is no outlet.
    """
    starts = [0]
    while starts[-1] < len(words) - 1 and words[starts[-1]] in _ALL_HEADS | _KINDS:
        starts.append(starts[-1] + 1)
    ends = [len(words)]
    while ends[-1] > 1 and words[ends[-1] - 1] in _ADJECTIVES | _KINDS:
        ends.append(ends[-1] - 1)
    for end in ends:
        for start in starts:
            name = _key(words[start:end])
            entry = _BY_NAME.get(name)
            if entry and _suits(entry, words[:start]) and not (end < len(words) and name in _COMMON):
                return entry
    return None


def _suits(entry: OutletEntry, before: list[str]) -> bool:
    """Tell whether the heads before a name may be the entry's: وكالة is no newspaper's."""
    return _AGENCY not in before or entry.kind in (OutletKind.AGENCY, OutletKind.SITE)


@lru_cache(maxsize=4096)
def known(name: str) -> OutletEntry | None:
    """Return the entry of a name, whatever its spelling, head (وكالة …), quotation marks or adjective (… البريطانية); None if unknown."""
    if len(name) > _LONGEST_NAME:
        return None
    words = _words(name)
    entry = _listed(words)
    if entry or not words or words[0] not in _ALL_HEADS:
        return entry
    quoted = _QUOTATION.search(name)  # صحيفة «X» واسعة الانتشار: the quoted name alone
    return _BY_NAME.get(_key(_words(quoted.group(1)))) if quoted else None


def canonical(name: str) -> str:
    """Return the canonical name of a medium; an unknown one as written, trimmed of blanks."""
    entry = known(name)
    return entry.name if entry else name.strip()


def by_host(host: str) -> OutletEntry | None:
    """Return the outlet whose pages a host serves; of `www.a.b.c` the listed suffix counts that is longest."""
    labels = host.lower().rstrip(".").split(".")
    for first in range(min(len(labels), 8)):
        entry = _BY_HOST.get(".".join(labels[first:]))
        if entry:
            return entry
    return None


@lru_cache(maxsize=2048)
def is_medium(name: str) -> bool:
    """Tell whether a phrase names a medium: a listed one, … نيوز, or صحيفة and the like; موقع, قناة, وكالة only before such a name."""
    entry, words = known(name), _words(name)
    if entry:
        return _key(words) not in _COMMON or bool(_QUOTATION.search(name))
    if len(words) > 1 and words[-1] in _TAILS:
        return True
    head = words[0].removeprefix(_ARTICLE) if words else ""
    if head in _HEADS:
        return True
    if head not in _LOOSE_HEADS:
        return False
    return any(word in _KINDS for word in words[1:4]) or bool(_QUOTATION.search(name[:_LONGEST_NAME]))
