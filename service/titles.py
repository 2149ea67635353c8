"""The titles by which people are called: before a name, after it, between commas."""

from __future__ import annotations

from service.noun_phrases import Phrases
from service.reading import CLOSE_BRACKETS, COMMAS, OPEN_BRACKETS, Reading
from service.vocabulary import Vocabulary

TITLE_REACH = 24
_RELATIVES = frozenset({"الذي", "التي"})
_WHO_IS = frozenset({"وهو", "وهي"})
_STYLE_REACH = 12  # pieces before a name within which an honorific that opens its title stands


def titles(reading: Reading, phrases: Phrases, vocabulary: Vocabulary) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    """Return the titles by the piece at which the name they belong to begins: before the name, or after it between commas."""
    found: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    size, past = len(reading.pieces), 0
    for index, piece in enumerate(reading.pieces):
        if index < past or "role" not in piece.classes or piece.is_mark or vocabulary.is_many(index) or piece.key.endswith("ات"):
            continue
        limit = min(size - 1, index + TITLE_REACH)
        start = index + 1 if piece.preposition and index < limit else index  # برئيس الوزراء فلان
        end = _before_second(reading, vocabulary, index, phrases.end(start, limit))
        name = next((at for at in range(index, end + 1) if reading.pieces[at].kind == "PER"), None)
        kin = name is not None and _is_kin(reading, vocabulary, index, name)
        if name is not None and vocabulary.speaks_for(name):
            past = end + 1
            continue
        if name is not None and name > index and not kin:
            found.setdefault(name, []).append(title(reading, index, name - 1))
            after = _after_name(reading, name)
            if after <= end and "role" in vocabulary.classes(after):
                found[name].append(title(reading, after, end))  # الدكتور فلان وزير …
        elif (name is None or kin) and end >= index:
            owner = _owner_before(reading, index)
            if owner is not None:
                found.setdefault(owner, []).append(title(reading, index, end))
        past = index + 1 if kin else end + 1
    return found


def _before_second(reading: Reading, vocabulary: Vocabulary, first: int, last: int) -> int:
    """Return where a title ends: before a comma with a second title behind it that has a name of its own (والدة أسير، رئيس الحكومة فلان)."""
    whose = first > 0 and _tells_kin(reading, vocabulary, first - 1)  # والدة أسير لدى جماعة، رئيس الحكومة فلان
    for at in range(first + 1, last):
        if reading.pieces[at].key in COMMAS:
            if whose:
                return at - 1
            second = "role" in vocabulary.classes(at + 1) and "honorific" not in vocabulary.classes(at + 1)
            return at - 1 if second and reading.entity(at - 1) is None else last
    return last


def _is_kin(reading: Reading, vocabulary: Vocabulary, index: int, name: int) -> bool:
    """Tell whether a title tells whose relative one is: the name after it is not its bearer's (والدة الأسير فلان, but والدته فلانة)."""
    return _tells_kin(reading, vocabulary, index) and reading.pieces[name - 1].key not in COMMAS


def _tells_kin(reading: Reading, vocabulary: Vocabulary, index: int) -> bool:
    """Tell whether a noun says whose relative one is (والدة فلان, but not والدته)."""
    piece = reading.pieces[index]
    return piece.base in vocabulary.lexicon.words["kin"] and not (piece.owned or piece.definite)


def style(reading: Reading, vocabulary: Vocabulary, name: int) -> frozenset[str]:
    """Return the words of courtesy in the title before a name (معالي وزير … الدكتور فلان), back to the honorific that opens it."""
    found: set[str] = set()
    for at in range(name - 1, max(-1, name - _STYLE_REACH) - 1, -1):
        piece = reading.pieces[at]
        ends = piece.is_mark or piece.kind == "PER" or vocabulary.is_finite(at) or vocabulary.is_function(at)
        if ends:
            break
        found.add(piece.base)
        if piece.conjunction or piece.preposition or ("honorific" in vocabulary.classes(at) and not piece.definite):
            break
    return frozenset(found)


def _after_name(reading: Reading, name: int) -> int:
    """Return the piece after a name that begins at a piece, and after the comma behind it."""
    after = next((at for at in range(name + 1, len(reading.pieces)) if reading.pieces[at].entity != reading.pieces[name].entity), len(reading.pieces))
    return after + 1 if after < len(reading.pieces) and reading.pieces[after].key in COMMAS else after


def _owner_before(reading: Reading, index: int) -> int | None:
    """Return where the name begins that a title right after it, or after a comma, belongs to (فلان، وزير …)."""
    at = index - 1
    if at > 0 and reading.pieces[at].key in _WHO_IS and reading.pieces[at - 1].key in COMMAS:  # فلان، وهو صياد
        at -= 1
    if at >= 0 and reading.pieces[at].key in ("،", ","):
        at -= 1
    return reading.entity_start(at) if at >= 0 and reading.pieces[at].kind == "PER" else None


def _closes(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a mark closes a bracket or a quotation that opened in the same phrase."""
    quotation = reading.quotation_ending.get(last)
    if quotation is not None and quotation.first >= first:
        return True
    opened = any(reading.pieces[at].key in OPEN_BRACKETS for at in range(first, last))
    return opened and reading.pieces[last].key in CLOSE_BRACKETS


def title(reading: Reading, first: int, last: int) -> tuple[str, tuple[str, ...]]:
    """Return a title as written, without clitics and commas at its edges, and the stems of its words."""
    last = next((at - 1 for at, piece in enumerate(reading.pieces[first + 1 : last + 1], first + 1) if piece.key in _RELATIVES), last)
    while last > first and reading.pieces[last].is_mark and not _closes(reading, first, last):
        last -= 1
    text = reading.text(first, last)
    piece = reading.pieces[first]
    if piece.preposition == "ل" and piece.definite:
        text = "ال" + text[len(piece.key) - len(piece.stem) :]  # للوزير is ل + الوزير, للجنة is ل + اللجنة
    elif not piece.is_mark:
        text = text[len(piece.conjunction) + len(piece.preposition) :]
    return text, tuple([piece.stem for piece in reading.pieces[first : last + 1] if not piece.is_mark])
