"""Find the words that may attribute: forms of the lexicon's verbs, and heads of according-to expressions.

A cue found here is a candidate: whether it attributes is for its construction to tell, by what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service import arabic
from service.lexicon import AccordingTo, Lexicon, Verb
from service.lexicon.inflection import Form, Part
from service.pieces import Piece
from service.reading import COLON, COMMAS, Reading

_CONJUNCTIONS = ("و", "ف")
_PROCLITICS = (*_CONJUNCTIONS, "ب", "ل")  # what may stand on a cue
_IMPERFECT_PREFIXES = ("ي", "ت", "ن")
_OUTCOME = "ل"  # on an imperfect: in order to, and also so that
_CLAUSE_REACH = 30  # pieces after a verb within which its preposition stands
_BEFORE_NOUNS = frozenset({"من", "عن", "علي", "في"})
_SUBJECT_WORDS = 8  # pieces of a subject between a verb within a sentence and its complementiser
_BY_THE = "بال"  # of an adverbial (بالتأكيد)
_ANONYMITY_REACH = 6  # pieces within which the identity that is withheld is named
WHAT = frozenset({"ما", "لما", "مما", "بما"})
"""The keys of ما, with and without the preposition on it."""
_IN_HOPE = ("أملا", "أملًا", "أملاً")  # the noun, where the participle bears a madda
_CAN_SPEAK = frozenset({"role", "group", "body", "document", "medium"})  # classes of noun
_WERE = frozenset({"كان", "كانت", "كانوا", "كانا", "كنت", "كنتم"})
_SUBJUNCTIVE = "ان"
_PASSIVE_AUXILIARIES = frozenset({"تم", "يتم", "جري", "يجري"})  # تم إبلاغهم أن …: they were told, and said nothing
_BY_MOUTH = ("علي", "لسان")
_STANDS_IN = frozenset({"في", "فيه", "فيها", "علي", "ضمن"})
_SO = frozenset({"ذلك", "بذلك"})  # what stands for the clause before
_WRITTEN = frozenset({"ورد", "جاء", "وردت", "جاءت"})  # وفق ما جاء في …: a document speaks


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A form of a verb of saying at one piece; `coordinated` when و or ف stands on it, or the ل of what came of it."""

    at: int
    verb: Verb
    form: Form
    coordinated: bool

    @property
    def names_object(self) -> bool:
        """Tell whether it says what its object, a pronoun on it, is called or held to be (أسماه …، وصفته بـ …، اعتبروها …)."""
        return bool(self.form.suffix) and (self.verb.after_ma or self.verb.transitive or "appraisal" in self.verb.complements)


@dataclass(frozen=True, slots=True)
class AccordingToCue:
    """An according-to head over pieces `at` to `last`; `verb` is the verb in it (وفق ما ذكر …).

    `own` tells a pronoun in it (على حد قوله), `noun` a noun of speech behind which its party stands (بحسب رأي …).
    """

    at: int
    last: int
    entry: AccordingTo
    verb: VerbCue | None
    own: bool = False
    noun: bool = False


def verb_cues(reading: Reading, lexicon: Lexicon) -> dict[int, VerbCue]:
    """Return the verb cues by the piece they stand at, denied ones left out; one cue a piece."""
    forms = lexicon.forms
    spelt = (index for index, piece in enumerate(reading.pieces) if piece.key in forms or (piece.key[:1] in _PROCLITICS and piece.key[1:] in forms))
    return {cue.at: cue for index in spelt if (cue := _verb_cue(reading, lexicon, index)) is not None}


def _verb_cue(reading: Reading, lexicon: Lexicon, index: int) -> VerbCue | None:
    piece = reading.pieces[index]
    if piece.is_mark:
        return None
    found, coordinated = lexicon.forms.get(piece.key), False
    if found and piece.key[:1] == "و" and piece.key[1:] in lexicon.forms and not _is_written(reading, index):
        if not _brings_clause(reading, lexicon, index):
            return None  # وردت إليهم معلومات: they came
        found = None  # ورد المتحدث بأن …: he replied
    if not found and piece.key[:1] in _CONJUNCTIONS and len(piece.key) > 2:
        named = piece.key.startswith("ف") and reading.entity(index) is not None  # فالح is no ألحّ
        found, coordinated = (None if named else lexicon.forms.get(piece.key[1:])), True
    quoted = reading.inside[index] is not None
    if not found and piece.key[:1] == "ب":  # اختتم بتأكيده أن: a verbal noun with its subject's pronoun, governed
        found = tuple(entry for entry in lexicon.forms.get(piece.key[1:], ()) if entry[1].part is Part.MASDAR and entry[1].suffix)
    if not found and piece.key[:1] == _OUTCOME and index and reading.pieces[index - 1].is_mark:  # …، ليؤكد أن: what came of it
        entries, coordinated = lexicon.forms.get(piece.key[1:], ()), True
        found = tuple((verb, form) for verb, form in entries if form.imperfect and _governs_next(reading, lexicon, index, verb))
    told = ((verb, form) for verb, form in found or () if _tells_of_another(verb, form) or (quoted and _reports_self(verb, form)))
    readings = (VerbCue(index, verb, form, coordinated) for verb, form in told)
    return next((cue for cue in readings if _stands(reading, lexicon, cue)), None)


def _is_written(reading: Reading, index: int) -> bool:
    """Tell whether what a verb that a document has for its subject stands in follows it (ورد في البيان، وردت فيه، ورد على لسان …)."""
    following = reading.pieces[index + 1].key if index + 1 < len(reading.pieces) else ""
    return following in _STANDS_IN


def _stands(reading: Reading, lexicon: Lexicon, cue: VerbCue) -> bool:
    """Tell whether a form is a verb of saying where it stands: not another word, not denied, not passive, not a noun or an adjective."""
    piece, before = reading.pieces[cue.at], reading.pieces[cue.at - 1].key if cue.at else ""
    if cue.form.person == "1" and before == "كما":
        return False  # كما قلت: in passing
    denied = _is_denied(reading, lexicon, cue.at)
    if (denied and not cue.verb.negated) or (cue.form.short and not denied) or _is_other_word(reading, lexicon, cue):
        return False
    if cue.form.part is Part.PARTICIPLE:
        governed = cue.at > 0 and reading.pieces[cue.at - 1].key in lexicon.words["preposition"]  # في مقره
        predicate = before in lexicon.words["linking_verb"]  # ما زال واعدا بـ …
        written = "document" in lexicon.nouns.get(piece.key, ())
        noun = written and not _governs_next(reading, lexicon, cue.at, cue.verb)  # مذكرة بحث, but مذكرة بأن …
        feminine = cue.form.gender == "f" and (_describes(reading, cue.at) or _is_asked_for(reading, lexicon, cue))
        return not (governed or predicate or noun or feminine)
    governed = before in _BEFORE_NOUNS or before[1:] in _BEFORE_NOUNS
    if cue.form.part is Part.FINITE and governed and cue.verb.perfect.startswith("أ") and not (cue.form.suffix or cue.coordinated):
        return False  # من أبرز …: the elative
    if cue.form.part is Part.MASDAR:
        return before not in _PASSIVE_AUXILIARIES
    if cue.form.imperfect and before in _WERE and cue.at > 1 and reading.pieces[cue.at - 2].key == "اذا":
        return False  # عما إذا كانوا يعتقدون أن …: asked, not said
    if cue.form.imperfect and before == _SUBJUNCTIVE and (cue.at < 2 or reading.pieces[cue.at - 2].key != "قبل"):
        return False  # من المتوقع أن يعلن …: nobody has; قبل أن يضيف …: he did
    passive = "relayed" not in cue.verb.complements and _is_passive(reading, cue)
    return not passive and not _is_noun(reading, lexicon, cue)


def _tells_of_another(verb: Verb, form: Form) -> bool:
    """Tell whether a form is of the third person; with نا on its perfect only a verb that takes whom it tells is (أخبرنا, not اعتقدنا)."""
    ours = form.suffix == "نا" and form.part is Part.FINITE and not form.imperfect and not verb.addressee
    return form.person == "3" and not ours


def _reports_self(verb: Verb, form: Form) -> bool:
    """Tell whether a first person tells of words said before (قلنا إن, أوضحت له أن) and does not say them now (أعتقد أن, نؤكد أن)."""
    return not form.imperfect and "quotation" in verb.complements


def _describes(reading: Reading, index: int) -> bool:
    """Tell whether a feminine participle describes the indefinite noun right before it (تعليقات منددة) and is no state of a speaker's."""
    before = reading.pieces[index - 1] if index else None
    if before is None or before.is_mark or before.definite or before.owned or before.entity >= 0:
        return False
    return before.key.endswith(("ات", "ه"))


def _is_asked_for(reading: Reading, lexicon: Lexicon, cue: VerbCue) -> bool:
    """Tell whether a participle of a verb that has somebody for its object is said of a clause's subject: passive (إن الأندية مطالبة بـ …)."""
    if not (cue.verb.addressee and cue.at) or cue.at + 1 == len(reading.pieces):
        return False
    following = reading.pieces[cue.at + 1]
    governs = following.key in cue.verb.prepositions or following.preposition in cue.verb.prepositions
    at = cue.at - 1
    while at > 0 and reading.pieces[at].definite:
        at -= 1
    opener = reading.pieces[at].key
    return governs and at < cue.at - 1 and (opener in lexicon.words["complementiser"] or opener[1:] in lexicon.words["complementiser"])


def _is_other_word(reading: Reading, lexicon: Lexicon, cue: VerbCue) -> bool:
    """Tell whether a cue's spelling means something else here: a set phrase (تبلغ من العمر), an impersonal (يعتقد أن), تبين, a noun in ة."""
    piece = reading.pieces[cue.at]
    following = reading.pieces[cue.at + 1].key if cue.at + 1 < len(reading.pieces) else ""
    if {piece.key, f"{piece.key} {following}"} & lexicon.words["pseudo_cue"]:
        return True
    if following in lexicon.words["identity"] or _is_withheld(reading, lexicon, cue.at):
        return True
    if piece.span.of(reading.document.text)[cue.coordinated :].startswith(_IN_HOPE):
        return True  # أملا في …, and no آملا
    if cue.verb.elative and not cue.form.imperfect and _is_predicated(reading, lexicon, cue.at):
        return True  # أبرز المعطيات تشير إلى …
    if cue.verb.after_ma and not (cue.form.suffix and cue.at and reading.pieces[cue.at - 1].key in WHAT):
        return True
    if cue.form.suffix == "ه" and piece.span.of(reading.document.text).endswith("ة"):
        return True
    if cue.form.part is Part.PARTICIPLE and "renewal" in cue.verb.complements:
        return not any(form.part is Part.MASDAR for _, form in lexicon.forms.get(following, ()))  # مجددا is *again*, but مجددا التأكيد على …
    if piece.key.startswith(_BY_THE) and cue.form.part is Part.PARTICIPLE and cue.verb.prepositions:
        return not _governs_next(reading, lexicon, cue.at, cue.verb)  # بالتأكيد is *certainly*, but اختتم كلمته بالتأكيد على …
    finite = cue.form.part is Part.FINITE
    if finite and piece.key in lexicon.words["adverb"] and not _governs(reading, cue):
        return True  # عبر منصة … is no عبّر عن
    if _is_first_person(piece.span.of(reading.document.text), cue) or (cue.form.accusative and not _opens_report(reading, lexicon, cue)):
        return True
    if cue.verb.media_only and cue.at + 1 < len(reading.pieces) and _is_science(piece, reading.pieces[cue.at + 1], lexicon):
        return True  # علم الأحياء
    surface, clausal = piece.span.of(reading.document.text), following in lexicon.words["complementiser"]
    stated = "proposition" in lexicon.nouns.get(following, ())  # ينفى وفاة …
    if finite and cue.form.imperfect and cue.verb.imperfect.endswith("ي") and surface.endswith("ى") and not (clausal or stated):
        return True  # يُدعى فلانا is no يدّعي
    beside = reading.pieces[min(cue.at + 1, len(reading.pieces) - 1)]
    if finite and cue.form.imperfect and cue.form.gender == "f" and beside.definite and beside.stem in cue.verb.objects:
        return True  # وتحمل المسؤولية: a verbal noun
    if finite and cue.verb.homograph and cue.form.imperfect and cue.form.gender == "f":
        return not _can_speak(reading, lexicon, cue.at + 1)
    impersonal = finite and cue.verb.impersonal and cue.form.imperfect and cue.form.gender == "m" and not cue.form.suffix
    heads = reading.begin[cue.at] == cue.at or reading.pieces[cue.at - 1].is_mark
    return impersonal and clausal and (heads or _describes_thing(reading, lexicon, cue.at))


def _is_predicated(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    """Tell whether the definite noun after a piece cannot have said anything, or an imperfect behind it is said of both: the piece is no verb."""
    if index + 2 >= len(reading.pieces) or not reading.pieces[index + 1].definite:
        return False
    speaks = reading.pieces[index + 1].entity >= 0 or _can_speak(reading, lexicon, index + 1)
    return not speaks or any(form.imperfect for _, form in lexicon.forms.get(reading.pieces[index + 2].key, ()))


def _is_withheld(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    """Tell whether a piece stands in a clause in which a source asks not to be named (مسؤول رفض الكشف عن اسمه)."""
    near = range(max(0, index - _ANONYMITY_REACH), index + 1)
    return any((last := anonymity(reading, lexicon, at)) is not None and last >= index for at in near)


def _is_science(piece: Piece, following: Piece, lexicon: Lexicon) -> bool:
    """Tell whether what follows علم is what is studied, not who learned of something: a definite noun that names nobody, or ends a name with it."""
    return following.definite and following.entity == piece.entity and following.stem not in lexicon.nouns


def _describes_thing(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    """Tell whether a verb stands in a relative clause on something that cannot speak (الكوكب الذي يعتقد أنه …)."""
    if index < 2 or reading.pieces[index - 1].key not in lexicon.words["relative"]:
        return False
    return reading.pieces[index - 2].entity < 0 and not _can_speak(reading, lexicon, index - 2)


def _governs(reading: Reading, cue: VerbCue) -> bool:
    """Tell whether a preposition that a verb governs stands after it in its clause."""
    for index in range(cue.at + 1, min(reading.stop[cue.at], cue.at + _CLAUSE_REACH) + 1):
        if reading.pieces[index].key in COMMAS:
            return False
        if reading.pieces[index].key in cue.verb.prepositions:
            return True
    return False


def _opens_report(reading: Reading, lexicon: Lexicon, cue: VerbCue) -> bool:
    """Tell whether a word opens a clause and what it governs, a complementiser or a colon follows it directly: no noun does (وقالا إن)."""
    return (cue.coordinated or reading.begin[cue.at] == cue.at) and _governs_next(reading, lexicon, cue.at, cue.verb)


def _governs_next(reading: Reading, lexicon: Lexicon, index: int, verb: Verb) -> bool:
    """Tell whether what a verb governs, a complementiser or a colon stands right behind it."""
    if index + 1 == len(reading.pieces):
        return False
    following = reading.pieces[index + 1]
    governs = following.key in verb.prepositions or following.preposition in verb.prepositions
    return governs or following.key in lexicon.words["complementiser"] or following.key == COLON


def _is_first_person(surface: str, cue: VerbCue) -> bool:
    """Tell whether a hamza shows the first person of an imperfect whose perfect has none (أعتقد is *I believe*, اعتقد *he believed*)."""
    word = surface[1:] if cue.coordinated else surface
    if cue.form.part is not Part.FINITE:
        return False
    return (word.startswith("أ") and cue.verb.perfect.startswith("ا")) or (word.startswith("آ") and not cue.verb.perfect.startswith("آ"))  # آمل


def anonymity(reading: Reading, lexicon: Lexicon, index: int) -> int | None:
    """Return the last piece of a clause in which a source asks not to be named (طلب عدم الكشف عن هويته), None where none begins at `index`."""
    if reading.pieces[index].key not in lexicon.words["asking"]:
        return None
    upper = min(reading.stop[index], index + _ANONYMITY_REACH)
    return next((at for at in range(index + 1, upper + 1) if reading.pieces[at].key in lexicon.words["identity"]), None)


def _can_speak(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    """Tell whether a piece is a noun that can be the subject of a verb of saying (تبين الدراسات)."""
    return index < len(reading.pieces) and bool(lexicon.nouns.get(reading.pieces[index].stem, frozenset()) & _CAN_SPEAK)


def _is_passive(reading: Reading, cue: VerbCue) -> bool:
    """Tell whether a verb is marked as passive (أُعلن, يُزعم), for then nobody is named who said it.

    A perfect shows it by its first vowel; an imperfect only where the active has fatha there (form I).
    """
    word = reading.pieces[cue.at].span.of(reading.document.text)[1 if cue.coordinated else 0 :]
    return word[1:2] == arabic.DAMMA and (word[0] not in _IMPERFECT_PREFIXES or arabic.FATHA in cue.verb.imperfect)


def _is_denied(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    previous = reading.pieces[index - 1] if index else None
    if previous is None or previous.is_mark:
        return False
    negation = lexicon.words["negation"]
    return previous.key in negation or (previous.key[:1] in _CONJUNCTIONS and previous.key[1:] in negation)


def _is_noun(reading: Reading, lexicon: Lexicon, cue: VerbCue) -> bool:
    """Tell whether what looks like a verb is a noun or a preposition: it is governed, or is a homograph away from a clause's head."""
    previous = reading.pieces[cue.at - 1] if cue.at else None
    if previous is None or previous.is_mark:
        return False
    if previous.key in lexicon.words["governing"] or (cue.verb.elative and not cue.form.imperfect and _is_indefinite(previous, lexicon)):
        return True
    if not cue.verb.homograph or reading.begin[cue.at] == cue.at:
        return False
    handed = previous.key in lexicon.words["turn"] or previous.base in lexicon.words["turn"]  # من جانبه بين فلان أن …
    return not ((cue.coordinated or handed) and _leads_clause(reading, lexicon, cue.at))


def _is_indefinite(piece: Piece, lexicon: Lexicon) -> bool:
    """Tell whether a piece can only be an indefinite noun: no name, no function word, nothing that opens a clause."""
    named = piece.definite or piece.owned or piece.entity >= 0 or not piece.key.isalpha()
    known = piece.key in lexicon.functions or piece.base in lexicon.functions or piece.base in lexicon.words["clause_opener"]
    return not (named or known or piece.base in lexicon.words["time"])


def _leads_clause(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    """Tell whether a homograph is a verb within a sentence: a complementiser follows it (… وأبان أن العمل …), a person first (… وبين الوزير أن …)."""
    following = index + 1
    if following >= reading.stop[index]:
        return False
    if reading.pieces[following].key in lexicon.words["complementiser"]:
        return not reading.pieces[following + 1].key.startswith(_IMPERFECT_PREFIXES)  # but وبين أن يرحل
    entity, classes = reading.entity(following), lexicon.nouns.get(reading.pieces[following].stem, frozenset())
    person = (entity is not None and entity.type == "PER") or bool(classes & {"role", "deferential", "honorific"})
    return person and _brings_clause(reading, lexicon, following)


def _brings_clause(reading: Reading, lexicon: Lexicon, index: int) -> bool:
    """Tell whether a complementiser or a colon stands soon after a piece."""
    upper = min(reading.stop[index], index + _SUBJECT_WORDS) + 1
    keys = (reading.pieces[at].key for at in range(index + 1, upper))
    return any(key in lexicon.words["complementiser"] or key == COLON for key in keys)


def is_verbal_noun(verbs: Mapping[int, VerbCue], index: int) -> bool:
    """Tell whether a verbal noun of saying stands at a piece (قوله، تأكيد)."""
    cue = verbs.get(index)
    return cue is not None and cue.form.part is Part.MASDAR


def according_to_cues(reading: Reading, lexicon: Lexicon, verbs: dict[int, VerbCue]) -> Iterator[AccordingToCue]:
    """Yield the according-to expressions in order, each with the words that belong to it."""
    for index, piece in enumerate(reading.pieces[:-1]):
        if piece.key not in lexicon.openers:
            continue
        words = f"{piece.key} {reading.pieces[index + 1].key}"
        pair = lexicon.heads.get(words) or (lexicon.heads.get(words[1:]) if words[0] in _CONJUNCTIONS else None)
        if pair is not None:
            found = _paired(reading, lexicon, index, pair, verbs)
            if found is not None:
                yield found
            continue
        entry = lexicon.heads.get(piece.key) or (lexicon.heads.get(piece.key[1:]) if piece.key[:1] in _CONJUNCTIONS else None)
        found = _expression(reading, lexicon, index, entry, verbs) if entry is not None else None
        if found is not None:
            yield found


def _paired(reading: Reading, lexicon: Lexicon, index: int, entry: AccordingTo, verbs: dict[int, VerbCue]) -> AccordingToCue | None:
    """Return the expression at a head of two words: a verb and ذلك, with its noun of speech (على حد قول …), or its verb (…، على ما ذكر …)."""
    last = index + 2
    if entry.points_back:
        verb = verbs.get(index)
        led = index > 0 and reading.pieces[index - 1].key in lexicon.heads  # كما أفاد بذلك فلان
        return AccordingToCue(index, index + 1, entry, verb) if verb is not None and verb.form.part is Part.FINITE and not led else None
    if entry.verb:
        return _with_clause(reading, lexicon, index, entry, verbs) if _stands_free(reading, lexicon, index, verbs) else None
    if last >= len(reading.pieces) or reading.pieces[last].key not in entry.nouns:
        return None
    owned = reading.pieces[last].owned
    return AccordingToCue(index, last, entry, None, own=owned, noun=not owned)


def _stands_free(reading: Reading, lexicon: Lexicon, index: int, verbs: dict[int, VerbCue]) -> bool:
    """Tell whether nothing governs على ما and its verb: a mark stands before them, or the verb tells in the perfect and no word asks for على."""
    before = reading.pieces[index - 1] if index else None
    if before is None or before.is_mark:
        return before is not None
    verb = verbs.get(index + 2)
    told = verb is not None and not (verb.form.suffix or verb.form.imperfect)
    return told and before.key not in lexicon.words["governing_on"]


def _expression(reading: Reading, lexicon: Lexicon, index: int, entry: AccordingTo, verbs: dict[int, VerbCue]) -> AccordingToCue | None:
    """Return the expression at a head: head alone, head + ما + verb, head + verb, head + preposition, head + word of speech."""
    following, pieces = index + 1, reading.pieces
    if pieces[following].key in WHAT and not entry.prepositions:
        return _with_clause(reading, lexicon, index, entry, verbs)
    verb = verbs.get(following)
    if entry.verb:
        if verb is None or verb.coordinated or (entry.telling and arabic.key(verb.verb.perfect) not in entry.telling):
            return None  # كما رفض …: he refused as well
        last = _in_what(reading, following) if pieces[following].key in _WRITTEN else following
        own = _ends_clause(reading, last)
        if last < following + 1 < len(pieces) and pieces[following + 1].key in _SO:
            return AccordingToCue(index, last + 1, entry, verb)  # كما أفاد بذلك فلان
        return AccordingToCue(index, last, entry, verb if last == following else None, own=own)
    if entry.prepositions:
        return AccordingToCue(index, following, entry, None) if pieces[following].key in entry.prepositions else None
    if pieces[following].key in lexicon.words["own"]:
        return AccordingToCue(index, following, entry, None, own=True)
    if {pieces[following].key, pieces[following].base} & entry.nouns:
        return AccordingToCue(index, following, entry, None, noun=True)
    return AccordingToCue(index, index, entry, None)


def _in_what(reading: Reading, at: int) -> int:
    """Return the last piece of جاء في or ورد على لسان, whose verb stands at a piece."""
    following = tuple(piece.key for piece in reading.pieces[at + 1 : at + 3])
    return at + 2 if following == _BY_MOUTH else at + 1 if following[:1] == ("في",) else at


def _ends_clause(reading: Reading, index: int) -> bool:
    """Tell whether nothing follows a piece in its clause: who is meant was named before (…، حسبما أفادوا.)."""
    return index >= reading.stop[index] or (reading.pieces[index + 1].is_mark and index + 1 not in reading.quotation_at)


def _with_clause(reading: Reading, lexicon: Lexicon, index: int, entry: AccordingTo, verbs: dict[int, VerbCue]) -> AccordingToCue | None:
    """Return وفق ما + verb: a verb of saying, one of showing (نشرت، علمت), or جاء في."""
    at, pieces = index + 2, reading.pieces
    if at >= len(pieces):
        return None
    if pieces[at].key in _WRITTEN:
        return AccordingToCue(index, _in_what(reading, at), entry, None)
    known = at in verbs or pieces[at].key in lexicon.words["showing"]
    return AccordingToCue(index, at, entry, verbs.get(at)) if known else None
