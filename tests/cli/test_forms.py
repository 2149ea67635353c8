"""What `isnad extract` reads and writes: every form, every likely encoding, folders, and what it says when it cannot."""

import io
import json
import os
import subprocess
import sys

import lxml.html
import pytest
from rich.cells import cell_len
from rich.console import Console

from service.attribution import Article
from service.cli import FORMS, SHELLS, batches, table
from service.cli.encodings import declared, likely
from service.exports import FORMS as EXPORTS
from service.extraction import Extractor
from tests.cli.conftest import TEXT, isnad
from tests.conftest import MODELS
from tests.exports import readers
from tests.exports.awkward import awkward
from tests.exports.conftest import ARTICLES, NAME
from tests.exports.validity import RULES
from tests.rules import recordings

PARTS = {"cue": [(0, 3)], "source": [(4, 10)], "content": [(11, 25)], "via": [(4, 10)], "parent": None}
PROGRAM = [sys.executable, "-c", "from service.cli import main; main(prog_name='isnad')"]
PAGE = "<html><head><meta charset={}><title>خبر</title></head><body><article><p>{}</p></article></body></html>"


def test_every_form_can_be_asked_for():
    """The command line offers what there is, the exports among it."""
    assert set(FORMS) == {"table", "json", "jsonl", *EXPORTS}


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_goes_to_standard_output(article, extractor, form):
    """Each is valid and reads back to the spans of the report."""
    written = isnad("extract", article, "--format", form, "--url", "https://news.example/1").stdout_bytes
    RULES[form](written, extractor.extract([Article(str(article), TEXT)])[0])
    assert readers.READERS[form](written, TEXT) == [PARTS]


def test_each_article_has_its_file(article, tmp_path):
    """Into a folder: a file an article, named by it, and beside standoff the text that it lies beside, unchanged."""
    second = tmp_path / "آخر.txt"
    second.write_bytes(b"\xef\xbb\xbf" + f"سطر\r\n{TEXT}".encode())
    folder = tmp_path / "new" / "folder"
    assert isnad("extract", article, second, "--format", "brat", "--into", folder).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(["خبر.ann", "خبر.txt", "آخر.ann", "آخر.txt"])
    text = (folder / "آخر.txt").read_bytes().decode()
    assert text == f"سطر\r\n{TEXT}"
    assert readers.from_brat((folder / "آخر.ann").read_bytes(), text)[0]["cue"] == [(5, 8)]
    assert isnad("extract", article, "-", "--format", "json", "--into", folder, stdin=TEXT).exit_code == 0
    assert json.loads((folder / "stdin.json").read_text("utf-8"))["text"] == TEXT


def test_a_source_is_not_written_over(article, tmp_path):
    """Standoff into the folder of the article itself is refused before anything is done."""
    refused = isnad("extract", article, "--format", "brat", "--into", tmp_path)
    assert refused.exit_code != 0
    assert "written over" in refused.output
    assert list(tmp_path.iterdir()) == [article]


def test_what_cannot_be_written_is_told(article, tmp_path):
    """Two articles of one name, two in one standoff, a table in a folder: told before the work is done."""
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / article.name
    other.write_text(TEXT, "utf-8")
    assert "several of the articles" in isnad("extract", article, other, "--format", "csv", "--into", tmp_path / "c").output
    assert "--into" in isnad("extract", article, other, "--format", "brat").output
    assert "--format" in isnad("extract", article, "--into", tmp_path / "c").output
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "utf_16", "utf_16_le", "utf_16_be", "cp720"])
def test_an_encoding_is_recognised_and_named(tmp_path, encoding):
    """A file in another encoding is not guessed into an answer: the message names the encoding, shows how it reads, and the option works."""
    path = tmp_path / "old.txt"
    path.write_bytes(TEXT.encode(encoding))
    refused = isnad("extract", path)
    assert refused.exit_code == 1
    assert f"--encoding {encoding}" in refused.output
    assert "قال الوزير" in refused.output
    assert json.loads(isnad("extract", path, "--encoding", encoding, "--format", "json").output)["text"] == TEXT


NOT_ARABIC = (b"", b"   ", "plain words".encode("utf-16"), "Il a dit que tout était fini.".encode("cp1252"), bytes(range(256)) * 9)


@pytest.mark.parametrize("content", NOT_ARABIC)
def test_no_encoding_is_made_up(content):
    """What reads as Arabic in no encoding gets no advice."""
    assert likely(content) is None


def test_html_is_in_what_it_declares(tmp_path):
    """A page says itself what it is in; what the user says wins."""
    path = tmp_path / "page.html"
    page = PAGE.format("windows-1256", "في المؤتمر الصحفي قال الوزير إن المحادثات الجارية بين الطرفين ستستأنف غدا في العاصمة. " * 6)
    path.write_bytes(page.encode("cp1256"))
    assert "ستستأنف غدا" in json.loads(isnad("extract", path, "--format", "json").output)["text"]
    assert isnad("extract", path, "--encoding", "utf-8").exit_code == 1
    path.write_bytes(page.replace("windows-1256", "klingon").encode("cp1256"))
    assert "unknown encoding klingon" in isnad("extract", path).output


@pytest.mark.parametrize(
    ("html", "encoding"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', "windows-1256"),
        (b"<META CHARSET = 'UTF-8' />", "UTF-8"),
        (b'<?xml version="1.0" encoding="iso-8859-6"?><html>', "iso-8859-6"),
        (b"<p>charset=nothing</p>", None),
        (b" " * 5000 + b"<meta charset=cp1256>", None),
    ],
)
def test_a_declaration_is_found(html, encoding):
    """As pages write it, near their beginning."""
    assert declared(html) == encoding


def test_one_bad_file_does_not_stop_the_others(article, tmp_path):
    """It is told on standard error, the others are answered, and the exit status is 1."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(TEXT.encode("cp1256"))
    ran = isnad("extract", bad, article, "--format", "jsonl")
    assert ran.exit_code == 1
    assert [json.loads(line)["id"] for line in ran.stdout.splitlines()] == [str(article)]
    assert "bad.txt" in ran.stderr


@pytest.mark.parametrize("content", ["", " \n\n"])
def test_an_empty_article_is_told(content):
    """Nothing is no mistake, but not what anybody meant to ask."""
    ran = isnad("extract", "-", stdin=content)
    assert ran.exit_code == 0
    assert "standard input: no text" in ran.stderr
    assert "nobody is quoted" in ran.stdout


@pytest.mark.parametrize("columns", [40, 80, 100, 119, 120, 200])
@pytest.mark.parametrize("article", [None, *ARTICLES], ids=lambda article: article.id if article else "awkward")
def test_a_table_fits_its_terminal(monkeypatch, article, columns):
    """No cell is broken but where it was meant to be: every line has its frame, and closes what directions it opens."""
    shown = io.StringIO()
    monkeypatch.setattr(table, "Console", lambda: Console(file=shown, width=columns))
    table.show_table(Extractor(recordings.read(NAME).of(article.id)).extract([article])[0] if article else awkward())
    lines = [line for line in shown.getvalue().splitlines() if line.startswith("│")]
    assert {line.count("│") for line in lines} == {6}
    assert {cell_len(line) for line in lines} <= set(range(max(columns, 80) + 1))
    assert all(line.count("\N{RIGHT-TO-LEFT ISOLATE}") == line.count("\N{POP DIRECTIONAL ISOLATE}") for line in lines)


def test_a_table_is_not_commanded_by_the_article(monkeypatch):
    """Words that would turn the writing, colour it or move the cursor are shown or left out, never obeyed."""
    words = "[bold]قال[/] \x1b[31mأحمر\x9b2J \N{RIGHT-TO-LEFT OVERRIDE}أ\N{POP DIRECTIONAL ISOLATE}ب\u2028ج"
    assert table.harmless(words) == "[bold]قال[/]  [31mأحمر 2J أب ج"
    shown = io.StringIO()
    monkeypatch.setattr(table, "Console", lambda: Console(file=shown, width=120))
    table.show_table(awkward())
    assert "\x1b" not in shown.getvalue()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown.getvalue()


def test_a_table_tells_cue_and_nesting(monkeypatch):
    """Each row has the words it goes by, and in whose content it stands."""
    shown = io.StringIO()
    monkeypatch.setattr(table, "Console", lambda: Console(file=shown, width=140))
    table.show_table(awkward())
    assert all(word in shown.getvalue() for word in ("قالت", "direct clause", "uncued", "in 0", "الوكالة", "+المتحدثة", "<b>الناطقة", "؟"))


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_learns_to_complete(shell):
    """The script that is printed asks the program itself, which knows its commands, options and forms."""
    script = isnad("completion", shell).output
    assert "_ISNAD_COMPLETE" in script
    environment = {**os.environ, "_ISNAD_COMPLETE": "bash_complete", "COMP_WORDS": "isnad extract --format w", "COMP_CWORD": "3"}
    assert subprocess.run(PROGRAM, env=environment, capture_output=True, text=True, check=False).stdout.strip() == "plain,webanno"


def test_the_page_is_one_file(article):
    """HTML for people: from right to left, nothing fetched and nothing run."""
    document = lxml.html.document_fromstring(isnad("extract", article, "--format", "html").stdout_bytes)
    assert (document.get("dir"), document.get("lang")) == ("rtl", "ar")
    assert "الوزير" in "".join(document.xpath("//mark[contains(@class, 'source')]//text()"))


def request_lines(tmp_path, encoding):
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": name, "text": TEXT}, ensure_ascii=False) for name in "ab"]
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_a_batch_in_another_encoding_is_told_at_once(tmp_path):
    """A whole file in the old code page is one mistake and not one a line; the option reads it."""
    source, out = request_lines(tmp_path, "cp1256"), tmp_path / "out.jsonl"
    refused = isnad("batch", source, "-o", out, "--workers", 1)
    assert refused.exit_code == 1
    assert "--encoding cp1256" in refused.output
    assert not out.exists()
    assert isnad("batch", source, "-o", out, "--workers", 1, "--encoding", "cp1256").exit_code == 0
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == ["a", "b"]
    assert "not utf-8" in isnad("batch", source, "-o", out, "--encoding", "utf-8").output


def test_one_line_in_another_encoding_is_that_line_s_mistake(tmp_path):
    """The others are in UTF-8, and are answered."""
    source, out = request_lines(tmp_path, "utf-8"), tmp_path / "out.jsonl"
    source.write_bytes(source.read_bytes() + b"\n" + json.dumps({"text": TEXT}, ensure_ascii=False).encode("cp1256"))
    assert isnad("batch", source, "-o", out, "--workers", 1).exit_code == 1
    assert [json.loads(line).get("id", json.loads(line).get("line")) for line in out.read_text("utf-8").splitlines()] == ["a", "b", 3]


def test_a_batch_comes_from_standard_input(tmp_path):
    """So that it can stand behind a pipe."""
    out = tmp_path / "out.jsonl"
    assert isnad("batch", "-", "-o", out, "--workers", 1, stdin=json.dumps({"id": "a", "text": TEXT})).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["id"] == "a"


def test_an_empty_batch_is_told(tmp_path):
    """No line at all is no mistake, but told."""
    out = tmp_path / "out.jsonl"
    ran = isnad("batch", "-", "-o", out, "--workers", 1, stdin="\n\n")
    assert (ran.exit_code, out.read_bytes()) == (0, b"")
    assert "no line in it" in ran.stderr


def test_a_batch_shows_how_far_it_is(tmp_path, monkeypatch):
    """On a terminal a bar with the articles done and all there are; a resumed run begins where the other stopped."""
    shown = io.StringIO()
    monkeypatch.setattr(batches, "Console", lambda **_options: Console(file=shown, force_terminal=True, width=100))
    source, out = request_lines(tmp_path, "utf-8"), tmp_path / "out.jsonl"
    isnad("batch", source, "-o", out, "--workers", 1)
    assert "2/2" in shown.getvalue()
    assert "━" in shown.getvalue()
    out.write_bytes(out.read_bytes().splitlines(keepends=True)[0])
    shown.truncate(0)
    isnad("batch", source, "-o", out, "--workers", 1, "--resume")
    assert "1/2" in shown.getvalue()
    assert "0/2" not in shown.getvalue()


@pytest.mark.skipif(not (MODELS / "manifest.json").is_file(), reason="models/ holds no weights")
def test_the_program_itself_answers():
    """From a shell, with the models: standard input to linked data, nothing else on standard output."""
    command = [*PROGRAM, "extract", "-", "--format", "webanno"]
    environment = {**os.environ, "ISNAD_MODELS_DIR": str(MODELS)}
    ran = subprocess.run(command, input=TEXT.encode(), env=environment, capture_output=True, check=True)
    assert readers.from_webanno(ran.stdout)[0] == {**PARTS, "via": [], "content": [(11, 25)]}


def test_missing_models_are_told(article, monkeypatch):
    """Where they were looked for and what to do, in one line, with the exit code of a configuration error."""
    monkeypatch.undo()
    monkeypatch.setenv("ISNAD_MODELS_DIR", "/nowhere")
    refused = isnad("extract", article)
    assert refused.exit_code == 78
    assert "/nowhere" in refused.output
    assert "ISNAD_MODELS_DIR" in refused.output
    assert len(refused.output.splitlines()) == 1
