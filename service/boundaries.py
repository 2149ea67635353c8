"""Where one clause gives way to another, told by words alone: cues that take over, conjunctions that break off, glosses, new steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.cues import WHAT, VerbCue
from service.lexicon import Lexicon
from service.lexicon.inflection import Part
from service.reading import COMMAS, DASHES, Reading
from service.vocabulary import Vocabulary

_GLOSS_REACH = 3
_AIMS = frozenset({"اطار", "ضوء", "ظل"})  # وذلك في إطار …: what something is part of, not where it was said
_STATE = re.compile("و?م[^ا]{2,4}[^ام]ا")  # the key of مستشهدا, of مقدما
_GLOSSED = 8  # pieces after وهو within which a verb of saying shows that another's view is told
_AS_TOLD = frozenset({"حسبما", "وفقما"})
_DESPITE = frozenset({"رغم", "الرغم", "برغم", "بالرغم"})
_WHICH = ("الامر", "الذي")
_THIS = frozenset({"هذا", "وهو", "هو", "ان"})  # before الأمر الذي where it is what is spoken of
_REPORTER = frozenset({_WHICH, ("مع", "العلم"), ("جاء", "ذلك"), ("وجاء", "ذلك"), ("جاء", "هذا")})
_BUT = frozenset({"من", "لكن", "ولكن"})  # before دون
_HOWEVER = frozenset({"لكنه", "لكنها", "لكنهم"})
OPENING_COMMENTS = _HOWEVER | _BUT | _DESPITE | {"لم", "كما", "دون", "وذلك", "في", "علي", "علما", *(first for first, _ in _REPORTER)}
"""The keys with which `withholds`, `is_setting` and `is_comment` begin."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The clause boundaries of one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary

    def bars(self, index: int, *, relayed: bool = False) -> bool:
        """Tell whether another cue of saying at `index` takes over before any content has opened; a relay's own قوله does not."""
        cue = self.verbs.get(index)
        if cue is None:
            piece = self.reading.pieces[index]
            return piece.key in self.lexicon.words["clause_opener"] and piece.key != "كذلك" and index + 1 in self.verbs
        if cue.form.part is Part.PARTICIPLE:  # واصفا … takes an object, and leaves the clause to the verb before it
            return "clause" in cue.verb.complements and not self.vocabulary.classes(index) - {"proposition"}
        if cue.form.part is Part.MASDAR:
            return not relayed and self._claims(index)
        if self._names_what(cue):
            return True  # رفض ما أسماه «…»
        accords = index > 0 and self.reading.pieces[index - 1].key in _AS_TOLD  # قالت الشرطة، حسبما ذكرت …، إن …
        return not (accords or self.vocabulary.classes(index) or cue.form.suffix or self.is_relative(index))

    def _names_what(self, cue: VerbCue) -> bool:
        """Tell whether a verb says in a clause of ما what its subject calls or holds something to be (ما أسماه …، بما وصفته بـ …)."""
        return cue.names_object and cue.at > 0 and self.reading.pieces[cue.at - 1].key in WHAT

    def _claims(self, index: int) -> bool:
        """Tell whether a verbal noun takes the complementiser after it (رفضت النقابة قول المدير إن): no preposition governs it as an occasion."""
        before = self.reading.pieces[index - 1]
        return before.definite and not self.vocabulary.is_occasion(index) and not self.vocabulary.is_proposition(index)

    def breaks(self, index: int) -> bool:
        """Tell whether another clause of the account opens at `index` after a comma: what complementiser follows is not the cue's."""
        glosses = self.reading.pieces[index].base in ("هو", "هي")  # قال فلان، وهو عامل في المصنع، إن …
        breaking = self.reading.pieces[index].key in self.lexicon.words["breaking"]
        return self.follows_comma(index) and (breaking or self.leaves_phrase(index)) and not glosses

    def follows_comma(self, index: int) -> bool:
        """Tell whether a comma stands right before a piece."""
        return index > 0 and self.reading.pieces[index - 1].key in COMMAS

    def is_relative(self, index: int) -> bool:
        """Tell whether a verb stands in a relative clause: after its pronoun (الذي كان يتحدث, ما قال), or somebody unnamed (مصدر تحدث …)."""
        if self.vocabulary.opens_relative(index):
            return True
        at = index - 1
        while at > 0 and self.reading.pieces[at].base in self.lexicon.words["auxiliary"]:
            at -= 1
        return self.reading.pieces[at].key in self.lexicon.words["relative"] or self.reading.pieces[at].key == "ما"

    def leaves_phrase(self, index: int) -> bool:
        """Tell whether a comma and و + a verb begin a clause here that no noun phrase can hold (…، وكانت / …، واستيقظت)."""
        piece = self.reading.pieces[index]
        if piece.key == "ثم":
            return True
        if not self.follows_comma(index) or not piece.key.startswith("و"):
            return False
        base = piece.base if piece.conjunction else piece.key[1:]
        if base in self.lexicon.words["negation"] or base in self.lexicon.words["auxiliary"] or base in ("لكن", "هو", "هي"):
            return True
        return len(base) > 3 and base.endswith("ت") and not base.endswith("ات")

    def is_sequence(self, index: int) -> bool:
        """Tell whether a word or two at `index` open a new step of the reporter's account (من جهته، وفي هذا الصدد)."""
        words = self.lexicon.words["sequence"]
        piece = self.reading.pieces[index]
        if piece.key == "هذا" and self.follows_comma(index) and index + 1 < len(self.reading.pieces):
            return self.reading.pieces[index + 1].key.startswith("و")  # …، هذا وتواصل القوات …
        if piece.key in words or piece.base in words or piece.preposition + piece.base in words:
            return True
        return index + 1 < len(self.reading.pieces) and f"{piece.base} {self.reading.pieces[index + 1].key}" in words

    def concedes(self, index: int) -> bool:
        """Tell whether the sentence of a piece opens with although (على الرغم من أن …)."""
        begin = self.reading.begin[index]
        return any(self.vocabulary.listed(at, "concessive") for at in range(begin, min(begin + 3, index)))

    def withholds(self, index: int) -> bool:
        """Tell whether the reporter says here what was not told (دون أن يحدد، من دون ذكر تفاصيل، لكنه لم يحدد، ولم يحدد)."""
        pieces = self.reading.pieces
        denied = index + 1 if pieces[index].base in _HOWEVER or pieces[index].key == "كما" else index
        if denied + 1 < len(pieces) and pieces[denied].base == "لم" and pieces[denied + 1].key in self.lexicon.words["withheld"]:
            return denied > index or pieces[index].key != "لم"
        without = index + 1 if pieces[index].key in _BUT else index
        if without + 2 >= len(pieces) or pieces[without].key != "دون":
            return False
        if pieces[without + 1].key != "ان":
            return pieces[without + 1].key in self.lexicon.words["withholding"]
        return without + 2 in self.verbs or pieces[without + 2].key in self.lexicon.words["withheld"]

    def is_comment(self, index: int) -> bool:
        """Tell whether the reporter says here what came of it, what he means, or against what it was said.

        …، الأمر الذي أدى إلى … · … في إشارة إلى … · … على الرغم من أن …، رغم اعتراض …، مع العلم أن …، جاء ذلك خلال …
        """
        pieces = self.reading.pieces
        keys = tuple([piece.key for piece in pieces[index : index + 3]])
        if index and self.vocabulary.listed(index - 1, "complementiser"):
            return False  # أنه رغم …: how what is said begins
        told = keys[0] in _DESPITE and keys[1].startswith("ان") and index + 2 in self.verbs if len(keys) > 1 else False  # رغم أنه قال
        if keys[:2] == ("في", "اشاره") or told:
            return True
        despite = keys[0] in _DESPITE or (keys[0] == "علي" and keys[1:2] and keys[1] in _DESPITE)
        if keys[:2] == _WHICH and index and not (self.vocabulary.is_function(index - 1) or self.reading.pieces[index - 1].key in _THIS):
            return True  # what came of it, with or without a comma
        return self.follows_comma(index) and (keys[:2] in _REPORTER or keys[0] == "علما" or bool(despite))

    def glosses(self, index: int) -> bool:
        """Tell whether the reporter tells here what others say of the matter (…، وهو مطلب ترفضه الحكومة): a finite verb of saying follows وهو."""
        if self.reading.pieces[index].key not in ("وهو", "وهي"):
            return False
        near = (self.verbs.get(at) for at in range(index + 1, min(index + _GLOSSED, self.reading.stop[index]) + 1))
        return any(cue is not None and cue.form.part is Part.FINITE for cue in near)

    def is_state(self, index: int) -> bool:
        """Tell whether an accusative participle after a comma says how the speaker went on (…، مستشهدا بـ …).

        Of 55 words of this shape after a comma in annotated contents, 54 ended the content.
        """
        piece = self.reading.pieces[index]
        shaped = piece.entity < 0 and not piece.definite and _STATE.fullmatch(piece.key) is not None
        return shaped and not (self.vocabulary.is_function(index) or self.vocabulary.is_time(index) or self.vocabulary.listed(index, "counting"))

    def is_setting(self, index: int) -> bool:
        """Tell whether the reporter says here where or on what occasion it was said (…، وذلك في تصريح لـ …)."""
        pieces = self.reading.pieces
        if pieces[index].key != "وذلك" or index + 2 >= len(pieces) or not self.vocabulary.listed(index + 1, "preposition"):
            return False
        return self.vocabulary.is_occasion(index + 2) and pieces[index + 2].key not in _AIMS

    def is_gloss(self, index: int) -> bool:
        """Tell whether a dash at `index` opens the reporter's gloss on what was said (- في إشارة إلى …)."""
        upper = min(index + _GLOSS_REACH, len(self.reading.pieces))
        return self.reading.pieces[index].key in DASHES and any(self.reading.pieces[at].base == "اشاره" for at in range(index + 1, upper))
