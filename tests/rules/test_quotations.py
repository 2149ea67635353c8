"""Quotation marks are paired whatever marks a text mixes; a stray one costs no other."""

import pytest

from tests.rules.factories import quotations, reading


@pytest.mark.parametrize(
    "text",
    [
        'قال: "نعم نعم".',
        "قال: «نعم نعم».",
        "قال: “نعم نعم”.",
        "قال: ”نعم نعم“.",
        "قال: »نعم نعم«.",
        "قال: ''نعم نعم''.",
        "قال: „نعم نعم”.",
        'قال: «نعم نعم".',
        "قال: “نعم نعم».",
    ],
)
def test_every_make_of_mark_pairs(text):
    """Straight, angle, curly and doubled marks pair, the right way round, reversed and mixed."""
    assert quotations(text) == [("نعم نعم", True)]


def test_marks_inside_marks():
    """A quotation of another make inside one is one of its own."""
    assert quotations('قالت: "سميت الرواية «ظل الجبل» أمس".') == [("سميت الرواية «ظل الجبل» أمس", True), ("ظل الجبل", True)]


def test_two_in_a_row():
    """The mark that closes the first does not open the second."""
    assert quotations('"أول كلام" و"ثاني كلام".') == [("أول كلام", True), ("ثاني كلام", True)]


def test_a_clitic_before_a_mark():
    """A mark right after ل or ب opens: what counts is what follows it."""
    assert quotations('قال ل"صوت المدينة" أمس.') == [("صوت المدينة", True)]


def test_never_closed_ends_with_its_sentence():
    """A mark that never closes reaches to the stop of its sentence, and not beyond."""
    assert quotations("قال: «نعم نعم. ثم غادر.") == [("نعم نعم.", False)]


def test_a_stray_does_not_cost_the_next_paragraph():
    """A mark left open in one paragraph leaves the pair of the next whole."""
    assert quotations("قال: «نعم نعم.\nوقالت: «لا لا».") == [("نعم نعم.", False), ("لا لا", True)]


def test_across_paragraphs():
    """A quotation goes on over a paragraph's end to the mark that closes it."""
    assert quotations("قال: «نعم نعم.\nثم نعم».") == [("نعم نعم.\nثم نعم", True)]


def test_a_closing_mark_alone_is_nothing():
    """A mark that can only close, with nothing open, pairs with nothing."""
    assert quotations("قال نعم» ثم مضى.") == []


def test_an_empty_pair_is_nothing():
    """Marks with nothing between them quote nothing."""
    assert quotations("قال «» ثم مضى.") == []


def test_an_apostrophe_in_a_latin_name_is_no_mark():
    """One apostrophe inside a word quotes nothing."""
    assert quotations("زار مطعم O'Neil أمس.") == []


def test_what_stands_in_marks_is_inside():
    """The marks belong to what surrounds them; what is between them is inside."""
    read = reading("قال: «نعم نعم».")
    assert [read.pieces[at].key for at, around in enumerate(read.inside) if around is not None] == ["نعم", "نعم"]
