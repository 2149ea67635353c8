"""What was said: where a content opens after its cue, and where it ends.

A content opens at a complementiser, a governed preposition, a colon, a quotation mark or a noun that carries the proposition; it ends
with its sentence, or before a following cue of the same standing, a participle, an according-to phrase or a word that ends reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.cues import AccordingToCue, VerbCue
from service.lexicon import Lexicon, Verb
from service.lexicon.inflection import Part
from service.noun_phrases import Phrases
from service.reading import COLON, COMMAS, DASHES, Reading

REACH = 90  # pieces between a cue and its content: 42 words is the longest aside counted in treebanks
LOOKAHEAD = 14  # pieces within which a complementiser still claims the verb after a noun phrase opened
GLOSSED = 6  # pieces of a content before which «، وهو …» explains its subject and does not leave it
SHORT_QUOTATION = 3  # words in marks that may be a name or a scare quote

_PREPOSITIONS = frozenset({"الي", "علي", "عن", "من"})
_DEMONSTRATIVES = frozenset({"ذلك", "هذا", "هذه", "تلك"})


class Opener(StrEnum):
    """What opens a content."""

    COMPLEMENTISER = "complementiser"
    PREPOSITION = "preposition"
    COLON = "colon"
    QUOTATION = "quotation"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a content begins: `at` is its first piece, `skip` the code points of an attached preposition there (بـ + توفير); the words between cue and content end at `zone_last`."""

    opener: Opener
    at: int
    zone_last: int
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """Finds contents over one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    phrases: Phrases
    according_to: dict[int, AccordingToCue]

    def opening(self, verb: Verb, after: int) -> Opening | None:
        """Return where the content of a verb of saying opens, sought from the piece after `after`; None where it has none."""
        if "appraisal" in verb.complements:
            return self._appraisal(verb, after)
        requested = self._requested(verb, after, min(self.reading.stop[after], after + REACH))
        if requested is not None:
            return requested
        return self._opening(verb, after)

    def _appraisal(self, verb: Verb, after: int) -> Opening | None:
        """Return the opening of what is held to be what (اعتبر فلان التصريحات «مخيبة»): at its object, unless a clause comes first."""
        opened = self._opening(verb, after)
        if opened is not None and opened.opener in (Opener.COMPLEMENTISER, Opener.COLON):
            return opened
        cue = self.verbs.get(after)
        if cue is not None and cue.form.imperfect and not cue.form.suffix:
            clausal = opened is not None and opened.opener in (Opener.COMPLEMENTISER, Opener.COLON)
            paused = clausal and opened is not None and any(self.reading.pieces[at].key in COMMAS for at in range(after + 1, opened.at - 1))
            return opened if clausal and not paused else None  # يعتبر … من …: is held to be, by nobody named
        held = self._object(verb, after, min(self.reading.stop[after], after + REACH))
        return held if held is not None and (opened is None or held.at < opened.at) else opened

    def _opening(self, verb: Verb, after: int) -> Opening | None:
        limit = min(self.reading.stop[after], after + REACH)
        fallback: Opening | None = None
        index = after + 1
        while index <= limit:
            piece = self.reading.pieces[index]
            quotation = self.reading.quotation_at.get(index)
            if quotation is not None:
                if self._is_content(verb, after, index):
                    return fallback or Opening(Opener.QUOTATION, index, index - 1)
                index = quotation.last + 1 if quotation.closed and quotation.last <= limit else index + 1
                continue
            if piece.key == COLON:
                return fallback or self._after_colon(index, limit)
            if not piece.is_mark and index > after + 1 and (self._bars(index, verb) or self._breaks(index)):
                break
            if self._complements(verb, index):
                return self._complement(verb, index, after, fallback)
            if fallback is not None and (piece.key in COMMAS and not self._complements(verb, min(index + 1, limit)) or index - fallback.at > LOOKAHEAD):
                break
            if fallback is None:
                fallback = self._governed(verb, index, after, limit) or self._proposed(verb, index, after, limit)
                if fallback is not None and self._is_proposition(fallback.at) and (piece.key in verb.prepositions or piece.preposition in verb.prepositions or fallback.at == after + 1):
                    break
            index += 1
        return fallback or self._object(verb, after, limit)

    def _requested(self, verb: Verb, after: int, limit: int) -> Opening | None:
        """Return what is asked after whom it is asked of (طلب من الحكومة كشف …)."""
        if "request" not in verb.complements:
            return None
        asked = next((at for at in range(after + 1, min(limit, after + LOOKAHEAD) + 1) if self.reading.pieces[at].key == "من" and not self._in_name(at)), None)
        if asked is None or asked + 1 >= limit:
            return None
        start = self.phrases.end(asked + 1, limit, strict=True) + 1
        if not asked + 1 < start <= limit or self.reading.pieces[start].is_mark or self.phrases.is_function(start):
            return None
        return Opening(Opener.OBJECT, start, asked - 1)

    def _in_name(self, index: int) -> bool:
        """Tell whether من joins a group to its whole (أعضاء من اللجنة) rather than opening whom something is asked of."""
        return bool(self.phrases.classes(index - 1) & {"group"}) and not self.reading.pieces[index - 1].definite

    def _proposed(self, verb: Verb, index: int, after: int, limit: int) -> Opening | None:
        """Return the opening at a noun of proposition that is the verb's object (أكد … ضرورة …): nothing governs it."""
        piece, before = self.reading.pieces[index], self.reading.pieces[index - 1]
        if "object" not in verb.complements or index >= limit:
            return None
        if piece.owned and not piece.preposition and not piece.conjunction and not self.phrases.is_function(index) and before.key not in self.lexicon.words["relative"] and not self.phrases.classes(index) & {"role", "group", "deferential"}:
            closed = before.definite or before.entity >= 0 or before.is_mark
            return Opening(Opener.OBJECT, index, index - 1) if index == after + 1 or closed else None
        if not self._is_proposition(index):
            return None
        if piece.preposition or piece.conjunction or piece.definite or index > after + 1 and not (before.definite or before.is_mark or before.entity >= 0 or self.phrases.is_time(index - 1) or before.key == "مجددا"):
            return None
        return Opening(Opener.OBJECT, index, index - 1)

    def _complements(self, verb: Verb, index: int) -> bool:
        """Tell whether a complementiser at `index` opens a content, and not a conjunction of its own (بعد أن) or a second content (وأن)."""
        words = self.lexicon.words
        piece = self.reading.pieces[index]
        if piece.key not in words["complementiser"]:
            return False
        before = self.reading.pieces[index - 1].key
        if "clause" not in verb.complements and not piece.preposition or before in _PREPOSITIONS or before == "في":
            return before in verb.prepositions
        return before in verb.prepositions or before not in words["before_complementiser"]

    def _complement(self, verb: Verb, index: int, after: int, fallback: Opening | None) -> Opening:
        """Return the opening at a complementiser, unless a noun phrase that opened right before it holds it (شدد على ضرورة أن)."""
        if fallback is not None and index - fallback.at <= 2 and fallback.opener is Opener.PREPOSITION and fallback.at != index:
            return fallback
        if fallback is not None and "clause" not in verb.complements:
            return fallback
        governed = index - 1 > after and self.reading.pieces[index - 1].key in verb.prepositions
        return Opening(Opener.COMPLEMENTISER, index, index - 2 if governed else index - 1)

    def _bars(self, index: int, verb: Verb) -> bool:
        """Tell whether another cue of saying at `index` takes over before any content has opened."""
        cue = self.verbs.get(index)
        if cue is None:
            return self.reading.pieces[index].key in self.lexicon.words["clause_opener"] and self.reading.pieces[index].key != "كذلك" and index + 1 in self.verbs
        if cue.form.part is Part.PARTICIPLE:
            return not self.phrases.classes(index) - {"proposition"}
        return cue.form.part is Part.FINITE and not self.phrases.classes(index) and not (cue.form.suffix or self._is_relative(index))

    def _breaks(self, index: int) -> bool:
        """Tell whether another clause of the account opens at `index` after a comma: what complementiser follows is not the cue's."""
        piece = self.reading.pieces[index]
        return self.reading.pieces[index - 1].key in COMMAS and (piece.key in self.lexicon.words["breaking"] or self._leaves_phrase(index))

    def _is_relative(self, index: int) -> bool:
        """Tell whether a verb stands in a relative clause right after its pronoun (الذي كان يتحدث, ما قال)."""
        at = index - 1
        while at > 0 and self.reading.pieces[at].base in self.lexicon.words["auxiliary"]:
            at -= 1
        return self.reading.pieces[at].key in self.lexicon.words["relative"] or self.reading.pieces[at].key == "ما"

    def _is_content(self, verb: Verb, after: int, index: int) -> bool:
        """Tell whether the quotation at `index` is what was said and not a name in marks."""
        if "quotation" not in verb.complements:
            return False
        quotation = self.reading.quotation_at[index]
        before = self.reading.pieces[index - 1]
        size = sum(not self.reading.pieces[at].is_mark for at in range(quotation.first + 1, quotation.inner_last + 1))
        named = before.key in ("ل", "ب") or not before.is_mark and bool(self.phrases.classes(index - 1) & {"medium", "body", "group"})
        if named and size <= 5 and index - 1 > after:
            return False
        beyond = quotation.last + 1
        if size <= SHORT_QUOTATION and beyond <= self.reading.stop[after] and not self.reading.pieces[beyond].is_mark:
            return False
        if index - 1 > after and self._completes_noun(index - 1):
            return False
        return size > SHORT_QUOTATION or index == after + 1 or before.key in COMMAS or quotation.last >= self.reading.stop[after]

    def _completes_noun(self, index: int) -> bool:
        """Tell whether a quotation after this piece completes a noun (وجود «خلل») and is not what a subject says."""
        piece = self.reading.pieces[index]
        if piece.is_mark or piece.definite or piece.entity >= 0 or self.phrases.is_surname(index) or self.phrases.is_time(index):
            return False
        return self._is_proposition(index) and not self.phrases.classes(index) - {"proposition"}

    def _after_colon(self, colon: int, limit: int) -> Opening | None:
        """Return the content after a colon: a quotation, a clause, or, where the paragraph ends there, the quotation that the next one opens."""
        at = colon + 1
        if at >= len(self.reading.pieces):
            return None
        if self.reading.pieces[at].paragraph != self.reading.pieces[colon].paragraph and at not in self.reading.quotation_at:
            return None
        return Opening(Opener.COLON, at, colon - 1)

    def _governed(self, verb: Verb, index: int, after: int, limit: int) -> Opening | None:
        """Return the opening after a preposition that the verb governs, attached (بـ) or free, unless it opens a circumstance."""
        piece = self.reading.pieces[index]
        if verb.clausal:
            return None
        if piece.key in verb.prepositions and index < limit:
            target = self.reading.pieces[index + 1]
            if target.is_mark and index + 1 not in self.reading.quotation_at or self._circumstance(index + 1):
                return None
            if index + 1 in self.reading.quotation_at:
                return Opening(Opener.QUOTATION if self._runs_on(index + 1) is None else Opener.PREPOSITION, index + 1, index - 1)
            return Opening(Opener.PREPOSITION, index + 1, index - 1)
        near = index - after <= LOOKAHEAD and not any(self.reading.pieces[at].key in COMMAS for at in range(after + 1, index))
        if (verb.prepositions or "object" in verb.complements) and "clause" in verb.complements and near and (piece.key in _PREPOSITIONS or piece.preposition == "ب" and not piece.conjunction):
            target = index if piece.preposition else index + 1
            if target <= limit and self._is_proposition(target) and not self.reading.pieces[target].definite:
                return Opening(Opener.PREPOSITION, target, index - 1, skip=1 if piece.preposition else 0)
        attached = piece.preposition
        if attached and attached in verb.prepositions and not piece.conjunction and index > after and not self._circumstance(index):
            if attached == "ل" and (not piece.base.startswith("ال") or self.phrases.classes(index) - {"proposition"} or self.reading.entity(index)):
                return None
            return Opening(Opener.PREPOSITION, index, index - 1, skip=1 if attached == "ب" else 0)
        return None

    def _circumstance(self, index: int) -> bool:
        piece = self.reading.pieces[index]
        return bool({piece.key, piece.base, piece.stem} & self.lexicon.words["occasion"]) or self.phrases.is_time(index)

    def _is_proposition(self, index: int) -> bool:
        piece = self.reading.pieces[index]
        return any("proposition" in self.lexicon.nouns.get(key, ()) for key in (piece.key, piece.base, piece.stem))

    def _object(self, verb: Verb, after: int, limit: int) -> Opening | None:
        """Return the noun phrase that carries the proposition, right after the subject or, where there is none, after the verb."""
        cue = self.verbs.get(after)
        if "object" not in verb.complements or cue is not None and cue.form.suffix and "appraisal" not in verb.complements:
            return None
        index = after + 1
        first = not self._subjectless(after)
        skipped = False
        while index <= limit:
            piece = self.reading.pieces[index]
            if piece.is_mark and index not in self.reading.quotation_at and piece.key not in COMMAS:
                return None
            if self._bars(index, verb) and index > after + 1:
                return None
            if piece.key in _DEMONSTRATIVES and not first:
                return Opening(Opener.OBJECT, index, index - 1)
            if piece.is_mark and index not in self.reading.quotation_at or self.phrases.is_time(index) or self.phrases.is_function(index) or piece.preposition:
                skipped = not piece.is_mark and not self.phrases.is_time(index) and not first
                index = self._past_circumstance(index, limit)
                continue
            if skipped and not (self._is_proposition(index) or piece.owned):
                return None  # still the circumstance's noun phrase: no mark parts it from what follows
            if self._is_proposition(index) and not piece.definite or not first or piece.owned:
                return Opening(Opener.OBJECT, index, index - 1) if limit - index >= 1 else None
            if cue is not None and cue.form.suffix and self._is_accusative(index):
                return Opening(Opener.OBJECT, index, index - 1)
            last = self.phrases.end(index, limit, strict=True)
            first = False
            index = max(last, index) + 1
        return None

    def _is_accusative(self, index: int) -> bool:
        """Tell whether a word bears the accusative's alef, as what something is held to be does (اعتبرها طرفا)."""
        piece = self.reading.pieces[index]
        return not piece.definite and len(piece.key) > 3 and piece.key.endswith("ا")

    def _subjectless(self, after: int) -> bool:
        """Tell whether no subject can follow the cue at `after`: a participle's stands before it."""
        cue = self.verbs.get(after)
        return cue is not None and cue.form.part is Part.PARTICIPLE

    def _past_circumstance(self, index: int, limit: int) -> int:
        """Return the piece after an adverb, a mark, or a preposition and its noun phrase."""
        piece = self.reading.pieces[index]
        if piece.is_mark or self.phrases.is_time(index) or index >= limit:
            return index + 1
        start = index if piece.preposition else index + 1
        if start > limit or self.reading.pieces[start].is_mark:
            return index + 1
        at = start + 1
        while at <= limit and not self.reading.pieces[at].is_mark and (self.reading.pieces[at].definite or self.reading.pieces[at].entity >= 0):
            at += 1
        return at

    def extent(self, opening: Opening) -> tuple[tuple[int, int], ...]:
        """Return the pieces of a content, (first, last) for each stretch of it; empty where nothing is left."""
        if opening.at in self.reading.quotation_at and opening.opener in (Opener.QUOTATION, Opener.COLON):
            return self._quoted(opening.at)
        if opening.opener is Opener.COLON:
            return self._trimmed(opening.at, self._bare_end(opening.at))
        nominal = opening.opener in (Opener.OBJECT, Opener.PREPOSITION) and self.reading.pieces[opening.at].key not in self.lexicon.words["complementiser"]
        return self._trimmed(opening.at, self._end(opening.at, nominal=nominal))

    def _quoted(self, at: int) -> tuple[tuple[int, int], ...]:
        """Return a quotation's inside, and with it what runs on after its closing mark without a pause (mixed)."""
        quotation = self.reading.quotation_at[at]
        runs_on = self._runs_on(at)
        if runs_on is None:
            return self._trimmed(at + 1, quotation.inner_last)
        return self._trimmed(at, self._end(runs_on))

    def _runs_on(self, at: int) -> int | None:
        """Return the piece at which a content goes on after the quotation at `at` closes, None where it ends with its mark."""
        quotation = self.reading.quotation_at[at]
        following = quotation.last + 1
        if not quotation.closed or following >= len(self.reading.pieces) or self.reading.stop[at] <= quotation.last:
            return None
        piece = self.reading.pieces[following]
        if following in self.reading.quotation_at or piece.key == "و" and following + 1 in self.reading.quotation_at:
            return following
        size = quotation.inner_last - quotation.first
        if piece.is_mark or size > 2 * SHORT_QUOTATION or self._ends_report(following, at):
            return None
        return following if not self._circumstance(following) and piece.key not in self.lexicon.words["pause"] else None

    def _bare_end(self, at: int) -> int:
        """Return the last piece of words after a colon without marks: their paragraph's, or before the next cue that opens a sentence."""
        paragraph = self.reading.pieces[at].paragraph
        index = at
        while index + 1 < len(self.reading.pieces) and self.reading.pieces[index + 1].paragraph == paragraph:
            if index > at and self._takes_over(index + 1):
                break
            index = index + 1
        return index

    def _end(self, at: int, *, nominal: bool = False) -> int:
        """Return the last piece of a content that opens at `at` and ends with its sentence at the latest; a noun phrase also before a new clause."""
        stop = self.reading.stop[at]
        index = at
        while index <= stop:
            quotation = self.reading.quotation_at.get(index)
            if quotation is not None and quotation.closed and quotation.last <= stop:
                if self._closes(at, quotation.last):
                    return quotation.last
                index = quotation.last + 1
                continue
            if index > at and (self._ends_report(index, at) or nominal and self._leaves_phrase(index)):
                return index - 1
            index += 1
        return stop

    def _leaves_phrase(self, index: int) -> bool:
        """Tell whether a new clause begins at `index` that no noun phrase can hold: a cue with و, or a comma and و + a verb."""
        piece, cue = self.reading.pieces[index], self.verbs.get(index)
        if cue is not None and cue.form.part is Part.FINITE and cue.coordinated and self._says(cue):
            return True
        if self.reading.pieces[index - 1].key not in COMMAS or not piece.key.startswith("و"):
            return False
        base = piece.base if piece.conjunction else piece.key[1:]
        if base in self.lexicon.words["negation"] or base in self.lexicon.words["auxiliary"] or base in ("لكن", "هو", "هي"):
            return True
        return len(base) > 3 and base.endswith("ت") and not base.endswith("ات")

    def _closes(self, at: int, close: int) -> bool:
        """Tell whether a content that is one quotation (أن «…») ends at its mark: a pause follows that no further أن or mark bridges."""
        following = close + 1
        opened = next((i for i in range(at, min(at + 3, close)) if i in self.reading.quotation_at), None)
        if opened is None or self.reading.quotation_at[opened].last != close or following >= len(self.reading.pieces):
            return False
        if self.reading.pieces[following].key not in COMMAS:
            return False
        bridge = following + 1
        if bridge >= len(self.reading.pieces):
            return True
        piece = self.reading.pieces[bridge]
        return not (bridge in self.reading.quotation_at or piece.key == "و" or piece.key[1:] in self.lexicon.words["complementiser"])

    def _ends_report(self, index: int, at: int) -> bool:
        """Tell whether the report ends before `index`: another cue of the same standing, a participle, an according-to phrase, a terminator."""
        piece = self.reading.pieces[index]
        if piece.is_mark:
            return piece.key in DASHES and self._is_gloss(index)
        if piece.key in self.lexicon.words["terminator"]:
            return True
        if index in self.according_to:
            return True
        if piece.key == "دون" and index + 2 < len(self.reading.pieces) and self.reading.pieces[index + 1].key == "ان":
            return index + 2 in self.verbs or self.reading.pieces[index + 2].key in self.lexicon.words["withheld"]
        if self.reading.pieces[index - 1].key in COMMAS:
            if piece.key in self.lexicon.words["pause"] or index - at > GLOSSED and self._is_sequence(index):
                return True
            if piece.key == "فان" and self._concedes(index):
                return True
        return self._takes_over(index)

    def _concedes(self, index: int) -> bool:
        """Tell whether the sentence of a piece opens with although (على الرغم من أن …)."""
        begin = self.reading.begin[index]
        return any(self.reading.pieces[at].base in self.lexicon.words["concessive"] or self.reading.pieces[at].key in self.lexicon.words["concessive"] for at in range(begin, min(begin + 3, index)))

    def _is_sequence(self, index: int) -> bool:
        """Tell whether a word or two at `index` open a new step of the reporter's account (من جهته، وفي هذا الصدد)."""
        words = self.lexicon.words["sequence"]
        piece = self.reading.pieces[index]
        if piece.key in words or piece.base in words or piece.preposition + piece.base in words:
            return True
        if index + 1 >= len(self.reading.pieces):
            return False
        return f"{piece.base} {self.reading.pieces[index + 1].key}" in words

    def _is_gloss(self, index: int) -> bool:
        upper = min(index + 3, len(self.reading.pieces))
        return any(self.reading.pieces[at].base in ("اشاره",) for at in range(index + 1, upper))

    def _takes_over(self, index: int) -> bool:
        """Tell whether a cue at `index` starts a relation of its own at the level of the reporter: وأضاف أن, مشيرا إلى, كما أكد."""
        piece = self.reading.pieces[index]
        following = index + 1
        if piece.key in ("وقد", "فقد") and following in self.verbs:
            return self._says(self.verbs[following])
        if piece.key in self.lexicon.words["clause_opener"] or piece.base in self.lexicon.words["clause_opener"]:
            if following < len(self.reading.pieces) and self.reading.pieces[following].key in ("قد", "ان", "لا", "لم"):
                following += 1
            cue = self.verbs.get(following)
            return cue is not None and cue.form.part is Part.FINITE and (piece.key.startswith("لكنه") or self._says(cue))
        cue = self.verbs.get(index)
        if cue is None:
            return False
        if cue.form.part is Part.PARTICIPLE:
            return self._says(cue)
        if cue.form.part is Part.FINITE and not cue.coordinated and self.reading.pieces[index - 1].key in COMMAS:
            opening = self.opening(cue.verb, cue.at)  # …، ترى الحكومة أن: a clause of its own, its subject after it
            return opening is not None and opening.zone_last > cue.at and self.phrases.heads(cue.at + 1)
        if cue.form.part is not Part.FINITE or not cue.coordinated or cue.form.person != "3" or not self._says(cue):
            return False
        return self._resumes(cue)

    def _resumes(self, cue: VerbCue) -> bool:
        """Tell whether و + verb goes on at the reporter's level and not within what is reported (… أن الشرطة وصلت وقالت إنها …).

        Without a comma before it, a verb of telling whose subject is dropped stays with the clause it is joined to; one that only ever
        continues a speech (أضاف، تابع) does not.
        """
        before = self.reading.pieces[cue.at - 1]
        if before.is_mark or cue.verb.continues:
            return not cue.form.suffix or before.is_mark and not cue.form.suffix
        opening = self.opening(cue.verb, cue.at)
        return opening is not None and not cue.form.suffix and (opening.zone_last > cue.at or opening.opener in (Opener.COLON, Opener.QUOTATION))

    def _says(self, cue: VerbCue) -> bool:
        """Tell whether a cue has a content of its own within reach."""
        return self.opening(cue.verb, cue.at) is not None

    def _trimmed(self, first: int, last: int) -> tuple[tuple[int, int], ...]:
        """Return the stretch without marks at its edges that belong to what surrounds it (commas, stops, a lone conjunction)."""
        pieces = self.reading.pieces
        while last >= first and (pieces[last].is_mark and not self._closes_inside(first, last) or pieces[last].key == "و"):
            last -= 1
        while first <= last and pieces[first].is_mark and first not in self.reading.quotation_at and pieces[first].key not in "([":
            first += 1
        return ((first, last),) if first <= last else ()

    def _closes_inside(self, first: int, last: int) -> bool:
        """Tell whether the mark at `last` closes something that `first` … opened: a quotation, a bracket; or is itself said (؟ !)."""
        key = self.reading.pieces[last].key
        if key in ")]!?؟":
            return True
        return any(self.reading.quotation_at[at].last == last for at in range(first, last) if at in self.reading.quotation_at)
