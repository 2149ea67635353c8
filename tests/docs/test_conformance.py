"""The page that tells what is found and what is not is that of the cases as they are."""

from tests import conformance
from tests.conformance import PAGE, WRITE
from tests.rules import cases
from tests.rules.cases import KNOWN_FAILURES


def test_the_page_is_up_to_date():
    """The committed page is what the cases make of it today."""
    assert PAGE.read_text("utf-8") == conformance.page(), f"docs/{PAGE.name} lags behind tests/cases; write it anew: {WRITE}"


def test_every_case_is_on_it():
    """Each case is told by what it shows, the known failures among them."""
    page = conformance.page()
    shown = [case for name in (*conformance.FILES, KNOWN_FAILURES) for case in cases.load(name)]
    assert len(shown) > 100
    assert page.count("<small>") == len(shown)
    assert [case.id for case in shown if conformance.escaped(case.comment) not in page] == []


def test_a_change_of_a_case_shows(monkeypatch, tmp_path):
    """A case that is added, or says something else, makes another page."""
    for path in cases.HERE.glob("*.toml"):
        tmp_path.joinpath(path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(cases, "HERE", tmp_path)
    negative = tmp_path / "negative.toml"
    said = negative.read_text("utf-8")
    negative.write_text(f'{said}\n[[case]]\nid = "new"\ncomment = "A pipe | and a *star*."\ntext = "نام القط"\n', "utf-8")
    page = conformance.page()
    assert page != PAGE.read_text("utf-8")
    assert r"| نام القط<br><small>A pipe \| and a \*star\*.</small> |" in page


def test_the_command_prints_and_writes(monkeypatch, tmp_path, capsys):
    """Without --write the page is printed, with it written."""
    monkeypatch.setattr(conformance, "PAGE", tmp_path / "page.md")
    conformance.main([])
    printed = capsys.readouterr().out
    conformance.main(["--write"])
    assert printed == tmp_path.joinpath("page.md").read_text("utf-8") == conformance.page()
