"""How each construction of a verb of saying makes a relation of a cue: one function a construction, surface forms in its docstring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.attribution import Construction
from service.contents import Contents
from service.cues import VerbCue
from service.lexicon.inflection import Part
from service.media import Media
from service.openings import Openings
from service.quotations import Quotation
from service.reading import COMMAS, Reading
from service.relations import Opener, Opening, Relation, Stretch
from service.sources import Sources
from service.vocabulary import Vocabulary

QUOTED_WORDS = 4  # words in marks before a cue without a content that are surely its quotation
_POSTPOSED_REACH = 3  # pieces between a closing mark and the cue after it
_SUBJECT_REACH = 20  # pieces after a postposed cue within which its subject ends
_GOVERNOR_REACH = 30  # pieces before a participle within which the verb stands that took no content
_LOOKED_FOR = 16  # pieces within which قوله may follow the description of a source
_MASDAR_REACH = 8  # pieces between a verbal noun and its complementiser
_SUFFIXED_REACH = 4
_ACT_REACH = 30  # pieces after a verb of transmission within which the verbal noun stands that tells what its source did
_OBJECT_REACH = 12  # pieces after a verb of renewal within which its verbal noun stands
_OBJECT_WORDS = 3  # a shorter noun phrase is what was done, not what was said
_ISSUED = 16  # pieces between whom a document came from and what stands in it
_ISSUING = frozenset({"صادر", "صادره", "صادرا", "صدر", "صدرت", "الصادر", "الصادره"})
_FROM = frozenset({"عن", "عنه", "عنها", "عنهم"})
_PREPOSITIONS = frozenset({"عن", "من", "الي"})  # before whom a relay quotes by name
_COPULAS = frozenset({"كان", "كانت", "ليس", "بات", "يكون"})


@dataclass(frozen=True, slots=True)
class Constructions:
    """Makes relations of the verb cues of one reading."""

    reading: Reading
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary
    openings: Openings
    contents: Contents
    sources: Sources
    media: Media

    def of(self, cue: VerbCue, found: Sequence[Relation]) -> Relation | None:
        """Return the relation of a cue, if it attributes; `found` are those of the cues before it."""
        headed = cue.at > 0 and not self.reading.pieces[cue.at - 1].is_mark
        if headed and any(relation.first == cue.at and relation.cue for relation in found[-4:]):
            return None  # what heads a nominal content is a verbal noun (طلب … كشف مصادر …)
        if cue.form.part is Part.PARTICIPLE:
            return self._circumstantial(cue, found)
        if cue.form.part is Part.MASDAR:
            return self._nominal(cue)
        return self._relay(cue) if "relayed" in cue.verb.complements else self._clause(cue, found)

    def _clause(self, cue: VerbCue, found: Sequence[Relation]) -> Relation | None:
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
        relation = self._relation(construction, cue, opening, content)
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
            and following.form.part is Part.PARTICIPLE
        )

    def _renewed(self, cue: VerbCue, opening: Opening | None) -> int | None:
        """Return the verbal noun that is a verb's object: what its content opens with or, after a verb of renewal, one with the article."""
        if opening is not None and opening.opener is Opener.OBJECT and self._is_verbal_noun(opening.at):
            return opening.at
        if "renewal" not in cue.verb.complements:
            return None
        upper = min(self.reading.stop[cue.at], cue.at + _OBJECT_REACH)
        bare = (at for at in range(cue.at + 1, upper + 1) if not self.reading.pieces[at].preposition)
        return next((at for at in bare if self._is_verbal_noun(at)), None)

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
        source = self.sources.parties.at(following + 1, opening.zone_last) if key == "في" and following < opening.zone_last else None
        if source is None or not self.sources.parties.speaks(source):
            return None
        passes_on = relation.construction is Construction.RELAY  # جاء في تقرير … نقلا عن ب قوله: …: b speaks
        return replace(relation, via=(source,)) if passes_on else replace(relation, source=source)

    def _issuer(self, cue: VerbCue) -> Stretch | None:
        """Return whom a document that speaks came from, where the words before the verb tell (بيان صادر عن الوزارة جاء فيه …)."""
        floor = max(self.reading.begin[cue.at], cue.at - _ISSUED)
        issued = next(
            (at for at in range(cue.at - 1, floor, -1) if self.reading.pieces[at].key == "عن" and self.reading.pieces[at - 1].stem in _ISSUING), None
        )
        return self.sources.parties.at(issued + 1, cue.at - 1) if issued is not None else None

    def _may_drop(self, cue: VerbCue, opening: Opening) -> bool:
        """Tell whether a verb can go without a written subject here: not after ما or مما, nor after a noun that cannot speak.

        A perfect with a clause can: what stands before it may be the end of a circumstance (في مؤتمر صحفي أكد أن …).
        """
        before = self.reading.pieces[cue.at - 1] if cue.at else None
        if before is None or before.is_mark or cue.coordinated or cue.form.person == "1":
            return True
        if before.key in ("ما", "مما", "بما"):
            return False
        if cue.at - 1 in self.verbs and self.verbs[cue.at - 1].verb.continues:
            return True  # ومضى يقول إن …
        if self.vocabulary.is_function(cue.at - 1) or self.vocabulary.is_time(cue.at - 1):
            return True
        relative = self.vocabulary.listed(cue.at - 1, "relative")
        nominal = opening.opener in (Opener.OBJECT, Opener.PREPOSITION) and not relative
        return not (cue.form.imperfect or cue.verb.speakers_only or nominal)

    def _relation(self, construction: Construction, cue: VerbCue, opening: Opening, content: tuple[Stretch, ...]) -> Relation:
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
        return next((at - 1 for at in range(cue + 1, limit + 1) if at in self.verbs), limit)

    def _quotation_before(self, cue: VerbCue) -> Quotation | None:
        """Return the quotation that ends right before a cue, a comma or كما between them."""
        if "quotation" not in cue.verb.complements or cue.form.suffix or cue.coordinated:
            return None
        index = cue.at - 1
        while index >= 0 and (self.reading.pieces[index].key in COMMAS or self.reading.pieces[index].key in ("كما", "هكذا", "هذا", "ما")):
            index -= 1
        return self.reading.quotation_ending.get(index) if cue.at - index <= _POSTPOSED_REACH else None

    def _circumstantial(self, cue: VerbCue, found: Sequence[Relation]) -> Relation | None:
        """…، مشيرا إلى أن … · … قائلا: «…» · بالقول إن …: the source is the governing cue's, or its clause's subject."""
        previous = self.reading.pieces[cue.at - 1] if cue.at else None
        opening = self.openings.opening(cue.verb, cue.at)
        if opening is None or (previous is not None and previous.key in _COPULAS) or not self._is_state(cue, opening):
            return None
        content = self.contents.extent(opening)
        if not content:
            return None
        governor = self._governor(cue, found)
        via = self.media.between(cue.at + 1, opening.zone_last)
        source = None
        if governor is None:
            unfinished = self._unfinished(cue)
            subject = self.sources.subject(unfinished, cue.at - 1, strict=True) if unfinished is not None else None
            subject = subject if subject is not None and self.sources.parties.speaks(subject) else None
            named = self.sources.parties.within(cue.at + 1, opening.zone_last) if not cue.verb.addressee else None  # سائلا الله أن: whom
            named = named if named is not None and self.vocabulary.heads(named[0]) else None  # رافضا الاتهامات بأن: what
            source = named or subject or self.sources.subjects.of_sentence(cue.at)
            told = unfinished is not None and not any(self.reading.pieces[at].key in COMMAS for at in range(unfinished.at, cue.at))
            via = via or (self.media.between(unfinished.at + 1, cue.at - 1) if unfinished is not None and told else ())
        at = governor.at if governor is not None else None
        return Relation(Construction.CIRCUMSTANTIAL, cue.verb.id, (cue.at, cue.at), source, content, opening.skip, cue.form, at, via)

    def _is_state(self, cue: VerbCue, opening: Opening) -> bool:
        """Tell whether a participle says how its subject goes on: its content, a circumstance or whom it addresses follows it, not any noun."""
        following = cue.at + 1
        if opening.at <= following + 1 or cue.verb.addressee or opening.opener is Opener.OBJECT or following in self.reading.quotation_at:
            return True
        piece = self.reading.pieces[following]
        circumstance = bool(piece.preposition) or piece.is_mark or self.vocabulary.is_function(following) or self.vocabulary.is_time(following)
        return circumstance or self.vocabulary.heads(following) or self.vocabulary.listed(following, "idiom")

    def _governor(self, cue: VerbCue, found: Sequence[Relation]) -> Relation | None:
        """Return the relation whose source a participle shares: the last of its sentence that is not itself reported in it."""
        begin, around = self.reading.begin[cue.at], self.reading.inside[cue.at]
        here = [relation for relation in found[-12:] if relation.cue and begin <= relation.at < cue.at and self.reading.inside[relation.at] is around]
        last = next((relation for relation in reversed(here) if not any(other.holds(relation) for other in here)), None)
        if last is None:
            return None
        between = (self.verbs[at] for at in range(last.last + 1, cue.at) if at in self.verbs and self.verbs[at].form.part is Part.FINITE)
        return None if any(other.coordinated or self.vocabulary.listed(other.at - 1, "clause_opener") for other in between) else last

    def _unfinished(self, cue: VerbCue) -> VerbCue | None:
        """Return the last finite verb of saying before a participle that took its content (رد الوزير قائلا …)."""
        floor = max(self.reading.begin[cue.at], cue.at - _GOVERNOR_REACH)
        for at in range(cue.at - 1, floor - 1, -1):
            other = self.verbs.get(at)
            if other is not None and other.form.part is Part.FINITE:
                return other
        return None

    def _nominal(self, cue: VerbCue) -> Relation | None:
        """قوله إن … · تأكيده أن … · تأكيد الوزير أن …: a verbal noun with its complementiser close behind."""
        opening = self.openings.opening(cue.verb, cue.at)
        if opening is None or opening.opener in (Opener.OBJECT, Opener.PREPOSITION):
            return None
        if any(at in self.verbs and self.verbs[at].form.part is not Part.MASDAR for at in range(cue.at + 1, opening.at)):
            return None  # ختم حديثه قائلا: … · تصريح الوزير الذي أكد أن …
        suffixed, distance = bool(cue.form.suffix), opening.at - cue.at
        if distance > (_SUFFIXED_REACH if suffixed else _MASDAR_REACH) or (not suffixed and opening.opener is not Opener.COMPLEMENTISER):
            return None
        content = self.contents.extent(opening)
        source = None if suffixed else self.sources.parties.within(cue.at + 1, opening.zone_last)
        if not content or (not suffixed and (source is None or not self.sources.parties.speaks(source))):
            return None
        via = self.media.between(cue.at + 1, opening.zone_last)
        source, via = self.media.apart(source, via)
        return Relation(Construction.NOMINAL, cue.verb.id, (cue.at, cue.at), source, content, opening.skip, cue.form, None, via)

    def _relay(self, cue: VerbCue) -> Relation | None:
        """نقلت أ عن ب أن … · نقلت أ عن ب قوله إن … · نُقل عن ب أن …: b speaks, a passed it on; نقلت أ أن …: a speaks."""
        opening = self.openings.opening(cue.verb, cue.at) if not cue.form.suffix else None
        if opening is None or opening.opener is Opener.OBJECT:
            return self._relayed_act(cue)
        upper = min(self.reading.stop[cue.at], opening.at + _LOOKED_FOR)
        later = next((at for at in range(opening.at, upper) if self._is_own_saying(at)), None)
        if later is not None:  # a description of the source opened first (عن مصدر وصفته بأنه مطلع قوله إن …)
            opening = self.openings.opening(cue.verb, later) or opening
        content = self.contents.extent(opening)
        if not content:
            return None
        quoting = next((at for at in range(cue.at + 1, opening.zone_last + 1) if self.reading.pieces[at].key in cue.verb.quoting), None)
        if quoting is None:
            relation = self._relation(Construction.RELAY, cue, opening, content)
            return relation if not cue.verb.media_only or self._is_of_medium(relation.source) else None
        saying = next((at for at in range(opening.zone_last, cue.at, -1) if self._is_verbal_noun(at)), None)
        last = saying - 1 if saying is not None else opening.zone_last
        named = self.reading.pieces[quoting].key in _PREPOSITIONS
        source = self.sources.parties.within(quoting + 1, last) if named else None
        relayer = self.sources.subject(cue, quoting - 1) if named or quoting > cue.at + 1 else self.sources.parties.right_at(quoting + 1, last)
        if cue.verb.media_only and not self._is_of_medium(relayer):
            return None
        at = saying if saying is not None else cue.at
        form = self.verbs[saying].form if saying is not None else None
        via = ((relayer,) if relayer else ()) + (self.media.between(at + 1, opening.zone_last) if saying is not None else ())
        return Relation(Construction.RELAY, cue.verb.id, (at, at), source, content, opening.skip, form, None, via)

    def _relayed_act(self, cue: VerbCue) -> Relation | None:
        """نقلت أ عن ب تحذيره من … · نقلت أ عن ب نفيه وجود …: the verbal noun with the speaker's pronoun is the cue, and governs the content."""
        upper = min(self.reading.stop[cue.at], cue.at + _ACT_REACH)
        prepositions = cue.verb.quoting & _PREPOSITIONS
        quoting = next((at for at in range(cue.at + 1, upper) if self.reading.pieces[at].key in prepositions), None)
        at = next((at for at in range((quoting or upper) + 2, upper) if self._is_own_saying(at)), None)
        if quoting is None or at is None:
            return None
        noun = self.verbs[at]
        inner = self.openings.opening(noun.verb, at)
        content = self.contents.extent(inner) if inner is not None else ()
        source, relayer = self.sources.parties.within(quoting + 1, at - 1), self.sources.subject(cue, quoting - 1)
        if inner is None or not content or source is None:
            return None
        return Relation(Construction.RELAY, noun.verb.id, (at, at), source, content, inner.skip, noun.form, None, (relayer,) if relayer else ())

    def _is_of_medium(self, source: Stretch | None) -> bool:
        """Tell whether a phrase names a medium: by its name or its noun, or in marks, as a paper calls itself (علمت «…» أن)."""
        return source is not None and (source[0] in self.reading.quotation_at or self.media.is_medium(source))

    def _is_verbal_noun(self, index: int) -> bool:
        cue = self.verbs.get(index)
        return cue is not None and cue.form.part is Part.MASDAR

    def _is_own_saying(self, index: int) -> bool:
        """Tell whether قوله, تأكيدها or the like stands at a piece."""
        return self._is_verbal_noun(index) and bool(self.verbs[index].form.suffix)
