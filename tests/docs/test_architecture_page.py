"""The page on the architecture is true: its session runs, and the places that it names exist."""

import ast
import contextlib
import io
import re
from pathlib import Path

import pytest

import service.engine
from service.extraction import Extractor

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT.joinpath("docs", "architecture.md").read_text("utf-8")
ROWS = re.findall(r"^\| .+ \| (.*`service/.*) \|$", PAGE, re.MULTILINE)
PLACES = [place for row in ROWS for place in re.findall(r"`(service/[\w/]+(?:\.py|/))`(?:: ((?:`\w+`(?:, )?)+))?", row)]


class _Engine:
    def __init__(self, annotator):
        self.extractor = Extractor(annotator)


def test_the_session_prints_what_the_page_says(annotator, monkeypatch):
    """Each stage gives of the example what stands under the session."""
    monkeypatch.setattr(service.engine, "load_engine", lambda _settings: _Engine(annotator))
    session = re.search(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(session[1], "docs/architecture.md", "exec"), {})
    assert printed.getvalue() == session[2]


def defined(path):
    """Return the names that a module defines, methods included; of a folder, its modules."""
    if path.is_dir():
        return {module.stem for module in path.glob("*.py")}
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def test_there_are_places():
    """The table of rules is found, most of its rows with functions."""
    assert len(PLACES) > 20
    assert sum(bool(names) for _, names in PLACES) > 15


@pytest.mark.parametrize(("path", "names"), PLACES)
def test_a_rule_is_where_the_page_says(path, names):
    """The module is there, and so are the functions named beside it."""
    assert ROOT.joinpath(path).exists(), path
    assert set(re.findall(r"\w+", names)) <= defined(ROOT / path)


def test_every_stage_is_drawn():
    """Each module that the extraction calls stands in the picture of the stages."""
    picture = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1]
    imported = ast.walk(ast.parse(ROOT.joinpath("service", "extraction.py").read_text("utf-8")))
    modules = [node.module or "" for node in imported if isinstance(node, ast.ImportFrom)]
    called = {module.removeprefix("service.") for module in modules if module.startswith("service.")}
    assert called - {"attribution", "rules"} <= set(re.findall(r"\w+", picture))


def test_commands_exist():
    """The modules that the page runs are there."""
    for module in re.findall(r"-m (tests\.[\w.]+)", PAGE):
        path = ROOT.joinpath(*module.split("."))
        assert path.with_suffix(".py").is_file() or path.joinpath("__main__.py").is_file(), module
    assert re.findall(r"-m (tests\.[\w.]+)", PAGE)


def test_folders_exist():
    """So are the folders and files of the tests that it names."""
    named = re.findall(r"`(tests/[\w/*.]+)`", PAGE)
    assert named
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []
