"""What the words of a reading are: classes of noun, function words, times, names. Asked by piece, answered by the lexicon and the tagger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from service.arabic import same_word, variants
from service.cues import VerbCue, anonymity
from service.lexicon import Lexicon
from service.lexicon.inflection import Part
from service.pieces import Piece
from service.reading import Reading

PEOPLE = frozenset({"role", "group"})
SPEAKERS = frozenset({"role", "group", "body", "document", "medium", "deferential"})
_DESCRIBED = PEOPLE | {"document", "anonymous"}
_ADJECTIVES = 3  # pieces before a relative clause among which the noun is that it describes
_OBLIQUE = "ين"
_SOUND_PLURAL = ("ون", "ين")
_PARTICIPLES = re.compile("(?:م(?!.ا.[وي]ن).{3,}|.ا..)[وي]ن")  # not the broken plurals ملايين and موازين
_ACCUSATIVE = "ا"  # of an indefinite noun, its tanwin rarely written
_SPANS = frozenset({"الاسبوع", "الشهر", "العام", "السنه"})  # times where an adjective dates them (الأسبوع الماضي)
_NAMES_ALIKE = {"علي": "ي", "بان": "بان", "انا": "آ"}  # keys of names that are function words too → how the name ends, or begins
_MOTHER = "ام"  # of somebody (أم فلان), and «or»
_LETTER_M = "إم"  # in names of companies (بي إم دبليو)
_IMAM, _IMAM_WRITTEN = "امام", "إمام"
_EASTERN = "هو"  # a syllable of Korean and Chinese names that is a pronoun in Arabic
_GOD, _SERVANT = "الله", "عبد"
_VERBAL_NOUN = re.compile(
    "ت[^اي][^اي]ي[^ياة]|إ..ا[^ت]|إ.ا.ة|ان..ا.|ا.ت.ا[^ت]|ازد.ا.|است..ا[^ت]|است.ا.ة|م.ا..ة"
)  # تفعيل، إفعال، انفعال، افتعال، استفعال، مفاعلة
_PERFECT = re.compile("[ات]..+[^اوي]ت|ا.ت[^اي][^ايه]|است[^اي].[^ايه]")  # of a derived form, as a key
_IN_THE_NAME = frozenset({"باسم", "باسمه", "باسمها", "باسمهم", "باسمهما"})
_NAME_WORDS = 4  # of a name that the tagger did not see, at most
_AFTER_NAME = frozenset({",", "،", ":"})
_DETACHED = frozenset({"ل", "ب", "ك"})  # prepositions that the tokenizer parted from their noun


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    names: frozenset[str]  # keys of surnames that the text gives in full somewhere

    def listed(self, index: int, name: str) -> bool:
        """Tell whether a piece stands in one of the lexicon's lists of words, with its clitics or without."""
        piece, words = self.reading.pieces[index], self.lexicon.words[name]
        return (piece.key in words or piece.base in words) and not self._is_imam(index)

    def _is_imam(self, index: int) -> bool:
        """Tell whether a piece is the title or the name إمام, whose key is that of أمام (in front of)."""
        piece = self.reading.pieces[index]
        return piece.base == _IMAM and _IMAM_WRITTEN in piece.span.of(self.reading.document.text)

    def is_surname(self, index: int) -> bool:
        """Tell whether a piece is the surname of someone the text names in full elsewhere, a clitic aside."""
        piece = self.reading.pieces[index]
        return piece.key in self.names or (piece.base in self.names and bool(piece.conjunction or piece.preposition))

    def is_person(self, index: int) -> bool:
        """Tell whether a piece stands in a person's name: the tagger found it, or it is a surname known from elsewhere."""
        return self.reading.pieces[index].kind == "PER" or self.is_surname(index)

    def classes(self, index: int) -> frozenset[str]:
        """Return the classes of noun that a piece may belong to, its article and clitics aside."""
        return self.reading.pieces[index].classes

    def continues_name(self, index: int) -> bool:
        """Tell whether an unknown word goes on with the name before it that the tagger cut short: a title, a mark or a clause follows it."""
        before, piece = self.reading.pieces[index - 1], self.reading.pieces[index]
        if before.kind != "PER" or index + 1 >= len(self.reading.pieces):
            return False
        follows = self.reading.pieces[index + 1]
        if piece.key == _EASTERN and follows.key in _AFTER_NAME:
            return True
        if not self.is_unknown(index) or (piece.definite and not self._may_lack_surname(index)):
            return False
        bounded = follows.key in _AFTER_NAME or self.listed(index + 1, "complementiser") or (follows.definite and "role" in self.classes(index + 1))
        return len(piece.key) > 3 and bounded and not piece.key.endswith(_ACCUSATIVE)

    def _may_lack_surname(self, index: int) -> bool:
        """Tell whether the name before a piece is a given name alone, called by a title of courtesy (الدكتور صالح): a surname may follow."""
        first = self.reading.entity_start(index - 1)
        return first == index - 1 and first > 0 and "honorific" in self.classes(first - 1)

    def is_unknown(self, index: int) -> bool:
        """Tell whether a word is no word of the lexicon, bears no clitic, and is in no name: it may be one."""
        piece = self.reading.pieces[index]
        if piece.is_mark or piece.conjunction or piece.preposition or piece.owned or piece.entity >= 0 or piece.classes:
            return False
        known = self.is_function(index) or self.is_time(index) or self.is_verbal(index) or index in self.verbs
        return not known and piece.key.isalpha() and piece.key not in self.lexicon.common and not self.listed(index, "counting")

    def blesses(self, index: int) -> bool:
        """Tell whether a blessing stands at a piece, or the name of God that ends one (حفظه الله، رضي الله عنه): no part of a name."""
        pair = self.reading.pieces[index : index + 2]
        if pair[0].key == _GOD:
            return index > 0 and self.reading.pieces[index - 1].base in self.lexicon.words["blessing"]
        return pair[0].base in self.lexicon.words["blessing"] and len(pair) > 1 and pair[1].key == _GOD

    def is_prayed_to(self, index: int) -> bool:
        """Tell whether a name of God that no person's holds ends a name (دعا فلان المولى أن …, but نصر الله and عبد المولى)."""
        piece = self.reading.pieces[index]
        return piece.key in self.lexicon.words["divine"] and piece.key != _GOD and self.reading.pieces[index - 1].key != _SERVANT

    def speaks_for(self, index: int) -> bool:
        """Tell whether a name stands behind «in the name of» (المتحدث باسم فلان): he for whom one speaks, not who does."""
        before = self.reading.pieces[index - 1] if index else None
        return before is not None and before.key == "باسم" and bool(before.preposition)

    def is_in_name(self, index: int) -> bool:
        """Tell whether a piece is the «in the name of» behind who speaks so (المتحدث باسم الوزارة، الناطق الرسمي باسم الحركة)."""
        if self.reading.pieces[index].key not in _IN_THE_NAME:
            return False
        return any(self.reading.pieces[at].stem in self.lexicon.words["spokesman"] for at in range(max(0, index - 2), index))

    def in_the_name(self, index: int) -> bool:
        """Tell whether a piece is «in his own name» (باسمه)."""
        piece = self.reading.pieces[index]
        return piece.owned and piece.key in _IN_THE_NAME

    def names_between(self, first: int, last: int) -> bool:
        """Tell whether what stands from `first` to `last` can be a name that the tagger did not see: two unknown words or more."""
        if not 1 <= last - first < _NAME_WORDS or self.reading.pieces[first].definite:
            return False
        return all(self.is_unknown(at) for at in range(first, last + 1))

    def names_medium(self, index: int) -> bool:
        """Tell whether what the tagger took for a person's name is a medium's: it begins with the noun, or follows it (مجلة …)."""
        before = index - 2 if index - 1 in self.reading.quotation_at else index - 1
        return any("medium" in self.classes(at) and not self.reading.pieces[at].definite for at in (before, index) if at >= 0)

    def is_time(self, index: int) -> bool:
        """Tell whether a piece says when (الخميس، مساء), its clitics aside."""
        piece, following = self.reading.pieces[index], index + 1
        if piece.key in _SPANS and following < len(self.reading.pieces):
            return self.reading.pieces[following].key in self.lexicon.words["dating"]
        return piece.key in self.lexicon.words["time"] or piece.base in self.lexicon.words["time"]

    def is_function(self, index: int) -> bool:
        """Tell whether a piece is a word that never stands in a name: a preposition, an adverb, an auxiliary, a pronoun."""
        piece, functions = self.reading.pieces[index], self.lexicon.functions
        if piece.key in _DETACHED:
            return True
        if self._is_imam(index):
            return False
        return (piece.key in functions or piece.base in functions) and not self.is_given_name(index)

    def is_given_name(self, index: int) -> bool:
        """Tell whether a piece is a name whose key is a function word's.

        علي with its dots beside a name, بان without a hamza in one, آنا; أم before the rest of one, and the letter إم.
        """
        piece = self.reading.pieces[index]
        surface, ending = piece.span.of(self.reading.document.text), _NAMES_ALIKE.get(piece.key)
        if piece.key == _MOTHER:
            goes_on = index + 1 < len(self.reading.pieces) and self.reading.pieces[index + 1].entity == piece.entity
            return surface.endswith(_LETTER_M) or (piece.kind == "PER" and goes_on)
        if ending is None or not (surface.endswith(ending) or surface.startswith(ending)):
            return False
        return any(near.kind == "PER" for near in self.reading.pieces[index : index + 2])

    def qualifies_title(self, index: int) -> bool:
        """Tell whether what was tagged as a name is an adjective of a title (الوزير اليميني المتطرف فلان): the name comes after it."""
        pieces, piece = self.reading.pieces, self.reading.pieces[index]
        if piece.kind != "PER" or not (index and piece.definite and piece.key.endswith("ي") and pieces[index - 1].definite):
            return False
        after = index + 1
        while after < len(pieces) and pieces[after].definite and pieces[after].entity < 0:
            after += 1
        return after < len(pieces) and pieces[after].kind == "PER" and pieces[after].entity != piece.entity

    def is_finite(self, index: int) -> bool:
        """Tell whether a piece is a finite verb of saying and not a noun spelt alike (طالب, ذكر)."""
        cue = self.verbs.get(index)
        return cue is not None and cue.form.part is Part.FINITE and not (self.classes(index) and not cue.coordinated)

    def is_state(self, index: int) -> bool:
        """Tell whether a participle of saying stands at a piece, its ending on it (زاعمة، نافيا): never a name, whatever the tagger thinks."""
        cue = self.verbs.get(index)
        return cue is not None and cue.form.part is Part.PARTICIPLE and cue.form.key.endswith((_ACCUSATIVE, "ه"))

    def anonymity(self, index: int) -> int | None:
        """Return the last piece of a clause in which a source asks not to be named (طلب عدم الكشف عن هويته), None where none begins."""
        return anonymity(self.reading, self.lexicon, index)

    def is_verbal(self, index: int) -> bool:
        """Tell whether an unknown word looks like an imperfect (يمنع, ستصبح), or a derived perfect (تراجعت, ارتفع), and so cannot begin a name."""
        piece = self.reading.pieces[index]
        if piece.entity >= 0 or piece.definite or self.classes(index):
            return False
        return (len(piece.base) > 3 and piece.base.startswith(("ي", "سي", "ست"))) or _PERFECT.fullmatch(piece.base) is not None

    def opens_relative(self, index: int) -> bool:
        """Tell whether a relative clause begins at a piece: at its pronoun, or without one behind an indefinite noun (تقرير نشرته …)."""
        piece, words = self.reading.pieces[index], self.lexicon.words
        if piece.key in words["relative"]:
            return True
        if piece.key not in words["describing_form"] or piece.entity >= 0:
            return False
        described = self._described_by(index)
        if described is None or piece.key not in words["describing"] or index + 1 == len(self.reading.pieces):
            return described is not None
        of = self.reading.pieces[index + 1]  # the bare perfect is spelt like a noun: بيان نشر الكتاب is of something
        people = of.definite and bool(self.classes(described) & PEOPLE)  # but رجل شهد الحادث
        return people or of.is_mark or bool(of.preposition) or self.is_function(index + 1) or self.is_time(index + 1)

    def _described_by(self, index: int) -> int | None:
        """Return the indefinite noun of somebody or of a document that stands right before a piece, its adjectives aside (تحقيق صحفي …)."""
        for at in range(index - 1, max(-1, index - 1 - _ADJECTIVES), -1):
            piece = self.reading.pieces[at]
            if piece.preposition == "ل" and at == index - 1 and not piece.classes & _DESCRIBED:
                continue  # بيان للوزارة صدر أمس
            if piece.is_mark or piece.definite or piece.owned or piece.entity >= 0 or self.is_function(at):
                return None
            if self.classes(at) & _DESCRIBED:
                return at
        return None

    def is_many(self, index: int) -> bool:
        """Tell whether a noun bears the sound masculine plural's ending, and is not one of those that end so by themselves (الأمين)."""
        stem = self.reading.pieces[index].stem
        return stem.endswith(_SOUND_PLURAL) and stem not in self.lexicon.words["singular"]

    def is_sound_plural(self, index: int) -> bool:
        """Tell whether a word bears the ending by which people are many (متابعون): the nominative's, so that it can be a subject."""
        piece, entity = self.reading.pieces[index], self.reading.entity(index)
        common = entity is None or entity.type == "MISC"
        return common and len(piece.base) > len("يرون") and piece.base.endswith("ون") and not piece.base.startswith(("ي", "ت"))

    def are_people(self, index: int) -> bool:
        """Tell whether a definite word is a participle in the sound masculine plural, which only people bear (المشاركون، المتعاملين، العاملون)."""
        piece = self.reading.pieces[index]
        return piece.definite and piece.kind in ("", "MISC") and _PARTICIPLES.fullmatch(piece.stem) is not None

    def are_many(self, index: int) -> bool:
        """Tell whether an indefinite noun is people in the nominative's plural (معلقون): none that it could be of follows it."""
        piece = self.reading.pieces[index]
        if piece.entity >= 0 or piece.definite or not piece.base.endswith("ون"):
            return False
        return bool(self.lexicon.nouns.get(piece.base[:-2], frozenset()) & PEOPLE) or _PARTICIPLES.fullmatch(piece.base) is not None

    def is_oblique_plural(self, index: int) -> bool:
        """Tell whether a noun of people bears the plural ending of an object (المواطنين): no subject right after its verb."""
        piece = self.reading.pieces[index]
        if piece.kind not in ("", "MISC") or not piece.stem.endswith(_OBLIQUE):
            return False
        return bool(self.lexicon.nouns.get(piece.stem.removesuffix(_OBLIQUE), frozenset()) & PEOPLE) or self.are_people(index)

    def is_accusative(self, index: int) -> bool:
        """Tell whether a known noun bears the accusative's alef, as what describes how something is said does (مهاجما)."""
        piece = self.reading.pieces[index]
        nouns, key = self.lexicon.nouns, piece.base
        if self._is_dual_construct(index):
            return False
        return piece.entity < 0 and not (piece.definite or piece.owned) and key.endswith(_ACCUSATIVE) and key[:-1] in nouns

    def _is_dual_construct(self, index: int) -> bool:
        """Tell whether a title is two men's, its noun dropped before what they are of (وزيرا الداخلية والمالية)."""
        key, following = self.reading.pieces[index].base, index + 1
        titled = key.endswith(_ACCUSATIVE) and "role" in self.lexicon.nouns.get(key[:-1], ())
        if not titled or following >= len(self.reading.pieces) or self.is_time(following):
            return False
        piece = self.reading.pieces[following]
        return piece.definite and not (piece.preposition or piece.conjunction)

    def head(self, phrase: tuple[int, int]) -> int:
        """Return the piece that heads a phrase, past ذات and the like (نفس المصدر)."""
        first, last = phrase
        return first + 1 if first < last and self.listed(first, "same") else first

    def heads(self, index: int) -> bool:
        """Tell whether a piece can head a phrase that names a speaker even where nothing else says so."""
        piece = self.reading.pieces[index]
        if (piece.kind and piece.kind != "MISC") or self.is_surname(index):
            return True
        if not piece.classes and self.is_sound_plural(index) and (piece.kind or self.are_people(index)):
            return True  # الأميركيون، المحتجون
        return bool(piece.classes & SPEAKERS) and not (self._qualifies(index) or self._counts_things(index))

    def counts(self, index: int) -> bool:
        """Tell whether a word counts or picks those after it (أحد السكان، ثلاثة مسؤولين، هؤلاء الطلاب)."""
        return self.listed(index, "determiner") or self.listed(index, "counting")

    def _counts_things(self, index: int) -> bool:
        """Tell whether a word that counts is followed by a definite noun that names nobody (عدد الرحلات)."""
        following = index + 1
        if not self.listed(index, "determiner") or following >= len(self.reading.pieces) or not self.reading.pieces[following].definite:
            return False
        return self.reading.pieces[following].entity < 0 and not (self.classes(following) & SPEAKERS or self.is_sound_plural(following))

    def _qualifies(self, index: int) -> bool:
        """Tell whether an accusative adjective that looks like a title describes the accusative before it (دورا اقتصاديا)."""
        pair = self.reading.pieces[max(0, index - 1) : index + 1]
        return len(pair) > 1 and all(piece.key.endswith(_ACCUSATIVE) and not piece.definite and len(piece.key) > 3 for piece in pair)

    def is_proposition(self, index: int) -> bool:
        """Tell whether a piece is a noun that opens a proposition (ضرورة، مقتل), its clitics aside: a listed one, or a verbal noun by its shape."""
        piece = self.reading.pieces[index]
        listed = any("proposition" in self.lexicon.nouns.get(key, ()) for key in (piece.key, piece.base, piece.stem))
        if listed and "document" in piece.classes and self._is_described(index):
            return False  # تحقيق صحفي، but تحقيق الأرباح
        return listed or self._is_verbal_noun(index)

    def _is_described(self, index: int) -> bool:
        """Tell whether an indefinite adjective of relation follows a noun: it is of nothing."""
        if self.reading.pieces[index].definite or index + 1 == len(self.reading.pieces):
            return False
        following = self.reading.pieces[index + 1]
        return following.key.endswith(("ي", "يه")) and not (following.definite or following.owned or following.is_mark or following.preposition)

    def _is_verbal_noun(self, index: int) -> bool:
        """Tell whether an unlisted noun has the shape of a verbal noun (توسيع، مساندة، إرساء) and stands before what it is of."""
        piece, following = self.reading.pieces[index], index + 1
        if piece.definite or piece.owned or piece.entity >= 0 or piece.classes or following == len(self.reading.pieces):
            return False
        written = piece.span.of(self.reading.document.text)
        written = written[len(written) - len(piece.base) :]
        if not _VERBAL_NOUN.fullmatch(written) or self.is_function(index) or self.is_occasion(index) or self.is_finite(index):
            return False
        of = self.reading.pieces[following]
        clitic = of.is_mark or of.preposition or of.conjunction
        return not (clitic or self.is_function(following) or self.is_finite(following) or self.is_time(following))

    def is_shaped_like_a_masdar(self, index: int) -> bool:
        """Tell whether a definite noun that the lexicon does not know has the shape of a verbal noun (الابتعاد، التوجه)."""
        piece = self.reading.pieces[index]
        written = piece.span.of(self.reading.document.text)
        return piece.definite and not (piece.classes or piece.entity >= 0) and _VERBAL_NOUN.fullmatch(written[-len(piece.stem) :]) is not None

    def is_occasion(self, index: int) -> bool:
        """Tell whether a piece names the occasion or the time of a saying (بيان، مؤتمر، الخميس)."""
        piece = self.reading.pieces[index]
        return bool({piece.key, piece.base, piece.stem} & self.lexicon.words["occasion"]) or self.is_time(index)


def surnames(reading: Reading, common: Container[str], nouns: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the keys by which people named in full, or tagged as people alone, are called again; `common` words are not names."""
    found: set[str] = set()
    for index, piece in enumerate(reading.pieces):
        if piece.kind != "PER" or piece.is_mark:
            continue
        follows = reading.pieces[index + 1].entity if index + 1 < len(reading.pieces) else -1
        before = reading.pieces[index - 1].entity if index else -1
        if piece.key == _GOD or _opens_title(reading, index, nouns) or (before != piece.entity and is_title(reading, index, nouns)):
            continue  # عطا الله is not called الله, فلان المعلق السياسي not المعلق
        if follows != piece.entity and len(piece.key) > 2 and (before == piece.entity or len(piece.key) > 3) and piece.key not in common:
            found.add(piece.key)
    named = [piece for piece in reading.pieces if piece.kind and not _is_nationality(piece)]
    tagged = {piece.key for piece in named if len(piece.key) > 3 and piece.key not in common}
    places, people = (Counter(_keys_of(reading, kind)) for kind in ("LOC", "PER"))
    found = {key for key in found if places[key] <= people[key]}
    near: dict[str, list[str]] = {}
    for name in found:
        for variant in variants(name):
            near.setdefault(variant, []).append(name)
    spelt = {key for key in tagged - found if any(same_word(key, name) for variant in variants(key) for name in near.get(variant, ()))}
    return frozenset(found | spelt)


def is_title(reading: Reading, index: int, nouns: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a word that the tagger took for a name is a title with its article (العمدة), or one of two that و joins (إمام وخطيب …)."""
    piece, following = reading.pieces[index], index + 1
    if "role" not in nouns.get(piece.stem, frozenset()):
        return False
    return piece.definite or (following < len(reading.pieces) and _joins_role(reading.pieces[following], nouns))


def _joins_role(piece: Piece, nouns: Mapping[str, frozenset[str]]) -> bool:
    return piece.conjunction == "و" and "role" in nouns.get(piece.stem, frozenset())


def _keys_of(reading: Reading, kind: str) -> Iterator[str]:
    """Yield the key of every piece that was tagged as such a name."""
    return (piece.key for piece in reading.pieces if piece.kind == kind)


def _opens_title(reading: Reading, index: int, nouns: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a definite noun of what people are, at the end of what was tagged as a name, opens a title (فلان المعلق السياسي)."""
    piece, following = reading.pieces[index], index + 1
    if not piece.definite or "role" not in nouns.get(piece.stem, frozenset()) or not index or following >= len(reading.pieces):
        return False
    follows = reading.pieces[following]
    goes_on = follows.definite and follows.key.endswith(("ي", "يه")) and follows.entity != piece.entity
    return goes_on and reading.pieces[index - 1].entity == piece.entity


def _is_nationality(piece: Piece) -> bool:
    """Tell whether a piece of a body's or a place's name is an adjective of relation (الاتحاد السعودي): nobody's surname misspelt (سعود)."""
    return piece.kind != "PER" and piece.definite and piece.key.endswith(("ي", "يه"))
