"""The figures as a picture: cost by stage, cost by length, latency by load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.measuring import Figures
from benchmarks.throughput import STAGES

_COLOURS = ("#4c72b0", "#dd8452", "#55a868", "#c44e52", "#8172b3")


def draw(figures: Figures, path: Path) -> None:
    """Write the picture; its kind is told by the file's name."""
    mpl.rcParams |= {"svg.hashsalt": "isnad", "svg.fonttype": "none", "axes.spines.top": False, "axes.spines.right": False, "font.size": 9}
    figure = Figure(figsize=(12, 3.6), layout="constrained")
    stages, lengths, loads = figure.subplots(1, 3)
    _by_stage(stages, figures)
    _by_length(lengths, figures)
    _by_load(loads, figures)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _by_stage(axes: Any, figures: Figures) -> None:
    names = [cost.contender.replace(", ", ",\n") for cost in figures.costs]
    left = [0.0] * len(names)
    for stage, colour in zip(STAGES, _COLOURS, strict=True):
        widths = [cost.stages.get(stage, 0.0) * 1000 for cost in figures.costs]
        axes.barh(names, widths, left=left, color=colour, label=stage)
        left = [before + width for before, width in zip(left, widths, strict=True)]
    for number, (cost, end) in enumerate(zip(figures.costs, left, strict=True)):
        axes.annotate(f" {cost.whole * 1000:,.0f}", (min(end, _longest(left)), number), va="center")
    axes.set_xlim(0, _longest(left) * 1.15)
    axes.invert_yaxis()
    axes.set_xlabel("ms of processor for 1,000 tokens (the last bar is cut)")
    axes.legend(frameon=False, ncols=2, loc="lower right")


def _longest(ends: list[float]) -> float:
    """Return where the axis ends: the stock architecture's bar, many times as long as the others, is cut."""
    return max(ends[:-1]) * 1.3 if len(ends) > 1 else ends[0]


def _by_length(axes: Any, figures: Figures) -> None:
    for (name, values), colour in zip(figures.by_length.items(), _COLOURS, strict=False):
        axes.plot(figures.lengths, [value * 1000 for value in values], marker="o", color=colour, label=name)
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("tokens of the article")
    axes.set_ylabel("ms of processor for 1,000 tokens")
    axes.legend(frameon=False)


def _by_load(axes: Any, figures: Figures) -> None:
    answered = [load for load in figures.loads if load.latency]
    offered = [load.offered for load in answered]
    for name, colour in zip(("p50", "p95", "p99"), _COLOURS, strict=False):
        axes.plot(offered, [getattr(load.latency, name) for load in answered], marker="o", color=colour, label=name)
    axes.axvline(figures.peak, color="grey", linestyle=":", label="peak")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("articles a second offered, all workers")
    axes.set_ylabel("ms until the answer")
    axes.legend(frameon=False)
