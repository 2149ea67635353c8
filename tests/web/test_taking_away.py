"""The answer copied and saved: JSON as the API gives it, CSV that no spreadsheet runs."""

import csv
import io
import json
from pathlib import Path

import pytest

from service.cli.showing import COLUMNS
from tests.web.browsing import answered
from tests.web.written import ATTRIBUTIONS, TEXT

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
HARMLESS = """async (values) => {
    const { harmless } = await import("/web/exports.js");
    return values.map(harmless);
}"""


def copied(page, form):
    """Press a copy button and return what is on the clipboard."""
    page.click(f"[data-action=copy_{form}]")
    page.wait_for_function("document.getElementById('status').textContent !== ''")
    return page.evaluate("navigator.clipboard.readText()")


def saved(page, form):
    """Press a save button and return the file's name and bytes."""
    with page.expect_download() as download:
        page.click(f"[data-action=save_{form}]")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_json_is_the_whole_report_with_its_text(opened):
    """Every span of it slices back to the text it carries, filters or not."""
    page = answered(opened(**CLIPBOARD))
    page.locator("#confidence").fill("0.99")
    report = json.loads(copied(page, "json"))
    assert report["text"] == TEXT
    assert len(report["attributions"]) == len(ATTRIBUTIONS)
    spans = [span for attribution in report["attributions"] for span in attribution["content"]["spans"]]
    assert all(report["text"][span["start"] : span["end"]] == span["text"] for span in spans)
    assert page.locator("#status").inner_text() == "نُسخت الإجابة كاملة."


def test_csv_has_a_row_for_each_attribution(opened):
    """Its columns are those of the command line's, and its offsets the report's."""
    page = answered(opened(**CLIPBOARD))
    rows = list(csv.DictReader(io.StringIO(copied(page, "csv"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["content"] for row in rows][:2] == ["إن الوزيرة أبلغته بأن الماء يكفي الجميع", "بأن الماء يكفي الجميع"]
    assert (rows[1]["parent"], rows[0]["via"], rows[0]["outlet"], rows[5]["speaker"]) == ("0", "المنارة", "بوابة الأخبار", "")
    assert [TEXT[int(row["start"]) : int(row["end"])] for row in rows[:3]] == [row["content"] for row in rows[:3]]


def test_files_are_saved(page):
    """A file is named after the answer; CSV begins with the mark by which spreadsheets know UTF-8."""
    name, content = saved(page, "json")
    report = json.loads(content)
    assert name == f"isnad-{report['id']}.json"
    name, content = saved(page, "csv")
    assert name == f"isnad-{report['id']}.csv"
    assert content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}".encode())
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == len(ATTRIBUTIONS) + 1


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x","y")', "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "\r\n=1"])
def test_no_cell_is_a_formula(page, formula):
    """What a spreadsheet would run is quoted by an apostrophe; what it would not is left as it is."""
    assert page.evaluate(HARMLESS, [formula, "قال", "a=b", None, 0.5]) == [f"'{formula}", "قال", "a=b", "", "0.5"]


def test_quotes_commas_and_lines_stay_in_their_cell(opened):
    """An article full of what CSV is made of comes back as it was."""
    page = answered(opened(**CLIPBOARD), 'قال =cmd إن "أ", ب\nج')
    (row,) = csv.DictReader(io.StringIO(copied(page, "csv"), newline=""))
    assert (row["speaker"], row["content"]) == ("'=cmd", 'إن "أ", ب\nج')


def test_where_copying_is_not_allowed(opened):
    """Without a clipboard, as over plain HTTP, the older way is taken; where that fails too the page says so."""
    page = answered(opened())
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.click("[data-action=copy_csv]")
    assert page.locator("#status").inner_text() == "نُسخت الإجابة كاملة."
    page.evaluate("document.execCommand = () => false")
    page.click("[data-action=copy_csv]")
    assert "احفظ الملف" in page.locator("#status").inner_text()
