"""Who a source is: every relation's speaker, resolved in reading order by sieves from precise to bold.

    named            the source holds a person's name in full, or names a body or a group outright
    alias            a part or another spelling of a name given in full elsewhere
    role             a title that one person of the text bears (وزير الخارجية), a body by its head alone (الوزارة)
    pronoun          a pronoun of the clause around it (ذكر فلان أنه أبلغ …)
    dropped_subject  no subject: that of its sentence, or the last speaker that the verb agrees with

Where nothing tells, the answer is the words as written, not a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service import arabic
from service.anaphora import Anaphora, Memory, Party
from service.attribution import Construction, Resolution, SpeakerType
from service.chains import medium
from service.lexicon.inflection import Form
from service.noun_phrases import DEMONSTRATIVES
from service.people import People
from service.reading import Reading
from service.relations import Relation, Stretch
from service.sources import RESUMING, Sources
from service.subjects import Actor
from service.vocabulary import Vocabulary
from service.written import Written

_TURNING = frozenset({"لكنه", "لكنها"})
_ASCRIBED = frozenset({"الي", "ل"})  # before whom words are ascribed to (نسب إلى)
_AGED = frozenset({"البالغ", "البالغه"})
_TURN_REACH = 4  # pieces before a verb within which من جانبه stands
_WRITTEN_REACH = 300  # pieces before الوزارة within which it was called by all its name
_SUBJECT_REACH = 3  # pieces after a complementiser within which the subject of its clause begins
_BEARS_PRONOUN = ("ه", "ها", "هم")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A relation's speaker and the sieve that found it."""

    party: Party
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the sources of one reading."""

    reading: Reading
    vocabulary: Vocabulary
    people: People
    sources: Sources
    anaphora: Anaphora
    written: Written

    def resolve(self, relations: Sequence[Relation], parents: Sequence[int | None]) -> tuple[list[Resolved | None], list[tuple[str | None, ...]]]:
        """Return each relation's speaker and the names of its vias, in order; `parents` holds for each the index of the relation around it."""
        memory = Memory(coming=self._first_named(relations), told=frozenset(relation.at for relation in relations))
        resolved: list[Resolved | None] = []
        vias: list[tuple[str | None, ...]] = []
        at: dict[int, Resolved] = {}
        for number, relation in enumerate(relations):
            parent = parents[number]
            outer = parent if parent is not None and parent < number else None  # a cue after its content is read later than what that holds
            if relation.governor in at and not _is_plural(at[relation.governor].party, relation.form):
                found: Resolved | None = Resolved(at[relation.governor].party, Resolution.DROPPED_SUBJECT)
            elif outer is not None:
                found = self._speaker(relation, relations[outer], resolved[outer], memory)
            else:
                found = self._speaker(relation, None, None, memory)
            if found is not None:
                at[relation.at] = found
                self._hear(relation, found.party, memory, nested=outer is not None)
            resolved.append(found)
            vias.append(tuple(self._medium(stretch, memory) for stretch in relation.via))
        return resolved, vias

    def _first_named(self, relations: Sequence[Relation]) -> int | None:
        """Return the first person to speak by name: whom a verb means before anyone was named (a story may open with what he said)."""
        sources = (relation.source for relation in relations if relation.source is not None)
        return next((number for source in sources if (number := self.written.person(source)) is not None), None)

    def _hear(self, relation: Relation, party: Party, memory: Memory, *, nested: bool) -> None:
        """Remember who spoke; a document that an expression only appeals to does not become the subject of what follows."""
        appealed = relation.construction is Construction.ACCORDING_TO and party.type not in (SpeakerType.PERSON, SpeakerType.ANONYMOUS)
        memory.hear(party, nested=nested or appealed or self._describes(relation))

    def _describes(self, relation: Relation) -> bool:
        """Tell whether a clause describes a governed document in passing (وسط أنباء تفيد بأن …): the story does not go on with it."""
        source = relation.source
        if source is None or source[1] >= relation.at or "document" not in self.vocabulary.classes(source[0]):
            return False
        governed = source[0] > 0 and not self.reading.pieces[source[0] - 1].is_mark and self.reading.begin[relation.at] < source[0]
        return governed and not self.written.is_definite(*source)

    def _medium(self, stretch: Stretch, memory: Memory) -> str | None:
        """Return the name of a medium that passed words on; by its head alone (الوكالة) it is the last one named, indefinite (صحيفة) no one."""
        name = medium(self.written.as_written(stretch, "").name)
        if " " not in name and "medium" in self.vocabulary.lexicon.nouns.get(arabic.key(name).removeprefix("ال"), ()):
            if not name.startswith("ال"):
                return None
            before = None if memory.media else self._written_out(stretch[0])
            return medium(memory.media[-1] if memory.media else self.reading.text(*before) if before else name)
        memory.media.append(name)
        return name

    def _written_out(self, index: int) -> Stretch | None:
        """Return the phrase in which the head at a piece, which stands alone, was written out (وزارة الصحة … الوزارة).

        Of several, the one that alone stands in its paragraph; else none.
        """
        head, parties = self.reading.pieces[index].stem, self.sources.parties
        heads = (at for at in range(index - 1, max(-1, index - _WRITTEN_REACH), -1) if self.reading.pieces[at].stem == head)
        free = (at for at in heads if not self.reading.pieces[at].preposition or "document" in self.vocabulary.classes(at - 1))  # تقرير لمنظمة …
        written = (phrase for at in free if (phrase := parties.at(at, index - 1, strict=True)) is not None)
        phrased = ((first, self._alone(first, last)) for first, last in written)
        found = [stretch for stretch in phrased if stretch[1] > stretch[0] and self._is_name(*stretch)]
        paragraph = self.reading.pieces[index].paragraph
        near = [stretch for stretch in found if self.reading.pieces[stretch[0]].paragraph == paragraph]
        return next((group[0] for group in (found, near) if group and not self._are_several(group)), None)

    def _are_several(self, phrases: Sequence[Stretch]) -> bool:
        """Tell whether phrases of one head name more than one (بنك الشمال، بنك الجنوب)."""
        return len({self.reading.pieces[first + 1].stem for first, _ in phrases}) > 1

    def _is_name(self, first: int, last: int) -> bool:
        """Tell whether a phrase tells which one of its kind it means: it is definite, or a name in marks or one tagged so follows its head."""
        following = first + 1
        named = following in self.reading.quotation_at or self.reading.pieces[following].kind == "ORG"
        return named or self.written.is_definite(first, last)

    def _alone(self, first: int, last: int) -> int:
        """Return the last piece of a phrase before another party beside it; its own head's where a title is left without its name."""
        named = (at for at in range(first + 1, last + 1) if self.vocabulary.classes(at) - {"proposition"})  # والتنمية is of the ministry's name
        beside = (at for at in named if self.reading.pieces[at].conjunction)
        pieces = self.reading.pieces
        told = (at for at in range(first + 2, last + 1) if pieces[at].preposition and not pieces[at].definite and pieces[at - 1].entity >= 0)
        end = min(next(beside, last + 1), next(told, last + 1)) - 1
        return first if "role" in self.vocabulary.classes(end) else end

    def _speaker(self, relation: Relation, outer: Relation | None, around: Resolved | None, memory: Memory) -> Resolved | None:
        if relation.source is not None:
            teller = around.party if around is not None else None
            return self._written(relation.source, _gender(relation), memory, teller, self._silent(relation, memory))
        if around is not None and outer is not None:
            return self._nested(relation, outer, around, memory)
        return self._dropped(relation, memory)

    def _silent(self, relation: Relation, memory: Memory) -> frozenset[int]:
        """Return the persons who cannot be meant by a title: those just heard, where the word is handed on (من جانبه، أكد الرئيس …)."""
        turned = any(self.vocabulary.listed(at, "turn") for at in range(max(self.reading.begin[relation.at], relation.at - _TURN_REACH), relation.at))
        return frozenset(party.person for party in (memory.latest, memory.last()) if turned and party is not None and party.person is not None)

    def _written(self, source: Stretch, gender: str, memory: Memory, teller: Party | None = None, silent: frozenset[int] = frozenset()) -> Resolved:
        """Resolve a source that is written: by the name in it, by its title, by its head, else as it stands.

        By a title it is neither `teller` nor any of the silent.
        """
        source = self.written.bare(source)
        together = self.written.together(source, gender)
        if together is not None:
            return Resolved(together, Resolution.NAMED)
        number = self.written.person(source)
        if number is not None:
            person = self.people.persons[number]
            here = [mention for mention in person.mentions if source[0] <= mention.pieces[0] <= source[1]]
            whole = any(len(mention.words) == len(person.words) for mention in here)
            return Resolved(self.written.known(number, source, gender), Resolution.NAMED if whole else Resolution.ALIAS)
        if "deferential" in self.vocabulary.classes(source[0]):
            return self._honoured(source, gender, memory)
        pointed = self._pointed_to(source, gender, memory, silent)
        if pointed is not None and (pointed == teller or pointed.person in silent) and "role" in self.vocabulary.classes(source[0]):
            pointed = None
        return Resolved(pointed, Resolution.ROLE) if pointed is not None else Resolved(self.written.as_written(source, gender), Resolution.NAMED)

    def _honoured(self, source: Stretch, gender: str, memory: Memory) -> Resolved:
        """Resolve a respectful pronoun (معاليه)."""
        found = self.anaphora.honoured(source[0], memory)
        party = self.written.known(found, None, gender) if isinstance(found, int) else found
        return Resolved(party, Resolution.PRONOUN) if party is not None else Resolved(self.written.as_written(source, gender), Resolution.NAMED)

    def _pointed_to(self, source: Stretch, gender: str, memory: Memory, silent: frozenset[int]) -> Party | None:
        """Return whom a phrase without a name points back to; his age says nothing of it (اللاعب البالغ من العمر …)."""
        aged = next((at for at in range(source[0] + 1, source[1] + 1) if self.reading.pieces[at].key in _AGED), None)
        source = (source[0], aged - 1) if aged is not None else source
        if self.vocabulary.listed(source[0], "latter"):
            return self._latter(source[0], gender)
        if not self.anaphora.is_definite(source):
            return None
        official = self.anaphora.official(source, memory)
        if official is not None:
            return official
        number = self.anaphora.by_title(source, silent)
        if number is not None:
            return self.written.known(number, source, gender)
        spoken = self.anaphora.by_head(source, memory)
        if spoken is not None or source[0] < source[1] or "body" not in self.vocabulary.classes(source[0]):
            return spoken
        before = self._written_out(source[0])
        return self.written.as_written(before, gender) if before is not None else None

    def _nested(self, relation: Relation, outer: Relation, around: Resolved, memory: Memory) -> Resolved:
        """Resolve a dropped subject inside another's words: I is the speaker, he is the subject of the reported clause, else the speaker."""
        form, start = relation.form, outer.first
        subject = None
        if form is not None and form.person == "3" and not self.reading.pieces[start].key.endswith(_BEARS_PRONOUN):
            subject = self._clause_subject(start + 1, relation.at)
        if subject is not None and form is not None and (self.written.person(subject) is not None or self._fits(subject, form)):
            return self._written(subject, form.gender, Memory())
        spoken = self.reading.inside[relation.at] is not None
        if spoken and form is not None and form.gender == "f" and form.number == "s" and not (form.imperfect or form.suffix):
            return Resolved(around.party, Resolution.PRONOUN)  # «أوضحت أننا …»: spelt like she, meant is I
        if form is not None and form.person == "3" and not _agrees(around.party, form.gender, plural=form.number == "p"):
            return Resolved(self._somebody_else(relation, form, memory) or around.party, Resolution.PRONOUN)
        return Resolved(around.party, Resolution.PRONOUN)

    def _fits(self, subject: Stretch, form: Form) -> bool:
        """Tell whether a body that opens a reported clause agrees with a verb later in it (أن الشرطة … وقالت إنها …), or pleads (… بحجة أن)."""
        if form.plea:
            return self.sources.parties.speaks(subject)
        head = self.reading.pieces[subject[0]]
        feminine = head.span.of(self.reading.document.text).endswith(arabic.TEH_MARBUTA)
        return "body" in self.vocabulary.classes(subject[0]) and form.number == "s" and (form.gender == "f") == feminine

    def _latter(self, at: int, gender: str) -> Party | None:
        """Return whom الأخير means: who is called by a title right before its verb (… أمين الحزب، قال هذا الأخير …), else the last one named."""
        begin, verb = self.reading.begin[at], at - 1 - (self.reading.pieces[at - 1].key in DEMONSTRATIVES)
        titled = self.sources.parties.ending_at(verb - 1, begin, governed=True) if verb - 1 > begin else None
        if titled is not None and self.written.person(titled) is None and "role" in self.vocabulary.classes(titled[0]):
            return self.written.as_written(titled, gender)
        number = self.anaphora.last_named(at)
        return self.written.known(number, None, gender) if number is not None else None

    def _somebody_else(self, relation: Relation, form: Form, memory: Memory) -> Party | None:
        """Return whom a verb means that does not agree with the speaker around it: the last people to speak, or the last man named."""
        heard = sorted((*memory.parties, *memory.nested), key=lambda party: party.type is SpeakerType.GROUP)
        if form.number == "p":
            return heard[-1] if heard and heard[-1].type is SpeakerType.GROUP else None
        number = self.anaphora.last_named(relation.at)
        return self.written.known(number, None, form.gender) if number is not None else None

    def _clause_subject(self, start: int, before: int) -> Stretch | None:
        for at in range(start, min(start + _SUBJECT_REACH, before)):
            if self.vocabulary.heads(at) and not self.reading.pieces[at].preposition:
                return self.sources.parties.at(at, before - 1)
        return None

    def _dropped(self, relation: Relation, memory: Memory) -> Resolved | None:
        """Resolve a dropped subject: the subject of its own sentence, else the last speaker that agrees, else whom the story opens with."""
        if (
            self._turns(relation)
            and memory.latest is not None
            and relation.form is not None
            and _agrees(memory.latest, relation.form.gender, plural=False)
        ):
            return Resolved(memory.latest, Resolution.PRONOUN)
        subject = self.sources.subjects.of_sentence(relation.at) if relation.cue is not None else None
        subject = None if subject is not None and self._is_reported(subject) else subject
        if subject is not None and self._may_go_on(subject, relation) and not self._spoke_since(subject, relation, memory):
            return Resolved(self._written(subject, "", memory).party, Resolution.DROPPED_SUBJECT)
        own = self._ascribed(relation)
        if own is not None:
            return Resolved(self._written(own, "", memory).party, Resolution.PRONOUN)
        form = relation.form
        acting = self._acting(relation, form, memory)
        actor = self._actor(acting, form) if acting is not None and form is not None else None
        if actor is not None:
            return Resolved(actor, Resolution.DROPPED_SUBJECT)
        for party in reversed(memory.parties):
            if form is None or (_agrees(party, form.gender, plural=form.number == "p") and not _is_plural(party, form)):
                return Resolved(party, Resolution.DROPPED_SUBJECT)
        body = acting is not None and "body" in self.vocabulary.classes(acting.phrase[0])
        if acting is not None and form is not None and body and form.number == "s":  # اعتقلت الشرطة المشتبه به. وقالت إن …
            return Resolved(self.written.as_written(acting.phrase, form.gender), Resolution.DROPPED_SUBJECT)
        owned = relation.construction is Construction.NOMINAL  # ختم الرئيس زيارته بتأكيده أن …
        if subject is not None and self.sources.parties.speaks(subject) and (owned or not self.people.persons):
            return Resolved(self._written(subject, "", memory).party, Resolution.DROPPED_SUBJECT)
        if form is not None and form.number == "p":
            return None
        persons = self.people.persons
        number = 0 if persons and persons[0].mentions[0].pieces[0] < relation.at else memory.coming
        if form is not None and any(party.person == number and not _agrees(party, form.gender, plural=False) for party in memory.parties):
            return None
        return Resolved(self.written.known(number, None, ""), Resolution.DROPPED_SUBJECT) if number is not None else None

    def _ascribed(self, relation: Relation) -> Stretch | None:
        """Return the party right before قوله or قولها to whom it is ascribed (نُسب إلى الوزارة قولها إن …)."""
        if relation.construction is not Construction.NOMINAL or relation.cue is None or relation.form is None or not relation.form.suffix:
            return None
        found = self.sources.parties.ending_at(relation.at - 1, self.reading.begin[relation.at], governed=True)
        if found is None or not found[0] or self.reading.pieces[found[0] - 1].key not in _ASCRIBED:
            return None
        return found

    def _acting(self, relation: Relation, form: Form | None, memory: Memory) -> Actor | None:
        """Return who acts in the sentence just before, where the verb opens its own and agrees.

        A verb that goes on with what was said (أضاف) is his only where he took the word there (وأشاد فلان بالنتيجة. وأضاف أن …).
        """
        cue = self.vocabulary.verbs.get(relation.at)
        found = self.sources.subjects.of_sentence_before(relation.at, memory.told) if cue is not None and form is not None else None
        if found is None or form is None or cue is None or found.gender not in ("", form.gender):
            return None
        return found if found.says or not cue.verb.continues else None

    def _actor(self, acting: Actor, form: Form) -> Party | None:
        """Return the people or the person who acts: one who is named, or who bears a title and has taken the word (ونفى محاميه ذلك. وقال …)."""
        if form.number == "p":
            many = self.written.as_written(acting.phrase, form.gender)
            return many if many.type is SpeakerType.GROUP else None
        number = self.written.person(acting.phrase)
        if number is not None:
            return self.written.known(number, acting.phrase, form.gender)
        titled = acting.says and "role" in self.vocabulary.classes(acting.phrase[0]) and not self.vocabulary.is_many(acting.phrase[0])
        return self.written.as_written(acting.phrase, form.gender) if titled else None

    def _turns(self, relation: Relation) -> bool:
        """Tell whether لكنه or لكنها stands before a verb: whom the words right before it are about goes on."""
        return self.reading.pieces[relation.at - 1].key.removeprefix("و") in _TURNING if relation.at else False

    def _may_go_on(self, subject: Stretch, relation: Relation) -> bool:
        """Tell whether a sentence's subject can be the dropped one of a verb after it: a person, or whoever issued what the verb resumes."""
        resumes = relation.at + 1 < len(self.reading.pieces) and self.reading.pieces[relation.at + 1].key in RESUMING
        said = "document" in self.vocabulary.classes(subject[0])  # وجه رسالة إلى والدته، قال فيها: what he wrote
        people = self.reading.pieces[subject[0]].definite or not self.reading.pieces[subject[0]].key.endswith("ه")  # not ساعات عديدة
        many = people and relation.form is not None and relation.form.number == "p" and self.written.type(*subject) is SpeakerType.GROUP
        acts = self._acts_as_body(subject, relation.form) or self._acts_by_title(subject, relation)
        return self.written.person(subject) is not None or many or acts or (resumes and not said and self.sources.parties.speaks(subject))

    def _acts_by_title(self, subject: Stretch, relation: Relation) -> bool:
        """Tell whether one called by his title alone did something and goes on speaking (وأشاد الوزير بالخطة وقال إنها …)."""
        cue, form = self.vocabulary.verbs.get(relation.at), relation.form
        first = subject[0]
        if cue is None or form is None or not cue.coordinated or form.number != "s" or form.suffix or first <= self.reading.begin[first]:
            return False
        if any(self.vocabulary.is_function(at) for at in range(first, subject[1])):
            return False  # أعرب المسؤول عن رضاه: his title may end before what the verb governs
        classes = self.vocabulary.classes(first)
        titled = "role" in classes and not classes & {"body", "group"} and not self.vocabulary.is_many(first) and self.written.is_definite(*subject)
        feminine = self.reading.pieces[first].span.of(self.reading.document.text).endswith(arabic.TEH_MARBUTA)
        return titled and self.sources.subjects.acts(first - 1) and (form.gender == "f") == feminine

    def _acts_as_body(self, subject: Stretch, form: Form | None) -> bool:
        """Tell whether a sentence's subject is a body or a medium with the gender of a verb after it (أغلقت الشركة فرعها، وقالت إن …)."""
        if form is None or form.number != "s" or form.suffix or not self.vocabulary.classes(subject[0]) & {"body", "medium"}:
            return False
        first, pieces = subject[0], self.reading.pieces
        verb = pieces[first - 1].base if first > self.reading.begin[first] else "ت"
        acts = verb.startswith("ت") or (verb.endswith("ت") and not verb.endswith("ات"))
        return acts and form.gender == "f" and pieces[first].span.of(self.reading.document.text).endswith(arabic.TEH_MARBUTA)

    def _spoke_since(self, subject: Stretch, relation: Relation, memory: Memory) -> bool:
        """Tell whether a cue stands between a sentence's subject and this relation: its speaker is nearer."""
        others = (*range(self.reading.begin[relation.at], subject[0] - 1), *range(subject[1] + 1, relation.at))  # not the subject's own verb
        return any(self.vocabulary.is_finite(at) for at in others) and bool(memory.parties)

    def _is_reported(self, subject: Stretch) -> bool:
        """Tell whether a sentence's subject is that of what somebody said before it (وأكد أن الجبهات هادئة، مبينا أن …)."""
        opener = subject[0] - 1
        if opener < 0 or not self.vocabulary.listed(opener, "complementiser"):
            return False
        return any(self.vocabulary.is_finite(at) for at in range(self.reading.begin[subject[0]], opener))


def _gender(relation: Relation) -> str:
    """Return the gender that a written subject's verb shows."""
    return relation.form.gender if relation.form is not None and not relation.form.suffix else ""


def _agrees(party: Party, gender: str, *, plural: bool) -> bool:
    """Tell whether a party can be the dropped subject of a verb of this gender and number."""
    if plural and party.type is SpeakerType.PERSON and " و" not in party.name:
        return False
    return not gender or not party.gender or party.gender == gender


def _is_plural(party: Party, form: Form | None) -> bool:
    """Tell whether a party is people and a form one man's: نواب say قائلين, not قائلا."""
    return form is not None and party.type is SpeakerType.GROUP and form.gender == "m" and form.number == "s"
