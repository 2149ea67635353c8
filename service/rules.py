"""The rules over one reading, put together: cues, then the relation of each, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass

from service.attribution import Construction
from service.boundaries import Boundaries
from service.constructions import Constructions, constructions
from service.contents import Contents, turning_words
from service.cues import AccordingToCue, VerbCue, according_to_cues, verb_cues
from service.expressions import Expressions
from service.lexicon import Lexicon
from service.media import Media
from service.medium_names import MediumNames
from service.noun_phrases import Phrases
from service.objects import Objects
from service.openings import Openings
from service.parties import Parties
from service.reading import Reading
from service.relations import Opener, Relation
from service.sources import Sources
from service.subjects import Subjects
from service.vocabulary import Vocabulary, surnames


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the rules know of one reading."""

    verbs: dict[int, VerbCue]
    according_to: dict[int, AccordingToCue]
    vocabulary: Vocabulary
    phrases: Phrases
    sources: Sources
    constructions: Constructions
    expressions: Expressions

    def relations(self) -> list[Relation]:
        """Return the relations in the order of their cues, each content claimed once."""
        told = {phrase.verb.at for phrase in self.according_to.values() if phrase.verb is not None}
        told |= {phrase.last for phrase in self.according_to.values() if phrase.own}  # بحسب قوله
        found: list[Relation] = []
        for at in sorted(self.verbs.keys() - told):
            relation = self.constructions.of(self.verbs[at], found)
            if relation is not None and not _is_claimed(relation, found):
                found.append(relation)
        found = sorted([*found, *self.expressions.headlines()], key=_place)
        according: list[Relation] = []
        for phrase in self.according_to.values():
            relation = self.expressions.according_to(phrase, according[-1] if according else None, found)
            if relation is not None:
                according.append(relation)
        found += according
        found += self.expressions.uncued(found)
        return sorted(found, key=_place)


def _place(relation: Relation) -> int:
    return relation.at


_MARKED = 2  # pieces by which إن « may part one claim of a content from another


def _is_claimed(relation: Relation, found: list[Relation]) -> bool:
    """Tell whether another cue has this very content already (رد قائلا «…»)."""
    near = found[-8:]
    if relation.construction is Construction.CIRCUMSTANTIAL:
        return any(0 <= relation.first - other.first <= _MARKED and 0 <= other.last - relation.last <= 1 for other in near)
    return any(other.content == relation.content for other in near)


def apply(reading: Reading, lexicon: Lexicon, title: int | None) -> Rules:
    """Return the rules over a reading, its cues found; `title` is the number of the headline's paragraph."""
    verbs = verb_cues(reading, lexicon)
    vocabulary = Vocabulary(reading, lexicon, verbs, surnames(reading, lexicon.common, lexicon.nouns))
    phrases = Phrases(reading, lexicon, vocabulary)
    parties = Parties(reading, lexicon, vocabulary, phrases)
    sources = Sources(reading, lexicon, vocabulary, parties, Subjects(reading, vocabulary, parties))
    media = Media(reading, lexicon, verbs, vocabulary, MediumNames(reading, lexicon, vocabulary, phrases))
    boundaries = Boundaries(reading, lexicon, verbs, vocabulary)
    objects = Objects(reading, lexicon, verbs, vocabulary, phrases, boundaries)
    openings = Openings(reading, lexicon, vocabulary, boundaries, objects)
    according_to = {cue.at: cue for cue in according_to_cues(reading, lexicon, verbs) if _names_party(cue, sources, openings)}
    contents = Contents(reading, lexicon, verbs, vocabulary, boundaries, openings, according_to, turning_words(lexicon))
    made = constructions(reading, verbs, vocabulary, openings, contents, sources, media)
    expressions = Expressions(reading, verbs, contents, sources, media, title)
    return Rules(verbs, according_to, vocabulary, phrases, sources, made, expressions)


def _names_party(cue: AccordingToCue, sources: Sources, openings: Openings) -> bool:
    """Tell whether an expression names whose word it is, and its verb does not open a clause of its own (كما أكد الوزير أن …)."""
    source = sources.party(cue)
    if not cue.own and source is None:
        return False
    if cue.entry.points_back:
        opening = openings.opening(cue.verb.verb, cue.last) if cue.verb is not None else None
        stated = opening is not None and opening.opener not in (Opener.OBJECT, Opener.PREPOSITION)  # قال ذلك الوزير إن …
        return source is not None and sources.parties.speaks(source) and not stated
    if not cue.entry.follows:
        return True
    opens = cue.verb is not None and openings.opening(cue.verb.verb, cue.verb.at) is not None
    return sources.reading.begin[cue.at] != cue.at and not opens
