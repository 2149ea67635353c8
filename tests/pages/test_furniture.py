"""furniture.toml: every example is recognised as its entry, every counterexample survives as text; the file is tidy."""

import unicodedata
from pathlib import Path

import pytest
from marshmallow import ValidationError

from service import arabic
from service.attribution import Article
from service.lexicon import furniture as lexicon
from service.lexicon.furniture import load_furniture
from service.pages import read_page
from service.pages.furniture import LEXICON, recognised, tail
from service.pages.lines import lines_of, phrase_of

ENTRIES = LEXICON.entries
EXAMPLES = [(entry.id, example) for entry in ENTRIES for example in entry.examples]
COUNTEREXAMPLES = [(entry.id, example) for entry in ENTRIES for example in entry.counterexamples]


def kind(text: str) -> str | None:
    """Return the id of the furniture that a single line is, or carries behind its text."""
    (line,) = lines_of(text)
    found = recognised(text, line) or tail(text, line)
    return found.entry.id if found else None


@pytest.mark.parametrize(("entry", "example"), EXAMPLES)
def test_example(entry, example):
    """An example is recognised as the entry that it stands under."""
    assert kind(example) == entry


@pytest.mark.parametrize(("entry", "example"), COUNTEREXAMPLES)
def test_counterexample(entry, example):
    """A sentence that begins with a label's words is text to every entry, and a page of it keeps it."""
    assert kind(example) is None, entry
    (item,) = read_page(Article(id="x", text=example))
    assert item.paragraphs[0].of(example).endswith(example[-20:])


def test_entries_are_unique_and_sorted():
    """Ids are unique and in order, so that two people add the same kind at the same place."""
    ids = [entry.id for entry in ENTRIES]
    assert ids == sorted(set(ids))


def test_labels_are_tidy():
    """Labels are composed, trimmed and free of invisible marks, and none is empty to the look-up."""
    for entry in ENTRIES:
        for label in entry.labels:
            assert label == unicodedata.normalize("NFC", label).strip()
            assert not set(label) & set(arabic.INVISIBLE)
            assert phrase_of(label)


def test_labels_are_not_repeated():
    """A label stands once in an entry, spelling variants folded."""
    for entry in ENTRIES:
        keys = [phrase_of(label) for label in entry.labels]
        assert sorted(keys) == sorted(set(keys)), entry.id


def test_unknown_key_fails_at_start(tmp_path):
    """A misspelt key stops the service with the entry's place instead of being ignored."""
    path = tmp_path / "furniture.toml"
    good = Path(lexicon.__file__).with_name("furniture.toml").read_text("utf-8")
    path.write_text(good + '\npositon = ["line"]\n', "utf-8")
    with pytest.raises(ValidationError, match="positon"):
        load_furniture(path)
