"""Arabic on an English page: every stretch of it isolated and said to be Arabic, every block that is mostly Arabic set from right to left.

Without that, a browser orders the marks and figures beside an Arabic word by the English around it, and a quotation ends on its wrong side.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml.html import HtmlElement

_LETTER = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_ARABIC = re.compile(f"[{_LETTER}]")
_STRONG = re.compile(f"[A-Za-z{_LETTER}]")
_RUN = re.compile(f"(?:[«…][\\s،«»…]*)?[{_LETTER}]+(?:[\\s،؛:.…«»-]*[{_LETTER}]+)*(?:[\\s،:«]*[»…])*")  # «…»، قال فلان: …
_BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "blockquote", "dd", "dt", "figcaption", "summary", "small")
_APART = ("ul", "ol", "table", "pre", "code", "small")
_QUOTED = re.compile(f"(?<=[\"'])[^\"']*[{_LETTER}][^\"']*(?=[\"'])|{_RUN.pattern}")  # in code, a string is one stretch with its full stop
_SETTLED = ("bdi", "script", "style", "svg")


def on_page_content(content: str, **_: Any) -> str:
    """Return a page's HTML with its Arabic marked up."""
    return directed(content)


def directed(content: str) -> str:
    """Return HTML in which Arabic blocks run from right to left, small print in its own direction, and Arabic words among others are isolated."""
    if not _ARABIC.search(content):
        return content
    body = lxml.html.fragment_fromstring(content, create_parent="div")
    for block in body.iter(*_BLOCKS):
        if block.get("dir") is None and is_arabic(_own_text(block)):
            block.set("dir", "rtl")
            block.set("lang", "ar")
        elif block.tag == "small":
            block.set("dir", "ltr")
            block.set("lang", "en")
    for table in body.iter("table"):
        _align_heads(table)
    for element in list(body.iter()):
        if isinstance(element.tag, str) and _is_open(element):
            _isolate(element)
    return "".join([body.text or "", *(lxml.html.tostring(child, encoding="unicode") for child in body)])


def is_arabic(text: str) -> bool:
    """Tell whether a text is Arabic: it begins so, and most of its letters are."""
    letters = _STRONG.findall(text)
    arabic = sum(bool(_ARABIC.match(letter)) for letter in letters)
    return bool(letters) and bool(_ARABIC.match(letters[0])) and 2 * arabic > len(letters)


def _own_text(block: HtmlElement) -> str:
    """Return what a block says, but for what in it has a direction of its own: lists, tables, code, small print."""
    within = (inner for tag in _APART for inner in block.iterdescendants(tag))
    apart = {text for inner in within for text in inner.itertext()}
    return "".join(text for text in block.itertext() if text not in apart)


def _align_heads(table: HtmlElement) -> None:
    """Mark the heads that stand over columns of Arabic, which is set to the right."""
    for at, head in enumerate(table.xpath("./thead/tr/th")):
        column = [cell for cell in table.xpath(f"./tbody/tr/td[{at + 1}]") if cell.text_content().strip()]
        if column and 2 * sum(cell.get("dir") == "rtl" for cell in column) > len(column):
            head.set("data-over", "rtl")


def _is_open(element: HtmlElement) -> bool:
    """Tell whether Arabic in an element is still to be isolated: no block around it is Arabic already; code runs from left to right."""
    for one in (element, *element.iterancestors()):
        if one.tag in _SETTLED or one.get("dir") == "rtl":
            return False
        if one.tag == "pre" or one.get("dir"):
            return True
    return True


def _isolate(element: HtmlElement) -> None:
    stretch = _QUOTED if element.tag == "pre" or next(element.iterancestors("pre"), None) is not None else _RUN
    if element.tag == "code" and stretch is _RUN and is_arabic(element.text or ""):
        element.set("dir", "rtl")
        element.set("lang", "ar")
        return
    element.text = _wrapped(element, element.text or "", 0, stretch)
    for child in list(element):
        child.tail = _wrapped(element, child.tail or "", element.index(child) + 1, stretch)


def _wrapped(parent: HtmlElement, text: str, at: int, stretch: re.Pattern[str]) -> str:
    """Put each Arabic stretch of a text that stands before `parent`'s child number `at` into a `bdi`; return what stands before the first."""
    runs = list(stretch.finditer(text))
    if not runs:
        return text
    ends = [*(run.start() for run in runs[1:]), len(text)]
    for number, (run, end) in enumerate(zip(runs, ends, strict=True)):
        isolated = lxml.html.Element("bdi", lang="ar")
        isolated.text, isolated.tail = run[0], text[run.end() : end]
        parent.insert(at + number, isolated)
    return text[: runs[0].start()]
