"""What is found and what is not, construction by construction: `docs/conformance.md`, written from the cases that the suite holds the engine to.

python -m tests.conformance            print the page
python -m tests.conformance --write    write it
"""

from __future__ import annotations

import argparse
import html
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from service.attribution import Construction
from tests.rules import cases
from tests.rules.cases import KNOWN_FAILURES, Case

PAGE = Path(__file__).resolve().parent.parent / "docs" / "conformance.md"
WRITE = "python -m tests.conformance --write"
FILES = (*map(str, Construction), "nested", "speakers", "spans", "negative")
_BESIDES = ("speaker", "speaker_type", "role", "resolution", "type", "rule")
_SPECIAL = re.compile(r"([\\`*_\[\]|#])")
_HEAD = re.compile(r"^# \w+\.toml — (.+)$", re.MULTILINE)

_OPENING = f"""---
hide: [navigation, toc]
search: {{exclude: true}}
---

# Conformance

What Isnad finds and what it does not, construction by construction.
Every row is a case of [`tests/cases`](../tests/cases/README.md) that the suite holds the engine to:
exactly these attributions, exactly these words, and no other.
The page is written from the cases by `{WRITE}`, and a test fails when it lags behind them.

These are invented sentences, chosen to pin behaviour down one case at a time. How often the answers are right on real articles is another question:
the [README](../README.md#known-limits) has the figures.
"""

_COLUMNS = """
An empty cue means that the quotation goes on without one, an empty source that the subject is dropped or a pronoun.
*Besides* holds what else the case states: the speaker behind the source, the media it came through (`via`),
the attribution in whose content this one stands (`inside`, by its cue), and the like.
"""


def page() -> str:
    """Return the page as Markdown."""
    failing = cases.load(KNOWN_FAILURES)
    found = {name: cases.load(name) for name in FILES}
    sections = [_section(name, found[name], [case for case in failing if case.home == name]) for name in FILES]
    return "\n".join([_OPENING, *_summary(found, failing), _COLUMNS, *sections])


def _summary(found: dict[str, list[Case]], failing: Sequence[Case]) -> Iterator[str]:
    yield "| | what it covers | texts with attributions | attributions in them | texts with none | known failures |"
    yield "|---|---|---:|---:|---:|---:|"
    for name, known in found.items():
        homeless = sum(case.home == name for case in failing)
        yield f"| [{name}](#{name}) | {_covers(name)} | {_counts(known)} | {homeless} |"
    yield f"| all | | {_counts([case for known in found.values() for case in known])} | {len(failing)} |"


def _counts(known: Sequence[Case]) -> str:
    speaking = [case for case in known if case.attributions]
    return f"{len(speaking)} | {sum(len(case.attributions) for case in speaking)} | {len(known) - len(speaking)}"


def _section(name: str, known: Sequence[Case], failing: Sequence[Case]) -> str:
    speaking, silent = [case for case in known if case.attributions], [case for case in known if not case.attributions]
    parts = [f"## {name} {{ #{name} }}", f"{_covers(name)[0].upper()}{_covers(name)[1:]}"]
    if speaking:
        parts += [f"### {name}: found", _table(speaking)]
    if silent:
        parts += [f"### {name}: nothing to find", _silence(silent)]
    if failing:
        parts += [f"### {name}: known failures", "What it ought to answer, and does not yet.", _table(failing)]
    return "\n\n".join(parts) + "\n"


def _covers(name: str) -> str:
    """Return what a file of cases says of itself in its head."""
    head = _HEAD.search((cases.HERE / f"{name}.toml").read_text("utf-8"))
    assert head is not None, f"{name}.toml does not begin with what it is"
    return escaped(head[1])


def _table(shown: Sequence[Case]) -> str:
    rows = [row for case in shown for row in _rows(case)]
    return "\n".join(["| Text | Cue | Source | Content | Besides |", "|---|---|---|---|---|", *rows])


def _rows(case: Case) -> Iterator[str]:
    """Yield a row an attribution, the text in the first; a case that ought to have none has a row that says so."""
    text = _text(case)
    for stated in case.attributions:
        cells = (text, _words(stated.get("cue")), _words(stated.get("source")), _contents(stated), _besides(stated, case))
        yield f"| {' | '.join(cells)} |"
        text = ""
    if not case.attributions:
        yield f"| {text} | | | | *nothing* |"


def _silence(shown: Sequence[Case]) -> str:
    return "\n".join(["| Text |", "|---|", *(f"| {_text(case)} |" for case in shown)])


def _text(case: Case) -> str:
    """Return a case's text line by line, and beneath it in small print what it shows and what the client knows."""
    known = [f"{name}: {escaped(fact)}" for name, fact in (("title", case.article.title), ("outlet", case.article.outlet)) if fact]
    lines = "<br>".join(map(escaped, case.article.text.strip().splitlines()))
    return f"{lines}<br><small>{'<br>'.join([escaped(case.comment), *known])}</small>"


def _contents(stated: dict[str, Any]) -> str:
    return "<br>".join(map(_words, stated["contents"]))


def _besides(stated: dict[str, Any], case: Case) -> str:
    told = [f"{name}: {escaped(str(stated[name]))}" for name in _BESIDES if name in stated]
    told += [f"via: {escaped(via)}" for via in stated.get("via", [])]
    if "parent" in stated:
        told.append(f"inside: {_words(case.attributions[stated['parent']].get('cue')) or '…'}")
    return "<br>".join(told)


def _words(stated: str | None) -> str:
    """Return a part without the number that says which of its occurrences is meant."""
    return escaped(re.sub(r"#\d+$", "", stated or ""))


def escaped(said: str) -> str:
    """Return words as Markdown that shows just them."""
    return _SPECIAL.sub(r"\\\1", html.escape(said, quote=False))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    if parser.parse_args(arguments).write:
        PAGE.write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())


if __name__ == "__main__":
    main()
