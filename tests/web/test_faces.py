"""The page's faces: two languages, light and dark, wide and narrow; and axe on each."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.browsing import PHONE, answered

WIDE = {"viewport": {"width": 1280, "height": 900}}


def violations(page):
    """Return what axe finds serious or critical."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found if each["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("device", [WIDE, PHONE], ids=["desktop", "phone"])
def test_no_serious_violation(opened, scheme, language, device):
    """Empty, in trouble, answered, with something chosen and something filtered: axe finds nothing serious, contrast included."""
    page = opened(language, color_scheme=scheme, reduced_motion="reduce", **device)
    found = {"empty": violations(page)}
    page.click("#ask")
    found["trouble"] = violations(page)
    answered(page)
    found["answered"] = violations(page)
    page.locator('#article .cue[data-attribution="1"]').click()
    page.evaluate("document.getElementById('filters').open = true")
    page.locator(".chip input").first.check(force=True)
    found["chosen"] = violations(page)
    assert found == {state: [] for state in found}


def test_dark_where_the_reader_has_it_dark(opened):
    """Paper and ink change places with the reader's scheme."""
    luminance = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((sum, part) => sum + part)"
    light, dark = (opened(color_scheme=scheme).evaluate(luminance) for scheme in ("light", "dark"))
    assert light > 600
    assert dark < 150


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_phone_needs_no_sideways_scroll(opened, language):
    """At 360 pixels nothing runs over the edge: empty, answered or with the card open."""
    page = opened(language, **PHONE)
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    widths = [page.evaluate(over)]
    answered(page, "كلمة" * 400 + "\nقال " + "الوزير" * 60 + " إن الأمر انتهى.")
    widths.append(page.evaluate(over))
    page.locator("#article .cue").tap()
    page.evaluate("document.getElementById('filters').open = true")
    widths.append(page.evaluate(over))
    assert widths == [0, 0, 0]


def test_targets_are_large_enough_for_a_finger(opened):
    """Buttons and chips are at least 24 pixels high and wide (WCAG 2.5.8)."""
    page = answered(opened(**PHONE))
    page.evaluate("document.getElementById('filters').open = true")
    script = "all => all.map((each) => each.getBoundingClientRect()).map(({ width, height }) => [width, height])"
    sizes = page.locator("button:visible, .chip:visible").evaluate_all(script)
    assert len(sizes) > 10
    assert min(min(size) for size in sizes) >= 24


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("fr", "rtl")])
def test_it_opens_in_the_reader_s_language(opened, language, direction):
    """A browser that asks for English is answered in English, any other in Arabic; the document says which."""
    page = opened(language)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en" if direction == "ltr" else "ar", direction]


def test_the_language_is_switched_without_losing_anything(page):
    """An answer, what is chosen in it and its filters stay; every word of the interface changes, those of the article do not."""
    page.locator('input[value="direct"]').check(force=True)
    page.locator('#article .cue[data-attribution="2"]').click()
    text = page.locator("#article").inner_text()
    page.click("#language")
    page.wait_for_selector("html[lang=en][dir=ltr]")
    assert page.locator("#article").inner_text() == text
    assert page.title() == "Isnad: who said what"
    assert page.locator("#result-heading").inner_text() == "7 attributions by 3 speakers"
    assert page.locator("#shown").inner_text() == "3 of 7 shown"
    assert page.locator('input[value="direct"]').is_checked()
    assert "dropped subject" in page.locator("#card").inner_text()
    left = page.locator("[data-word]").evaluate_all("all => all.filter(each => !each.closest('[lang=ar]') && /[ء-ي]/.test(each.textContent)).length")
    assert left == 0


def test_the_language_is_remembered_here_alone(opened, site):
    """The next visit of the same browser is in the language chosen, though the service was told nothing; an address that names one wins."""
    page = opened()
    page.click("#language")
    page.wait_for_selector("html[lang=en]")
    assert page.context.cookies() == []
    page.goto(f"{site}/")
    page.wait_for_selector("html[data-ready][lang=en]")
    page.goto(f"{site}/?lang=ar")
    page.wait_for_selector("html[data-ready][lang=ar]")
    assert page.locator("#ask").inner_text() == "أظهر الإسناد"


def test_counts_are_told_as_the_languages_count(page):
    """One, two, a few and many have forms of their own in Arabic."""
    script = """async ([language, counts]) => {
        const { wordsOf } = await import("/web/words.js");
        const words = await wordsOf(language);
        return counts.map((n) => words.say("done", { n }));
    }"""
    assert page.evaluate(script, ["ar", [1, 2, 3, 11, 100]]) == ["إسناد واحد", "إسنادان", "3 إسنادات", "11 إسنادا", "100 إسناد"]
    assert page.evaluate(script, ["en", [1, 2]]) == ["1 attribution", "2 attributions"]
