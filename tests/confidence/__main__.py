"""The confidence of the service, estimated on the development gold: what confidence.toml ships and docs/confidence.md tells.

    python -m tests.confidence            estimate, print the tables
    python -m tests.confidence --write    also write service/lexicon/confidence.toml, the tables of docs/confidence.md, the readme's example
    python -m tests.confidence --raw 500  also count null rates on that many articles without gold; takes some minutes

The gold lies outside the repository, in ../shared; without it there is nothing to count, and the command says so and succeeds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import service
from service.api.reports import report_json
from service.attribution import Article
from service.extraction import Extractor
from service.lexicon import HERE
from service.lexicon.confidence import CLASSES
from service.weights import MANIFEST
from tests import floor
from tests.confidence import judgement, nulls, page
from tests.confidence.estimation import SHIPPED, Estimates, Forecast, Scheme, fit, held_out
from tests.confidence.judgement import Outcome
from tests.confidence.reliability import cuts, scores

TABLE = HERE / "confidence.toml"
PAGE, README = floor.ROOT / "docs" / "confidence.md", floor.ROOT / "README.md"
SCHEMES: tuple[Scheme, ...] = ((), (1,), (1, 2), (1, 2, 3), (2, 1, 3), (0,), (0, 1), (0, 1, 2), SHIPPED, (0, 2, 1, 3))
Reports = Mapping[Path, Mapping[str, Any]]


def blocks(outcomes: Sequence[Outcome], files: Mapping[str, list[Path]]) -> dict[str, str]:
    """Return the tables on confidence, by the name of their place in the page."""
    shipped = held_out(outcomes, fit)
    aside = _aside(shipped)
    return {
        "reliability": page.reliability(aside),
        "reliability-dev": page.reliability(shipped),
        "classes": page.by_class(shipped),
        "levels": page.compared(_levels(outcomes, aside)),
        "schemes": page.compared((_name(scheme), scores(held_out(outcomes, partial(fit, scheme=scheme, levelled=False)))) for scheme in SCHEMES),
        "schemes-aside": page.compared((_name(scheme), scores(_aside(held_out(outcomes, partial(fit, scheme=scheme))))) for scheme in SCHEMES),
        "thresholds": page.thresholds(cuts(aside, judgement.wanted(files["unread"]))),
        "thresholds-dev": page.thresholds(cuts(shipped, judgement.wanted(files["dev"]))),
    }


def _levels(outcomes: Sequence[Outcome], shipped: Sequence[Forecast]) -> list[tuple[str, Any]]:
    """Return how well the articles set aside are told by estimates from the others, from all, and from all at their level."""
    used = fit([outcome for outcome in outcomes if not outcome.aside])
    unread = [Forecast(used.of(outcome), outcome) for outcome in outcomes if outcome.aside]
    together = _aside(held_out(outcomes, partial(fit, levelled=False)))
    return [
        ("from the articles read alone", scores(unread)),
        ("from all others, as they are", scores(together)),
        ("from all others, at the level of those set aside: shipped", scores(shipped)),
    ]


def _aside(forecasts: Sequence[Forecast]) -> list[Forecast]:
    return [forecast for forecast in forecasts if forecast.outcome.aside]


def _name(scheme: Scheme) -> str:
    names = tuple(CLASSES)
    told = ", ".join(names[dimension] for dimension in scheme) or "one figure for all"
    return f"{told}: shipped" if scheme == SHIPPED else told


def absences(files: Mapping[str, list[Path]], reports: Reports) -> dict[str, str]:
    """Return the tables on nulls: answers beside gold in each part, and the answers on dev by construction."""
    parts: dict[str, list[nulls.Absence]] = {}
    for name, told in (("read", "read"), ("unread", "unread"), ("dev", "both"), ("seeds", "seeds")):
        gold = [json.loads(file.read_text("utf-8")) for file in files[name]]
        parts[f"{told}: answers"] = [absence for file in files[name] for absence in nulls.of_report(reports[file])]
        parts[f"{told}: gold"] = [absence for one in gold for absence in nulls.of_gold(one)]
    return {"nulls": page.null_rates(parts), "nulls-dev": page.null_rates(page.by_construction(parts["both: answers"]))}


def raw(extractor: Extractor, shared: Path, count: int) -> dict[str, str]:
    """Return the table of nulls on articles without gold, evenly spread over the collection."""
    with lzma.open(shared / "data" / "articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        collected = [json.loads(line) for line in lines]
    chosen = [Article(one["id"], one["text"]) for one in islice(collected, 0, None, max(1, len(collected) // count))][:count]
    found: list[nulls.Absence] = []
    for start in range(0, len(chosen), floor.BATCH):
        for report in extractor.extract(chosen[start : start + floor.BATCH]):
            found += nulls.of_report(report_json(report, {}))
    return {"nulls-raw": f"{len(chosen)} articles:\n\n{page.null_rates(page.by_construction(found))}"}


def head(estimates: Estimates, outcomes: Sequence[Outcome], models: Path) -> list[str]:
    """Return what confidence.toml says of itself."""
    articles, aside = {outcome.article for outcome in outcomes}, {outcome.article for outcome in outcomes if outcome.aside}
    rules = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(HERE.glob("*.toml")) if path != TABLE)).hexdigest()[:12]
    manifest = models / MANIFEST
    version = json.loads(manifest.read_text("utf-8"))["version"] if manifest.is_file() else "unversioned"
    return [
        "The estimated precision of an attribution, by its class: nesting, construction, resolution, length (service/lexicon/confidence.py).",
        "The narrowest class that stands here counts; `right` of `of` were right on the development articles, before pooling and level.",
        "Written by `python -m tests.confidence --write`, never by hand; docs/confidence.md tells how, and how far to trust it.",
        f"Counted on {len(outcomes)} attributions of {len(articles)} articles, and set to the level of the {len(aside)} of them that nobody read:",
        f"{estimates.shift:+.2f} logits. Service {service.__version__}, models {version}, the other files of the lexicon {rules}.",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Estimate, print, and write where asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.confidence", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}, the tables of {PAGE.name} and the figure in {README.name}")
    parser.add_argument("--models", type=Path, default=floor.ROOT / "models")
    parser.add_argument("--raw", type=int, default=0, metavar="N", help="also answer so many articles without gold")
    asked = parser.parse_args(arguments)
    if not floor.SHARED.is_dir():
        sys.stdout.write(f"no {floor.SHARED}: nothing to count\n")
        return 0
    score, files, extractor = floor.scorer(floor.SHARED), floor.parts(floor.SHARED), floor.loaded(asked.models)
    files["dev"] = [*files["dev"], *files["raw"]]  # our own annotation counts with the gold
    files["read"] = [file for file in files["dev"] if file not in files["unread"]]
    lines = floor.answers(extractor, [*files["seeds"], *files["dev"]])
    reports = {file: json.loads(line) for file, line in lines.items()}
    outcomes = judgement.judged(score, files["dev"], reports, files["unread"])
    told = {**blocks(outcomes, files), **absences(files, reports), **(raw(extractor, floor.SHARED, asked.raw) if asked.raw else {})}
    sys.stdout.write("\n\n".join(f"{name}\n\n{content}" for name, content in told.items()) + "\n")
    if asked.write:
        estimates = fit(outcomes)
        README.write_text(page.exampled(README.read_text("utf-8"), estimates), "utf-8")
        PAGE.write_text(page.placed(PAGE.read_text("utf-8"), told), "utf-8")
        TABLE.write_text(page.toml(estimates, head(estimates, outcomes, asked.models)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
