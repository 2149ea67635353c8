"""How often an answer says that it does not know, or that there is nothing: null speakers, sources, cues and outlets, and no via."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
FIELDS = ("speaker", "source", "via", "cue", "outlet")


@dataclass(frozen=True, slots=True)
class Absence:
    """Which of `FIELDS` an attribution lacks; gold has no constructions."""

    construction: str | None
    lacks: frozenset[str]


def of_report(report: Json) -> list[Absence]:
    """Return the absences of a report, attribution by attribution."""
    return [Absence(one["construction"], frozenset(name for name in FIELDS if not one[name])) for one in report["attributions"]]


def of_gold(gold: Json) -> list[Absence]:
    """Return the absences of an annotated article, of the relations that count."""
    return [Absence(None, _lacking(gold, relation)) for relation in gold["relations"] if not relation.get("optional")]


def _lacking(gold: Json, relation: Json) -> frozenset[str]:
    start = relation["content"][0][0]
    outlet = next((item.get("outlet") for item in gold.get("articles") or [] if item["start"] <= start < item["end"]), None)
    known = {**{name: relation.get(name) for name in ("source", "via", "cue")}, "speaker": relation["speaker"].get("name"), "outlet": outlet}
    return frozenset(name for name in FIELDS if not known[name])


def rates(absences: Sequence[Absence]) -> dict[str, float]:
    """Return the share of attributions that lack each of `FIELDS`; of none at all, nothing."""
    return {name: sum(name in absence.lacks for absence in absences) / len(absences) for name in FIELDS} if absences else {}
