"""The report of gains and losses between two versions."""

import json

import pytest

from tests import compare


def attribution(start=10, end=40, speaker="الوزير", **fields):
    """Return an attribution of a report; a test states only what matters to it."""
    content = {"text": "س" * (end - start), "spans": [{"start": start, "end": end}]}
    cue = {"text": "قال", "start": 0, "end": 3}
    named = {"name": speaker} if speaker else None
    return {"content": content, "cue": cue, "type": "indirect", "speaker": named, "via": [], "parent": None} | fields


def reports(**articles):
    return {name: {"id": name, "attributions": attributions} for name, attributions in articles.items()}


def kinds(old, new):
    return [(one.kind, one.was, one.now) for one in compare.compare(reports(a=old), reports(a=new))]


def test_equal_reports_differ_in_nothing():
    """The same attributions in the same places are no difference."""
    assert kinds([attribution()], [attribution()]) == []


def test_gained_and_lost():
    """An attribution that only one version makes is gained or lost, with its speaker."""
    assert kinds([], [attribution()]) == [("gained", None, "الوزير")]
    assert kinds([attribution()], []) == [("lost", "الوزير", None)]


def test_little_in_common_is_one_lost_and_one_gained():
    """Contents that share less than half of their characters are two."""
    assert [kind for kind, _, _ in kinds([attribution(10, 40)], [attribution(35, 80)])] == ["lost", "gained"]


@pytest.mark.parametrize(
    ("change", "kind", "was", "now"),
    [
        ({"speaker": "الرئيس"}, "speaker", "الوزير", "الرئيس"),
        ({"speaker": None}, "speaker", "الوزير", "nobody"),
        ({"cue": None}, "cue", "قال", None),
        ({"type": "direct"}, "type", "indirect", "direct"),
        ({"via": [{"name": "رويترز"}]}, "via", "", "رويترز"),
        ({"parent": 0}, "parent", "alone", "nested"),
    ],
)
def test_changes(change, kind, was, now):
    """An attribution that both versions make is compared field by field."""
    assert kinds([attribution()], [attribution(**change)]) == [(kind, was, now)]


def test_a_longer_content_is_a_change():
    """A content that begins or ends elsewhere is shown before and after."""
    assert kinds([attribution(10, 40)], [attribution(10, 45)]) == [("content", "س" * 30, "س" * 35)]


def test_the_best_match_wins():
    """Of two attributions that overlap an old one, the one closer to it is the same, the other gained."""
    assert kinds([attribution(10, 40)], [attribution(10, 60, speaker="النائب"), attribution(10, 40)]) == [("gained", None, "النائب")]


def test_an_article_that_one_side_lacks_is_no_loss():
    """Only articles that both versions answered are compared."""
    assert compare.compare(reports(a=[attribution()]), reports(b=[])) == []


def test_command(tmp_path, capsys):
    """The command counts the differences and prints a line each, lines of errors in the files left out."""
    for name, found in (("old", [attribution()]), ("new", [attribution(speaker="الرئيس"), attribution(100, 120)])):
        lines = [json.dumps(report) for report in reports(a=found).values()] + [json.dumps({"status": 422, "title": "Invalid article"}), ""]
        tmp_path.joinpath(f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    compare.main([str(tmp_path / "old.jsonl"), str(tmp_path / "new.jsonl")])
    counts, *lines = capsys.readouterr().out.splitlines()
    assert counts == "gained 1  speaker 1"
    assert [line.split("  ")[:2] for line in lines] == [["+ a", "gained"], ["~ a", "speaker"]]
    compare.main([str(tmp_path / "old.jsonl"), str(tmp_path / "new.jsonl"), "--kind", "speaker"])
    assert capsys.readouterr().out.splitlines()[1:] == ["~ a  speaker  الوزير → الرئيس  |  " + "س" * 30]
