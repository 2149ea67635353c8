"""The README's pictures, taken of the page as it runs: `python -m tests.web.screenshots`. Needs Chromium, and fonts that have Arabic."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from service import create_app
from service.settings import Settings
from tests.web.browsing import SWITCHES, chromium, served

IMAGES = Path(__file__).resolve().parents[2] / "docs/images"


def main():
    """Take one picture of each face: Arabic by day, English by night."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served(create_app(Settings())) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        take(browser, address, "page.png", language="ar", scheme="light", sample="wire", cue="أبلغوه")
        take(browser, address, "page-dark.png", language="en", scheme="dark", sample="report", cue="قوله", below=True)
        browser.close()


def take(browser, address, name, *, language, scheme, sample, cue, below=False):
    """Open the page, answer a sample, choose the attribution of a cue, and keep what is seen: the upper end, or the lower with its picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, color_scheme=scheme, locale=language, reduced_motion="reduce")
    page.goto(f"{address}/")
    page.wait_for_selector("html[data-ready]")
    page.click(f"[data-sample={sample}]")
    page.wait_for_selector("#article .part")
    page.locator("#article .cue", has_text=cue).click()
    page.mouse.move(0, 0)
    page.evaluate(f"document.activeElement.blur(), scrollTo(0, {'document.body.scrollHeight' if below else 0})")
    page.screenshot(path=IMAGES / name)
    page.close()


if __name__ == "__main__":
    main()
