"""How each construction makes a relation of a cue: one function a construction, surface forms in its docstring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service import outlets
from service.attribution import Construction
from service.contents import Contents, Opener, Opening
from service.cues import AccordingToCue, VerbCue, according_to_cues, verb_cues
from service.lexicon import Lexicon
from service.lexicon.inflection import Part
from service.noun_phrases import Phrases, surnames
from service.reading import COLON, COMMAS, Reading
from service.relations import Relation, Stretch
from service.sources import Sources

LEAD = 8  # pieces from a clause's start within which its main verb stands
LOOKED_FOR = 16  # pieces within which قوله may follow the description of a source
UNCUED_WORDS = 4
HEADLINE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Constructions:
    """Every relation of one reading; `title` is the headline's paragraph, where a bare colon attributes."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    according_to: dict[int, AccordingToCue]
    contents: Contents
    sources: Sources
    title: int | None

    def relations(self) -> list[Relation]:
        """Return the relations in the order of their cues, each content claimed once."""
        found: list[Relation] = []
        for index in range(len(self.reading.pieces)):
            cue = self.verbs.get(index)
            relation = self._from_verb(cue, found) if cue is not None else None
            if relation is not None and not self._claimed(relation, found):
                found.append(relation)
        found += self._headline()
        for phrase in self.according_to.values():
            relation = self._according_to(phrase, found)
            if relation is not None:
                found.append(relation)
        found += self._uncued(found)
        return sorted(found, key=lambda relation: relation.at)

    def _from_verb(self, cue: VerbCue, found: list[Relation]) -> Relation | None:
        if any(phrase.verb is cue for phrase in self.according_to.values() if phrase.at <= cue.at <= phrase.last):
            return None
        if cue.at and not self.reading.pieces[cue.at - 1].is_mark and any(relation.first == cue.at and relation.cue for relation in found[-4:]):
            return None  # what heads a nominal content is a verbal noun (طلب … كشف مصادر …)
        if cue.form.part is Part.PARTICIPLE:
            return self._circumstantial(cue, found)
        if cue.form.part is Part.MASDAR:
            return self._nominal(cue)
        if "relayed" in cue.verb.complements:
            return self._relay(cue)
        return self._clause(cue)

    def _claimed(self, relation: Relation, found: list[Relation]) -> bool:
        """Tell whether another cue has this very content already (رد قائلا «…»)."""
        return any(other.content == relation.content for other in found[-8:])

    def _clause(self, cue: VerbCue) -> Relation | None:
        """قال فلان إن … · فلان قال إن … · قال فلان: «…» · شدد على … · «…»، قال فلان."""
        opening = self.contents.opening(cue.verb, cue.at)
        if opening is None:
            return self._postposed(cue)
        content = self.contents.extent(opening)
        if not content:
            return None
        construction = Construction.COLON if opening.opener is Opener.COLON else Construction.CLAUSE
        relation = self._relation(construction, cue, opening, content)
        if "document" in cue.verb.complements:
            return self._written(relation, cue, opening)
        if relation.source is None and not self._may_drop(cue):
            return None
        if opening.opener in (Opener.OBJECT, Opener.PREPOSITION):
            mute = relation.source is not None and not self.sources.speaks(relation.source)
            words = sum(not self.reading.pieces[at].is_mark for at in range(relation.first, relation.last + 1))
            if words < (3 if opening.opener is Opener.OBJECT else 2) or mute and (cue.verb.speakers_only or opening.opener is Opener.OBJECT):
                return None
        return relation

    def _written(self, relation: Relation, cue: VerbCue, opening: Opening) -> Relation | None:
        """جاء في البيان أن … · ورد فيه أن …: what stands after في speaks."""
        following = cue.at + 1
        if following > opening.zone_last:
            return None
        if self.reading.pieces[following].key in ("فيه", "فيها"):
            return replace(relation, source=None)
        if self.reading.pieces[following].key != "في":
            return None
        source = self.sources.phrase_at(following + 1, opening.zone_last)
        return replace(relation, source=source) if source is not None and self.sources.speaks(source) else None

    def _may_drop(self, cue: VerbCue) -> bool:
        """Tell whether a verb can go without a written subject here: not after ما or مما, nor an imperfect after a noun that cannot speak."""
        before = self.reading.pieces[cue.at - 1] if cue.at else None
        if before is None or before.is_mark or cue.coordinated or cue.form.person == "1":
            return True
        if before.key in ("ما", "مما", "بما"):
            return False
        return not (cue.form.imperfect or cue.verb.speakers_only) or self.sources.phrases.is_function(cue.at - 1) or self.sources.phrases.is_time(cue.at - 1)

    def _relation(self, construction: Construction, cue: VerbCue, opening: Opening, content: tuple[Stretch, ...]) -> Relation:
        source = self.sources.subject(cue, opening.zone_last)
        via = self.sources.media(cue.at + 1, opening.zone_last)
        quoting = next((at for at in range(cue.at + 1, opening.zone_last) if self.reading.pieces[at].key == "نقلا"), None)
        if quoting is not None:  # ذكرت أ نقلا عن ب أن: b speaks, a passed it on
            quoted = self.sources.in_zone(quoting + 2, opening.zone_last)
            if quoted is not None:
                via, source = ((source,) if source else ()), quoted
        return Relation(construction, cue.verb.id, (cue.at, cue.at), source, content, opening.skip, cue.form, None, tuple(v for v in via if v != source))

    def _postposed(self, cue: VerbCue) -> Relation | None:
        """«…»، قال فلان · «…» كما أضاف فلان: a quotation right before a cue that has none after it."""
        if "quotation" not in cue.verb.complements or cue.form.suffix:
            return None
        index = cue.at - 1
        while index >= 0 and (self.reading.pieces[index].key in COMMAS or self.reading.pieces[index].key in ("كما", "هكذا", "هذا", "ما")):
            index -= 1
        quotation = next((q for q in self.reading.quotations if q.last == index or not q.closed and q.last == index), None) if index >= 0 and cue.at - index <= 3 else None
        if quotation is None or quotation.inner_last - quotation.first < UNCUED_WORDS:
            return None
        limit = min(self.reading.stop[cue.at], cue.at + 20)
        source = self.sources.in_zone(cue.at + 1, limit)
        return Relation(Construction.CLAUSE, cue.verb.id, (cue.at, cue.at), source, ((quotation.first + 1, quotation.inner_last),), 0, cue.form)

    def _circumstantial(self, cue: VerbCue, found: list[Relation]) -> Relation | None:
        """…، مشيرا إلى أن … · … قائلا: «…»: the source is the governing cue's, or its clause's subject."""
        previous = self.reading.pieces[cue.at - 1] if cue.at else None
        opening = self.contents.opening(cue.verb, cue.at)
        if opening is None or previous is not None and previous.key in ("كان", "كانت", "ليس", "بات", "يكون"):
            return None
        content = self.contents.extent(opening)
        if not content or not self._is_state(cue, opening):
            return None
        governor = self._governor(cue, found)
        via = self.sources.media(cue.at + 1, opening.zone_last)
        source = None if governor is not None else self.sources.in_zone(cue.at + 1, opening.zone_last)
        if governor is None and source is None:
            source = self._unfinished_subject(cue) or self.sources.sentence_subject(cue.at)
            written = None
        else:
            written = source
        relation = Relation(Construction.CIRCUMSTANTIAL, cue.verb.id, (cue.at, cue.at), written or source, content, opening.skip, cue.form, governor.at if governor else None, via)
        return relation

    def _is_state(self, cue: VerbCue, opening: Opening) -> bool:
        """Tell whether a participle says in what state its subject goes on: its content, a circumstance or whom it addresses follows it, not any noun."""
        following = cue.at + 1
        if opening.at <= following + 1 or cue.verb.addressee or opening.opener is Opener.OBJECT or following in self.reading.quotation_at:
            return True
        phrases, piece = self.sources.phrases, self.reading.pieces[following]
        return bool(piece.preposition) or piece.is_mark or phrases.is_function(following) or phrases.is_time(following) or phrases.heads(following)

    def _governor(self, cue: VerbCue, found: list[Relation]) -> Relation | None:
        """Return the relation whose source a participle shares: the last of its sentence that is not itself reported in it."""
        begin, around = self.reading.begin[cue.at], self.reading.inside[cue.at]
        here = [r for r in found[-12:] if r.cue and begin <= r.at < cue.at and self.reading.inside[r.at] is around]
        outer = [r for r in here if not any(other.holds(r) for other in here)]
        last = outer[-1] if outer else None
        if last is None:
            return None
        between = [at for at, other in self.verbs.items() if last.last < at < cue.at and other.form.part is Part.FINITE and other.coordinated]
        return None if between else last

    def _unfinished_subject(self, cue: VerbCue) -> Stretch | None:
        """Return the subject of the last finite verb of saying before a participle that took its content (رد الوزير قائلا …)."""
        begin = self.reading.begin[cue.at]
        for at in range(cue.at - 1, max(begin, cue.at - 30) - 1, -1):
            other = self.verbs.get(at)
            if other is not None and other.form.part is Part.FINITE:
                return self.sources.subject(other, cue.at - 1)
        return None

    def _nominal(self, cue: VerbCue) -> Relation | None:
        """قوله إن … · تأكيده أن … · تأكيد الوزير أن …: a verbal noun with its complementiser close behind."""
        opening = self.contents.opening(cue.verb, cue.at)
        if opening is None or opening.opener not in (Opener.COMPLEMENTISER, Opener.COLON, Opener.QUOTATION):
            return None
        distance = opening.at - cue.at
        if not cue.form.suffix and (distance > 8 or opening.opener is not Opener.COMPLEMENTISER) or distance > 4 and cue.form.suffix:
            return None
        content = self.contents.extent(opening)
        if not content:
            return None
        source = self.sources.in_zone(cue.at + 1, opening.zone_last) if not cue.form.suffix else None
        if not cue.form.suffix and (source is None or not self.sources.speaks(source)):
            return None
        return Relation(Construction.NOMINAL, cue.verb.id, (cue.at, cue.at), source, content, opening.skip, cue.form)

    def _relay(self, cue: VerbCue) -> Relation | None:
        """نقلت أ عن ب أن … · نقلت أ عن ب قوله إن … · نُقل عن ب أن …: b speaks, a passed it on; نقلت أ أن …: a speaks."""
        opening = self.contents.opening(cue.verb, cue.at) if not cue.form.suffix else None
        if opening is None or opening.opener is Opener.OBJECT:
            return None
        later = next((at for at in range(opening.at, min(self.reading.stop[cue.at], opening.at + LOOKED_FOR)) if self._is_saying(at)), None)
        if later is not None:  # a description of the source opened first (عن مصدر وصفته بأنه مطلع قوله إن …)
            opening = self.contents.opening(cue.verb, later) or opening
        content = self.contents.extent(opening)
        from_ = next((at for at in range(cue.at + 1, opening.zone_last + 1) if self.reading.pieces[at].key in ("عن", "عنه", "عنها", "عنهم")), None)
        if not content:
            return None
        saying = next((at for at in range(opening.zone_last, cue.at, -1) if (c := self.verbs.get(at)) is not None and c.form.part is Part.MASDAR), None)
        if from_ is None:
            return self._relation(Construction.RELAY, cue, opening, content)
        relayer = self.sources.subject(cue, from_ - 1)
        last = saying - 1 if saying is not None else opening.zone_last
        source = self.sources.in_zone(from_ + 1, last) if self.reading.pieces[from_].key == "عن" else None
        at = saying if saying is not None else cue.at
        form = self.verbs[saying].form if saying is not None else None
        return Relation(Construction.RELAY, cue.verb.id, (at, at), source, content, opening.skip, form, None, (relayer,) if relayer else ())

    def _is_saying(self, index: int) -> bool:
        """Tell whether قوله or قولها stands at a piece."""
        cue = self.verbs.get(index)
        return cue is not None and cue.form.part is Part.MASDAR and bool(cue.form.suffix)

    def _headline(self) -> Iterator[Relation]:
        """فلان: … in the headline: a person, organisation or role before the colon, what it says after it."""
        if self.title is None:
            return
        stretch = [index for index, piece in enumerate(self.reading.pieces) if piece.paragraph == self.title]
        colon = next((index for index in stretch[:HEADLINE_WORDS] if self.reading.pieces[index].key == COLON), None)
        if colon is None or colon == stretch[0] or colon == stretch[-1]:
            return
        if any(index in self.verbs and self.verbs[index].form.part is Part.FINITE for index in range(stretch[0], colon)):
            return
        source = (stretch[0], colon - 1)
        entity = self.reading.entity(stretch[0])
        if not self.sources.speaks(source) or entity is not None and entity.type == "LOC" and len(stretch) - colon < 4:
            return
        content = self.contents.extent(Opening(Opener.COLON, colon + 1, colon - 1))
        if content:
            yield Relation(Construction.COLON, "headline", (colon, colon), source, content)

    def _according_to(self, phrase: AccordingToCue, found: list[Relation]) -> Relation | None:
        """وفقا لفلان … · …، بحسب فلان · حسبما ذكر فلان · على حد قوله; over an attribution with its own speaker a medium is its via."""
        limit = min(self.reading.stop[phrase.last], phrase.last + 40)
        source = self.sources.party(phrase)
        if source is None and not phrase.own:
            return None
        fronted = self.reading.begin[phrase.at] == phrase.at or self.reading.begin[phrase.at] == phrase.at - 1 and self.reading.pieces[phrase.at - 1].is_mark
        content = self._clause_after(phrase, source, limit) if fronted else self._clause_before(phrase)
        if content is None:
            return None
        inner = [r for r in found if r.cue and content[0] <= r.at <= content[1] and self.reading.inside[r.at] is self.reading.inside[phrase.at]]
        leads = any(r.at - content[0] <= LEAD for r in inner)
        if source is not None and leads and self._relays(source):
            outer = sorted((r for r in inner if not any(o.holds(r) for o in inner)), key=lambda r: r.at)
            nearest = outer[:1] if fronted else outer[-1:]
            if not fronted and nearest[0].source is None:  # its subject is the relation's before it, and so is its medium
                nearest = outer[-2:]
            for relation in nearest:
                found[found.index(relation)] = replace(relation, via=(*relation.via, source))
            return None
        if phrase.own and inner:
            return None
        form = phrase.verb.form if phrase.verb else None
        return Relation(Construction.ACCORDING_TO, phrase.entry.id, (phrase.at, phrase.last), source, (content,), 0, form)

    def _relays(self, source: Stretch) -> bool:
        return "medium" in self.sources.phrases.classes(source[0]) or outlets.is_medium(self.sources._named(*source))

    def _clause_after(self, phrase: AccordingToCue, source: Stretch | None, limit: int) -> Stretch | None:
        """Return the clause that a fronted expression scopes over: from its comma or from the verb after its party to the sentence's end."""
        start = (source[1] if source else phrase.last) + 1
        while start <= limit and self.reading.pieces[start].key in COMMAS:
            start += 1
        content = self.contents.extent(Opening(Opener.OBJECT, start, start - 1)) if start <= limit else ()
        return content[0] if content else None

    def _clause_before(self, phrase: AccordingToCue) -> Stretch | None:
        """Return the clause before an expression: back to the last head of a clause in its sentence, else to the sentence's start."""
        last = phrase.at - 1
        begin = self.reading.begin[phrase.at]
        while last >= begin and (self.reading.pieces[last].is_mark and not self._closing(last) or self.reading.pieces[last].key == "وذلك"):
            last -= 1
        start = begin
        for index in range(last - 3, begin, -1):
            piece = self.reading.pieces[index]
            if self.reading.inside[index] is not self.reading.inside[phrase.at]:
                continue
            if piece.key not in ("مما", "حيث", "اسفر", "اسفرت") and self.reading.pieces[index - 1].key not in COMMAS:
                continue
            if piece.key in ("مما", "حيث", "وهي", "وهو", "فهو", "فهي", "لكن", "ولكن", "اسفر", "اسفرت") or piece.base in ("اسفر", "اسفرت"):
                start = index + 1 if piece.key in ("مما", "حيث") else index
                break
        return (start, last) if last - start >= 1 else None

    def _closing(self, index: int) -> bool:
        return any(q.last == index and q.closed for q in self.reading.quotations)

    def _uncued(self, found: list[Relation]) -> Iterator[Relation]:
        """A quotation that opens its paragraph, or follows another directly, with no cue of its own: it goes on the last speaker's."""
        claimed = {first for relation in found for first, _ in relation.content}
        for quotation in self.reading.quotations:
            first = quotation.first
            if first in claimed or first + 1 in claimed or quotation.inner_last - first <= UNCUED_WORDS or self.reading.inside[first] is not None:
                continue
            opens = first == 0 or self.reading.pieces[first - 1].paragraph != self.reading.pieces[first].paragraph
            after = quotation.last + 1
            ends = after >= len(self.reading.pieces) or self.reading.pieces[after].is_mark or self.reading.pieces[after].paragraph != self.reading.pieces[quotation.last].paragraph
            spoken = any(relation.last < first and relation.at < first for relation in found)
            if opens and ends and spoken and not any(r.first <= first <= r.last for r in found):
                yield Relation(Construction.UNCUED, "continued", None, None, ((first + 1, quotation.inner_last),))


def build(reading: Reading, lexicon: Lexicon, title: int | None) -> Constructions:
    """Return the constructions over a reading, its cues found."""
    verbs = verb_cues(reading, lexicon)
    phrases = Phrases(reading, lexicon, verbs, surnames(reading, lexicon.forms.keys() | {key for key, classes in lexicon.nouns.items() if "given" not in classes}))
    sources = Sources(reading, lexicon, verbs, phrases)
    candidates = [cue for cue in according_to_cues(reading, lexicon, verbs) if cue.own or sources.party(cue) is not None]
    free = Contents(reading, lexicon, verbs, phrases, {})
    according_to = {cue.at: cue for cue in candidates if not (cue.entry.follows and (reading.begin[cue.at] == cue.at or cue.verb and free.opening(cue.verb.verb, cue.verb.at)))}
    contents = replace(free, according_to=according_to)
    return Constructions(reading, lexicon, verbs, according_to, contents, sources, title)
