"""Which answers are right, which are wrong, and which are neither."""

import json

import pytest

from service.lexicon.confidence import Kind
from tests import floor
from tests.confidence import stub_scorer
from tests.confidence.judgement import MiscountError, judged, kind, wanted

ROAD, BRIDGE, SHELLING = "إن الطريق آمن منذ الصباح", "إن الجسر مغلق", "قصف القرية"


@pytest.fixture(name="score", params=["stub", "scorer"])
def _score(request):
    """Return the stand-in and, where the gold's own scorer lies beside the repository, that."""
    if request.param == "stub":
        return stub_scorer
    if not (floor.SHARED / "eval" / "score.py").is_file():
        pytest.skip(f"no {floor.SHARED}: its scorer is not here to agree with")
    return floor.scorer(floor.SHARED)


@pytest.fixture(name="judge")
def _judge(score, gold, tmp_path):
    """Return a judge of reports on the annotated article: the outcomes' verdicts, in order."""
    file = tmp_path / "road.json"
    file.write_text(json.dumps(gold), "utf-8")
    return lambda report: [outcome.right for outcome in judged(score, [file], {file: report}, [file])]


def test_right_is_content_and_speaker(judge, answered):
    """What was said and by whom."""
    assert judge(answered((ROAD, "الوزير"), (BRIDGE, "المدير"))) == [True, True]


@pytest.mark.parametrize("said", [(ROAD, "المدير"), (ROAD, None), ("الطريق آمن", "الوزير"), ("إن المطر قريب", "الوزير")])
def test_wrong_is_either(judge, answered, said):
    """The wrong speaker, none, half the content, or what nobody annotated."""
    assert judge(answered(said)) == [False]


def test_optional_is_neither(judge, answered):
    """What annotators may leave out is not counted, whoever is said to have said it."""
    assert judge(answered((ROAD, "الوزير"), (SHELLING, "الوزير"))) == [True]
    assert judge(answered((SHELLING, "المدير"))) == []


def test_once_is_enough(judge, answered):
    """Of two answers on one annotated content one is right."""
    assert sorted(judge(answered((ROAD, "الوزير"), (ROAD, "الوزير")))) == [False, True]


def test_an_outcome_knows_where_it_stood(gold, answered, tmp_path):
    """Outcomes bear their article, whether it was set aside, and their classes."""
    file = tmp_path / "road.json"
    file.write_text(json.dumps(gold), "utf-8")
    (read,) = judged(stub_scorer, [file], {file: answered((ROAD, "الوزير"))}, [])
    (aside,) = judged(stub_scorer, [file], {file: answered((ROAD, "الوزير"))}, [file])
    assert (read.article, read.aside, aside.aside) == ("road", False, True)
    assert read.path == ("alone", "clause", "named", "short")
    assert wanted([file]) == 2


def test_a_scorer_that_counts_otherwise_is_noticed(gold, answered, tmp_path, monkeypatch):
    """Where the scorer's own totals differ, nothing is estimated."""
    file = tmp_path / "road.json"
    file.write_text(json.dumps(gold), "utf-8")
    monkeypatch.setattr(stub_scorer, "score_article", lambda _gold, _report, tally, _errors: tally.update(pred=2, wsw=1))
    with pytest.raises(MiscountError, match=r"\(1, 1\) predicted and right here, \(2, 1\) by the scorer"):
        judged(stub_scorer, [file], {file: answered((ROAD, "الوزير"))}, [])


def test_kind_of_a_report_without_speaker(answered):
    """An attribution to nobody is unresolved; one with a parent is nested; words are those of all spans."""
    (attribution,) = answered((ROAD, None))["attributions"]
    assert kind(attribution) == Kind(nested=False, construction="clause", resolution=None, words=5)
    twice = {**attribution, "parent": 0, "content": {"spans": attribution["content"]["spans"] * 2}}
    assert kind(twice).path == ("nested", "clause", "unresolved", "long")
