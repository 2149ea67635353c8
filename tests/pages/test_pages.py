"""Pages as they are scraped: which item, which outlet, which day, and which words may be read."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from service.attribution import Article
from service.pages import read_page
from service.pages.furniture import LEXICON, recognised, tail
from service.pages.lines import lines_of

PAGES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("pages.toml").read_text("utf-8"))["page"]


def article(page: dict[str, Any]) -> Article:
    """Return the page as a client would send it."""
    known = {name: page.get(name) for name in ("title", "outlet", "url", "published_at")}
    return Article(id=page["id"], text=page["text"], **known)


@pytest.fixture(name="page", params=PAGES, ids=lambda page: page["id"])
def _page(request):
    return request.param


def test_items(page):
    """The page parts into its items, each from its first to its last word."""
    items = read_page(article(page))
    assert [item.role.value for item in items] == [wanted["role"] for wanted in page["item"]]
    for item, wanted in zip(items, page["item"], strict=True):
        said = item.span.of(page["text"])
        assert said.startswith(wanted["starts"])
        assert said.endswith(wanted["ends"])


def test_paragraphs(page):
    """Running text is kept, furniture is lost."""
    items = read_page(article(page))
    for item, wanted in zip(items, page["item"], strict=True):
        said = [paragraph.of(page["text"]) for paragraph in item.paragraphs]
        for kept in wanted["kept"]:
            assert any(kept in paragraph for paragraph in said), kept
        assert len(said) == wanted.get("paragraphs", len(said))
    said = [paragraph.of(page["text"]) for item in items for paragraph in item.paragraphs]
    for lost in page.get("lost", []):
        assert not any(lost in paragraph for paragraph in said), lost


def test_facts(page):
    """Outlet with its evidence, credits, day and headline are as the page, or the client, has them."""
    for item, wanted in zip(read_page(article(page)), page["item"], strict=True):
        assert (item.outlet.name if item.outlet else None) == wanted.get("outlet")
        assert (item.outlet.evidence.value if item.outlet else None) == wanted.get("evidence")
        assert list(item.credits) == wanted.get("credits", [])
        assert item.published_at == wanted.get("published_at")
        if item.role.value == "related" or "title" not in page:
            assert (item.title.text if item.title else None) == wanted.get("title")


def test_title_in_text():
    """The client's title is placed where the text prints it, whatever its spelling."""
    page = next(page for page in PAGES if page["id"] == "request_wins")
    title = read_page(article(page))[0].title
    assert title is not None
    assert title.text == page["title"]
    assert title.span is not None
    assert title.span.of(page["text"]) == "الجامعة تُطلق برنامجاً للمنح"


def test_every_kind_of_furniture_has_a_page():
    """No kind of furniture is in the lexicon that no page of ours shows."""
    shown = set()
    for page in PAGES:
        for line in lines_of(page["text"]):
            found = recognised(page["text"], line) or tail(page["text"], line)
            if found:
                shown.add(found.entry.id)
    assert {entry.id for entry in LEXICON.entries} == shown


def test_blank_text_has_no_items():
    """Nothing but blanks is no news; a single mark is an item, as the client meant something by it."""
    assert read_page(Article(id="x", text=" \n\u200f\x00\n")) == ()
    assert len(read_page(Article(id="x", text="؟"))) == 1


def test_furniture_alone_is_still_an_item():
    """A text of nothing but furniture gives one item rather than none."""
    items = read_page(Article(id="x", text="المصدر: رويترز"))
    assert len(items) == 1
