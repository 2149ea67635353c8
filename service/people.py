"""The people a text names: each once, under the fullest name it gives, with the titles by which it calls them.

Mentions meet in one person where the shorter name is a part of the longer (بلينكن / أنتوني بلينكن), spelling variants of a letter allowed
(ميلر / ميللر): the head-match sieve of rule-based coreference, run over names only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.arabic import same_word, variants
from service.mentions import Mention, mentions
from service.noun_phrases import Phrases
from service.reading import Reading
from service.relations import Stretch
from service.titles import style as style_of
from service.titles import titles
from service.vocabulary import Vocabulary

_COMPARED = 24  # mentions of a person with which another is compared: names recur


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the text names: the fullest name, every mention in order, and the titles (as written, and as keys)."""

    name: str
    words: tuple[str, ...]
    mentions: tuple[Mention, ...] = field(repr=False)
    titles: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)
    style: frozenset[str] = field(repr=False)  # the words before the name, among which stand those of courtesy (معالي، سمو)


@dataclass(frozen=True, slots=True)
class People:
    """Everyone in one reading; `at` finds the person whose name covers a piece."""

    persons: tuple[Person, ...]
    at: dict[int, int] = field(repr=False)
    titled: dict[str, tuple[int, ...]] = field(repr=False)  # a variant of a title's first word → who bears such a title


def find(reading: Reading, phrases: Phrases, vocabulary: Vocabulary, sources: Iterable[Stretch] = ()) -> People:
    """Return the people of a reading, in order of first mention; `sources` may end in names that the tagger did not see."""
    groups = _groups(mentions(reading, vocabulary, sources))
    called = titles(reading, phrases, vocabulary)
    persons: list[Person] = []
    at: dict[int, int] = {}
    for number, group in enumerate(groups):
        fullest = max(group, key=lambda mention: (len(mention.words), -mention.pieces[0]))
        own = {title[1]: title for mention in group for title in called.get(mention.pieces[0], ())}
        style = frozenset(word for mention in group[:_COMPARED] for word in style_of(reading, vocabulary, mention.pieces[0]))
        persons.append(Person(fullest.text, fullest.words, tuple(group), tuple(own.values()), style))
        at.update({piece: number for mention in group for piece in range(mention.pieces[0], mention.pieces[1] + 1)})
    return People(tuple(persons), at, _titled(persons))


def _titled(persons: Sequence[Person]) -> dict[str, tuple[int, ...]]:
    found: dict[str, dict[int, None]] = {}
    for number, person in enumerate(persons):
        for _, words in person.titles:
            for variant in variants(words[0]) if words else ():
                found.setdefault(variant, {})[number] = None
    return {variant: tuple(numbers) for variant, numbers in found.items()}


def _groups(named: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions person by person; longer names are placed first so that a bare surname finds its owner."""
    groups: list[list[Mention]] = []
    by_word: dict[str, dict[int, None]] = {}  # a variant of a word → the groups in whose names it stands, in order
    for mention in sorted(named, key=lambda m: (-len(m.words), m.pieces[0])):
        near = {number: None for variant in variants(mention.words[-1]) for number in by_word.get(variant, ())} if mention.words else {}
        fitting = [number for number in near if any(is_part(mention.words, other.words) for other in groups[number][:_COMPARED])]
        if fitting:
            number = min(fitting, key=lambda number: min(_distance(mention, other) for other in groups[number][-_COMPARED:]))
            groups[number].append(mention)
        else:
            number = len(groups)
            groups.append([mention])
        for word in mention.words:
            for variant in variants(word):
                by_word.setdefault(variant, {})[number] = None
    for group in groups:
        group.sort(key=lambda m: m.pieces[0])
    return sorted(groups, key=lambda group: group[0].pieces[0])


def _distance(mention: Mention, other: Mention) -> int:
    """Return how far back another mention lies; one that comes later counts as farther than any that came before."""
    gap = mention.pieces[0] - other.pieces[0]
    return gap if gap >= 0 else 100_000 - gap


def is_part(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Tell whether a name is part of another: its words stand in it in order, the last of both the same (or a given name alone)."""
    if not shorter or len(shorter) > len(longer):
        return False
    remaining = iter(longer)
    if not all(any(same_word(word, other) for other in remaining) for word in shorter):
        return False
    return same_word(shorter[-1], longer[-1]) or len(shorter) < len(longer)
