"""Cases as data: what `tests/cases/*.toml` says of a text, and what the engine answers, in one shape.

The fields are told in `tests/cases/README.md`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.attribution import Article, Attribution, Construction, Report

HERE = Path(__file__).resolve().parent.parent / "cases"
KNOWN_FAILURES = "known_failures"
_COMPARED_WHEN_STATED = ("construction", "rule", "type", "speaker", "speaker_type", "role", "resolution")
_ALWAYS = {"cue", "source", "contents", "via", "parent"}
_FIELDS = {*_ALWAYS, *_COMPARED_WHEN_STATED}
_CLITICS = "وفبلك"

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A text and every attribution of it; `home` is the file in which the case belongs."""

    id: str
    home: str
    comment: str
    article: Article
    attributions: tuple[dict[str, Any], ...]


def load(name: str) -> list[Case]:
    """Return the cases of one file, refusing fields that do not exist."""
    content = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    assert set(content) <= {"case"}, f"{name}.toml: only [[case]]"
    return [case_from(entry, name) for entry in content.get("case", [])]


def case_from(entry: dict[str, Any], name: str) -> Case:
    """Return an entry of the file `name` as a case, refusing fields that do not exist."""
    entry = dict(entry)
    home = entry.pop("home", name)
    attributions = tuple(entry.pop("attribution", []))
    case_id, comment, text = entry.pop("id"), entry.pop("comment"), entry.pop("text")
    title, outlet = entry.pop("title", None), entry.pop("outlet", None)
    assert not entry, f"{name}.toml, {case_id}: unknown {sorted(entry)}"
    if home in set(Construction):
        attributions = tuple({"construction": home} | attribution for attribution in attributions)
    for attribution in attributions:
        assert attribution.keys() <= _FIELDS, f"{name}.toml, {case_id}: unknown {sorted(attribution.keys() - _FIELDS)}"
    return Case(case_id, home, comment, Article(case_id, text, title, outlet), attributions)


def located(text: str, wanted: str) -> tuple[int, int]:
    """Return where `wanted` stands in `text` as whole words, a clitic in front left out; «…#2» is its second occurrence.

    Raises:
        ValueError: it stands there never, or several times and nothing says which is meant.
    """
    said, _, number = wanted.partition("#")
    left, right = rf"(?<!\w)[{_CLITICS}]?" if said[0].isalnum() else "", r"(?!\w)" if said[-1].isalnum() else ""
    found = [match.span(1) for match in re.finditer(f"{left}({re.escape(said)}){right}", text)]
    if not found or (number and len(found) < int(number)) or (not number and len(found) > 1):
        raise ValueError(f"«{wanted}» stands {len(found)} times in «{text}»")
    return found[int(number) - 1] if number else found[0]


def expected(case: Case) -> list[dict[str, Any]]:
    """Return what a case states of each attribution; cue, source, contents, via and parent always count, absent or not."""
    text = case.article.text
    return [
        {name: stated[name] or None for name in _COMPARED_WHEN_STATED if name in stated}
        | {
            "cue": located(text, stated["cue"]) if "cue" in stated else None,
            "source": located(text, stated["source"]) if "source" in stated else None,
            "contents": tuple(located(text, content) for content in stated["contents"]),
            "via": stated.get("via", []),
            "parent": stated.get("parent"),
        }
        for stated in case.attributions
    ]


def answered(report: Report, case: Case) -> list[dict[str, Any]]:
    """Return what a report says of each attribution, in the fields that the case states of the one in its place."""
    found = [_fields(attribution) for attribution in report.attributions]
    stated = [*case.attributions, *({} for _ in found)]
    return [{name: fields[name] for name in fields if name in _ALWAYS or name in wanted} for fields, wanted in zip(found, stated, strict=False)]


def _fields(attribution: Attribution) -> dict[str, Any]:
    speaker = attribution.speaker
    return {
        "cue": (attribution.cue.start, attribution.cue.end) if attribution.cue else None,
        "source": (attribution.source.start, attribution.source.end) if attribution.source else None,
        "contents": tuple((span.start, span.end) for span in attribution.content),
        "via": [via.name for via in attribution.via],
        "parent": attribution.parent,
        "construction": attribution.construction.value,
        "rule": attribution.rule,
        "type": attribution.type.value,
        "speaker": speaker.name if speaker else None,
        "speaker_type": speaker.type.value if speaker else None,
        "role": speaker.role if speaker else None,
        "resolution": speaker.resolution.value if speaker else None,
    }


def readable(text: str, attributions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the attributions with the words in place of their offsets, for people to compare."""
    return [
        fields
        | {name: text[slice(*fields[name])] if fields[name] else None for name in ("cue", "source")}
        | {"contents": [text[slice(*span)] for span in fields["contents"]]}
        for fields in attributions
    ]
