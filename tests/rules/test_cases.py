"""The cases of every construction: what the engine answers is what the guidelines say, attribution by attribution."""

from collections import Counter

import pytest

from service.attribution import Construction
from tests.rules import cases

POSITIVE, NEGATIVE = 15, 8
FILES = (*map(str, Construction), "nested", "speakers", "spans", "negative")
WHOLE = {name: cases.load(name) for name in (*FILES, cases.KNOWN_FAILURES)}
EVERY = [case for name in FILES for case in WHOLE[name]]
FAILING = WHOLE[cases.KNOWN_FAILURES]


def assert_answered(report, case):
    """The report holds the case's attributions, all of them and in its order."""
    answered, expected = cases.answered(report, case), cases.expected(case)
    assert cases.readable(case.article.text, answered) == cases.readable(case.article.text, expected)
    assert answered == expected


def articles(name):
    return [case.article for case in WHOLE[name]]


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.home}-{case.id}")
def test_case(case, report_of):
    """The text has the attributions that its case states, and no other."""
    assert_answered(report_of(case.home, articles(case.home), case.article), case)


@pytest.mark.xfail(raises=AssertionError, strict=True)
@pytest.mark.parametrize("case", FAILING, ids=lambda case: f"{case.home}-{case.id}")
def test_known_failure(case, report_of):
    """What the engine is known to get wrong it still gets wrong; a case that passes is moved to its home."""
    assert_answered(report_of(cases.KNOWN_FAILURES, articles(cases.KNOWN_FAILURES), case.article), case)


@pytest.mark.parametrize("case", [*EVERY, *FAILING], ids=lambda case: f"{case.home}-{case.id}")
def test_a_case_points_into_its_text(case):
    """Whatever a case states stands in its text, once, and a parent is another attribution of it."""
    for number, stated in enumerate(cases.expected(case)):
        assert all(start < end for start, end in stated["contents"])
        assert stated["contents"]
        assert stated["parent"] is None or stated["parent"] in set(range(len(case.attributions))) - {number}


def test_ids_are_unique():
    """A case is known by its id alone, in failures and in recordings."""
    assert [name for name, count in Counter(case.id for case in [*EVERY, *FAILING]).items() if count > 1] == []


def test_a_known_failure_has_a_home():
    """Each known failure says in which file it belongs once it passes."""
    assert {case.home for case in FAILING} <= set(FILES)


@pytest.mark.parametrize("name", [*map(str, Construction), "nested"])
def test_each_construction_is_covered(name):
    """A construction has cases in which it attributes, and cases in which its words are there and nothing is attributed."""
    belonging = [case for case in [*WHOLE[name], *FAILING] if case.home == name]
    assert sum(_shows(name, case) for case in belonging) >= POSITIVE
    assert sum(not _shows(name, case) for case in belonging) >= NEGATIVE


def _shows(name, case):
    if name == "nested":
        return any("parent" in attribution for attribution in case.attributions)
    return any(attribution["construction"] == name for attribution in case.attributions)


@pytest.mark.stanza
@pytest.mark.parametrize("name", WHOLE)
def test_the_models_say_what_was_recorded(name, held_to_the_models):
    """The recordings of a file are the models' own words."""
    held_to_the_models(name, articles(name))
