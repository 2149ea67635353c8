"""The nouns by which speakers are named, and every spelling under which a text may show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from service import arabic

_DEFECTIVE = frozenset({"محامي", "مدعي", "مفتي", "مغني", "مشتري"})  # with the pattern of قاضي: indefinite they lose the ي (محام)
_KINDS = ("role", "body", "proposition")  # a noun of these is none of another's spellings (مؤسسة, شرطي)
SOUND_PLURALS = ("ون", "ين", "و", "ي", "ات", "ان", "تان")


def spellings(noun: str) -> Iterator[str]:
    """Yield the keys of a noun without clitics or article: singular, feminine, dual, sound plurals; a defective one drops its ي (محام)."""
    base = arabic.key(noun)
    stem = base[:-1] if noun.endswith("ة") else base
    yield base
    if noun.endswith("ي"):
        yield base + "ا"
        if base[1] == "ا" or noun in _DEFECTIVE:
            yield base[:-1]
    if not noun.endswith("ة"):
        yield base + "ه"
        yield base + "ا"
    yield from (stem + ending for ending in SOUND_PLURALS)


class Nouns(dict[str, frozenset[str]]):
    """Keys of nouns and the classes they belong to; never changed, and so hashed as itself, that what depends on it can be remembered."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # a dict's is None


def index(classes: Mapping[str, Iterable[str]]) -> Nouns:
    """Return key → the classes of noun it may belong to (مصدر is a role, a document and anonymous); what is listed is not derived (مؤسسة)."""
    found: dict[str, set[str]] = {}
    listed = {arabic.key(noun) for name in _KINDS for noun in classes.get(name, ())}
    for name, nouns in classes.items():
        exact = name in ("deferential", "proposition", "honorific", "given")
        for noun in nouns:
            key = arabic.key(noun)
            for spelling in (key,) if exact else (spelling for spelling in spellings(noun) if spelling == key or spelling not in listed):
                found.setdefault(spelling, set()).add(name)
    return Nouns({key: frozenset(names) for key, names in found.items()})
