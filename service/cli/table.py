"""A report for reading in a terminal, from right to left: who, what, how and through whom, a row an attribution."""

from __future__ import annotations

import textwrap
import unicodedata

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.attribution import Attribution, Report, joined

_NARROWEST, _WIDE = 80, 120  # columns of a terminal
_FRAME = 16  # columns that lines and paddings take
_NUMBER, _VIA, _CONSTRUCTION, _TYPE = 3, 10, 14, 9  # columns that these cells take at most
# Arabic set apart from its surroundings, so that a terminal which knows directions turns each cell and not the table's line.
_ISOLATE, _POP = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def show_table(report: Report) -> None:
    """Print a report; one in which nobody is quoted says so."""
    console = Console()
    console.width = max(console.width, _NARROWEST)
    outlets = " · ".join(item.outlet.name for item in report.articles if item.outlet)
    heading = Text.assemble(harmless(report.id), "  ", cell(outlets, _NARROWEST))
    if not report.attributions:
        console.print(Text.assemble(heading, ": nobody is quoted here"))
        return
    table = Table(title=heading, title_justify="right")
    for name in ("through", "how", "what", "who"):
        table.add_column(name, justify="left" if name == "how" else "right")
    table.add_column("")
    for attribution in report.attributions:
        table.add_row(*_row(report, attribution, console.width))
    console.print(table)


def _row(report: Report, attribution: Attribution, columns: int) -> tuple[Text, ...]:
    """Return the cells of a row, each no wider than its share of `columns`: a line that had to be broken once more would turn the frame."""
    how = _CONSTRUCTION + (_TYPE if columns >= _WIDE else 0)
    rest = columns - _FRAME - _NUMBER - _VIA - how
    who, what = rest // 3, rest - rest // 3
    speaker, kinds = attribution.speaker, [attribution.type.value, attribution.construction.value]
    return (
        cell(" < ".join(via.name for via in attribution.via), _VIA),
        _lines(
            cell("" if attribution.cue is None else attribution.cue.of(report.text), how),
            *map(Text, [" ".join(kinds)] if columns >= _WIDE else kinds),
            Text("" if attribution.parent is None else f"in {attribution.parent}"),
        ),
        cell(joined(report.text, attribution.content), what),
        _lines(cell("؟" if speaker is None else speaker.name, who), cell((speaker and speaker.role) or "", who)),
        Text(str(attribution.id)),
    )


def cell(words: str, width: int) -> Text:
    """Return the words in lines of `width`, each an isolate: one that ran over a line's end would turn the table's frame."""
    return Text("\n".join(f"{_ISOLATE}{line}{_POP}" for line in textwrap.wrap(harmless(words), width)))


def harmless(words: str) -> str:
    """Return the words without what commands a terminal: controls become blanks, marks that turn the writing go."""
    return "".join(" " if _is_control(character) else character for character in words if unicodedata.bidirectional(character) not in _DIRECTIONS)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"}


def _lines(*parts: Text) -> Text:
    return Text("\n").join(part for part in parts if part.plain)
