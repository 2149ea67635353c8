"""What becomes of a record, as the rows it adds to each table: its report's, or one in quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.api.reports import report_json
from service.attribution import Report
from service.corpus.records import Reason, Record

Row = dict[str, Any]
Outcome = dict[str, Any]
"""A row of `schema.OUTCOMES`."""


def answered(file: str, record: Record, report: Report, *, with_text: bool) -> Outcome:
    """Return the rows of a report; `with_text` where the article came as HTML."""
    answer = report_json(report, {})
    place = {"file": file, "record": record.number, "report": report.id}
    keys = [_partition(article) for article in answer["articles"]]
    text = report.text if with_text else None
    articles = [
        {**article, **place, "publisher": article["outlet"], "text": text, **key} for article, key in zip(answer["articles"], keys, strict=True)
    ]
    attributions = [
        {**attribution, **place, "published_at": articles[attribution["article"]]["published_at"], **keys[attribution["article"]]}
        for attribution in answer["attributions"]
    ]
    speakers = [{**speaker, **place, **keys[0]} for speaker in answer["speakers"]]
    return {"record": record.number, "articles": articles, "attributions": attributions, "speakers": speakers, "quarantine": []}


def quarantined(file: str, record: Record, reason: Reason, detail: str) -> Outcome:
    """Return the row of a record without an answer."""
    row = {"file": file, "record": record.number, "reason": reason.value, "detail": detail, "line": record.line}
    return {"record": record.number, "articles": [], "attributions": [], "speakers": [], "quarantine": [row]}


def _partition(article: Mapping[str, Any]) -> Row:
    """Return the outlet and the month of a news item, each null where it is not known."""
    outlet, published = article["outlet"], article["published_at"]
    return {"outlet": outlet["name"] if outlet else None, "month": published and _month(published)}


def _month(published_at: str) -> str | None:
    try:
        return f"{datetime.fromisoformat(published_at):%Y-%m}"
    except ValueError:  # the text may date an article by less than a day
        return None
