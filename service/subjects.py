"""Who acts in a sentence: the subject that a verb without one of its own takes over, told by its place."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

from service import arabic
from service.parties import Parties
from service.reading import COMMAS, Reading
from service.relations import Stretch
from service.vocabulary import Vocabulary

_BETWEEN = "بين"
_OPENING = 2  # pieces of a sentence before the verb that opens it


class Actor(NamedTuple):
    """Who acts in a sentence: the phrase, the gender that its verb shows (m, f or empty), and whether that verb is one of saying."""

    phrase: Stretch
    gender: str
    says: bool


@dataclass(frozen=True, slots=True)
class Subjects:
    """Finds the subjects of sentences over one reading."""

    reading: Reading
    vocabulary: Vocabulary
    parties: Parties

    def of_sentence(self, index: int) -> Stretch | None:
        """Return the first phrase of a sentence, before `index`, that names someone who can speak and is governed by nothing."""
        begin = self.reading.begin[index]
        for at in range(index - 1, begin - 1, -1):
            if "deferential" in self.vocabulary.classes(at) and not self._is_governed(at):
                return at, at  # كما قدم معاليه التعازي، سائلا الله أن …
        for at in range(begin, index):
            if not self._may_head(at):
                continue
            found = self.parties.at(at, index - 1, strict=True)
            if found is not None and self.parties.speaks(found):
                return found
        return None

    def _may_head(self, index: int) -> bool:
        """Tell whether a subject may begin at a piece: it names a speaker, and is governed and described by nothing before it."""
        if self.reading.pieces[index].is_mark or self._is_governed(index) or (index > 0 and self._is_construct(index - 1)):
            return False
        if self._is_possessed(index) or self.vocabulary.is_accusative(index) or self.vocabulary.is_time(index) or self._is_within(index):
            return False
        return self.vocabulary.heads(index) and not self.parties.describes(index)

    def of_sentence_before(self, index: int, told: Container[int]) -> Actor | None:
        """Return who acts in the sentence before the one of a piece: he stands first, or right after the verb.

        وحظي فلان باستقبال حافل. وقال إن … · وأشاد فلان بالنتيجة. وأضاف أن …: nobody else speaks in between. `told` are the places of the cues
        that attribute: a verb of saying that is none of them tells who has the word, and not what he says.
        """
        begin = self.reading.begin[index]
        last = begin - 1
        if last < 0 or not (index - begin <= _OPENING or self._is_fronted(begin, index)):
            return None
        first = self._past_particles(self.reading.begin[last], last)
        says = first < last and self.vocabulary.is_finite(first) and first not in told
        if first >= last or any(self.vocabulary.is_finite(at) for at in range(first + says, last)):
            return None
        verbal = says or not self._may_head(first)
        at = first + 1 if verbal else first
        while verbal and at < last and self.vocabulary.listed(at, "pronominal"):  # وأشاد بها المخرج فلان
            at += 1
        if (verbal and not (says or self.acts(first))) or not self._may_head(at):
            return None
        if self.reading.inside[at] is not self.reading.inside[index]:
            return None  # the end of what was quoted, not a sentence of the report
        found = self.parties.at(at, last, strict=True)
        feminine = verbal and self.reading.pieces[first].key.endswith("ت")
        return Actor(found, "f" if feminine else "m" if verbal else "", says) if found is not None else None

    def _is_fronted(self, begin: int, verb: int) -> bool:
        """Tell whether only a circumstance stands before a verb, a comma behind it (وعند سؤالها عن الأمر، قالت: …)."""
        opens = self.vocabulary.is_function(begin) or bool(self.reading.pieces[begin].preposition)
        commas = [at for at in range(begin, verb) if self.reading.pieces[at].is_mark]
        return opens and commas == [verb - 1] and self.reading.pieces[verb - 1].key in COMMAS

    def _past_particles(self, index: int, last: int) -> int:
        """Return the piece after what opens a sentence without being its verb (وقد، كما، ثم، من جهته)."""
        while index < last and (self._is_particle(index) or self.reading.pieces[index].is_mark):
            index += 1
        return index

    def _is_particle(self, index: int) -> bool:
        return self.vocabulary.is_function(index) or self.vocabulary.is_time(index) or self.vocabulary.listed(index, "turn")

    def acts(self, index: int) -> bool:
        """Tell whether a word can be the verb that opens a sentence: no noun that the lexicon knows, no article, pronoun or feminine ending."""
        piece, vocabulary = self.reading.pieces[index], self.vocabulary
        bears = piece.definite or bool(piece.preposition) or piece.owned or piece.entity >= 0
        nominal = bears or bool(vocabulary.classes(index)) or vocabulary.is_occasion(index)
        return not nominal and not piece.span.of(self.reading.document.text).endswith(arabic.TEH_MARBUTA)

    def _is_possessed(self, index: int) -> bool:
        """Tell whether a noun bears a pronoun and names no person (معارضته, not زوجته): what somebody has, does or feels."""
        return self.reading.pieces[index].owned and "role" not in self.vocabulary.classes(index)

    def _is_within(self, index: int) -> bool:
        """Tell whether a piece goes on with a place's name (مطار الملك فلان), or with a phrase that و joins to the one before it."""
        piece, before = self.reading.pieces[index], self.reading.pieces[max(0, index - 1)]
        placed = piece.kind == "LOC" and before.entity == piece.entity
        return index > self.reading.begin[index] and (placed or piece.conjunction == "و")

    def _is_construct(self, index: int) -> bool:
        """Tell whether what follows a noun belongs to its of-chain: it is governed and indefinite (بمقارنة وسائل …), or ة shows it to be no verb."""
        piece = self.reading.pieces[index]
        following = self.reading.pieces[index + 1]
        if piece.span.of(self.reading.document.text).endswith(arabic.TEH_MARBUTA) and not (piece.definite or piece.classes or piece.entity >= 0):
            return following.definite  # جرت جلسة المحاكمة
        closed = piece.definite or piece.owned or piece.is_mark or piece.entity >= 0 or self.vocabulary.listed(index, "pronominal")
        return self._is_governed(index) and not closed

    def _is_governed(self, index: int) -> bool:
        """Tell whether a preposition stands on a piece or before it."""
        before = self.reading.pieces[index - 1] if index else None
        between = before is not None and before.base == _BETWEEN
        return between or bool(self.reading.pieces[index].preposition) or (before is not None and self.vocabulary.listed(index - 1, "preposition"))
