"""A document's words and marks as the rules read them: tokens cut once more at punctuation, with keys and clitics.

A mark that the tokenizer left on a word still counts, two apostrophes make a quotation mark, and names that the tagger cut are made whole.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from service import arabic
from service.attribution import Document, Entity, Span, Token
from service.quotations import APOSTROPHES

_CUT = re.compile(r"''|'|[\"«»“”„‟()\[\]{}؛،;؟?!…]|(?<!\d)[:,]|[:,](?!\d)|\.{2,}|\.(?=$)|[–—]|(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])")
PAUSE = ".."  # two dots are a comma, not a sentence's end
_CONNECTORS = frozenset({"بن", "عبد", "ابو", "ابن", "ابي", "بنت", "ام", "ال"})  # words of a name that another word of it must follow
_ABBREVIATED = frozenset({"د", "م", "ا", "ا.د"})  # titles written as a letter and a stop
_GIVEN = "باسم"  # a given name, and «in the name of»
_SPEAK_FOR = frozenset({"تحدث", "تحدثت", "يتحدث", "تتحدث", "متحدث", "متحدثه", "ناطق", "ناطقه"})  # after these it is no name
_INITIAL = 3  # letters of an initial's name (إيه)
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
_DETACHED = {"بـ": "ب", "لـ": "ل"}
# ال that is no article: the alef and lam of form VIII verbs and their masdars, and of words whose alef bears a hamza.
_NO_ARTICLE = ("التزام", "التقي", "التقت", "التقا", "التقو", "التحاق", "التهاب", "التماس", "التفاف", "التفات", "التمس", "التزم")
_NO_POSSESSIVE = ("جاه", "ياه", "باه", "يه", "الله", "وجه", "فقه", "كره")  # a heh of the root: اتجاه، مياه، توجيه
_POSSESSIVE = ("ه", "ها", "هم", "هما", "هن")
_HAMZATED = re.compile("[وف]?[بلك]?[أإآ]ل")


Nouns = Mapping[str, frozenset[str]]
"""Keys of nouns and the classes they belong to."""
NO_NOUNS: Nouns = MappingProxyType({})


class Piece(NamedTuple):
    """A word with its clitics, or a punctuation mark.

    `key` is the look-up key of the whole; `conjunction` and `preposition` are the clitics in front (و ف, ب ل ك), `base` the key without
    them, `stem` the base without the article; `definite` tells the article, `owned` a possessive pronoun at the end (ثقته). `entity` is an
    index into the document's entities, -1 for none. A tuple, not a dataclass: one is made of every word.
    """

    span: Span
    key: str
    conjunction: str
    preposition: str
    base: str
    stem: str
    definite: bool
    is_mark: bool
    paragraph: int
    entity: int
    owned: bool = False


def cut(document: Document, nouns: Nouns, sayings: Container[str] = frozenset()) -> tuple[Piece, ...]:
    """Return a document's pieces, in order.

    `nouns` are keys with their classes: their first letter is theirs, whatever the tokenizer split (وزير), and ل before a medium is none
    of it, whatever it left whole (لقناة، لDW). `sayings` are keys of verbs of saying: after one باسم is a name.
    """
    owner = _owners(document)
    found: list[Piece] = []
    for index, token in enumerate(document.tokens):
        entity = owner.get(index, -1)
        if token.text.isalpha():
            _add(found, _word(document.text, token.span, token, entity, nouns))
        else:
            for piece in _pieces(document.text, token, entity, nouns):
                _add(found, piece)
    return tuple(_given(found, index, nouns, sayings) for index in range(len(found)))


def _given(pieces: list[Piece], index: int, nouns: Nouns, sayings: Container[str]) -> Piece:
    """Return a piece, باسم as the given name it is right after a verb of saying or a title (قال باسم فلان), not after المتحدث."""
    piece = pieces[index]
    if piece.key != _GIVEN or not 0 < index < len(pieces) - 1:
        return piece
    before, after = pieces[index - 1], pieces[index + 1]
    titled = before.definite and bool(nouns.get(before.stem, frozenset()) & {"role", "honorific"})
    if before.base in _SPEAK_FOR or before.stem in _SPEAK_FOR or not (titled or before.base in sayings) or after.entity < 0:
        return piece
    return piece._replace(preposition="", base=piece.key, stem=piece.key, owned=False, entity=after.entity)


def _owners(document: Document) -> dict[int, int]:
    """Return token → entity, names made whole that the tagger cut: after بن or عبد, at an initial's full stop (ن. فلان), or in two."""
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
        elif number + 1 < len(document.entities) and _goes_on(document, last + 1, document.entities[number + 1]):
            owner.update(dict.fromkeys(range(last + 1, document.entities[number + 1].last + 1), owner[last]))
    return owner


def _goes_on(document: Document, index: int, entity: Entity) -> bool:
    """Tell whether a person's name that begins at a token goes on with the one right before it: no clitic joins them."""
    return entity.first == index and entity.type == "PER" and len(document.tokens[index].words) == 1


def _add(found: list[Piece], piece: Piece) -> None:
    """Add a piece, two apostrophes or two dots side by side made one mark; a tatweel alone (بـ before a mark) is none."""
    if not piece.key:
        return
    before = found[-1] if found else None
    if before is not None and before.span.end == piece.span.start:
        span = Span(before.span.start, piece.span.end)
        if piece.key == "." and before.key in _ABBREVIATED:
            found[-1] = before._replace(span=span)  # د. فلان: no sentence ends here
            return
        if piece.key == "." == before.key:
            found[-1] = before._replace(span=span, key=PAUSE, base=PAUSE, stem=PAUSE)
            return
        if piece.key == "'" == before.key:
            found[-1] = before._replace(span=span, key=APOSTROPHES, base=APOSTROPHES, stem=APOSTROPHES)
            return
    found.append(piece)


def _pieces(text: str, token: Token, entity: int, nouns: Nouns) -> Iterator[Piece]:
    cursor = token.span.start
    for mark in _CUT.finditer(token.text):
        if token.span.start + mark.start() > cursor:
            yield _word(text, Span(cursor, token.span.start + mark.start()), token, entity, nouns)
        span, key = Span(token.span.start + mark.start(), token.span.start + mark.end()), mark.group()
        yield Piece(span, key, "", "", key, key, definite=False, is_mark=True, paragraph=token.paragraph, entity=entity)
        cursor = span.end
    if cursor < token.span.end:
        yield _word(text, Span(cursor, token.span.end), token, entity, nouns)


def _word(text: str, span: Span, token: Token, entity: int, nouns: Nouns) -> Piece:
    surface = span.of(text)
    shape = _shape(surface, token.words)
    if token.words and shape.key in nouns:
        shape = _shape(surface, ())
    elif shape.key[:1] == "ل" and not shape.preposition and ("medium" in nouns.get(shape.key[1:], ()) or shape.key[1:].isascii()):
        shape = _shape(surface, ("ل", surface[1:]))
    key, conjunction, preposition, base, stem, definite, is_mark, owned = shape
    return Piece(span, key, conjunction, preposition, base, stem, definite, is_mark, token.paragraph, entity, owned and entity < 0)


class _Shape(NamedTuple):
    """What a word's spelling and its expansion show, wherever it stands."""

    key: str
    conjunction: str
    preposition: str
    base: str
    stem: str
    definite: bool
    is_mark: bool
    owned: bool


@lru_cache(maxsize=1 << 13)
def _shape(surface: str, words: tuple[str, ...]) -> _Shape:
    """Return a word's shape; `words` is its expansion, empty where it is not to be believed."""
    key = arabic.key(surface)
    if surface in _DETACHED:
        detached = _DETACHED[surface]
        return _Shape(key, "", "", detached, detached, definite=False, is_mark=False, owned=False)
    clitics = [arabic.key(word) for word in words[:-1]]
    conjunction = clitics[0] if clitics and clitics[0] in _CONJUNCTIONS and key.startswith(clitics[0]) else ""
    rest = key[len(conjunction) :]
    following = clitics[1:] if conjunction else clitics
    preposition = following[0] if following and following[0] in _PREPOSITIONS and rest.startswith(following[0]) and len(rest) > 2 else ""
    base = rest[len(preposition) :]
    if preposition == "ل" and base.startswith("ل") and len(base) > 3:
        base = "ا" + base  # للوزير is ل + الوزير
    definite = len(base) > 3 and base.startswith("ال") and not base.startswith(_NO_ARTICLE) and not _HAMZATED.match(surface)
    split = len(words) > 1 and arabic.key(words[-1]) in _POSSESSIVE  # لاعبيه, where the ending alone does not tell
    possessive = surface.endswith(_POSSESSIVE) and (split or not surface.endswith(_NO_POSSESSIVE))
    is_mark = not any(character.isalnum() for character in surface)
    stem = base[2:] if definite else base
    return _Shape(key, conjunction, preposition, base, stem, definite, is_mark, owned=possessive and not definite and len(base) > 3)
