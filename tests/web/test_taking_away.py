"""The answer copied and saved: JSON as the API gives it, CSV that no spreadsheet runs."""

import csv
import io
import json
import urllib.request
from pathlib import Path

import pytest

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
    page.wait_for_selector("#status:not(:empty)")
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


@pytest.mark.parametrize("text", [TEXT, 'قال =cmd إن "أ", ب\nج', "قال 'اسم إن الأمر، «انتهى»", "لا شيء"])
def test_csv_is_the_api_s_own(opened, site, text):
    """The table made in the browser and the one that the API answers with are the same, byte for byte."""
    page = answered(opened(), text)
    headers = {"Content-Type": "application/json", "Accept": "text/csv"}
    request = urllib.request.Request(f"{site}/v1/attributions", json.dumps({"text": text}).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        assert answer.headers.get_content_type() == "text/csv"
        expected = answer.read()
    if text == "لا شيء":  # nothing to take away is not offered
        assert page.locator("[data-action]:visible").count() == 0
    else:
        assert saved(page, "csv")[1] == expected


def test_csv_is_copied_without_the_mark(opened):
    """What is pasted into a spreadsheet begins with its first column's name."""
    rows = list(csv.DictReader(io.StringIO(copied(answered(opened(**CLIPBOARD)), "csv"))))
    assert rows[0]["article"]
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


def test_no_cell_is_a_formula(page):
    """What a spreadsheet would run is quoted by an apostrophe; what it would not is left as it is."""
    formulas = ['=HYPERLINK("http://x","y")', "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", "\r\n=1", "'=1"]
    assert page.evaluate(HARMLESS, formulas) == [f"'{formula}" for formula in formulas]
    assert page.evaluate(HARMLESS, ["قال", "a=b", None, 0.5]) == ["قال", "a=b", "", "0.5"]


def test_where_copying_is_not_allowed(opened):
    """Without a clipboard, as over plain HTTP, the older way is taken; where that fails too the page says so."""
    page = answered(opened())
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.click("[data-action=copy_csv]")
    assert page.locator("#status").inner_text() == "نُسخت الإجابة كاملة."
    page.evaluate("document.execCommand = () => false")
    page.click("[data-action=copy_csv]")
    assert "احفظ الملف" in page.locator("#status").inner_text()
