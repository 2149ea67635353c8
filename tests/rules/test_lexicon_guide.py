"""What the guide to the lexicon tells a contributor to write works as the guide says."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from service import lexicon
from service.api.operations import _entry
from service.attribution import Article
from service.lexicon import COMPLEMENTS, HERE
from service.lexicon.outlets import load_outlets
from tests.rules import cases

NAME = "lexicon_guide"
PAGE = Path(__file__).resolve().parent.parent.parent.joinpath("docs", "lexicon.md").read_text("utf-8")
FENCES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WRITTEN = {next(iter(tomllib.loads(fence))): fence for fence in FENCES}
FILES = {"verb": "verbs.toml", "according_to": "phrases.toml"}
WILD = re.search(r"^> (.+)$", PAGE, re.MULTILINE)[1]
CASE = tomllib.loads(WRITTEN["case"])["case"][0]
ENTRIES = {table: tomllib.loads(WRITTEN[table])[table][0] for table in FILES}
SENTENCES = [WILD, *(sentence for entry in ENTRIES.values() for sentence in (*entry["examples"], *entry["counterexamples"]))]
ARTICLES = [Article(sentence, sentence) for sentence in SENTENCES]


@pytest.fixture(name="extended")
def _extended(monkeypatch, tmp_path):
    """Make the entries of the guide part of the lexicon."""
    for path in HERE.glob("*.toml"):
        tmp_path.joinpath(path.name).write_bytes(path.read_bytes())
    for table, name in FILES.items():
        with tmp_path.joinpath(name).open("a", encoding="utf-8") as file:
            file.write("\n" + WRITTEN[table])
    monkeypatch.setattr(lexicon, "HERE", tmp_path)
    loaded = lexicon.load.__wrapped__()
    monkeypatch.setattr(lexicon, "load", lambda: loaded)
    return loaded


def rules(report_of, sentence):
    return [attribution.rule for attribution in report_of(NAME, ARTICLES, Article(sentence, sentence)).attributions]


def test_the_entries_are_new():
    """The lexicon does not hold what the guide adds; where it has come to, the guide needs another word."""
    assert {entry["id"] for entry in ENTRIES.values()} & {entry.id for entry in lexicon.entries()} == set()


def test_the_wild_sentence_is_missed_before(report_of):
    """Without the entry nothing is found, as the guide begins."""
    assert rules(report_of, WILD) == []


def test_the_wild_sentence_is_found_after(report_of, extended):
    """With it, verb and participle are found as the guide's case states."""
    assert extended
    case = cases.case_from(CASE, "circumstantial")
    report = report_of(NAME, ARTICLES, Article(WILD, case.article.text))
    assert cases.answered(report, case) == cases.expected(case)
    assert rules(report_of, WILD) == ["hajaja", "hajaja"]


@pytest.mark.parametrize("table", FILES)
def test_the_entries_prove_themselves(table, report_of, extended):
    """Their examples fire them and their counterexamples do not."""
    assert extended
    entry = ENTRIES[table]
    assert all(entry["id"] in rules(report_of, sentence) for sentence in entry["examples"])
    assert all(rules(report_of, sentence) == [] for sentence in entry["counterexamples"])


def test_the_api_shows_the_entry_so(extended):
    """What the guide says of /v1/lexicon is what it shows."""
    shown = json.loads(re.search(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1])
    assert [_entry(verb) for verb in extended.verbs if verb.id == "hajaja"] == [shown]


def test_the_outlet_is_taken(tmp_path):
    """The file of outlets takes the guide's entry as it stands."""
    path = tmp_path / "outlets.toml"
    path.write_text(f"{HERE.joinpath('outlets.toml').read_text('utf-8')}\n{WRITTEN['outlet']}", "utf-8")
    assert load_outlets(path).outlets[-1].name == "صوت الميناء"


def test_every_field_is_explained():
    """The guide has a row for each field of a verb and of an according-to expression, and for each complement."""
    told = set(re.findall(r"`(\w+)`", PAGE))
    fields = {*lexicon.Verb.__dataclass_fields__, *lexicon.AccordingTo.__dataclass_fields__} - {"construction"}
    assert fields | set(COMPLEMENTS) <= told


def test_every_file_is_named():
    """Each file of the lexicon has its row."""
    assert {path.name for path in HERE.glob("*.toml")} <= set(re.findall(r"^\| `([\w.]+)` \|", PAGE, re.MULTILINE))


def test_every_class_of_nouns_is_named():
    """So has each class of nouns."""
    assert tomllib.loads(HERE.joinpath("nouns.toml").read_text("utf-8")).keys() <= set(re.findall(r"`(\w+)`", PAGE))


@pytest.mark.stanza
def test_the_models_say_what_was_recorded(held_to_the_models):
    """The recordings of the guide's sentences are the models' own words."""
    held_to_the_models(NAME, ARTICLES)
