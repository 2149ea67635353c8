"""Who a source is: every relation's speaker, resolved in reading order by sieves from precise to bold.

    named            the source holds a person's name, or names a body or a group outright
    alias            a part or another spelling of a name given in full elsewhere (بلينكن)
    role             a title that one person of the text bears (وزير الخارجية), a body by its head alone (الوزارة)
    pronoun          a pronoun of the clause around it (ذكر فلان أنه أبلغ …)
    dropped_subject  no subject: the last speaker that the verb agrees with

Where nothing tells, the answer is the words as written, not a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from service import arabic, outlets
from service.arabic import same_word
from service.attribution import Construction, Resolution, SpeakerType
from service.chains import medium
from service.noun_phrases import Phrases
from service.people import People, title
from service.reading import Reading
from service.relations import Relation, Stretch
from service.sources import Sources

REMEMBERED = 12  # speakers back to which a dropped subject may reach
_FIRST_PERSON = "1"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who speaks: a person of the text (`person` is its index), or whom the phrase names; `gender` is m, f or unknown."""

    name: str
    type: SpeakerType
    role: str | None
    person: int | None
    head: str  # stem of the phrase's first word
    gender: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A relation's speaker and the sieve that found it."""

    party: Party
    resolution: Resolution


@dataclass(slots=True)
class _Memory:
    """Who has spoken so far, the last one at the end."""

    parties: list[Party] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    by_relation: dict[int, Resolved] = field(default_factory=dict)

    def heard(self, party: Party) -> None:
        self.parties.append(party)
        del self.parties[:-REMEMBERED]


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the sources of one reading."""

    reading: Reading
    phrases: Phrases
    people: People
    sources: Sources

    def resolve(self, relations: Sequence[Relation], parents: Sequence[int | None]) -> tuple[list[Resolved | None], list[tuple[str, ...]]]:
        """Return each relation's speaker and the names of its vias, in order; `parents` holds for each the index of the relation around it."""
        memory = _Memory()
        vias: list[tuple[str, ...]] = []
        resolved: list[Resolved | None] = []
        for number, relation in enumerate(relations):
            parent = parents[number]
            told = parent is not None and parent < number  # a cue after its content is read later than what that content holds
            around = resolved[parent] if told and parent is not None else None
            found = self._speaker(relation, around, relations[parent] if parent is not None else None, memory)
            resolved.append(found)
            if found is not None:
                memory.by_relation[relation.at] = found
                if not told and (relation.construction is not Construction.ACCORDING_TO or found.party.type in (SpeakerType.PERSON, SpeakerType.ANONYMOUS)):
                    memory.heard(found.party)
            if found is not None and outlets.is_medium(found.party.name):
                memory.media.append(found.party.name)
            vias.append(tuple(self._medium(stretch, memory) for stretch in relation.via))
        return resolved, vias

    def _medium(self, stretch: Stretch, memory: _Memory) -> str:
        """Return the name of a medium that passed words on; by its head alone (الوكالة) it is the last one named."""
        name = medium(self._party(stretch).name)
        head = name.split()[0] if name else ""
        if " " not in name and "medium" in self.phrases.lexicon.nouns.get(arabic.key(head).removeprefix("ال"), ()):
            return next((medium(known) for known in reversed(memory.media)), name)
        memory.media.append(name)
        return name

    def _speaker(self, relation: Relation, around: Resolved | None, outer: Relation | None, memory: _Memory) -> Resolved | None:
        if relation.source is not None:
            return self._written(relation.source, relation, memory)
        if relation.governor is not None and relation.governor in memory.by_relation:
            return Resolved(memory.by_relation[relation.governor].party, Resolution.DROPPED_SUBJECT)
        if around is not None and outer is not None:
            return self._nested(relation, around, outer)
        return self._dropped(relation, memory)

    def _written(self, source: Stretch, relation: Relation, memory: _Memory) -> Resolved:
        """Resolve a source that is written: by the name in it, by its title, by its head, else as it stands."""
        number = self._person(source)
        if number is not None:
            person = self.people.persons[number]
            whole = any(len(m.words) == len(person.words) and source[0] <= m.pieces[0] <= source[1] for m in person.mentions)
            return Resolved(self._of_person(number, source, relation), Resolution.NAMED if whole else Resolution.ALIAS)
        head = self.reading.pieces[source[0]]
        if head.key in self.phrases.lexicon.words["latter"]:
            number = self._last_person(source[0])
            if number is not None:
                return Resolved(self._of_person(number, None, relation), Resolution.ROLE)
        definite = self._definite(source)
        plural = self.reading.pieces[self._head(source)].key.endswith(("ون", "ين"))
        if definite and not plural and "anonymous" in self.phrases.classes(source[0]) and not self._names_role(source) and (spoke := self._last_heard(source, memory)) is not None:
            return Resolved(spoke, Resolution.ROLE)
        if definite and "deferential" not in self.phrases.classes(source[0]):
            number = self._by_title(source) if self.phrases.classes(self._head(source)) & {"role"} else None
            if number is not None:
                return Resolved(self._of_person(number, source, relation), Resolution.ROLE)
            party = self._by_head(source, memory)
            if party is not None:
                return Resolved(party, Resolution.ROLE)
        if "deferential" in self.phrases.classes(source[0]) and memory.parties:
            return Resolved(memory.parties[-1], Resolution.PRONOUN)
        return Resolved(self._party(source, relation), Resolution.NAMED)

    def _person(self, source: Stretch) -> int | None:
        """Return the person a phrase names: not one on whom another party depends (محامو فلان, إدارة فلان)."""
        first, last = source
        named = [index for index in range(first, last + 1) if index in self.people.at]
        at = next((index for index in named if not self.reading.pieces[index].preposition or index == first), named[0] if named else None)
        if at is None:
            return None
        owner = self.phrases.classes(first)
        dependent = at == first + 1 and not self.reading.pieces[first].definite and bool(owner & {"group", "body", "document", "role", "medium"}) and not owner & {"honorific"}
        plural = at > first and bool(owner & {"group"}) and not self.reading.pieces[first].definite
        inside_document = at > first and bool(owner & {"document", "body"}) and not owner & {"role"}
        return None if dependent and not owner & {"role"} or plural or inside_document else self.people.at[at]

    def _of_person(self, number: int, source: Stretch | None, relation: Relation) -> Party:
        person = self.people.persons[number]
        role = self._title_in(source) if source is not None else None
        return Party(person.name, SpeakerType.PERSON, role or (person.titles[0][0] if person.titles else None), number, person.words[-1], self._gender(relation))

    def _title_in(self, source: Stretch) -> str | None:
        """Return the title in a phrase that names a person: what stands before the name, or after it."""
        at = [index for index in range(source[0], source[1] + 1) if index in self.people.at]
        if not at:
            return title(self.reading, *source)[0]
        if at[0] > source[0] and self.phrases.classes(source[0]) & {"role"}:
            return title(self.reading, source[0], at[0] - 1)[0]
        after = at[-1] + 1
        while after <= source[1] and self.reading.pieces[after].is_mark:
            after += 1
        return title(self.reading, after, source[1])[0] if after <= source[1] else None

    def _gender(self, relation: Relation) -> str:
        return relation.form.gender if relation.form is not None and relation.source is not None and not relation.form.suffix else ""

    def _definite(self, source: Stretch) -> bool:
        """Tell whether a phrase refers back: its head, or the noun that closes its of-chain, bears the article."""
        first = self.reading.pieces[source[0]]
        if first.key in self.phrases.lexicon.words["same"]:
            return True
        if first.definite:
            return True
        return any(self.reading.pieces[at].definite for at in range(source[0], min(source[0] + 3, source[1]) + 1)) and bool(self.phrases.classes(source[0]) & {"role", "body"})

    def _by_title(self, source: Stretch) -> int | None:
        """Return the one person whose titles hold every word of this one; of several, the last named before it."""
        stems = [stem for stem in title(self.reading, *source)[1] if stem not in self.phrases.lexicon.words["same"]]
        head, rest = (stems[0], stems[1:]) if stems else ("", [])
        if not head:
            return None
        fitting = [n for n, person in enumerate(self.people.persons) if any(self._bears(words, head, rest) for _, words in person.titles)]
        latest = {n: max((m.pieces[0] for m in self.people.persons[n].mentions if m.pieces[0] < source[0]), default=-1) for n in fitting}
        if not latest:
            return None
        nearest = max(latest, key=lambda n: latest[n])
        return nearest if latest[nearest] >= 0 or rest and len(latest) == 1 else None

    def _bears(self, words: tuple[str, ...], head: str, rest: Sequence[str]) -> bool:
        return bool(words) and same_word(head, words[0]) and all(any(same_word(stem, word) for word in words) for stem in rest)

    def _by_head(self, source: Stretch, memory: _Memory) -> Party | None:
        """Return the last party that a definite head points back to (المصدر، الوزارة، الموقع، الضابط)."""
        piece = self.reading.pieces[source[0]]
        at = source[0] + 1 if piece.key in self.phrases.lexicon.words["same"] and source[1] > source[0] else source[0]
        head, classes, size = self.reading.pieces[at].stem, self.phrases.classes(at), source[1] - at + 1
        known = [*memory.parties, *(r.party for r in memory.by_relation.values())]
        for party in reversed(known):
            if same_word(party.head, head) and party.name != self.reading.text(*source) and self._compatible(party, at, source[1]):
                return party
        if size > 3 or "deferential" in classes:
            return None
        if "medium" in classes:
            heard = next((party for party in reversed(known) if outlets.is_medium(party.name)), None)
            return heard or (self._of_medium(memory.media[-1]) if memory.media else None)
        if classes & {"role"} and not classes & {"group", "document"} and size <= 2 and self.reading.pieces[at].definite:
            return next((party for party in reversed(memory.parties) if party.type in (SpeakerType.PERSON, SpeakerType.ANONYMOUS)), None)
        return None

    def _compatible(self, party: Party, at: int, last: int) -> bool:
        """Tell whether what follows a head says nothing that the party's own name does not."""
        words = [key_without_article(word) for word in party.name.split()]
        stems = [self.reading.pieces[index].stem for index in range(at + 1, last + 1) if not self.reading.pieces[index].is_mark]
        return all(any(same_word(stem, word) for word in words) or stem in self.phrases.lexicon.words["same"] for stem in stems)

    def _head(self, source: Stretch) -> int:
        """Return the piece that heads a phrase, past ذات and the like."""
        return source[0] + 1 if self.reading.pieces[source[0]].key in self.phrases.lexicon.words["same"] and source[1] > source[0] else source[0]

    def _names_role(self, source: Stretch) -> bool:
        """Tell whether a title says more than an official's country does (المسؤول الأميركي says no more)."""
        return source[1] - self._head(source) > 1

    def _last_heard(self, source: Stretch, memory: _Memory) -> Party | None:
        """Return the last party that المسؤول or المصدر can mean: one of that very head, else the last person."""
        head = self.reading.pieces[self._head(source)].stem
        same = next((party for party in reversed(memory.parties) if same_word(party.head, head)), None)
        return same or next((party for party in reversed(memory.parties) if party.type in (SpeakerType.PERSON, SpeakerType.ANONYMOUS)), None)

    def _of_medium(self, name: str) -> Party:
        return Party(name, SpeakerType.ORGANISATION, None, None, arabic.key(name).split()[0], "")

    def _last_person(self, before: int) -> int | None:
        at = next((index for index in range(before - 1, max(-1, before - 60), -1) if index in self.people.at), None)
        return self.people.at[at] if at is not None else None

    def _nested(self, relation: Relation, around: Resolved, outer: Relation) -> Resolved:
        """Resolve a dropped subject inside another's words: I is the speaker, he is the subject of the reported clause, else the speaker."""
        form = relation.form
        if form is None or form.person == _FIRST_PERSON:
            return Resolved(around.party, Resolution.PRONOUN)
        start = outer.first
        complementiser = self.reading.pieces[start].key
        subject = None
        if not complementiser.endswith(("ه", "ها", "هم")):
            subject = self._clause_subject(start + 1, relation.at)
        if subject is not None and self._person(subject) is not None:
            return self._written(subject, relation, _Memory())
        return Resolved(around.party, Resolution.PRONOUN)

    def _clause_subject(self, start: int, before: int) -> Stretch | None:
        for at in range(start, min(start + 3, before)):
            if self.phrases.heads(at) and not self.reading.pieces[at].preposition:
                end = self.phrases.end(at, before - 1)
                return (at, end) if end >= at else None
        return None

    def _dropped(self, relation: Relation, memory: _Memory) -> Resolved | None:
        """Resolve a dropped subject: the subject of its own sentence, else the last speaker that agrees, else the last person named."""
        subject = self.sources.sentence_subject(relation.at) if relation.cue is not None else None
        if subject is not None and self._person(subject) is not None and not any(relation.at > at > subject[1] for at in memory.by_relation):
            written = self._written(subject, relation, memory)
            return Resolved(written.party, Resolution.DROPPED_SUBJECT)
        wanted = relation.form.gender if relation.form is not None and not relation.form.suffix else ""
        plural = relation.form is not None and relation.form.number == "p" and not relation.form.suffix
        for party in reversed(memory.parties):
            if plural and party.type is SpeakerType.PERSON and " و" not in party.name:
                continue
            if not wanted or not party.gender or party.gender == wanted:
                return Resolved(party, Resolution.DROPPED_SUBJECT)
        number = self.people.at[min(self.people.at)] if self.people.at else None  # nobody has spoken: whom the story opens with
        return Resolved(self._of_person(number, None, relation), Resolution.DROPPED_SUBJECT) if number is not None else None

    def _party(self, source: Stretch, relation: Relation | None = None) -> Party:
        """Return the party that a phrase names by itself."""
        first, last = source
        quotation = self.reading.quotation_at.get(first)
        if quotation is not None and quotation.last == last and quotation.closed:
            first, last = first + 1, last - 1
        text = title(self.reading, first, last)[0]
        text = self._unquoted(text)
        gender = self._gender(relation) if relation is not None else ""
        return Party(text, self._type(first, last), None, None, self.reading.pieces[first].stem, gender)

    def _unquoted(self, text: str) -> str:
        return text

    def _type(self, first: int, last: int) -> SpeakerType:
        classes = self.phrases.classes(first)
        entity = self.reading.entity(first)
        if outlets.known(self.reading.text(first, last)) is not None or "medium" in classes:
            return SpeakerType.ORGANISATION
        if "anonymous" in classes and not self.reading.pieces[first].definite:
            return SpeakerType.ANONYMOUS
        if classes & {"group"}:
            return SpeakerType.GROUP
        if entity is not None and entity.type in ("PER", "ORG"):
            return SpeakerType.PERSON if entity.type == "PER" else SpeakerType.ORGANISATION
        if classes & {"body"}:
            return SpeakerType.ORGANISATION
        if entity is not None and entity.type == "LOC":
            return SpeakerType.COUNTRY
        return SpeakerType.ANONYMOUS if classes & {"role"} and not self.reading.pieces[first].definite else SpeakerType.OTHER


def key_without_article(word: str) -> str:
    """Return a word's look-up key without و, ل and the article."""
    return arabic.key(word).removeprefix("ال")
