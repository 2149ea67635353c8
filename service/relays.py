"""Relations of verbs of transmission, which tell a speaker and who passed his words on: نقلت أ عن ب أن … · نسبت أ إلى ب قوله إن …."""

from __future__ import annotations

from dataclasses import dataclass

from service.attribution import Construction
from service.clauses import Clauses
from service.contents import Contents
from service.cues import VerbCue, is_verbal_noun
from service.media import Media
from service.openings import Openings
from service.reading import Reading
from service.relations import Opener, Relation, Stretch
from service.sources import Sources

_LOOKED_FOR = 16  # pieces within which قوله may follow the description of a source
_ACT_REACH = 30  # pieces after a verb of transmission within which the verbal noun stands that tells what its source did
_PREPOSITIONS = frozenset({"عن", "من", "الي"})  # before whom a relay quotes by name


@dataclass(frozen=True, slots=True)
class Relays:
    """Makes relations of the verbs of transmission of one reading; one that quotes nobody is told like a clause."""

    reading: Reading
    verbs: dict[int, VerbCue]
    openings: Openings
    contents: Contents
    sources: Sources
    media: Media
    clauses: Clauses

    def of(self, cue: VerbCue) -> Relation | None:
        """نقلت أ عن ب أن … · نقلت أ عن ب قوله إن … · نُقل عن ب أن …: b speaks, a passed it on; نقلت أ أن …: a speaks."""
        opening = self.openings.opening(cue.verb, cue.at) if not cue.form.suffix else None
        if opening is None or opening.opener is Opener.OBJECT:
            return self._act(cue)
        upper = min(self.reading.stop[cue.at], opening.at + _LOOKED_FOR)
        later = next((at for at in range(opening.at, upper) if self._is_own_saying(at)), None)
        if later is not None:  # a description of the source opened first (عن مصدر وصفته بأنه مطلع قوله إن …)
            opening = self.openings.opening(cue.verb, later) or opening
        content = self.contents.extent(opening)
        if not content:
            return None
        quoting = next((at for at in range(cue.at + 1, opening.zone_last + 1) if self.reading.pieces[at].key in cue.verb.quoting), None)
        if quoting is None:
            relation = self.clauses.relation(Construction.RELAY, cue, opening, content)
            return relation if not cue.verb.media_only or self._is_of_medium(relation.source) else None
        saying = next((at for at in range(opening.zone_last, cue.at, -1) if is_verbal_noun(self.verbs, at)), None)
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

    def _act(self, cue: VerbCue) -> Relation | None:
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

    def _is_own_saying(self, index: int) -> bool:
        """Tell whether قوله, تأكيدها or the like stands at a piece."""
        return is_verbal_noun(self.verbs, index) and bool(self.verbs[index].form.suffix)
