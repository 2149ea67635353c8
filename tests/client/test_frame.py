"""Reports as a table of pandas."""

import pytest

pytest.importorskip("pandas", reason="an extra: pip install isnad[pandas]")

import httpx2

from service.client import Client, Problem, frame
from service.client.frames import COLUMNS

TEXT = "قال الوزير إن الأمر انتهى."


@pytest.fixture(name="answers")
def _answers(app):
    with Client(transport=httpx2.WSGITransport(app=app)) as client:
        return list(client.batch([{"id": "a", "text": TEXT, "outlet": "وكالة", "published_at": "2026-11-22"}, "لا شيء", TEXT, {"text": 5}]))


def test_a_row_an_attribution(answers):
    """Speaker, content, outlet, day and offsets, each in a column of its type."""
    table = frame(answers[:3])
    assert list(table.columns) == list(COLUMNS)
    assert {name: str(kind) for name, kind in table.dtypes.items()} == COLUMNS
    assert table.speaker.tolist() == ["الوزير", "الوزير"]
    assert table.loc[0, ["report", "outlet", "published_at", "cue", "via"]].tolist() == ["a", "وكالة", "2026-11-22", "قال", "الوزير"]
    assert table.outlet.isna().tolist() == [False, True]
    assert TEXT[table.start[0] : table.end[0]] == table.content[0]


def test_no_row_has_the_same_columns():
    """A table of nothing can be joined and counted like any other."""
    table = frame([])
    assert (len(table), {name: str(kind) for name, kind in table.dtypes.items()}) == (0, COLUMNS)


def test_a_problem_is_no_row(answers):
    """It is not left out in silence."""
    with pytest.raises(Problem):
        frame(answers)
    assert len(frame(answer for answer in answers if not isinstance(answer, Problem))) == 2
