"""Files as articles: globs, standard input, encodings told apart, HTML by its name."""

from __future__ import annotations

import glob
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from service.attribution import Article

STANDARD_INPUT = "-"
_HTML = frozenset({".html", ".htm", ".xhtml"})
_WINDOWS = "cp1256"
_LIKELY_ARABIC = 0.5  # share of letters that are Arabic in what windows-1256 makes of a file


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


def article_from(source: str, encoding: str, facts: Mapping[str, str | None]) -> Article:
    """Return the article in a file, or in standard input, with what the user knows of it.

    Raises:
        click.ClickException: it is no text in `encoding`, or HTML without an article.
    """
    content = sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()
    text = decoded(content, encoding, source)
    article = Article(source, text, **facts)
    if Path(source).suffix.lower() not in _HTML:
        return article
    from service.pages import article_from_html  # noqa: PLC0415 — the parser of HTML is heavy, and most files are text

    try:
        return article_from_html(text, article)
    except ValueError as error:
        raise click.ClickException(f"{source}: {error}") from error


def decoded(content: bytes, encoding: str, source: str) -> str:
    """Return the text of a file; offsets count its code points, a byte order mark left out.

    Raises:
        click.ClickException: it is not in `encoding`; where it reads as Arabic in windows-1256, the message says so.
    """
    try:
        return content.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except LookupError as error:
        raise click.ClickException(f"unknown encoding: {encoding}") from error
    except UnicodeDecodeError as error:
        advice = f"; it reads as Arabic in windows-1256: try --encoding {_WINDOWS}" if _is_windows_arabic(content) else ""
        raise click.ClickException(f"{source} is not {encoding} (byte {error.start:,}){advice}") from error


def gold_lines(sources: Iterable[Path]) -> bytes:
    """Return the annotated articles of files and directories as request lines: id and text, nothing that gives an answer away."""
    files = [file for source in sources for file in (sorted(source.glob("*.json")) if source.is_dir() else [source])]
    articles = [json.loads(file.read_text("utf-8")) for file in files]
    return b"".join(json.dumps({"id": article["id"], "text": article["text"]}, ensure_ascii=False).encode() + b"\n" for article in articles)


def _is_windows_arabic(content: bytes) -> bool:
    letters = [character for character in content.decode(_WINDOWS, "replace") if character.isalpha()]
    arabic = sum("\N{ARABIC LETTER HAMZA}" <= character <= "\N{ARABIC LETTER YEH BARREE}" for character in letters)
    return arabic > _LIKELY_ARABIC * len(letters)
