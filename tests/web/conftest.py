"""What browser tests share: the page served, Chromium, and an eye on what the browser complains of."""

import contextlib

import pytest

from service import create_app
from service.settings import Settings
from tests.conftest import MODELS
from tests.web.browsing import DESKTOP, SWITCHES, Complaints, answered, chromium, desk_of, served
from tests.web.written import WrittenExtractor

SMALL = Settings(max_body_bytes=60_000, max_article_chars=50_000)


@pytest.fixture(name="browser", scope="session")
def _browser():
    """Return Chromium as the system has it; the tests skip where there is none, for Playwright's own cannot be had everywhere."""
    path = chromium()
    if path is None:
        pytest.skip("no chromium on this machine")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(name="extractor", scope="session")
def _extractor():
    return WrittenExtractor()


@pytest.fixture(name="site", scope="session")
def _site(extractor):
    """Return the address of the page over the report written by hand."""
    with served(create_app(SMALL, desk_of(extractor, SMALL))) as address:
        yield address


@pytest.fixture(name="deployed", scope="session")
def _deployed():
    """Return the address of the page over the models and rules of this repository."""
    if not (MODELS / "manifest.json").is_file():
        pytest.skip("models/ holds no weights")
    with served(create_app(Settings(models_dir=MODELS))) as address:
        yield address


@pytest.fixture(name="tabs", scope="session")
def _tabs(browser):
    """Return a maker of tabs, one for each set of options, and what they complain of: what one has loaded it need not load again."""
    made, complaints = {}, Complaints()

    def tab(**options):
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options).new_page()
            made[key].set_default_timeout(15_000)
            complaints.watch(made[key])
        return made[key]

    return tab, complaints


@pytest.fixture(name="opened")
def _opened(tabs, site):
    """Return an opener of the page, as if nobody had opened it before; whatever the browser complains of fails the test."""
    tab, complaints = tabs
    complaints.said.clear()
    with contextlib.ExitStack() as left:

        def opened(language="ar", address=site, **options):
            page = tab(**{**DESKTOP, "locale": language, **options})
            left.callback(page.unroute_all)
            left.callback(page.evaluate, "localStorage.clear()")
            page.mouse.move(0, 0)
            page.goto(f"{address}/")
            page.wait_for_selector("html[data-ready]")
            return page

        yield opened
    assert complaints.said == []


@pytest.fixture(name="page")
def _page(opened):
    """Return a page in Arabic that shows the answer written by hand."""
    return answered(opened())
