"""Where a text names people: each mention from the first word of the name to its last, titles and what the tagger ran on into left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service import arabic
from service.reading import COLON, COMMAS, Reading
from service.relations import Stretch
from service.vocabulary import Vocabulary, is_title

_RANKED = frozenset({"اول", "ركن"})  # of a rank, right before its bearer's name (الفريق أول فلان)
_HAJJ = "الحاج"  # amid a name a part of it (سليم الحاج مبروك)
_GOD = "الله"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name as written once, its clitics off: its pieces and its words' keys."""

    pieces: Stretch
    words: tuple[str, ...]
    text: str


def mentions(reading: Reading, vocabulary: Vocabulary, sources: Iterable[Stretch] = ()) -> list[Mention]:
    """Return the names of a reading in order; `sources` may end in names that the tagger did not see."""
    unseen = (_mention(reading, *name) for source in sources if (name := _unseen_name(reading, vocabulary, source)) is not None)
    return sorted([*_mentions(reading, vocabulary), *unseen], key=lambda mention: mention.pieces)


def _mentions(reading: Reading, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Yield the names: what the tagger found, and later bare surnames of people it found in full."""
    index, size = 0, len(reading.pieces)
    while index < size:
        last = index
        if reading.pieces[index].kind == "PER" and not (vocabulary.is_function(index) or vocabulary.blesses(index) or vocabulary.is_state(index)):
            while last + 1 < size and _goes_on(reading, vocabulary, last + 1):
                last += 1
            if last + 1 < size and vocabulary.continues_name(last + 1):
                last += 1
            first = index
            while first < last and _precedes_name(reading, vocabulary, first, last):
                first += 1
            titled = first == last and is_title(reading, first, vocabulary.lexicon.nouns) and reading.pieces[first].key not in vocabulary.names
            if not (titled or vocabulary.names_medium(first) or vocabulary.qualifies_title(first)):
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
    """Return the name that unknown words at the end of a source make: after a title, or after a name that the tagger cut short."""
    first, last = source
    for at in range(first + 1, last):
        entity = reading.entity(at - 1)
        person = entity is not None and entity.type == "PER"
        titled = reading.pieces[at - 1].definite and "role" in vocabulary.classes(first)
        if (person or titled) and vocabulary.names_between(at, last):
            return (reading.entity_start(at - 1) if person else at), last
    return None


def _goes_on(reading: Reading, vocabulary: Vocabulary, index: int) -> bool:
    """Tell whether a piece belongs to the name before it: the tagger may run on into a verb, a title (فلان القيادي) or another name (فلان وفلان)."""
    piece = reading.pieces[index]
    within = piece.key == _HAJJ and index + 1 < len(reading.pieces) and reading.pieces[index + 1].entity == piece.entity
    titled = piece.definite and "role" in vocabulary.classes(index) and piece.key not in vocabulary.names and not within
    same = piece.entity == reading.pieces[index - 1].entity
    parted = vocabulary.is_prayed_to(index) or piece.key == COLON or piece.key in COMMAS or _is_clitic(reading, index) or vocabulary.blesses(index)
    return same and not (vocabulary.is_finite(index) or piece.conjunction or titled or parted)


def _is_clitic(reading: Reading, index: int) -> bool:
    """Tell whether ل or ب stands on a piece that ends an entity: inside a name it is a letter of it."""
    pieces = reading.pieces
    return pieces[index].preposition in ("ل", "ب") and (index + 1 == len(pieces) or pieces[index + 1].entity != pieces[index].entity)


def _precedes_name(reading: Reading, vocabulary: Vocabulary, index: int, last: int) -> bool:
    """Tell whether the tagger took a title or a mark into a name that begins after it; before one word or بن, سلطان is a given name."""
    piece, classes = reading.pieces[index], vocabulary.classes(index)
    son = index < last and reading.pieces[index + 1].key in ("بن", "بنت", "ابن")
    if index < last and reading.pieces[index + 1].key == _GOD:
        return False  # الجار الله
    given = (index + 1 == last or son) and not piece.definite and "honorific" not in classes
    titled = bool(classes & {"honorific", "role", "group"}) and piece.key not in vocabulary.names and not given
    titled = titled or piece.key in _RANKED
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
