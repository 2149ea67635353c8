"""The figures as tables, on the terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Figures
from benchmarks.throughput import STAGES, Cost


@dataclass(frozen=True)
class Rows:
    """A table: what it is of, its columns, and its cells."""

    title: str
    columns: Sequence[str]
    cells: Sequence[Sequence[str]]


def tables(figures: Figures) -> Iterator[Rows]:
    """Yield a table for each thing that was measured."""
    yield Rows("Machine", ("", ""), [(name, value) for name, value in figures.machine.items()])
    if figures.costs:
        yield _by_stage(figures.costs)
        yield _by_length(figures)
    if figures.latencies:
        yield _latencies(figures)
        yield _loads(figures)
        workers = [(f"worker {number}", f"{one.resident:.0f}", f"{one.proportional:.0f}") for number, one in enumerate(figures.memories, 1)]
        yield Rows("Memory after the load, MB", ("", "RSS", "PSS"), workers)
        yield Rows("Cold start", ("", "s"), [("command to /readyz", f"{figures.start:.1f}")])
    if figures.batch:
        one = figures.batch[1]
        rows = [(str(workers), f"{rate:.1f}", f"{rate / one:.2f}") for workers, rate in figures.batch.items()]
        yield Rows("isnad batch, articles a second", ("workers", "articles/s", "× one worker"), rows)


def _by_stage(costs: Sequence[Cost]) -> Rows:
    fastest = costs[0]
    rows = []
    for cost in costs:
        stages = [f"{cost.stages[stage] * 1000:.1f} ({cost.stages[stage] / cost.whole:.0%})" if stage in cost.stages else "" for stage in STAGES]
        rows.append((cost.contender, *stages, f"{cost.whole * 1000:.1f}", f"{cost.speed:,.0f}", f"{cost.whole / fastest.whole:.1f}"))
    columns = ("", *STAGES, "all", "tokens/s/core", f"× {fastest.contender}")
    return Rows(f"Milliseconds of processor for 1,000 tokens; {fastest.articles} articles, {fastest.tokens:,} tokens", columns, rows)


def _by_length(figures: Figures) -> Rows:
    rows = [(name, *(f"{value * 1000:.0f}" for value in values)) for name, values in figures.by_length.items()]
    return Rows("Milliseconds of processor for 1,000 tokens, by the article's length", ("tokens", *(f"{n:,}" for n in figures.lengths)), rows)


def _latencies(figures: Figures) -> Rows:
    clients = list(next(iter(figures.latencies.values())))
    rows = [(f"{size:,}", *(f"{one.p50:.0f} / {one.p95:.0f} / {one.p99:.0f}" for one in row.values())) for size, row in figures.latencies.items()]
    return Rows("HTTP, one worker: p50 / p95 / p99 in ms", ("tokens", *(f"{number} clients" for number in clients)), rows)


def _loads(figures: Figures) -> Rows:
    rows = []
    for load in figures.loads:
        took = f"{load.latency.p50:.0f} / {load.latency.p95:.0f} / {load.latency.p99:.0f}" if load.latency else ""
        rows.append((f"{load.offered:.1f}", f"{load.answered:.1f}", f"{load.refused:.1f}", took))
    title = f"HTTP, a worker a core, arrivals at a constant rate (peak {figures.peak:.1f} articles/s)"
    return Rows(title, ("offered/s", "answered/s", "503/s", "p50 / p95 / p99 in ms"), rows)


def show(figures: Figures, console: Console) -> None:
    """Print the tables."""
    for rows in tables(figures):
        table = Table(title=rows.title, title_justify="left")
        for number, column in enumerate(rows.columns):
            table.add_column(column, justify="right" if number else "left")
        for row in rows.cells:
            table.add_row(*row)
        console.print(table)


def markdown(figures: Figures) -> str:
    """Return the tables as Markdown."""
    written = []
    for rows in tables(figures):
        lines = [f"**{rows.title}**", "", _line(rows.columns), _line(["---", *["---:"] * (len(rows.columns) - 1)]), *map(_line, rows.cells)]
        written.append("\n".join(lines))
    return "\n\n".join(written) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
