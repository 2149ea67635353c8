"""Which party a written phrase names by itself: a person of the text, several side by side, or whom it describes."""

from __future__ import annotations

from dataclasses import dataclass

from service import outlets
from service.anaphora import Party
from service.attribution import SpeakerType
from service.people import People
from service.reading import Reading
from service.relations import Stretch
from service.titles import title
from service.vocabulary import PEOPLE, Vocabulary

_FEMININE = ("ه", "ات")  # endings, as keys have them
_CHAIN = 2  # pieces after its head within which an of-chain is closed


@dataclass(frozen=True, slots=True)
class Written:
    """Names parties over one reading."""

    reading: Reading
    vocabulary: Vocabulary
    people: People

    def together(self, source: Stretch, gender: str) -> Party | None:
        """Return two or more people whom a phrase names side by side (المصممان فلان وفلان)."""
        numbers: list[int] = []
        for at in range(source[0], source[1] + 1):
            number = self.people.at.get(at, -1)
            if number >= 0 and number not in numbers:
                if numbers and not self._is_joined(numbers[-1], at):
                    return None
                numbers.append(number)
        name = " و".join(self.people.persons[number].name for number in numbers)
        return Party(name, SpeakerType.GROUP, None, None, self.reading.pieces[source[0]].stem, gender) if len(numbers) > 1 else None

    def _is_joined(self, number: int, at: int) -> bool:
        """Tell whether a name is joined to a person's before it: by و on it, or on a title between them (فلان ونظيرته الألمانية فلانة)."""
        first = at
        while first > 0 and self.people.at.get(first - 1, -1) != number and not self.reading.pieces[first - 1].is_mark:
            first -= 1
        if self.people.at.get(first - 1, -1) != number or self.reading.pieces[first].conjunction != "و":
            return False
        return first == at or "role" in self.vocabulary.classes(first)

    def person(self, source: Stretch) -> int | None:
        """Return the person a phrase names: not one on whom another party depends (محامو فلان, إدارة فلان)."""
        at_person = self.people.at
        named = [at for at in range(source[0], source[1] + 1) if at in at_person and (at == source[0] or at_person.get(at - 1) != at_person[at])]
        related = next((at for at in range(source[0] + 1, source[1] + 1) if self.vocabulary.opens_relative(at)), source[1] + 1)
        named = [at for at in named if at < related]  # المستشارة التي التقت الرئيس فلان: she is not named
        named = [at for at in named if at == source[0] or not (self._names_body(at) or self.vocabulary.speaks_for(at))]
        at = next((index for index in named if index == source[0] or not self._is_governed(index)), None)
        if at is None:
            return None
        owner = self.vocabulary.classes(source[0]) if at > source[0] else frozenset()
        many = "group" in owner or (at > source[0] and self.vocabulary.is_sound_plural(source[0]))
        collective = many and not self.reading.pieces[source[0]].definite
        owned = at > source[0] and (self._owns(at - 1) or self._is_unnamed(source, at))
        corporate = bool(owner & {"document", "body", "medium"}) and "role" not in owner
        return None if collective or owned or corporate else self.people.at[at]

    def _names_body(self, index: int) -> bool:
        """Tell whether a surname ends the name of a body (المتحدث باسم حملة فلان): the tagger took the two for one."""
        entity, before = self.reading.entity(index), self.reading.pieces[index - 1]
        return entity is not None and entity.type == "ORG" and before.entity == self.reading.pieces[index].entity and not before.definite

    def _is_governed(self, index: int) -> bool:
        """Tell whether a preposition stands on a name; a ب after a definite noun is its own letter (العداءة باولا)."""
        piece, before = self.reading.pieces[index], self.reading.pieces[index - 1] if index else None
        return bool(piece.preposition) and not (piece.preposition == "ب" and before is not None and before.definite)

    def _is_unnamed(self, source: Stretch, at: int) -> bool:
        """Tell whether a source without a name works for whom a name after a preposition tells (مسؤول في إدارة الرئيس فلان)."""
        unnamed = "anonymous" in self.vocabulary.classes(source[0]) and not self.reading.pieces[source[0]].definite
        inner = range(source[0] + 1, at)
        return unnamed and any(self.reading.pieces[index].preposition or self.vocabulary.listed(index, "preposition") for index in inner)

    def _owns(self, index: int) -> bool:
        """Tell whether a name after a piece is whose it is: an indefinite noun of people or bodies stands there (محامي فلان, حملة فلان)."""
        piece, classes = self.reading.pieces[index], self.vocabulary.classes(index)
        plain = not (piece.is_mark or piece.definite or piece.owned) and piece.entity < 0
        return plain and bool(classes & {"role", "group", "body", "medium"}) and "honorific" not in classes

    def known(self, number: int, source: Stretch | None, gender: str) -> Party:
        """Return a person of the text as a party, with the title in the phrase that names him, else the first that the text gives."""
        person = self.people.persons[number]
        role = self._title_in(source) if source is not None else None
        return Party(person.name, SpeakerType.PERSON, role or (person.titles[0][0] if person.titles else None), number, person.words[-1], gender)

    def _title_in(self, source: Stretch) -> str | None:
        """Return the title in a phrase that names a person: what stands before the name, or after it."""
        named = [index for index in range(source[0], source[1] + 1) if index in self.people.at]
        if not named:
            return title(self.reading, *source)[0]
        if named[0] > source[0] and "role" in self.vocabulary.classes(source[0]):
            return title(self.reading, source[0], named[0] - 1)[0]
        after = named[-1] + 1
        while after <= source[1] and self.reading.pieces[after].is_mark:
            after += 1
        return title(self.reading, after, source[1])[0] if after <= source[1] else None

    def bare(self, source: Stretch) -> Stretch:
        """Return a phrase without the marks around all of it."""
        quotation = self.reading.quotation_at.get(source[0])
        whole = quotation is not None and quotation.closed and quotation.last == source[1] and source[1] - source[0] > 1
        return (source[0] + 1, source[1] - 1) if whole else source

    def as_written(self, source: Stretch, gender: str) -> Party:
        """Return the party that a phrase names by itself."""
        first, last = self.bare(source)
        ends = (at for at in range(first + 1, last + 1) if self.vocabulary.anonymity(at) is not None or self.vocabulary.opens_relative(at))
        last = next(ends, last + 1) - 1
        stem = self.reading.pieces[first].stem
        return Party(title(self.reading, first, last)[0], self.type(first, last), None, None, stem, gender or self._gender(first))

    def _gender(self, head: int) -> str:
        """Return the gender of a noun that is a title's or an unnamed source's: by its ending; empty for what may be many or a body."""
        classes = self.vocabulary.classes(head)
        if not classes & {"role", "anonymous"} or classes & {"group", "body"} or self.vocabulary.is_many(head):
            return ""
        return "f" if self.reading.pieces[head].stem.endswith(_FEMININE) else "m"

    def type(self, first: int, last: int) -> SpeakerType:
        """Return what kind of speaker a phrase names, by its head."""
        classes, entity = self.vocabulary.classes(first), self.reading.entity(first)
        kind = entity.type if entity is not None else ""
        indefinite = not self.is_definite(first, last)
        if "medium" in classes or outlets.known(self.reading.text(first, last)) is not None:
            return SpeakerType.ORGANISATION
        if "anonymous" in classes and indefinite:
            return SpeakerType.ANONYMOUS
        if "group" in classes or self.vocabulary.is_sound_plural(first) or ("role" in classes and self.vocabulary.is_many(first)):
            return SpeakerType.GROUP
        if kind == "PER":
            return SpeakerType.PERSON
        if kind == "ORG" or "body" in classes:
            return SpeakerType.ORGANISATION
        if kind == "LOC":
            return SpeakerType.COUNTRY
        counted = first < last and bool(self.vocabulary.classes(first + 1) & PEOPLE) and not self.reading.pieces[first + 1].definite
        if "role" in classes or counted:
            return SpeakerType.ANONYMOUS if indefinite else SpeakerType.PERSON
        return SpeakerType.OTHER

    def is_definite(self, first: int, last: int) -> bool:
        """Tell whether a phrase is definite: its head bears the article, or the noun that closes its of-chain (وزير مالية البلاد)."""
        for at in range(first, min(last, first + _CHAIN) + 1):
            piece = self.reading.pieces[at]
            if self.vocabulary.is_function(at) or piece.is_mark or (piece.preposition and at > first):
                return False
            if piece.definite:
                return True
        return False
