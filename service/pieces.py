"""A document's words and marks as the rules read them: tokens cut once more at punctuation, with keys and clitics.

A mark that the tokenizer left on a word still counts, two apostrophes make a quotation mark, and names that the tagger cut are made whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from service import arabic, outlets
from service.attribution import Document, Entity, Span
from service.lexicon.nominals import Nouns
from service.quotations import APOSTROPHES

_CUT = re.compile(r"&?#(?=171|187)|''|'|[\"«»“”„‟()\[\]{}؛،;؟?!…]|(?<!\d)[:,]|[:,](?!\d)|\.{2,}|\.(?=$)|[–—]|(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])")
PAUSE = ".."  # two dots are a comma, not a sentence's end
_CONNECTORS = frozenset({"بن", "عبد", "ابو", "ابن", "ابي", "بنت", "ام", "ال"})  # words of a name that another word of it must follow
_ABBREVIATED = frozenset({"د", "م", "ا", "ا.د"})  # titles written as a letter and a stop
_REFERENCES = {"171": "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}", "187": "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"}
_SIGNS, _SEMICOLON = frozenset({"#", "&#"}), ";"
_LETTER_N = "إن"  # a spelling that no key has, so that no list holds it
_LETTER_B, _LETTER_C = "بي", "سي"
_TOLD_B = "ل" + _LETTER_B
_GIVEN = "باسم"  # a given name, and «in the name of»
_BY_PLACE = frozenset({"ان", _TOLD_B, _GIVEN})  # keys that what stands around them reads
_SPEAK_FOR = frozenset({"تحدث", "تحدثت", "يتحدث", "تتحدث", "متحدث", "متحدثه", "ناطق", "ناطقه"})  # after these it is no name
_HAMZA_SEATS = ("ؤ", "ئ")  # of the hamza that ends a noun, before a pronoun
_JOINING = frozenset({".", "'"})  # marks that may be one with what stands right before them
_QUESTIONS = 3  # of them, a text without a comma has lost its commas to an encoding
_INITIAL = 3  # letters of an initial's name (إيه)
_TOLD = frozenset({"medium", "role", "group", "body"})  # nouns of whom one speaks to (لصحيفة، لرئيس)
_NONE: frozenset[str] = frozenset()
_NAME_LETTERS = ("ب", "ف", "ل", "ك")  # what looks like a clitic amid a person's name is a letter of it
_RELATIONAL = ("ي", "يه")  # endings of adjectives of relation (nisba), as keys
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
_DETACHED = {"بـ": "ب", "لـ": "ل"}
# What the tokenizer parts in two, though its و is a letter of the root, or of an agency's name.
_WHOLE = frozenset({"واحد", "واحده", "واج", "وام", "واس", "وفا", "وات", "بارك", "باركت"})
# ال that is no article: the alef and lam of form VIII verbs and their masdars, and of words whose alef bears a hamza.
_NO_ARTICLE = ("التزام", "التقي", "التقت", "التقا", "التقو", "التحاق", "التهاب", "التماس", "التفاف", "التفات", "التمس", "التزم")
_NO_POSSESSIVE = ("جاه", "ياه", "باه", "يه", "الله", "وجه", "فقه", "كره")  # a heh of the root: اتجاه، مياه، توجيه
_POSSESSIVE = ("ه", "ها", "هم", "هما", "هن")
_HAMZATED = re.compile("[وف]?[بلك]?[أإآ]ل")
_PRONOUNS = ("هما", "ها", "هم", "هن", "ه")  # the longest first


class Piece(NamedTuple):
    """A word with its clitics, or a punctuation mark: where it stands, and what its spelling and its expansion show wherever it stands.

    `key` is the look-up key of the whole; `conjunction` and `preposition` are the clitics in front (و ف, ب ل ك), `base` the key without
    them, `stem` the base without the article; `definite` tells the article, `owned` a possessive pronoun at the end (ثقته); `classes` are
    the classes of noun it may belong to, its article and clitics aside. `entity` is an index into the document's entities, -1 for none,
    and `kind` that entity's type, empty for none. A tuple, not a dataclass: one is made of every word.
    """

    span: Span
    paragraph: int
    entity: int
    kind: str
    key: str
    conjunction: str
    preposition: str
    base: str
    stem: str
    definite: bool
    is_mark: bool
    owned: bool
    classes: frozenset[str]


def cut(document: Document, nouns: Nouns, sayings: Container[str] = frozenset()) -> tuple[Piece, ...]:
    """Return a document's pieces, in order.

    `nouns` are keys with their classes: their first letter is theirs, whatever the tokenizer split (وزير), and ل or ب before whom one speaks to or
    meets is none of it, whatever it left whole (لقناة، لDW، برئيس). `sayings` are keys of verbs of saying: after one باسم is a name.
    """
    owner = _owners(document)
    found: list[Piece] = []
    for index, token in enumerate(document.tokens):
        entity = owner.get(index, -1)
        kind = document.entities[entity].type if entity >= 0 else ""
        named = kind == "PER" and (
            _goes_on_name(token.text)
            if owner.get(index - 1) == entity
            else _opens_name(document, index, nouns, sayings, after_name=index - 1 in owner)
        )
        words = () if named else token.words
        if kind and token.text.startswith("ل") and len(words) == 1 and owner.get(index - 1) != entity and _is_told(document, entity):
            words = ("ل", token.text[1:])  # قال ليونايتد برس إنترناشونال
        for start, end, shape in _parts(token.text, words, entity >= 0, nouns):
            span = token.span if end - start == len(token.text) else Span(token.span.start + start, token.span.start + end)
            piece = Piece(span, token.paragraph, entity, kind, *shape)
            joined = _joined(found[-1], piece) if found and piece.key in _JOINING else None
            if joined is not None:
                found[-1] = joined
            elif found and found[-1].key == "." and _goes_on_address(found, piece):
                found[-2:] = [_lengthened(found[-2], piece)]
            elif piece.key == _SEMICOLON and len(found) > 1 and _is_reference(found[-2], found[-1], piece):
                found[-2:] = [_mark_of(found[-2], found[-1], piece)]
            else:
                found.append(piece)
    if document.text.count("?") >= _QUESTIONS:
        found = _repaired(found)
    placed = (
        _in_place(found, index, nouns, sayings) if piece.preposition == "ل" or piece.key in _BY_PLACE else piece for index, piece in enumerate(found)
    )
    if any(token.text.endswith(arabic.TEH_MARBUTA) for token in document.tokens):
        return tuple(placed)
    return tuple(_undotted(piece, nouns) for piece in placed)


def _repaired(pieces: list[Piece]) -> list[Piece]:
    """Return a text's pieces, its question marks as the commas they were where it asks often and has none: a lost encoding (بدأ أمس? وانتهى)."""
    keys = Counter(piece.key for piece in pieces if piece.is_mark)
    within = sum(mark.key == "?" and mark.paragraph == after.paragraph for mark, after in pairwise(pieces)) if keys["?"] >= _QUESTIONS else 0
    if 2 * within <= keys["?"] or keys[","] or keys[arabic.COMMA]:
        return pieces  # most questions end a paragraph
    return [piece._replace(key=arabic.COMMA, base=arabic.COMMA, stem=arabic.COMMA) if piece.key == "?" else piece for piece in pieces]


def _undotted(piece: Piece, nouns: Nouns) -> Piece:
    """Return a piece of a text without a single ة: its ه is one, where a noun of the lexicon ends so and none is left without it (وزاره، شركه)."""
    noun = nouns.get(piece.base, _NONE) if piece.owned and piece.base.endswith("ه") else _NONE
    feminine = "body" in noun or (noun and piece.base[:-1] not in nouns)
    return piece._replace(owned=False) if feminine else piece


def _in_place(pieces: list[Piece], index: int, nouns: Nouns, sayings: Container[str]) -> Piece:
    """Return a piece as what stands around it reads it."""
    piece = pieces[index]
    if piece.key == _GIVEN:
        return _given(pieces, index, nouns, sayings)
    if piece.key == "ان" and _is_letter([around.key for around in pieces[max(0, index - 2) : index + 3]], min(index, 2)):
        return piece._replace(key=_LETTER_N, base=_LETTER_N, stem=_LETTER_N)
    if piece.key == _TOLD_B and [around.key for around in pieces[index + 1 : index + 3]] == [_LETTER_B, _LETTER_C]:
        return piece._replace(preposition="ل", base=_LETTER_B, stem=_LETTER_B)  # قال فلان لبي بي سي
    if piece.preposition == "ل" and piece.stem.startswith("ل") and not (piece.definite or piece.entity >= 0) and not _heads_chain(pieces, index):
        return piece._replace(base=f"ال{piece.stem}", definite=True)  # وفقا للجنة، …
    return piece


def _is_letter(keys: list[str], at: int) -> bool:
    """Tell whether إن is the name of the letter N, in CNN (سي إن إن) or NBC (إن بي سي), and opens no clause."""
    before, after = keys[:at], keys[at + 1 :]
    first, second = before[-1:] == [_LETTER_C] and after[:1] == ["ان"], before[-2:] == [_LETTER_C, "ان"]
    return first or second or after[:2] == [_LETTER_B, _LETTER_C]


def _heads_chain(pieces: list[Piece], index: int) -> bool:
    """Tell whether a noun is the first of an of-chain: what follows it is definite, or the name of a place or a body."""
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    return following is not None and not (following.conjunction or following.preposition) and (following.definite or following.kind in ("LOC", "ORG"))


def _given(pieces: list[Piece], index: int, nouns: Nouns, sayings: Container[str]) -> Piece:
    """Return a piece, باسم as the given name it is right after a verb of saying or a title (قال باسم فلان), not after المتحدث."""
    piece = pieces[index]
    if not 0 < index < len(pieces) - 1:
        return piece
    before, after = pieces[index - 1], pieces[index + 1]
    titled = before.definite and bool(nouns.get(before.stem, frozenset()) & {"role", "honorific"})
    if before.base in _SPEAK_FOR or before.stem in _SPEAK_FOR or not (titled or before.base in sayings) or after.entity < 0:
        return piece
    named = piece._replace(entity=after.entity, kind=after.kind)
    return named._replace(preposition="", base=piece.key, stem=piece.key, owned=False, classes=nouns.get(piece.key, frozenset()))


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


def _joined(before: Piece, mark: Piece) -> Piece | None:
    """Return a piece with the mark right behind it, where both are one: two apostrophes or two dots make one mark."""
    if before.span.end != mark.span.start:
        return None
    span = Span(before.span.start, mark.span.end)
    if mark.key == "." and before.key in _ABBREVIATED:
        return before._replace(span=span)  # د. فلان: no sentence ends here
    if mark.key == "." == before.key:
        return before._replace(span=span, key=PAUSE, base=PAUSE, stem=PAUSE)
    if mark.key == "'" == before.key:
        return before._replace(span=span, key=APOSTROPHES, base=APOSTROPHES, stem=APOSTROPHES)
    return None


def _goes_on_name(word: str) -> bool:
    """Tell whether the first letter of a word amid a person's name is the name's (فلان بالحارث), and not ل before a medium (فلان لرويترز)."""
    told = word.startswith("ل") and (word.startswith("لل") or outlets.known(word[1:]) is not None)
    return word.startswith(_NAME_LETTERS) and not told


def _is_told(document: Document, number: int) -> bool:
    """Tell whether ل and a medium's name are what the tagger took for a name."""
    entity, tokens = document.entities[number], document.tokens
    name = document.text[tokens[entity.first].span.start : tokens[entity.last].span.end]
    return outlets.known(name) is None and outlets.known(name[1:]) is not None


def _opens_name(document: Document, index: int, nouns: Nouns, sayings: Container[str], *, after_name: bool) -> bool:
    """Tell whether the first letter of a person's name is its own: ف, ب behind a title, a nationality (الممثل باتريك), a verb; و behind a verb.

    `after_name`: another name stands before it, so that و joins the two.
    """
    word = document.tokens[index].text
    if not (index and word.startswith(("ب", "و"))):
        return word.startswith("ف")
    before = arabic.key(document.tokens[index - 1].text)
    if word.startswith("و"):
        return not after_name and (before in sayings or before[1:] in sayings)
    titled = bool(nouns.get(before.removeprefix("ال"), _NONE) & {"role", "honorific"})
    return before in sayings or before[1:] in sayings or (before.startswith("ال") and (titled or before.endswith(_RELATIONAL)))


def _goes_on_address(found: list[Piece], piece: Piece) -> bool:
    """Tell whether a Latin word goes on with a site's address behind the stop before it (موقع example.com), where the tokenizer cut."""
    if len(found) < 2 or piece.is_mark or not (piece.key.isascii() and piece.key.isalnum()):
        return False
    host, stop = found[-2:]
    latin = host.key.isascii() and not (host.is_mark or host.key.isdigit())
    return latin and host.span.end == stop.span.start and stop.span.end == piece.span.start


def _lengthened(host: Piece, piece: Piece) -> Piece:
    """Return the first part of a site's address with the stop and the part behind it."""
    longer = f".{piece.key}"
    span = Span(host.span.start, piece.span.end)
    return host._replace(span=span, key=host.key + longer, base=host.base + longer, stem=host.stem + longer)


def _is_reference(sign: Piece, number: Piece, end: Piece) -> bool:
    """Tell whether three pieces are the character reference of a quotation mark, as a page's source has it, its ampersand often lost (#187;)."""
    return sign.key in _SIGNS and number.key in _REFERENCES and sign.span.end == number.span.start and number.span.end == end.span.start


def _mark_of(sign: Piece, number: Piece, end: Piece) -> Piece:
    """Return the quotation mark that a character reference stands for, over all its characters."""
    mark = _REFERENCES[number.key]
    return end._replace(span=Span(sign.span.start, end.span.end), key=mark, base=mark, stem=mark)


class _Shape(NamedTuple):
    """What a word's spelling and its expansion show, wherever it stands: a piece's fields, in their order."""

    key: str
    conjunction: str
    preposition: str
    base: str
    stem: str
    definite: bool
    is_mark: bool
    owned: bool = False
    classes: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 14)  # some 10 MB: three of four words of the news are found there
def _parts(surface: str, words: tuple[str, ...], named: bool, nouns: Nouns) -> tuple[tuple[int, int, _Shape], ...]:
    """Return the words and marks of a token, where in it they stand and their shapes; a tatweel alone (بـ before a mark) is neither.

    `words` is the token's expansion, `named` tells that it stands in a name, whose end is no possessive pronoun.
    """
    found: list[tuple[int, int, _Shape]] = []
    cursor = 0
    for mark in () if surface.isalpha() else _CUT.finditer(surface):
        if mark.start() > cursor:
            found.append((cursor, mark.start(), _shape(surface[cursor : mark.start()], words, nouns, named=named)))
        found.append((mark.start(), mark.end(), _Shape(mark[0], "", "", mark[0], mark[0], definite=False, is_mark=True)))
        cursor = mark.end()
    if cursor < len(surface):
        found.append((cursor, len(surface), _shape(surface[cursor:], words, nouns, named=named)))
    return tuple(part for part in found if part[2].key)


def _shape(surface: str, words: tuple[str, ...], nouns: Nouns, *, named: bool) -> _Shape:
    """Return a word's shape."""
    key = arabic.key(surface)
    shape = _parted(surface, key, () if key in nouns or key in _WHOLE else words)
    met = key[:1] == "ب" and nouns.get(key[1:], _NONE) & _TOLD  # اجتمع برئيس …
    told = key[:1] == "ل" and (nouns.get(key[1:], _NONE) & _TOLD or key[1:].isascii())
    if (met or told) and key not in nouns and not shape.preposition:
        shape = _parted(surface, key, (key[:1], surface[1:]))
    if shape.preposition == "ل" and shape.definite and shape.stem not in nouns and f"ل{shape.stem}" in nouns:
        shape = shape._replace(base=f"ل{shape.stem}", stem=f"ل{shape.stem}", definite=False)  # للجنة الانتخابات is ل + لجنة
    his = surface.endswith("يه") and not shape.definite and bool(nouns.get(shape.base[:-1], _NONE) & _TOLD)  # محاميه, but محامية is she
    owned = (shape.owned or his) and not named
    classes = _classes(shape, nouns, owned=owned)
    return shape._replace(owned=owned, classes=classes) if classes or shape.owned else shape


def _parted(surface: str, key: str, words: tuple[str, ...]) -> _Shape:
    """Return a word's shape but for its classes; `words` is its expansion, empty where it is not to be believed."""
    if surface in _DETACHED:
        detached = _DETACHED[surface]
        return _Shape(key, "", "", detached, detached, definite=False, is_mark=False)
    conjunction, preposition = _clitics(key, [arabic.key(word) for word in words[:-1]]) if len(words) > 1 else ("", "")
    base = key[len(conjunction) + len(preposition) :]
    if preposition == "ل" and base.startswith("ل") and len(base) > 3:
        base = "ا" + base  # للوزير is ل + الوزير
    definite = base.startswith("ال") and len(base) > 3 and not base.startswith(_NO_ARTICLE) and not _HAMZATED.match(surface)
    split = len(words) > 1 and arabic.key(words[-1]) in _POSSESSIVE  # لاعبيه, where the ending alone does not tell
    possessive = surface.endswith(_POSSESSIVE) and (split or not surface.endswith(_NO_POSSESSIVE))
    is_mark = not (surface.isalnum() or any(map(str.isalnum, surface)))
    stem = base[2:] if definite else base
    return _Shape(key, conjunction, preposition, base, stem, definite, is_mark, possessive and not definite and len(base) > 3)


def _clitics(key: str, parted: list[str]) -> tuple[str, str]:
    """Return the conjunction and the preposition on a word, of what the tokenizer parted from it."""
    conjunction = parted[0] if parted[0] in _CONJUNCTIONS and key.startswith(parted[0]) else ""
    rest, following = key[len(conjunction) :], parted[1:] if conjunction else parted
    governed = following and following[0] in _PREPOSITIONS and rest.startswith(following[0]) and len(rest) > 2
    return conjunction, following[0] if governed else ""


def _classes(shape: _Shape, nouns: Nouns, *, owned: bool) -> frozenset[str]:
    """Return the classes of noun that a word may belong to."""
    key = shape.key
    found = nouns.get(key) or nouns.get(key.removeprefix("ال")) or nouns.get(shape.stem) or nouns.get(shape.base)
    if not found and key[:1] in _CONJUNCTIONS:
        found = nouns.get(key[1:].removeprefix("ال"))
    if not found and owned:  # صاحبته، قائدها
        bare = next((shape.base.removesuffix(ending) for ending in _PRONOUNS if shape.base.endswith(ending)), shape.base)
        bare = bare[:-1] + "ء" if bare.endswith(_HAMZA_SEATS) else bare  # علماؤها، زملائه
        found = nouns.get(bare) or (nouns.get(bare[:-1] + "ه") if bare.endswith("ت") else None)
    return found or frozenset()
