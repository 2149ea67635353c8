"""What was said: from where a content opens to where it ends.

It ends with its sentence, or before a following cue of the same standing, a participle, an according-to phrase, or a word by which the
reporter takes the account back; a quotation ends at its mark, over as many sentences and paragraphs as it runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.boundaries import OPENING_COMMENTS, Boundaries
from service.cues import AccordingToCue, VerbCue
from service.lexicon import Lexicon
from service.lexicon.inflection import Part
from service.openings import Openings
from service.quotations import Quotation
from service.reading import COMMAS, Reading
from service.relations import SHORT_QUOTATION, Opener, Opening, Stretch
from service.vocabulary import Vocabulary

_STATE_REACH = 12  # pieces after a verb of saying within which the participle stands that takes its content
_SUBJECT_REACH = 8  # pieces from a conjunction within which the verb stands whose subject follows it
_YET = frozenset({("غير", "ان"), ("الا", "ان"), ("بيد", "ان")})
_YET_HE = frozenset((first, he) for first, _ in _YET for he in ("انه", "انها", "انهم", "انهما"))
_BARE = frozenset({"ان", "بان"})  # complementisers without a pronoun of whom the clause is about
_THEN = frozenset({"وقد", "فقد"})
_TURNING = _THEN | frozenset(first for first, _ in _YET)
_TURNS = frozenset({"لكن", "بينما", "فيما"})  # conjunctions after which another may have his say
_SPEECH = 400  # pieces at most of words after a colon without marks, lest a paragraph of colons take time by its square
GLOSSED = 6  # pieces of a content before which «، وهو …» explains its subject and does not leave it


def turning_words(lexicon: Lexicon) -> frozenset[str]:
    """Return the keys of the words at which a content may end without a mark, a cue or an according-to phrase there."""
    return lexicon.words["terminator"] | lexicon.words["clause_opener"] | OPENING_COMMENTS | _TURNING


@dataclass(frozen=True, slots=True)
class Contents:
    """Finds the extent of contents over one reading.

    `according_to` are the expressions that name a party, by their head; `turning` is `turning_words` of the lexicon.
    """

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary
    boundaries: Boundaries
    openings: Openings
    according_to: dict[int, AccordingToCue]
    turning: frozenset[str]

    def extent(self, opening: Opening) -> tuple[Stretch, ...]:
        """Return the pieces of a content, (first, last) for each stretch of it; empty where nothing is left."""
        if opening.at in self.reading.quotation_at and opening.opener in (Opener.QUOTATION, Opener.COLON):
            return self._quoted(opening.at)
        if opening.opener is Opener.COLON:
            return self._trimmed(opening.at, self._bare_end(opening.at))
        clausal = self.reading.pieces[opening.at].key in self.lexicon.words["complementiser"]
        nominal = opening.opener in (Opener.OBJECT, Opener.PREPOSITION) and not clausal
        return self._trimmed(opening.at, self._end(opening.at, nominal=nominal))

    def inside(self, quotation: Quotation) -> tuple[Stretch, ...]:
        """Return what stands inside a quotation's marks, without a stop at its end."""
        return self._trimmed(quotation.first + 1, quotation.inner_last)

    def _quoted(self, at: int) -> tuple[Stretch, ...]:
        """Return a quotation's inside, and with it what runs on after its closing mark without a pause (mixed)."""
        runs_on = self._runs_on(at)
        if runs_on is None:
            return self.inside(self.reading.quotation_at[at])
        return self._trimmed(at, self._end(runs_on))

    def _runs_on(self, at: int) -> int | None:
        """Return the piece at which a content goes on after the quotation at `at` closes, None where it ends with its mark."""
        quotation = self.reading.quotation_at[at]
        following = quotation.last + 1
        if not quotation.closed or following >= len(self.reading.pieces) or self.reading.stop[at] <= quotation.last:
            return None
        piece = self.reading.pieces[following]
        if following in self.reading.quotation_at or (piece.key == "و" and following + 1 in self.reading.quotation_at):
            return following
        size = quotation.inner_last - quotation.first
        if piece.is_mark or size > 2 * SHORT_QUOTATION or self._ends_report(following, at):
            return None
        return following if not self.vocabulary.is_occasion(following) and piece.key != "فيما" else None

    def _bare_end(self, at: int) -> int:
        """Return the last piece of words after a colon without marks: their paragraph's, or before the next cue that takes over."""
        paragraph, upper = self.reading.pieces[at].paragraph, min(len(self.reading.pieces), at + _SPEECH)
        index = at
        while index + 1 < upper and self.reading.pieces[index + 1].paragraph == paragraph:
            opens = self.reading.begin[index + 1] == index + 1 and self.boundaries.is_sequence(index + 1)  # . من جهة أخرى …
            if index > at and (opens or self._takes_over(index + 1, spoken=True)):
                break
            index += 1
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
            if index > at and (self._ends_report(index, at) or (nominal and self._leaves_phrase(index))):
                return index - 1
            index += 1
        return stop

    def _closes(self, at: int, close: int) -> bool:
        """Tell whether a content that is one quotation (أن «…») ends at its mark: a pause follows that no further أن or mark bridges."""
        pieces, following = self.reading.pieces, close + 1
        opened = next((index for index in range(at, min(at + 3, close)) if index in self.reading.quotation_at), None)
        if opened is None or self.reading.quotation_at[opened].last != close:
            return False
        if opened > at + 1 and close - opened <= SHORT_QUOTATION + 1:
            return False  # أن شركة «…»، التي …: a name in marks
        if following >= len(pieces) or pieces[following].key not in COMMAS:
            return False
        bridge = following + 1
        if bridge >= len(pieces):
            return True
        joins = pieces[bridge].key == "و" or pieces[bridge].key[1:] in self.lexicon.words["complementiser"]
        return not (joins or bridge in self.reading.quotation_at)

    def _leaves_phrase(self, index: int) -> bool:
        """Tell whether a new clause begins at `index` that no noun phrase can hold."""
        cue = self.verbs.get(index)
        joined = cue is not None and cue.form.part is Part.FINITE and cue.coordinated and self._says(cue)
        return joined or self.boundaries.leaves_phrase(index)

    def _ends_report(self, index: int, at: int) -> bool:
        """Tell whether the report that opened at `at` ends before `index`: a cue of its standing, an according-to phrase, the reporter's own word."""
        piece = self.reading.pieces[index]
        if piece.is_mark:
            return self.boundaries.is_gloss(index)
        if not (
            piece.key in self.turning
            or piece.base in self.turning
            or index in self.verbs
            or index in self.according_to
            or self.boundaries.follows_comma(index)
        ):
            return False  # asked of every word that is said: most are none of these
        if (
            (piece.key in self.lexicon.words["terminator"] and self._opens_clause(index))
            or index in self.according_to
            or self.boundaries.withholds(index)
            or self.boundaries.is_setting(index)
        ):
            return True
        if self.boundaries.is_comment(index):
            return True
        if self.boundaries.follows_comma(index):
            if self.boundaries.is_state(index) or self._is_state_of_saying(index) or (index - at > GLOSSED and self.boundaries.glosses(index)):
                return True
            if self.boundaries.is_sequence(index) and (index - at > GLOSSED or self._hands_on(index)):
                return True
            if piece.key == "فان" and self.boundaries.concedes(index):
                return True
        return self._takes_over(index)

    def _is_state_of_saying(self, index: int) -> bool:
        """Tell whether a participle of saying stands at a piece that has nothing said behind it (…، رافضة التعليق)."""
        cue = self.verbs.get(index)
        return cue is not None and cue.form.part is Part.PARTICIPLE and not (cue.form.plea or cue.coordinated)

    def _hands_on(self, index: int) -> bool:
        """Tell whether a finite cue stands right behind the words with which another is given his say (…، من جهته أوضح فلان أن …)."""
        cues = (self.verbs.get(at) for at in range(index + 1, index + 3))
        return any(cue is not None and cue.form.part is Part.FINITE and self._says(cue) for cue in cues)

    def _opens_clause(self, index: int) -> bool:
        """Tell whether a word that opens a clause of the reporter's own does so here (. يذكر أن …), and is no other word (دون صعوبة تذكر)."""
        following = self.reading.pieces[index + 1].key if index + 1 < len(self.reading.pieces) else ""
        return self.reading.pieces[index - 1].is_mark or following in ("ان", "الي", "بالذكر")

    def ends_before(self, index: int) -> bool:
        """Tell whether the reporter's account goes on at `index` by its own means."""
        return self._ends_report(index, index) or self.vocabulary.listed(index, "clause_opener") or self.boundaries.is_sequence(index)

    def _takes_over(self, index: int, *, spoken: bool = False) -> bool:
        """Tell whether a cue at `index` starts a relation of its own at the level of the reporter: وأضاف أن, مشيرا إلى, كما أكد.

        `spoken`: in somebody's own words, where a clause after a comma is his.
        """
        piece, following = self.reading.pieces[index], index + 1
        if piece.key in _THEN and following in self.verbs:
            return self._says(self.verbs[following])
        if following < len(self.reading.pieces) and (piece.base, self.reading.pieces[following].key) in _YET:
            cue = self._said_by_another(following + 1)
            return cue is not None and self._says(cue)
        if following + 1 in self.verbs and (piece.base, self.reading.pieces[following].key) in _YET_HE and self.boundaries.follows_comma(index):
            return self.verbs[following + 1].form.part is Part.FINITE and self._says(self.verbs[following + 1])
        if self.vocabulary.listed(index, "clause_opener"):
            if index and self.vocabulary.listed(index - 1, "complementiser"):
                return False  # وأنه عندما صرح بأن …: within what is reported
            if following < len(self.reading.pieces) and self.reading.pieces[following].key in ("قد", "ان", "لا", "لم"):
                following += 1
            cue = self.verbs.get(following)
            if cue is None and piece.base in _TURNS:
                cue = self._said_by_another(following)
            turned = cue is not None and cue.form.part is Part.FINITE and (piece.key.startswith("لكنه") or self._says(cue))
            return turned and not (cue is not None and cue.verb.objects)  # … حيث أبدى رضاه: what is told of him
        cue = self.verbs.get(index)
        if cue is None or cue.form.part is Part.MASDAR:
            return False
        if cue.form.part is Part.PARTICIPLE:
            return self._says(cue) and not cue.form.plea
        if cue.coordinated:
            return cue.form.person == "3" and (self._resumes(cue) or self._goes_its_own_way(cue))
        if cue.verb.continues and self.boundaries.follows_comma(index) and self._states(cue):
            return True  # …، أضاف قائلا: …
        opening = self.openings.opening(cue.verb, cue.at) if self.boundaries.follows_comma(index) and not spoken else None
        return opening is not None and opening.zone_last > cue.at and self.vocabulary.heads(following)  # …، ترى الحكومة أن: a clause of its own

    def _said_by_another(self, index: int) -> VerbCue | None:
        """Return the verb of saying whose subject stands before it at `index` (لكن المدير قال إن …): nothing parts them."""
        if index >= len(self.reading.pieces) or not self.vocabulary.heads(index):
            return None
        for at in range(index + 1, min(index + _SUBJECT_REACH, self.reading.stop[index]) + 1):
            if self.reading.pieces[at].is_mark or self.vocabulary.is_function(at):
                return None
            if at in self.verbs:
                cue = self.verbs[at]
                return cue if cue.form.part is Part.FINITE and not cue.coordinated else None
        return None

    def _resumes(self, cue: VerbCue) -> bool:
        """Tell whether و + verb goes on at the reporter's level and not within what is reported (… أن الشرطة وصلت وقالت إنها …).

        Without a comma before it, a verb of telling whose subject is dropped stays with the clause it is joined to; one that only ever
        continues a speech (أضاف، تابع) does not, nor one that goes on to tell of another.
        """
        opening = self.openings.opening(cue.verb, cue.at)
        if opening is None and not cue.form.suffix:
            return self._states(cue)
        if opening is None or cue.form.suffix:
            return False
        if self.reading.pieces[cue.at - 1].is_mark or cue.verb.continues:
            return True
        if cue.form.imperfect and not self.vocabulary.heads(cue.at + 1):
            return False  # … ترحب بالهدنة وتطالب بالذات …: the same subject goes on
        if self.reading.pieces[opening.at].key in _BARE and not cue.form.imperfect and cue.form.number == "s":
            return True  # … وأفاد أن المدير غائب: another is told of
        if self.vocabulary.listed(opening.at, "spoken"):
            return True  # … وقال نحن سعداء: his own words
        return opening.zone_last > cue.at or opening.opener in (Opener.COLON, Opener.QUOTATION)

    def _goes_its_own_way(self, cue: VerbCue) -> bool:
        """Tell whether و + verb after a comma is the reporter's though nothing said follows it (…، ورفض اللجنة)."""
        return cue.form.part is Part.FINITE and not (cue.form.imperfect or cue.form.suffix) and self.boundaries.follows_comma(cue.at)

    def _states(self, cue: VerbCue) -> bool:
        """Tell whether a participle close behind a cue without a content of its own has one (وتابع الوزير مؤكدا أن …)."""
        upper = min(self.reading.stop[cue.at], cue.at + _STATE_REACH) + 1
        states = (self.verbs[at] for at in range(cue.at + 1, upper) if at in self.verbs)
        following = next(states, None)
        return following is not None and following.form.part is Part.PARTICIPLE and self._says(following)

    def _says(self, cue: VerbCue) -> bool:
        """Tell whether a cue has a content of its own within reach."""
        return self.openings.opening(cue.verb, cue.at) is not None

    def _trimmed(self, first: int, last: int) -> tuple[Stretch, ...]:
        """Return the stretch without marks at its edges that belong to what surrounds it (commas, stops, a lone conjunction)."""
        pieces = self.reading.pieces
        while last >= first and ((pieces[last].is_mark and not self._is_inner(first, last)) or pieces[last].key == "و"):
            last -= 1
        while first <= last and pieces[first].is_mark and first not in self.reading.quotation_at and pieces[first].key not in "([":
            first += 1
        return ((first, last),) if first <= last else ()

    def _is_inner(self, first: int, last: int) -> bool:
        """Tell whether the mark at `last` belongs to what `first` … says: it closes a bracket or a quotation opened there, or asks or exclaims."""
        if self.reading.pieces[last].key in ")]!?؟":
            return True
        return any(self.reading.quotation_at[at].last == last for at in range(first, last) if at in self.reading.quotation_at)
