"""Which words of a reading name a medium: صحيفة and the like with what follows, a listed name (رويترز), a name in marks (لـ«…»)."""

from __future__ import annotations

from dataclasses import dataclass

from service import outlets
from service.lexicon import Lexicon
from service.noun_phrases import Phrases
from service.reading import CLOSE_BRACKETS, COMMAS, OPEN_BRACKETS, Reading
from service.relations import Stretch
from service.vocabulary import Vocabulary

NAME_WORDS = 6  # words of a medium's name, in marks or after a preposition
_BRACKETED = 16  # pieces from a head to the bracket that closes behind its name, the stops of an abbreviation among them
_KNOWN_WORDS = 5  # words of a listed name, its head and adjectives among them
_RELATIONAL = ("ي", "يه")  # endings of adjectives of relation, as keys
_OUTLETS = frozenset({"وسائل", "وسائط"})  # وسائل إعلام …
_PRESS = ("اعلام", "الاعلام")
_PUBLIC = frozenset({"صحافه", "اعلام"})  # تصريح للصحافة: to all of it
_LOOSE = ("موقع", "مواقع", "شبك", "محط", "بواب", "منص", "وكال")  # heads that other things bear too (موقع الحادث، محطة القطار)


@dataclass(frozen=True, slots=True)
class MediumNames:
    """Tells media by name over one reading."""

    reading: Reading
    lexicon: Lexicon
    vocabulary: Vocabulary
    phrases: Phrases

    def is_medium(self, stretch: Stretch) -> bool:
        """Tell whether a phrase names a medium, by its head (صحيفة) or by its name (رويترز), a preposition on it aside."""
        nationality = stretch[0] == stretch[1] and self._is_nationality(stretch[0])
        return nationality or "medium" in self.vocabulary.classes(stretch[0]) or outlets.is_medium(self.text(*stretch))

    def _is_nationality(self, index: int) -> bool:
        """Tell whether an agency is called by its country's adjective alone (للفرنسية)."""
        piece = self.reading.pieces[index]
        return piece.definite and piece.stem in self.lexicon.words["agency_nationality"]

    def text(self, first: int, last: int) -> str:
        """Return the words of a stretch without the preposition on the first (لرويترز); the article that للـ swallowed is given back."""
        text, piece = self.reading.text(first, last), self.reading.pieces[first]
        if not piece.preposition:
            return text
        bare = text[len(piece.conjunction) + len(piece.preposition) :]
        return f"ا{bare}" if piece.definite and bare.startswith("ل") else bare

    def at(self, start: int, last: int, *, spoken: bool = False, strict: bool = False) -> Stretch | None:
        """Return the medium whose name begins at `start`, at most to `last`.

        `spoken`: a noun of speech stands before it (في تصريح لـ …), which makes a name in marks or a common word (الرأي) a medium's.
        `strict`: a head that names other things too (موقع، محطة) needs a medium's name behind it.
        وسائل الإعلام at large, which one speaks to like الصحفيين, are none where they are not described.
        """
        if start > last:
            return None
        if start in self.reading.quotation_at:
            return self._in_marks(start, last, spoken=spoken)
        if self._is_press(start, last):
            end = self._described(start + 1, last)
            return (start, end) if strict or end > start + 1 or not self.reading.pieces[start + 1].definite else None
        if "medium" in self.vocabulary.classes(start):
            return self._headed(start, last, strict=strict)
        return self.listed(start, last, spoken=spoken)

    def _in_marks(self, mark: int, last: int, *, spoken: bool) -> Stretch | None:
        """Return the medium in marks: a listed one, or any name where a noun of speech stands before it (في حديث لـ«…»)."""
        quotation = self.reading.quotation_at[mark]
        name = (quotation.first + 1, quotation.inner_last)
        if not quotation.closed or quotation.last > last or name[1] - name[0] >= NAME_WORDS - 1:
            return None
        entity = self.reading.entity(name[0])
        if spoken and (entity is None or entity.type != "PER"):
            return name
        return name if outlets.known(self.reading.text(*name)) is not None else None

    def _is_press(self, start: int, last: int) -> bool:
        """Tell whether وسائل إعلام stands here."""
        return start < last and self.reading.pieces[start].stem in _OUTLETS and self.reading.pieces[start + 1].key.startswith(_PRESS)

    def _headed(self, start: int, last: int, *, strict: bool) -> Stretch | None:
        """Return صحيفة and the like with the name that follows: none that belongs to the speaker (موقعه) or is no medium (قناة السويس)."""
        piece = self.reading.pieces[start]
        following = self.reading.pieces[start + 1].key if start < last else ""
        if piece.owned or following in self.lexicon.words["no_medium"]:
            return None
        end = self._attached_end(start, last) if piece.preposition else self.phrases.end(start, last)
        end = max(end, self._bracketed(end, last))
        if piece.stem.startswith(_LOOSE):
            sure = next((at for at in range(end, start, -1) if outlets.is_medium(self.text(start, at))), None)
            if sure is None and strict:
                return None
            end = sure if sure is not None else end
        return (start, end) if end >= start else None

    def _bracketed(self, head: int, last: int) -> int:
        """Return the closing bracket or slash of a name behind its head: لأسبوعية (…)، في صحيفة /…/."""
        opening = self.reading.pieces[head + 1].key if head < last else ""
        closing = ("/",) if opening == "/" else CLOSE_BRACKETS if opening in OPEN_BRACKETS else ()
        return next((at for at in range(head + 2, min(last, head + _BRACKETED) + 1) if self.reading.pieces[at].key in closing), head)

    def _attached_end(self, start: int, last: int) -> int:
        """Return the last piece of a phrase whose first word bears its preposition (لوكالة …)."""
        if self.reading.pieces[start].definite:  # للإذاعة الفلسطينية الرسمية, للصحيفة الأسبوعية «…»
            end = self._described(start, last)
            marked = self.reading.quotation_at.get(end + 1)
            short = marked is not None and marked.closed and marked.last <= last and marked.last - marked.first <= NAME_WORDS
            return marked.last if marked is not None and short else end
        if start >= last:
            return start
        following = self.reading.pieces[start + 1]
        end = self.phrases.end(start + 1, min(last, start + NAME_WORDS))
        stops = end <= start or following.preposition or following.conjunction or following.key in COMMAS
        return start if stops else end

    def _described(self, start: int, last: int) -> int:
        """Return the last of the adjectives of relation behind a piece (الفلسطينية الرسمية، إعلام محلية)."""
        end = start
        while end < last and not self.reading.pieces[end + 1].is_mark and self._is_adjective(end + 1):
            end += 1
        return end

    def _is_adjective(self, index: int) -> bool:
        piece = self.reading.pieces[index]
        plain = not (piece.preposition or piece.conjunction or self.vocabulary.is_function(index) or self.vocabulary.is_time(index))
        return plain and (piece.key.endswith(_RELATIONAL) or self.vocabulary.listed(index, "attribute"))  # الإذاعة العامة الإسرائيلية

    def listed(self, start: int, last: int, *, spoken: bool = False) -> Stretch | None:
        """Return the longest listed name that begins here; one that is a common word too (الرأي) only where it is spoken to."""
        for end in range(min(last, start + _KNOWN_WORDS - 1), start - 1, -1):
            text = self.text(start, end)
            named = outlets.is_medium(text) or (spoken and outlets.known(text) is not None and self.reading.pieces[start].stem not in _PUBLIC)
            if named and not self.reading.pieces[end].is_mark:
                return start, max(end, self._bracketed(end, last))
        return (start, start) if self._is_nationality(start) else None
