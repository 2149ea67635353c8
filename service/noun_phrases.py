"""Where a noun phrase that names a speaker ends, told without a parser: by its head, by names, by what Arabic lets follow them.

An Arabic noun phrase runs head + (of-chain) + adjectives + name, appositions after commas; it closes at a person's name or once a
definite noun has closed its of-chain, and then only adjectives, prepositional attributes of a title, و + noun, or an apposition continue it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from service import arabic, outlets
from service.lexicon import Lexicon
from service.reading import CLOSE_BRACKETS, COLON, COMMAS, OPEN_BRACKETS, STOPS, Reading
from service.vocabulary import PEOPLE, Vocabulary

_ATTRIBUTIVE = frozenset({"في", "من", "عن", "لدي", "ب", "ل"})
_OF_HIS_OWN = frozenset({"من", "لدي"})  # behind a definite title, before a noun with its bearer's pronoun (لدى استقباله)
_OVER = ("مشرف", "قائم", "مطلع")  # what is over something or knows of it: المشرف على …، المصادر المطلعة على …
_IN_IT = frozenset({"فيه", "فيها", "به", "بها", "لديه", "لديها"})
_FORMERLY = frozenset({"سابقا", "حاليا"})  # between a title and its bearer's name
_AGE = "عمره"
_DUAL = "تي"  # of a feminine, before what it is of (وزارتي الدفاع والداخلية)
_ONE_OF = frozenset({"احد", "احدي"})  # within an of-chain
_OF_THEM = frozenset({"منهم", "منهن", "منا"})  # the whole of which some speak (عدد منهم)
_PERCENT = frozenset({"%", "٪"})
_RELATIONAL = ("ي", "يه", "يون", "يين", "يات", "يان")  # endings of adjectives of relation (nisba), as keys
_PLURAL = ("ين", "ون", "ات", "يه", "ه")
_SOUND_PLURALS = frozenset({"ون", "ين"})
_QUOTED_WORDS = 4  # words in marks that may be a name
_BRACKETED_WORDS = 8
_MEDIUM_WORDS = 3  # words after صحيفة or موقع that may be its foreign name
_ASIDE = 8  # pieces of what may stand between a title and its bearer's name, commas around it
_TITLE_WORDS = 8  # words of a second title within which its bearer's name comes
_PAUSES = COMMAS | {COLON}
_CLAUSE_ENDS = COMMAS | STOPS
DEMONSTRATIVES = frozenset({"ذلك", "هذا", "هذه", "تلك"})
_NAMED = frozenset({"PER", "ORG"})
_PLACED, _CLOSED = frozenset({"LOC", "ORG"}), frozenset({"LOC", "PER"})
_TELLING = frozenset({"document", "medium", "body"})  # classes of what a name after ل may belong to


class _Phrase(NamedTuple):
    """A phrase as far as it has been read: pieces `start` to `last`, at most to `limit`.

    `closed`: a definite noun has closed its of-chain; `named`: a person's name stands in it; `strict`: another phrase follows directly
    (a subject before its object), so that a closed one takes only an adjective of relation; `governed`: the preposition on its first word is
    not its own. A tuple: one is made at every word.
    """

    start: int
    limit: int
    strict: bool
    last: int
    closed: bool = False
    named: bool = False
    governed: bool = False

    def to(self, last: int, *, closed: bool, named: bool = False) -> _Phrase:
        """Return the phrase read on to `last`."""
        return _Phrase(self.start, self.limit, self.strict, last, closed, named)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The grammar of noun phrases over one reading."""

    reading: Reading
    lexicon: Lexicon
    vocabulary: Vocabulary

    def end(self, start: int, limit: int, *, strict: bool = False, governed: bool = False) -> int:
        """Return the last piece of the noun phrase that begins at `start`, at most `limit`; `start - 1` where none begins.

        `strict` is for a phrase with another right behind it: a subject before its object. `governed`: a preposition may stand on its first word.
        """
        phrase: _Phrase | None = _Phrase(start, limit, strict, start - 1, governed=governed)
        last = start - 1
        while phrase is not None and last < limit:
            phrase = self._read_on(phrase, last + 1)
            last = phrase.last if phrase is not None else last
        return last

    def _read_on(self, phrase: _Phrase, index: int) -> _Phrase | None:
        """Return the phrase with what stands at `index`, or None where it ends before it."""
        piece, first = self.reading.pieces[index], index == phrase.start
        if piece.paragraph != self.reading.pieces[phrase.start].paragraph:
            return None
        if piece.is_mark:
            return self._mark(phrase, index)
        if piece.kind != "PER" and self._is_known_name(phrase, index):
            return phrase.to(index, closed=True, named=True)
        if piece.key in self.lexicon.words["relative"] or self._is_described_by(phrase, index):
            end = self._relative_end(index, phrase.limit)
            return None if first or end == index else phrase.to(end, closed=True, named=True)
        if not first and piece.owned and self.vocabulary.is_in_name(index):
            return phrase.to(index, closed=True)  # المتحدث باسمها فلان
        if not first and self._is_within_its_body(phrase, index):
            return phrase.to(index, closed=True)  # مدير العمليات فيها فلان
        acting = piece.key in self.lexicon.words["acting"]
        if not first and (acting or self._is_formerly(phrase, index)):
            return phrase.to(index, closed=phrase.closed, named=phrase.named)
        if not first:
            unnamed = self.vocabulary.anonymity(index)
            if unnamed is not None and unnamed <= phrase.limit:
                return phrase.to(unnamed, closed=True, named=True)
            if self.vocabulary.is_finite(index) or self.vocabulary.is_time(index):
                return None
        if piece.kind and not self._is_misread(index):
            return None if not first and self._is_interviewer(phrase, index) else self._name(phrase, index)
        if piece.key.isdigit() and index > phrase.start and self.reading.pieces[index - 1].key == "العمر":
            return phrase.to(min(index + 1, phrase.limit), closed=True)  # البالغ من العمر 31 عاما
        counted = index == phrase.start + 1 and self.vocabulary.listed(phrase.start, "determiner")
        if piece.key in _OF_THEM and (counted or self.reading.pieces[index - 1].key in _PERCENT):
            return phrase.to(index, closed=True)
        if not first and not phrase.closed and not phrase.named and self._points_at_noun(index):
            return phrase.to(index, closed=False)
        if phrase.named and self.vocabulary.continues_name(index):
            return phrase.to(index, closed=True, named=True)
        if index == phrase.start + 1 and piece.key == "من" and self.reading.pieces[phrase.start].key == "كل":
            return phrase.to(index, closed=False)  # كل من فلان وفلان
        if not first and not (phrase.closed or phrase.named) and piece.key in _ONE_OF:
            return phrase.to(index, closed=False)  # مدير إحدى الشركات
        if self.vocabulary.is_function(index) or (piece.preposition and not (first and phrase.governed)):
            return self._determiner(phrase, index) if first else self._attribute(phrase, index)
        if first:
            deferential = "deferential" in self.vocabulary.classes(index)
            return None if self.vocabulary.is_verbal(index) else phrase.to(index, closed=piece.definite or deferential)
        return self._coordinate(phrase, index) if piece.conjunction else self._noun(phrase, index)

    def _is_described_by(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a relative clause without a pronoun goes on with an indefinite document or somebody unnamed (تقرير نشرته …)."""
        if index == phrase.start or phrase.named or not self.vocabulary.opens_relative(index):
            return False
        return self.vocabulary.anonymity(index) is None  # مسؤول رفض الكشف عن اسمه لصحيفة …

    def _is_formerly(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether an adverb says when one bore a title, his name right behind it (مدير المركز سابقا فلان)."""
        if not phrase.closed or phrase.named or self.reading.pieces[index].key not in _FORMERLY or index >= phrase.limit:
            return False
        return self._is_person(index + 1) or "honorific" in self.vocabulary.classes(index + 1)

    def _is_within_its_body(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a pronoun says where a title's bearer serves, his name right behind it (مدير العمليات فيها فلان)."""
        titled = phrase.closed and not phrase.named and "role" in self.vocabulary.classes(phrase.start)
        return titled and self.reading.pieces[index].key in _IN_IT and index < phrase.limit and self._is_person(index + 1)

    def _is_known_name(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a surname known from elsewhere in the text can stand here."""
        if phrase.named or not self.vocabulary.is_surname(index) or (index > phrase.start and self.reading.pieces[index].preposition):
            return False
        return not (phrase.strict and phrase.closed and self.vocabulary.classes(phrase.start) & {"group", "body"})

    def _is_misread(self, index: int) -> bool:
        """Tell whether the tagger took a function word or a verb for a name."""
        vocabulary = self.vocabulary
        known = vocabulary.is_function(index) or vocabulary.is_finite(index) or vocabulary.blesses(index)
        return known or vocabulary.qualifies_title(index)

    def _points_at_noun(self, index: int) -> bool:
        """Tell whether a demonstrative goes on with an of-chain: the noun it points at follows it (نتائج هذه الجراحات)."""
        following = index + 1
        return self.reading.pieces[index].key in DEMONSTRATIVES and following < len(self.reading.pieces) and self.reading.pieces[following].definite

    def _determiner(self, phrase: _Phrase, index: int) -> _Phrase | None:
        return phrase.to(index, closed=False) if self.vocabulary.listed(index, "determiner") else None

    def _name(self, phrase: _Phrase, index: int) -> _Phrase | None:
        """Take a name the tagger found, whole."""
        piece, first = self.reading.pieces[index], index == phrase.start
        kind = piece.kind
        if not first and phrase.named and (kind not in _NAMED if piece.conjunction else kind == "PER"):
            return None
        another = not first and phrase.strict and phrase.closed and not (piece.conjunction or piece.preposition)
        if another and kind in _PLACED and not self._is_placed(phrase, index):
            return None  # اتهمت باكستان الهند، دعت الحكومة الألمانية تركيا: another party
        owners = self.vocabulary.classes(phrase.start)
        if kind == "PER" and not first and phrase.closed and phrase.strict and owners & {"group", "body"} and "role" not in owners:
            return None
        last = index
        while last < phrase.limit and self._goes_on(phrase, last + 1):
            last += 1
        if kind == "PER" and not first and piece.preposition:
            return phrase.to(last, closed=phrase.closed, named=phrase.named)  # المبعوث الخاص لفلان: whose envoy, not the envoy's name
        if kind == "MISC" and not (phrase.closed or first):
            return phrase.to(last, closed=self.reading.pieces[last].definite, named=phrase.named)
        closed = kind != "MISC" or phrase.closed or self.reading.pieces[last].definite
        return phrase.to(last, closed=closed, named=phrase.named or kind == "PER")

    def _is_placed(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a place or body belongs to the closed phrase before it: one name with it, called by a title, or where its last body is."""
        piece, before = self.reading.pieces[index], self.reading.pieces[phrase.last]
        called = piece.kind == "ORG" and phrase.last > phrase.start and bool(before.classes & {"role", "honorific"})  # مركز الملك فلان
        governed = before.kind == "ORG" and bool(self.reading.pieces[self.reading.entity_start(phrase.last)].preposition)  # بمستشفى … بجدة
        described = piece.definite and self._is_attributive(phrase, index)  # وكالة الأنباء الفرنسية
        of = not before.definite and before.kind not in _CLOSED and (before.kind != "ORG" or bool(before.classes))  # رئيس مجلس علماء باكستان
        return called or governed or described or of or piece.entity == before.entity

    def _goes_on(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a piece belongs to the name before it, and is not what the tagger ran on into."""
        same = self.reading.pieces[index].entity == self.reading.pieces[index - 1].entity
        return same and not (
            self.vocabulary.is_prayed_to(index)
            or self._is_misread(index)
            or self.reading.pieces[index].key == COLON
            or self._is_interviewer(phrase, index)
        )

    def _noun(self, phrase: _Phrase, index: int) -> _Phrase | None:
        """Take a noun or adjective: an open of-chain takes any, a closed phrase its adjectives, a named one a title."""
        piece, classes = self.reading.pieces[index], self.vocabulary.classes(index)
        if phrase.named:
            return phrase.to(index, closed=piece.definite) if classes & {"role", "honorific"} and not phrase.strict else None
        if piece.key in self.lexicon.words["same"]:
            of = self.reading.pieces[min(index + 1, phrase.limit)]  # رئيس فرع ذات الهيئة, but الوزير نفسه
            return phrase.to(index, closed=phrase.closed or not of.definite)
        if self.vocabulary.are_many(index - 1) and piece.key[-2:] not in _SOUND_PLURALS:
            return None  # اعتبر معلقون سلوك السياح …: what they hold, for a plural in ون is of nothing
        verbal = self.vocabulary.is_verbal(index) and not piece.key.endswith(_RELATIONAL)
        complete = verbal and (phrase.strict or phrase.closed or self._is_described(phrase, index - 1))
        if complete and not (index == phrase.start + 1 and "medium" in self.vocabulary.classes(phrase.start)):
            return None  # وبحسب مصادر مطلعة ستبدأ …, but صحيفة يديعوت
        if phrase.closed and piece.owned and not classes & {"honorific", "deferential"}:
            return None  # حذّر المدرب لاعبيه: whom, not who
        if phrase.closed and not piece.definite:
            foreign = "medium" in self.vocabulary.classes(phrase.start) and not self.reading.pieces[phrase.start].definite
            if foreign and index - phrase.start <= _MEDIUM_WORDS and not phrase.strict:
                return phrase.to(index, closed=True)
            return phrase.to(index, closed=False) if classes & {"honorific", "role"} and self._name_follows(index) else None
        deferring = "honorific" in classes and not (piece.definite and piece.key.endswith("ه"))  # السيد, but الدولة is a body
        if phrase.strict and phrase.closed and not self._is_attributive(phrase, index) and not deferring:
            return None
        if phrase.strict and piece.definite and not phrase.closed and self._is_described(phrase, index - 1):
            return None  # اتهمت صحيفة محلية التجار بـ…: whom, not who
        bodys = index == phrase.start + 1 and "body" in self.vocabulary.classes(phrase.start)  # جمعية حماية …
        listed = "proposition" in self.lexicon.nouns.get(piece.key, ()) and not bodys
        if phrase.strict and not piece.definite and (listed or (self.vocabulary.is_proposition(index) and self._is_described(phrase, index - 1))):
            return None  # أعلن مصدر أمني تقليص …, but سلطات مكافحة …
        return phrase.to(index, closed=phrase.closed or piece.definite)

    def _is_described(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether an indefinite adjective of relation ends what has been read, so that no definite noun can go on with its of-chain."""
        piece = self.reading.pieces[index]
        relational = piece.key.endswith(_RELATIONAL) and not (piece.definite or piece.owned or "body" in piece.classes or piece.key.endswith(_DUAL))
        of_many = piece.key.endswith("ي") and bool(self.lexicon.nouns.get(piece.stem[:-1], frozenset()) & PEOPLE)  # جراحي العيون: the surgeons
        return index > phrase.start and relational and piece.entity < 0 and not of_many

    def _is_attributive(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a definite word is an adjective of the phrase before it: of relation, or one of titles (العام، السابق)."""
        piece = self.reading.pieces[index]
        if piece.key in self.lexicon.words["attribute"]:
            return True
        if "group" in self.vocabulary.classes(index):
            return False  # ناشد الوزير الأهالي: whom, not who
        ends = [self.reading.pieces[at].span.of(self.reading.document.text)[-1] for at in (phrase.start, index)]
        one_man = index == phrase.start + 1 and "role" in self.vocabulary.classes(phrase.start) and ends[0] != arabic.TEH_MARBUTA
        disagrees = one_man and ends[1] == arabic.TEH_MARBUTA  # وصف الناقد الرواية: what he described
        endings = [self.reading.pieces[at].key[-2:] for at in (index - 1, index)]
        if endings[0] == endings[1] and endings[0] in _SOUND_PLURALS:
            return True  # المتمردين السابقين
        return piece.key.endswith(_RELATIONAL) and ends[1] != arabic.ALEF_MAKSURA and not disagrees

    def _name_follows(self, index: int) -> bool:
        """Tell whether a person's name follows within the title that begins here (… المتحدث باسم الوزارة العميد فلان)."""
        for at in range(index + 1, min(index + _TITLE_WORDS, len(self.reading.pieces))):
            if (
                self._is_person(at)
                or self.reading.pieces[at].is_mark
                or self.vocabulary.is_finite(at)
                or self.vocabulary.listed(at, "complementiser")
            ):
                return self._is_person(at)
        return False

    def _is_person(self, index: int) -> bool:
        return self.reading.pieces[index].kind == "PER"

    def _coordinate(self, phrase: _Phrase, index: int) -> _Phrase | None:
        """Take و + noun (دبلوماسيين، والتنمية) but not و + verb: a noun shows itself by the article, its class, or an ending of plurals."""
        piece = self.reading.pieces[index]
        if piece.conjunction != "و" or self._is_misread(index):
            return None
        if phrase.closed and not phrase.named and self._is_titled(phrase, index):
            return phrase.to(index, closed=False)  # وزير الوظيفة العمومية وتحديث الإدارة فلان
        sure = piece.definite or bool(self.vocabulary.classes(index))
        likely = piece.base.endswith(_PLURAL) and len(piece.base) > 4 and not phrase.strict
        return phrase.to(index, closed=piece.definite) if sure or likely else None

    def _is_titled(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a title goes on with a noun at a piece, a verbal one or of something (وحقوق الإنسان): its bearer's name follows."""
        piece = self.reading.pieces[index]
        titled = "role" in self.vocabulary.classes(phrase.start)
        of = index < phrase.limit and self.reading.pieces[index + 1].definite and not (piece.definite or self.vocabulary.is_verbal(index))
        return titled and (self.vocabulary.is_proposition(index) or of) and self._name_follows(index)

    def _attribute(self, phrase: _Phrase, index: int) -> _Phrase | None:
        """Take a prepositional attribute of a title or a body (باسم الوزارة، لحقوق الإنسان، في البيت الأبيض), not a circumstance."""
        piece = self.reading.pieces[index]
        target = index if piece.preposition else index + 1
        if piece.preposition and self.vocabulary.is_function(index):
            return None  # بصورة غير مباشرة
        if index < phrase.limit and f"{piece.key} {self.reading.pieces[index + 1].key}" in self.lexicon.words["sequence"]:
            return None  # قال الوزير من جهة أخرى
        needed = self._is_needed(phrase, index)
        attributive = bool(piece.preposition) or piece.key in _ATTRIBUTIVE
        if piece.conjunction or target > phrase.limit or not (needed or (attributive and not phrase.named)):
            return None
        word = self.reading.pieces[target]
        if (needed or "ل" in (piece.preposition, piece.key)) and self._bearer_follows(phrase, target):
            named = self.reading.quotation_at.get(target)
            return phrase.to(named.last if named is not None else target, closed=named is not None or word.definite)
        if piece.preposition == "ب" and self.vocabulary.in_the_name(index) and not self.vocabulary.is_in_name(index):
            return None  # أعرب الملك باسمه واسم شعبه عن …
        attended = piece.key == "في" and self.reading.pieces[index - 1].stem in self.lexicon.words["attending"]  # المشاركون في المؤتمر
        if word.is_mark or word.key in DEMONSTRATIVES or self._is_audience(phrase, index, target):
            return None
        if self.vocabulary.is_occasion(target) and not (attended and word.definite):
            return None
        if not piece.preposition and self.vocabulary.is_function(target) and not self.vocabulary.listed(target, "determiner"):
            return None
        before = self.reading.pieces[index - 1]
        praised = phrase.strict and piece.preposition == "ب" and (before.definite or before.is_mark)
        if praised and not (self._is_charged(index - 1, target) or self.vocabulary.is_in_name(index)):
            return None  # أشاد الوزير بالجهود, but المتحدث باسم الوزارة
        if word.owned and (piece.key == "في" or (phrase.closed and piece.key in _OF_HIS_OWN)) and word.stem != _AGE:
            return None  # قالت الشركة في دعوتها …، قال المدير من جانبه …
        if phrase.closed and piece.preposition == "ب" and self._is_manner(target):
            return None  # قال الوزير بمرارة
        classes = self.vocabulary.classes(phrase.start)
        if piece.key == "من" and phrase.closed and phrase.strict and classes == {"body"}:
            return None  # تتوقع الهيئة من الشركات أن …
        if piece.key == "عن" and not needed and ((self.reading.pieces[phrase.start].definite and "role" in classes) or classes == {"body"}):
            return None  # سئل الوزير عن الموعد، كشفت الوزارة عن …
        if piece.preposition == "ب" and "proposition" in self.lexicon.nouns.get(piece.base, ()):
            return None
        return phrase.to(target, closed=word.definite or (phrase.strict and word.kind == "LOC"))

    def _is_manner(self, index: int) -> bool:
        """Tell whether a noun behind ب says how: indefinite, no name, no body's, and no noun behind it that it could be of."""
        piece, following = self.reading.pieces[index], index + 1
        if piece.definite or piece.owned or piece.entity >= 0 or self.vocabulary.classes(index) or self.vocabulary.listed(index - 1, "charged"):
            return False
        return following == len(self.reading.pieces) or self.reading.pieces[following].is_mark or self.vocabulary.is_function(following)

    def _bearer_follows(self, phrase: _Phrase, target: int) -> bool:
        """Tell whether a title's bearer is named right behind what he is over (المدير العام لمؤسسة «…» فلان), not whom he speaks to.

        What he is over is closed by a mark, or by a name, or definite throughout (للشركة الوطنية); else the name belongs to it (لجائزة الأمير فلان).
        """
        classes = self.vocabulary.classes(target)
        if "role" not in self.vocabulary.classes(phrase.start) or (classes & PEOPLE and "body" not in classes):
            return False
        quotation = self.reading.quotation_at.get(target)
        definite, closed = True, False
        for at in range(quotation.last if quotation is not None else target, min(phrase.limit, target + _TITLE_WORDS) + 1):
            piece = self.reading.pieces[at]
            if self._is_person(at):
                return closed and not piece.preposition
            if at > target and (piece.key in _PAUSES or piece.preposition or piece.conjunction or self._is_misread(at)):
                return False
            if "honorific" not in self.vocabulary.classes(at):
                definite = definite and piece.definite
                closed = piece.is_mark or piece.entity >= 0 or definite
        return False

    def _is_needed(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a title is not whole without the preposition at `index` (المشرف على …، النائب عن …، المبعوث إلى …)."""
        heads = [self.reading.pieces[at].stem for at in (phrase.start, index - 2, index - 1) if at >= phrase.start]
        key, words = self.reading.pieces[index].key, self.lexicon.words
        over = key == "علي" and any(stem.startswith(_OVER) for stem in heads)
        answers = key == "عن" and bool(words["answering"].intersection(heads))
        return over or answers or (key == "الي" and heads[0] in words["sent"] and index > phrase.start + 1)

    def _is_charged(self, index: int, target: int) -> bool:
        """Tell whether ب after an adjective is what someone is charged with (المكلف بالشؤون …), or where he serves (المدير العام بالهيئة)."""
        place = any(self.reading.pieces[at].kind in ("ORG", "LOC") for at in (target, target + 1) if at < len(self.reading.pieces))
        serves = place or "body" in self.vocabulary.classes(target)
        serving = self.vocabulary.listed(index, "serving_at") or not self.reading.pieces[target].definite
        return self.vocabulary.listed(index, "charged") or (serves and serving)

    def _is_audience(self, phrase: _Phrase, index: int, target: int) -> bool:
        """Tell whether ل + noun is whom the words were said to (لصحيفة …، للصحفيين، لنظيره) and not what the title belongs to."""
        piece, word = self.reading.pieces[index], self.reading.pieces[target]
        if (piece.preposition or piece.key) != "ل":
            return False
        owner = self.vocabulary.classes(phrase.start)
        if owner == {"document"} and index == phrase.start + 1 and "role" in self.vocabulary.classes(target):
            return False  # بيان لوزير الزراعة
        if "anonymous" not in owner and owner & {"medium", "document"} and "medium" in self.vocabulary.classes(target):
            return False  # الموقع الإلكتروني لصحيفة …، تقرير لوكالة …
        if self._serves(phrase, index) and self._name_follows(target):
            return False
        if piece.key == "ل" and any(outlets.known(self.reading.text(target, min(at, phrase.limit))) for at in (target, target + 1)):
            return True  # قال الوزير ل الخليج
        classes = self.lexicon.nouns.get(word.stem, frozenset()) | self.lexicon.nouns.get(word.base, frozenset())
        own = word.owned and self.reading.pieces[index - 1].definite  # قالت المعلمة لتلاميذها
        return own or bool(classes & (PEOPLE | {"medium"})) or self._is_person(target)

    def _serves(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a definite title asks for whom its bearer serves, nothing but adjectives behind it (المستشار الزراعي لوزير الري فلان)."""
        head = self.reading.pieces[phrase.start]
        return head.stem in self.lexicon.words["serving"] and all(self.reading.pieces[at].definite for at in range(phrase.start, index))

    def _is_interviewer(self, phrase: _Phrase, index: int) -> bool:
        """Tell whether a name with ل on it is the medium the words were said to (قال المصدر لوكالة …), not the one a report belongs to."""
        piece, classes = self.reading.pieces[index], self.vocabulary.classes(phrase.start)
        if piece.preposition != "ل" or (
            classes & _TELLING and "anonymous" not in classes and not ("medium" in piece.classes and classes == {"body"})
        ):
            return False
        return "medium" in piece.classes or outlets.known(self._outlet(index)) is not None

    def _outlet(self, index: int) -> str:
        """Return the name that the tagger found from a piece on, its clitic off."""
        last = index
        while last + 1 < len(self.reading.pieces) and self.reading.pieces[last + 1].entity == self.reading.pieces[index].entity:
            last += 1
        return self.reading.text(index, last)[len(self.reading.pieces[index].preposition) :]

    def _relative_end(self, index: int, limit: int) -> int:
        """Return the last piece of a relative clause: up to the next comma or cue, or to `limit`; when it happened is no part of it at its end."""
        at, limit = index, min(limit, self.reading.stop[index])
        while at < limit and not self._ends_relative(at + 1):
            at += 1
        while at > index + 1 and self.vocabulary.is_time(at) and not self.vocabulary.listed(at, "dating"):
            at -= 1
        return at

    def _ends_relative(self, index: int) -> bool:
        """Tell whether a relative clause is over before a piece: a comma or a stop, a cue, what opens another clause (حيث), an interview."""
        opens = self.vocabulary.listed(index, "clause_opener") and not self.reading.pieces[index].is_mark
        piece, following = self.reading.pieces[index], index + 1
        interviewed = piece.key == "في" and following < len(self.reading.pieces) and self.vocabulary.listed(following, "interview")
        told = interviewed or (piece.preposition == "ل" and "medium" in self.vocabulary.classes(index))  # في حديث …، لوكالة …
        return piece.key in _CLAUSE_ENDS or self.vocabulary.is_finite(index) or opens or told

    def _mark(self, phrase: _Phrase, index: int) -> _Phrase | None:
        """Take a name in marks or brackets, and the apposition that a comma opens; every other mark ends the phrase."""
        piece, quotation = self.reading.pieces[index], self.reading.quotation_at.get(index)
        if quotation is not None and quotation.closed and quotation.last <= phrase.limit and quotation.last - index <= _QUOTED_WORDS + 1:
            return phrase.to(quotation.last, closed=True, named=phrase.named)
        if index == phrase.start:
            return None
        if piece.key in _PERCENT and self.reading.pieces[index - 1].key.isdigit():
            return phrase.to(index, closed=False)  # قال 58٪ من الناخبين
        if piece.key in OPEN_BRACKETS:
            upper = min(phrase.limit, index + _BRACKETED_WORDS) + 1
            close = next((at for at in range(index + 1, upper) if self.reading.pieces[at].key in CLOSE_BRACKETS), None)
            return phrase.to(close, closed=phrase.closed, named=phrase.named) if close is not None else None
        return self._apposition(phrase, index + 1) if piece.key in COMMAS and index < phrase.limit else None

    def _apposition(self, phrase: _Phrase, start: int) -> _Phrase | None:
        """Take `، name` after a title and `، title …` after a name, where it stands between commas or ends the stretch."""
        start = self._past_aside(phrase, start)
        piece, is_name = self.reading.pieces[start], self._is_person(start)
        titled = bool(self.vocabulary.classes(start) & {"role", "honorific"}) or piece.key in _ONE_OF
        if piece.is_mark or piece.conjunction or piece.preposition or self.vocabulary.is_time(start):
            return None
        if not ((is_name and not phrase.named) or (titled and (phrase.named or not phrase.strict))):
            return None
        last = self.end(start, phrase.limit)
        return phrase.to(last, closed=True, named=True) if last >= start and self._ends_cleanly(phrase, last) else None

    def _past_aside(self, phrase: _Phrase, start: int) -> int:
        """Return where a name may stand behind a title: past where its bearer serves, between commas (رئيس الجمعية، بمدينة …، فلان)."""
        led = bool(self.reading.pieces[start].preposition) or self.vocabulary.listed(start, "preposition")
        if not led or phrase.named or "role" not in self.vocabulary.classes(phrase.start):
            return start
        comma = next((at for at in range(start, min(start + _ASIDE, phrase.limit)) if self.reading.pieces[at].key in COMMAS), None)
        return comma + 1 if comma is not None and self._is_person(comma + 1) else start

    def _ends_cleanly(self, phrase: _Phrase, last: int) -> bool:
        """Tell whether nothing after an apposition could be its own: a mark, a function word or a time follows it."""
        if last + 1 >= len(self.reading.pieces):
            return not phrase.strict
        follows = self.reading.pieces[last + 1]
        if phrase.strict:
            return follows.key in COMMAS
        circumstance = bool(follows.preposition) or self.vocabulary.is_function(last + 1) or self.vocabulary.is_time(last + 1)
        return last == phrase.limit or follows.is_mark or circumstance
