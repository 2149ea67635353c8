"""Overlapping spans made a tree: whatever they are, every letter lies in just the spans that cover it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30), st.sampled_from(["content", "cue", "source", "via", "mention"])), max_size=20)
SCRIPT = """async ([spans, end]) => {
    const { nested } = await import("/web/nesting.js");
    return nested(spans.map(([start, end, part], id) => ({ start, end, part, rank: id, id })), 0, end);
}"""


@pytest.fixture(name="nested", scope="module")
def _nested(browser, site):
    """Return the page's own function, called in the browser."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site)
    yield lambda spans, end: page.evaluate(SCRIPT, [spans, end])
    context.close()


def covers(node, ids=frozenset()):
    """Yield each position below a node with the ids of the spans it lies in, having checked that children keep order and bounds."""
    at = node["start"]
    for child in node["children"]:
        assert node["start"] <= at <= child["start"] < child["end"] <= node["end"]
        yield from ((position, ids) for position in range(at, child["start"]))
        yield from covers(child, ids | {child["span"]["id"]})
        at = child["end"]
    yield from ((position, ids) for position in range(at, node["end"]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=SPANS)
def test_every_letter_lies_in_just_the_spans_that_cover_it(nested, spans):
    """No span is lost, widened or drawn over another's letters, however they nest and cross."""
    spans = [(start, start + length, part) for start, length, part in spans]
    tree = nested(spans, 40)
    expected = {at: frozenset(number for number, (start, end, _) in enumerate(spans) if start <= at < end) for at in range(40)}
    assert dict(covers(tree)) == expected


def test_thousands_within_each_other_do_not_bring_the_page_down(nested):
    """Beyond two dozen levels spans are left unmarked: a browser's layout recurses, and no reader could tell."""
    tree = nested([(number, 10_000 - number, "content") for number in range(3_000)], 10_000)
    depth = 0
    while tree["children"]:
        (tree,) = tree["children"]
        depth += 1
    assert depth == 24
