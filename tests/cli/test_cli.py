"""The command line, over the stub extractor."""

import csv
import io
import json

import pytest

from service import __version__
from service.api.access import key_owner
from service.cli import batches
from service.cli.batches import answer
from service.exports import spreadsheet
from tests.cli.conftest import TEXT, isnad


def test_a_table_shows_who_said_what(article):
    """The default is for reading: speaker, content and construction of each attribution."""
    shown = isnad("extract", article).output
    assert all(word in shown for word in ("الوزير", "الأمر انتهى", "clause"))


def test_json_is_the_report(article):
    """JSON is the API's report, its text included."""
    report = json.loads(isnad("extract", article, "--format", "json", "--outlet", "وكالة الأنباء").output)
    assert report["text"] == TEXT
    assert report["attributions"][0]["outlet"] == "وكالة الأنباء"


def test_json_lines_are_a_report_a_file(article, tmp_path):
    """Several files, a glob of them or standard input: one report each, in order, named by its file."""
    (tmp_path / "أخر.txt").write_text("لا شيء", "utf-8")
    lines = isnad("extract", tmp_path / "*.txt", "-", "--format", "jsonl", stdin=TEXT).output.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [str(tmp_path / "أخر.txt"), str(article), "-"]


def test_csv_has_a_row_an_attribution(article):
    """CSV opens in spreadsheets: a byte order mark, a header, a row each."""
    output = isnad("extract", article, "--format", "csv").stdout_bytes.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(output)))
    assert [(row["speaker"], row["content"], row["start"]) for row in rows] == [("الوزير", "إن الأمر انتهى", "11")]
    assert tuple(rows[0]) == spreadsheet.COLUMNS


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "\N{FULLWIDTH EQUALS SIGN}1"])
def test_no_cell_is_a_formula(cell, tmp_path):
    """What a spreadsheet would run is quoted, since anybody may write an article."""
    assert spreadsheet.harmless(cell) == "'" + cell
    assert spreadsheet.harmless("قال = كذا") == "قال = كذا"
    assert spreadsheet.harmless(None) == ""
    path = tmp_path / "خبر.txt"
    path.write_text(TEXT, "utf-8")
    output = isnad("extract", path, "--format", "csv", "--outlet", cell).stdout_bytes.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(output, newline=""))
    assert row["outlet"] == "'" + cell


def test_offsets_count_what_is_in_the_file(tmp_path):
    """Line ends are not translated, so that offsets hold; a byte order mark is no part of the text."""
    path = tmp_path / "crlf.txt"
    path.write_bytes(b"\xef\xbb\xbf" + f"سطر\r\n{TEXT}".encode())
    report = json.loads(isnad("extract", path, "--format", "json").output)
    cue = report["attributions"][0]["cue"]
    assert report["text"] == f"سطر\r\n{TEXT}"
    assert report["text"][cue["start"] : cue["end"]] == "قال"


def test_windows_1256_is_recognised(tmp_path):
    """The old Arabic code page is not guessed into an answer, but named, with the option that reads it."""
    path = tmp_path / "old.txt"
    path.write_bytes(TEXT.encode("cp1256"))
    refused = isnad("extract", path)
    assert refused.exit_code != 0
    assert "--encoding cp1256" in refused.output
    assert json.loads(isnad("extract", path, "--encoding", "cp1256", "--format", "json").output)["text"] == TEXT


def test_other_bytes_are_refused(tmp_path):
    """What is no text is told by its file and place, without advice that does not fit."""
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    refused = isnad("extract", path)
    assert refused.exit_code != 0
    assert "picture.txt: not utf-8 (byte 0)" in refused.output
    assert "cp1256" not in refused.output
    assert isnad("extract", path, "--encoding", "klingon").exit_code != 0


def test_a_missing_file_is_named(tmp_path):
    """Neither a file nor a glob that matches nothing goes by in silence."""
    for name in ("none.txt", "*.txt"):
        refused = isnad("extract", tmp_path / name)
        assert refused.exit_code != 0
        assert "no such file" in refused.output


LINES = [
    {"id": "a", "text": TEXT},
    {"id": "b", "text": 3},
    {"id": "c", "text": "لا شيء", "section": "a field of the client's own"},
]


@pytest.fixture(name="requests")
def _requests(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES) + "\n\n{\n", "utf-8")
    return path


def reports_in(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_batch_keeps_order_and_sets_errors_in_their_place(requests, tmp_path):
    """One line out for each in; a bad line is an error object with its number and where it is wrong."""
    ran = isnad("batch", requests, "-o", tmp_path / "out.jsonl", "--workers", 1)
    out = reports_in(tmp_path / "out.jsonl")
    assert ran.exit_code == 1
    assert [line.get("id", line.get("line")) for line in out] == ["a", 2, "c", 4]
    assert out[1]["errors"] == [{"pointer": "/text", "detail": "Not a valid string."}]


def test_a_batch_says_how_fast_it_was(requests, tmp_path):
    """Articles a second and the share of each stage, on standard error."""
    said = isnad("batch", requests, "-o", tmp_path / "out.jsonl", "--workers", 1).stderr
    assert all(word in said for word in ("a second", "tokenize", "mwt", "ner", "rules", "2 refused"))


def test_errors_can_go_elsewhere(requests, tmp_path):
    """With a file for errors the output holds reports only."""
    isnad("batch", requests, "-o", tmp_path / "out.jsonl", "--errors", tmp_path / "bad.jsonl", "--workers", 1)
    assert [line["id"] for line in reports_in(tmp_path / "out.jsonl")] == ["a", "c"]
    assert [line["line"] for line in reports_in(tmp_path / "bad.jsonl")] == [2, 4]


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("kept", range(5))
def test_an_interrupted_batch_is_resumed(requests, tmp_path, apart, kept):
    """Whatever was finished is kept, half a line is done again, and the end is as if nothing had happened."""
    out, bad = tmp_path / "out.jsonl", tmp_path / "bad.jsonl"
    options = ["--workers", 1, *(["--errors", bad] if apart else [])]
    isnad("batch", requests, "-o", out, *options)
    whole = (out.read_bytes(), bad.read_bytes() if apart else b"")
    refused = {2, 4}
    reports = sum(number not in refused for number in range(1, kept + 1)) if apart else kept
    out.write_bytes(b"".join(whole[0].splitlines(keepends=True)[:reports]) + (b'{"id": "half' if kept < 4 else b""))
    if apart:
        bad.write_bytes(b"".join(whole[1].splitlines(keepends=True)[: kept - reports]))
    isnad("batch", requests, "-o", out, "--resume", *options)
    assert (out.read_bytes(), bad.read_bytes() if apart else b"") == whole


def test_without_resume_an_output_is_begun_anew(requests, tmp_path):
    """An old output is not added to."""
    out = tmp_path / "out.jsonl"
    out.write_text("old\n", "utf-8")
    isnad("batch", requests, "-o", out, "--workers", 1)
    assert len(reports_in(out)) == 4


def test_processes_answer_in_order_what_one_does(requests, tmp_path):
    """Several processes give the same file as one."""
    isnad("batch", requests, "-o", tmp_path / "one.jsonl", "--workers", 1)
    isnad("batch", requests, "-o", tmp_path / "two.jsonl", "--workers", 2)
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


@pytest.mark.parametrize("line", [b"{", b"[]", b"\xff", b'{"text": NaN}', b'{"text": "a", "html": "b"}', b'{"text": "\\ud800"}'])
def test_no_line_stops_a_batch(line):
    """Whatever a line holds, it is answered."""
    answered = answer(7, line)
    assert answered.is_error
    assert json.loads(answered.line)["line"] == 7


def test_evaluation_asks_without_the_answers(tmp_path):
    """Gold articles are sent as id and text alone, and the script gets their gold and the reports."""
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps({"id": "a", "text": TEXT, "outlet": "secret", "relations": []}), "utf-8")
    script = tmp_path / "score.py"
    script.write_text("import sys, pathlib; pathlib.Path(sys.argv[0] + '.args').write_text(' '.join(sys.argv[1:])); sys.exit(3)", "utf-8")
    out = tmp_path / "reports.jsonl"
    assert isnad("evaluate", script, gold, "-o", out).exit_code == 3
    assert reports_in(tmp_path / "reports.requests.jsonl") == [{"id": "a", "text": TEXT}]
    assert reports_in(out)[0]["attributions"]
    assert (tmp_path / "score.py.args").read_text("utf-8") == f"--gold {gold} --pred {out} --errors 0"


def test_a_key_and_its_hash_belong_together():
    """The hash is what ISNAD_API_KEYS takes, the key what the client sends."""
    key, entry = (line.split()[1] for line in isnad("key", "--name", "desk").output.splitlines())
    assert key_owner(key, [entry]) == "desk"


def test_settings_that_cannot_be_end_with_one_line(requests, tmp_path, monkeypatch):
    """A mistaken variable is named, with the exit code of a configuration error and no trace."""
    monkeypatch.setattr(batches, "_engines", [])
    monkeypatch.setenv("ISNAD_MAX_BODY_BYTES", "many")
    refused = isnad("batch", requests, "-o", tmp_path / "out.jsonl")
    assert refused.exit_code == 78
    assert "ISNAD_MAX_BODY_BYTES" in refused.output
    assert "Traceback" not in refused.output


def test_the_version_is_told():
    """`isnad --version` says the service's."""
    assert __version__ in isnad("--version").output
