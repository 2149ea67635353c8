"""HTML pages in the manners of common systems give text, headline, outlet and day; nothing is fetched, nothing hangs."""

import socket
from pathlib import Path

import pytest

from service.attribution import Article, OutletEvidence
from service.pages import article_from_html, html, read_page
from service.pages.html import MAX_HTML, PageError

FOLDER = Path(__file__).with_name("html")
FACTS = Article(id="page", text="")


def page(name: str) -> str:
    """Return one of the invented pages."""
    return (FOLDER / f"{name}.html").read_text("utf-8")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Whatever opens a socket fails the test."""

    def refuse(*_, **__):
        raise AssertionError("a page's HTML must never make us fetch anything")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize(
    ("name", "title", "outlet", "day", "kept", "lost"),
    [
        (
            "newsarticle_jsonld",
            "الميناء يستأنف العمل بعد العاصفة",
            "سكاي نيوز عربية",
            "2023-03-14",
            ["قال مدير الميناء إن حركة السفن", "وأضاف أن الفرق الفنية", "وأكد ناطق باسم هيئة الأرصاد"],
            ["أسعار الوقود", "جميع الحقوق", "الأكثر قراءة"],
        ),
        (
            "opengraph",
            "البلدية تفتتح حديقة جديدة في الحي الشرقي",
            "الغد",
            "2022-11-05",
            ["افتتحت البلدية أمس", "وقال رئيس البلدية", "وأشارت مهندسة المشروع"],
            ["شارك الخبر", "محليات", "سامر الحلبي"],
        ),
        (
            "bare_divs",
            "أسعار الزيتون ترتفع قبل الموسم",
            "بترا",
            "2021-09-12",
            ["ارتفعت أسعار الزيتون", "وقال تاجر في السوق", "وأوضح نقيب المزارعين"],
            ["الرئيسية", "المصدر"],
        ),
    ],
)
def test_pages(name, title, outlet, day, kept, lost):
    """The page gives one item with the right headline, outlet, day and running text."""
    article = article_from_html(page(name), FACTS)
    (item,) = read_page(article)
    said = "\n".join(paragraph.of(article.text) for paragraph in item.paragraphs)
    assert item.title is not None
    assert item.title.text == title
    assert item.title.span is not None
    assert item.outlet is not None
    assert item.outlet.name == outlet
    assert item.published_at == day
    assert all(words in said for words in kept)
    assert not any(words in said for words in lost)


def test_client_wins():
    """What the client knows stands against what the page says."""
    facts = Article(id="x", text="ignored", title="عنوان العميل", outlet="الحرة", url="https://example.org/1", published_at="2020-01-01")
    article = article_from_html(page("opengraph"), facts)
    assert (article.title, article.outlet, article.url, article.published_at) == (facts.title, facts.outlet, facts.url, facts.published_at)
    assert "ignored" not in article.text
    assert read_page(article)[0].outlet.evidence is OutletEvidence.REQUEST


@pytest.mark.parametrize(
    "bad", ["", "نص بلا وسوم", "<html><body></body></html>", "<div>", "<script>alert(1)</script>", "https://example.org/article"]
)
def test_no_text(bad):
    """A page without an article is told as such, an address is not followed."""
    with pytest.raises(PageError, match="No article text"):
        article_from_html(bad, FACTS)


def test_too_large():
    """A page beyond the bound is refused before it is parsed."""
    with pytest.raises(ValueError, match="at most"):
        article_from_html("<p>" + "ا" * MAX_HTML + "</p>", FACTS)


def test_too_slow(monkeypatch):
    """A page that takes too long is given up."""
    monkeypatch.setattr(html, "MAX_SECONDS", 0.05)
    monkeypatch.setattr(html, "_extract", lambda *_: __import__("time").sleep(0.5))
    with pytest.raises(PageError, match="within"):
        article_from_html(page("opengraph"), FACTS)


def test_parser_failure(monkeypatch):
    """A parser's own error becomes the client's clear message."""

    def fail(*_, **__):
        raise RecursionError("deep")

    monkeypatch.setattr(html.trafilatura, "bare_extraction", fail)
    with pytest.raises(PageError, match="could not be parsed"):
        article_from_html(page("opengraph"), FACTS)


@pytest.mark.parametrize("odd", ["<div>" * 20_000, "<p>\x00\ufffe نص</p><p>آخر</p>", "<!--" * 10_000, "<a href='javascript:x'>" * 5_000])
def test_odd_markup(odd):
    """Deep, broken or hostile markup gives an article or a PageError, nothing else."""
    try:
        article = article_from_html(odd, FACTS)
    except PageError:
        return
    assert article.text


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("بقلم سامر الحلبي", False),
        ("سامر الحلبي", False),
        ("إعداد / هند العلي", False),
        ("كتب سامر الحلبي رسالة إلى الوزير.", True),
        ("قال سامر الحلبي إن الطريق مغلق.", True),
    ],
)
def test_byline(line, kept):
    """A line that only names the page's author is no news; a sentence about him is."""
    text = f"وقال مدير الميناء إن حركة السفن عادت إلى طبيعتها صباح اليوم بعد توقف دام يومين بسبب العاصفة التي ضربت الساحل.\n{line}"
    assert (line in html._without_byline(text, "سامر الحلبي; هند العلي")) is kept
