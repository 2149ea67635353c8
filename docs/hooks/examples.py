"""Worked examples: a fence `toml example` in a page, in the shape of `tests/cases`, drawn as a sentence with its parts marked and told.

That what an example states is what the engine answers is for `tests/rules/test_examples.py` to hold.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from tests.rules.cases import located

FENCE = re.compile(r"^```toml example\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PARTS = ("source", "cue", "content", "via")
_FIELDS = {
    "cue": "cue",
    "source": "source",
    "contents": "content",
    "speaker": "speaker",
    "role": "role",
    "speaker_type": "speaker’s type",
    "resolution": "resolution",
    "via": "via",
    "parent": "parent",
    "construction": "construction",
    "type": "type",
    "rule": "rule",
}
_ALWAYS = {"cue": None, "source": None}
_LISTS = ("via", "credits")
_ITEM = {name: name for name in ("role", "title", "outlet", "evidence", "credits", "published_at")}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page's Markdown with its examples drawn."""
    return FENCE.sub(lambda fence: _figure(tomllib.loads(fence[1])), markdown)


def _figure(example: dict[str, Any]) -> str:
    text = example["text"].strip("\n")
    stated: list[dict[str, Any]] = example.get("attribution", [])
    known = [(name, example[name]) for name in ("title", "outlet") if name in example]
    asked = "".join(f'<p class="known"><code>{name}</code> <bdi lang="ar">{escape(fact)}</bdi></p>' for name, fact in known)
    said = "<br>".join(_marked(text, list(_places(text, stated))).split("\n"))
    told = "".join([_attributions(stated), _items(example.get("item", []))])
    return f'<figure class="example">{asked}<p class="said" dir="rtl" lang="ar">{said}</p>{told}</figure>'


def _places(text: str, stated: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Yield where each part stands and which it is."""
    for attribution in stated:
        for name in ("cue", "source"):
            if name in attribution:
                yield *located(text, attribution[name]), name
        for content in attribution["contents"]:
            yield *located(text, content), "content"
        for via in attribution.get("via", []):
            if via in text:
                start = text.index(via)
                yield start, start + len(via), "via"


def _marked(text: str, places: Sequence[tuple[int, int, str]]) -> str:
    """Return the text as HTML, cut at every edge of a part, each piece with the classes of the parts it belongs to."""
    edges = sorted({0, len(text), *(edge for start, end, _ in places for edge in (start, end))})
    pieces = ((text[start:end], {part for first, last, part in places if first <= start and end <= last}) for start, end in pairwise(edges))
    return "".join(_piece(said, parts) for said, parts in pieces)


def _piece(said: str, parts: set[str]) -> str:
    classes = " ".join(part for part in _PARTS if part in parts)
    return f'<span class="{classes}">{escape(said)}</span>' if classes else escape(said)


def _attributions(stated: Sequence[dict[str, Any]]) -> str:
    return _turned("id", [_ALWAYS | attribution for attribution in stated], _FIELDS) if stated else "<p>No attribution.</p>"


def _items(items: Sequence[dict[str, Any]]) -> str:
    """Return a table of the news items that the text holds, where the example states them."""
    return _turned("article", items, _ITEM) if items else ""


def _turned(head: str, stated: Sequence[dict[str, Any]], fields: Mapping[str, str]) -> str:
    """Return a table with a row a field that any entry states, and a column an entry: contents are long, and entries few."""
    heads = "".join(f"<th>{number}</th>" for number in range(len(stated)))
    shown = [name for name in fields if any(entry.get(name) is not None for entry in stated)]
    rows = "".join(f"<tr><th>{fields[name]}</th>{''.join(_cell(_of(entry, name), fields[name]) for entry in stated)}</tr>" for name in shown)
    return f"<table><thead><tr><th>{head}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _of(entry: Mapping[str, Any], name: str) -> Any:
    return entry.get(name, [] if name in _LISTS else None)


def _cell(stated: Any, field: str) -> str:
    """Return a cell, in JSON's words where there is nothing; a part is shown without the number that says which of its occurrences is meant."""
    if stated is None or stated == []:
        return f"<td><code>{'null' if stated is None else '[]'}</code></td>"
    said = stated if isinstance(stated, list) else [stated]
    words = "<br>".join(escape(re.sub(r"#\d+$", "", str(one))) for one in said)
    return f'<td class="{field}">{words}</td>'
