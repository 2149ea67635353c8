"""Media that the words of a clause say it was told to or carried by: لصحيفة …, في حديث لقناة …, تصريحات نقلتها وكالة …."""

from __future__ import annotations

from dataclasses import dataclass

from service.cues import VerbCue
from service.lexicon import Lexicon
from service.medium_names import MediumNames
from service.reading import COMMAS, Reading
from service.relations import Stretch
from service.vocabulary import Vocabulary

_SITES = ("موقع", "شبك", "صفح", "حساب", "مدون")
_OWNERS = ("تابع", "مشرف", "قائم")
_TO = frozenset({"ل", "مع", "الي"})  # whom one speaks to
_THROUGH = frozenset({"علي", "عبر", "في"})  # where one is heard or read
_FROM = frozenset({"من", "عن", "ب"})
_BY_WORD = frozenset({"بحسب", "حسب", "وفق"})  # …، بحسب رويترز، …
_AS_TOLD = frozenset({"حسبما", "كما", "وفقما"})  # …، حسبما نقلت رويترز، …
_PLATFORM = frozenset({"منصه", "منصته", "منصتها"})
_ON = frozenset({"في", "خلال"})  # the occasion on which one speaks
_OCCASION = 3  # pieces from the beginning of a sentence within which its noun stands (وفي أول تصريح …)
_UNNAMED = 3  # pieces before ل among which the noun of an unnamed source stands (مصادر سياسية مطلعة لـ …)
_COPY = 8  # pieces after a verb of receiving within which نسخة stands
_SUBJECT = 8  # pieces before ل within which the verb stands whose subject ends there
_GUEST = frozenset({"ضيف", "ضيفه"})
_PROGRAMME = "برنامج"
_MARKED = 6  # pieces from a programme's noun to the mark that closes its name
_TALKED = 7  # pieces before a programme within which a noun of speech stands
_TALK = 4  # pieces before ل among which a noun of speech stands (في تصريح صحفي خاص لـ …)


@dataclass(frozen=True, slots=True)
class Media:
    """Finds media over one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary
    names: MediumNames

    def between(self, first: int, last: int) -> tuple[Stretch, ...]:
        """Return the media named from `first` to `last`, in order."""
        found: list[Stretch] = []
        index = first
        while index <= last:
            stretch = self._at(index, last)
            if stretch is not None:
                found.append(stretch)
                index = stretch[1]
            index += 1
        return tuple(found)

    def opening(self, cue: int) -> tuple[Stretch, ...]:
        """Return the media to which the words were said, as their sentence opens (وفي تصريح لوكالة …، قال فلان إن …); none after another cue."""
        begin, pieces = self.reading.begin[cue], self.reading.pieces
        if pieces[begin].base not in _ON or not any(self.vocabulary.listed(at, "interview") for at in range(begin + 1, min(begin + _OCCASION, cue))):
            return ()
        said = any(at in self.verbs and not self.verbs[at].form.suffix for at in range(begin + _OCCASION, cue))
        return () if said else self.between(begin + 1, cue - 1)

    def informed(self, cue: VerbCue, last: int) -> Stretch | None:
        """Return the medium that a verb says was told, beside its subject (أبلغ مسؤول محلي وكالة … أن …); not the one he works for."""
        if not cue.verb.addressee or cue.verb.prepositions or "clause" not in cue.verb.complements:
            return None
        marked = (cue.at + 1,) if cue.at + 1 in self.reading.quotation_at else ()  # أبلغ «…» مسؤول أن
        return next((told for at in (*marked, *range(cue.at + 2, last + 1)) if (told := self._object(at, last))), None)

    def _object(self, index: int, last: int) -> Stretch | None:
        """Return the medium that begins at a piece, where nothing before it governs it or is one name with it."""
        before, piece = self.reading.pieces[index - 1], self.reading.pieces[index]
        named = piece.entity >= 0 and before.entity == piece.entity
        noun = max(0, index - 2)
        described = self.reading.pieces[noun].key.endswith("ي") or "anonymous" in self.vocabulary.classes(noun)  # مسؤول بحري كبير
        genitive = bool(self.vocabulary.classes(index - 1)) and not (before.definite or described) and before.entity < 0
        counted = self.vocabulary.listed(index - 1, "determiner")  # أحد المزارعين
        if named or genitive or counted or piece.preposition or before.is_mark or self.vocabulary.is_function(index - 1):
            return None
        return self.names.at(index, last, strict=True)

    def carriers(self, first: int, last: int) -> tuple[Stretch, ...]:
        """Return the media from `first` to `last` that a verb says carried what stands before it (تقرير نشرته صحيفة …)."""
        found = (self._carrier(index, last) for index in range(first, last + 1))
        return tuple(stretch for stretch in found if stretch is not None)

    def apart(self, source: Stretch | None, via: tuple[Stretch, ...]) -> tuple[Stretch | None, tuple[Stretch, ...]]:
        """Return a source and the media beside it: none that belongs to its title (المشرف على قنوات …), but those that end it are no part of it.

        مسؤول طلب عدم ذكر اسمه لرويترز · في فتواه التي نشرتها صحيفة …
        """
        if source is None:
            return None, via
        kept = tuple(stretch for stretch in via if not source[0] <= stretch[0] <= source[1] or self._is_heard(stretch, source))
        ending = next((stretch for stretch in kept if source[0] < stretch[0] and stretch[1] == source[1] and not self._carries(stretch[0] - 1)), None)
        return (source[0], ending[0] - 1) if ending else source, kept

    def _is_heard(self, stretch: Stretch, source: Stretch) -> bool:
        """Tell whether a medium within a source was spoken to or carried the words, and is not whom the source works for."""
        first = self.reading.pieces[stretch[0]]
        if stretch[0] == source[0] or "medium" in self.vocabulary.classes(stretch[0]):
            return any(self._carries(at) for at in range(max(source[0], stretch[0] - 2), stretch[0]))
        return first.preposition == "ل" and not self.vocabulary.listed(stretch[0] - 1, "carrier")

    def told(self, index: int, last: int) -> bool:
        """Tell whether ل and a medium stand at a piece."""
        return self._at(index, last) is not None

    def is_medium(self, stretch: Stretch) -> bool:
        """Tell whether a phrase names a medium."""
        return self.names.is_medium(stretch)

    def _at(self, index: int, last: int) -> Stretch | None:
        heard = self._carrier(index, last) or self._receiver(index, last) or self._by_word(index, last)
        return heard or self._programme(index, last) or self._addressed(index, last)

    def _programme(self, index: int, last: int) -> Stretch | None:
        """أكد فلان ضيف برنامج «…» أن · في مداخلة له في برنامج «…» · لبرنامج «…»: a programme in marks in which, or to which, one spoke."""
        pieces = self.reading.pieces
        guest = pieces[index].key in _GUEST
        at = index + 1 if guest and index < last else index
        named = pieces[at].base == _PROGRAMME
        quotation = self.reading.quotation_at.get(at + named) if guest or named else None
        if quotation is None or not quotation.closed or quotation.last > last or quotation.last - at > _MARKED:
            return None
        talks = any(self.vocabulary.listed(near, "interview") for near in range(max(0, index - _TALKED), index))
        there = bool(index) and pieces[index - 1].key in _THROUGH and talks
        return (quotation.first + 1, quotation.inner_last) if guest or there or pieces[at].preposition == "ل" else None

    def _carrier(self, index: int, last: int) -> Stretch | None:
        """نقلتها وكالة … · بثه التلفزيون · أجرته معه مجلة … · خص به صحيفة …: the subject of a verb of transmission with its object's pronoun."""
        return self.names.at(self._past_pronoun(index + 1, last), last, spoken=True, strict=True) if self._carries(index) else None

    def _carries(self, index: int) -> bool:
        cue, key = self.verbs.get(index), self.reading.pieces[index].key
        words = self.lexicon.words["carried"]
        if key in {"به", "بها"}:
            return self.reading.pieces[index - 1].key in self.lexicon.words["favouring"]
        return key in words or key.removeprefix("و") in words or (cue is not None and "relayed" in cue.verb.complements and bool(cue.form.suffix))

    def _past_pronoun(self, index: int, last: int) -> int:
        """Return the piece after a preposition with its pronoun and after a time (نقلتها عنه أمس وكالة …)."""
        while index < last and (self.vocabulary.listed(index, "pronominal") or self.vocabulary.is_time(index)):
            index += 1
        return index

    def _receiver(self, index: int, last: int) -> Stretch | None:
        """في بيان تلقت وكالة … نسخة منه: who says that it has a copy."""
        if self.reading.pieces[index].base not in self.lexicon.words["received"]:
            return None
        copied = any(self.reading.pieces[at].base in ("نسخه", "بنسخه") for at in range(index + 1, min(last, index + _COPY) + 1))
        return self.names.at(index + 1, last, strict=True) if copied else None

    def _by_word(self, index: int, last: int) -> Stretch | None:
        """قال فلان، بحسب رويترز، إن … · … حسبما نقلت عنه وكالة …: an according-to expression amid the clause whose words it gives."""
        key, following = self.reading.pieces[index].key, index + 1
        clausal = following <= last and self.reading.pieces[following].key == "ما"
        if key in _BY_WORD and following <= last and not clausal:
            return self.names.at(following, last, strict=True)
        if key in _BY_WORD or (clausal and key == "علي" and self.reading.pieces[index - 1].is_mark):
            following += 1
        elif key not in _AS_TOLD:
            return None
        if following > last or not self._passes_on(following):
            return None
        return self._brought(self._past_pronoun(following + 1, last), last)

    def _brought(self, start: int, last: int) -> Stretch | None:
        """Return the medium that a verb says brought the words: with a verb, موقع and the like are media too."""
        return self.names.at(start, last, strict=True) or self.names.at(start, last)

    def _passes_on(self, index: int) -> bool:
        """Tell whether a verb says that somebody brought the words (نقلت، ذكرت، نشرت)."""
        return index in self.verbs or self.vocabulary.listed(index, "showing")

    def _addressed(self, index: int, last: int) -> Stretch | None:
        """قال لصحيفة … · في حديث مع قناة … · عبر أثير إذاعة … · لمراسل رويترز: a medium behind a preposition, what belongs to it between them."""
        piece = self.reading.pieces[index]
        detached = piece.key in _TO | _THROUGH | _FROM and not piece.is_mark
        start = index + 1 if detached else index
        attached = "" if detached else piece.preposition
        if not (detached or attached in ("ل", "ب")) or start > last or self._is_excluded(index, start, last):
            return None
        preposition = piece.key if detached else attached
        while start < last and self.vocabulary.listed(start, "carrier"):
            start += 1
        if preposition in ("في", "ب") and not self._is_published(start, index):
            return None
        lone = preposition == "ل" and detached and start not in self.reading.quotation_at  # of a name that lost its marks (قال الوزير ل الخليج)
        spoken = preposition in _TO and (lone or self._is_talk(index) or self._is_told_in_marks(index, start))
        return self.names.at(start, last, spoken=spoken, strict=preposition not in _TO)

    def _is_told_in_marks(self, index: int, mark: int) -> bool:
        """Tell whether ل and a name in marks are whom a cue, a person or an unnamed source speaks to (قالت مصادر لـ«…» · أكد فلان لـ«…»).

        Not whom a title belongs to (الرئيس التنفيذي لـ«…»، المفوض لـ«…» فلان).
        """
        quotation = self.reading.quotation_at.get(mark)
        if quotation is None or not quotation.closed or not index:
            return False
        pieces, following = self.reading.pieces, quotation.last + 1
        if following < len(pieces) and pieces[following].kind == "PER" and index - 1 not in self.verbs:
            return False
        near = range(max(0, index - _UNNAMED), index)
        unnamed = any("anonymous" in self.vocabulary.classes(at) for at in near) and not pieces[index - 1].definite
        alone = pieces[index - 1].definite and index - 2 in self.verbs and self.vocabulary.listed(following, "complementiser")  # قال المدرب لـ«…» إن
        if pieces[index - 1].key in COMMAS and following < len(pieces) and pieces[following].key in COMMAS:
            return True  # أكد الوزير، لـ«…»، أن
        whole = self.vocabulary.listed(following, "complementiser") and self._ends_subject(index - 1)
        return unnamed or alone or whole or self.vocabulary.is_person(index - 1) or index - 1 in self.verbs

    def _ends_subject(self, last: int) -> bool:
        """Tell whether an of-chain right behind a cue ends at a piece: it needs nothing after it (قال وزير الخارجية الإيطالي لـ«…» إن)."""
        verb = next((at for at in range(last - 1, max(0, last - _SUBJECT), -1) if at in self.verbs), None)
        if verb is None or self.reading.pieces[verb + 1].definite or not self.vocabulary.heads(verb + 1):
            return False
        return self.names.phrases.end(verb + 1, last) == last

    def _is_published(self, start: int, index: int) -> bool:
        """Tell whether في or ب and a medium say where one wrote or spoke (في مقال بصحيفة …), not where one works (الصحفي في قناة …)."""
        headed = "medium" in self.vocabulary.classes(start)
        return headed and index > 0 and not self.vocabulary.classes(index - 1) & {"role", "group", "body"}

    def _is_talk(self, index: int) -> bool:
        """Tell whether a noun of speech stands before a preposition, its adjectives between them (في تصريحات خاصة لـ …، خلال لقاء مع …)."""
        for at in range(index - 1, max(-1, index - 1 - _TALK), -1):
            if self.vocabulary.listed(at, "interview"):
                return True
            if self.reading.pieces[at].is_mark or self.vocabulary.is_function(at):
                return False
        return False

    def _is_excluded(self, index: int, start: int, last: int) -> bool:
        """Tell whether what looks like a medium is somebody's own (تابعة لشبكة …، المشرف على قنوات …) or a social network (عبر منصة …)."""
        piece, noun = self.reading.pieces[index], self.reading.pieces[start]
        if piece.key == "عبر" and noun.key in _PLATFORM:
            return True
        if piece.key == "علي" and noun.stem.startswith(_SITES):
            return True  # على موقعها الإلكتروني: where it stands
        before = self.reading.pieces[index - 1] if index else None
        within = before is not None and piece.entity >= 0 and before.entity == piece.entity
        if within and "medium" not in self.vocabulary.classes(start):
            return True  # الهيئة العامة للثورة السورية
        if start == index and noun.definite and before is not None and before.definite and before.entity < 0:
            sure = noun.stem in self.lexicon.words["agency_nationality"] or self.names.listed(start, last) is not None
            return not sure  # المؤسس المشارك للموقع
        owned = any(self.reading.pieces[at].stem.startswith(_OWNERS) for at in range(max(0, index - 2), index))
        return owned or (start < last and self.reading.pieces[start + 1].key == "التواصل")
