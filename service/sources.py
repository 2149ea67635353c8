"""Who says it, as written here: the subject after or before its verb, the noun phrase after according-to, the party after عن."""

from __future__ import annotations

from dataclasses import dataclass

from service import outlets
from service.cues import AccordingToCue, VerbCue
from service.lexicon import Lexicon
from service.lexicon.inflection import Part
from service.noun_phrases import SPEAKERS, Phrases
from service.reading import COMMAS, DASHES, Reading
from service.relations import Stretch

LEFT_REACH = 40  # pieces before a verb within which its subject may stand
PARTY_REACH = 40
NAME_WORDS = 6
_RESUMPTIONS = frozenset({"فان", "فانه", "فانها", "فانهم", "فقد"})
_PARTICLES = frozenset({"قد", "لقد", "سوف", "ايضا", "كان", "كانت", "كانوا"})
_TO = frozenset({"ل", "مع", "الي", "علي", "من", "عن", "عبر", "ب"})


@dataclass(frozen=True, slots=True)
class Sources:
    """Finds sources over one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    phrases: Phrases

    def subject(self, cue: VerbCue, zone_last: int) -> Stretch | None:
        """Return the subject of a finite verb: in the words between it and its content, else before it; None where it is dropped."""
        if self._has_pronoun(cue):
            return None
        before = None if cue.coordinated else self.before(cue)
        if before is not None and self._claims(before, cue):
            return before
        right_after = self.in_zone(cue.at + 1, zone_last, strict=cue.verb.addressee, adjacent=True)
        if right_after is not None and self._agrees(right_after, cue):
            return right_after
        if before is not None or cue.verb.addressee or right_after is not None:
            return before
        return self.in_zone(cue.at + 1, zone_last)

    def _has_pronoun(self, cue: VerbCue) -> bool:
        """Tell whether the subject is the pronoun on the complementiser right before the verb (أنه أبلغ …)."""
        index = cue.at - 1
        while index >= 0 and self.reading.pieces[index].key in _PARTICLES:
            index -= 1
        return index >= 0 and self.reading.pieces[index].key in self.lexicon.words["complementiser"] and self.reading.pieces[index].key.endswith(("ه", "ها", "هم", "ني", "نا", "هما"))

    def _claims(self, before: Stretch, cue: VerbCue) -> bool:
        """Tell whether a phrase before a verb is surely its subject: a complementiser or كان stands before it (إن بلينكن أبلغ نظيره أن …)."""
        opener = self.reading.pieces[before[0] - 1] if before[0] else None
        if opener is None:
            return False
        words = self.lexicon.words
        return opener.key in words["complementiser"] or opener.base in words["complementiser"] or opener.base in words["auxiliary"]

    def _agrees(self, source: Stretch, cue: VerbCue) -> bool:
        """Tell whether a phrase after a verb can be its subject: a feminine noun cannot follow a masculine verb; an idiom's noun is none."""
        head = self.reading.pieces[source[0]]
        if head.key in self.lexicon.words["idiom"] or head.owned and not self.phrases.classes(source[0]) & {"role", "group", "deferential"}:
            return False
        if cue.verb.addressee and cue.coordinated and not self.phrases.heads(source[0]):
            return False  # ودعت المجتمع الدولي إلى …: whom, not who
        if cue.form.gender != "m" or cue.form.number != "s" or self.phrases.is_surname(source[0]):
            return True
        entity = self.reading.entity(source[0])
        feminine = head.span.of(self.reading.document.text).endswith(("ة", "ات"))
        return not feminine or entity is not None and entity.type == "PER"

    def in_zone(self, first: int, last: int, *, strict: bool = False, adjacent: bool = False) -> Stretch | None:
        """Return the noun phrase that names a speaker between `first` and `last`: right at the start, or after a circumstance (في بيان، …).

        `adjacent` seeks it at the start alone, past an adverb of time.
        """
        index = first
        while index <= last:
            piece = self.reading.pieces[index]
            quotation = self.reading.quotation_at.get(index)
            if quotation is None and (piece.is_mark or piece.preposition or piece.conjunction or self.phrases.is_function(index) or self.phrases.is_time(index)):
                if adjacent and not (self.phrases.is_time(index) or piece.is_mark and index > first or piece.key == "مجددا"):
                    return None
                index = self._past(index, last)
                continue
            if adjacent or self.phrases.heads(index) and not self._is_apposition(index) or index == first:
                end = self.phrases.end(index, last, strict=strict)
                if end >= index:
                    return self._bare(index, end)
            elif self._is_apposition(index):
                index = max(index, self.phrases.end(index, last))
            index += 1
        return None

    def _is_apposition(self, index: int) -> bool:
        """Tell whether a title after a comma belongs to the name before it, which is no subject (مع فلان، وزير …)."""
        if index < 2 or self.reading.pieces[index - 1].key not in COMMAS:
            return False
        entity = self.reading.entity(index - 2)
        return entity is not None and entity.type == "PER" or self.phrases.is_surname(index - 2)

    def _past(self, index: int, last: int) -> int:
        """Return the piece after a circumstance: after a mark or an adverb the next one, after a preposition the end of its noun phrase."""
        piece = self.reading.pieces[index]
        if piece.is_mark or self.phrases.is_time(index) or index == last:
            return index + 1
        takes_noun = piece.preposition or piece.key in _TO or piece.key in ("في", "خلال", "بعد", "قبل", "اثناء", "عقب", "امام", "حول", "منذ", "لدي", "ضمن")
        if not takes_noun:
            return index + 1
        at = index + (0 if piece.preposition else 1)
        while at < last and self.reading.pieces[at + 1].key not in COMMAS and not (self._opens_phrase(at + 1)):
            at += 1
        return at + 1

    def _opens_phrase(self, index: int) -> bool:
        """Tell whether a subject may begin at `index` inside a run of circumstance: a title or body that nothing before it governs."""
        before, piece = self.reading.pieces[index - 1], self.reading.pieces[index]
        closed = before.definite or before.is_mark or before.key.isdigit() or self.phrases.is_time(index - 1)
        return closed and not piece.definite and not piece.preposition and not piece.conjunction and bool(self.phrases.classes(index) & {"role", "body"})

    def _bare(self, first: int, last: int) -> Stretch:
        """Return a phrase without a comma or dash left hanging at its end."""
        while last > first and (self.reading.pieces[last].key in COMMAS or self.reading.pieces[last].key in DASHES):
            last -= 1
        return first, last

    def before(self, cue: VerbCue) -> Stretch | None:
        """Return the subject that stands before its verb (إن بلينكن أكد, وكان الوزير قد قال), or the noun a relative clause hangs on."""
        floor = max(self.reading.begin[cue.at], cue.at - LEFT_REACH)
        index = cue.at - 1
        while index >= floor and self.reading.pieces[index].key in _PARTICLES:
            index -= 1
        adjacent_last = index
        if index >= floor and self.reading.pieces[index].key in self.lexicon.words["complementiser"]:
            return None
        if index >= floor and self.reading.pieces[index].key in self.lexicon.words["relative"]:
            return self._ending_at(index - 1, floor)
        governed = self._ending_at(adjacent_last, floor)
        if governed is not None and governed[0] > floor and self.reading.pieces[governed[0] - 1].base in self.lexicon.heads:
            return governed
        while index >= floor:
            piece = self.reading.pieces[index]
            if piece.key in self.lexicon.words["complementiser"] or piece.base in self.lexicon.words["auxiliary"] or piece.base in self.lexicon.words["clause_opener"] or piece.key in ("فان", "وان", "ولان", "لان"):
                return self._phrase_from(index + 1, cue.at)
            if self.phrases.is_finite(index) and index != cue.at:
                break
            index -= 1
        if index < floor:
            start = self._skip_opening(floor, adjacent_last)
            if self.phrases.heads(start) and (found := self._phrase_from(start, cue.at)) is not None:
                return found
        return governed

    def _skip_opening(self, index: int, last: int) -> int:
        """Return the piece at which a sentence's first phrase begins, past an adverb of sequence (بدوره، من جهته)."""
        while index < last and (self.reading.pieces[index].is_mark or self.reading.pieces[index].base in ("بدوره", "بدورها", "بدورهم")):
            index += 1
        return index

    def _phrase_from(self, start: int, verb: int) -> Stretch | None:
        """Return the phrase from a clause's start, if the verb can be its predicate: what parts them is circumstance."""
        if start >= verb or self.phrases.is_function(start) or self.reading.pieces[start].is_mark and start not in self.reading.quotation_at:
            return None
        end = self.phrases.end(start, verb - 1)
        reaches = all(self.reading.pieces[at].key in _PARTICLES for at in range(end + 1, verb))
        return self._bare(start, end) if end >= start and (reaches or self.phrases.heads(start)) else None

    def _ending_at(self, last: int, floor: int) -> Stretch | None:
        """Return the longest noun phrase that ends right at `last` and is headed by a speaker's noun or a name."""
        while last >= floor and self.reading.pieces[last].key in COMMAS:
            last -= 1
        found: Stretch | None = None
        for start in range(last, max(floor, last - 12) - 1, -1):
            piece = self.reading.pieces[start]
            if piece.key in COMMAS or self.phrases.is_finite(start):
                break
            if self.phrases.heads(start) and not piece.preposition and self.phrases.end(start, last) == last:
                found = (start, last)
        while found is not None and found[0] > floor and self._describes(found[0]):
            found = (found[0] - 1, last)
        return found

    def phrase_at(self, first: int, last: int, *, strict: bool = False) -> Stretch | None:
        """Return the noun phrase that begins at `first`, past a mark; a clitic on its first word is no bar (وفقا للوزير)."""
        end = self.phrases.end(first, last, strict=strict)
        if end < first and first <= last and self.reading.pieces[first].preposition:
            rest = self.phrases.end(first + 1, last, strict=strict) if first < last else first
            follows = self.phrases.end(first, first) if False else rest
            end = max(first, follows)
        return self._bare(first, end) if end >= first else None

    def party(self, phrase: AccordingToCue) -> Stretch | None:
        """Return who is named after an according-to head, if it can speak (وفق المعايير cannot)."""
        limit = min(self.reading.stop[phrase.last], phrase.last + PARTY_REACH)
        first = phrase.last + 1
        if phrase.own or first > limit:
            return None
        last = next((at - 1 for at in range(first, limit + 1) if self.reading.pieces[at].key in _RESUMPTIONS), limit)
        told = phrase.verb is not None or phrase.entry.verb or phrase.last > phrase.at and not phrase.entry.prepositions
        fronted = self.reading.begin[phrase.at] == phrase.at
        source = self.in_zone(first, last) if told else self.phrase_at(first, last, strict=fronted)
        return source if source is not None and self.speaks(source) else None

    def speaks(self, stretch: Stretch) -> bool:
        """Tell whether a phrase names something that can speak: its head is a speaker's noun, or a name stands in it."""
        first, last = stretch
        if self.phrases.classes(first) & SPEAKERS or any(self.phrases.is_surname(at) for at in range(first, last + 1)):
            return True
        if any((entity := self.reading.entity(at)) is not None and entity.type in ("PER", "ORG") for at in range(first, last + 1)):
            return True
        entity = self.reading.entity(first)
        return entity is not None and entity.type == "LOC" or first in self.reading.quotation_at or outlets.known(self.reading.text(first, last)) is not None

    def sentence_subject(self, index: int) -> Stretch | None:
        """Return the first phrase of a sentence that names someone who can speak, for a participle whose governing verb is none of saying."""
        for at in range(self.reading.begin[index], index):
            piece = self.reading.pieces[at]
            governed = at > 0 and self.reading.pieces[at - 1].key in _TO | {"في"}
            if piece.is_mark or piece.preposition or governed or self.phrases.is_time(at) or not self.phrases.heads(at) or self._describes(at):
                continue
            end = self.phrases.end(at, index - 1)
            if end >= at and self.speaks((at, end)):
                return self._bare(at, end)
        return None

    def _describes(self, index: int) -> bool:
        """Tell whether a definite noun right after another describes it (المؤتمر الصحافي) and heads nothing."""
        before, piece = self.reading.pieces[index - 1] if index else None, self.reading.pieces[index]
        return before is not None and before.definite and piece.definite and piece.entity < 0

    def media(self, first: int, last: int) -> tuple[Stretch, ...]:
        """Return the media that the words between `first` and `last` say were spoken to: لصحيفة …, لـ«…», في حديث لقناة …, نقلا عن …."""
        found: list[Stretch] = []
        index = first
        while index <= last:
            stretch = self._medium(index, last)
            if stretch is not None:
                found.append(stretch)
                index = stretch[1]
            index += 1
        return tuple(found)

    def _medium(self, index: int, last: int) -> Stretch | None:
        piece = self.reading.pieces[index]
        if self._carries(index) and index < last:
            end = self.phrases.end(index + 1, last)
            carrier = (index + 1, end)
            return carrier if end > index and ("medium" in self.phrases.classes(index + 1) or outlets.is_medium(self.reading.text(*carrier))) else None
        detached = piece.key in _TO and not piece.is_mark
        start = index + 1 if detached else index
        if not (detached or piece.preposition == "ل") or start > last:
            return None
        quotation = self.reading.quotation_at.get(start)
        if quotation is not None:
            name = (quotation.first + 1, quotation.inner_last)
            short = quotation.closed and name[1] - name[0] < NAME_WORDS - 1 and quotation.last <= last
            entry = outlets.known(self.reading.text(*name)) if short else None
            # «لـ«…» without صحيفة or وكالة names the paper one reads: 95 of 97 such in 1,628 articles; agencies alone are others.
            return name if entry is not None and entry.kind == "agency" else None
        before = self.reading.pieces[index - 1].base if index else ""
        if before.startswith("تابع") or start < last and self.reading.pieces[start + 1].key == "التواصل":
            return None
        classes = self.phrases.classes(start)
        end = self.phrases.end(start, last) if detached else self._attached_end(start, last)
        if end < start:
            return None
        if "medium" in classes or outlets.is_medium(self._named(start, end)):
            return start, end
        return None

    def _carries(self, index: int) -> bool:
        """Tell whether a verb of transmission with its object's pronoun stands here (تصريحات نقلتها وكالة …، وبثها التلفزيون)."""
        cue, key = self.verbs.get(index), self.reading.pieces[index].key
        carried = key in self.lexicon.words["carried"] or key.removeprefix("و") in self.lexicon.words["carried"]
        return carried or cue is not None and "relayed" in cue.verb.complements and bool(cue.form.suffix)

    def _named(self, first: int, last: int) -> str:
        """Return a phrase's text without the preposition attached to its first word."""
        text = self.reading.text(first, last)
        return text[1:] if self.reading.pieces[first].preposition else text

    def _attached_end(self, start: int, last: int) -> int:
        end = start
        while end < last:
            step = self.phrases.end(end + 1, min(last, end + NAME_WORDS))
            following = self.reading.pieces[end + 1]
            if step <= end or following.preposition or following.conjunction or following.key in COMMAS:
                break
            return step
        return end

    def is_reporting(self, index: int) -> bool:
        """Tell whether a finite verb of saying stands at a piece."""
        cue = self.verbs.get(index)
        return cue is not None and cue.form.part is Part.FINITE
