"""The people a text names: each once, under the fullest name it gives, with the titles by which it calls them.

Mentions meet in one person where the shorter name is a part of the longer (بلينكن / أنتوني بلينكن), spelling variants of a letter allowed
(ميلر / ميللر): the head-match sieve of rule-based coreference, run over names only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from service import arabic
from service.arabic import same_word, variants
from service.noun_phrases import Phrases
from service.reading import CLOSE_BRACKETS, COLON, COMMAS, OPEN_BRACKETS, Reading
from service.relations import Stretch
from service.vocabulary import Vocabulary

TITLE_REACH = 24
_COMPARED = 24  # mentions of a person with which another is compared: names recur


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name as written once, its clitics off: its pieces and its words' keys."""

    pieces: Stretch
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the text names: the fullest name, every mention in order, and the titles (as written, and as keys)."""

    name: str
    words: tuple[str, ...]
    mentions: tuple[Mention, ...] = field(repr=False)
    titles: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class People:
    """Everyone in one reading; `at` finds the person whose name covers a piece."""

    persons: tuple[Person, ...]
    at: dict[int, int] = field(repr=False)
    titled: dict[str, tuple[int, ...]] = field(repr=False)  # a variant of a title's first word → who bears such a title


def find(reading: Reading, phrases: Phrases, vocabulary: Vocabulary, sources: Iterable[Stretch] = ()) -> People:
    """Return the people of a reading, in order of first mention; `sources` may end in names that the tagger did not see."""
    unseen = (_mention(reading, *name) for source in sources if (name := _unseen_name(reading, vocabulary, source)) is not None)
    mentions = sorted([*_mentions(reading, vocabulary), *unseen], key=lambda mention: mention.pieces)
    groups = _groups(mentions)
    titles = _titles(reading, phrases, vocabulary)
    persons: list[Person] = []
    at: dict[int, int] = {}
    for number, group in enumerate(groups):
        fullest = max(group, key=lambda mention: (len(mention.words), -mention.pieces[0]))
        called = {title[1]: title for mention in group for title in titles.get(mention.pieces[0], ())}
        persons.append(Person(fullest.text, fullest.words, tuple(group), tuple(called.values())))
        at.update({piece: number for mention in group for piece in range(mention.pieces[0], mention.pieces[1] + 1)})
    return People(tuple(persons), at, _titled(persons))


def _titled(persons: Sequence[Person]) -> dict[str, tuple[int, ...]]:
    found: dict[str, dict[int, None]] = {}
    for number, person in enumerate(persons):
        for _, words in person.titles:
            for variant in variants(words[0]) if words else ():
                found.setdefault(variant, {})[number] = None
    return {variant: tuple(numbers) for variant, numbers in found.items()}


def _mentions(reading: Reading, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Yield the names: what the tagger found, and later bare surnames of people it found in full."""
    index, size = 0, len(reading.pieces)
    while index < size:
        entity = reading.entity(index)
        last = index
        if entity is not None and entity.type == "PER" and not vocabulary.is_function(index):
            while last + 1 < size and _goes_on(reading, vocabulary, last + 1):
                last += 1
            if last + 1 < size and vocabulary.continues_name(last + 1):
                last += 1
            first = index
            while first < last and _precedes_name(reading, vocabulary, first, last):
                first += 1
            if not (vocabulary.names_medium(first) or vocabulary.qualifies_title(first)):
                yield _mention(reading, first, last)
        elif vocabulary.is_surname(index):
            yield _mention(reading, index, index)
        index = last + 1
        if index < size and reading.pieces[index].key == COLON:
            index = _past_colon(reading, index)


def _past_colon(reading: Reading, index: int) -> int:
    """Return where to read on: past what the tagger took into a name over a colon (قال فلان: نحمد …), which is no name."""
    if reading.pieces[index].entity < 0:
        return index
    entity = reading.pieces[index].entity
    return next((at for at in range(index, len(reading.pieces)) if reading.pieces[at].entity != entity), len(reading.pieces))


def _unseen_name(reading: Reading, vocabulary: Vocabulary, source: Stretch) -> Stretch | None:
    """Return the unknown words that end a title: a name."""
    first, last = source
    if "role" not in vocabulary.classes(first):
        return None
    start = next((at for at in range(first + 1, last) if reading.pieces[at - 1].definite and vocabulary.names_between(at, last)), None)
    return (start, last) if start is not None else None


def _goes_on(reading: Reading, vocabulary: Vocabulary, index: int) -> bool:
    """Tell whether a piece belongs to the name before it: the tagger may run on into a verb, a title (فلان القيادي) or another name (فلان وفلان)."""
    piece = reading.pieces[index]
    titled = piece.definite and "role" in vocabulary.classes(index) and piece.key not in vocabulary.names
    same = piece.entity == reading.pieces[index - 1].entity
    parted = piece.key == COLON or piece.key in COMMAS or piece.preposition in ("ل", "ب")
    return same and not (vocabulary.is_finite(index) or piece.conjunction or titled or parted)


def _precedes_name(reading: Reading, vocabulary: Vocabulary, index: int, last: int) -> bool:
    """Tell whether the tagger took a title or a mark into a name that begins after it; before one word or بن, سلطان is a given name."""
    piece, classes = reading.pieces[index], vocabulary.classes(index)
    son = index < last and reading.pieces[index + 1].key in ("بن", "بنت", "ابن")
    given = (index + 1 == last or son) and not piece.definite and "honorific" not in classes
    titled = bool(classes & {"honorific", "role", "group"}) and piece.key not in vocabulary.names and not given
    return piece.is_mark or titled or vocabulary.is_finite(index) or vocabulary.is_function(index)


def _mention(reading: Reading, first: int, last: int) -> Mention:
    text = reading.text(first, last)
    piece = reading.pieces[first]
    clitics = len(piece.conjunction) + len(piece.preposition)
    before = reading.pieces[first - 1] if first else None
    part_of_name = piece.preposition == "ب" and before is not None and before.definite  # الرئيس السوري بشار: no ب follows a title
    text = text[clitics:] if clitics and len(text) > clitics + 2 and not part_of_name else text
    words = tuple(key for key in (arabic.key(word) for word in text.split()) if key)
    return Mention((first, last), words, text)


def _groups(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions person by person; longer names are placed first so that a bare surname finds its owner."""
    groups: list[list[Mention]] = []
    by_word: dict[str, dict[int, None]] = {}  # a variant of a word → the groups in whose names it stands, in order
    for mention in sorted(mentions, key=lambda m: (-len(m.words), m.pieces[0])):
        near = {number: None for variant in variants(mention.words[-1]) for number in by_word.get(variant, ())} if mention.words else {}
        fitting = [number for number in near if any(is_part(mention.words, other.words) for other in groups[number][:_COMPARED])]
        if fitting:
            number = min(fitting, key=lambda number: min(_distance(mention, other) for other in groups[number][-_COMPARED:]))
            groups[number].append(mention)
        else:
            number = len(groups)
            groups.append([mention])
        for word in mention.words:
            for variant in variants(word):
                by_word.setdefault(variant, {})[number] = None
    for group in groups:
        group.sort(key=lambda m: m.pieces[0])
    return sorted(groups, key=lambda group: group[0].pieces[0])


def _distance(mention: Mention, other: Mention) -> int:
    """Return how far back another mention lies; one that comes later counts as farther than any that came before."""
    gap = mention.pieces[0] - other.pieces[0]
    return gap if gap >= 0 else 100_000 - gap


def is_part(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Tell whether a name is part of another: its words stand in it in order, the last of both the same (or a given name alone)."""
    if not shorter or len(shorter) > len(longer):
        return False
    remaining = iter(longer)
    if not all(any(same_word(word, other) for other in remaining) for word in shorter):
        return False
    return same_word(shorter[-1], longer[-1]) or len(shorter) < len(longer)


def _titles(reading: Reading, phrases: Phrases, vocabulary: Vocabulary) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    """Return the titles by the piece at which the name they belong to begins: before the name, or after it between commas."""
    found: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    index, size = 0, len(reading.pieces)
    while index < size:
        if "role" not in vocabulary.classes(index) or reading.pieces[index].is_mark or reading.pieces[index].key.endswith(("ين", "ون", "ات")):
            index += 1
            continue
        end = phrases.end(index, min(size - 1, index + TITLE_REACH))
        name = next((at for at in range(index, end + 1) if (e := reading.entity(at)) is not None and e.type == "PER"), None)
        if name is not None and name > index:
            found.setdefault(name, []).append(title(reading, index, name - 1))
            after = _after_name(reading, name)
            if after <= end and "role" in vocabulary.classes(after):
                found[name].append(title(reading, after, end))  # الدكتور فلان وزير …
        elif name is None and end >= index:
            owner = _owner_before(reading, index)
            if owner is not None:
                found.setdefault(owner, []).append(title(reading, index, end))
        index = max(end, index) + 1
    return found


def _after_name(reading: Reading, name: int) -> int:
    """Return the piece after a name that begins at a piece, and after the comma behind it."""
    after = next((at for at in range(name + 1, len(reading.pieces)) if reading.pieces[at].entity != reading.pieces[name].entity), len(reading.pieces))
    return after + 1 if after < len(reading.pieces) and reading.pieces[after].key in COMMAS else after


def _owner_before(reading: Reading, index: int) -> int | None:
    """Return where the name begins that a title right after it, or after a comma, belongs to (فلان، وزير …)."""
    at = index - 1
    if at >= 0 and reading.pieces[at].key in ("،", ","):
        at -= 1
    entity = reading.entity(at) if at >= 0 else None
    if entity is None or entity.type != "PER":
        return None
    while at > 0 and reading.pieces[at - 1].entity == reading.pieces[at].entity:
        at -= 1
    return at


def _closes(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a mark closes a bracket or a quotation that opened in the same phrase."""
    quotation = reading.quotation_ending.get(last)
    if quotation is not None and quotation.first >= first:
        return True
    opened = any(reading.pieces[at].key in OPEN_BRACKETS for at in range(first, last))
    return opened and reading.pieces[last].key in CLOSE_BRACKETS


def title(reading: Reading, first: int, last: int) -> tuple[str, tuple[str, ...]]:
    """Return a title as written, without clitics and commas at its edges, and the stems of its words."""
    last = next((at - 1 for at in range(first + 1, last + 1) if reading.pieces[at].key in ("الذي", "التي")), last)
    while last > first and reading.pieces[last].is_mark and not _closes(reading, first, last):
        last -= 1
    text = reading.text(first, last)
    piece = reading.pieces[first]
    if piece.preposition and piece.key.startswith("لل"):
        text = "ال" + text[2:]  # للوزير is ل + الوزير
    elif not piece.is_mark:
        text = text[len(piece.conjunction) + len(piece.preposition) :]
    stems = tuple(reading.pieces[at].stem for at in range(first, last + 1) if not reading.pieces[at].is_mark)
    return text, stems
