"""Phrases that name someone who can speak: found in a stretch of words, at a place, or ending at one."""

from __future__ import annotations

from dataclasses import dataclass

from service import arabic, outlets
from service.lexicon import Lexicon
from service.noun_phrases import DEMONSTRATIVES, Phrases
from service.reading import COMMAS, DASHES, Reading
from service.relations import Stretch
from service.vocabulary import SPEAKERS, Vocabulary

PHRASE_REACH = 12  # pieces back to which a phrase that ends at a place may begin
_NUMBERED = frozenset({"عام", "سنه", "يوم"})  # times that a number may follow
_NAMES = frozenset({"PER", "ORG"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Finds speaking parties over one reading."""

    reading: Reading
    lexicon: Lexicon
    vocabulary: Vocabulary
    phrases: Phrases

    def within(self, first: int, last: int) -> Stretch | None:
        """Return the noun phrase that names a speaker between `first` and `last`: at the start, or after a circumstance (في بيان، …)."""
        index = first
        while index <= last:
            if self._is_circumstance(index):
                index = self._past(index, last)
                continue
            apposed = self._is_apposition(index)
            if self.vocabulary.is_accusative(index):
                index += 1
                continue
            if index == first or (self.vocabulary.heads(index) and not apposed):
                found = self.at(index, last)
                if found is not None:
                    return found
            index = max(index, self.phrases.end(index, last) if apposed else index) + 1
        return None

    def right_at(self, first: int, last: int, *, strict: bool = False) -> Stretch | None:
        """Return the noun phrase right at `first`, past no more than an adverb of time (قال أمس وزير …)."""
        index = first + self._points_at_latter(first)
        while index <= last and (self._is_when(index) or self.reading.pieces[index].key == "مجددا" or self._is_dating(first, index)):
            index += 1
        return self.at(index, last, strict=strict) if index <= last and not self._is_circumstance(index) else None

    def _points_at_latter(self, index: int) -> bool:
        """Tell whether a demonstrative stands before الأخير (قال هذا الأخير إن …)."""
        if self.reading.pieces[index].key not in DEMONSTRATIVES or index + 1 == len(self.reading.pieces):
            return False
        return self.vocabulary.listed(index + 1, "latter")

    def _is_when(self, index: int) -> bool:
        """Tell whether a piece says when by itself (أمس), and governs nothing (قبيل انطلاق البطولة)."""
        return self.vocabulary.is_time(index) and not self.vocabulary.listed(index, "preposition")

    def _is_dating(self, first: int, index: int) -> bool:
        """Tell whether a year stands here, or a mark, a number or an adjective that goes on with a date (أعلن يوم 12/3 الحالي مدير …)."""
        piece, following = self.reading.pieces[index], index + 1
        if piece.key in _NUMBERED and following < len(self.reading.pieces) and self.reading.pieces[following].key.isdigit():
            return True  # أعلنت عام 2016 …
        mark = piece.is_mark and index not in self.reading.quotation_at
        return index > first and (mark or piece.key.isdigit() or self.vocabulary.listed(index, "dating"))

    def at(self, first: int, last: int, *, strict: bool = False) -> Stretch | None:
        """Return the noun phrase that begins at `first`; a preposition on its first word is no bar (وفقا للوزير)."""
        if self._is_adverb(first, last) or self.vocabulary.blesses(first):
            return None
        end = self.phrases.end(first, last, strict=strict)
        if end < first and self.reading.pieces[first].preposition:
            end = max(first, self.phrases.end(first, last, strict=strict, governed=True))
        return self.bare(first, end) if end >= first else None

    def ending_at(self, last: int, floor: int, *, strict: bool = False, governed: bool = False) -> Stretch | None:
        """Return the longest noun phrase that ends right at `last`, not before `floor`, and is headed by a speaker's noun or a name.

        `governed`: a preposition may stand on its head.
        """
        while last >= floor and self.reading.pieces[last].key in COMMAS:
            last -= 1
        found: Stretch | None = None
        for start in range(last, max(floor, last - PHRASE_REACH) - 1, -1):
            piece = self.reading.pieces[start]
            if piece.key in COMMAS or self.vocabulary.is_finite(start):
                break
            if not self.vocabulary.heads(start) or (piece.preposition and not governed):
                continue
            end = self.at(start, last, strict=strict) if piece.preposition else (start, self.phrases.end(start, last, strict=strict))
            found = (start, last) if end is not None and end[1] == last else found
        while found is not None and found[0] > floor and (self.describes(found[0]) or self._is_counted(found[0])):
            found = (found[0] - 1, last)
        return found

    def _is_counted(self, index: int) -> bool:
        """Tell whether the word before a noun picks or counts it, or says that it is the same (أحد الشهود، ذات المصدر)."""
        before = index - 1
        counts = self.vocabulary.counts(before) or self.vocabulary.listed(before, "same")
        return counts and not (self.reading.pieces[before].definite or self.reading.pieces[before].owned or self.vocabulary.is_time(before))

    def bare(self, first: int, last: int) -> Stretch:
        """Return a phrase without a comma or dash left hanging at its end."""
        while last > first and (self.reading.pieces[last].key in COMMAS or self.reading.pieces[last].key in DASHES):
            last -= 1
        return first, last

    def leads(self, stretch: Stretch) -> bool:
        """Tell whether a phrase is headed by what can speak, not by a noun that only belongs to it (وفق توجيهات الوزير, but وفق نفس المصدر)."""
        head = self.vocabulary.head(stretch)
        if self.vocabulary.are_people(head) or self.speaks((head, head)):
            return True
        return (self.vocabulary.counts(head) or self.vocabulary.is_unknown(head)) and self.speaks((head, stretch[1]))

    def speaks(self, stretch: Stretch) -> bool:
        """Tell whether a phrase names something that can speak: its head is a speaker's noun, or a name stands in it."""
        first, last = stretch
        if self.vocabulary.classes(first) & SPEAKERS or self.vocabulary.is_sound_plural(first) or first in self.reading.quotation_at:
            return True
        if self.vocabulary.listed(first, "latter"):
            return True
        entities = [self.reading.entity(at) for at in range(first, last + 1)]
        if any(entity is not None and entity.type in _NAMES for entity in entities) or (entities[0] is not None and entities[0].type == "LOC"):
            return True
        if self.vocabulary.counts(first) and first < last:
            return self.speaks((min(first + 1 + (self.reading.pieces[first + 1].key == "من"), last), last))  # أحد السكان، اثنان من السكان
        known = any(self.vocabulary.is_surname(at) for at in range(first, last + 1))
        return known or outlets.known(self._name(first, last)) is not None

    def _name(self, first: int, last: int) -> str:
        """Return the words of a stretch without the preposition on the first (للفرنسية)."""
        piece, text = self.reading.pieces[first], self.reading.text(first, last)
        return piece.base + text[len(piece.key) :] if piece.preposition and first == last else text

    def describes(self, index: int) -> bool:
        """Tell whether a definite noun right after another describes it (المؤتمر الصحافي) and heads nothing."""
        before, piece = self.reading.pieces[index - 1] if index else None, self.reading.pieces[index]
        if before is None or not (before.definite and piece.definite) or piece.entity >= 0:
            return False
        feminine = before.span.of(self.reading.document.text).endswith(arabic.TEH_MARBUTA)
        return not feminine or piece.key.endswith(("ه", "ون", "ين", "ات", "ي", "ا"))

    def _is_circumstance(self, index: int) -> bool:
        """Tell whether a piece belongs to how, when or where something was said."""
        if index in self.reading.quotation_at:
            return False
        piece = self.reading.pieces[index]
        clitic = bool(piece.preposition or piece.conjunction)
        return piece.is_mark or clitic or self.vocabulary.is_function(index) or self.vocabulary.is_time(index)

    def _is_adverb(self, index: int, last: int) -> bool:
        """Tell whether an unknown word in the accusative stands before a preposition (أكد استنادا إلى معلومات أن …): no one says it."""
        piece = self.reading.pieces[index]
        plain = piece.entity < 0 and not (piece.definite or piece.classes) and len(piece.key) > len("رضا") and piece.key.endswith("ا")
        return plain and index < last and self.vocabulary.listed(index + 1, "preposition")

    def _is_apposition(self, index: int) -> bool:
        """Tell whether a title after a comma belongs to the name before it, which is no subject (مع فلان، وزير …)."""
        if index < 2 or self.reading.pieces[index - 1].key not in COMMAS:
            return False
        return self.vocabulary.is_person(index - 2)

    def _past(self, index: int, last: int) -> int:
        """Return the piece after a circumstance: after a mark or an adverb the next one, after a preposition the end of its noun phrase."""
        piece = self.reading.pieces[index]
        if piece.key in self.lexicon.heads and self.reading.pieces[index - 1].key in COMMAS:  # أعرب، وفق بيان للوزارة، عن …
            return next((at for at in range(index + 1, last + 1) if self.reading.pieces[at].key in COMMAS), last) + 1
        governs = bool(piece.preposition) or self.vocabulary.listed(index, "preposition")  # قبيل انطلاق البطولة: not only a time
        if piece.is_mark or not governs or index == last or piece.key in self.lexicon.words["pronominal"]:
            return index + 1
        at = index + (0 if piece.preposition else 1)
        while at < last and self.reading.pieces[at + 1].key not in COMMAS and not self._opens_phrase(at + 1):
            at += 1
        return at + 1

    def _opens_phrase(self, index: int) -> bool:
        """Tell whether a subject may begin at `index` inside a run of circumstance: a title or body that nothing before it governs."""
        before, piece = self.reading.pieces[index - 1], self.reading.pieces[index]
        closed = before.definite or before.is_mark or before.key.isdigit() or self.vocabulary.is_time(index - 1)
        free = not (piece.definite or piece.preposition or piece.conjunction)
        return closed and free and bool(self.vocabulary.classes(index) & {"role", "body"})
