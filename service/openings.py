"""Where a content opens after its cue: at a complementiser, a governed preposition, a colon, a quotation mark, or its noun."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.boundaries import Boundaries
from service.cues import is_verbal_noun
from service.lexicon import Lexicon, Verb
from service.lexicon.inflection import Part
from service.noun_phrases import DEMONSTRATIVES
from service.objects import Objects
from service.quotations import Quotation
from service.reading import COLON, COMMAS, Reading
from service.relations import LOOKAHEAD, REACH, SHORT_QUOTATION, Opener, Opening
from service.vocabulary import PEOPLE, Vocabulary

_PREPOSITIONS = frozenset({"الي", "علي", "عن", "من"})
_MISTAKEN = frozenset({"علي", "الي"})  # prepositions put before أن where the verb governs none, or another
_CLAUSAL = frozenset({"clause", "quotation"})
_SPOKEN = frozenset({"clause", "quotation", "relayed", "document", "request"})  # what a colon may stand before
_ESPECIALLY = "خاصه"  # before أن, unless it is an adjective
_LEST = "الا"  # أن لا in one word, whose key is that of إلا
_GOVERNING = {"علي": "governing_on", "عن": "governing_about", "من": "governing_of"}  # the lists of nouns that take a preposition
_WHETHER = frozenset({"ما", "عما", "فيما"})  # before إذا
_BECAUSE = frozenset({"لان", "لانه", "لانها", "لانهم"})
_ASKING = frozenset({"كيف", "لماذا", "متي", "اين", "ماذا"})  # روى الناجون كيف …
_SPOKEN_WORDS = 5  # pieces that at least follow the first of what is said without a sign
_QUOTED_NAME = 5  # words in marks that a medium, a body or ل before them makes a name


@dataclass(frozen=True, slots=True)
class Openings:
    """Finds where contents open over one reading; a cue is looked at once."""

    reading: Reading
    lexicon: Lexicon
    vocabulary: Vocabulary
    boundaries: Boundaries
    objects: Objects
    _known: dict[tuple[str, int], Opening | None] = field(default_factory=dict, repr=False)

    def opening(self, verb: Verb, after: int) -> Opening | None:
        """Return where the content of a verb of saying opens, sought from the piece after `after`; None where it has none."""
        sought = (verb.id, after)
        if sought not in self._known:
            self._known[sought] = self._find(verb, after)
        return self._known[sought]

    def _find(self, verb: Verb, after: int) -> Opening | None:
        limit = min(self.reading.stop[after], after + REACH)
        if "appraisal" in verb.complements:
            return self._appraisal(verb, after, limit)
        cue = self.boundaries.verbs.get(after)
        if cue is not None and cue.form.suffix and not verb.addressee and self.vocabulary.listed(max(0, after - 1), "relative"):
            return None  # الخطة التي أعلنها الوزير: her own pronoun is the object
        opened = self.objects.requested(verb, after, limit) or self._first(verb, after, limit)
        unsigned = self._unsigned(after, limit, opened) if verb.bare else None
        if unsigned is not None:
            return unsigned
        return None if opened is not None and verb.transitive and self._is_passive(opened, after) else opened

    def _unsigned(self, after: int, limit: int, opened: Opening | None) -> Opening | None:
        """Return where speech begins without a sign: before what `opened` has found, or where nothing was, behind a name or a participle."""
        bare = self._bare(after, limit if opened is None else opened.at)
        if bare is not None or opened is not None:
            return bare
        told = self._is_participle(after) and after < limit and not self.reading.pieces[after + 1].is_mark  # … قائلا العمل مستمر
        return self._behind_name(after, limit) or (Opening(Opener.COMPLEMENTISER, after + 1, after) if told else None)

    def _bare(self, after: int, limit: int) -> Opening | None:
        """Return where speech begins without a sign (وأضاف نحن … · وقال فلان، لقد …): right after the verb, who speaks, a comma or a time."""
        for index in range(after + 1, limit):
            speaks = index in self.boundaries.verbs and not is_verbal_noun(self.boundaries.verbs, index)
            if speaks or self.reading.pieces[index].key == COLON or self.vocabulary.listed(index, "clause_opener"):
                return None
            spoken = self.reading.pieces[index].key in self.lexicon.words["spoken"] and not self.vocabulary.is_given_name(index)
            if spoken and self._ends_subject(after, index - 1):
                return Opening(Opener.COMPLEMENTISER, index, index - 1)
        return None

    def _behind_name(self, after: int, limit: int) -> Opening | None:
        """Return where speech begins without a sign behind the person who speaks (وقال فلان الفريق يعمل …): a definite noun, and words enough."""
        start = self.objects.phrases.end(after + 1, limit, strict=True) + 1
        if not after + 1 < start <= limit - _SPOKEN_WORDS or not self.vocabulary.is_person(start - 1):
            return None
        piece = self.reading.pieces[start]
        titled = bool(piece.classes & PEOPLE) and not self.vocabulary.is_verbal(start + 1)  # … الفريق يعمل is no rank
        opens = piece.definite and not (piece.preposition or piece.conjunction or titled)
        told = opens and not (piece.entity >= 0 or self.vocabulary.is_time(start) or self.vocabulary.is_function(start))
        return Opening(Opener.COMPLEMENTISER, start, start - 1) if told or piece.key in DEMONSTRATIVES else None

    def _ends_subject(self, after: int, last: int) -> bool:
        """Tell whether a piece ends who speaks, or what tells when: nothing that is said stands between it and the verb."""
        if last == after or self.reading.pieces[last].entity >= 0 or self.vocabulary.is_surname(last) or self.vocabulary.is_time(last):
            return True
        told = self.reading.pieces[last].owned and self.vocabulary.listed(last - 1, "preposition")  # أضاف في حديثه هناك …
        return told or self.boundaries.follows_comma(last + 1) or self._is_speaker(after, last)

    def _is_passive(self, opened: Opening, after: int) -> bool:
        """Tell whether a verb that takes an object has none: what it governs follows it directly (متهمين بالقتل، وصف بأنه …)."""
        cue = self.boundaries.verbs.get(after)
        return opened.opener in (Opener.PREPOSITION, Opener.COMPLEMENTISER) and opened.zone_last <= after and cue is not None and not cue.form.suffix

    def _appraisal(self, verb: Verb, after: int, limit: int) -> Opening | None:
        """Return the opening of what is held to be what (اعتبر فلان التصريحات «مخيبة»): at its object, unless a clause comes first."""
        opened = self._first(verb, after, limit)
        clausal = opened is not None and opened.opener in (Opener.COMPLEMENTISER, Opener.COLON)
        cue = self.boundaries.verbs.get(after)
        if cue is not None and cue.form.imperfect and not cue.form.suffix:  # يعتبر … من …: is held to be, by nobody named
            paused = opened is not None and any(self.reading.pieces[at].key in COMMAS for at in range(after + 1, opened.at - 1))
            relative = opened is not None and opened.at > after + 1 and self.boundaries.is_relative(after)
            if clausal or not (after and self.vocabulary.is_person(after - 1)):  # but إن فلانا يعتبر القرار خطأ
                return opened if clausal and not paused and not relative else None
        if clausal:
            return opened
        held = self.objects.object(verb, after, limit)
        return held if held is not None and (opened is None or held.at < opened.at) else opened

    def _first(self, verb: Verb, after: int, limit: int) -> Opening | None:
        """Return the first thing that opens a content; a noun phrase that opens one waits to see whether a complementiser follows it."""
        waiting: Opening | None = None
        index, relayed = after + 1, "relayed" in verb.complements
        while index <= limit:
            quotation = self.reading.quotation_at.get(index)
            if quotation is not None:
                if index == after + 1 and self._names_speaker(quotation):
                    index = quotation.last + 1
                    continue
                if self._is_said(verb, after, index):
                    return waiting or Opening(Opener.QUOTATION, index, index - 1)
                index = quotation.last + 1 if quotation.closed and quotation.last <= limit else index + 1
                continue
            piece = self.reading.pieces[index]
            if piece.key == COLON:
                return waiting or (self._after_colon(index) if verb.complements & _SPOKEN else None)
            if not piece.is_mark and index > after + 1 and (self.boundaries.bars(index, relayed=relayed) or self.boundaries.breaks(index)):
                break
            if piece.key in _BECAUSE and self._is_participle(after):
                return waiting  # متوقعة لأن …
            if self._complements(verb, index, after):
                return self._at_complementiser(verb, index, after, waiting)
            if waiting is not None and self._waited(verb, waiting, index, after, limit):
                break
            if waiting is None:
                waiting = self._governed(verb, index, after, limit) or self.objects.proposed(verb, index, after, limit)
                if waiting is not None and self._settles(verb, waiting, index, after):
                    break
            index += 1
        return waiting or self.objects.object(verb, after, limit)

    def _is_participle(self, index: int) -> bool:
        cue = self.boundaries.verbs.get(index)
        return cue is not None and cue.form.part is Part.PARTICIPLE

    def _settles(self, verb: Verb, waiting: Opening, index: int, after: int) -> bool:
        """Tell whether a noun of proposition opens the content for certain: the verb governs it, or it stands right after the verb."""
        piece = self.reading.pieces[index]
        governed = piece.key in verb.prepositions or piece.preposition in verb.prepositions
        return self.vocabulary.is_proposition(waiting.at) and (governed or waiting.at == after + 1)

    def _waited(self, verb: Verb, waiting: Opening, index: int, after: int, limit: int) -> bool:
        """Tell whether no complementiser of the verb's can come any more: it is too far off, or a comma closes the phrase."""
        closes = self.reading.pieces[index].key in COMMAS and not self._complements(verb, min(index + 1, limit), after)
        return closes or index - waiting.at > LOOKAHEAD

    def _complements(self, verb: Verb, index: int, after: int) -> bool:
        """Tell whether a complementiser at `index` opens a content, and not a conjunction of its own (بعد أن) or a second content (وأن)."""
        words, piece = self.lexicon.words, self.reading.pieces[index]
        following = self.reading.pieces[index + 1].key if index + 1 < len(self.reading.pieces) else ""
        if "question" in verb.complements and ((piece.key in _WHETHER and following == "اذا") or piece.key in _ASKING):
            return True
        if piece.key == _LEST and piece.span.of(self.reading.document.text).startswith("أ") and "clause" in verb.complements:
            return True
        if piece.key not in words["complementiser"]:
            return False
        if piece.preposition and "relayed" not in verb.complements and self._describes(after, index):
            return False
        before = self.reading.pieces[index - 1].key
        if (piece.key == before == "ان") or self._is_in_body(index) or self.vocabulary.is_given_name(index):
            return False  # بان كي مون
        if before in verb.prepositions:
            return True
        if self.vocabulary.listed(index - 1, "first_person"):
            return False
        if before in _MISTAKEN and verb.complements & _CLAUSAL and self._is_speaker(after, index - 2):
            return True  # أضاف فلان على أن … is written, and أوضح إلى أن …
        if "clause" not in verb.complements and not piece.preposition:
            return False
        governing = before in _PREPOSITIONS or before == "في"
        if governing and not (before == "علي" and piece.span.of(self.reading.document.text).startswith("إ")):
            return False  # but على takes أن: before إن stands the name علي
        if before in ("منه", "منها", "منهم") and self.reading.pieces[index - 2].key.endswith("ا"):
            return False  # إدراكا منه أن …
        if before == _ESPECIALLY and self.vocabulary.classes(index - 2) & {"anonymous", "document"}:
            return True  # من مصادر خاصة أن …
        later = before == "بعد" and self.reading.pieces[index - 2].key == "فيما"  # فيما بعد أن …
        return later or not self.vocabulary.listed(index - 1, "before_complementiser")

    def _describes(self, after: int, index: int) -> bool:
        """Tell whether بأن belongs to a nearer verb that governs ب, and has its object: who speaks describes something (واصفا إياه بأنه …)."""
        nearer = (cue for at in range(after + 2, index) if (cue := self.boundaries.verbs.get(at)) is not None)
        return any("ب" in cue.verb.prepositions and (cue.form.suffix or cue.form.part is Part.PARTICIPLE) for cue in nearer)

    def _is_speaker(self, after: int, last: int) -> bool:
        """Tell whether nothing but who speaks stands between a cue and a piece, so that no noun governs the preposition behind it."""
        if last <= after:
            return last == after
        heads = self.vocabulary.heads(after + 1) or self.vocabulary.listed(after + 1, "same")
        return heads and self.objects.phrases.end(after + 1, last) == last

    def _is_in_body(self, index: int) -> bool:
        """Tell whether a piece goes on with the name of a body."""
        entity = self.reading.entity(index)
        return entity is not None and entity.type == "ORG" and self.reading.pieces[index - 1].entity == self.reading.pieces[index].entity

    def _at_complementiser(self, verb: Verb, index: int, after: int, waiting: Opening | None) -> Opening:
        """Return the opening at a complementiser, unless a noun phrase that opened right before it holds it (شدد على ضرورة أن)."""
        parted = self.reading.pieces[index - 1].is_mark  # في بيان نشرته على موقعها، أن …
        held = waiting is not None and waiting.opener is Opener.PREPOSITION and 0 < index - waiting.at <= 2 and not parted
        if waiting is not None and ("clause" not in verb.complements or held):
            return waiting
        governed = index - 1 > after and self.reading.pieces[index - 1].key in verb.prepositions
        return Opening(Opener.COMPLEMENTISER, index, index - 2 if governed else index - 1)

    def _is_said(self, verb: Verb, after: int, index: int) -> bool:
        """Tell whether the quotation at `index` is what was said and not a name in marks."""
        if "quotation" not in verb.complements:
            return False
        quotation, before = self.reading.quotation_at[index], self.reading.pieces[index - 1]
        size = sum(not self.reading.pieces[at].is_mark for at in range(quotation.first + 1, quotation.inner_last + 1))
        adjacent = index == after + 1
        if self._names_event(quotation):
            return False
        named = before.key in ("ل", "ب") or (not before.is_mark and bool(self.vocabulary.classes(index - 1) & {"medium", "body", "group"}))
        named = named and size <= _QUOTED_NAME and not self.vocabulary.is_function(quotation.first + 1)  # «لن نتخلى عنكم» is no name
        if not adjacent and (named or self._completes_noun(index - 1)):
            return False
        beyond = quotation.last + 1
        ends = quotation.last >= self.reading.stop[after]
        if size <= SHORT_QUOTATION and not ends and not self.reading.pieces[beyond].is_mark:
            return False
        return size > SHORT_QUOTATION or adjacent or ends or before.key in COMMAS

    def _names_event(self, quotation: Quotation) -> bool:
        """Tell whether marks hold what an event was about, a complementiser behind them (خلال ندوة حول «…» أن …)."""
        following = quotation.last + 1
        behind = quotation.closed and following < len(self.reading.pieces) and self.vocabulary.listed(following, "complementiser")
        return behind and self.vocabulary.listed(quotation.first - 1, "preposition")

    def _names_speaker(self, quotation: Quotation) -> bool:
        """Tell whether marks right after a verb hold its subject's name: a person's, or a colon follows them (قال «فلان»: …)."""
        following, inner = quotation.last + 1, range(quotation.first + 1, quotation.inner_last + 1)
        if not quotation.closed or len(inner) > SHORT_QUOTATION or following >= len(self.reading.pieces):
            return False
        entities = (self.reading.entity(at) for at in inner)
        person = all(entity is not None and entity.type == "PER" for entity in entities) or all(self.vocabulary.is_surname(at) for at in inner)
        return self.reading.pieces[following].key == COLON or (person and self.reading.stop[quotation.first] > following)

    def _completes_noun(self, index: int) -> bool:
        """Tell whether a quotation after this piece completes a noun (وجود «خلل») and is not what a subject says."""
        piece = self.reading.pieces[index]
        if piece.is_mark or piece.definite or piece.entity >= 0 or self.vocabulary.is_surname(index) or self.vocabulary.is_time(index):
            return False
        return self.vocabulary.is_proposition(index) and not self.vocabulary.classes(index) - {"proposition"}

    def _after_colon(self, colon: int) -> Opening | None:
        """Return the content after a colon: in its own paragraph, or the quotation that opens the next one."""
        at, pieces = colon + 1, self.reading.pieces
        if at >= len(pieces) or (pieces[at].paragraph != pieces[colon].paragraph and at not in self.reading.quotation_at):
            return None
        return Opening(Opener.COLON, at, colon - 1)

    def _governed(self, verb: Verb, index: int, after: int, limit: int) -> Opening | None:
        """Return the opening after a preposition: one that the verb governs, free or attached, or any before a noun of proposition."""
        if verb.clausal:
            return None
        piece = self.reading.pieces[index]
        if not (piece.preposition or piece.key in verb.prepositions or piece.key in _PREPOSITIONS):
            return None  # most words, at once
        if self.vocabulary.is_given_name(index) or self._is_of_aside(verb, index, limit):
            return None
        if piece.key in verb.prepositions and index < limit:
            return self._after_preposition(index) if self.reading.pieces[index + 1].key != "طريق" else None  # عن طريق: by way of
        target = index if piece.preposition else index + 1
        if target <= limit and self._takes_proposition(verb, index, after) and self._opens_proposition(target):
            return Opening(Opener.PREPOSITION, target, index - 1, skip=1 if piece.preposition else 0)
        attached = piece.preposition
        if not attached or attached not in verb.prepositions or piece.conjunction or self.vocabulary.is_occasion(index):
            return None
        if piece.key in self.lexicon.words["acting"]:
            return None
        entity = self.reading.entity(index)
        if (
            piece.base in DEMONSTRATIVES
            or self.vocabulary.listed(index, "pronominal")
            or (attached == "ب" and entity is not None and entity.type == "PER")
        ):
            return None  # اعترفت العداءة باولا …: her name, not what she admits
        named = piece.entity >= 0 or bool(self.vocabulary.classes(index) - {"proposition"})
        if attached == "ل" and (named or not (piece.definite or self.vocabulary.is_proposition(index))):
            return None  # لـ + whom, not what for
        if self._is_of_title(verb, index, limit) or (attached == "ب" and piece.kind == "LOC" and self._comes_again(verb, index, limit)):
            return None
        return Opening(Opener.PREPOSITION, index, index - 1, skip=len(attached) if attached == "ب" or not piece.definite else 0)

    def _is_of_aside(self, verb: Verb, index: int, limit: int) -> bool:
        """Tell whether a preposition is a noun's before it (ردا على سؤال), or comes again, the verb's, where the content opens.

        شدد في رسالة كتبها على عجل على أن … · حذر عدد من السكان من …: the second is the verb's.
        """
        piece, before = self.reading.pieces[index], self.reading.pieces[index - 1]
        if self._is_taken(index) or self._is_where_heard(index):
            return True
        if piece.key not in verb.prepositions or index >= limit or self._opens_proposition(index + 1):
            return False
        rest = range(index + 2, min(index + LOOKAHEAD, limit))
        if piece.key == "ل" and any(self.reading.pieces[at].key in verb.prepositions - {"ل"} for at in rest):
            return True  # دعا المدير لـ«الصحيفة» إلى …
        again = [at for at in rest if self.reading.pieces[at].key == piece.key]
        people = bool(before.classes & PEOPLE) and not self.vocabulary.is_occasion(max(0, index - 2))  # but في مؤتمر صحفي
        several = not before.definite and before.entity < 0 and (self.vocabulary.counts(index - 1) or people)
        if several and index - 1 not in self.boundaries.verbs:
            return bool(again)
        return any(self.reading.pieces[at + 1].key in self.lexicon.words["complementiser"] for at in again)

    def _is_where_heard(self, index: int) -> bool:
        """Tell whether a preposition stands before what an interview was given to (في مداخلة له على إذاعة …)."""
        noun = index - 2 if self.vocabulary.listed(index - 1, "pronominal") else index - 1
        return self.reading.pieces[index].key == "علي" and self.vocabulary.listed(noun, "interview")

    def _is_taken(self, index: int) -> bool:
        """Tell whether the noun before a preposition takes it (نقلا عن، كل من), or the identity that is withheld follows it (الكشف عن اسمه)."""
        piece, before, words = self.reading.pieces[index], self.reading.pieces[index - 1], self.lexicon.words
        governing = words[_GOVERNING[piece.key]] if piece.key in _GOVERNING and index - 1 not in self.boundaries.verbs else frozenset()
        if governing & {before.key, before.base, before.stem}:
            return True
        return index + 1 < len(self.reading.pieces) and self.reading.pieces[index + 1].key in words["identity"]

    def _is_of_title(self, verb: Verb, index: int, limit: int) -> bool:
        """Tell whether a clitic preposition is a title's (المتحدث باسم الوزارة), the verb's own coming behind it (دعا الوكيل للشؤون الفنية إلى …)."""
        piece, before = self.reading.pieces[index], self.reading.pieces[index - 1]
        if self.vocabulary.is_in_name(index):
            return True
        rest = range(index + 1, min(index + LOOKAHEAD, limit) + 1)
        if piece.preposition == "ل":
            return not self.vocabulary.is_proposition(index) and any(self.reading.pieces[at].key in verb.prepositions for at in rest)
        serves = before.definite and bool(self.vocabulary.classes(index) & {"body"})
        return serves and any(self.reading.pieces[at].preposition == piece.preposition for at in rest)

    def _comes_again(self, verb: Verb, index: int, limit: int) -> bool:
        """Tell whether the verb's own complementiser stands behind a place with ب on it (أفاد وكيل الوزارة بتونس … بأن …)."""
        return any(self._complements(verb, at, index) for at in range(index + 1, min(index + REACH, limit) + 1))

    def _opens_proposition(self, index: int) -> bool:
        return self.vocabulary.is_proposition(index) and not self.reading.pieces[index].definite

    def _after_preposition(self, index: int) -> Opening | None:
        target = index + 1
        quoted = target in self.reading.quotation_at
        noun = self.reading.pieces[index].key == "عن" or (self.reading.pieces[index].key == "الي" and self.vocabulary.is_proposition(target))
        about = noun and self.reading.pieces[target].base not in DEMONSTRATIVES  # أعلنت عن تسجيل إصابات …
        if (self.reading.pieces[target].is_mark and not quoted) or (self.vocabulary.is_occasion(target) and not about):
            return None
        return Opening(Opener.QUOTATION if quoted else Opener.PREPOSITION, target, index - 1)

    def _takes_proposition(self, verb: Verb, index: int, after: int) -> bool:
        """Tell whether a preposition the verb does not govern may still open its content here: close by, and no comma passed."""
        piece = self.reading.pieces[index]
        if "clause" not in verb.complements or not (verb.prepositions or "object" in verb.complements) or index - after > LOOKAHEAD:
            return False
        attached = piece.preposition == "ب" and not piece.conjunction
        if piece.key == "من":
            return False  # … من سيطرة المسلحين: what something is taken from
        return (piece.key in _PREPOSITIONS or attached) and not any(self.reading.pieces[at].key in COMMAS for at in range(after + 1, index))
