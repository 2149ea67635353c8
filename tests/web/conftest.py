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


@pytest.fixture(name="profiles", scope="session")
def _profiles(browser):
    """Return a maker of browser profiles, one for each set of options: what one has loaded it need not load again."""
    made = {}

    def profile(**options):
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)
            made[key].set_default_timeout(15_000)
        return made[key]

    return profile


@pytest.fixture(name="opened")
def _opened(profiles, site):
    """Return an opener of the page in a tab of its own; whatever the browser complains of fails the test."""
    complaints = Complaints()
    with contextlib.ExitStack() as tabs:

        def opened(language="ar", address=site, **options):
            page = profiles(**{**DESKTOP, "locale": language, **options}).new_page()
            tabs.callback(page.close)
            complaints.watch(page)
            page.goto(f"{address}/")
            tabs.callback(page.evaluate, "localStorage.clear()")
            page.wait_for_selector("html[data-ready]")
            return page

        yield opened
    assert complaints.said == []


@pytest.fixture(name="page")
def _page(opened):
    """Return a page in Arabic that shows the answer written by hand."""
    return answered(opened())
