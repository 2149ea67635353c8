"""From relations in pieces to the report in the client's offsets: spans, types of speech, one entry a speaker, confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service import arabic, lexicon, outlets
from service.anaphora import Party
from service.attribution import Article, Attribution, NewsItem, Report, Span, Speaker, SpeakerMention, SpeechType, Via
from service.lexicon.confidence import Kind, load_confidence
from service.people import People
from service.reading import Reading
from service.relations import Relation
from service.speakers import Resolved

MIXED_WORDS = 3  # quoted in a row make a content mixed; fewer are a name or a scare quote
_ON_CUES = ("و", "ف", "ل")  # clitics that are no part of a cue


@dataclass(frozen=True, slots=True)
class Answer:
    """The relations of one news item in reading order; `parents` are indices into them, `speakers` stand beside them."""

    reading: Reading
    people: People
    relations: tuple[Relation, ...]
    parents: tuple[int | None, ...]
    speakers: tuple[Resolved | None, ...]
    vias: tuple[tuple[str | None, ...], ...]  # names, beside the stretches of each relation's `via`; None where a medium is not named


@dataclass(frozen=True, slots=True)
class _Identity:
    """By what a speaker is told from others on one page: the key of the name."""

    key: str


def compose(article: Article, items: Sequence[tuple[NewsItem, Answer]]) -> Report:
    """Return the report of an article from its items' answers, attributions numbered through the page."""
    ids: dict[str, str] = {}
    attributions: list[Attribution] = []
    for item, answer in items:
        offset = len(attributions)
        for number in range(len(answer.relations)):
            attributions.append(_attribution(answer, number, item, offset, ids))
    speakers = _speakers(items, attributions, ids)
    return Report(article.id, article.text, tuple(item for item, _ in items), tuple(attributions), speakers)


def _attribution(answer: Answer, number: int, item: NewsItem, offset: int, ids: dict[str, str]) -> Attribution:
    reading, relation = answer.reading, answer.relations[number]
    resolved, parent = answer.speakers[number], answer.parents[number]
    content = _content_spans(reading, relation)
    words = sum(len(span.of(reading.document.text).split()) for span in content)
    kind = Kind(parent is not None, relation.construction, resolved.resolution if resolved else None, words)
    return Attribution(
        id=offset + number,
        article=item.index,
        type=speech_type(reading, relation),
        construction=relation.construction,
        rule=relation.rule,
        cue=_cue_span(reading, relation),
        source=_source_span(reading, relation),
        content=content,
        speaker=_mention(resolved, ids) if resolved is not None else None,
        via=_vias(answer, number, item),
        outlet=item.outlet.name if item.outlet else None,
        parent=offset + parent if parent is not None else None,
        confidence=load_confidence().of(kind),
    )


def _vias(answer: Answer, number: int, item: NewsItem) -> tuple[Via, ...]:
    """Return who passed the words on, each once; the publisher of the item is none, even where the text names it (في تصريح لـ«…»)."""
    publisher = item.outlet.name if item.outlet else None
    first: dict[str, Via] = {}
    for name, stretch in zip(answer.vias[number], answer.relations[number].via, strict=True):
        if name is not None and (publisher is None or outlets.canonical(name) != publisher):
            first.setdefault(name, Via(name, _bare(answer.reading, stretch)))
    return tuple(first.values())


def _mention(resolved: Resolved, ids: dict[str, str]) -> SpeakerMention:
    party = resolved.party
    identity = ids.setdefault(_identity(party), f"s{len(ids)}")
    return SpeakerMention(identity, party.name, party.type, party.role, resolved.resolution)


def _identity(party: Party) -> str:
    return arabic.key(party.name)


def _content_spans(reading: Reading, relation: Relation) -> tuple[Span, ...]:
    spans = [reading.span(*stretch) for stretch in relation.content]
    spans[0] = Span(spans[0].start + relation.skip, spans[0].end)
    return tuple(spans)


def _cue_span(reading: Reading, relation: Relation) -> Span | None:
    """Return the cue without the و, ف or ل on it."""
    if relation.cue is None:
        return None
    span, first = reading.span(*relation.cue), reading.pieces[relation.cue[0]]
    head = f"{first.key} {reading.pieces[relation.cue[0] + 1].key}" if relation.cue[1] > relation.cue[0] else first.key
    spelt = relation.form is not None and first.key[1:] == relation.form.key  # ورد فلان بأن …, a verb though ورد is one too
    joined = not first.is_mark and first.key[:1] in _ON_CUES and (spelt or _is_joined(first.key) or _is_joined(head))
    return Span(span.start + 1, span.end) if joined else span


def _is_joined(key: str) -> bool:
    lexicon_ = lexicon.load()
    return key not in lexicon_.forms and key not in lexicon_.heads and (key[1:] in lexicon_.forms or key[1:] in lexicon_.heads)


def _bare(reading: Reading, stretch: tuple[int, int]) -> Span:
    """Return a stretch without the clitics on its first word: ل + صحيفة; the ل of للوزير has swallowed the article and stays."""
    span, first = reading.span(*stretch), reading.pieces[stretch[0]]
    clitics = len(first.conjunction) + (0 if first.preposition == "ل" and first.definite else len(first.preposition))
    return Span(span.start + clitics, span.end) if clitics < len(span) else span


def _source_span(reading: Reading, relation: Relation) -> Span | None:
    return _bare(reading, relation.source) if relation.source is not None and relation.governor is None else None


def speech_type(reading: Reading, relation: Relation) -> SpeechType:
    """Return how much of a content stands in marks: all of it but the complementiser, three words in a row, or less."""
    depth = reading.depth[relation.cue[0]] if relation.cue else 0  # inside somebody's words the outer marks do not count
    if all(max(reading.depth[first : last + 1]) <= depth for first, last in relation.content):
        return SpeechType.INDIRECT
    words = [index for first, last in relation.content for index in range(first, last + 1) if not reading.pieces[index].is_mark]
    if words and reading.pieces[words[0]].key in lexicon.load().words["complementiser"]:
        words = words[1:]
    quoted = [reading.depth[index] > depth for index in words]
    if words and all(quoted):
        return SpeechType.DIRECT
    run = longest = 0
    for is_quoted in quoted:
        run = run + 1 if is_quoted else 0
        longest = max(longest, run)
    return SpeechType.MIXED if longest >= MIXED_WORDS else SpeechType.INDIRECT


def _speakers(items: Sequence[tuple[NewsItem, Answer]], attributions: Sequence[Attribution], ids: dict[str, str]) -> tuple[Speaker, ...]:
    """Return everyone quoted, each once, in order of first attribution."""
    found: list[Speaker] = []
    mentions = _mentions(items)
    spoken: dict[str, list[Attribution]] = {}
    for attribution in attributions:
        if attribution.speaker is not None:
            spoken.setdefault(attribution.speaker.id, []).append(attribution)
    for identity, speaker_id in ids.items():
        theirs = spoken[speaker_id]
        first = theirs[0].speaker
        if first is None:
            continue
        roles = dict.fromkeys(a.speaker.role for a in theirs if a.speaker is not None and a.speaker.role)
        spans = mentions.get(identity) or {a.source for a in theirs if a.source is not None}
        found.append(Speaker(speaker_id, first.name, first.type, tuple(roles), tuple(sorted(spans)), tuple(a.id for a in theirs)))
    return tuple(found)


def _mentions(items: Sequence[tuple[NewsItem, Answer]]) -> dict[str, tuple[Span, ...]]:
    """Return where each person is named, by identity, clitics left off."""
    found: dict[str, tuple[Span, ...]] = {}
    for _, answer in items:
        for person in answer.people.persons:
            spans = tuple(_bare(answer.reading, mention.pieces) for mention in person.mentions)
            found[arabic.key(person.name)] = (*found.get(arabic.key(person.name), ()), *spans)
    return found
