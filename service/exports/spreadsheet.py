"""CSV: a row an attribution, for spreadsheets, in which no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from service.attribution import Attribution, Report, Span, joined
from service.exports.outgoing import Outgoing

COLUMNS = (
    *("article", "id", "speaker", "role", "cue", "content", "type", "construction", "via", "outlet", "parent", "confidence", "start", "end"),
    *("source", "speaker_id", "speaker_type", "resolution", "rule", "item", "cue_span", "source_span", "content_spans", "via_spans"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of something to run; the wide forms are Excel's in East Asian editions."""
QUOTE = "'"


def written(outgoing: Sequence[Outgoing]) -> bytes:
    """Return the reports' attributions as one table with a heading."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([harmless(cells[column]) for column in COLUMNS] for one in outgoing for cells in rows(one.report))
    return out.getvalue().encode("utf-8-sig")  # without the mark, spreadsheets take UTF-8 for their own code page


def harmless(cell: object) -> str:
    """Return the cell as text that no spreadsheet runs: an apostrophe before what begins like a formula, or with an apostrophe.

    Whoever reads the table by other means takes one apostrophe off the front of any cell that has one.
    """
    text = "" if cell is None else str(cell)
    return f"{QUOTE}{text}" if text.startswith((*FORMULA, QUOTE)) else text


def rows(report: Report) -> Iterator[Mapping[str, object]]:
    """Yield the cells of each attribution by column."""
    return (_row(report, attribution) for attribution in report.attributions)


def _row(report: Report, attribution: Attribution) -> dict[str, object]:
    text, speaker, cue, source = report.text, attribution.speaker, attribution.cue, attribution.source
    return {
        "article": report.id,
        "item": attribution.article,
        "id": attribution.id,
        "speaker": speaker and speaker.name,
        "speaker_id": speaker and speaker.id,
        "speaker_type": speaker and speaker.type.value,
        "role": speaker and speaker.role,
        "resolution": speaker and speaker.resolution.value,
        "cue": cue and cue.of(text),
        "cue_span": cue and _written(cue),
        "source": source and source.of(text),
        "source_span": source and _written(source),
        "content": joined(text, attribution.content),
        "content_spans": " ".join(_written(span) for span in attribution.content),
        "type": attribution.type.value,
        "construction": attribution.construction.value,
        "rule": attribution.rule,
        "via": " < ".join(via.name for via in attribution.via),
        "via_spans": " ".join(_written(via.span) for via in attribution.via),
        "outlet": attribution.outlet,
        "parent": attribution.parent,
        "confidence": attribution.confidence,
        "start": attribution.content[0].start,
        "end": attribution.content[-1].end,
    }


def _written(span: Span) -> str:
    """Return a span as `45..99`; with a hyphen or a colon, spreadsheets would make a date or a time of it."""
    return f"{span.start}..{span.end}"
