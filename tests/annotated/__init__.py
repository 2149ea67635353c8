"""Our own annotation of raw articles, kept by offsets alone: the texts lie in ../shared and are not ours to copy.

`read.jsonl` holds articles whose errors may be read while rules are written, `unread.jsonl` those that are scored and never read.
An article that lay among raw news whose answers were looked through for faults counts as read; a sentence of any may have turned up where
all raw news was counted or two versions' answers were compared. The publisher of a page is no via (the guidelines): where the order of the
raw news tells whose an article is, what names that paper in it is none, though no line of it says so.

A line is an article: its `id` and the `digest` of its text in data/articles.jsonl.xz, its news `item`, its `relations` as the guidelines of
the gold have them. A name is the place where it stands in the text, or itself where it stands nowhere. An article that lies there only as
paragraphs of raw news tells `paragraphs`: the file of data/text, its first line and how many lines it has.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PARTS = ("read", "unread")
_DIGITS = 16

Json = Mapping[str, Any]


def gold(part: str, articles: Mapping[str, Json]) -> list[dict[str, Any]]:
    """Return a part's articles in the form of the gold, their texts taken from `articles` by id.

    Raises:
        KeyError: an article is missing.
        ValueError: its text is another than the one that was annotated.
    """
    return [_joined(record, articles[record["id"]]) for record in _records(part)]


def _records(part: str) -> list[Json]:
    return [json.loads(line) for line in (HERE / f"{part}.jsonl").read_text("utf-8").splitlines()]


def written(shared: Path, folder: Path) -> dict[str, list[Path]]:
    """Write each part's articles into `folder`, a file each in the form of the gold, and return the files by part; none without the texts."""
    collection = shared / "data" / "articles.jsonl.xz"
    if not collection.is_file():
        return {}
    with lzma.open(collection, "rt", encoding="utf-8") as lines:
        articles = {article["id"]: article for article in map(json.loads, lines)}
    articles |= _excerpts(shared / "data" / "text", [record for part in PARTS for record in _records(part)])
    found: dict[str, list[Path]] = {}
    for part in PARTS:
        home = folder / part
        home.mkdir(parents=True, exist_ok=True)
        for one in gold(part, articles):
            path = home / f"{one['id']}.json"
            path.write_text(json.dumps(one, ensure_ascii=False), "utf-8")
            found.setdefault(part, []).append(path)
    return found


def _excerpts(raw: Path, records: Sequence[Json]) -> dict[str, Json]:
    """Return the articles that lie among the raw news as paragraphs, by id; each file is read once."""
    found: dict[str, Json] = {}
    for name in sorted({record["paragraphs"][0] for record in records if "paragraphs" in record}):
        with lzma.open(raw / name, "rt", encoding="utf-8") as file:
            lines = [line.rstrip("\n") for line in file]
        for record in records:
            if "paragraphs" in record and record["paragraphs"][0] == name:
                _, first, count = record["paragraphs"]
                found[record["id"]] = {"id": record["id"], "text": "\n".join(lines[first : first + count])}
    return found


def _joined(record: Json, article: Json) -> dict[str, Any]:
    text = article["text"]
    if hashlib.sha256(text.encode()).hexdigest()[:_DIGITS] != record["digest"]:
        raise ValueError(f"{record['id']}: its text is not the one that was annotated")
    item = record["item"]
    return {
        "id": record["id"],
        "text": text,
        "articles": [
            {
                "start": item["start"],
                "end": item["end"],
                "role": "main",
                "title": _name(item["title"], text),
                "outlet": _name(item["outlet"], text),
                "outlet_aliases": _names(item["aliases"], text),
                "credits": _names(item["credits"], text),
            }
        ],
        "relations": [_relation(relation, text) for relation in record["relations"]],
    }


def _relation(relation: Json, text: str) -> dict[str, Any]:
    kept = {name: relation[name] for name in ("cue", "source", "content", "type", "parent", "optional")}
    speaker = {"name": _name(relation["speaker"], text), "aliases": _names(relation["aliases"], text)}
    return {**kept, "speaker": speaker, "via": _names(relation["via"], text)}


def _name(place: Sequence[int] | str | None, text: str) -> str | None:
    return place if place is None or isinstance(place, str) else text[slice(*place)]


def _names(places: Sequence[Sequence[int] | str], text: str) -> list[str | None]:
    return [_name(place, text) for place in places]
