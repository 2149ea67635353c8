"""A line of code knows its room: which module may import what, read from the imports themselves."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SERVICE = Path(__file__).resolve().parent.parent / "service"
BORDER = ("api", "web", "cli", "exports", "client", "corpus")
ROOMLESS = {"utils", "helpers", "common", "manager", "base", "misc", "tools"}
FRAMEWORKS = {"flask", "flask_smorest", "flask_limiter", "werkzeug", "webargs"}
MODELS = {"stanza", "torch"}
MODULES = sorted(SERVICE.rglob("*.py"))
RULES = {
    "reading",
    "quotations",
    "cues",
    "noun_phrases",
    "contents",
    "sources",
    "constructions",
    "clauses",
    "circumstantials",
    "relays",
    "relations",
    "people",
    "speakers",
    "chains",
    "report",
}
# What is neither a stage of the answer nor its nouns: the border, the settings and the machinery around the models.
AROUND = {"__init__", "annotation", "engine", "serving", "settings", "stages", "weights"}


def name_of(path):
    return ".".join(path.relative_to(SERVICE.parent).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path) for path in MODULES}


def imported(path):
    """Return the modules a file imports anywhere, also within functions and for types."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= whole & NAMES or {node.module}
    return found


def packages(path):
    return {module.split(".")[0] for module in imported(path)}


def rule_modules():
    """Return the modules of the answer itself: what lies in the service's own folder and is not named as standing around it."""
    return [path for path in SERVICE.glob("*.py") if path.stem not in AROUND]


def test_the_rules_are_where_the_architecture_says():
    """The stages have the modules that the architecture names."""
    assert {path.stem for path in rule_modules()} >= RULES


@pytest.mark.parametrize("path", rule_modules(), ids=name_of)
def test_rules_know_neither_web_nor_models(path):
    """A rule module imports no web framework, no models and no schema library."""
    assert packages(path) & (FRAMEWORKS | MODELS | {"marshmallow"}) == set()


@pytest.mark.parametrize("path", rule_modules(), ids=name_of)
def test_rules_do_not_look_back_over_the_border(path):
    """A rule module imports nothing of the border, the settings or the machinery around the models."""
    barred = {f"service.{name}" for name in (*BORDER, *(AROUND - {"__init__"}))}
    assert {module for module in imported(path) if module in barred or module.startswith(tuple(f"{name}." for name in barred))} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_annotation_loads_models(path):
    """Stanza and torch are imported in service/annotation/ and nowhere else."""
    assert not packages(path) & MODELS or SERVICE / "annotation" in path.parents


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_clusters_and_columns_stay_with_the_corpus(path):
    """Ray is imported in one module, Arrow and file systems of the network in corpus/: extras nobody else needs."""
    assert "ray" not in packages(path) or path == SERVICE / "corpus" / "cluster.py"
    assert not packages(path) & {"pyarrow", "fsspec"} or path.parent == SERVICE / "corpus"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_flask_stays_at_the_border(path):
    """Flask and its kin are imported in api/, web/ and the application's factory."""
    room = path.relative_to(SERVICE).parts[0]
    assert not packages(path) & FRAMEWORKS or room in {"api", "web", "__init__.py"}


def test_rules_import_without_torch():
    """Importing the extractor loads neither torch nor Stanza nor Flask: rule tests and tools stay quick."""
    code = "import sys, service.extraction; print(sorted({'torch', 'stanza', 'flask'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SERVICE.parent)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_room_without_a_name(path):
    """No module is called by what it is not: utils, helpers and the like."""
    assert not ROOMLESS & {part.removesuffix(".py") for part in path.relative_to(SERVICE).parts}


def test_modules_do_not_import_in_circles():
    """The stages follow each other: no module imports one that, by whatever way, imports it."""
    names = NAMES - {"service"}  # the factory stands above all and is imported by none
    graph = {name_of(path): imported(path) & names for path in MODULES}
    for start, direct in graph.items():
        seen, ahead = set(), list(direct)
        while ahead:
            module = ahead.pop()
            if module not in seen:
                seen.add(module)
                ahead += graph[module]
        assert start not in seen, start
