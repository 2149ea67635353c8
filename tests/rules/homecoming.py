"""Brings known failures that pass to their homes: the case to its file of cases, its recording to that file's recordings.

python -m tests.rules.homecoming
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from service.extraction import Extractor
from tests.rules import cases, recordings
from tests.rules.cases import KNOWN_FAILURES, Case

_BLOCK = re.compile(r"^\[\[case\]\]$.*?(?=^\[\[case\]\]$|\Z)", re.MULTILINE | re.DOTALL)


def passes(case: Case) -> bool:
    """Tell whether the engine now answers a known failure as it should."""
    played = recordings.read(KNOWN_FAILURES)
    report = Extractor(played.of(case.article.id)).extract([case.article])[0]
    return cases.answered(report, case) == cases.expected(case)


def bring_home(passed: Callable[[Case], bool] = passes) -> list[Case]:
    """Move every known failure that has passed, and return those moved."""
    path = cases.HERE / f"{KNOWN_FAILURES}.toml"
    moved = [case for case in cases.load(KNOWN_FAILURES) if passed(case)]
    for case in moved:
        content = path.read_text("utf-8")
        block = next(found[0] for found in _BLOCK.finditer(content) if f'id = "{case.id}"\n' in found[0])
        path.write_text(content.replace(block, "").rstrip("\n") + "\n", "utf-8")
        home = cases.HERE / f"{case.home}.toml"
        brought = block.replace(f'home = "{case.home}"\n', "").rstrip("\n")
        home.write_text(f"{home.read_text('utf-8').rstrip()}\n\n{brought}\n", "utf-8")
        _move_recording(case)
    return moved


def _move_recording(case: Case) -> None:
    here, there = (recordings.read(name).played for name in (KNOWN_FAILURES, case.home))
    there[case.id] = here.pop(case.id)
    recordings.write(KNOWN_FAILURES, here)
    recordings.write(case.home, there)


if __name__ == "__main__":
    sys.stdout.write("".join(f"{case.id} → {case.home}\n" for case in bring_home()))
