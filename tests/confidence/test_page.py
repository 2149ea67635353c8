"""What is written: a table that the service reads back, tables in their places, shares of nulls; and what stands there now."""

import json
import re

import pytest
from hypothesis import given

from service.lexicon.confidence import ALL, load_confidence
from tests import floor
from tests.confidence import __main__ as command
from tests.confidence import nulls, page
from tests.confidence.estimation import fit
from tests.confidence.factories import CLAUSE, COLON, OUTCOMES, cases
from tests.confidence.judgement import kind

EXAMPLE = re.compile(r"^```json\n(.*?)^```", re.DOTALL | re.MULTILINE)


@given(OUTCOMES)
def test_what_is_written_is_what_was_estimated(tmp_path_factory, outcomes):
    """The loader gives every kind the figure that the estimates give it."""
    estimates = fit(outcomes)
    path = tmp_path_factory.mktemp("table") / "confidence.toml"
    path.write_text(page.toml(estimates, ["Invented."]), "utf-8")
    classes = load_confidence(path).classes

    def given_to(parts):
        return next(classes[name].confidence for name in [" ".join(parts[:depth]) for depth in range(4, 0, -1)] + [ALL] if name in classes)

    assert [given_to(outcome.path) for outcome in outcomes] == [estimates.of(outcome) for outcome in outcomes]
    assert classes[ALL].of == len(outcomes)


def test_tables_go_to_their_places():
    """What stands between a table's marks is replaced, the words around it stay, and written twice it is the same."""
    before = "Words.\n<!-- one -->\nold\n<!-- /one -->\nMore.\n<!-- two -->\n<!-- /two -->\n"
    after = page.placed(before, {"one": "| \\1 |", "two": "new"})
    assert after == "Words.\n<!-- one -->\n| \\1 |\n<!-- /one -->\nMore.\n<!-- two -->\nnew\n<!-- /two -->\n"
    assert page.placed(after, {"one": "| \\1 |", "two": "new"}) == after


@pytest.mark.parametrize("text", ["", "<!-- one -->", "<!-- one --><!-- /one --><!-- one --><!-- /one -->"])
def test_a_table_without_its_place_is_an_error(text):
    """A table that has no place, or two, is not dropped silently."""
    with pytest.raises(page.NoBlockError, match="places for one"):
        page.placed(text, {"one": "table"})


def test_the_readmes_example_bears_its_figure():
    """Only the example's figure changes."""
    attribution = {"parent": None, "construction": "clause", "speaker": {"resolution": "named"}, "content": {"spans": [{"text": "إن الطريق آمن"}]}}
    readme = '"confidence": 0.5\n```json\n{"attributions": [' + json.dumps({**attribution, "confidence": 0.93}) + "]}\n```\nrest\n"
    stated = fit([*cases(CLAUSE, 9, 10), *cases(COLON, 1, 10)], levelled=False)
    told = page.exampled(readme, stated)
    assert told == readme.replace("0.93", str(stated.stated(CLAUSE[:2])))
    assert told != readme
    with pytest.raises(page.NoBlockError):
        page.exampled("no example", stated)


def test_the_readme_says_what_is_shipped():
    """The example of an answer in the readme has the confidence of its kind: `python -m tests.confidence --write` sees to it."""
    (attribution,) = json.loads(EXAMPLE.search(command.README.read_text("utf-8"))[1])["attributions"]
    assert attribution["confidence"] == load_confidence().of(kind(attribution))


def test_the_page_tells_of_the_shipped_table():
    """The page's tables were counted on as many attributions, as many of them right, as the table that ships."""
    block = re.search("<!-- reliability-dev -->(.*?)<!-- /reliability-dev -->", command.PAGE.read_text("utf-8"), re.DOTALL)[1]
    of, right = (int(cell) for cell in block.strip().splitlines()[-1].split("|")[3:5])
    shipped = load_confidence().classes[ALL]
    assert (right, of) == (shipped.right, shipped.of)


def test_nulls_of_a_report(answered):
    """A report's attribution lacks what is null or empty."""
    with_all = {"construction": "relay", "speaker": {}, "source": {"start": 0}, "cue": {"start": 0}, "via": [{}], "outlet": "وكالة"}
    one, other = nulls.of_report({"attributions": [{**with_all, "speaker": {"name": "الوزير"}}, *answered(("قصف القرية", None))["attributions"]]})
    assert (one.construction, one.lacks) == ("relay", frozenset())
    assert other.lacks == {"speaker", "source", "via", "outlet"}
    assert nulls.rates([one, other]) == {"speaker": 0.5, "source": 0.5, "via": 0.5, "cue": 0.0, "outlet": 0.5}
    assert nulls.rates([]) == {}


def test_nulls_of_gold(gold):
    """Gold's relations lack what is null there; the outlet is that of the article around them, and optional ones do not count."""
    one, other = nulls.of_gold(gold)
    assert (one.lacks, other.lacks) == ({"source", "via"}, {"via"})
    gold["articles"][0]["end"] = gold["relations"][1]["content"][0][0]
    assert [absence.lacks for absence in nulls.of_gold(gold)] == [{"source", "via"}, {"via", "outlet"}]


def test_constructions_without_attributions_have_no_row(answered):
    """The table by construction shows those that occurred, and all of them."""
    told = page.null_rates(page.by_construction(nulls.of_report(answered(("قصف القرية", None)))))
    assert [line.split("|")[1].strip() for line in told.splitlines()[2:]] == ["`clause`", "all"]


def test_nothing_to_count_without_the_gold(tmp_path, monkeypatch, capsys):
    """On a checkout alone the command says that there is nothing to count, and succeeds."""
    monkeypatch.setattr(floor, "SHARED", tmp_path / "shared")
    assert command.main(["--write"]) == 0
    assert "nothing to count" in capsys.readouterr().out
