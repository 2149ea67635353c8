"""Who says it, as written here: the subject after or before its verb, the party after according-to, the subject of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from service import arabic
from service.cues import AccordingToCue, VerbCue
from service.lexicon import Lexicon
from service.parties import Parties
from service.reading import COLON, COMMAS, Reading
from service.relations import Stretch
from service.subjects import Subjects
from service.vocabulary import PEOPLE, Vocabulary

LEFT_REACH = 40  # pieces before a verb within which its subject may stand
_MARKED_NAME = 4  # pieces from mark to mark around a medium's name
PARTY_REACH = 40  # pieces after an according-to head within which its party is named
RESUMPTIONS = frozenset({"فان", "فانه", "فانها", "فانهم", "فقد"})
_PARTICLES = frozenset({"قد", "لقد", "سوف", "ايضا", "كان", "كانت", "كانوا"})
_CONNECTED = frozenset({"فان", "وان", "ولان", "لان"})  # complementisers with a conjunction on them
_ALL = frozenset({"جميع", "كافه", "كل"})  # heads of many: whom one man's verb is about
_MEANWHILE = frozenset({"فيما", "بينما"})
_IN_RETURN = "المقابل"
_EVERYBODY = "الجميع"
_QUOTING = frozenset({"عن"})
_PERSONAL, _OTHER = frozenset({"هو", "هي", "هم", "هما", "هن"}), frozenset({"الاخر", "الاخري", "الاخرون", "الاخران"})
RESUMING = frozenset({"فيه", "فيها", "فيهما", "خلالها", "خلاله"})
_PRONOUNS = ("ه", "ها", "هم", "ني", "نا", "هما")


@dataclass(frozen=True, slots=True)
class Sources:
    """Finds sources over one reading."""

    reading: Reading
    lexicon: Lexicon
    vocabulary: Vocabulary
    parties: Parties
    subjects: Subjects

    def subject(self, cue: VerbCue, zone_last: int, *, strict: bool = False) -> Stretch | None:
        """Return the subject of a finite verb: in the words between it and its content, else before it; None where it is dropped.

        `strict` is for a verb whose object may follow its subject directly.
        """
        if self._has_pronoun(cue) or cue.form.person == "1":
            return None
        if cue.form.number == "p":
            return self.before(cue) if self._may_precede(cue) else None  # ودعوا الرئيس إلى …: a plural verb has its subject in itself or before it
        if self._is_followed_by_name(cue, zone_last):
            return self._with_name((cue.at + 1, self.parties.phrases.end(cue.at + 1, zone_last, strict=strict)), zone_last)
        before = self.before(cue) if self._may_precede(cue) else None
        if before is not None and (self._claims(before) or (cue.verb.addressee and self.vocabulary.listed(cue.at - 1, "relative"))):
            return self._own(cue, zone_last) or self._behind_comma(cue, zone_last) or before
        leading = self._leading(cue) if cue.verb.addressee and not cue.coordinated else None
        if leading is not None:
            return leading
        if before is None and cue.verb.addressee and self.vocabulary.listed(max(0, cue.at - 1), "relative"):
            return None  # التي اتهمت المرشح: whom, not who
        after = self.parties.right_at(self._past_medium(cue), zone_last, strict=strict or cue.verb.addressee)
        if after is not None and cue.coordinated and self._is_whom(after, cue, zone_last):
            return None
        if before is not None and after is not None and not self.parties.speaks(after):
            return before  # سلطات المدينة تعلن البدء بـ …
        if after is not None and self._agrees(after, cue):
            return after if cue.verb.addressee else self._with_name(after, zone_last)
        if before is not None or cue.verb.addressee or after is not None:
            return before
        found = self.parties.within(cue.at + 1, zone_last)
        return found if found is not None and not self._stands_for(found[0]) else None

    def _stands_for(self, index: int) -> bool:
        """Tell whether a word stands for who was named before (وحده، هو الآخر) or for what is said (ما نصه), and names nobody."""
        pieces = self.reading.pieces
        if pieces[index].key in _OTHER:
            return pieces[index - 1].key in _PERSONAL
        alike = pieces[index].key in self.lexicon.words["same_one"]
        return alike and not pieces[index].span.of(self.reading.document.text).endswith(arabic.TEH_MARBUTA)  # وحدة العمليات is a unit

    def _is_followed_by_name(self, cue: VerbCue, zone_last: int) -> bool:
        """Tell whether a person's name is right behind a verb that tells nobody anything: the subject, whatever stands before (قالت فلانة)."""
        following = cue.at + 1
        if following > zone_last or cue.verb.addressee or self.reading.pieces[following].preposition or self.reading.pieces[following].is_mark:
            return False
        entity = self.reading.entity(following)
        person = entity is not None and entity.type == "PER" and not self.vocabulary.is_function(following)
        return cue.form.suffix == "" and person and self.vocabulary.is_surname(following)

    def _own(self, cue: VerbCue, zone_last: int) -> Stretch | None:
        """Return the subject that a relative clause has of its own: people who are the antecedent's (المدينة التي أفتى علماؤها بـ…)."""
        at = cue.at + 1
        if at > zone_last or not self.vocabulary.listed(cue.at - 1, "relative"):
            return None
        return self.parties.right_at(at, zone_last) if self.reading.pieces[at].owned and self.vocabulary.classes(at) & PEOPLE else None

    def _leading(self, cue: VerbCue) -> Stretch | None:
        """Return the definite noun that opens the sentence right before a verb that needs whom it addresses (فلان يدعو الشباب إلى …)."""
        begin = self.reading.begin[cue.at]
        if begin >= cue.at or not self.reading.pieces[begin].definite or self.vocabulary.is_time(begin) or self.vocabulary.is_function(begin):
            return None
        return (begin, cue.at - 1) if self.parties.phrases.end(begin, cue.at - 1) == cue.at - 1 else None

    def _behind_comma(self, cue: VerbCue, zone_last: int) -> Stretch | None:
        """Return the subject behind a verb that a comma parts from what stands before it (كان الجميع في انتظار الوزير، قالت فلانة إن …)."""
        if cue.verb.addressee or not cue.at or self.reading.pieces[cue.at - 1].key not in COMMAS:
            return None
        after = self.parties.right_at(cue.at + 1, zone_last, strict=True)
        return after if after is not None and self.parties.speaks(after) and self._agrees(after, cue) else None

    def _past_medium(self, cue: VerbCue) -> int:
        """Return where a subject may begin behind a verb: past the medium in marks to which it was said (قال لـ«الصحيفة» فلان …)."""
        told = cue.at + 1 < len(self.reading.pieces) and self.reading.pieces[cue.at + 1].key == "ل"
        quotation = self.reading.quotation_at.get(cue.at + 1 + told) if told or cue.verb.addressee else None
        if quotation is None or not quotation.closed or quotation.last - quotation.first > _MARKED_NAME:
            return cue.at + 1
        behind = quotation.last + 1
        if behind >= len(self.reading.pieces):
            return cue.at + 1
        return behind if self.vocabulary.heads(behind) or self.vocabulary.is_surname(behind) else cue.at + 1

    def _is_whom(self, after: Stretch, cue: VerbCue, zone_last: int) -> bool:
        """Tell whether the only party behind a verb that must have two is whom it is about (وحمل الحكومة مسؤولية …)."""
        if cue.verb.addressee and self.reading.pieces[after[0]].key in _ALL and cue.form.number == "s":
            return after[0] == after[1] or self.reading.pieces[after[0] + 1].key != "من"  # ودعا جميع السكان إلى …, but ودعا كل من الوزير ونائبه إلى …
        bound = cue.verb.addressee and bool(cue.verb.objects) and bool(self.vocabulary.classes(after[0]) & {"body", "group"})
        return bound and all(self.reading.pieces[at].is_mark for at in range(after[1] + 1, zone_last + 1))

    def _with_name(self, titled: Stretch, zone_last: int) -> Stretch:
        """Return a title with the name after it that the tagger did not see, or cut short: all that stands between it and the content."""
        first, last = titled
        entity = self.reading.entity(last)
        person = entity is not None and entity.type == "PER"
        closed = (self.reading.pieces[last].definite and "role" in self.vocabulary.classes(first)) or person
        follows = range(zone_last + 1, min(zone_last + 3, len(self.reading.pieces)))
        clausal = any(self.vocabulary.listed(at, "complementiser") or self.reading.pieces[at].key == COLON for at in follows)
        return (first, zone_last) if closed and clausal and self.vocabulary.names_between(last + 1, zone_last) else titled

    def _may_precede(self, cue: VerbCue) -> bool:
        """Tell whether a subject can stand before a verb: no و on it, ف only after أما, and nothing that resumes what stands before (قال فيها)."""
        following = self.reading.pieces[cue.at + 1].key if cue.at + 1 < len(self.reading.pieces) else ""
        if following in RESUMING or self._is_handed_on(cue):
            return False
        topical = any(self.reading.pieces[at].base == "اما" for at in range(self.reading.begin[cue.at], cue.at)) if cue.coordinated else False
        return not cue.coordinated or (topical and self.reading.pieces[cue.at].key.startswith("ف"))

    def _is_handed_on(self, cue: VerbCue) -> bool:
        """Tell whether another has his say from a comma on (…، من جهته أكد فلان …، وفي المقابل قالت …، فيما أوضح …): who stands before it has not."""
        last = self._before_particles(cue)
        if last < 1:
            return False
        piece = self.reading.pieces[last]
        if piece.base in _MEANWHILE or (piece.key == "حين" and self.reading.pieces[last - 1].base == "في"):
            return True
        if not (piece.key == _IN_RETURN or self.vocabulary.listed(last, "turn")):
            return False
        start = last if piece.preposition else last - 1
        return start > 0 and self.reading.pieces[start - 1].key in COMMAS

    def _before_particles(self, cue: VerbCue) -> int:
        """Return the piece before a verb and its particles (قد، كان), -1 where there is none."""
        index = cue.at - 1
        while index >= 0 and self.reading.pieces[index].key in _PARTICLES:
            index -= 1
        return index

    def _has_pronoun(self, cue: VerbCue) -> bool:
        """Tell whether the subject is the pronoun on the complementiser right before the verb (أنه أبلغ …)."""
        index = self._before_particles(cue)
        key = self.reading.pieces[index].key if index >= 0 else ""
        return key in self.lexicon.words["complementiser"] and key.endswith(_PRONOUNS)

    def _claims(self, before: Stretch) -> bool:
        """Tell whether a phrase before a verb is surely its subject: a complementiser or كان stands before it (إن فلانا أبلغ نظيره أن …)."""
        opener = before[0] - 1
        return opener >= 0 and (self.vocabulary.listed(opener, "complementiser") or self.vocabulary.listed(opener, "auxiliary"))

    def _agrees(self, source: Stretch, cue: VerbCue) -> bool:
        """Tell whether a phrase after a verb can be its subject: a feminine noun cannot follow a masculine verb; an idiom's noun is none."""
        head, classes = self.reading.pieces[source[0]], self.vocabulary.classes(source[0])
        if self._stands_for(source[0]) or self.vocabulary.is_accusative(source[0]) or head.key in self.lexicon.words["idiom"]:
            return False
        addressed = head.key in self.lexicon.words["divine"] or head.key == _EVERYBODY
        if (cue.verb.addressee and addressed) or self.vocabulary.is_oblique_plural(source[0]):
            return False  # دعا الله أن · دعا المواطنين إلى … · دعا الجميع إلى …: whom, not who
        if head.owned and not (classes & (PEOPLE | {"deferential"}) or self.vocabulary.is_surname(source[0])):
            return False
        if cue.verb.addressee and cue.coordinated and not self._is_somebody(source):
            return False  # ودعت المجتمع الدولي إلى …: whom, not who
        if cue.form.gender != "m" or cue.form.number != "s" or self.vocabulary.is_surname(source[0]):
            return True
        if "honorific" in classes and source[1] > source[0] and not head.definite:
            return True  # أكد سعادة السفير …, but not أكد السيدة فلانة
        entity = self.reading.entity(source[0])
        if self.vocabulary.listed(source[0], "same") and source[1] > source[0]:
            head = self.reading.pieces[source[0] + 1]  # أضاف ذات المصدر
        feminine = head.span.of(self.reading.document.text).endswith(("ة", "ات")) and head.stem not in self.lexicon.words["masculine"]
        return not feminine or (entity is not None and entity.type == "PER")

    def _is_somebody(self, source: Stretch) -> bool:
        """Tell whether a phrase is headed by a speaker's noun or a name, or opens with an honorific or a word that counts (أحد النواب)."""
        first = source[0]
        opens = "honorific" in self.vocabulary.classes(first) or self.vocabulary.counts(first)
        return self.vocabulary.heads(first) or self.vocabulary.is_sound_plural(first) or (opens and self.parties.speaks(source))

    def before(self, cue: VerbCue) -> Stretch | None:
        """Return the subject that stands before its verb (إن فلانا أكد, وكان الوزير قد قال), or the noun a relative clause hangs on."""
        floor = max(self.reading.begin[cue.at], cue.at - LEFT_REACH)
        last = self._before_particles(cue)
        if last < floor:
            return self._after_opener(cue.at - 1, floor, cue) if last < cue.at - 1 else None
        key = self.reading.pieces[last].key
        if key in self.lexicon.words["complementiser"]:
            return None
        if self.vocabulary.listed(last, "relative") and cue.form.suffix:
            return None  # المزاعم التي وصفوها: what they described
        if cue.form.suffix and self._describes_noun(last):
            return None  # أشخاص وصفتهم بـ …
        if self.vocabulary.listed(last, "relative"):
            return self.parties.ending_at(last - 1, floor, strict=True, governed=True)
        adjacent = self.parties.ending_at(last, floor) if not self.reading.pieces[last].is_mark else None
        if adjacent is not None and adjacent[0] > floor and self.reading.pieces[adjacent[0] - 1].base in self.lexicon.heads:
            return adjacent  # بحسب مسؤول أكد أن …
        if adjacent is not None and self._is_governed(adjacent[0]):
            adjacent = None  # فيديوهات على موقع … تقول إن …
        if cue.form.imperfect and self._describes_noun(last):
            return adjacent
        return self._after_opener(last, floor, cue) or adjacent

    def _describes_noun(self, index: int) -> bool:
        """Tell whether an imperfect after an indefinite noun is that noun's own clause (رجلين يشتبه بأنهما …)."""
        piece = self.reading.pieces[index]
        plain = not (piece.is_mark or piece.definite or piece.owned or piece.preposition) and piece.entity < 0
        return plain and not (self.vocabulary.is_function(index) or self.vocabulary.is_time(index) or self.vocabulary.is_surname(index))

    def _after_opener(self, last: int, floor: int, cue: VerbCue) -> Stretch | None:
        """Return the phrase after what opens the verb's clause: a complementiser, كان, a conjunction, or the sentence's start."""
        for index in range(last, floor - 1, -1):
            if self._opens_clause(index):
                return self._phrase_from(index + 1, cue.at)
            if self.vocabulary.is_finite(index):
                return None
        start = floor
        while start < last and (self.reading.pieces[start].is_mark or self.vocabulary.listed(start, "sequence")):
            start += 1
        return self._phrase_from(start, cue.at) if self.vocabulary.heads(start) else None

    def _opens_clause(self, index: int) -> bool:
        piece, words = self.reading.pieces[index], self.lexicon.words
        opens = piece.base in words["auxiliary"] or piece.base in words["clause_opener"]
        return opens or piece.key in words["complementiser"] or piece.key in _CONNECTED

    def _phrase_from(self, start: int, verb: int) -> Stretch | None:
        """Return the phrase from a clause's start, if the verb can be its predicate: what parts them is circumstance."""
        if start >= verb or self.vocabulary.is_function(start):
            return None
        if self.reading.pieces[start].is_mark and start not in self.reading.quotation_at:
            return None
        found = self.parties.at(start, verb - 1) if not self.reading.pieces[start].preposition else None
        if found is None:
            return None
        reaches = all(self.reading.pieces[at].key in _PARTICLES for at in range(found[1] + 1, verb))
        return found if reaches or self.vocabulary.heads(start) else None

    def party(self, phrase: AccordingToCue) -> Stretch | None:
        """Return who is named after an according-to head, if it can speak (وفق المعايير cannot)."""
        limit = min(self.reading.stop[phrase.last], phrase.last + PARTY_REACH)
        first = phrase.last + 1
        if first < limit and self.reading.pieces[first].key == "ل":
            first += 1  # وفقا لـ «الصحيفة»
        if phrase.own or first > limit or self._stops_short(first):
            return None
        last = next((at - 1 for at in range(first, limit + 1) if self.reading.pieces[at].key in RESUMPTIONS), limit)
        told = phrase.verb is not None or phrase.entry.verb or (phrase.last > phrase.at and not phrase.entry.prepositions)
        fronted = self.reading.begin[phrase.at] == phrase.at
        source = self.parties.within(first, last) if told else self.parties.at(first, last, strict=fronted) if first <= last else None
        if source is None or self.reading.pieces[source[0]].stem in self.lexicon.words["standard"]:
            return None
        if self.reading.pieces[source[0]].owned and not self.vocabulary.classes(source[0]) & PEOPLE:
            return None
        quoted = phrase.noun or phrase.verb is not None or bool(phrase.entry.prepositions & _QUOTING)
        # who is said to say so need not look like a speaker
        return source if quoted or self.parties.leads(source) else None

    def _stops_short(self, index: int) -> bool:
        """Tell whether a comma right after an expression ends it and no circumstance follows (كما ذكر، وإنما …; but حسبما أفادت، اليوم، فلانة)."""
        following = index + 1
        return self.reading.pieces[index].key in COMMAS and following <= self.reading.stop[index] and not self.vocabulary.is_time(following)

    def _is_governed(self, index: int) -> bool:
        """Tell whether a preposition stands on a piece or before it."""
        return bool(self.reading.pieces[index].preposition) or (index > 0 and self.vocabulary.listed(index - 1, "preposition"))
