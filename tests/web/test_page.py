"""The page before a browser runs it: its policy, its words, its files."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from service.attribution import Construction, ItemRole, OutletEvidence, Resolution, SpeakerType, SpeechType
from service.web.page import LANGUAGES, SAMPLES

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "service/web"
STATIC = WEB / "static"


def words(language):
    return json.loads((STATIC / f"words/{language}.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("address", "accepts", "language"),
    [
        ("/", "", "ar"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "fr, ar;q=0.5, en;q=0.4", "ar"),
        ("/", "fr", "ar"),
        ("/?lang=en", "ar", "en"),
        ("/?lang=xx", "en", "en"),
        ("/?lang=%3Cscript%3E", "ar", "ar"),
    ],
)
def test_it_comes_in_a_language(client, address, accepts, language):
    """What the address names comes first, then what the browser likes best, then Arabic; the document says which, and which way it runs."""
    page = client.get(address, headers={"Accept-Language": accepts})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert f'<html lang="{language}" dir="{LANGUAGES[language]}">' in page.text
    assert words(language)["ask"] in page.text
    assert "Accept-Language" in page.headers["Vary"]


def test_its_policy_allows_scripts_and_styles_of_its_own_alone(client):
    """Nothing inline, nothing from elsewhere, no HTML made of text, no form sent, no frame."""
    policy = dict(rule.split(" ", 1) for rule in client.get("/").headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        **dict.fromkeys(("script-src", "style-src", "img-src", "connect-src"), "'self'"),
        **dict.fromkeys(("base-uri", "form-action", "frame-ancestors", "trusted-types"), "'none'"),
        "require-trusted-types-for": "'script'",
    }


def test_it_loads_from_itself_alone(client):
    """Every address in it is a path here, and every one of them is there."""
    page = client.get("/").text
    found = re.findall(r'(?:src|href)="([^"#?]+)"', page)
    assert len(found) > 5
    for address in found:
        assert address.startswith("/"), address
        with client.get(address) as answer:
            assert answer.status_code == 200, address
    assert "<style" not in page
    assert not re.search(r'\son\w+="|style="', page)


@pytest.mark.parametrize("file", sorted(STATIC.rglob("*.*")), ids=lambda file: file.name)
def test_files_are_served_as_what_they_are(client, file):
    """Scripts as scripts, or browsers told not to sniff would run none of them."""
    kinds = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain"}
    with client.get(f"/web/{file.relative_to(STATIC).as_posix()}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, kinds[file.suffix])
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_scripts_make_no_markup_and_ask_nobody_else():
    """None writes HTML, evaluates text or names another host; `import` names files that are there."""
    for script in STATIC.glob("*.js"):
        source = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc", source), script
        assert set(re.findall(r"https?://[^\"'`]+", source)) <= {"http://www.w3.org/2000/svg"}, script
        assert all((STATIC / name).is_file() for name in re.findall(r'from "\./([^"]+)"', source)), script


def test_errors_stay_problems(client):
    """Beside the page everything that goes wrong is JSON, whatever a browser would rather have."""
    html = {"Accept": "text/html"}
    asked = (("POST", "/", 405), ("GET", "/web/nothing.js", 404), ("GET", "/web/../page.py", 404), ("GET", "/index.html", 404))
    for method, address, status in asked:
        answer = client.open(address, method=method, headers=html)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_the_article_never_reaches_an_address(client):
    """Before its script runs the form can send nothing: no action, and a policy that allows none."""
    form = re.search(r"<form[^>]*>", client.get("/").text)[0]
    assert "action" not in form
    assert "form-action 'none'" in client.get("/").headers["Content-Security-Policy"]


def test_the_languages_say_the_same_things():
    """Both have words for the same keys, with the same places in them, and every plural has its last resort."""
    arabic, english = words("ar"), words("en")
    assert arabic.keys() == english.keys()
    for key, said in arabic.items():
        forms = [list(each.values()) if isinstance(each, dict) else [each] for each in (said, english[key])]
        places = [set().union(*(re.findall(r"\{(\w+)\}", form) for form in each)) for each in forms]
        assert places[0] == places[1], key
        assert all("other" in each for each in (said, english[key]) if isinstance(each, dict)), key
    assert all(set(said) == {"zero", "one", "two", "few", "many", "other"} for said in arabic.values() if isinstance(said, dict))


def test_every_word_that_is_asked_for_is_there(client):
    """What the template and the scripts name has words, and so has every value that a report can hold."""
    known = words("ar").keys()
    named = set(re.findall(r'data-word(?:-\w+)?="(\w+)"', client.get("/").text))
    for script in STATIC.glob("*.js"):
        named |= set(re.findall(r'say\("(\w+)"', script.read_text("utf-8")))
    assert len(named) > 40
    values = {"type": SpeechType, "construction": Construction, "resolution": Resolution, "speaker": SpeakerType}
    values |= {"evidence": OutletEvidence, "item": ItemRole}
    named |= {f"{kind}_{value}" for kind, enum in values.items() for value in enum}
    assert named - known == set()


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_are_of_a_length(sample):
    """Between 120 and 250 words each, in Arabic, a headline first and a credit line last."""
    text = (STATIC / f"samples/{sample}.txt").read_text("utf-8")
    lines = text.strip().split("\n")
    assert 120 <= len(text.split()) <= 250
    assert lines[0][-1] != "."
    assert lines[-1].startswith("المصدر: ")
    assert len(re.findall(r"[ء-ي]", text)) / len(re.sub(r"\s", "", text)) > 0.9


def test_a_wheel_has_the_page(tmp_path):
    """What is installed from a wheel serves the page too: each of its files is in there."""
    pytest.importorskip("setuptools", minversion="77")
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    shutil.copytree(ROOT / "service", tree / "service", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=tree, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    ours = {file.relative_to(ROOT).as_posix() for file in WEB.rglob("*.*") if "__pycache__" not in file.parts}
    assert ours - names == set()
