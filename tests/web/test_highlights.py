"""The text as the page shows it: every letter of it, from right to left, each part marked where it stands."""

from tests.web.browsing import answered, parts
from tests.web.written import ATTRIBUTIONS, TEXT


def style(page, selector, name):
    """Return a computed style of the first element that `selector` finds."""
    return page.locator(selector).first.evaluate(f"element => getComputedStyle(element).{name}")


def test_every_letter_is_shown(page):
    """What is shown is the text that was pasted, blank lines and signs outside the basic plane included."""
    assert page.locator("#article").evaluate("article => article.textContent") == TEXT


def test_parts_stand_where_the_report_says(page):
    """The pieces of each part make up its spans: no emoji before it has shifted one, however it overlaps with others."""
    kinds = ("content", "cue", "source", "via")
    shown = {(attribution.id, part): "".join(parts(page, attribution.id, part)) for attribution in ATTRIBUTIONS for part in kinds}
    expected = {}
    for attribution in ATTRIBUTIONS:
        spans = {"content": attribution.content, "via": [via.span for via in attribution.via]}
        spans |= {"cue": [attribution.cue] if attribution.cue else [], "source": [attribution.source] if attribution.source else []}
        expected |= {(attribution.id, part): "".join(span.of(TEXT) for span in spans[part]) for part in kinds}
    assert shown == expected


def test_a_nested_attribution_stands_within(page):
    """The inner one's parts lie in the outer one's content, which is drawn lighter and with its line further down."""
    outer, inner = '#article .content[data-attribution="0"]', '#article .content[data-attribution="1"]'
    assert page.locator(f"{outer} {inner.removeprefix('#article ')}").count() == 1
    assert page.locator(f'{outer} .cue[data-attribution="1"], {outer} .source[data-attribution="1"]').count() == 2
    assert style(page, outer, "backgroundColor") != style(page, inner, "backgroundColor")
    offsets = [float(style(page, selector, "textUnderlineOffset").removesuffix("px")) for selector in (outer, inner)]
    assert offsets[0] > offsets[1] + 2


def test_a_broken_quotation_is_one(page):
    """Both halves of a content that its cue breaks belong to one attribution."""
    assert parts(page, 3, "content") == ["لا تخافوا", "فالطريق مفتوح"]


def test_crossing_contents_are_cut_where_they_cross(page):
    """Of two contents that cross, the later one goes on behind the earlier one's end."""
    assert parts(page, 4, "content") == ["انخفض المنسوب مترا 🌧️ وعاد الصيادون"]
    assert parts(page, 5, "content") == ["وعاد الصيادون", " إلى القرية"]


def test_colour_is_not_needed(page):
    """Each part has a line of a kind of its own, and a colour of its own."""
    selectors = [f"#article .{part}" for part in ("content", "cue", "source", "via")]
    assert [style(page, selector, "textDecorationStyle") for selector in selectors] == ["solid", "dotted", "double", "wavy"]
    assert len({style(page, selector, "textDecorationColor") for selector in selectors}) == 4


def test_the_legend_draws_what_the_text_draws(page):
    """A legend entry has the line that its part has in the text."""
    for part in ("content", "cue", "source", "via"):
        assert style(page, f".result .legend .{part}", "textDecorationStyle") == style(page, f"#article .{part}", "textDecorationStyle")


def test_it_reads_from_right_to_left(page):
    """In both languages of the interface the text begins at its right edge, and what follows stands to the left."""
    for other in ("en", "ar"):
        via, source, cue = (page.locator(f'#article .{part}[data-attribution="0"]').first.bounding_box() for part in ("via", "source", "cue"))
        edge = page.locator("#article p").nth(1).bounding_box()
        assert via["x"] > source["x"] > cue["x"]
        assert edge["x"] + edge["width"] - (via["x"] + via["width"]) < 80
        page.click("#language")
        page.wait_for_selector(f"html[lang={other}]")


def test_the_side_stands_on_the_reader_s_far_side(page):
    """In Arabic the speakers stand to the left of the text, in English to its right."""
    place = {name: page.locator(name).bounding_box()["x"] for name in (".text-column", ".side")}
    assert place[".side"] < place[".text-column"]
    page.click("#language")
    page.wait_for_selector("html[dir=ltr]")
    place = {name: page.locator(name).bounding_box()["x"] for name in (".text-column", ".side")}
    assert place[".side"] > place[".text-column"]


def test_the_headline_and_what_is_no_news(page):
    """The headline is set apart, and so is what belongs to no article."""
    assert page.locator("#article .headline").all_text_contents() == [TEXT.split("\n")[0] + "\n"]
    assert page.locator("#article .outside").all_text_contents() == ["المصدر: المنارة\n"]


def test_the_items_are_told(page):
    """Above the text stand its headline, its outlet with what says so, and its credits."""
    said = page.locator("#items").inner_text()
    assert all(fact in said for fact in ("السد يفتح أبوابه", "بوابة الأخبار", "من سطر المصدر", "وكالات", "2026-11-20"))


def test_nothing_to_attribute(opened):
    """A text in which nobody speaks is shown, with a sentence that says so, and nothing else to look at."""
    page = answered(opened(), "هبت الريح على الميناء طوال الليل.")
    assert "لم يُعثر" in page.locator("#result-heading").inner_text()
    assert page.locator("#article").inner_text() == "هبت الريح على الميناء طوال الليل."
    assert page.locator("#filters, #speakers, #graph, .result .legend").evaluate_all("all => all.every(each => !each.checkVisibility())")


def test_a_text_of_one_line_end_or_many(opened):
    """Blank lines, a last line without its end, and spaces at the edges are shown as they are."""
    text = "\n\n  قال الوزير إن الأمر انتهى  \n\n\nثم غادر"
    page = answered(opened(), text)
    assert page.locator("#article").evaluate("article => article.textContent") == text
    assert parts(page, 0, "cue") == ["قال"]
