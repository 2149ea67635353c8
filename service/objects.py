"""Contents without a complementiser: the noun phrase that carries what was said, after the subject, wherever that ends.

أكد الوزير ضرورة …  ·  أعلنت الوزارة مقتل …  ·  طلب النواب من الحكومة كشف …  ·  اعتبر النائب القرار «…»
"""

from __future__ import annotations

from dataclasses import dataclass

from service import arabic
from service.boundaries import Boundaries
from service.cues import VerbCue
from service.lexicon import Lexicon, Verb
from service.lexicon.inflection import Part
from service.noun_phrases import DEMONSTRATIVES, Phrases
from service.reading import COMMAS, DASHES, Reading
from service.relations import LOOKAHEAD, Opener, Opening
from service.vocabulary import PEOPLE, Vocabulary

_BETWEEN = "بين"  # spelt like the verb
_WHATEVER = frozenset({"اي", "ما"})  # what one denies begins with


@dataclass(frozen=True, slots=True)
class Objects:
    """Finds object contents over one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary
    phrases: Phrases
    boundaries: Boundaries

    def requested(self, verb: Verb, after: int, limit: int) -> Opening | None:
        """Return what is asked after whom it is asked of (طلب من الحكومة كشف …)."""
        if "request" not in verb.complements:
            return None
        asked = self.asked(after, limit)
        if asked is None or asked + 1 >= limit:
            return None
        start = self.phrases.end(asked + 1, limit, strict=True) + 1
        ended = not asked + 1 < start <= limit or self.reading.pieces[start].is_mark or bool(self.reading.pieces[start].conjunction)
        if ended or self.vocabulary.is_function(start):
            return None
        return Opening(Opener.OBJECT, start, asked - 1)

    def asked(self, after: int, limit: int) -> int | None:
        """Return the piece of من before whom something is asked of."""
        upper = min(limit, after + LOOKAHEAD) + 1
        return next((at for at in range(after + 1, upper) if self.reading.pieces[at].key == "من" and not self._in_name(at)), None)

    def _in_name(self, index: int) -> bool:
        """Tell whether من joins a group to its whole (أعضاء من اللجنة) rather than opening whom something is asked of."""
        return "group" in self.vocabulary.classes(index - 1) and not self.reading.pieces[index - 1].definite

    def proposed(self, verb: Verb, index: int, after: int, limit: int) -> Opening | None:
        """Return the opening at a noun that is the verb's object: one of proposition, or one with its subject's pronoun (أكد … ثقته)."""
        piece, before = self.reading.pieces[index], self.reading.pieces[index - 1]
        if "appeal" in verb.complements:
            return self._appealed(index, limit)
        takes = "object" in verb.complements or ("proposition" in verb.complements and self.vocabulary.is_proposition(index))
        if not takes or index >= limit or piece.preposition or piece.conjunction:
            return None
        if verb.objects and not self._is_among(verb.objects, index):
            return None
        if self.reading.pieces[after].base == _BETWEEN and index == after + 1:
            return None  # وبين دعم الحكومة و…: between
        parted = (
            before.definite or before.entity >= 0 or before.is_mark or self.vocabulary.listed(index - 1, "same") or self._ends_occasion(index - 1)
        )
        parted = parted or before.key.isdigit()  # أعلنت عام 2016 زواجها
        if verb.denies and piece.key in _WHATEVER and (index == after + 1 or parted):
            return Opening(Opener.OBJECT, index, index - 1)  # نفى المدرب ما تردد عن …
        if self._is_owned(index):
            wished = before.key in DASHES  # - حفظه الله -
            return Opening(Opener.OBJECT, index, index - 1) if (index == after + 1 or parted) and not wished else None
        if not (verb.objects or (self.vocabulary.is_proposition(index) and not piece.definite)):
            return None
        follows = index == after + 1 or parted or self._stands_by_itself(index - 1)
        return Opening(Opener.OBJECT, index, index - 1) if follows else None

    def _ends_occasion(self, index: int) -> bool:
        """Tell whether an indefinite occasion ends at a piece with its adjective (في مؤتمر صحفي), so that no noun can go on with it."""
        occasion = index - 1
        described = occasion > 0 and self._is_relational(index) and self.vocabulary.is_occasion(occasion)
        return described and self.vocabulary.listed(occasion - 1, "preposition")

    def _appealed(self, index: int, limit: int) -> Opening | None:
        """Return the opening at the noun of proposition that one is called upon to do, behind whom (ناشد الأهالي السلطات التدخل لإنقاذ …)."""
        piece, before = self.reading.pieces[index], self.reading.pieces[index - 1]
        follows = before.definite or before.entity >= 0 or before.key in COMMAS
        stated = self.vocabulary.is_proposition(index) or self.vocabulary.is_shaped_like_a_masdar(index)
        sought = stated and not (piece.preposition or piece.conjunction or piece.owned or piece.entity >= 0)
        return Opening(Opener.OBJECT, index, index - 1) if index < limit and follows and sought else None

    def _is_among(self, nouns: frozenset[str], index: int) -> bool:
        """Tell whether a word is one of a verb's own objects, its article or its subject's pronoun aside (استعداده، المسؤولية)."""
        piece = self.reading.pieces[index]
        return piece.stem in nouns or (piece.owned and any(piece.base.startswith(noun.removesuffix("ه")) for noun in nouns))

    def _is_owned(self, index: int) -> bool:
        """Tell whether a noun bears its subject's pronoun (ثقته، رغبتها) and is neither a person nor a verb of a relative clause."""
        if (
            not self.reading.pieces[index].owned
            or self.vocabulary.is_in_name(index)
            or self.vocabulary.listed(index, "same")
            or self.vocabulary.is_function(index)
            or self.vocabulary.is_verbal(index)
        ):
            return False
        relative = self.reading.pieces[index - 1].key in self.lexicon.words["relative"]
        return not relative and not self.vocabulary.classes(index) & (PEOPLE | {"deferential"})

    def object(self, verb: Verb, after: int, limit: int) -> Opening | None:
        """Return the noun phrase that carries the proposition, right after the subject or, where there is none, after the verb."""
        cue = self.verbs.get(after)
        suffixed = cue is not None and bool(cue.form.suffix)
        if "object" not in verb.complements or verb.objects or (suffixed and "appraisal" not in verb.complements):
            return None
        index, skipped = after + 1, False
        participle = cue is not None and cue.form.part is Part.PARTICIPLE
        sought = not (participle or self._is_led(after))  # a subject may still come
        while index <= limit:
            if self._ends(index, after):
                return None
            if self.reading.pieces[index].key in DEMONSTRATIVES and (not sought or index == after + 1) and not self._stands_alone(index, limit):
                return Opening(Opener.OBJECT, index, index - 1)
            if not sought and self._is_apposition(index):
                index = self._past_apposition(index, limit)
                continue
            if self._is_circumstance(index):
                past = self._past_circumstance(index, limit)
                skipped = not (sought or self._stands_by_itself(index) or self._is_over(past - 1))
                index = past
                continue
            if not sought and self._is_title(index):
                index = max(self.phrases.end(index, limit), index) + 1
                continue
            opens = self._opens(index) or not sought or (suffixed and self._is_held(index)) or self._disagrees(cue, index)
            if skipped and not (self.vocabulary.is_proposition(index) or self.reading.pieces[index].owned):
                return None  # still the circumstance's noun phrase: no mark parts it from what follows
            if opens and self.vocabulary.listed(index, "act"):
                return None
            if opens:
                return Opening(Opener.OBJECT, index, index - 1) if index < limit else None
            index, sought = max(self.phrases.end(index, limit, strict=True), index) + 1, False
        return None

    def _is_led(self, verb: int) -> bool:
        """Tell whether the subject stands before a verb and opens its sentence, and what follows it cannot speak (الوزارة تعلن أسماء …)."""
        begin, following = self.reading.begin[verb], verb + 1
        if verb and self.vocabulary.is_person(verb - 1):
            return True
        if begin >= verb or not self.vocabulary.heads(begin) or following >= len(self.reading.pieces) or self.vocabulary.heads(following):
            return False
        return self.phrases.end(begin, verb - 1) == verb - 1

    def _disagrees(self, cue: VerbCue | None, index: int) -> bool:
        """Tell whether a noun cannot be the subject of the masculine verb right before it: it bears the feminine's ending (واعتبر الخطوة …)."""
        piece = self.reading.pieces[index]
        if cue is None or index != cue.at + 1 or cue.form.gender != "m" or piece.entity >= 0 or "honorific" in self.vocabulary.classes(index):
            return False
        feminine = piece.span.of(self.reading.document.text).endswith((arabic.TEH_MARBUTA, "ات"))
        return feminine and piece.stem not in self.lexicon.words["masculine"]

    def _stands_alone(self, index: int, limit: int) -> bool:
        """Tell whether a demonstrative only points back at what was said (نفت الوزارة ذلك في بيان، أعلن ذلك وزير الصحة)."""
        following = index + 1
        if following > limit:
            return True
        piece = self.reading.pieces[following]
        marked = piece.is_mark and following not in self.reading.quotation_at
        subject = self.vocabulary.heads(following) and not piece.definite  # هذا المدير is one phrase
        return marked or subject or piece.preposition == "ل" or piece.key in ("في", "خلال", "عبر")

    def _ends(self, index: int, after: int) -> bool:
        """Tell whether no object can come at or after a piece: a mark other than a comma or a quotation's, or another cue."""
        piece = self.reading.pieces[index]
        if piece.is_mark:
            return index not in self.reading.quotation_at and piece.key not in COMMAS
        return index > after + 1 and self.boundaries.bars(index)

    def _is_circumstance(self, index: int) -> bool:
        piece = self.reading.pieces[index]
        if piece.is_mark:
            return index not in self.reading.quotation_at
        return bool(piece.preposition) or self.vocabulary.is_time(index) or self.vocabulary.is_function(index)

    def _is_title(self, index: int) -> bool:
        """Tell whether a title stands right after the name it belongs to (أكد فلان الرئيس التنفيذي … · أعلن نادي … بطل الدوري …)."""
        entity = self.reading.entity(index - 1)
        named = (entity is not None and entity.type in ("PER", "ORG")) or self.vocabulary.is_surname(index - 1)
        following = self.reading.pieces[min(index + 1, len(self.reading.pieces) - 1)]
        closed = self.reading.pieces[index].definite or following.definite or following.entity >= 0
        return named and closed and "role" in self.vocabulary.classes(index)

    def _is_apposition(self, index: int) -> bool:
        """Tell whether a title or a relative clause behind a comma goes on with the name before it (أكد فلان، المدير العام للشركة، ضرورة …)."""
        if index < 2 or self.reading.pieces[index - 1].key not in COMMAS:
            return False
        return self.vocabulary.is_person(index - 2) and ("role" in self.vocabulary.classes(index) or self.vocabulary.listed(index, "relative"))

    def _past_apposition(self, index: int, limit: int) -> int:
        """Return the piece after the comma that closes an apposition; past `limit` where none does."""
        return next((at for at in range(index, limit + 1) if self.reading.pieces[at].key in COMMAS), limit) + 1

    def _opens(self, index: int) -> bool:
        piece = self.reading.pieces[index]
        return self._is_owned(index) or (self.vocabulary.is_proposition(index) and not piece.definite)

    def _is_held(self, index: int) -> bool:
        """Tell whether a word is what something is held to be: it bears the accusative's alef (اعتبرها طرفا), or cannot speak (أسماه الصمت …)."""
        piece = self.reading.pieces[index]
        accusative = not piece.definite and len(piece.key) > 3 and piece.key.endswith("ا")
        return accusative or not self.vocabulary.heads(index)

    def _past_circumstance(self, index: int, limit: int) -> int:
        """Return the piece after an adverb, a mark, or a preposition and its noun phrase."""
        pieces = self.reading.pieces
        if pieces[index].is_mark or self._stands_by_itself(index) or index >= limit:
            return index + 1
        start = index if pieces[index].preposition else index + 1
        if pieces[index].key == "نقلا" and start < limit:
            return self.phrases.end(start + 1, limit, strict=True) + 1  # أعلن التلفزيون نقلا عن الوزارة مقتل …
        if start in self.reading.quotation_at:
            return self.reading.quotation_at[start].last + 1  # أكد لـ«…» مختصون أهمية …
        if pieces[start].is_mark or pieces[index].key in self.lexicon.words["pronominal"]:
            return index + 1
        at, occasion = start + 1, self.vocabulary.is_occasion(start) or self.vocabulary.is_time(start)
        while at <= limit and not pieces[at].is_mark and (self._closes(at) or (occasion and self._is_relational(at))):
            at += 1
        return at

    def _stands_by_itself(self, index: int) -> bool:
        """Tell whether an adverb governs nothing: it says when, or is listed as one (أمس، رسميا)."""
        return self.vocabulary.is_time(index) or self.vocabulary.listed(index, "alone")

    def _is_over(self, index: int) -> bool:
        """Tell whether a circumstance that ends at a piece cannot take the noun behind it: a mark, a definite noun or an adjective ends it."""
        return self.reading.pieces[index].is_mark or self._closes(index) or self._ends_occasion(index)

    def _closes(self, index: int) -> bool:
        """Tell whether a word can only go on with the noun phrase of a circumstance: it is definite, or a name."""
        piece = self.reading.pieces[index]
        return piece.definite or piece.entity >= 0 or self.vocabulary.listed(index, "same")

    def _is_relational(self, index: int) -> bool:
        """Tell whether an indefinite word is an adjective of relation, or says when (في تصريح صحفي ضرورة …، في وقت سابق ضرورة …)."""
        piece = self.reading.pieces[index]
        if self.vocabulary.listed(index, "dating"):
            return True
        return piece.key.endswith(("ي", "يه")) and not (
            piece.owned or piece.preposition or piece.conjunction or self.vocabulary.is_proposition(index)
        )
