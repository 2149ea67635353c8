"""Whole articles: a request and its whole report, so that a change of rules shows in what a client gets."""

import json
import tomllib
from pathlib import Path

import pytest

from service.api.reports import report_json
from service.attribution import Article

HERE = Path(__file__).resolve().parent.parent / "articles"
NAME = "articles"
FILES = sorted(HERE.glob("*.toml"))
ARTICLES = [Article(**tomllib.loads(path.read_text("utf-8"))) for path in FILES]


def as_json(report):
    """Return a report as a client gets it, without versions and confidence: they change with the data, not with the answer."""
    found = report_json(report, {})
    del found["versions"]
    for attribution in found["attributions"]:
        del attribution["confidence"]
    return found


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_golden_report(article, report_of, request):
    """The report is the golden one; `--update` writes it anew, for a reader to look at the difference."""
    golden = HERE / f"{article.id}.json"
    found = as_json(report_of(NAME, ARTICLES, article))
    if request.config.getoption("--update", default=False):
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_golden_offsets_slice(article):
    """Wherever a golden report names offsets, they slice the article's text to the words beside them."""
    golden = json.loads((HERE / f"{article.id}.json").read_text("utf-8"))
    spans = list(_spans(golden))
    assert spans
    assert all(article.text[span["start"] : span["end"]] == span["text"] for span in spans)


def _spans(value):
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for entry in value.values():
            yield from _spans(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _spans(entry)


@pytest.mark.stanza
def test_the_models_say_what_was_recorded(held_to_the_models):
    """The recordings of the articles are the models' own words."""
    held_to_the_models(NAME, ARTICLES)
