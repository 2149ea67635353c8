"""The bill of materials: complete, valid, and nothing in it under terms that nobody has looked at."""

import importlib.util
import json
import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.conftest import MODELS
from tests.servers import REPOSITORY


def load(path):
    """Return the module of a script."""
    specification = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


BILL = load(REPOSITORY / "deploy" / "bill.py")
LOCK = (REPOSITORY / "deploy" / "requirements.txt").read_text("utf-8")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
SHIPPED = {*re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE), "torch"}
MANIFEST = {"version": "test", "files": {"ar/ner/a.pt": {"sha256": "0" * 64, "bytes": 1}}}


def key(name):
    """Return a package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def component(name, *licences):
    return {"type": "library", "bom-ref": name, "name": name, "version": "1.0", "licenses": list(licences)}


def bill_with(*components):
    """Return a bill of these components and a file of weights."""
    root = {"type": "application", "bom-ref": "root", "name": "isnad"}
    found = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": root}}
    found |= {"components": list(components), "dependencies": [{"ref": "root"}, *({"ref": component["bom-ref"]} for component in components)]}
    return BILL.bill_of(found, MANIFEST)


@pytest.fixture(name="installed", scope="module")
def _installed():
    """Return the bill of the environment that the tests run in."""
    options = ("--pyproject", "pyproject.toml", "--mc-type", "application", "--no-validate")
    command = [sys.executable, "-m", "cyclonedx_py", "environment", *options, sys.executable]
    found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True).stdout
    return BILL.bill_of(json.loads(found), json.loads((MODELS / "manifest.json").read_text("utf-8")))


def test_the_bill_is_cyclonedx(installed):
    """It follows the schema of CycloneDX 1.6 to the letter."""
    assert BILL.fault(installed) is None


def test_the_bill_lists_what_is_shipped(installed):
    """Every package that the service needs is in it with its version, and every file of weights with its SHA-256."""
    listed = {key(component["name"]): component for component in installed["components"]}
    direct = {key(Requirement(line).name) for line in PROJECT["dependencies"]}
    assert {"flask", "stanza", "torch"} <= direct <= listed.keys()
    assert all(listed[name]["version"] for name in direct)
    for name, file in json.loads((MODELS / "manifest.json").read_text("utf-8"))["files"].items():
        assert listed[key(name)]["hashes"] == [{"alg": "SHA-256", "content": file["sha256"]}]


def test_nothing_shipped_is_under_unknown_terms(installed):
    """Each package that an image holds has a licence that is allowed, or stands among the exceptions with its reason."""
    assert {name for name in BILL.unknown_terms(installed) if key(name) in SHIPPED} == set()


@pytest.mark.parametrize(
    ("licence", "known"),
    [
        ({"license": {"id": "MIT"}}, True),
        ({"license": {"name": "License :: OSI Approved :: BSD License"}}, True),
        ({"expression": "MPL-1.1 OR GPL-2.0-only"}, True),
        ({"expression": "Apache-2.0 AND Apache-2.0 WITH LLVM-exception"}, True),
        ({"license": {"id": "GPL-3.0-only"}}, False),
        ({"expression": "MIT AND GPL-2.0-only"}, False),
        ({"license": {"name": "Ours, ask"}}, False),
    ],
)
def test_terms_are_weighed(licence, known):
    """A choice is allowed by one side, a sum only by both; what no list knows is told."""
    assert BILL.unknown_terms(bill_with(component("a", licence))) == ([] if known else ["a"])


def test_a_package_that_names_no_licence_is_told():
    """Silence is no permission, but where the metadata says in words what the tool does not read."""
    assert BILL.unknown_terms(bill_with(component("a"), component("stanza"))) == ["a"]


def test_exceptions_are_by_name():
    """What is GPL and known is let pass; the same licence elsewhere is not."""
    gpl = {"license": {"id": "GPL-3.0-or-later"}}
    assert BILL.unknown_terms(bill_with(component("udapi", gpl), component("b", gpl))) == ["b"]


def test_a_fault_is_noticed():
    """A bill that is not CycloneDX is said not to be."""
    assert BILL.fault(bill_with(component("a", {"license": {"id": "MIT"}}))) is None
    assert BILL.fault({**bill_with(), "components": [{"name": "no type"}]})
