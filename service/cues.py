"""Find the words that may attribute: forms of the lexicon's verbs, and heads of according-to expressions.

A cue found here is a candidate: whether it attributes is for its construction to tell, by what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service import arabic
from service.lexicon import AccordingTo, Lexicon, Verb
from service.lexicon.inflection import Form, Part
from service.reading import Piece, Reading

_NEGATION_REACH = 2


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A form of a verb of saying at one piece; `coordinated` when و or ف stands on it."""

    at: int
    verb: Verb
    form: Form
    coordinated: bool


@dataclass(frozen=True, slots=True)
class AccordingToCue:
    """An according-to head over pieces `at` to `last`; `verb` is the verb after it (وفق ما ذكر …), `own` tells a pronoun inside it (على حد قوله)."""

    at: int
    last: int
    entry: AccordingTo
    verb: VerbCue | None
    own: bool


def verb_cues(reading: Reading, lexicon: Lexicon) -> dict[int, VerbCue]:
    """Return the verb cues by the piece they stand at, denied ones left out; one cue a piece."""
    return {cue.at: cue for index in range(len(reading.pieces)) if (cue := _verb_cue(reading, lexicon, index)) is not None}


def _verb_cue(reading: Reading, lexicon: Lexicon, index: int) -> VerbCue | None:
    piece = reading.pieces[index]
    if piece.is_mark:
        return None
    found, coordinated = lexicon.forms.get(piece.key), False
    if not found and piece.key[:1] in ("و", "ف") and len(piece.key) > 2:
        found, coordinated = lexicon.forms.get(piece.key[1:]), True
    if not found:
        return None
    quoted = reading.inside[index] is not None
    verb, form = next(((v, f) for v, f in found if f.person == "3" or (quoted and _reports_self(v, f))), (None, None))
    if verb is None or form is None:
        return None
    negated = _negated(reading, lexicon, index)
    if _is_other_word(reading, lexicon, index, verb, form):
        return None
    if (form.short and not negated) or (negated and not verb.negated):
        return None
    if form.part is Part.FINITE and _passive(piece.span.of(reading.document.text), verb, coordinated=coordinated) and "relayed" not in verb.complements:
        return None
    if form.part is Part.PARTICIPLE and form.gender == "f" and _is_adjective(reading, index):
        return None
    if form.part is Part.FINITE and _is_noun(reading, lexicon, index, verb):
        return None
    return VerbCue(index, verb, form, coordinated)


def _reports_self(verb: Verb, form: Form) -> bool:
    """Tell whether a first person tells of words said before (قلنا إن, أوضحت له أن) and does not say them now (أعتقد أن, نؤكد أن)."""
    return not form.imperfect and "quotation" in verb.complements


def _is_adjective(reading: Reading, index: int) -> bool:
    """Tell whether a feminine participle describes the indefinite noun right before it (تعليقات منددة) and is no state of a speaker's."""
    before = reading.pieces[index - 1] if index else None
    return before is not None and not before.is_mark and not before.definite and before.entity < 0 and before.key.endswith(("ات", "ه")) and not before.owned


def _is_other_word(reading: Reading, lexicon: Lexicon, index: int, verb: Verb, form: Form) -> bool:
    """Tell whether a cue's spelling means something else here: a set phrase (تبلغ من العمر), an impersonal (يعتقد أن at a sentence's head), تبين."""
    following = reading.pieces[index + 1].key if index + 1 < len(reading.pieces) else ""
    key = reading.pieces[index].key
    if form.suffix == "ه" and reading.pieces[index].span.of(reading.document.text).endswith("ة"):
        return True
    if f"{key} {following}" in lexicon.words["pseudo_cue"] or (verb.homograph and form.part is Part.FINITE and "تبين" in key and not _can_speak(reading, lexicon, index + 1)):
        return True
    heads = reading.begin[index] == index or reading.pieces[index - 1].is_mark
    impersonal = form.part is Part.FINITE and form.gender == "m" and form.number == "s" and not form.suffix and key.removeprefix("و").startswith("ي")
    return heads and impersonal and following in lexicon.words["complementiser"] and verb.impersonal


def _can_speak(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    """Tell whether a piece is a noun that can be the subject of a verb of saying (تبين الدراسات)."""
    return index < len(reading.pieces) and bool(lexicon.nouns.get(reading.pieces[index].stem, frozenset()) & {"role", "body", "document"})


def _passive(surface: str, verb: Verb, *, coordinated: bool) -> bool:
    """Tell whether a verb is marked as passive (أُعلن, يُزعم), for then nobody is named who said it.

    A perfect shows it by its first vowel; an imperfect only where the active has fatha there (form I).
    """
    word = surface[1:] if coordinated else surface
    return word[1:2] == arabic.DAMMA and (word[0] not in "يتن" or arabic.FATHA in verb.imperfect)


def _negated(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    previous = reading.pieces[index - 1] if index else None
    return previous is not None and not previous.is_mark and (previous.key in lexicon.words["negation"] or (previous.key[1:] in lexicon.words["negation"] and previous.key[:1] in ("و", "ف")))


def _is_noun(reading: Reading, lexicon: Lexicon, index: int, verb: Verb) -> bool:
    """Tell whether what looks like a verb is a noun or a preposition: it follows a preposition, or is a homograph away from a clause's head."""
    previous = reading.pieces[index - 1] if index else None
    if previous is None or previous.is_mark:
        return False
    if previous.key in _NOMINAL_BEFORE:
        return True
    return verb.homograph and reading.begin[index] != index and not (reading.pieces[index].key.startswith("و") and _starts_clause(previous))


_NOMINAL_BEFORE = frozenset({"عدم", "بعدم", "محاوله", "ضروره", "اهميه", "امكانيه", "حول", "بشان", "مع", "او", "اي", "كل", "تم", "يتم", "وتم", "ويتم", "جري", "يجري", "عند", "خلال", "في", "من", "الي", "على", "علي", "عن", "بعد", "قبل", "ذات", "نفس", "دون", "بدون"})


def _starts_clause(previous: Piece) -> bool:
    return previous.is_mark


def according_to_cues(reading: Reading, lexicon: Lexicon, verbs: dict[int, VerbCue]) -> Iterator[AccordingToCue]:
    """Yield the according-to expressions in order, each with the words that belong to it."""
    for index, piece in enumerate(reading.pieces):
        if piece.is_mark:
            continue
        if piece.key == "علي" and index + 1 < len(reading.pieces) and reading.pieces[index + 1].key == "حد":
            entry = lexicon.heads["علي حد"]
            last = index + 2
            if last < len(reading.pieces) and reading.pieces[last].key in entry.nouns:
                yield AccordingToCue(index, last, entry, None, reading.pieces[last].key.endswith(("ه", "ها", "هم")))
            continue
        entry_ = lexicon.heads.get(piece.key) or (lexicon.heads.get(piece.key[1:]) if piece.key[:1] in ("و", "ف") else None)
        if entry_ is not None:
            found = _expression(reading, index, entry_, verbs, lexicon.words["own"])
            if found is not None:
                yield found


def _expression(reading: Reading, index: int, entry: AccordingTo, verbs: dict[int, VerbCue], own: frozenset[str]) -> AccordingToCue | None:
    """Return the expression at a head: head alone, head + ما + verb, head + verb, head + preposition."""
    following = index + 1
    pieces = reading.pieces
    if following >= len(pieces):
        return None
    if pieces[following].key in ("ما", "لما", "مما") and not entry.prepositions:
        following += 1
        if following < len(pieces) and pieces[following].key in ("ورد", "جاء", "وردت", "جاءت"):
            last = following + 1 if following + 1 < len(pieces) and pieces[following + 1].key == "في" else following
            return AccordingToCue(index, last, entry, None, own=False)
        verb = verbs.get(following)
        return AccordingToCue(index, following, entry, verb, own=False) if verb is not None or _any_verb(pieces, following) else None
    if entry.verb:
        verb = verbs.get(following)
        return AccordingToCue(index, following, entry, verb, own=False) if verb is not None and not verb.coordinated else None
    if entry.prepositions:
        return AccordingToCue(index, following, entry, None, own=False) if pieces[following].key in entry.prepositions else None
    if pieces[following].key in own:
        return AccordingToCue(index, following, entry, None, own=True)
    return AccordingToCue(index, index, entry, None, own=False)


def _any_verb(pieces: tuple[Piece, ...], index: int) -> bool:
    """Tell whether a verb of showing that the lexicon does not list may stand after ما (وفق ما نشرت …)."""
    return index < len(pieces) and pieces[index].key in _SHOWING


_SHOWING = frozenset({"نشر", "نشرت", "نشرته", "نشره", "بثت", "بثته", "بث", "اعلنته", "نقلت", "نقلته", "نقل", "نقله", "تناقلت", "تناقلته", "رصدت", "رصدته", "علمت", "علم", "تداولته", "تداولت", "اطلعت", "ورد", "جاء"})
