"""Articles in: which files a corpus has, and their records as they stream by, never a whole file in memory."""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from gzip import BadGzipFile
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec
import orjson
import pyarrow as pa
from fsspec.utils import infer_compression
from pyarrow import parquet

from service.corpus.records import File, Reason, Record, Shard, shard_of

FIELDS = ("id", "text", "html", "title", "outlet", "url", "published_at")
"""The columns of a Parquet file that are read: the fields of a request."""

_LINES = frozenset({".jsonl", ".ndjson", ".json"})
_TABLES = frozenset({".parquet", ".pq"})
_MAGIC = frozenset("*?[")
_BUFFER = 1 << 20  # bytes read at a time
_DAMAGED = (EOFError, lzma.LZMAError, zlib.error, BadGzipFile, pa.ArrowInvalid)  # what a file that is cut short or no such file raises


class NoArticles(Exception):  # noqa: N818 — the name says what is wrong; "…Error" would say less
    """There is nothing to answer where the input should be; the message says why."""


@dataclass(frozen=True)
class Input:
    """Where the articles are: a file system and the files in it, by name in order; `ignored` are those that hold no records."""

    files: tuple[File, ...]
    ignored: tuple[str, ...]
    system: Any  # fsspec's


def look_up(source: str) -> Input:
    """Return the files that a path, a directory, a glob or a URL names.

    Raises:
        NoArticles: there is nothing by that name, or nothing in it that could hold articles.
    """
    try:
        system, path = fsspec.core.url_to_fs(source)
    except (ValueError, ImportError) as error:  # a scheme nobody knows, or whose package is not installed
        raise NoArticles(f"{source}: {error}") from error
    if _MAGIC & set(path):
        root, found = _unmagical(path), [name for name in system.glob(path) if system.isfile(name)]
    elif system.isdir(path):
        root, found = path, [name for name in system.find(path) if not _is_hidden(name[len(path) :])]
    else:
        root, found = str(PurePosixPath(path).parent), [path] if system.exists(path) else []
    names = sorted(found)
    if foreign := [name for name in names if _is_foreign(name)]:
        raise NoArticles(f"{foreign[0]!r}: the name is not UTF-8, and no row could tell where it is from")
    files = [name for name in names if _format(name) in _LINES | _TABLES]
    if not files:
        raise NoArticles(f"{source}: " + ("no file of .jsonl, .ndjson, .json or .parquet, compressed or not" if names else "no such file"))
    listed = tuple(File(index, _below(root, name), name, int(system.size(name) or 0)) for index, name in enumerate(files))
    return Input(listed, tuple(_below(root, name) for name in names if name not in set(files)), system)


def shards(system: Any, file: File, size: int, most_bytes: int, done: Collection[str] = frozenset()) -> Iterator[Shard]:
    """Yield a file's records in shards of `size`; those whose name is in `done` come without their records.

    A line of more than `most_bytes` is not read; where a file is damaged, what comes before is answered, and the last record says so.
    """
    gathered: list[Record] = []
    for record in _records(system, file, size, most_bytes):
        gathered.append(record)
        if len(gathered) == size:
            yield _told(shard_of(file, gathered), done)
            gathered = []
    if gathered:
        yield _told(shard_of(file, gathered), done)


def _told(shard: Shard, done: Collection[str]) -> Shard:
    return replace(shard, records=()) if shard.name in done else shard


def _records(system: Any, file: File, rows: int, most_bytes: int) -> Iterator[Record]:
    number = 0
    try:
        for record in _table(system, file, rows) if _format(file.path) in _TABLES else _lines(system, file, most_bytes):
            yield record
            number = record.number
    except _DAMAGED as error:
        yield Record(number + 1, b"", f"the file cannot be read from here on: {error}", Reason.UNREADABLE)


def _lines(system: Any, file: File, most_bytes: int) -> Iterator[Record]:
    compression = infer_compression(file.path)
    with system.open(file.path, "rb", compression=compression) as opened:
        stream = io.BufferedReader(cast("io.RawIOBase", opened), _BUFFER)
        number = 0
        while line := stream.readline(most_bytes + 1):
            number += 1
            if len(line) > most_bytes and not line.endswith(b"\n"):
                _skip_line(stream)
                yield Record(number, b"", f"longer than {most_bytes:,} bytes, the limit of one line")
            elif line.strip():
                yield Record(number, line.rstrip(b"\r\n"))


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(_BUFFER)) and not rest.endswith(b"\n"):
        pass


def _table(system: Any, file: File, rows: int) -> Iterator[Record]:
    with system.open(file.path, "rb") as opened, parquet.ParquetFile(opened) as table:
        columns = [name for name in FIELDS if name in table.schema_arrow.names]
        number = 1
        for batch in table.iter_batches(batch_size=rows, columns=columns):
            yield from records_of(batch, number)
            number += batch.num_rows


def records_of(batch: pa.RecordBatch, first: int) -> Iterator[Record]:
    """Yield the rows of a batch of articles, counted from `first`; columns that no request has are not read."""
    columns = {name: _texts(batch.column(name)) for name in FIELDS if name in batch.schema.names}
    for row in range(batch.num_rows):
        yield _row(first + row, {name: column[row] for name, column in columns.items()})


def _texts(column: Any) -> list[Any]:
    """Return a column's values as the API takes them: numbers, dates and times as text, text as its bytes."""
    if not pa.types.is_nested(column.type):
        column = column.cast(pa.large_string()).cast(pa.large_binary())
    return cast("list[Any]", column.to_pylist())


def _row(number: int, values: dict[str, Any]) -> Record:
    try:
        present = {name: value.decode() if isinstance(value, bytes) else value for name, value in values.items() if value is not None}
        return Record(number, orjson.dumps(present, default=str))
    except UnicodeDecodeError as error:
        return Record(number, b"", f"not UTF-8: {error}")


def _format(path: str) -> str:
    """Return the suffix that tells what a file holds, that of its compression aside."""
    name = PurePosixPath(path)
    return (PurePosixPath(name.stem) if infer_compression(path) else name).suffix.lower()


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "_")) for part in path.split("/"))


def _is_foreign(name: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in name)


def _unmagical(path: str) -> str:
    """Return the folder of a pattern: its parts before the first with a wildcard."""
    parts = path.split("/")
    plain = next(index for index, part in enumerate(parts) if _MAGIC & set(part))
    return "/".join(parts[:plain])


def _below(root: str, path: str) -> str:
    return path[len(root) :].lstrip("/") if path.startswith(root) else path
