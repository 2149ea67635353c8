"""The floor under the headline figures: scores the engine on the gold, and fails where a figure has fallen more than a point.

    python -m tests.floor            score, print, compare with tests/floor.toml
    python -m tests.floor --write    score, print, make these figures the floor

The gold lies outside the repository, in ../shared; without it there is nothing to hold, and the command says so and succeeds.
`raw` are raw articles that we annotated ourselves (tests/annotated): `read` are those whose errors may be read while rules are written,
`unread` those that nobody reads. All parts are printed. (A third of dev, once set aside, was read when it had served.)
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from service.api.reports import report_json
from service.attribution import Article
from service.extraction import Extractor
from service.weights import MANIFEST, unverified, verified
from tests import annotated

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOOR = Path(__file__).with_name("floor.toml")
BUILD = ROOT / "build" / "annotated"
HELD = ("seeds", "dev", "raw")
MARGIN = 0.01
BATCH = 8  # articles annotated together
HEADLINE = {
    "ar": ("ar", "f1"),
    "who_said_what": ("who_said_what", "f1"),
    "speaker": ("speaker_accuracy",),
    "cue": ("cue", "f1"),
    "content_strict": ("content_strict", "f1"),
    "via": ("via_f1",),
    "type": ("type_accuracy",),
    "nesting": ("nesting_recall",),
    "segmentation": ("segmentation_accuracy",),
    "outlet": ("outlet_accuracy",),
}
Figures = dict[str, float]


def parts(shared: Path) -> dict[str, list[Path]]:
    """Return the files by the name of their part: the gold's, and our own where the texts are that they annotate."""
    seeds, dev = (sorted((shared / "gold" / name).glob("*.json")) for name in ("seeds", "dev"))
    ours = annotated.written(shared, BUILD)
    return {"seeds": seeds, "dev": dev} | ({"raw": [path for files in ours.values() for path in files]} | ours if ours else {})


def answers(extractor: Extractor, files: Sequence[Path]) -> dict[Path, str]:
    """Return the report of each gold article, given its text alone, as a line of JSON."""
    found: dict[Path, str] = {}
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        gold = [json.loads(path.read_text("utf-8")) for path in batch]
        reports = extractor.extract([Article(one["id"], one["text"]) for one in gold])
        found.update((path, json.dumps(report_json(report, {}), ensure_ascii=False)) for path, report in zip(batch, reports, strict=True))
    return found


def scorer(shared: Path) -> ModuleType:
    """Return the scorer, which is a script beside the gold."""
    specification = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def figures(score: ModuleType, files: Sequence[Path], lines: Mapping[Path, str]) -> Figures:
    """Return the headline figures of a part, those that it has any gold for."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as answered:
        answered.write("\n".join(lines[path] for path in files))
        answered.flush()
        command = ["score.py", "--json", "--pred", answered.name, "--gold", *map(str, files)]
        with mock.patch.object(sys, "argv", command), contextlib.redirect_stdout(io.StringIO()) as printed:
            score.main()
    scored: dict[str, Any] = json.loads(printed.getvalue())
    found = {name: scored[way[0]] if len(way) == 1 else scored[way[0]][way[1]] for name, way in HEADLINE.items()}
    return {name: round(value, 4) for name, value in found.items() if value is not None}


def fallen(now: Mapping[str, Figures], floor: Mapping[str, Figures]) -> list[str]:
    """Return what has fallen through: figures more than the margin below the floor, and figures that are no longer there."""
    return [
        f"{part}.{name}: {now.get(part, {}).get(name)} is more than {MARGIN} below {held}"
        for part, figures_ in floor.items()
        for name, held in figures_.items()
        if now.get(part, {}).get(name, -1.0) < held - MARGIN
    ]


def table(now: Mapping[str, Figures], floor: Mapping[str, Figures]) -> str:
    """Return the figures of every part beside each other, the floor in brackets."""
    rows = [f"{'':16}" + "".join(f"{part:>18}" for part in now)]
    for name in HEADLINE:
        cells = (_cell(now[part].get(name), floor.get(part, {}).get(name)) for part in now)
        rows.append(f"{name:16}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(rows)


def _cell(figure: float | None, held: float | None) -> str:
    return "-" if figure is None else f"{figure:.4f}" + (f" ({held:.4f})" if held is not None else "")


def written(now: Mapping[str, Figures]) -> str:
    """Return the figures of the parts that are held, as TOML."""
    head = "# floor.toml — what the headline figures may not fall more than a point below; written by `python -m tests.floor --write`.\n"
    held = (f"\n[{part}]\n" + "".join(f"{name} = {value}\n" for name, value in now[part].items()) for part in HELD if part in now)
    return head + "".join(held)


def loaded(models: Path) -> Extractor:
    """Return the extractor with these models, their checksums verified where they have a manifest."""
    from service.annotation import StanzaAnnotator  # torch takes seconds to import

    return Extractor(StanzaAnnotator(verified(models) if (models / MANIFEST).is_file() else unverified(models)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, and return 1 where a figure has fallen."""
    parser = argparse.ArgumentParser(prog="python -m tests.floor", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="make these figures the floor")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--pred", type=Path, help="also write the reports there, a line each")
    asked = parser.parse_args(arguments)
    if not SHARED.is_dir():
        sys.stdout.write(f"no {SHARED}: nothing to score\n")
        return 0
    score, files = scorer(SHARED), parts(SHARED)
    lines = answers(loaded(asked.models), [path for part in HELD for path in files.get(part, ())])
    if asked.pred:
        asked.pred.write_text("\n".join(lines.values()) + "\n", "utf-8")
    now = {part: figures(score, paths, lines) for part, paths in files.items()}
    floor: dict[str, Figures] = tomllib.loads(FLOOR.read_text("utf-8")) if FLOOR.is_file() else {}
    sys.stdout.write(f"{table(now, floor)}\n")
    if asked.write:
        FLOOR.write_text(written(now), "utf-8")
        return 0
    below = fallen(now, floor)
    sys.stdout.write("".join(f"FALLEN {line}\n" for line in below))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
