"""Reports as a table of pandas: a row an attribution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from service.client.problems import Problem
from service.client.reports import Attribution, Report

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "report": "string",
    "item": "Int64",
    "id": "Int64",
    "speaker": "string",
    "speaker_id": "string",
    "speaker_type": "string",
    "role": "string",
    "resolution": "string",
    "source": "string",
    "cue": "string",
    "content": "string",
    "type": "string",
    "construction": "string",
    "rule": "string",
    "via": "string",
    "outlet": "string",
    "published_at": "string",
    "parent": "Int64",
    "confidence": "Float64",
    "start": "Int64",
    "end": "Int64",
}
"""The columns and their types, the same for no rows as for many; what is unknown is NA."""


def frame(reports: Iterable[Report | Problem]) -> pd.DataFrame:
    """Return the attributions of reports as a table, `via` written from the nearest to the reader on: «أ < ب».

    Raises:
        Problem: one stands among the reports; take it out first if the table may lack its article.
    """
    import pandas as pd  # noqa: PLC0415 — an extra of its own

    rows = [row for report in reports for row in _rows(report)]
    return pd.DataFrame.from_records(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _rows(report: Report | Problem) -> Iterator[dict[str, Any]]:
    if isinstance(report, Problem):
        raise report
    return (_row(report, attribution) for attribution in report.attributions)


def _row(report: Report, attribution: Attribution) -> dict[str, Any]:
    speaker, spans = attribution.speaker, attribution.content.spans
    return {
        "report": report.id,
        "item": attribution.article,
        "id": attribution.id,
        "speaker": speaker and speaker.name,
        "speaker_id": speaker and speaker.id,
        "speaker_type": speaker and speaker.type,
        "role": speaker and speaker.role,
        "resolution": speaker and speaker.resolution,
        "source": attribution.source and attribution.source.text,
        "cue": attribution.cue and attribution.cue.text,
        "content": attribution.content.text,
        "type": attribution.type,
        "construction": attribution.construction,
        "rule": attribution.rule,
        "via": " < ".join(via.name for via in attribution.via) or None,
        "outlet": attribution.outlet,
        "published_at": report.articles[attribution.article].published_at,
        "parent": attribution.parent,
        "confidence": attribution.confidence,
        "start": spans[0].start,
        "end": spans[-1].end,
    }
