"""Files as articles: globs, standard input, HTML by its name; what cannot be read is told and passed over."""

from __future__ import annotations

import glob
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from service.attribution import Article
from service.cli.encodings import UTF_8, declared, decoded

STANDARD_INPUT = "-"
_HTML = frozenset({".html", ".htm", ".xhtml"})


def expanded(sources: Sequence[str]) -> Iterator[str]:
    """Yield the files that the arguments name, globs by name in order.

    Raises:
        click.ClickException: nothing is there by such a name.
    """
    for source in sources:
        found = [source] if source == STANDARD_INPUT or Path(source).is_file() else sorted(glob.glob(source, recursive=True))  # noqa: PTH207 — patterns may be absolute
        files = [name for name in found if name == STANDARD_INPUT or Path(name).is_file()]
        if not files:
            raise click.ClickException(f"no such file: {source}")
        yield from files


def articles_from(sources: Sequence[str], encoding: str | None, facts: Mapping[str, str | None]) -> list[Article]:
    """Return the articles in those of the files that can be read; why the others cannot is told on standard error."""
    found = []
    for source in sources:
        try:
            found.append(article_from(source, encoding, facts))
        except (OSError, ValueError) as error:
            click.echo(f"isnad: {_shown(source)}: {error}", err=True)
            continue
        if not found[-1].text.strip():
            click.echo(f"isnad: {_shown(source)}: no text in it, hence nothing to attribute", err=True)
    return found


def article_from(source: str, encoding: str | None, facts: Mapping[str, str | None]) -> Article:
    """Return the article in a file, or in standard input, with what the user knows of it; offsets count its code points.

    `encoding` is what the user says it is in; otherwise HTML is in what it declares, and all else in UTF-8.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no text in the encoding, or HTML without an article.
    """
    content = _content(source)
    is_html = Path(source).suffix.lower() in _HTML
    text = decoded(content, encoding or (declared(content) if is_html else None) or UTF_8)
    article = Article(source, text, **facts)
    if not is_html:
        return article
    from service.pages import article_from_html  # noqa: PLC0415 — the parser of HTML is heavy, and most files are text

    return article_from_html(text, article)


def gold_lines(sources: Iterable[Path]) -> bytes:
    """Return the annotated articles of files and directories as request lines: id and text, nothing that gives an answer away."""
    files = [file for source in sources for file in (sorted(source.glob("*.json")) if source.is_dir() else [source])]
    articles = [json.loads(file.read_text("utf-8")) for file in files]
    return b"".join(json.dumps({"id": article["id"], "text": article["text"]}, ensure_ascii=False).encode() + b"\n" for article in articles)


def _shown(source: str) -> str:
    return "standard input" if source == STANDARD_INPUT else source


def _content(source: str) -> bytes:
    if source != STANDARD_INPUT:
        return Path(source).read_bytes()
    if sys.stdin.isatty():
        click.echo("isnad: reading the article from the keyboard; Ctrl-D on an empty line ends it", err=True)
    return sys.stdin.buffer.read()
