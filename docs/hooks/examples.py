"""Worked examples: a fence `toml example` in a page, in the shape of `tests/cases`, drawn as a sentence with its parts marked and told.

That what an example states is what the engine answers is for `tests/rules/test_examples.py` to hold.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from tests.rules.cases import located

FENCE = re.compile(r"^```toml example\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PARTS = ("source", "cue", "content", "via")
_COLUMNS = {
    "cue": "cue",
    "source": "source",
    "contents": "content",
    "speaker": "speaker",
    "role": "role",
    "speaker_type": "type of speaker",
    "resolution": "resolution",
    "via": "via",
    "parent": "parent",
    "construction": "construction",
    "type": "type",
    "rule": "rule",
}


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
    if not stated:
        return "<p>No attribution.</p>"
    shown = [name for name in _COLUMNS if any(name in attribution for attribution in stated)]
    head = "".join(f"<th>{_COLUMNS[name]}</th>" for name in shown)
    rows = "".join(
        f"<tr><td>{number}</td>{''.join(_cell(attribution.get(name), name) for name in shown)}</tr>" for number, attribution in enumerate(stated)
    )
    return f"<table><thead><tr><th>id</th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _items(items: Sequence[dict[str, Any]]) -> str:
    """Return a table of the news items that the text holds, where the example states them."""
    if not items:
        return ""
    shown = [name for name in ("role", "title", "outlet", "evidence", "credits", "published_at") if any(name in item for item in items)]
    head = "".join(f"<th>{name}</th>" for name in shown)
    rows = "".join(f"<tr><td>{number}</td>{''.join(_cell(item.get(name), name) for name in shown)}</tr>" for number, item in enumerate(items))
    return f"<table><thead><tr><th>article</th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(stated: Any, name: str) -> str:
    """Return a cell; a part is shown without the number that says which of its occurrences is meant."""
    said = stated if isinstance(stated, list) else [stated] if stated is not None else []
    words = "<br>".join(escape(re.sub(r"#\d+$", "", str(one))) for one in said)
    return f'<td class="{name.removesuffix("s") if name == "contents" else name}">{words}</td>'
