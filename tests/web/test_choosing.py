"""One attribution lit up: by pointing, by tapping, by keys."""

import pytest

from tests.web.browsing import PHONE, answered, lit

RELAYED = {("via", "صحيفة المنارة"), ("source", "المهندس فارس العلي"), ("cue", "قوله"), ("content", "إن الوزيرة أبلغته بأن الماء يكفي الجميع")}
INNER = {("source", "الوزيرة"), ("cue", "أبلغته"), ("content", "بأن الماء يكفي الجميع")}


def cue(page, attribution):
    return page.locator(f'#article .cue[data-attribution="{attribution}"]')


def marked(page):
    """Return what is lit up without the speaker's other mentions."""
    return {(part, text) for part, text in lit(page) if part != "mention"}


def path(page):
    """Return the stations of the card's picture."""
    return page.locator("#card .path li > :last-child").all_text_contents()


def test_nothing_is_lit_at_first(page):
    """Before anything is pointed at, the card invites to."""
    page.mouse.move(0, 0)
    assert lit(page) == []
    assert "اختر إسنادا" in page.locator("#card").inner_text()


def point_at_beginning(page, piece):
    """Move the pointer onto the right end of the first line of a piece, wherever the lines break."""
    piece.scroll_into_view_if_needed()
    first = piece.evaluate("element => element.getClientRects()[0].toJSON()")
    page.mouse.move(first["right"] - 4, first["top"] + first["height"] / 2)


@pytest.mark.parametrize("part", ["cue", "source", "via", "content"])
def test_pointing_lights_up_all_parts(page, part):
    """Whichever part is pointed at, all four are lit, and nobody else's."""
    point_at_beginning(page, page.locator(f'#article .{part}[data-attribution="0"]'))  # others stand further within
    assert marked(page) == RELAYED
    page.mouse.move(0, 0)
    assert lit(page) == []


def test_pointing_at_the_inner_shows_what_is_around_it(page):
    """The inner attribution is lit, the one that holds it marked as around it, and the card tells of both."""
    cue(page, 1).hover()
    assert marked(page) == INNER
    assert page.locator('#article .around[data-attribution="0"]').count() == 4
    assert "فارس العلي" in page.locator("#card .nesting").inner_text()


def test_the_way_runs_through_everyone(page):
    """The inner speaker's words came by the outer one, then by the paper, then by the outlet."""
    cue(page, 1).hover()
    assert path(page) == ["الوزيرة", "فارس العلي", "المنارة", "بوابة الأخبار"]


def test_the_picture_lights_up_the_same_way(page):
    """In the picture of the whole text, the stations of the chosen attribution's way are lit, and no others."""
    cue(page, 1).hover()
    assert page.locator("#graph .node.lit > span").all_text_contents() == ["الوزيرة", "فارس العلي", "المنارة", "بوابة الأخبار"]
    assert page.locator("#graph path.lit").count() == 3


def test_a_dropped_subject_lights_up_who_is_meant(page):
    """Where no source is written, the speaker's name is marked where it stands."""
    cue(page, 2).hover()
    assert marked(page) == {("cue", "أضاف"), ("content", "سنبدأ غدا")}
    assert ("mention", "فارس العلي") in lit(page)
    assert "ضمير مستتر" in page.locator("#card").inner_text()


def test_a_click_pins(page):
    """What was clicked stays lit when the pointer leaves, until it is clicked again, or the card is closed."""
    cue(page, 0).click()
    page.mouse.move(0, 0)
    page.locator("h2").first.focus()
    assert marked(page) == RELAYED
    page.click("#card .close")
    page.mouse.move(0, 0)
    assert lit(page) == []


def test_keys_alone(opened):
    """Text, answer, attributions, speakers: everything is reached and left without a pointer."""
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#text").focus()
    page.keyboard.insert_text("قال الوزير إن الأمر انتهى. قال الحارس إن الباب مغلق.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "result-heading"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.head !== undefined"):
            break
    assert marked(page) == {("source", "الوزير"), ("via", "الوزير"), ("cue", "قال"), ("content", "إن الأمر انتهى")}
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.speaker") == "s0"
    page.keyboard.press("Enter")
    assert page.evaluate("[document.activeElement.dataset.speaker, document.activeElement.ariaPressed]") == ["s0", "true"]


def test_arrows_move_among_attributions(page):
    """The attributions are one stop of the Tab key; left goes on, right goes back, Home and End to the ends, Enter pins, Esc lets go."""
    heads = page.locator("#article [data-head]")
    assert heads.evaluate_all("all => all.map(each => each.tabIndex)") == [0] + [-1] * 6
    heads.first.focus()
    chosen = []
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp", "End", "ArrowLeft", "Home"):
        page.keyboard.press(key)
        chosen.append(int(page.locator("#article [aria-current]").get_attribute("data-attribution")))
    assert chosen == [1, 2, 3, 2, 1, 6, 6, 0]
    page.keyboard.press("Enter")
    page.locator("#result-heading").focus()
    assert marked(page) == RELAYED
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_the_card_covers_nothing_that_was_tapped(opened):
    """What was tapped at the lower edge is moved up over the card."""
    page = answered(opened(**PHONE))
    last = page.locator("#article .content").last
    last.evaluate("element => scrollTo(0, scrollY + element.getBoundingClientRect().bottom - innerHeight + 20)")
    before = last.bounding_box()["y"]
    last.tap()
    page.wait_for_selector("#card .close")
    assert before > page.locator("#card").bounding_box()["y"]
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= page.locator("#card").bounding_box()["y"]


def test_tapping_on_a_phone(opened):
    """A tap lights up and opens the card over the lower edge; a tap elsewhere closes it."""
    page = answered(opened(**PHONE))
    assert not page.locator("#card").is_visible()
    cue(page, 0).tap()
    page.wait_for_selector("#card .close")
    assert marked(page) == RELAYED
    card, tapped = page.locator("#card").bounding_box(), cue(page, 0).bounding_box()
    assert (card["x"], card["width"], round(card["y"] + card["height"])) == (0, 360, 740)
    assert tapped["y"] + tapped["height"] <= card["y"]
    page.locator("#card .close").tap()
    assert not page.locator("#card").is_visible()
