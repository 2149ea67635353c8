"""The page on the API is true: its programs run against a service with its models and print what the page says, and no problem is left out."""

import ast
import json
import re
import shutil
import subprocess
import sys
import textwrap
import threading
from http import HTTPStatus
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from service import create_app
from service.api.admission import Admission
from service.api.desk import Desk
from service.extraction import Extractor
from service.settings import Settings
from service.stages import StageClock

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT.joinpath("docs", "api.md").read_text("utf-8")
FENCE = re.compile(r"^(?P<margin> *)```(?P<language>\w+)\n(?P<content>.*?)^(?P=margin)```$", re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"
INTERPRETERS = {
    "sh": ["bash", "-euc"],
    "python": [sys.executable, "-c"],
    "js": ["node", "--input-type=module", "-e"],
    "java": ["java"],
}
OUTPUTS = {"json", "jsonl", "text"}
ANY = "…"
CHANGING = {"confidence", "versions"}  # with every release of lexicon and models, though the answers stay


def programs():
    """Yield each program of the page with what the fence after it says it prints, and how that is written."""
    fences = [(fence["language"], textwrap.dedent(fence["content"])) for fence in FENCE.finditer(PAGE)]
    for number, (language, content) in enumerate(fences):
        if language in INTERPRETERS:
            written, printed = fences[number + 1]
            assert written in OUTPUTS, f"a program of the page is followed by {written}, not by what it prints"
            yield pytest.param(language, content, written, printed, id=f"{language}-{number}")


@pytest.fixture(name="address", scope="module")
def _address(annotator):
    """Return where a service with the models of the repository listens."""
    settings = Settings()
    admission = Admission(settings.queue_chars, settings.queue_requests, settings.chars_per_second)
    app = create_app(settings, Desk(settings, Extractor(annotator), StageClock(), admission, annotator.weights))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("language", "program", "written", "printed"), list(programs()))
def test_a_program_prints_what_the_page_says(language, program, written, printed, address, tmp_path):
    """Each program runs as it stands and prints what stands beneath it, but for figures that change with every release."""
    interpreter = INTERPRETERS[language]
    missing = [tool for tool in (interpreter[0], "curl" if language == "sh" else interpreter[0]) if not shutil.which(tool)]
    if missing:
        pytest.skip(f"no {missing[0]} here")
    source = program.replace(ADDRESS, address)
    if language == "java":
        tmp_path.joinpath("Offsets.java").write_text(source, "utf-8")
        source = "-Dstdout.encoding=UTF-8 Offsets.java"
    arguments = source.split() if language == "java" else [source]
    ran = subprocess.run([*interpreter, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert_matches(read(written, ran.stdout), read(written, printed))


def read(written, said):
    if written == "text":
        return said.strip().splitlines()
    return [json.loads(line) for line in said.strip().splitlines()] if written == "jsonl" else json.loads(said)


def assert_matches(found, stated):
    """What was found is what is stated, where an ellipsis stands for anything and the key of one for any further fields."""
    if stated == ANY:
        return
    if isinstance(stated, dict) and isinstance(found, dict):
        wanted = stated.keys() - {ANY}
        assert wanted <= found.keys() if ANY in stated else wanted == found.keys()
        for name in wanted - CHANGING:
            assert_matches(found[name], stated[name])
    elif isinstance(stated, list) and isinstance(found, list):
        assert len(found) == len(stated)
        for one, other in zip(found, stated, strict=True):
            assert_matches(one, other)
    else:
        assert found == stated


@pytest.mark.parametrize(
    ("found", "stated"),
    [({"a": 1}, {"a": 2}), ({"a": 1, "b": 2}, {"a": 1}), ([1], [1, 2]), ("x", "y"), ({"a": 1}, {ANY: ANY, "b": 1})],
)
def test_what_differs_does_not_match(found, stated):
    """The comparison that the programs are held to can fail."""
    with pytest.raises(AssertionError):
        assert_matches(found, stated)


def told():
    """Return the rows of the page's table of problems: status and type."""
    rows = re.findall(r"^\| ([\d, ]+) \| `([\w:-]+)` \|", PAGE, re.MULTILINE)
    return {(int(status), kind) for numbers, kind in rows for status in numbers.split(", ")}


def raised():
    """Yield status and kind of every problem that the service's source makes; the client's are read from answers."""
    for path in set(ROOT.joinpath("service").rglob("*.py")) - set(ROOT.joinpath("service", "client").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                status, kind = node.args[:2]
                yield (status.value if isinstance(status, ast.Constant) else int(HTTPStatus[status.attr])), kind.value


def test_every_problem_is_told():
    """The page's table has each problem that the service can answer with, under its status, and no other."""
    assert {(status, kind) for status, kind in told() if kind != "about:blank"} == set(raised())


@pytest.mark.parametrize(
    ("named", "setting"),
    [("one article's text", "max_article_chars"), ("one page's HTML", "max_html_chars")],
)
def test_limits_are_those_shipped(named, setting):
    """The limits on the page are the settings' own."""
    assert f"| {named} | {getattr(Settings(), setting):,} code points |" in PAGE


def test_limits_of_a_batch_are_those_shipped():
    """So are a batch's, a body's and an answer's."""
    settings = Settings()
    assert f"| a batch | {settings.max_batch_articles} articles, {settings.max_batch_chars:,} code points together |" in PAGE
    assert f"| a request's body | {settings.max_body_bytes // 2**20} MiB |" in PAGE
    assert f"| an answer's time | {settings.deadline_seconds:.0f} s, waiting included |" in PAGE
