"""The floor under the headline figures: what falls through it, what it is written from, which parts there are."""

import tomllib

import pytest

from tests import floor

FIGURES = {part: dict.fromkeys(floor.HEADLINE, 0.9) for part in ("seeds", "dev", "raw", "read", "unread")}


@pytest.mark.parametrize(("now", "falls"), [(0.92, False), (0.9, False), (0.891, False), (0.889, True), (0.0, True)])
def test_more_than_a_point_falls_through(now, falls):
    """A figure may lose a point to its floor, not more."""
    assert bool(floor.fallen({"dev": {"ar": now}}, {"dev": {"ar": 0.9}})) is falls


def test_a_figure_that_vanished_has_fallen():
    """A figure that the floor holds and nobody computes any more is no pass."""
    assert floor.fallen({"dev": {}}, {"dev": {"ar": 0.9}})
    assert floor.fallen({}, {"dev": {"ar": 0.9}})


def test_what_is_written_is_what_is_read():
    """The figures of seeds, dev and raw are written as TOML; their parts are printed only."""
    assert tomllib.loads(floor.written(FIGURES)) == {part: FIGURES[part] for part in ("seeds", "dev", "raw")}


def test_every_figure_is_printed():
    """The table names each headline figure of each part, its floor beside it."""
    printed = floor.table(FIGURES, {"dev": {"ar": 0.85}})
    assert [line.split()[0] for line in printed.splitlines()[1:]] == list(floor.HEADLINE)
    assert "0.9000 (0.8500)" in printed


def test_parts_are_the_gold_and_ours(tmp_path, monkeypatch):
    """Seeds and dev are the gold's files by name; raw are ours, read and unread together, and none where their texts are not."""
    for name in ("dev/b", "dev/a", "seeds/s"):
        path = tmp_path / "gold" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", "utf-8")
    parts = floor.parts(tmp_path)
    assert {part: [path.stem for path in paths] for part, paths in parts.items()} == {"seeds": ["s"], "dev": ["a", "b"]}
    ours = {"read": [tmp_path / "one.json"], "unread": [tmp_path / "two.json"]}
    monkeypatch.setattr(floor.annotated, "written", lambda *_: ours)
    assert floor.parts(tmp_path) == {**parts, **ours, "raw": [tmp_path / "one.json", tmp_path / "two.json"]}


def test_nothing_to_hold_without_the_gold(tmp_path, monkeypatch, capsys):
    """On a checkout alone the command says that there is nothing to score, and succeeds."""
    monkeypatch.setattr(floor, "SHARED", tmp_path / "shared")
    assert floor.main([]) == 0
    assert "nothing to score" in capsys.readouterr().out


def test_the_floor_holds_the_headline_figures():
    """The committed floor names figures that are computed, for seeds, dev and raw, between nought and one."""
    held = tomllib.loads(floor.FLOOR.read_text("utf-8"))
    assert set(held) == set(floor.HELD)
    assert all(set(figures) <= set(floor.HEADLINE) and all(0 <= figure <= 1 for figure in figures.values()) for figures in held.values())


@pytest.fixture(name="gold")
def _gold(tmp_path, monkeypatch):
    """Return a gold of one article and a scorer that finds its one relation or not, by what the report says of it."""
    for name in ("seeds", "dev"):
        path = tmp_path / "gold" / name / f"{name}.json"
        path.parent.mkdir(parents=True)
        path.write_text(f'{{"id": "{name}", "text": "قال الوزير إن الطريق آمن."}}', "utf-8")
    script = tmp_path / "eval" / "score.py"
    script.parent.mkdir()
    script.write_text(SCORER, "utf-8")
    monkeypatch.setattr(floor, "SHARED", tmp_path)
    monkeypatch.setattr(floor, "FLOOR", tmp_path / "floor.toml")
    return tmp_path


SCORER = """
import json, pathlib, sys
def main():
    lines = pathlib.Path(sys.argv[sys.argv.index("--pred") + 1]).read_text("utf-8").splitlines()
    found = float(bool(lines) and all(json.loads(line)["attributions"] for line in lines))
    one = {"f1": found}
    print(json.dumps({"ar": one, "content_strict": one, "cue": one, "who_said_what": one, "speaker_accuracy": found, "type_accuracy": found,
                      "nesting_recall": None, "via_f1": None, "segmentation_accuracy": found, "outlet_accuracy": None}))
"""


def test_command(gold, monkeypatch, capsys):
    """The command sets a floor, passes on it, and fails when the engine finds nothing any more."""
    from service.extraction import Extractor
    from tests.rules.factories import annotate

    monkeypatch.setattr(floor, "loaded", lambda _models: Extractor(annotate))
    assert floor.main(["--write"]) == 0
    assert tomllib.loads((gold / "floor.toml").read_text("utf-8"))["dev"]["ar"] == 1.0
    assert floor.main([]) == 0
    monkeypatch.setattr(floor, "loaded", lambda _models: Extractor(lambda passages: [type(one)(one.text, (), ()) for one in annotate(passages)]))
    assert floor.main([]) == 1
    assert "FALLEN dev.ar" in capsys.readouterr().out
