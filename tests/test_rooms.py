"""The house: which module may know what, read from the imports; and how long a room may be."""

import ast
from pathlib import Path

import pytest

SERVICE = Path(__file__).resolve().parent.parent / "service"
MODULES = sorted(path for path in SERVICE.rglob("*.py"))
# Who may import what; everybody else may not.
KEEPERS = {
    "stanza": {"annotation.py"},
    "torch": {"annotation.py"},
    "flask": {"__init__.py", "api/", "web/"},
    "flask_smorest": {"api/"},
    "werkzeug": {"api/", "web/"},
    "prometheus_client": {"api/", "serving.py"},
    "structlog": {"api/"},
    "marshmallow": {"api/", "lexicon/", "cli/", "settings.py"},
    "environs": {"settings.py"},
    "click": {"cli/"},
    "rich": {"cli/"},
    "trafilatura": {"pages/html.py"},
}
LONGEST_MODULE, LONGEST_FUNCTION = 250, 50  # lines; the nouns, all in one place, are the longest


def name_of(path):
    return str(path.relative_to(SERVICE))


def imported(path):
    """Return the packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_knows_only_what_its_room_may(path):
    """Stanza is the annotator's, Flask the border's, marshmallow theirs who check data; the rules know none of them."""
    name = name_of(path)
    forbidden = {package for package in imported(path) if package in KEEPERS and not any(name.startswith(keeper) for keeper in KEEPERS[package])}
    assert forbidden == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_is_not_a_hall(path):
    """What does not fit on a few screens is more than one thing."""
    source = path.read_text("utf-8")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    assert source.count("\n") <= LONGEST_MODULE
    assert {
        function.name: function.end_lineno - function.lineno for function in functions if function.end_lineno - function.lineno > LONGEST_FUNCTION
    } == {}


def test_the_border_is_not_known_inside():
    """No rule imports the API or the command line."""
    inside = [path for path in MODULES if not name_of(path).startswith(("api/", "cli/", "web/", "__init__", "serving"))]
    known = [name_of(path) for path in inside if "service.api" in path.read_text("utf-8") or "service.cli" in path.read_text("utf-8")]
    assert known == []
