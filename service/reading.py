"""A document as the rules read it: pieces with their look-up keys, clitics, quotations and the ends of sentences.

Tokens are cut once more at punctuation, so that a mark the tokenizer left on a word still counts, and sentences end where the text
says so: Stanza's boundaries, which err on Arabic, are not used.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from service import arabic
from service.attribution import Document, Entity, Span, Token
from service.quotations import APOSTROPHES, FAMILIES, MARKS, Mark, Quotation, pair, shape

COLON = ":"
COMMAS = frozenset({",", arabic.COMMA, arabic.SEMICOLON, ";"})
DASHES = frozenset("-\N{EN DASH}\N{EM DASH}")
STOPS = frozenset({".", "!", "?", arabic.QUESTION_MARK, "\N{ARABIC FULL STOP}", "\N{HORIZONTAL ELLIPSIS}"})
OPEN_BRACKETS, CLOSE_BRACKETS = frozenset("([{"), frozenset(")]}")

_CUT = re.compile(r"''|'|[\"«»“”„‟()\[\]{}؛،;؟?!…]|(?<!\d)[:,]|[:,](?!\d)|\.{2,}|\.(?=$)|[–—]|(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])")
_CONNECTORS = frozenset({"بن", "عبد", "ابو", "ابن", "ابي", "بنت", "ام", "ال"})  # words of a name that another word of it must follow
_BRACKETED = 12  # pieces between brackets that are no sentence of their own
_SUBORDINATORS = frozenset({"ان", "انه", "انها", "انهم", "بان", "بانه", "بانها"})
_INITIAL = 3  # letters of an initial's name (إيه)
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
_DETACHED = {"بـ": "ب", "لـ": "ل"}
# ال that is no article: the alef and lam of form VIII verbs and their masdars, and of words whose alef bears a hamza.
_NO_ARTICLE = ("التزام", "التقي", "التقت", "التقا", "التقو", "التحاق", "التهاب", "التماس", "التفاف", "التفات", "التمس", "التزم")
_NO_POSSESSIVE = ("جاه", "ياه", "باه", "يه", "الله", "وجه", "فقه", "كره")  # a heh of the root: اتجاه، مياه، توجيه
_POSSESSIVE = ("ه", "ها", "هم", "هما", "هن")
_HAMZATED = re.compile("[وف]?[بلك]?[أإآ]ل")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word with its clitics, or a punctuation mark.

    `key` is the look-up key of the whole; `conjunction` and `preposition` are the clitics in front (و ف, ب ل ك), `base` the key
    without them, `definite` tells the article, `owned` a possessive pronoun at the end (ثقته). `entity` is an index into the document's entities, -1 for none.
    """

    span: Span
    key: str
    conjunction: str
    preposition: str
    base: str
    definite: bool
    is_mark: bool
    paragraph: int
    entity: int
    owned: bool = False

    @property
    def stem(self) -> str:
        """The key without clitics in front and without the article."""
        return self.base[2:] if self.definite and len(self.base) > 3 else self.base


@dataclass(frozen=True, slots=True)
class Reading:
    """A document in pieces.

    `stop[i]` is the last piece of piece i's sentence, quotations within it counted as one, and the quotation's own end where i
    stands in one; `quotation_at` finds a quotation by its opening mark, `quotation_ending` by its last piece; `inside[i]` is the innermost quotation around piece i.
    """

    document: Document
    pieces: tuple[Piece, ...]
    quotations: tuple[Quotation, ...]
    quotation_at: dict[int, Quotation] = field(repr=False)
    quotation_ending: dict[int, Quotation] = field(repr=False)
    inside: tuple[Quotation | None, ...] = field(repr=False)
    stop: tuple[int, ...] = field(repr=False)
    begin: tuple[int, ...] = field(repr=False)  # first piece of piece i's sentence

    def span(self, first: int, last: int) -> Span:
        """Return the client's span from piece `first` to piece `last`, inclusive."""
        return Span(self.pieces[first].span.start, self.pieces[last].span.end)

    def text(self, first: int, last: int) -> str:
        """Return the client's text from piece `first` to piece `last`, inclusive."""
        return self.span(first, last).of(self.document.text)

    def entity(self, index: int) -> Entity | None:
        """Return the entity around a piece."""
        number = self.pieces[index].entity
        return self.document.entities[number] if number >= 0 else None


def read(document: Document, nouns: Container[str] = frozenset()) -> Reading:
    """Return the document in pieces; linear in its length. `nouns` are keys whose first letter is theirs, whatever the tokenizer split (وزير)."""
    owner = _owners(document)
    pieces = tuple(_joined(piece for index, token in enumerate(document.tokens) for piece in _pieces(document.text, token, owner.get(index, -1), nouns)))
    last = _sentence_lasts(document.text, pieces)
    quotations = pair([*_marks(document.text, pieces)], last)
    inside = _inside(len(pieces), quotations)
    opened = {quotation.first: quotation for quotation in quotations}
    stop = _stops(last, quotations, opened, inside)
    closed = {quotation.last: quotation for quotation in quotations}
    return Reading(document, pieces, quotations, opened, closed, inside, stop, _begins(stop, inside))


def _owners(document: Document) -> dict[int, int]:
    """Return token → entity, names made whole that the tagger cut: after بن or عبد, and at an initial's full stop (ن. فلان)."""
    owner = {token: number for number, entity in enumerate(document.entities) for token in range(entity.first, entity.last + 1)}
    tokens = document.tokens
    for number, entity in enumerate(document.entities):
        last = entity.last
        if entity.type != "PER" or last + 1 >= len(tokens) or tokens[last + 1].paragraph != tokens[last].paragraph:
            continue
        if arabic.key(tokens[last].text) in _CONNECTORS and tokens[last + 1].text.isalpha():
            owner[last + 1] = number
        elif len(tokens[last].text) <= _INITIAL and tokens[last + 1].text == "." and last + 2 < len(tokens) and owner.get(last + 2, -1) == number + 1:
            following = document.entities[number + 1]
            owner.update(dict.fromkeys(range(last + 1, following.last + 1), number))
    return owner


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, two apostrophes side by side made one quotation mark."""
    held: Piece | None = None
    for piece in pieces:
        if not piece.key:
            continue  # a tatweel alone (بـ before a mark)
        if held is not None and held.key == piece.key == "'" and held.span.end == piece.span.start:
            yield replace(held, span=Span(held.span.start, piece.span.end), key=APOSTROPHES, base=APOSTROPHES)
            held = None
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _pieces(text: str, token: Token, entity: int, nouns: Container[str]) -> Iterator[Piece]:
    cursor = token.span.start
    surface = token.text
    for cut in _CUT.finditer(surface) if not surface.isalpha() else ():
        if token.span.start + cut.start() > cursor:
            yield _word(text, Span(cursor, token.span.start + cut.start()), token, entity, nouns)
        span = Span(token.span.start + cut.start(), token.span.start + cut.end())
        yield Piece(span, cut.group(), "", "", cut.group(), False, True, token.paragraph, entity)
        cursor = span.end
    if cursor < token.span.end:
        yield _word(text, Span(cursor, token.span.end), token, entity, nouns)


def _word(text: str, span: Span, token: Token, entity: int, nouns: Container[str]) -> Piece:
    surface = span.of(text)
    key = arabic.key(surface)
    if surface in _DETACHED:
        return Piece(span, _DETACHED[surface], "", "", _DETACHED[surface], False, False, token.paragraph, entity)
    clitics = [arabic.key(word) for word in token.words[:-1]] if key not in nouns else []
    conjunction = clitics[0] if clitics and clitics[0] in _CONJUNCTIONS and key.startswith(clitics[0]) else ""
    rest = key[len(conjunction) :]
    following = clitics[1:] if conjunction else clitics
    preposition = following[0] if following and following[0] in _PREPOSITIONS and rest.startswith(following[0]) and len(rest) > 2 else ""
    base = rest[len(preposition) :]
    if preposition == "ل" and base.startswith("ل") and len(base) > 3:
        base = "ا" + base  # للوزير is ل + الوزير
    is_mark = not any(character.isalnum() for character in surface)
    definite = len(base) > 3 and base.startswith("ال") and not base.startswith(_NO_ARTICLE) and not _HAMZATED.match(surface)
    return Piece(span, key, conjunction, preposition, base, definite, is_mark, token.paragraph, entity, entity < 0 and not definite and len(base) > 3 and surface.endswith(_POSSESSIVE) and not surface.endswith(_NO_POSSESSIVE))


def _sentence_lasts(text: str, pieces: tuple[Piece, ...]) -> list[int]:
    """Return for each piece the last piece of its sentence, by stops and paragraphs, quotations not yet known."""
    last = [0] * len(pieces)
    bracketed = _bracketed(pieces)
    current = len(pieces) - 1
    for index in range(len(pieces) - 1, -1, -1):
        if index == len(pieces) - 1 or pieces[index + 1].paragraph != pieces[index].paragraph or (index not in bracketed and _stops_sentence(text, pieces, index)):
            current = index
        last[index] = current
    return last


def _bracketed(pieces: tuple[Piece, ...]) -> set[int]:
    """Return the pieces inside short brackets, where a stop abbreviates (د.ب.أ)."""
    found: set[int] = set()
    opened: int | None = None
    for index, piece in enumerate(pieces):
        if piece.key in OPEN_BRACKETS:
            opened = index
        elif piece.key in CLOSE_BRACKETS and opened is not None:
            found.update(range(opened + 1, index) if index - opened <= _BRACKETED else ())
            opened = None
    return found


def _stops_sentence(text: str, pieces: tuple[Piece, ...], index: int) -> bool:
    """Tell whether a piece ends a sentence: a stop that is no abbreviation (د. فلان) and is not followed by the mark that closes."""
    piece = pieces[index]
    if piece.key not in STOPS:
        return False
    before = pieces[index - 1] if index else None
    if index + 1 < len(pieces) and pieces[index + 1].span.of(text).startswith(("أن", "بأن")) and pieces[index + 1].key in _SUBORDINATORS:
        return False  # a stray stop: no sentence begins with أن
    if piece.entity >= 0 and index + 1 < len(pieces) and pieces[index + 1].entity == piece.entity:
        return False
    return piece.key != "." or before is None or before.is_mark or len(before.key) > 1 or before.key.isdigit()


def _marks(text: str, pieces: tuple[Piece, ...]) -> Iterator[Mark]:
    for index, piece in enumerate(pieces):
        if piece.key in MARKS or piece.key == APOSTROPHES:
            opens, closes = shape(text, piece.span.start, piece.span.end)
            yield Mark(index, FAMILIES[piece.key], piece.paragraph, opens, closes)


def _inside(size: int, quotations: tuple[Quotation, ...]) -> tuple[Quotation | None, ...]:
    """Return the innermost quotation around each piece, marks counted as outside; an opening mark belongs to what surrounds it."""
    inside: list[Quotation | None] = [None] * size
    stack: list[Quotation] = []
    upcoming = iter(quotations)
    following = next(upcoming, None)
    for index in range(size):
        while stack and index > stack[-1].inner_last:
            stack.pop()
        inside[index] = stack[-1] if stack else None
        if following is not None and following.first == index:
            stack.append(following)
            following = next(upcoming, None)
    return tuple(inside)


def _stops(last: list[int], quotations: tuple[Quotation, ...], opened: dict[int, Quotation], inside: tuple[Quotation | None, ...]) -> tuple[int, ...]:
    """Return for each piece where its sentence ends, read from the end backwards so that each piece is looked at once."""
    size = len(last)
    stop = [0] * size
    for index in range(size - 1, -1, -1):
        around = inside[index]
        limit = around.inner_last if around else size - 1
        quotation = opened.get(index)
        if quotation is not None and quotation.closed and inside[quotation.last] is around:
            after = quotation.last
            stop[index] = after if last[after] == after or after >= limit else stop[after + 1]
        elif last[index] == index or index >= limit:
            stop[index] = index
        else:
            stop[index] = min(stop[index + 1], limit)
    return tuple(stop)


def _begins(stop: tuple[int, ...], inside: tuple[Quotation | None, ...]) -> tuple[int, ...]:
    """Return for each piece the first of its sentence: after the last piece before it, in the same quotation, at which a sentence stops."""
    begin = [0] * len(stop)
    starts: dict[Quotation | None, int] = {}
    for index, around in enumerate(inside):
        if around is not None and around.first == index - 1:
            starts[around] = index
        begin[index] = starts.setdefault(around, index)
        if stop[index] == index:
            starts[around] = index + 1
    return tuple(begin)
