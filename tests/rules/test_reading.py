"""A document as the rules read it: pieces, clitics, keys, and where sentences end."""

import collections

import pytest

from service.attribution import Document, Span, Token
from service.lexicon.nominals import Nouns
from service.reading import read
from tests.rules.factories import reading


def sentences(text, **annotation):
    """Return the sentences of a text without quotations."""
    found = reading(text, **annotation)
    return [found.text(found.begin[at], at) for at in range(len(found.pieces)) if found.stop[at] == at]


def test_a_mark_left_on_a_word_is_cut_off():
    """Punctuation that the tokenizer left on a word is a piece of its own."""
    found = reading("قال:نعم،ثم")
    assert [piece.key for piece in found.pieces] == ["قال", ":", "نعم", "،", "ثم"]


def test_a_colon_in_a_time_is_none():
    """A colon between digits belongs to them."""
    token = Token("20:45", Span(0, 5), ("20:45",), 0, 0)
    assert [piece.key for piece in read(Document("20:45", (token,), ()), Nouns()).pieces] == ["20:45"]


@pytest.mark.parametrize(
    ("word", "words", "conjunction", "preposition", "base"),
    [
        ("وقال", ("و", "قال"), "و", "", "قال"),
        ("بالاتفاق", ("ب", "الاتفاق"), "", "ب", "الاتفاق"),
        ("للوزير", ("ل", "الوزير"), "", "ل", "الوزير"),
        ("ولوزارة", ("و", "ل", "وزارة"), "و", "ل", "وزاره"),
        ("وزير", ("و", "زير"), "", "", "وزير"),
    ],
)
def test_clitics(word, words, conjunction, preposition, base):
    """Conjunction and preposition are told from their host; a noun of the lexicon keeps its first letter whatever was split."""
    piece = reading(word, clitics={word: words}).pieces[0]
    assert (piece.conjunction, piece.preposition, piece.base) == (conjunction, preposition, base)


@pytest.mark.parametrize(("word", "definite"), [("الوزير", True), ("وزير", False), ("التزام", False), ("ألمانيا", False)])
def test_article(word, definite):
    """The article is told from an alef and lam that belong to the word."""
    assert reading(word).pieces[0].definite is definite


def test_keys_fold_spelling():
    """Harakat, tatweel and hamza seats vanish from keys; the span still slices the text as sent."""
    found = reading("أكّـــد")
    assert found.pieces[0].key == "اكد"
    assert found.text(0, 0) == "أكّـــد"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد. ثم غادر.", ["وصل الوفد.", "ثم غادر."]),
        ("هل وصل؟ نعم!", ["هل وصل؟", "نعم!"]),
        ("وصل الوفد\nثم غادر", ["وصل الوفد", "ثم غادر"]),
        ("قال د. هاني نعم.", ["قال د. هاني نعم."]),
        ("بلغ عدد الزوار 5. ثم زاد.", ["بلغ عدد الزوار 5.", "ثم زاد."]),
        ("نقلت (د.ب.أ) الخبر.", ["نقلت (د.ب.أ) الخبر."]),
        ("وأكد الوزير. أن الأمر انتهى.", ["وأكد الوزير. أن الأمر انتهى."]),
    ],
)
def test_sentence_ends(text, expected):
    """Stops and paragraphs end sentences; an abbreviation's stop, one inside brackets and one before أن do not."""
    assert sentences(text) == expected


def test_a_stop_inside_a_name_ends_nothing():
    """The stop of an initial inside a name ends no sentence."""
    assert sentences("قال ن. سعيد نعم.", names={"ن. سعيد": "PER"}) == ["قال ن. سعيد نعم."]


def test_a_quotation_is_one_with_its_sentence():
    """Stops inside a quotation end sentences within it, not the one around it."""
    found = reading("قال: «نعم. نعم» ثم مضى. وغادر.")
    assert found.text(found.begin[0], found.stop[0]) == "قال: «نعم. نعم» ثم مضى."


def test_the_sentence_after_a_quotation_never_closed_begins_after_it():
    """Where a mark that never closes ends its sentence, the next sentence begins."""
    found = reading("قال: «نعم نعم. ثم غادر. وصل الوفد.")
    assert [found.text(found.begin[at], found.stop[at]) for at in (6, 9)] == ["ثم غادر.", "وصل الوفد."]


@pytest.mark.parametrize(("unit", "longest"), [("نعم ", 400), ("نعم، نعم ", 252), ("نعم «نعم» ", 401), ('نعم » " لا ', 401)])
def test_a_sentence_that_never_stops_ends_somewhere(unit, longest):
    """Text without stops falls into sentences of bounded length, at a comma where there is one; each piece is in one of them."""
    found = reading(unit * 600)
    level = [at for at in range(len(found.pieces)) if found.inside[at] is None]
    held = collections.Counter(found.begin[at] for at in level)
    assert max(held.values()) <= longest
    assert all(found.begin[at] <= at <= found.stop[at] and found.stop[found.begin[at]] == found.stop[at] for at in level)


def test_an_entity_covers_its_pieces():
    """A piece knows the name around it."""
    found = reading("قال عمر السيد نعم", names={"عمر السيد": "PER"})
    assert [entity.type if (entity := found.entity(at)) else None for at in range(4)] == [None, "PER", "PER", None]


def test_a_name_cut_after_bin_is_made_whole():
    """A name that the tagger ended at بن takes the word after it."""
    found = reading("قال سالم بن راشد نعم", names={"سالم بن": "PER"})
    assert found.entity(3) is not None
