"""Whom a definite phrase points back to: a person by a title, a body or an official by the head alone, the last one named.

Where two candidates fit, the one named last before the phrase is meant; where none does, there is no answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from service import arabic, outlets
from service.arabic import same_word, variants
from service.attribution import SpeakerType
from service.people import People
from service.reading import Reading
from service.relations import Stretch
from service.titles import title
from service.vocabulary import Vocabulary

REMEMBERED = 12  # speakers back to which a dropped subject may reach
_SPECIFIC = 2  # words by which a title tells who is meant
_RELATIONAL = ("ي", "يه")  # endings of adjectives of relation, as keys
NAMED_REACH = 60  # pieces back to which الأخير may reach


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who speaks: a person of the text, whose index `person` is, or whom a phrase names.

    `head` is the stem of the phrase's first word; `gender` is m, f or, where nothing shows it, empty.
    """

    name: str
    type: SpeakerType
    role: str | None
    person: int | None
    head: str
    gender: str


@dataclass(slots=True)
class Memory:
    """Who has spoken so far and which media were named, the last at the end: the one thing here that grows while it is used."""

    parties: list[Party] = field(default_factory=list)
    nested: list[Party] = field(default_factory=list)
    latest: Party | None = None  # who was heard last, nested or not
    media: list[str] = field(default_factory=list)
    coming: int | None = None  # the person whom a verb means before anyone has spoken
    told: frozenset[int] = frozenset()  # the places of the cues that attribute

    def hear(self, party: Party, *, nested: bool) -> None:
        """Remember a speaker; one who speaks inside another's words is only pointed back to, never the subject of what follows."""
        heard = self.nested if nested else self.parties
        heard.append(party)
        self.latest = party
        del heard[:-REMEMBERED]
        if outlets.is_medium(party.name):
            self.media.append(party.name)

    def last(self) -> Party | None:
        """Return the last speaker."""
        return self.parties[-1] if self.parties else None

    def last_individual(self) -> Party | None:
        """Return the last speaker who is one person, known by name or by none: not one known by another title."""
        return next((party for party in reversed(self.parties) if party.person is not None or party.type is SpeakerType.ANONYMOUS), None)


@dataclass(frozen=True, slots=True)
class Anaphora:
    """Resolves definite phrases over one reading."""

    reading: Reading
    vocabulary: Vocabulary
    people: People

    def is_definite(self, source: Stretch) -> bool:
        """Tell whether a phrase points back: its head, or the noun that closes its of-chain, bears the article."""
        first = self.reading.pieces[source[0]]
        if first.definite or self.vocabulary.listed(source[0], "same"):
            return True
        closed = any(self.reading.pieces[at].definite for at in range(source[0], min(source[0] + 3, source[1]) + 1))
        return closed and bool(self.vocabulary.classes(source[0]) & {"role", "body"})

    def official(self, source: Stretch, memory: Memory) -> Party | None:
        """Return whom المسؤول or المصدر means: the last party of that very head, else the last person; none where the phrase says more."""
        at = self.vocabulary.head(source)
        if "anonymous" not in self.vocabulary.classes(at) or self.vocabulary.is_many(at) or source[1] - at > 1:
            return None
        head = self.reading.pieces[at].stem
        same = next((party for party in reversed(memory.parties) if party.head == head), None)  # المصدر is not مصادر
        if same is None and self._is_the_same(source) and memory.latest is not None and memory.latest.type is not SpeakerType.PERSON:
            return memory.latest  # يضيف ذات المصدر: the statement just appealed to
        return same or (memory.last_individual() if "group" not in self.vocabulary.classes(at) else None)

    def _is_the_same(self, source: Stretch) -> bool:
        """Tell whether a phrase says that it means the very one named before (ذات المصدر، المصدر نفسه)."""
        return any(self.vocabulary.listed(at, "same") for at in source)

    def honoured(self, at: int, memory: Memory) -> Party | int | None:
        """Return whom معاليه or سموه means: the last speaker who bears the honorific, else the first of the text who does, else the last speaker."""
        words = self.vocabulary.lexicon.courtesy.get(self.reading.pieces[at].base, frozenset())
        spoken = next((party for party in reversed(memory.parties) if words & self._style(party)), None)
        if spoken is not None:
            return spoken
        persons = self.people.persons
        first = next((n for n, person in enumerate(persons) if words & person.style and person.mentions[0].pieces[0] < at), None)
        return first if first is not None else memory.last_individual() or memory.last()

    def _style(self, party: Party) -> frozenset[str]:
        """Return the words by which a party is called: those before his name, or of the phrase that names him."""
        return self.people.persons[party.person].style if party.person is not None else frozenset(map(arabic.key, party.name.split()))

    def by_title(self, source: Stretch, silent: frozenset[int] = frozenset()) -> int | None:
        """Return the person whose titles hold every word of this one; of several, the last named before it who is not among the silent."""
        if "role" not in self.vocabulary.classes(self.vocabulary.head(source)) or self._is_body(self.vocabulary.head(source)):
            return None
        stems = [stem for stem in title(self.reading, *source)[1] if stem not in self.vocabulary.lexicon.words["same"]]
        if not stems:
            return None
        found = self._bearer(stems, source[0], silent)
        return found if found is not None else self._bearer_abroad(stems, source[0])

    def _bearer_abroad(self, stems: Sequence[str], before: int) -> int | None:
        """Return the only bearer of a title without its adjectives of relation, where his own has none (وزير المعادن السوداني)."""
        plain = [stem for stem in stems if not stem.endswith(_RELATIONAL)]
        if len(plain) < _SPECIFIC or len(plain) == len(stems):
            return None
        number = self._bearer(plain, before)
        titles = self.people.persons[number].titles if number is not None else ()
        own = any(_bears([words], plain[0], plain[1:]) and not any(word.endswith(_RELATIONAL) for word in words) for _, words in titles)
        return number if own else None

    def _bearer(self, stems: Sequence[str], before: int, silent: frozenset[int] = frozenset()) -> int | None:
        """Return who bears a title, given as stems: of several, the one named last before a piece; none of the silent."""
        head, rest = stems[0], stems[1:]
        candidates = {number for variant in variants(head) for number in self.people.titled.get(variant, ())} - silent
        latest = {
            number: self._last_mention(number, before)
            for number in sorted(candidates)
            if _bears([words for _, words in self.people.persons[number].titles], head, rest)
        }
        nearest = max(latest, key=lambda number: latest[number], default=None)
        if nearest is None:
            return None
        return nearest if latest[nearest] >= 0 or (rest and len(latest) == 1) else None

    def _last_mention(self, number: int, before: int) -> int:
        """Return where a person is named last before a piece, -1 where only later."""
        mentions = self.people.persons[number].mentions
        earlier = bisect_left(mentions, before, key=lambda mention: mention.pieces[0])
        return mentions[earlier - 1].pieces[0] if earlier else -1

    def by_head(self, source: Stretch, memory: Memory) -> Party | None:
        """Return the last party that a definite head points back to (الوزارة، الموقع، الضابط)."""
        at = self.vocabulary.head(source)
        piece, classes, size = self.reading.pieces[at], self.vocabulary.classes(at), source[1] - at + 1
        written = self.reading.text(*source)
        for party in (*reversed(memory.parties), *reversed(memory.nested)):
            if _same_head(party.head, piece.stem) and party.name != written and self._is_compatible(party, at, source[1]):
                return party
        if size > 3 or "deferential" in classes:
            return None
        if "medium" in classes:
            named = next((party for party in reversed(memory.parties) if same_word(party.head, piece.stem)), None)  # الصحيفة البريطانية
            if named is not None:
                return named
            return of_medium(memory.media[-1]) if memory.media and size == 1 else None  # not للإذاعة العامة
        bare = piece.definite and size <= 2 and not (self.vocabulary.is_many(at) or classes & {"group", "document"})
        return self._individual(at, memory) if "role" in classes and not self._is_body(at) and bare else None

    def _is_body(self, at: int) -> bool:
        """Tell whether a word that may be a woman's title is a body's name (المنظمة: she who organises)."""
        return "body" in self.vocabulary.classes(at) and self.reading.pieces[at].stem.endswith(("ه", "ات"))

    def _individual(self, at: int, memory: Memory) -> Party | None:
        """Return whom a bare title means: the last person to speak, unless one who bears it was named since."""
        last = memory.last_individual()
        number = self._bearer([self.reading.pieces[at].stem], at)
        if number is None:
            other = last if last is not None else self._only_one_named(at)
            return None if other is not None and self._is_called_otherwise(other, at) else other
        since = self._last_mention(last.person, at) if last is not None and last.person is not None else -1
        person = self.people.persons[number]
        named = Party(person.name, SpeakerType.PERSON, person.titles[0][0] if person.titles else None, number, person.words[-1], "")
        return named if self._last_mention(number, at) > since else last

    def _only_one_named(self, at: int) -> Party | None:
        """Return the one person whom the text has named so far (كشف فلان وجهته. وكتب اللاعب أن …)."""
        named = [number for number in range(len(self.people.persons)) if self._last_mention(number, at) >= 0]
        if len(named) != 1:
            return None
        person = self.people.persons[named[0]]
        return Party(person.name, SpeakerType.PERSON, None, named[0], person.words[-1], "")

    def _is_called_otherwise(self, party: Party, at: int) -> bool:
        """Tell whether a bare title is another than those by which the text calls a person, or one unnamed; المتحدث is whoever spoke."""
        following = at + 1 < len(self.reading.pieces) and self.reading.pieces[at + 1].definite
        alone = not following and self.reading.pieces[at].stem not in self.vocabulary.lexicon.words["whoever_spoke"]
        return alone and (party.person is None or bool(self.people.persons[party.person].titles))

    def _is_compatible(self, party: Party, at: int, last: int) -> bool:
        """Tell whether what follows a head says nothing that the party's own name does not."""
        words = [arabic.key(word).removeprefix("ال") for word in party.name.split()]
        stems = [self.reading.pieces[index].stem for index in range(at + 1, last + 1) if not self.reading.pieces[index].is_mark]
        return all(any(same_word(stem, word) for word in words) or stem in self.vocabulary.lexicon.words["same"] for stem in stems)

    def last_named(self, before: int) -> int | None:
        """Return the person named last before a piece (الأخير)."""
        at = next((index for index in range(before - 1, max(-1, before - NAMED_REACH), -1) if index in self.people.at), None)
        return self.people.at[at] if at is not None else None


def _bears(titles: Sequence[tuple[str, ...]], head: str, rest: Sequence[str]) -> bool:
    """Tell whether one of a person's titles begins with this head, and all of them together hold the rest of its words."""
    if not any(words and same_word(head, words[0]) for words in titles):
        return False
    return all(any(same_word(stem, word) for words in titles for word in words) for stem in rest)


def _same_head(head: str, stem: str) -> bool:
    """Tell whether two heads are one word: not a man's title and a woman's (الوزير, الوزيرة)."""
    return same_word(head, stem) and head.endswith("ه") == stem.endswith("ه")


def of_medium(name: str) -> Party:
    """Return a medium as a party."""
    return Party(name, SpeakerType.ORGANISATION, None, None, arabic.key(name).split()[0], "")
