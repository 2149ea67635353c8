"""The worked examples of the documentation are true: what a page says of a sentence is what the engine answers."""

import tomllib
from pathlib import Path

import pytest

from docs.hooks.examples import FENCE
from tests.rules import cases

NAME = "documentation"
DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
ITEM = ("role", "title", "outlet", "evidence", "credits", "published_at")


def examples_of(page):
    return [tomllib.loads(fence) for fence in FENCE.findall(page.read_text("utf-8"))]


def case_of(example, page):
    """Return an example as a case, the items that it states left aside; the hook draws the text without its outer line ends, and so is it asked."""
    stated = {name: value for name, value in example.items() if name != "item"}
    return cases.case_from(stated | {"comment": page, "text": example["text"].strip("\n")}, page)


FOUND = [(page.name, example) for page in sorted(DOCS.glob("*.md")) for example in examples_of(page)]
CASES = [case_of(example, page) for page, example in FOUND]
ARTICLES = [case.article for case in CASES]
WITH_ITEMS = [(case, example["item"]) for case, (_, example) in zip(CASES, FOUND, strict=True) if "item" in example]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.home}-{case.id}")
def test_an_example_is_true(case, report_of):
    """The text has the attributions that the page shows, and no other."""
    report = report_of(NAME, ARTICLES, case.article)
    answered, expected = cases.answered(report, case), cases.expected(case)
    assert cases.readable(case.article.text, answered) == cases.readable(case.article.text, expected), f"docs/{case.home}: {case.id}"
    assert answered == expected


@pytest.mark.parametrize(("case", "stated"), WITH_ITEMS, ids=lambda value: getattr(value, "id", ""))
def test_the_items_of_an_example_are_true(case, stated, report_of):
    """The text holds the news items that the page shows, each as it says."""
    found = [
        {
            "role": item.role.value,
            "title": item.title and item.title.text,
            "outlet": item.outlet and item.outlet.name,
            "evidence": item.outlet and item.outlet.evidence.value,
            "credits": list(item.credits),
            "published_at": item.published_at,
        }
        for item in report_of(NAME, ARTICLES, case.article).articles
    ]
    assert found == [dict.fromkeys(ITEM) | {"credits": []} | item for item in stated]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.home}-{case.id}")
def test_the_attributions_of_an_example_state_the_same_fields(case):
    """What one attribution of an example tells all of them tell: on the page, a field that one left out would look empty."""
    told = [attribution.keys() - {"cue", "source", "contents", "via", "parent"} for attribution in case.attributions]
    assert all(fields == told[0] for fields in told)


def test_ids_are_unique():
    """An example is known in the recordings by its id alone."""
    ids = [case.id for case in CASES]
    assert ids
    assert len(set(ids)) == len(ids)


@pytest.mark.stanza
def test_the_models_say_what_was_recorded(held_to_the_models):
    """The recordings of the examples are the models' own words."""
    held_to_the_models(NAME, ARTICLES)
