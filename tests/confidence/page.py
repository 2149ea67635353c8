"""What the estimates are written as: confidence.toml for the service, tables of Markdown for docs/confidence.md, one figure in the readme."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from service.lexicon.confidence import ALL, CLASSES
from tests.confidence import nulls
from tests.confidence.estimation import Estimates, Forecast
from tests.confidence.judgement import Outcome, kind
from tests.confidence.nulls import Absence
from tests.confidence.reliability import Cut, Scores, bins, interval

_BLOCK = "<!-- {name} -->\n{content}\n<!-- /{name} -->"
_JSON = re.compile(r"^```json\n(.*?)^```", re.DOTALL | re.MULTILINE)
_STATED = re.compile(r'("confidence": )[\d.]+')


class NoBlockError(Exception):
    """A page has no place for what is to be written into it."""


def toml(estimates: Estimates, head: Sequence[str]) -> str:
    """Return the estimates as the service reads them: every class that is not simply its parent."""
    entries = {path: estimate for path, estimate in sorted(estimates.classes.items()) if not _repeats(estimates, path)}
    names = {path: f'"{" ".join(path) or ALL}"' for path in entries}
    width = max(map(len, names.values()))
    lines = (
        f"{names[path]:{width}} = {{ confidence = {estimates.stated(path):.2f}, right = {estimate.right}, of = {estimate.of} }}"
        for path, estimate in entries.items()
    )
    return "\n".join([*(f"# {line}" for line in head), "", "[classes]", *lines, ""])


def _repeats(estimates: Estimates, path: tuple[str, ...]) -> bool:
    """Tell whether a class holds all that some class around it holds, and so says nothing of its own."""
    return bool(path) and estimates.classes[path].of == estimates.classes[path[:-1]].of


def placed(page: str, blocks: Mapping[str, str]) -> str:
    """Return the page with its tables replaced, those between `<!-- name -->` and `<!-- /name -->`; raises NoBlockError."""
    for name, content in blocks.items():
        pattern = re.compile(re.escape(f"<!-- {name} -->") + ".*?" + re.escape(f"<!-- /{name} -->"), re.DOTALL)
        page, count = pattern.subn(lambda _, name=name, content=content: _BLOCK.format(name=name, content=content), page)  # type: ignore[misc]
        if count != 1:
            raise NoBlockError(f"the page has {count} places for {name}")
    return page


def exampled(readme: str, estimates: Estimates) -> str:
    """Return a readme whose example of an answer, its one block of JSON, bears the confidence that the service would give it."""
    found = _JSON.search(readme)
    if found is None:
        raise NoBlockError("the readme has no example of an answer")
    (attribution,) = json.loads(found[1])["attributions"]
    stated = estimates.of(Outcome("", aside=False, path=kind(attribution).path, right=True))
    return readme[: found.start()] + _STATED.sub(rf"\g<1>{stated}", found[0]) + readme[found.end() :]


def table(head: str, rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown: `head` holds the columns' names, parted by bars; all but the first column stand to the right."""
    columns = head.count("|") + 1
    return "\n".join([f"| {head} |", "|---|" + "---:|" * (columns - 1), *(f"| {' | '.join(row)} |" for row in rows)])


def reliability(forecasts: Sequence[Forecast]) -> str:
    """Return stated confidence beside the share that was right, bin by bin."""
    rows = [(f"{part.low:.2f} to {part.high:.2f}", *_share(part.right, part.of, part.stated)) for part in bins(forecasts)]
    right, stated = sum(forecast.outcome.right for forecast in forecasts), sum(forecast.stated for forecast in forecasts)
    rows.append(("all", *_share(right, len(forecasts), stated / len(forecasts))))
    return table("stated | on average | attributions | right | observed | 95 %", rows)


def by_class(forecasts: Sequence[Forecast]) -> str:
    """Return the same class by class, each dimension by itself."""
    rows: list[Sequence[str]] = []
    for dimension, classes in enumerate(CLASSES.values()):
        for name in classes:
            within = [forecast for forecast in forecasts if forecast.outcome.path[dimension] == name]
            if within:
                right, stated = sum(forecast.outcome.right for forecast in within), sum(forecast.stated for forecast in within)
                rows.append((f"`{name}`", *_share(right, len(within), stated / len(within))))
    return table("class | stated on average | attributions | right | observed | 95 %", rows)


def _share(right: int, of: int, stated: float) -> tuple[str, ...]:
    low, high = interval(right, of)
    return f"{stated:.2f}", str(of), str(right), f"{right / of:.2f}", f"{low:.2f} to {high:.2f}"


def compared(rows: Iterable[tuple[str, Scores]]) -> str:
    """Return scores beside each other, a way of estimating a row."""
    cells = (
        (name, f"{one.brier:.4f}", f"{one.log_loss:.4f}", f"{one.calibration_error:.3f}", f"{one.stated:.2f}", f"{one.observed:.2f}")
        for name, one in rows
    )
    return table("| Brier | log loss | calibration error | stated | observed", cells)


def thresholds(cuts: Iterable[Cut]) -> str:
    """Return what each threshold leaves."""
    rows = ((f"{cut.threshold:.2f}", f"{cut.kept / cut.answered:.2f}", *_precision(cut), f"{cut.right / cut.wanted:.2f}") for cut in cuts)
    return table("confidence of at least | kept | precision | 95 % | recall", rows)


def _precision(cut: Cut) -> tuple[str, str]:
    low, high = interval(cut.right, cut.kept)
    return f"{cut.right / cut.kept:.2f}", f"{low:.2f} to {high:.2f}"


def null_rates(parts: Mapping[str, Sequence[Absence]]) -> str:
    """Return the share of nulls in each part."""
    rows = ((name, str(len(part)), *(f"{rate:.3f}" for rate in nulls.rates(part).values())) for name, part in parts.items() if part)
    return table(f"| attributions | {' | '.join(f'no {name}' for name in nulls.FIELDS)}", rows)


def by_construction(absences: Sequence[Absence]) -> dict[str, list[Absence]]:
    """Return the absences of each construction, in the order of the contract, all of them last."""
    parts = {f"`{name}`": [absence for absence in absences if absence.construction == name] for name in CLASSES["construction"]}
    return {**parts, "all": list(absences)}
