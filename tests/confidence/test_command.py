"""The command, on an invented gold: it writes a table that the service reads, and only where it is asked to."""

import json
import lzma
import shutil
from pathlib import Path

import pytest

from service.extraction import Extractor
from service.lexicon.confidence import ALL, load_confidence
from tests import annotated, floor
from tests.confidence import __main__ as command
from tests.confidence import stub_scorer
from tests.rules.factories import annotate

README = command.README.read_text("utf-8")
PLACES = "".join(f"<!-- {name} -->\n<!-- /{name} -->\n" for name in ("nulls-raw", "nulls", "nulls-dev", "reliability", "reliability-dev", "classes"))
PLACES += "".join(f"<!-- {name} -->\n<!-- /{name} -->\n" for name in ("levels", "schemes", "schemes-aside", "thresholds", "thresholds-dev"))
TEXT = "قال المدير إن الطريق رقم {} آمن ."


def _gold(number):
    """Return an article in which a director speaks; of every fourth the gold says that it was somebody else."""
    text = TEXT.format(number)
    content = [text.index("إن"), text.index(" .")]
    speaker = "المدير" if number % 4 else "الوزير"
    relation = {"cue": [0, 3], "source": [4, 10], "content": [content], "speaker": {"name": speaker}, "via": [], "parent": None}
    return {"id": f"road-{number}", "text": text, "relations": [relation], "articles": [{"start": 0, "end": len(text), "outlet": None}]}


def _files(folder, numbers):
    """Write articles of these numbers and return their files."""
    folder.mkdir()
    for number in numbers:
        (folder / f"{number}.json").write_text(json.dumps(_gold(number)), "utf-8")
    return [folder / f"{number}.json" for number in numbers]


@pytest.fixture(name="room")
def _room(tmp_path, monkeypatch):
    """Return a folder with a gold of nine articles, a scorer, raw articles and places to write to."""
    shared = tmp_path / "shared"
    for folder in ("gold/dev", "gold/seeds", "eval", "data"):
        (shared / folder).mkdir(parents=True)
    for number in range(9):
        (shared / "gold" / ("dev" if number else "seeds") / f"{number}.json").write_text(json.dumps(_gold(number)), "utf-8")
    shutil.copy(Path(stub_scorer.__file__), shared / "eval" / "score.py")
    with lzma.open(shared / "data" / "articles.jsonl.xz", "wt", encoding="utf-8") as raw:
        raw.writelines(json.dumps({"id": str(number), "text": TEXT.format(number)}) + "\n" for number in range(10))
    for name, text in (("PAGE", PLACES), ("README", README), ("TABLE", "")):
        (tmp_path / name).write_text(text, "utf-8")
        monkeypatch.setattr(command, name, tmp_path / name)
    ours = {part: _files(shared / part, numbers) for part, numbers in (("read", (9, 10)), ("unread", (11, 12, 13)))}
    monkeypatch.setattr(annotated, "written", lambda *_: ours)
    monkeypatch.setattr(floor, "SHARED", shared)
    monkeypatch.setattr(floor, "loaded", lambda _models: Extractor(annotate))
    return tmp_path


def test_it_prints_and_leaves_alone(room, capsys):
    """Without being asked to write it writes nothing."""
    assert command.main([]) == 0
    printed = capsys.readouterr().out
    assert "nesting, construction, resolution, length: shipped" in printed
    assert (room / "TABLE").read_text("utf-8") == ""
    assert (room / "PAGE").read_text("utf-8") == PLACES


def test_it_writes_what_it_counted(room):
    """The table holds the gold's counts, eight articles with two wrong; every place of the page but that of raw articles is filled."""
    assert command.main(["--write"]) == 0
    classes = load_confidence(room / "TABLE").classes
    assert (classes[ALL].right, classes[ALL].of) == (10, 13)
    page = (room / "PAGE").read_text("utf-8")
    assert "<!-- nulls-raw -->\n<!-- /nulls-raw -->" in page
    assert page.count("|---|") == PLACES.count("<!-- /") - 1
    assert f'"confidence": {classes[ALL].confidence}' in (room / "README").read_text("utf-8")


def test_raw_articles_are_counted_when_asked_for(room):
    """The articles without gold are spread over the collection, and what was counted on them stays when they are not asked for again."""
    assert command.main(["--write", "--raw", "3"]) == 0
    counted = (room / "PAGE").read_text("utf-8")
    assert "3 articles:\n\n| | attributions |" in counted
    assert "| all | 3 | 0.000 |" in counted
    assert command.main(["--write"]) == 0
    assert (room / "PAGE").read_text("utf-8") == counted
