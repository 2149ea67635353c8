"""Media that the words of a clause say it was told to or carried by: لصحيفة …, في حديث لقناة …, تصريحات نقلتها وكالة …."""

from __future__ import annotations

from dataclasses import dataclass

from service import outlets
from service.cues import VerbCue
from service.lexicon import Lexicon
from service.lexicon.outlets import OutletKind
from service.noun_phrases import Phrases
from service.reading import COMMAS, Reading
from service.relations import Stretch
from service.vocabulary import Vocabulary

NAME_WORDS = 6  # words of a medium's name, in marks or after a preposition
_SITES = ("موقع", "شبك", "صفح", "حساب", "مدون")
_RELATIONAL = ("ي", "يه")  # endings of adjectives of relation, as keys
_OWNERS = ("تابع", "مشرف", "قائم")
_TO = frozenset({"ل", "مع", "الي", "علي", "من", "عن", "عبر", "ب"})


@dataclass(frozen=True, slots=True)
class Media:
    """Finds media over one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary
    phrases: Phrases

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

    def told(self, index: int, last: int) -> bool:
        """Tell whether ل and a medium stand at a piece."""
        return self._at(index, last) is not None

    def is_medium(self, stretch: Stretch) -> bool:
        """Tell whether a phrase names a medium, by its head (صحيفة) or by its name (رويترز), a preposition on it aside."""
        text = self.reading.text(*stretch)
        return "medium" in self.vocabulary.classes(stretch[0]) or outlets.is_medium(text[1:] if self.reading.pieces[stretch[0]].preposition else text)

    def _at(self, index: int, last: int) -> Stretch | None:
        piece = self.reading.pieces[index]
        if self._carries(index):
            return self._named(index + 1, self.phrases.end(index + 1, last)) if index < last else None
        detached = piece.key in _TO and not piece.is_mark
        start = index + 1 if detached else index
        if not (detached or piece.preposition == "ل") or start > last or self._is_excluded(index, start, last):
            return None
        if piece.key == "علي" and self.reading.pieces[start].stem.startswith(_SITES):
            return None  # على موقعها الإلكتروني: where it stands
        if start in self.reading.quotation_at:
            return self._agency(start, last)
        return self._named(start, self.phrases.end(start, last) if detached else self._attached_end(start, last))

    def _named(self, first: int, last: int) -> Stretch | None:
        return (first, last) if last >= first and self.is_medium((first, last)) else None

    def _agency(self, mark: int, last: int) -> Stretch | None:
        """Return the agency in marks after ل.

        «لـ«…» without صحيفة or وكالة before it names the paper one reads, in 95 of 97 cases counted in 1,628 articles; agencies alone are others.
        """
        quotation = self.reading.quotation_at[mark]
        name = (quotation.first + 1, quotation.inner_last)
        if not quotation.closed or quotation.last > last or name[1] - name[0] >= NAME_WORDS - 1:
            return None
        entry = outlets.known(self.reading.text(*name))
        return name if entry is not None and entry.kind is OutletKind.AGENCY else None

    def _is_excluded(self, index: int, start: int, last: int) -> bool:
        """Tell whether what looks like a medium is somebody's own (تابعة لشبكة …، المشرف على قنوات …) or a social network (عبر منصة …)."""
        if self.reading.pieces[index].key == "عبر" and self.reading.pieces[start].key in ("منصه", "منصته", "منصتها"):
            return True
        noun, before = self.reading.pieces[start], self.reading.pieces[index - 1] if index else None
        if start == index and noun.definite and before is not None and before.definite and before.entity < 0:
            return True  # المؤسس المشارك للموقع
        owned = any(self.reading.pieces[at].stem.startswith(_OWNERS) for at in range(max(0, index - 2), index))
        return owned or (start < last and self.reading.pieces[start + 1].key == "التواصل")

    def _carries(self, index: int) -> bool:
        """Tell whether a verb of transmission with its object's pronoun stands here (تصريحات نقلتها وكالة …، وبثها التلفزيون)."""
        cue, key = self.verbs.get(index), self.reading.pieces[index].key
        carried = key in self.lexicon.words["carried"] or key.removeprefix("و") in self.lexicon.words["carried"]
        return carried or (cue is not None and "relayed" in cue.verb.complements and bool(cue.form.suffix))

    def _attached_end(self, start: int, last: int) -> int:
        """Return the last piece of a phrase whose first word bears its preposition (لوكالة …)."""
        if self.reading.pieces[start].definite:  # للإذاعة الفلسطينية الرسمية
            end = start
            while end < last and self.reading.pieces[end + 1].definite and self.reading.pieces[end + 1].key.endswith(_RELATIONAL):
                end += 1
            return end
        if start >= last:
            return start
        following = self.reading.pieces[start + 1]
        end = self.phrases.end(start + 1, min(last, start + NAME_WORDS))
        stops = end <= start or following.preposition or following.conjunction or following.key in COMMAS
        return start if stops else end
