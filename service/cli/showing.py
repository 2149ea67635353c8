"""Where reports go: a table for reading, a document on standard output, or a file each in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click
import orjson

from service.api.reports import report_json
from service.api.versions import versions
from service.cli.reading import STANDARD_INPUT
from service.cli.table import show_table
from service.exports import FORMS, Outgoing
from service.weights import Weights

TABLE, JSON, LINES, STANDOFF = "table", "json", "jsonl", "brat"
_SUFFIXES = {JSON: ".json", LINES: ".jsonl", **{name: form.suffix for name, form in FORMS.items()}}

Write = Callable[[Sequence[Outgoing]], bytes]


def show(outgoing: Iterable[Outgoing], form: str, weights: Weights) -> None:
    """Write reports to standard output; a table or lines as each comes, all else as one document of them all."""
    if form == TABLE:
        for one in outgoing:
            show_table(one.report)
        return
    write = _writers(weights)[form]
    documents = ([one] for one in outgoing) if form == LINES else [list(outgoing)]
    for document in documents:
        sys.stdout.buffer.write(write(document))
        sys.stdout.buffer.flush()


def save(outgoing: Iterable[Outgoing], form: str, folder: Path, weights: Weights) -> None:
    """Write a file an article into `folder`; for standoff, the text that it lies beside too."""
    write = _writers(weights)[form]
    folder.mkdir(parents=True, exist_ok=True)
    for one in outgoing:
        target = folder / _name(one.report.id, form)
        target.write_bytes(write([one]))
        if form == STANDOFF:
            target.with_suffix(".txt").write_bytes(one.report.text.encode())


def refuse_what_cannot_be(form: str, folder: Path | None, sources: Sequence[str]) -> None:
    """Say what is wrong with a form, a folder and the sources before anything is done.

    Raises:
        click.ClickException: the message says what to do instead.
    """
    if folder is None:
        if form == STANDOFF and len(sources) > 1:
            raise click.ClickException("brat standoff is one file an article: give a folder with --into")
        return
    if form == TABLE:
        raise click.ClickException("a table is for reading; say by --format what to write into the folder")
    targets = [folder / _name(source, form) for source in sources]
    twice = {target for target in targets if targets.count(target) > 1}
    if twice:
        raise click.ClickException(f"several of the articles would be written to {min(twice)}; do them one by one, into folders of their own")
    written = {path.resolve() for target in targets for path in (target, *([target.with_suffix(".txt")] if form == STANDOFF else []))}
    for source in sources:
        if Path(source).resolve() in written:
            raise click.ClickException(f"{source} itself would be written over: give another folder with --into")


def _name(source: str, form: str) -> str:
    return ("stdin" if source == STANDARD_INPUT else Path(source).stem) + _SUFFIXES[form]


def _writers(weights: Weights) -> Mapping[str, Write]:
    """Return the writer of each form; of several reports JSON makes a list."""

    def answers(outgoing: Sequence[Outgoing]) -> list[object]:
        return [report_json(one.report, versions(weights), with_text=one.carries_text) for one in outgoing]

    def document(outgoing: Sequence[Outgoing]) -> bytes:
        found = answers(outgoing)
        return orjson.dumps(found[0] if len(found) == 1 else found, option=orjson.OPT_INDENT_2) + b"\n"

    def lines(outgoing: Sequence[Outgoing]) -> bytes:
        return b"".join(orjson.dumps(answer) + b"\n" for answer in answers(outgoing))

    return {JSON: document, LINES: lines, **{name: form.write for name, form in FORMS.items()}}
