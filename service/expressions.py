"""Relations without a verb of their own: according-to expressions, the colon of a headline, quotations that go on without a cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.attribution import Construction
from service.clauses import ISSUING, QUOTED_WORDS
from service.contents import Contents
from service.cues import AccordingToCue, VerbCue
from service.lexicon.inflection import Part
from service.media import Media
from service.pieces import PAUSE
from service.reading import COLON, COMMAS, DASHES, STOPS, Reading
from service.relations import REACH, Opener, Opening, Relation, Stretch
from service.sources import RESUMPTIONS, Sources

_RELAY_REACH = 10  # pieces after a medium within which whom it quotes ends
LEAD = 8  # pieces from a clause's start within which its main verb stands
_LED = 3  # pieces that may stand before a fronted expression (وبالتالي، وفقا لـ …)
_CARRIER_REACH = 10  # pieces after a document within which the medium that carried it stands
_PARTY_GOES_ON = 28  # pieces after a party within which ف shows that its expression leads what follows
_LINK = 5  # pieces within which what links a sentence to the one before ends at its comma
_STOPS_BETWEEN = 3  # marks between the words and whom they are after in a sentence of its own
_LOOSE = frozenset({"وذلك", "وقد", "قد", "حيث"})
_HELD = frozenset("%٪)]")  # marks that belong to the word before them
_NEAR = 8  # relations before an expression among which the one is that it belongs to
_LABEL_ENDS = frozenset({PAUSE, "|", "…"})  # behind a label that opens a headline
_SEATS = frozenset({"البيت الأبيض"})
HEADLINE_WORDS = 9  # pieces of a headline within which the colon after its speaker stands
_SUBHEADING = (4, 16)  # pieces from the colon of a headline within the text to its end
_CLAUSE_HEADS = frozenset({"مما", "حيث", "وهي", "وهو", "فهو", "فهي", "لكن", "ولكن", "اسفر", "اسفرت", "حين", "كما"})
_HEADS_OUTSIDE = frozenset({"مما", "حيث", "حين", "كما"})  # heads that do not belong to the clause they open
_HEADS_ANYWHERE = frozenset({"مما", "حيث", "اسفر", "اسفرت"})  # heads that need no comma before them


@dataclass(frozen=True, slots=True)
class Expressions:
    """Makes relations of what is not a verb cue over one reading; `title` is the headline's paragraph, where a bare colon attributes."""

    reading: Reading
    verbs: dict[int, VerbCue]
    contents: Contents
    sources: Sources
    media: Media
    title: int | None

    def headlines(self) -> Iterator[Relation]:
        """فلان: … opening the headline, فلان: «…» opening any paragraph: a person, organisation or role before the colon, its words after it."""
        pieces = self.reading.pieces
        starts = [index for index, piece in enumerate(pieces) if not index or piece.paragraph != pieces[index - 1].paragraph]
        for first, end in pairwise((*starts, len(pieces))):
            colon = next((index for index in range(first + 1, min(first + HEADLINE_WORDS, end)) if pieces[index].key == COLON), None)
            if colon is None or colon + 1 >= end:
                continue
            if pieces[first].paragraph == self.title or colon + 1 in self.reading.quotation_at or self._is_subheading(first, colon, end):
                relation = self._headline(first, colon)
                if relation is not None:
                    yield relation

    def _is_subheading(self, first: int, colon: int, end: int) -> bool:
        """Tell whether a paragraph is a headline within the text: a person or a title before its colon, a few words after it, no stop."""
        vocabulary, after = self.sources.vocabulary, colon + 1
        titled = "role" in vocabulary.classes(first) and not vocabulary.is_person(after)  # but الحكم: فلان
        ends = self.reading.pieces[end - 1].key not in STOPS | {COLON, *COMMAS}
        return ends and (vocabulary.is_person(first) or titled) and _SUBHEADING[0] <= end - colon <= _SUBHEADING[1]

    def _headline(self, first: int, colon: int) -> Relation | None:
        first = next((at + 1 for at in range(colon - 1, first, -1) if self.reading.pieces[at].key in _LABEL_ENDS), first)  # عاجل | فلان: …
        if self.reading.pieces[first].preposition and not self.sources.vocabulary.is_person(first):
            return None  # لدعم الشباب: …
        if first == colon or any(self._is_finite(index) for index in range(first, colon)) or not self.sources.parties.speaks((first, colon - 1)):
            return None
        entity = self.reading.entity(first)
        if entity is not None and entity.type == "LOC" and not (self._is_seat(first) or self._speaks_as_we(colon + 1)):
            return None  # a place and its news (اليابان: زلزال …), unless the place speaks (واشنطن: لن نقبل …)
        quotation = self.reading.quotation_at.get(colon + 1)
        if quotation is not None and quotation.closed and self.media.is_medium((quotation.first, quotation.last)):
            return None  # بغداد: «الخليج»، وكالات: a dateline
        if first == colon - 1 and self.reading.pieces[first].key in self.sources.lexicon.words["section"]:
            return None  # رياضة: …
        content = self.contents.extent(Opening(Opener.COLON, colon + 1, colon - 1))
        via = self.media.between(first + 1, colon - 1)  # وزير لـ«رويترز»: …
        last = next((at - 1 for at in range(first + 1, via[0][0] + 1) if self.media.told(at, colon - 1)), colon - 1) if via else colon - 1
        return Relation(Construction.COLON, "headline", (colon, colon), (first, last), content, via=via) if content else None

    def _is_seat(self, index: int) -> bool:
        """Tell whether a place is called by the name of who governs there (الكرملين، البيت الأبيض)."""
        return "body" in self.sources.vocabulary.classes(index) or self.reading.text(index, index + 1) in _SEATS

    def _speaks_as_we(self, index: int) -> bool:
        """Tell whether words are quoted or in the first person plural."""
        upper = min(index + 2, len(self.reading.pieces))
        return index in self.reading.quotation_at or any(self.reading.pieces[at].key.startswith("ن") for at in range(index, upper))

    def _is_finite(self, index: int) -> bool:
        return index in self.verbs and self.verbs[index].form.part is Part.FINITE

    def according_to(self, phrase: AccordingToCue, before: Relation | None, found: list[Relation]) -> Relation | None:
        """وفقا لفلان … · …، بحسب فلان · حسبما ذكر فلان · على حد قوله; `before` is the relation of the expression before it.

        Over an attribution that leads its clause a medium is a via, and no relation of its own: the attribution is replaced in `found`,
        which is in the order of `at`.
        """
        source, via = self._relayed(phrase, self.sources.party(phrase))
        upto = bisect_left(found, phrase.at, key=_place)
        belongs = any(relation.cue and relation.cue[0] < phrase.at < relation.first for relation in found[max(0, upto - _NEAR) : upto])
        if (source is None and not phrase.own) or belongs:
            return None  # names nobody, or belongs to the cue around it (ذكرت أ نقلا عن ب أن …)
        resumed = self._resumption(phrase)
        fronted = resumed is not None or self._is_fronted(phrase)
        carried = self._carriers(source)
        whole = (source[0], carried[-1][1]) if source is not None and carried and carried[-1][1] > source[1] else source
        broken = not fronted and bool(self._rest(phrase, source))
        if phrase.entry.points_back and fronted:
            content = self._sentence_before(phrase)
        else:
            content = self._clause_after(phrase, whole, resumed) if fronted else self._clause_before(phrase, before, broken=broken)
        if content is None:
            self._resume(phrase, source, found)
            return None
        lower, upper = bisect_left(found, content[0], key=_place), bisect_right(found, content[1], key=_place)
        here = [relation for relation in found[lower:upper] if relation.cue]
        inner = [relation for relation in here if self.reading.inside[relation.at] is self.reading.inside[phrase.at]]
        if source is not None and self._is_told_by_medium(phrase, inner, content[0]):
            at = found.index(inner[0])
            passed = (inner[0].source,) if inner[0].source else ()
            found[at] = replace(inner[0], construction=Construction.RELAY, source=source, via=(*passed, *inner[0].via))
            return None
        passed_on = (source,) if source is not None and self._passes_on(phrase, source, fronted=fronted) else carried
        if passed_on:
            leads = any(relation.at - content[0] <= LEAD for relation in inner)
            ending = [relation for relation in inner if not fronted and relation.last >= content[1]]
            if leads or ending:
                self._pass_on(passed_on, inner if leads else ending, found, fronted=fronted)
            if leads:
                return None
        written = source is not None and phrase.last == phrase.at and "document" in self._classes(source)
        if inner and (phrase.own or phrase.noun or ((written or self._is_the_same(source)) and inner[0].at - content[0] <= LEAD)):
            return None  # وأكد أن …، حسب تقرير: the clause has a speaker of its own
        form = phrase.verb.form if phrase.verb else None
        rest = () if fronted or inner else self._rest(phrase, source)
        skip = len(self.reading.pieces[content[0]].conjunction)  # ويبلغ …، وفقا لـ …: the clause without what joins it
        construction = Construction.CLAUSE if phrase.entry.points_back else Construction.ACCORDING_TO
        return Relation(construction, phrase.entry.id, (phrase.at, phrase.last), source, (content, *rest), skip, form, None, via)

    def _passes_on(self, phrase: AccordingToCue, source: Stretch, *, fronted: bool) -> bool:
        """Tell whether a party is a via where its clause has a speaker of its own: a medium, or, behind the clause, whom بحسب alone names.

        A document does not; nor does whom a verb says to say so (حسبما قالت الناطقة), unless he is unnamed (حسبما أفاد مصدر).
        """
        if self.media.is_medium(source):
            return True
        classes = self._classes(source)
        if self._is_the_same(source):
            return False  # حسب ذات المصدر
        return not fronted and ("anonymous" in classes or (phrase.last == phrase.at and "document" not in classes))

    def _classes(self, source: Stretch) -> frozenset[str]:
        """Return the classes of the noun that heads a party."""
        return self.sources.vocabulary.classes(self.sources.vocabulary.head(source))

    def _is_the_same(self, source: Stretch | None) -> bool:
        """Tell whether a party is said to be the one named before (ذات المصدر، المصدر نفسه): it passes nothing on."""
        return source is not None and any(self.sources.vocabulary.listed(at, "same") for at in source)

    def _is_told_by_medium(self, phrase: AccordingToCue, inner: Sequence[Relation], start: int) -> bool:
        """Tell whether a medium's own attribution leads the clause before نقلا عن: whom it quotes speaks, and the medium passes it on."""
        leading = inner[0] if inner and phrase.entry.prepositions and inner[0].at - start <= 1 else None
        return leading is not None and leading.source is not None and self.media.is_medium(leading.source)

    def _relayed(self, phrase: AccordingToCue, source: Stretch | None) -> tuple[Stretch | None, tuple[Stretch, ...]]:
        """Return whose words they are and the media they came through (وفق ما قاله ب لصحيفة أ · بحسب ما نقلت أ عن ب)."""
        if source is None or phrase.verb is None:
            return source, ()
        upper = min(self.reading.stop[phrase.last], source[1] + _RELAY_REACH)
        if "relayed" not in phrase.verb.verb.complements:
            comma = next((at for at in range(source[1] + 1, upper + 1) if self.reading.pieces[at].is_mark), upper + 1)
            return source, self.media.between(source[1] + 1, comma - 1)
        quoting = next((at for at in range(source[0] + 1, upper) if self.reading.pieces[at].key == "عن"), None)
        quoted = self.sources.parties.at(quoting + 1, upper) if quoting is not None else None
        if quoting is None or quoted is None:
            return source, ()
        return quoted, ((source[0], min(source[1], quoting - 1)),)

    def _rest(self, phrase: AccordingToCue, source: Stretch | None) -> tuple[Stretch, ...]:
        """Return the rest of a clause that the expression breaks between commas (تعد القلعة، بحسب المؤرخين، أقدم بناء …)."""
        comma, pieces = (source[1] if source else phrase.last) + 1, self.reading.pieces
        start = comma + 1
        if start > self.reading.stop[phrase.at] or not all(pieces[at].key in COMMAS or pieces[at].key in DASHES for at in (comma, phrase.at - 1)):
            return ()
        piece = pieces[start]
        described = piece.stem in ISSUING or self.sources.vocabulary.listed(start, "relative")  # …، بحسب المؤشر، الصادر عن …
        goes_on = not (described or piece.is_mark or piece.conjunction or start in self.verbs or self.contents.ends_before(start))
        return self.contents.extent(Opening(Opener.OBJECT, start, comma)) if goes_on else ()

    def _carriers(self, source: Stretch | None) -> tuple[Stretch, ...]:
        """Return the medium that a document is of (لتقرير نشرته صحيفة …، بحسب تصريحات موقع …)."""
        if source is None or "document" not in self.sources.vocabulary.classes(source[0]):
            return ()
        upper = min(self.reading.stop[source[0]], source[1] + _CARRIER_REACH)
        last = next((at - 1 for at in range(source[1] + 1, upper + 1) if self._ends_document(at)), upper)
        named = self.media.names.at(source[0] + 1, source[1])
        return (named,) if named is not None else self.media.between(source[0] + 1, last)[:1]

    def _ends_document(self, index: int) -> bool:
        """Tell whether what describes a document is over: a comma, a cue, or what resumes (… فقد)."""
        return self.reading.pieces[index].key in COMMAS or index in self.verbs or self.reading.pieces[index].key in RESUMPTIONS

    def _resume(self, phrase: AccordingToCue, source: Stretch | None, found: list[Relation]) -> None:
        """A medium in a sentence of its own passed on what was said right before it («…». وفقا للفرنسية.)."""
        begin = self.reading.begin[phrase.at]
        if source is None or source[1] + 1 < self.reading.stop[phrase.at] or not self.media.is_medium(source):
            return
        ending = [relation for relation in found if relation.cue and begin - _STOPS_BETWEEN <= relation.last < begin]
        if ending:
            self._pass_on((source,), ending[-1:], found, fronted=True)

    def _pass_on(self, media: tuple[Stretch, ...], inner: Sequence[Relation], found: list[Relation], *, fronted: bool) -> None:
        """Make media the vias of the attribution they scope over: the first after a fronted expression, else the last before it."""
        outer = sorted((relation for relation in inner if not any(other.holds(relation) for other in inner)), key=lambda relation: relation.at)
        nearest = outer[:1] if fronted else outer[-1:]
        if not fronted and nearest[0].source is None:  # its subject is the relation's before it, and so is its medium
            nearest = outer[-2:]
        for relation in nearest:
            at = bisect_left(found, relation.at, key=_place)
            found[found.index(relation, at)] = replace(relation, via=(*relation.via, *media))

    def _is_fronted(self, phrase: AccordingToCue) -> bool:
        """Tell whether an expression opens its sentence, but for what links that to the one before."""
        begin = self.reading.begin[phrase.at]
        led = all(self.reading.pieces[at].is_mark or self.sources.vocabulary.listed(at, "linking") for at in range(begin, phrase.at))
        return phrase.at - begin <= _LED and led

    def _resumption(self, phrase: AccordingToCue) -> int | None:
        """Return the ف that shows where the clause begins which an expression leads (حسب الشهود فإن … · …، وبحسبهم في بيان لهم، فقد …)."""
        source, pieces = self.sources.party(phrase), self.reading.pieces
        end = source[1] if source is not None else phrase.last
        after = range(end + 1, min(self.reading.stop[phrase.at], end + _PARTY_GOES_ON) + 1)
        found = next((at for at in after if pieces[at].key in RESUMPTIONS), None)
        surely = found is not None and pieces[found].key != "فقد" and not self.sources.vocabulary.is_verbal(min(end + 2, found))  # …، بتاريخ …، فإن
        if found is None or any(at in self.verbs or (pieces[at].is_mark and at < found - 1 and not surely) for at in range(end + 1, found)):
            return None
        joined = pieces[phrase.at].conjunction == "و" or pieces[phrase.at].key.startswith("و")
        return found if pieces[found].key != "فقد" or joined or self._is_fronted(phrase) else None

    def _clause_after(self, phrase: AccordingToCue, source: Stretch | None, resumed: int | None) -> Stretch | None:
        """Return the clause an expression leads: from where it resumes, its comma or the verb after its party to the sentence's end."""
        stop = self.reading.stop[phrase.last]
        start = resumed or (source[1] if source else phrase.last) + 1
        while start <= stop and self.reading.pieces[start].key in COMMAS:
            start += 1
        content = self.contents.extent(Opening(Opener.COMPLEMENTISER, start, start - 1)) if start <= stop else ()
        return content[0] if content else None

    def _clause_before(self, phrase: AccordingToCue, before: Relation | None, *, broken: bool) -> Stretch | None:
        """Return the clause before an expression: back to the last head of a clause in its sentence, else to the sentence's start.

        A word alone is one where the expression breaks the clause behind it (وسيتم، بحسب الشهود، نقل …). What another expression before it
        belongs to is not its own, unless they share a clause (…، وفقا للوزارة وبحسب الشهود).
        """
        begin, last = self.reading.begin[phrase.at], phrase.at - 1
        while last >= begin and self._is_loose(last):
            last -= 1
        if before is not None and before.at >= begin:
            begin = max(before.cue[1] if before.cue else before.at, before.source[1] if before.source else begin) + 1
            while begin <= last and self._is_loose(begin):
                begin += 1
            if begin > last:
                return before.content[0] if before.last < phrase.at else None
        heads = range(last - 3, max(begin, last - REACH), -1)
        start = next((at for index in heads if (at := self._clause_start(index, phrase.at)) is not None), None)
        start = self._past_link(begin, last) if start is None else start
        quotation = self.reading.quotation_at.get(start)
        if quotation is not None and quotation.closed and quotation.last == last:
            return next(iter(self.contents.inside(quotation)), None)
        return (start, last) if last > start or (last == start and broken) else None

    def _sentence_before(self, phrase: AccordingToCue) -> Stretch | None:
        """Return the sentence before an expression that opens its own and points back (…. صرح بذلك فلان); the headline is none."""
        last = self.reading.begin[phrase.at] - 1
        while last >= 0 and self._is_loose(last):
            last -= 1
        if last < 0 or self.reading.pieces[last].paragraph == self.title:
            return None
        return self.reading.begin[last], last

    def _past_link(self, begin: int, last: int) -> int:
        """Return where a clause begins behind what links its sentence to another (كما …، من جهة أخرى، …، ومع ذلك، …) or dates it (باريس - …)."""
        pieces = self.reading.pieces
        if pieces[begin].base == "كما" or pieces[begin].key == "و":
            return begin + 1
        paused = next((at for at in range(begin + 1, min(begin + _LINK, last)) if pieces[at].key in COMMAS or pieces[at].key in DASHES), None)
        if paused is None:
            return begin
        dated = pieces[paused].key in DASHES and pieces[begin].kind == "LOC" and pieces[begin].entity == pieces[paused - 1].entity
        linked = self.contents.boundaries.is_sequence(begin) or pieces[paused - 1].base == "ذلك" or self.sources.vocabulary.listed(begin, "linking")
        return paused + 1 if dated or (linked and pieces[paused].key in COMMAS) else begin

    def _is_loose(self, index: int) -> bool:
        """Tell whether a piece before an expression belongs to neither: a comma, وذلك, وقد before its verb."""
        piece = self.reading.pieces[index]
        return piece.key in _LOOSE or (piece.is_mark and index not in self.reading.quotation_ending and piece.key not in _HELD)

    def _clause_start(self, index: int, expression: int) -> int | None:
        """Return where a clause begins whose head stands at `index`: at the head, or after it where it belongs to the sentence around it."""
        piece = self.reading.pieces[index]
        head = piece.key if piece.key in _CLAUSE_HEADS else piece.base
        if head not in _CLAUSE_HEADS or piece.preposition or self.reading.inside[index] is not self.reading.inside[expression]:
            return None
        before = index - 1 if head != "حين" else index - 2  # في حين
        if head not in _HEADS_ANYWHERE and self.reading.pieces[before].key not in COMMAS:
            return None
        return index + 1 if head in _HEADS_OUTSIDE else index

    def uncued(self, found: Sequence[Relation]) -> Iterator[Relation]:
        """A quotation that opens its paragraph with no cue of its own: it goes on the last speaker's."""
        claimed = {first for relation in found for first, _ in relation.content}
        spoken = min((relation.last for relation in found), default=len(self.reading.pieces))
        covered = {at for relation in found for at in range(relation.first, relation.last + 1) if at in self.reading.quotation_at}
        for quotation in self.reading.quotations:
            first = quotation.first
            if first in claimed or first + 1 in claimed or quotation.inner_last - first <= QUOTED_WORDS or spoken >= first:
                continue
            told = self.reading.inside[first] is not None or first in covered
            if not told and self._stands_alone(first, quotation.last):
                yield Relation(Construction.UNCUED, "continued", None, None, self.contents.inside(quotation))

    def _follows_quotation(self, first: int) -> bool:
        """Tell whether a quotation is reopened right after another, a stop between them («…». «…»)."""
        return self.reading.pieces[first - 1].key in STOPS and first - 2 in self.reading.quotation_ending

    def _stands_alone(self, first: int, last: int) -> bool:
        """Tell whether a quotation opens its paragraph and nothing but a mark follows it."""
        pieces = self.reading.pieces
        opens = first == 0 or pieces[first - 1].paragraph != pieces[first].paragraph or self._follows_quotation(first)
        after = last + 1
        return opens and (after >= len(pieces) or pieces[after].is_mark or pieces[after].paragraph != pieces[last].paragraph)


def _place(relation: Relation) -> int:
    return relation.at
