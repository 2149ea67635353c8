"""Reports for people and spreadsheets: a table that reads from right to left, JSON, JSON lines, CSV."""

from __future__ import annotations

import csv
import io
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence

import orjson
from rich.console import Console
from rich.table import Table

from service.api.reports import report_json
from service.api.versions import versions
from service.attribution import Attribution, Report, joined
from service.weights import Weights

COLUMNS = ("article", "id", "speaker", "role", "cue", "content", "type", "construction", "via", "outlet", "parent", "confidence", "start", "end")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}")
# Arabic set apart from its surroundings, so that a terminal which knows directions turns each cell and not the table's line.
_OTHER_COLUMNS = 40  # what number, outlet, construction and frame take
_ISOLATE, _POP = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def show(reports: Sequence[Report], form: str, weights: Weights) -> None:
    """Write the reports to standard output in one of the forms `table`, `json`, `jsonl`, `csv`."""
    if form == "table":
        for report in reports:
            _show_table(report)
        return
    writers: Mapping[str, Callable[[Sequence[Report], Weights], bytes]] = {"json": _json, "jsonl": _lines, "csv": _csv}
    sys.stdout.buffer.write(writers[form](reports, weights))


def _json(reports: Sequence[Report], weights: Weights) -> bytes:
    answers = [report_json(report, versions(weights), with_text=True) for report in reports]
    return orjson.dumps(answers[0] if len(answers) == 1 else answers, option=orjson.OPT_INDENT_2) + b"\n"


def _lines(reports: Sequence[Report], weights: Weights) -> bytes:
    return b"".join(orjson.dumps(report_json(report, versions(weights), with_text=True)) + b"\n" for report in reports)


def _csv(reports: Sequence[Report], _weights: Weights) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows([harmless(cell) for cell in _row(report, attribution)] for attribution in report.attributions)
    return written.getvalue().encode("utf-8-sig")  # without the mark, spreadsheets take UTF-8 for their own code page


def harmless(cell: object) -> str:
    """Return the cell as text that no spreadsheet runs: what begins like a formula is quoted by an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(report: Report, attribution: Attribution) -> tuple[object, ...]:
    speaker, cue, content = attribution.speaker, attribution.cue, attribution.content
    return (
        report.id,
        attribution.id,
        speaker and speaker.name,
        speaker and speaker.role,
        None if cue is None else cue.of(report.text),
        joined(report.text, content),
        attribution.type.value,
        attribution.construction.value,
        " < ".join(via.name for via in attribution.via),
        attribution.outlet,
        attribution.parent,
        attribution.confidence,
        content[0].start if content else None,
        content[-1].end if content else None,
    )


def _show_table(report: Report) -> None:
    console = Console()
    width = max(20, (console.width - _OTHER_COLUMNS) // 4 * 3)
    outlets = " · ".join(item.outlet.name for item in report.articles if item.outlet)
    table = Table(title=f"{report.id}  {_arabic(outlets, width)}", title_justify="right")
    table.add_column("")
    table.add_column("through", justify="right")
    table.add_column("how")
    table.add_column("what", justify="right")
    table.add_column("who", justify="right")
    for attribution in report.attributions:
        _, number, speaker, role, _, content, kind, construction, via, *_ = _row(report, attribution)
        within = "" if attribution.parent is None else f" in {attribution.parent}"
        who = "؟" if speaker is None else f"{_arabic(speaker, width // 3)}\n{_arabic(role or '', width // 3)}".strip()
        table.add_row(str(number), _arabic(via, width // 3), f"{kind}\n{construction}{within}", _arabic(content, width), who)
    console.print(table)


def _arabic(text: object, width: int) -> str:
    """Return the text in lines of `width`, each an isolate: one that ran over a line's end would turn the table's frame."""
    return "\n".join(f"{_ISOLATE}{line}{_POP}" for line in textwrap.wrap(str(text), width))
