"""Relations of finite verbs of saying: قال فلان إن … · فلان قال إن … · قال فلان: «…» · شدد على … · «…»، قال فلان · جاء في البيان أن …."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.attribution import Construction
from service.contents import Contents
from service.cues import WHAT, VerbCue, is_verbal_noun
from service.lexicon.inflection import Part
from service.media import Media
from service.openings import Openings
from service.quotations import Quotation
from service.reading import COMMAS, Reading
from service.relations import Opener, Opening, Relation, Stretch
from service.sources import Sources
from service.vocabulary import Vocabulary

QUOTED_WORDS = 4  # words in marks before a cue without a content that are surely its quotation
ISSUING = frozenset({"صادر", "صادره", "صادرا", "صدر", "صدرت", "الصادر", "الصادره"})
"""The stems with which a document is said to come from somebody (بيان صادر عن …)."""
_POSTPOSED_REACH = 4  # pieces between a closing mark and the cue after it
_SUBJECT_REACH = 20  # pieces after a postposed cue within which its subject ends
_OBJECT_REACH = 12  # pieces after a verb of renewal within which its verbal noun stands
_OBJECT_WORDS = 3  # a shorter noun phrase is what was done, not what was said
_ISSUED = 16  # pieces between whom a document came from and what stands in it
_FROM = frozenset({"عن", "عنه", "عنها", "عنهم"})


@dataclass(frozen=True, slots=True)
class Clauses:
    """Makes relations of the finite verbs of one reading."""

    reading: Reading
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary
    openings: Openings
    contents: Contents
    sources: Sources
    media: Media

    def of(self, cue: VerbCue, found: Sequence[Relation]) -> Relation | None:
        """قال فلان إن … · فلان قال إن … · قال فلان: «…» · شدد على … · أكد ضرورة … · «…»، قال فلان · جاء في البيان أن …."""
        opening = self.openings.opening(cue.verb, cue.at)
        renewed = self._renewed(cue, opening)
        renewal = self._renewal(cue, renewed) if renewed is not None else None
        if renewal is not None:
            return renewal
        if opening is None:
            return self._postposed(cue)
        content = self._broken(cue, opening) or self._within(self.contents.extent(opening), found)
        if not content or self._is_setting(opening, content):
            return None
        construction = Construction.COLON if opening.opener is Opener.COLON else Construction.CLAUSE
        relation = self.relation(construction, cue, opening, content)
        if "document" in cue.verb.complements:
            return self._written(relation, cue, opening)
        if self._is_idle(relation, cue) or (relation.source is None and not self._may_drop(cue, opening)):
            return None
        return relation if opening.opener not in (Opener.OBJECT, Opener.PREPOSITION) or self._is_said(relation, cue, opening) else None

    def _is_idle(self, relation: Relation, cue: VerbCue) -> bool:
        """Tell whether a verb that goes on with a speech has a subject that cannot speak, and grows (زاد الطين بلة أن …، زادت المشتريات …)."""
        mute = relation.source is not None and not self.sources.parties.speaks(relation.source)
        return cue.verb.continues and cue.verb.speakers_only and mute

    def _within(self, content: tuple[Stretch, ...], found: Sequence[Relation]) -> tuple[Stretch, ...]:
        """Return a content up to that of the cue around it (قالت فلانة، التي اتهمت المدير بالتقصير، إن …)."""
        if not content:
            return ()
        first, last = content[0]
        outer = next((relation.first for relation in reversed(found[-4:]) if relation.cue and first < relation.first <= last), None)
        if outer is None:
            return content
        last = outer - 1
        while last >= first and (self.reading.pieces[last].is_mark or self.reading.pieces[last].key in ("الي", "علي", "عن")):
            last -= 1
        return ((first, last),) if first <= last else ()

    def _is_setting(self, opening: Opening, content: tuple[Stretch, ...]) -> bool:
        """Tell whether what a verb governs is where it was said: قائلا follows it and brings the words themselves (صرح بالعاصمة قائلا …)."""
        following = self.verbs.get(content[-1][1] + 1)
        return (
            opening.opener is Opener.PREPOSITION
            and following is not None
            and bool(following.verb.adverbials)
            and not following.verb.prepositions
            and following.form.part is Part.PARTICIPLE
        )

    def _renewed(self, cue: VerbCue, opening: Opening | None) -> int | None:
        """Return the verbal noun that is a verb's object: what its content opens with or, after a verb of renewal, one with the article."""
        if opening is not None and opening.opener is Opener.OBJECT and is_verbal_noun(self.verbs, opening.at):
            return opening.at
        if "renewal" not in cue.verb.complements:
            return None
        upper = min(self.reading.stop[cue.at], cue.at + _OBJECT_REACH)
        bare = (at for at in range(cue.at + 1, upper + 1) if not self.reading.pieces[at].preposition)
        return next((at for at in bare if is_verbal_noun(self.verbs, at)), None)

    def _renewal(self, cue: VerbCue, at: int) -> Relation | None:
        """جدد فلان التأكيد على … · كرر تحذيره من أن …: the verbal noun is the cue, the verb's subject the source."""
        noun = self.verbs[at]
        inner = self.openings.opening(noun.verb, noun.at)
        content = self.contents.extent(inner) if inner is not None else ()
        if inner is None or not content:
            return None
        source = self.sources.subject(cue, at - 1)
        return Relation(Construction.NOMINAL, noun.verb.id, (noun.at, noun.at), source, content, inner.skip, cue.form)

    def _broken(self, cue: VerbCue, opening: Opening) -> tuple[Stretch, ...]:
        """«…»، قال فلان، «…»: both stretches of a quotation that its cue breaks."""
        before = self._quotation_before(cue)
        if before is None or opening.opener is not Opener.QUOTATION or not self.reading.pieces[opening.at - 1].is_mark:
            return ()
        return (*self.contents.inside(before), *self.contents.extent(opening))

    def _is_said(self, relation: Relation, cue: VerbCue, opening: Opening) -> bool:
        """Tell whether a nominal content states what was said: it is long enough, and its subject can speak."""
        words = sum(not self.reading.pieces[at].is_mark for at in range(relation.first, relation.last + 1))
        if words < (_OBJECT_WORDS if opening.opener is Opener.OBJECT else _OBJECT_WORDS - 1):
            return False
        related = self.vocabulary.listed(cue.at - 1, "relative") and not self.vocabulary.is_proposition(opening.at)
        if related and (opening.opener is Opener.OBJECT or words <= _OBJECT_WORDS):
            return False  # الطبيب الذي أعلن وفاتها: what he did tells who is meant
        mute = relation.source is not None and not self.sources.parties.speaks(relation.source)
        return not (mute and (cue.verb.speakers_only or opening.opener is Opener.OBJECT))

    def _written(self, relation: Relation, cue: VerbCue, opening: Opening) -> Relation | None:
        """جاء في البيان أن … · ورد فيه أن …: what stands after في speaks."""
        following = cue.at + 1
        key = self.reading.pieces[following].key if following <= opening.zone_last else ""
        if key in ("فيه", "فيها"):
            return replace(relation, source=self._issuer(cue))
        if key == "علي" and self.reading.pieces[following + 1].key == "لسان":  # جاء على لسان المتحدث أن …
            source = self.sources.parties.at(following + 2, opening.zone_last) if following + 2 <= opening.zone_last else None
            return replace(relation, source=source) if source is not None else None
        source = self.sources.parties.at(following + 1, opening.zone_last) if key == "في" and following < opening.zone_last else None
        if source is None or not self.sources.parties.speaks(source):
            return None
        passes_on = relation.construction is Construction.RELAY  # جاء في تقرير … نقلا عن ب قوله: …: b speaks
        carriers = self.media.between(source[0] + 1, source[1]) or (source,)  # تقرير نشره موقع …
        return replace(relation, via=carriers[:1]) if passes_on else replace(relation, source=source)

    def _issuer(self, cue: VerbCue) -> Stretch | None:
        """Return whom a document that speaks came from, where the words before the verb tell (بيان صادر عن الوزارة جاء فيه …)."""
        floor = max(self.reading.begin[cue.at], cue.at - _ISSUED)
        issued = next(
            (at for at in range(cue.at - 1, floor, -1) if self.reading.pieces[at].key == "عن" and self.reading.pieces[at - 1].stem in ISSUING), None
        )
        return self.sources.parties.at(issued + 1, cue.at - 1) if issued is not None else None

    def _may_drop(self, cue: VerbCue, opening: Opening) -> bool:
        """Tell whether a verb can go without a written subject here: not after ما or مما, nor after a noun that cannot speak.

        A perfect with a clause can: what stands before it may be the end of a circumstance (في مؤتمر صحفي أكد أن …).
        """
        before = self.reading.pieces[cue.at - 1] if cue.at else None
        if before is None or before.is_mark or cue.coordinated or cue.form.person == "1":
            return True
        if before.key in WHAT:
            return cue.names_object  # ما اعتبره تمييزا
        if cue.at - 1 in self.verbs and self.verbs[cue.at - 1].verb.continues:
            return True  # ومضى يقول إن …
        if self.vocabulary.is_function(cue.at - 1) or self.vocabulary.is_time(cue.at - 1):
            return True
        relative = self.vocabulary.listed(cue.at - 1, "relative")
        nominal = opening.opener in (Opener.OBJECT, Opener.PREPOSITION) and not relative
        return not (cue.form.imperfect or cue.verb.speakers_only or nominal)

    def relation(self, construction: Construction, cue: VerbCue, opening: Opening, content: tuple[Stretch, ...]) -> Relation:
        """Return the relation of a verb and its content: whoever says it, and the media it was told to."""
        informed = self.media.informed(cue, opening.zone_last)
        behind = informed is not None and cue.at + 1 not in self.reading.quotation_at
        last = informed[0] - 1 if informed is not None and behind else self._zone_last(cue, opening)
        source = self.sources.subject(cue, last)
        via = (informed,) if informed else self.media.between(cue.at + 1, opening.zone_last)
        quoting = next((at for at in range(cue.at + 1, opening.zone_last) if self.reading.pieces[at].key == "نقلا"), None)
        quoted = self.sources.parties.within(quoting + 2, opening.zone_last) if quoting is not None else None
        named_before = quoting is not None and self.reading.pieces[quoting + 1].key in _FROM - {"عن"}
        if quoted is not None or named_before:  # ذكرت أ نقلا عن ب أن … · أضافت أ نقلا عنه أن …: b speaks, a passed it on
            via = ((source,) if source else ()) + self._told_after(content)
            return Relation(Construction.RELAY, cue.verb.id, (cue.at, cue.at), quoted, content, opening.skip, None, None, via)
        source, via = self.media.apart(source, via)
        via = (*self.media.opening(cue.at), *via, *self._told_after(content))
        return Relation(construction, cue.verb.id, (cue.at, cue.at), source, content, opening.skip, cue.form, None, via)

    def _told_after(self, content: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        """Return the media in what the reporter adds on where it was said (…، وذلك في تصريح لقناة أ)."""
        start, pieces = content[-1][1] + 1, self.reading.pieces
        while start < len(pieces) and pieces[start].is_mark and pieces[start].paragraph == pieces[content[-1][1]].paragraph:
            start += 1
        if start >= len(pieces) or not self.contents.boundaries.is_setting(start):
            return ()
        return self.media.between(start + 1, self.reading.stop[start])

    def _zone_last(self, cue: VerbCue, opening: Opening) -> int:
        """Return the last piece at which a subject may end: before من and whom something is asked of (طلبت المحكمة من الشركة أن …)."""
        if "request" not in cue.verb.complements:
            return opening.zone_last
        asked = self.openings.objects.asked(cue.at, opening.zone_last)
        return asked - 1 if asked is not None and asked > cue.at + 1 else opening.zone_last

    def _postposed(self, cue: VerbCue) -> Relation | None:
        """«…»، قال فلان · «…» كما أضاف فلان: a quotation right before a cue that has none after it."""
        quotation = self._quotation_before(cue)
        content = self.contents.inside(quotation) if quotation is not None else ()
        if quotation is None or not content or quotation.inner_last - quotation.first < QUOTED_WORDS:
            return None
        limit = min(self.reading.stop[cue.at], cue.at + _SUBJECT_REACH)
        heard = self.media.between(cue.at + 1, self._phrase_last(cue.at, limit))
        source, via = self.media.apart(self.sources.parties.within(cue.at + 1, limit), heard)
        return Relation(Construction.CLAUSE, cue.verb.id, (cue.at, cue.at), source, content, 0, cue.form, None, via)

    def _phrase_last(self, cue: int, limit: int) -> int:
        """Return the last piece of the words after a postposed cue that no further verb of saying takes over."""
        return next((at - 1 for at in range(cue + 1, limit + 1) if at in self.verbs and not is_verbal_noun(self.verbs, at)), limit)

    def _quotation_before(self, cue: VerbCue) -> Quotation | None:
        """Return the quotation that ends right before a cue, a comma or كما between them."""
        told = bool(cue.form.suffix) and not (cue.at and self.reading.pieces[cue.at - 1].key in WHAT)  # but «…»، هذا ما قاله فلان
        if "quotation" not in cue.verb.complements or told or cue.coordinated:
            return None
        index = cue.at - 1
        while index >= 0 and (self.reading.pieces[index].key in COMMAS or self.reading.pieces[index].key in ("كما", "هكذا", "هذا", "وهذا", "ما")):
            index -= 1
        return self.reading.quotation_ending.get(index) if cue.at - index <= _POSTPOSED_REACH else None
