"""The site builds without a warning, shows Arabic from right to left, and loads nothing from anywhere."""

import json
import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from docs.hooks.examples import FENCE
from service import lexicon
from service.attribution import Construction

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted(path.stem for path in ROOT.joinpath("docs").glob("*.md"))
GENERATED = ["reference", "vocabulary"]
ARABIC = re.compile("[\u0621-\u064a]")


@pytest.fixture(name="site", scope="module")
def _site(tmp_path_factory):
    """Return the site, built strictly: a broken link, a page outside the navigation or any other warning is an error."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return target


@pytest.fixture(name="page_of", scope="module")
def _page_of(site):
    """Return what reads one of the site's pages."""

    def of(name):
        return lxml.html.fromstring(site.joinpath(f"{name}.html").read_bytes())

    return of


@pytest.mark.parametrize("name", [*PAGES, *GENERATED])
def test_nothing_is_loaded_from_elsewhere(name, page_of):
    """Scripts, styles, fonts and images are the site's own, so that it can be read where there is no network."""
    page = page_of(name)
    loaded = [*page.xpath("//script/@src | //img/@src | //iframe/@src"), *page.xpath("//link[@rel!='canonical']/@href")]
    assert loaded
    assert [address for address in loaded if "//" in address] == []


def test_styles_load_nothing_from_elsewhere(site):
    """Neither does a style sheet import anything, nor ask for a font."""
    for path in site.rglob("*.css"):
        assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\"']*", path.read_text("utf-8")) == [], path.name


@pytest.mark.parametrize("name", [*PAGES, *GENERATED])
def test_arabic_has_a_direction(name, page_of):
    """Every Arabic word of a page's text stands in an element that says it is Arabic, and so which way it runs."""
    for text in page_of(name).xpath("//article//text()[not(ancestor::script or ancestor::style or ancestor::svg)]"):
        if ARABIC.search(text):
            around = [text.getparent(), *text.getparent().iterancestors()] if text.is_text else list(text.getparent().iterancestors())
            assert any(element.get("lang") == "ar" for element in around), text


def test_every_example_is_drawn(page_of):
    """Each worked example is a figure with its sentence from right to left and its parts marked."""
    fences = FENCE.findall(ROOT.joinpath("docs", "concepts.md").read_text("utf-8"))
    page = page_of("concepts")
    figures = page.xpath("//figure[@class='example']")
    assert len(figures) == len(fences) > 10
    assert all(figure.xpath("./p[@class='said' and @dir='rtl']") for figure in figures)
    assert [span.text for span in figures[0].xpath(".//span[@class='cue']")] == ["قال"]
    assert "toml example" not in page.text_content()


def test_every_construction_is_explained(page_of):
    """The concepts have a heading for each construction of the contract."""
    headings = {heading.text for heading in page_of("concepts").xpath("//h3")}
    assert set(map(str, Construction)) <= headings


def test_the_reference_has_every_endpoint(page_of):
    """Each endpoint that the service documents has its heading, and each shape its fields."""
    page = page_of("reference")
    headings = {heading.text for heading in page.xpath("//h2")}
    assert {"POST /v1/attributions", "POST /v1/attributions/batch", "GET /v1/lexicon", "GET /v1/version", "GET /livez", "GET /readyz"} <= headings
    assert "confidence" in page.xpath("//h3[@id='attribution']/following::table[1]")[0].text_content()


def test_the_vocabulary_has_every_entry(page_of):
    """Each entry of the lexicon stands on its page by its id and gloss."""
    text = page_of("vocabulary").text_content()
    assert [entry.id for entry in lexicon.entries() if entry.id not in text or entry.gloss not in text] == []


def test_links_into_the_repository_are_shown_as_paths(page_of):
    """What a page links outside of docs/ is named, since the site does not hold it."""
    page = page_of("operations")
    assert page.xpath("//article//a[starts-with(@href, '../')]") == []
    assert "deploy/nginx.conf" in page.text_content()


def test_search_knows_arabic(site):
    """Words are stemmed as English and as Arabic, and parted at Arabic marks."""
    search = json.loads(site.joinpath("search", "search_index.json").read_text("utf-8"))["config"]
    assert search["lang"] == ["en", "ar"]
    assert re.split(search["separator"], "قال،وأضاف؛ثم «أكد»") == ["قال", "وأضاف", "ثم", "أكد", ""]
    assert site.joinpath("assets", "javascripts", "lunr", "min", "lunr.ar.min.js").is_file()


@pytest.mark.parametrize("name", PAGES)
def test_no_emphasis_cuts_an_arabic_phrase(name, page_of):
    """A phrase on an English page is one stretch: emphasis on a word of it would cut it into several, set from left to right."""
    for emphasis in page_of(name).xpath("//article//*[self::em or self::strong][bdi]"):
        around = emphasis.getprevious(), emphasis.getnext()
        beside = [one for one in around if one is not None and one.tag == "bdi"]
        touching = [one for one in beside if not ((one.tail if one is around[0] else emphasis.tail) or "").strip()]
        assert touching == [], emphasis.getparent().text_content()
