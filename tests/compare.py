"""What changed between two versions of the engine, over the same articles: attributions gained, lost and changed.

    python -m tests.compare OLD.jsonl NEW.jsonl [--kind gained] [--most 50]

Each file holds one report a line, as `isnad batch` writes them; reports meet by their `id`. An attribution meets the one of the other
report that shares most of its content's characters, half of them at least; one that meets none is gained or lost.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
SHARED = 0.5  # of two contents' characters, from which they are one
SHOWN = 110  # characters of a content that are printed


@dataclass(frozen=True, slots=True)
class Difference:
    """One attribution that only one version makes, or that both make otherwise; `was` and `now` are what each says."""

    article: str
    kind: str  # gained | lost | speaker | content | cue | type | via | parent
    was: str | None
    now: str | None
    content: str


def compare(old: Mapping[str, Json], new: Mapping[str, Json]) -> list[Difference]:
    """Return the differences, article by article in the old version's order; articles that one side lacks are left out."""
    return [difference for name, report in old.items() if name in new for difference in _of_article(name, report, new[name])]


def _of_article(name: str, old: Json, new: Json) -> Iterator[Difference]:
    before, after = old["attributions"], new["attributions"]
    pairs = _pairs(before, after)
    for number, attribution in enumerate(before):
        if number not in pairs:
            yield Difference(name, "lost", _speaker(attribution), None, attribution["content"]["text"])
    for number, attribution in enumerate(after):
        if number not in pairs.values():
            yield Difference(name, "gained", None, _speaker(attribution), attribution["content"]["text"])
    for one, other in pairs.items():
        for kind, was, now in _changes(before[one], after[other]):
            yield Difference(name, kind, was, now, after[other]["content"]["text"])


def _changes(was: Json, now: Json) -> Iterator[tuple[str, str | None, str | None]]:
    sides = {
        "speaker": (_speaker(was), _speaker(now)),
        "content": (_offsets(was), _offsets(now)),
        "cue": (_text(was["cue"]), _text(now["cue"])),
        "type": (was["type"], now["type"]),
        "via": (_vias(was), _vias(now)),
        "parent": (_nested(was), _nested(now)),
    }
    for kind, (before, after) in sides.items():
        if before != after:
            shown = (was["content"]["text"], now["content"]["text"]) if kind == "content" else (before, after)
            yield kind, *shown


def _pairs(before: Sequence[Json], after: Sequence[Json]) -> dict[int, int]:
    """Return which attribution of one report is which of the other's, the best matches first, each once."""
    ranked = sorted((-_overlap(was, now), one, other) for one, was in enumerate(before) for other, now in enumerate(after))
    pairs: dict[int, int] = {}
    for shared, one, other in ranked:
        if -shared >= SHARED and one not in pairs and other not in pairs.values():
            pairs[one] = other
    return pairs


def _overlap(one: Json, other: Json) -> float:
    """Return the share of two contents' characters that both hold; the same cue decides between equals."""
    mine, theirs = _characters(one), _characters(other)
    return len(mine & theirs) / len(mine | theirs) + 0.001 * (one["cue"] == other["cue"])


def _characters(attribution: Json) -> set[int]:
    return {at for span in attribution["content"]["spans"] for at in range(span["start"], span["end"])}


def _speaker(attribution: Json) -> str:
    return attribution["speaker"]["name"] if attribution["speaker"] else "nobody"


def _offsets(attribution: Json) -> str:
    return " ".join(f"{span['start']}-{span['end']}" for span in attribution["content"]["spans"])


def _vias(attribution: Json) -> str:
    return ", ".join(via["name"] for via in attribution["via"])


def _nested(attribution: Json) -> str:
    return "alone" if attribution["parent"] is None else "nested"


def _text(span: Json | None) -> str | None:
    return span["text"] if span else None


def read(path: Path) -> dict[str, Json]:
    """Return a file's reports by their id; lines that are errors are left out."""
    reports = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {report["id"]: report for report in reports if "attributions" in report}


def told(differences: Sequence[Difference], kind: str | None, most: int) -> Iterator[str]:
    """Yield the report's lines: how many of each kind, then each difference."""
    counts = Counter(difference.kind for difference in differences)
    yield "  ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "no difference"
    for difference in [one for one in differences if kind in (None, one.kind)][:most]:
        sign = {"gained": "+", "lost": "-"}.get(difference.kind, "~")
        sides = " → ".join(_shown(side) for side in (difference.was, difference.now) if side is not None)
        said = f"  |  {_shown(difference.content)}" if difference.kind != "content" else ""
        yield f"{sign} {difference.article}  {difference.kind}  {sides}{said}"


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the differences between two files of reports."""
    parser = argparse.ArgumentParser(prog="python -m tests.compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--kind", choices=["gained", "lost", "speaker", "content", "cue", "type", "via", "parent"])
    parser.add_argument("--most", type=int, default=1000, help="how many differences to print")
    asked = parser.parse_args(arguments)
    for line in told(compare(read(asked.old), read(asked.new)), asked.kind, asked.most):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
