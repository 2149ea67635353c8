"""A known failure that passes goes home with its recording, and leaves the others where they are."""

import pytest

from tests.rules import cases, homecoming, recordings

FAILURES = """# known_failures.toml

[[case]]
id = "first"
home = "clause"
comment = "One."
text = "قال الوزير إن الطريق آمن."
[[case.attribution]]
cue = "قال"
contents = ["إن الطريق آمن"]

[[case]]
id = "second"
home = "clause"
comment = "Two."
text = "لم يقل شيئا."
"""


@pytest.fixture(name="folder")
def _folder(tmp_path, monkeypatch):
    monkeypatch.setattr(cases, "HERE", tmp_path)
    monkeypatch.setattr(recordings, "HERE", tmp_path)
    tmp_path.joinpath("known_failures.toml").write_text(FAILURES, "utf-8")
    tmp_path.joinpath("clause.toml").write_text('# clause.toml\n\n[[case]]\nid = "kept"\ncomment = "Kept."\ntext = "نعم."\n', "utf-8")
    recordings.write("known_failures", {"first": [1], "second": [2]})
    recordings.write("clause", {"kept": [0]})


@pytest.mark.usefixtures("folder")
def test_what_passes_goes_home():
    """The case and its recording move as they are; its home gives it its construction."""
    before = cases.load("known_failures")
    assert [case.id for case in homecoming.bring_home(lambda case: case.id == "first")] == ["first"]
    assert [case.id for case in cases.load("known_failures")] == ["second"]
    assert [case.id for case in cases.load("clause")] == ["kept", "first"]
    assert cases.load("clause")[1] == before[0]
    assert recordings.read("known_failures").played == {"second": [2]}
    assert recordings.read("clause").played == {"kept": [0], "first": [1]}


@pytest.mark.usefixtures("folder")
def test_the_last_one_leaves_an_empty_file():
    """When all pass there is no known failure left, and the file can still be read."""
    homecoming.bring_home(lambda _case: True)
    assert cases.load("known_failures") == []
