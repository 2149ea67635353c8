"""Relations of participles that say how their subject goes on: …، مشيرا إلى أن … · … قائلا: «…» · بالقول إن …."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.attribution import Construction
from service.contents import Contents
from service.cues import VerbCue
from service.lexicon.inflection import Part
from service.media import Media
from service.openings import Openings
from service.reading import COMMAS, Reading
from service.relations import Opener, Opening, Relation
from service.sources import Sources
from service.vocabulary import Vocabulary

_GOVERNOR_REACH = 30  # pieces before a participle within which the verb stands that took no content
_NEAR = 12  # relations before a participle among which the one is that it goes on from
_COPULAS = frozenset({"كان", "كانت", "ليس", "بات", "يكون"})


@dataclass(frozen=True, slots=True)
class Circumstantials:
    """Makes relations of the participles of one reading."""

    reading: Reading
    verbs: dict[int, VerbCue]
    vocabulary: Vocabulary
    openings: Openings
    contents: Contents
    sources: Sources
    media: Media

    def of(self, cue: VerbCue, found: Sequence[Relation]) -> Relation | None:
        """…، مشيرا إلى أن … · … قائلا: «…» · بالقول إن …: the source is the governing cue's, or its clause's subject."""
        previous = self.reading.pieces[cue.at - 1] if cue.at else None
        spoken = self._renewed(cue)
        opening = self.openings.opening(spoken.verb, spoken.at)
        if opening is None or (previous is not None and previous.key in _COPULAS) or not self._is_state(spoken, opening):
            return None
        content = self.contents.extent(opening)
        if not content:
            return None
        if cue.form.plea and any(relation.cue and relation.first < cue.at <= relation.last for relation in found[-_NEAR:]):
            # … إنها منعته بحجة أن …: within what is reported its subject is the reported clause's
            return Relation(Construction.CIRCUMSTANTIAL, cue.verb.id, (cue.at, cue.at), None, content, opening.skip, cue.form)
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
        return Relation(Construction.CIRCUMSTANTIAL, spoken.verb.id, (spoken.at, spoken.at), source, content, opening.skip, cue.form, at, via)

    def _renewed(self, cue: VerbCue) -> VerbCue:
        """Return the verbal noun that a participle of renewal makes the cue (…، مجددا التأكيد على أن …), else the participle."""
        noun = self.verbs.get(cue.at + 1) if "renewal" in cue.verb.complements else None
        return noun if noun is not None and noun.form.part is Part.MASDAR else cue

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
        near = (relation for relation in found[-_NEAR:] if relation.cue and begin <= relation.at < cue.at)
        here = [relation for relation in near if self.reading.inside[relation.at] is around]
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
