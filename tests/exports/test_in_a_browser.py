"""The page to keep, opened from a disk in a browser: readable by all, and quiet."""

import shutil

import pytest

from service.exports import FORMS, Outgoing
from service.extraction import Extractor
from tests.exports.awkward import AWKWARD, awkward
from tests.exports.conftest import ARTICLES, NAME
from tests.rules import recordings

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(name="browser", scope="module")
def _browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(name="address")
def _address(tmp_path):
    """Return the address of a page with a whole article and the awkward one."""
    article = ARTICLES[-1]
    whole = Extractor(recordings.read(NAME).of(article.id)).extract([article])[0]
    path = tmp_path / "kept.html"
    path.write_bytes(FORMS["html"].write([Outgoing(whole), Outgoing(awkward())]))
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fetches_nothing(browser, address, scheme):
    """axe finds nothing at all, in light and in dark; no request but the page, no complaint; and a phone need not scroll sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    phone = {"viewport": {"width": 360, "height": 800}}
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, **phone)  # axe is a script, and the page allows none
    page = context.new_page()
    noted = []
    page.on("request", lambda request: noted.append(request.url))
    page.on("console", lambda message: noted.append(message.text))
    page.goto(address)
    assert axe.Axe().run(page).response["violations"] == []
    assert noted == [address]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_a_browser_reads_the_text_as_it_was(browser, address):
    """Line ends, directions and all; offsets count code points in it, and a script in an article is words."""
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(address)
    shown = page.locator(".text").last.evaluate("element => element.textContent")
    assert shown == AWKWARD.replace("\0", "\N{REPLACEMENT CHARACTER}")
    cut = "span => Array.from(document.querySelectorAll('.text')).at(-1).textContent"
    for span in page.locator("article").last.locator("tbody span").all():
        start, end = (int(span.get_attribute(name)) for name in ("data-start", "data-end"))
        assert span.evaluate("span => span.textContent") == "".join(list(page.evaluate(cut))[start:end])
    context.close()
