"""What holds of every report, whatever the text: spans, order, references, and the same answer twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution import Article
from service.extraction import Extractor
from tests.rules.factories import annotate

EXTRACTOR = Extractor(annotate)
PHRASES = (
    *("قال", "وقالت", "وأضاف", "قوله", "قائلا", "مؤكدا", "مشيرا إلى أن", "نقلت وكالة رويترز عن", "دعا إلى", "كان قد", "لم", "كما ذكر"),
    *("وفقا لـ", "بحسب", "حسبما أفادت", "على حد تعبيره", "إن", "أن", "بأن", "الذي", "ما", "و"),
    *("الوزير", "وزارة الصحة", "مصدر أمني", "الطريق آمن", "الخميس", "في بيان", "د.", "3.5", "x", "المصدر: رويترز", "إقرأ أيضا"),
    *("«", "»", '"', "“", "”", "''", ":", "،", ".", "؟", "(", ")", "-", "\n", "\n\n", "ـ", "\N{ARABIC FATHA}", "\N{RIGHT-TO-LEFT MARK}"),
)
NEWS = st.lists(st.sampled_from(PHRASES), max_size=60).map(" ".join)
ANYTHING = st.text(max_size=200)


def report(text):
    return EXTRACTOR.extract([Article("x", text)])[0]


def assert_sound(found, text):
    """Spans lie in the text and are not empty, references point to what is there, and each quotation is somebody's once."""
    length = len(text)
    for number, attribution in enumerate(found.attributions):
        spans = [*attribution.content, *(via.span for via in attribution.via), *filter(None, (attribution.cue, attribution.source))]
        assert all(0 <= span.start < span.end <= length for span in spans)
        assert all(span.of(text).strip() for span in spans)
        assert attribution.content
        assert list(attribution.content) == sorted(attribution.content)
        assert attribution.id == number
        assert attribution.parent is None or attribution.parent in set(range(len(found.attributions))) - {number}
        assert attribution.article < len(found.articles)
        assert found.articles[attribution.article].span.holds(attribution.content[0])
        assert 0 <= attribution.confidence <= 1
    said = [number for speaker in found.speakers for number in speaker.attributions]
    assert sorted(said) == [attribution.id for attribution in found.attributions if attribution.speaker is not None]
    assert all(span.of(text).strip() for speaker in found.speakers for span in speaker.mentions)
    assert [item.index for item in found.articles] == list(range(len(found.articles)))


def ancestors(found, attribution):
    """Return an attribution's parents up to the outermost."""
    above, seen = attribution.parent, []
    while above is not None and above not in seen:
        seen.append(above)
        above = found.attributions[above].parent
    return seen


@settings(max_examples=150, deadline=None)
@given(NEWS)
def test_news_of_any_make_is_sound(text):
    """Words of reporting in any order and number, marks anywhere: the report holds together."""
    assert_sound(report(text), text)


@settings(max_examples=100, deadline=None)
@given(ANYTHING)
def test_any_text_is_sound(text):
    """Any text at all: the report holds together."""
    assert_sound(report(text), text)


@settings(max_examples=50, deadline=None)
@given(NEWS)
def test_the_same_text_gives_the_same_report(text):
    """An answer depends on nothing but the text."""
    assert report(text) == report(text)


@settings(max_examples=50, deadline=None)
@given(st.lists(NEWS, min_size=2, max_size=4))
def test_articles_do_not_touch_each_other(texts):
    """Answered together or one by one, articles get the same reports."""
    together = EXTRACTOR.extract([Article(str(number), text) for number, text in enumerate(texts)])
    assert [found.attributions for found in together] == [report(text).attributions for text in texts]


@settings(max_examples=50, deadline=None)
@given(NEWS)
def test_nobody_is_his_own_ancestor(text):
    """Parents lead outwards and end."""
    found = report(text)
    assert all(attribution.id not in ancestors(found, attribution) for attribution in found.attributions)


@settings(max_examples=50, deadline=None)
@given(NEWS)
def test_nothing_is_attributed_twice(text):
    """No two attributions have the same words by the same cue."""
    said = [(attribution.cue, attribution.content) for attribution in report(text).attributions]
    assert len(said) == len(set(said))


def test_the_phrases_attribute():
    """The reports that these properties look at are not all empty."""
    assert report("قال الوزير إن الطريق آمن .").attributions


@pytest.mark.parametrize("last", ["لكنه", "لكن", "غير أن", "، لكنه", "ولم", "رغم", "على", "في", "وهو", "علما", "عما", "نقلا", "حسب"])
@pytest.mark.parametrize("said", ["قال المدير إن الطريق آمن", "وأضاف نحن بخير", "قال المدير"])
def test_a_text_may_break_off_anywhere(said, last):
    """A text that ends in the middle of what a rule looks for is answered."""
    Extractor(annotate).extract([Article("cut", f"{said} {last}")])
