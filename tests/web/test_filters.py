"""What is shown of an answer: by speaker, type, construction and confidence, and how it is counted."""

import pytest


def shown(page):
    """Return the ids of the attributions that the text shows."""
    return sorted(set(page.locator("#article [data-attribution]").evaluate_all("all => all.map(each => Number(each.dataset.attribution))")))


def check(page, kind, value):
    page.locator(f'input[name="{kind}"][value="{value}"]').check(force=True)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("type", ["direct"], [2, 3, 6]),
        ("type", ["direct", "mixed"], [2, 3, 5, 6]),
        ("construction", ["relay"], [0]),
        ("construction", ["clause", "uncued"], [1, 6]),
    ],
)
def test_by_type_and_construction(page, kind, values, expected):
    """Those of the chosen kinds are shown, and the text stays whole."""
    text = page.locator("#article").evaluate("article => article.textContent")
    for value in values:
        check(page, kind, value)
    assert shown(page) == expected
    assert page.locator("#shown").inner_text() == f"المعروض {len(expected)} من 7"
    assert page.locator("#article").evaluate("article => article.textContent") == text


def test_by_confidence(page):
    """Those at or above the least confidence are shown, and the slider says where it stands."""
    page.locator("#confidence").fill("0.7")
    assert shown(page) == [0, 2, 3, 4]
    assert page.locator("#confidence").get_attribute("aria-valuetext") == page.locator("output").inner_text()
    assert "70" in page.locator("output").inner_text()


def test_by_speaker(page):
    """A speaker's button shows that speaker alone, a second one's both; pressed again it lets go."""
    fares, minister = page.locator('#speakers [data-speaker="s0"]'), page.locator('#speakers [data-speaker="s1"]')
    fares.click()
    assert (shown(page), fares.get_attribute("aria-pressed")) == ([0, 2, 3, 6], "true")
    minister.click()
    assert shown(page) == [0, 1, 2, 3, 6]
    fares.click()
    assert shown(page) == [1]


def test_filters_combine_and_are_cleared(page):
    """Every kind of filter must let an attribution through; one button takes all of them back."""
    assert not page.locator("#reset").is_visible()
    check(page, "type", "direct")
    page.locator("#confidence").fill("0.75")
    page.locator('#speakers [data-speaker="s0"]').click()
    assert shown(page) == [2, 3]
    page.click("#reset")
    assert shown(page) == [0, 1, 2, 3, 4, 5, 6]
    assert page.locator("#filters input:checked").count() == 0
    assert page.locator("#speakers [aria-pressed=true]").count() == 0


def test_a_pinned_one_that_is_filtered_away_is_let_go(page):
    """Nothing is chosen that is not shown."""
    page.locator('#article .cue[data-attribution="0"]').click()
    check(page, "type", "direct")
    page.mouse.move(0, 0)
    assert page.locator("#article .lit, #card.open").count() == 0


def test_speakers_with_roles_and_counts(page):
    """Everyone quoted stands beside the text, most quoted first, with role, kind and count."""
    said = [" ".join(button.split()) for button in page.locator("#speakers button").all_inner_texts()]
    assert said == ["فارس العلي المهندس شخص 4 أقوال", "الوزيرة شخص قول واحد", "تقرير الهيئة جهة أخرى قول واحد"]
    check(page, "type", "direct")
    assert "3 من 4" in page.locator('#speakers [data-speaker="s0"]').inner_text()


def test_the_picture_shows_what_is_shown(page):
    """Stations run from the speakers on the right to the outlet on the left, and those of hidden attributions are left out."""
    boxes = {node.locator("> span").inner_text(): node.bounding_box()["x"] for node in page.locator("#graph .node").all()}
    assert boxes["الوزيرة"] > boxes["المنارة"] > boxes["بوابة الأخبار"]
    ways = page.locator("#graph li").all_text_contents()
    assert "الوزيرة ← فارس العلي ← المنارة ← بوابة الأخبار" in ways
    check(page, "construction", "uncued")
    assert page.locator("#graph .node > span").all_text_contents() == ["فارس العلي", "بوابة الأخبار"]
    assert page.locator("#graph path").evaluate_all("paths => paths.every(path => path.getAttribute('d'))")
