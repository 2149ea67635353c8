"""The construction to which a cue belongs, by its form and its verb; verbal nouns make their relations here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.attribution import Construction
from service.circumstantials import Circumstantials
from service.clauses import Clauses
from service.contents import Contents
from service.cues import VerbCue
from service.lexicon.inflection import Part
from service.media import Media
from service.openings import Openings
from service.reading import Reading
from service.relations import Opener, Relation
from service.relays import Relays
from service.sources import Sources
from service.vocabulary import Vocabulary

_MASDAR_REACH = 8  # pieces between a verbal noun and its complementiser
_SUFFIXED_REACH = 4


@dataclass(frozen=True, slots=True)
class Constructions:
    """Makes relations of the verb cues of one reading."""

    reading: Reading
    verbs: dict[int, VerbCue]
    openings: Openings
    contents: Contents
    sources: Sources
    media: Media
    clauses: Clauses
    circumstantials: Circumstantials
    relays: Relays

    def of(self, cue: VerbCue, found: Sequence[Relation]) -> Relation | None:
        """Return the relation of a cue, if it attributes; `found` are those of the cues before it."""
        headed = cue.at > 0 and not self.reading.pieces[cue.at - 1].is_mark
        if headed and any(relation.first == cue.at and relation.cue for relation in found[-4:]):
            return None  # what heads a nominal content is a verbal noun (طلب … كشف مصادر …)
        if cue.form.part is Part.PARTICIPLE:
            return self.circumstantials.of(cue, found)
        if cue.form.part is Part.MASDAR:
            return self._nominal(cue)
        return self.relays.of(cue) if "relayed" in cue.verb.complements else self.clauses.of(cue, found)

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


def constructions(
    reading: Reading, verbs: dict[int, VerbCue], vocabulary: Vocabulary, openings: Openings, contents: Contents, sources: Sources, media: Media
) -> Constructions:
    """Return the constructions over one reading."""
    clauses = Clauses(reading, verbs, vocabulary, openings, contents, sources, media)
    circumstantials = Circumstantials(reading, verbs, vocabulary, openings, contents, sources, media)
    relays = Relays(reading, verbs, openings, contents, sources, media, clauses)
    return Constructions(reading, verbs, openings, contents, sources, media, clauses, circumstantials, relays)
