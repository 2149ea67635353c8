"""Where a noun phrase that names a speaker ends, told without a parser: by its head, by names, by what Arabic lets follow them.

An Arabic noun phrase runs head + (of-chain) + adjectives + name, appositions after commas; it closes at a person's name or once a
definite noun has closed its of-chain, and then only adjectives, prepositional attributes of a title, و + noun, or an apposition continue it.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from service.arabic import same_word
from service.cues import VerbCue
from service.lexicon import Lexicon
from service.lexicon.inflection import Part
from service.reading import CLOSE_BRACKETS, COMMAS, OPEN_BRACKETS, Piece, Reading

PEOPLE = frozenset({"role", "group"})
SPEAKERS = frozenset({"role", "group", "body", "document", "medium", "deferential"})
_ATTRIBUTIVE = frozenset({"في", "من", "عن", "لدي", "علي", "ب", "ل", "لشوون", "بشوون"})
_DETERMINERS = frozenset({"كل", "جميع", "بعض", "عدد", "احد", "احدي", "كلا", "كلتا", "اي", "معظم", "غالبيه", "اغلبيه", "عشرات", "مئات", "الاف", "ذات", "نفس", "هذا", "هذه", "هولاء", "ذلك", "تلك", "هاتان", "هذان", "غير", "اكثر", "نحو", "حوالي"})
_QUOTED_NAME_WORDS = 4
_BRACKETED_WORDS = 8
_MEDIUM_WORDS = 3  # words after صحيفة or موقع that may be its foreign name


@dataclass(frozen=True, slots=True)
class Phrases:
    """The grammar of noun phrases over one reading."""

    reading: Reading
    lexicon: Lexicon
    verbs: dict[int, VerbCue]
    names: frozenset[str]  # keys of surnames that the text gives in full somewhere

    def is_surname(self, index: int) -> bool:
        """Tell whether a piece is the surname of someone the text names in full elsewhere, a clitic aside."""
        piece = self.reading.pieces[index]
        return piece.key in self.names or piece.base in self.names and bool(piece.conjunction or piece.preposition)

    def classes(self, index: int) -> frozenset[str]:
        """Return the classes of noun that a piece may belong to, its article and clitics aside."""
        piece = self.reading.pieces[index]
        nouns = self.lexicon.nouns
        found = nouns.get(piece.key) or nouns.get(piece.key.removeprefix("ال")) or nouns.get(piece.stem) or nouns.get(piece.base)
        if not found and piece.key[:1] in ("و", "ف"):
            found = nouns.get(piece.key[1:].removeprefix("ال"))
        return found or frozenset()

    def is_time(self, index: int) -> bool:
        """Tell whether a piece says when (الخميس، مساء), its clitics aside."""
        piece = self.reading.pieces[index]
        return piece.key in self.lexicon.words["time"] or piece.base in self.lexicon.words["time"]

    def is_function(self, index: int) -> bool:
        """Tell whether a piece is a word that never stands in a name: a preposition, an adverb, an auxiliary, a pronoun."""
        words = self.lexicon.words
        piece = self.reading.pieces[index]
        if piece.key in ("ل", "ب", "ك"):
            return True
        return any(key in words[name] for key in {piece.key, piece.base} for name in ("adverb", "auxiliary", "complementiser", "negation", "clause_opener"))

    def is_finite(self, index: int) -> bool:
        """Tell whether a piece is a finite verb of saying and not a noun spelt alike (طالب, ذكر)."""
        cue = self.verbs.get(index)
        return cue is not None and cue.form.part is Part.FINITE and not (self.classes(index) and not cue.coordinated)

    def is_verbal(self, index: int) -> bool:
        """Tell whether an unknown word looks like an imperfect (يمنع, ستصبح) and so cannot begin a name."""
        piece = self.reading.pieces[index]
        return piece.entity < 0 and len(piece.base) > 3 and piece.base.startswith(("ي", "سي", "ست")) and not piece.definite and not self.classes(index)

    def heads(self, index: int) -> bool:
        """Tell whether a piece can head a phrase that names a speaker even where nothing else says so."""
        entity = self.reading.entity(index)
        return entity is not None and entity.type != "MISC" or self.is_surname(index) or bool(self.classes(index) & SPEAKERS)

    def end(self, start: int, limit: int, *, strict: bool = False) -> int:
        """Return the last piece of the noun phrase that begins at `start`, at most `limit`; `start - 1` where none begins.

        `strict` is for a phrase with another right behind it (a subject before its object): a definite phrase then takes only a
        relational adjective (ـي، ـية) as its attribute.
        """
        last, closed, named, index = start - 1, False, False, start
        while index <= limit:
            step = self._step(start, index, limit, closed=closed, named=named, strict=strict)
            if step is None:
                break
            last, closed, named = step
            index = last + 1
        return last

    def _step(self, start: int, index: int, limit: int, *, closed: bool, named: bool, strict: bool) -> tuple[int, bool, bool] | None:
        """Return (last piece taken, whether the phrase is closed now, whether it holds a person's name now), or None where it ends."""
        piece = self.reading.pieces[index]
        if piece.paragraph != self.reading.pieces[start].paragraph:
            return None
        if piece.is_mark:
            return self._mark(start, index, limit, closed=closed, named=named, strict=strict)
        entity = self.reading.entity(index)
        if self.is_surname(index) and not named and not (strict and closed and self.classes(start) & {"group", "body"}) and (index == start or not piece.preposition) and (entity is None or entity.type != "PER"):
            return index, True, True
        if piece.key in self.lexicon.words["relative"]:
            return (self._relative_end(index, limit), True, True) if index > start else None
        if index > start and (self.is_finite(index) or self.is_time(index)):
            return None
        if entity is not None and not self._misread(index):
            return self._name(start, index, closed=closed, named=named, strict=strict)
        if self.is_function(index) or piece.preposition:
            return self._attribute(start, index, limit, named=named) if index > start else ((index, False, False) if piece.key in _DETERMINERS else None)
        if index == start:
            return None if self.is_verbal(index) else (index, piece.definite, False)
        if piece.conjunction:
            return self._coordinate(index, limit, strict=strict)
        return self._noun(start, index, closed=closed, named=named, strict=strict)

    def _misread(self, index: int) -> bool:
        """Tell whether the tagger took a function word or a verb for a name."""
        return self.is_function(index) or self.is_finite(index)

    def _name(self, start: int, index: int, *, closed: bool, named: bool, strict: bool) -> tuple[int, bool, bool] | None:
        number = self.reading.pieces[index].entity
        entity = self.reading.document.entities[number]
        if index > start and self.reading.pieces[index].conjunction and named and entity.type not in ("PER", "ORG"):
            return None
        if named and index > start and not self.reading.pieces[index].conjunction and entity.type == "PER":
            return None
        if closed and strict and entity.type == "PER" and index > start and self.classes(start) & {"group", "body"} and not self.classes(start) & {"role"}:
            return None
        last = index
        while last + 1 < len(self.reading.pieces) and self.reading.pieces[last + 1].entity == number and not self._misread(last + 1):
            last += 1
        if entity.type == "MISC" and not (closed or index == start):
            return last, self.reading.pieces[last].definite, named
        named = named and True
        if entity.type == "PER" and index > start and self.reading.pieces[index].preposition:
            return last, closed, named  # المبعوث الخاص لفلان: whose envoy, not the envoy's name
        return last, entity.type == "PER" or closed or self.reading.pieces[last].definite or entity.type in ("ORG", "LOC"), named or entity.type == "PER"

    def _noun(self, start: int, index: int, *, closed: bool, named: bool, strict: bool) -> tuple[int, bool, bool] | None:
        piece = self.reading.pieces[index]
        title = self.classes(index)
        if named:
            return (index, True, False) if title & {"role", "honorific"} and not strict else None
        if closed and not piece.definite and "medium" in self.classes(start) and index - start <= _MEDIUM_WORDS and not strict:
            return index, True, False
        if closed and not piece.definite:
            return (index, False, False) if title & {"honorific", "role"} and self._name_follows(index) else None
        if closed and strict and not self._attributive(piece) and not title & {"honorific"}:
            return None
        if strict and index > start and not piece.definite and "proposition" in self.lexicon.nouns.get(piece.key, ()):
            return None
        return index, closed or piece.definite, False

    def _attributive(self, piece: Piece) -> bool:
        """Tell whether a definite word is an adjective of the phrase before it: a relational one, or one of titles (العام، السابق)."""
        return piece.key.endswith(("ي", "يه", "يون", "يين", "يات", "يان")) or piece.key in self.lexicon.words["attribute"]

    def _name_follows(self, index: int) -> bool:
        """Tell whether a person's name follows within the title that begins here (… المتحدث باسم الوزارة العميد فلان)."""
        upper = min(index + 5, len(self.reading.pieces))
        return any((entity := self.reading.entity(at)) is not None and entity.type == "PER" for at in range(index + 1, upper))

    def _coordinate(self, index: int, limit: int, *, strict: bool) -> tuple[int, bool, bool] | None:
        """Take و + noun (دبلوماسيين، والتنمية) but not و + verb: a noun shows itself by the article, its class, or an ending of plurals."""
        piece = self.reading.pieces[index]
        if piece.conjunction != "و" or self.is_function(index) or index in self.verbs and self.is_finite(index):
            return None
        nominal = piece.definite or bool(self.classes(index)) or piece.base.endswith(("ين", "ون", "ات", "يه", "ه")) and len(piece.base) > 4
        if strict and not (piece.definite or self.classes(index)):
            return None
        return (index, piece.definite, False) if nominal else None

    def _attribute(self, start: int, index: int, limit: int, *, named: bool) -> tuple[int, bool, bool] | None:
        """Take a prepositional attribute of a title or a body (باسم الوزارة، لحقوق الإنسان، في البيت الأبيض), not a circumstance."""
        piece = self.reading.pieces[index]
        attached = bool(piece.preposition)
        if piece.conjunction or named or not (attached or piece.key in _ATTRIBUTIVE) or index >= limit and not attached:
            return None
        target = index if attached else index + 1
        if not attached and self.reading.pieces[target].is_mark:
            return None
        word = self.reading.pieces[target]
        occasion = self.lexicon.words["occasion"]
        if self.is_time(target) or {word.base, word.stem, word.key} & occasion or (not attached and self.is_function(target) and word.key not in _DETERMINERS):
            return None
        if self._is_audience(index, target) or piece.preposition == "ب" and "proposition" in self.lexicon.nouns.get(piece.base, ()):
            return None
        return target, word.definite, False

    def _is_audience(self, index: int, target: int) -> bool:
        """Tell whether ل + noun is whom the words were said to (لصحيفة …، للصحفيين، لنظيره) and not what the title belongs to."""
        piece, word = self.reading.pieces[index], self.reading.pieces[target]
        if (piece.preposition or piece.key) != "ل":
            return False
        classes = self.lexicon.nouns.get(word.stem, frozenset()) | self.lexicon.nouns.get(word.base, frozenset())
        entity = self.reading.entity(target)
        return "medium" in classes or bool(classes & PEOPLE) or entity is not None and entity.type == "PER"

    def _relative_end(self, index: int, limit: int) -> int:
        """Return the last piece of a relative clause: up to the next comma, or to `limit`."""
        at, limit = index, min(limit, self.reading.stop[index])
        while at < limit and self.reading.pieces[at + 1].key not in COMMAS and not self.is_finite(at + 1):
            at += 1
        return at

    def _mark(self, start: int, index: int, limit: int, *, closed: bool, named: bool, strict: bool) -> tuple[int, bool, bool] | None:
        """Take a name in marks or brackets, and the apposition that a comma opens; every other mark ends the phrase."""
        piece = self.reading.pieces[index]
        quotation = self.reading.quotation_at.get(index)
        if quotation is not None and quotation.closed and quotation.last <= limit and quotation.last - index - 1 <= _QUOTED_NAME_WORDS:
            return quotation.last, True, named
        if piece.key in OPEN_BRACKETS and index > start:
            close = next((at for at in range(index + 1, min(limit, index + _BRACKETED_WORDS) + 1) if self.reading.pieces[at].key in CLOSE_BRACKETS), None)
            return (close, closed, named) if close is not None else None
        if piece.key in COMMAS and start < index < limit:
            return self._apposition(index, limit, named=named, strict=strict)
        return None

    def _apposition(self, comma: int, limit: int, *, named: bool, strict: bool) -> tuple[int, bool, bool] | None:
        """Take `، name` after a title and `، title …` after a name, where it stands between commas or ends the stretch."""
        start = comma + 1
        piece: Piece = self.reading.pieces[start]
        entity = self.reading.entity(start)
        is_name = entity is not None and entity.type == "PER"
        titled = bool(self.classes(start) & {"role", "honorific"}) or piece.key in ("احد", "احدي")
        if piece.is_mark or piece.conjunction or piece.preposition or strict and not is_name or not (is_name and not named or titled) or self.is_time(start):
            return None
        last = self.end(start, limit, strict=False)
        follows = self.reading.pieces[last + 1] if last + 1 < len(self.reading.pieces) else None
        if strict and (follows is None or follows.key not in COMMAS):
            return None
        if last < start or not (last == limit or follows is None or follows.is_mark or self.is_function(last + 1) or self.is_time(last + 1) or follows.preposition):
            return None
        return last, True, True


def surnames(reading: Reading, common: Container[str]) -> frozenset[str]:
    """Return the keys by which people named in full, or tagged as people alone, are called again; `common` words are not names."""
    found: set[str] = set()
    for index, piece in enumerate(reading.pieces):
        entity = reading.entity(index)
        if entity is None or entity.type != "PER" or piece.is_mark:
            continue
        follows = reading.pieces[index + 1].entity if index + 1 < len(reading.pieces) else -1
        before = reading.pieces[index - 1].entity if index else -1
        if follows != piece.entity and len(piece.key) > 2 and (before == piece.entity or len(piece.key) > 3) and piece.key not in common:
            found.add(piece.key)
    tagged = {piece.key for piece in reading.pieces if piece.entity >= 0 and len(piece.key) > 3 and piece.key not in common}
    return frozenset(found | {key for key in tagged - found if any(same_word(key, name) for name in found)})
