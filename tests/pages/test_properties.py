"""Whatever a client sends: spans in bounds, in order, apart, paragraphs inside their item; and work grows with the text."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service import outlets
from service.attribution import Article
from service.pages import read_page
from service.pages.furniture import LEXICON
from service.pages.lines import BLANKS

LABELS = [label for entry in LEXICON.entries for label in entry.labels]
SNIPPETS = st.sampled_from(
    [
        *LABELS,
        "قال مدير المركز إن العمل سيبدأ غدا في الموقعين القديم والجديد معا.",
        "وأضاف أن النتائج ستعلن قبل نهاية الشهر الجاري على الأرجح.",
        "عنوان قصير بلا نقطة",
        "لندن (رويترز) - ",
        "سرايا - ",
        "12/5/2021",
        "• خبر آخر",
        "(أ ف ب)",
        "الجزيرة + وكالات",
        ":",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\u200f",
        "\x00",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(SNIPPETS, max_size=30).map("".join), st.lists(SNIPPETS, max_size=30).map("\n".join))


def check(article: Article) -> None:
    """Assert what holds of every page's items."""
    text, items = article.text, read_page(article)
    assert bool(items) == bool(text.strip(BLANKS))
    assert [item.index for item in items] == list(range(len(items)))
    before = 0
    for item in items:
        assert before <= item.span.start < item.span.end <= len(text)
        before = item.span.end
        inside = item.span.start
        for paragraph in item.paragraphs:
            assert inside <= paragraph.start < paragraph.end <= item.span.end
            assert paragraph.of(text) == paragraph.of(text).strip(BLANKS)
            inside = paragraph.end
        if item.title and item.title.span and not article.title:
            assert item.title.span.of(text) == item.title.text
        if item.outlet and item.outlet.span:
            assert 0 <= item.outlet.span.start < item.outlet.span.end <= len(text)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, title=st.none() | st.text(max_size=40), url=st.none() | st.text(max_size=40))
def test_any_text(text, title, url):
    """Nothing raises, and every span means something."""
    check(Article(id="x", text=text, title=title, url=url))


@settings(max_examples=100, deadline=None)
@given(
    paragraphs=st.lists(
        st.sampled_from(["قال مدير المركز إن العمل سيبدأ غدا.", "وأضاف أن النتائج ستعلن قريبا جدا.", "وتبلغ كلفة المشروع مليوني دينار."]),
        min_size=1,
        max_size=9,
        unique=True,
    )
)
def test_clean_article(paragraphs):
    """A clean article is one item, whole, all of it running text."""
    text = "\n".join(paragraphs)
    (item,) = read_page(Article(id="x", text=text))
    assert item.span.of(text) == text
    assert [paragraph.of(text) for paragraph in item.paragraphs] == paragraphs


@pytest.mark.parametrize("name", ["", " ", "«", "«" * 500, "و" * 5000, "\u200f\u200f", "وكالة " * 50, "وكالة «", "الأمريكية " * 20])
def test_any_name(name):
    """Names of any kind are answered."""
    assert isinstance(outlets.canonical(name), str)
    assert outlets.is_medium(name) in (True, False)


UNITS = [
    "(",
    "«",
    "- ",
    "ا ",
    "المصدر: ",
    "إقرأ أيضاً\n",
    "سطر\n",
    "قال مدير المركز إن العمل سيبدأ غدا في الموقع.\n",
    "ل«",
    "@a.",
    "12/",
    "ـ",
    "\u064b",
    " \n",
    "(أ ف ب)\n",
    "إقرأ أيضاً:\nعنوان آخر\nقال مدير المركز إن العمل سيبدأ غدا في الموقع.\n",
]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_text(unit):
    """Four times the text costs about four times the lines executed, on texts made to make rules look back."""

    def work(length: int) -> int:
        executed = 0

        def trace(frame, event, _):
            nonlocal executed
            if "pages" not in frame.f_code.co_filename:
                return None
            executed += event == "line"
            return trace

        article = Article(id="x", text=unit * (length // len(unit)))
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            read_page(article)
        finally:
            sys.settrace(before)
        return executed

    read_page(Article(id="x", text=unit))  # what is done once is done: the outlets read
    assert work(40_000) <= 4.5 * work(10_000) + 500
