"""Who is one person, and what a medium is called."""

import pytest

from service.arabic import same_word
from service.attribution import Article, Construction
from service.chains import medium, parents
from service.extraction import Extractor
from service.people import is_part
from service.relations import Relation
from tests.rules.factories import document


def speakers(text, names):
    """Return the report's speakers of a text whose names are given."""
    report = Extractor(lambda _passages: [document(text, names)]).extract([Article("x", text)])[0]
    return [(speaker.name, [span.of(text) for span in speaker.mentions]) for speaker in report.speakers]


@pytest.mark.parametrize(
    ("shorter", "longer", "part"),
    [
        (["العساف"], ["جابر", "العساف"], True),
        (["جابر"], ["جابر", "العساف"], True),
        (["جابر", "العساف"], ["جابر", "سعد", "العساف"], True),
        (["هولنشتين"], ["غريغور", "هولنشتاين"], True),
        (["هدي", "البغدادي"], ["سامي", "البغدادي"], False),
        (["العساف"], ["جابر", "الملحم"], False),
        (["جابر", "سعد", "العساف"], ["جابر", "العساف"], False),
        ([], ["جابر"], False),
    ],
)
def test_a_name_is_part_of_another(shorter, longer, part):
    """A name belongs to a longer one that holds its words in order, a letter aside."""
    assert is_part(shorter, longer) is part


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ميللر", "ميلر", True),
        ("سوليفان", "سولفيان", True),
        ("العساف", "عساف", True),
        ("بايدن", "بايدن", True),
        ("علي", "عمر", False),
        ("سعيد", "سعود", False),
        ("حسن", "حسين", False),
    ],
)
def test_spelling_variants(one, other, same):
    """A letter more, less or other, or two swapped, make one name in five letters or more; shorter names must be equal."""
    assert same_word(one, other) is same
    assert same_word(other, one) is same


def test_mentions_meet_in_one_speaker():
    """The surname alone and the full name are one speaker, under the fullest name, with every mention."""
    text = "قال جابر العساف إن الطريق آمن. وقال العساف إن الجسر مغلق."
    assert speakers(text, {"جابر العساف": "PER"}) == [("جابر العساف", ["جابر العساف", "العساف"])]


def test_two_of_one_family_are_two():
    """Given names that differ make two speakers of one surname."""
    text = "قال سامي البغدادي إن الطريق آمن. وقالت هدى البغدادي إن الجسر مغلق."
    assert [name for name, _ in speakers(text, {"سامي البغدادي": "PER", "هدى البغدادي": "PER"})] == ["سامي البغدادي", "هدى البغدادي"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("وكالة رويترز", "رويترز"),
        ("وكالة «رويترز»", "رويترز"),
        ("صحيفة «أخبار الساحل»", "أخبار الساحل"),
        ("صحيفة الغارديان البريطانية", "الغارديان"),
        ("موقع أكسيوس", "أكسيوس"),
        ("قناة الجزيرة", "الجزيرة"),
        ("رويترز", "رويترز"),
        ("وزارة الصحة", "وزارة الصحة"),
    ],
)
def test_medium(written, name):
    """A medium is called by its name, without the common noun before it and the adjective behind."""
    assert medium(written) == name


def relation(at, first, last):
    """Return a relation whose cue stands at a piece and whose content runs from one to another."""
    return Relation(Construction.CLAUSE, "qala", (at, at), None, ((first, last),))


def test_parents_are_the_innermost():
    """Of two contents around a relation the smaller is its parent."""
    assert parents([relation(0, 1, 20), relation(5, 6, 20), relation(10, 11, 20)]) == [None, 0, 1]


def test_siblings_have_no_parent():
    """A relation after another's content stands beside it."""
    assert parents([relation(0, 1, 4), relation(6, 7, 9)]) == [None, None]


def test_a_content_that_runs_out_of_another_is_not_its_child():
    """Who begins within another's content but ends after it is not told by it."""
    assert parents([relation(0, 1, 8), relation(5, 6, 12)]) == [None, None]


def test_a_cue_after_its_content_can_hold_what_the_content_tells():
    """The parent may come later in reading order: its quotation stands before its cue."""
    assert parents([relation(3, 4, 8), relation(10, 1, 9)]) == [1, None]
