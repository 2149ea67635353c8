"""One table of a corpus, sorted by outlet and month into files that do not depend on how its rows arrived, only on their order.

An external sort: rows gather in memory until there are too many, then go into a *run*, a file with their partitions one after another;
in the end every partition is read out of the runs, in order, and written into files of a fixed number of rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import pyarrow as pa
from pyarrow import parquet

from service.corpus import schema
from service.corpus.staging import WORK
from service.corpus.store import Store

UNKNOWN = "unknown"
"""Names the folder of rows whose outlet or month is not known. Hive has a null for it, which readers choke on where all are null."""

_RUN_BYTES = 256 * 1024 * 1024  # of rows in memory
_FILE_ROWS = 100_000
_GROUP_ROWS = 20_000
_LONGEST_NAME = 255  # bytes of a folder's name
_ESCAPED = frozenset("\"#%'*/:=?\\{}[]^\x7f") | {chr(code) for code in range(32)}  # what Hive escapes

Key = tuple[str, ...]
"""A partition: the names of its folders, below the table's."""


@dataclass
class Partitions:
    """Rows of one table on their way into its partitions."""

    store: Store
    name: str  # of the table, and of its folder
    table: pa.Schema
    metadata: dict[str, str]
    run_bytes: int = _RUN_BYTES
    _gathered: list[pa.Table] = field(default_factory=list, init=False)
    _bytes: int = field(default=0, init=False)
    _runs: dict[Key, list[tuple[str, int]]] = field(default_factory=dict, init=False)  # run and row group in it
    _count: int = field(default=0, init=False)  # of runs

    def add(self, rows: pa.Table) -> None:
        """Take rows; their order is the order in their partition."""
        self._gathered.append(rows)
        self._bytes += rows.nbytes
        if self._bytes >= self.run_bytes:
            self._spill()

    def finish(self) -> int:
        """Write the partitions and return how many files that made."""
        if self._runs:
            self._spill()
            return sum(self._write(key, map(self._read, places)) for key, places in self._runs.items())
        return sum(self._write(key, [rows]) for key, rows in _by_key(self._taken()))

    def _taken(self) -> pa.Table:
        gathered, self._gathered, self._bytes = self._gathered, [], 0
        return pa.concat_tables(gathered) if gathered else self.table.empty_table()

    def _spill(self) -> None:
        run = f"{WORK}/runs/{self.name}-{self._count:06d}.parquet"
        self._count += 1
        with self.store.writing(run) as file, parquet.ParquetWriter(file, self.table, compression="zstd") as writer:
            for group, (key, rows) in enumerate(_by_key(self._taken())):
                writer.write_table(rows, row_group_size=rows.num_rows)
                self._runs.setdefault(key, []).append((run, group))

    def _read(self, place: tuple[str, int]) -> pa.Table:
        run, group = place
        with self.store.reading(run) as file, parquet.ParquetFile(file) as opened:
            return opened.read_row_group(group).cast(self.table)

    def _write(self, key: Key, tables: Iterable[pa.Table]) -> int:
        columns = [name for name in self.table.names if name not in schema.PARTITION]
        number = 0
        for number, rows in enumerate(_in_files(tables), 1):
            with self.store.writing("/".join((self.name, *key, f"part-{number - 1:05d}.parquet"))) as file:
                _write(rows.select(columns).replace_schema_metadata(self.metadata), file)
        return number


def folder(name: str, value: str | None) -> str:
    """Return the folder of a partition: readable, escaped as Hive does, and where it would be too long, cut and told apart by a digest."""
    escaped = "".join(f"%{ord(letter):02X}" if letter in _ESCAPED else letter for letter in value or UNKNOWN)
    whole = f"{name}={escaped}"
    if len(whole.encode()) <= _LONGEST_NAME:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:16]
    return f"{whole.encode()[: _LONGEST_NAME - len(digest) - 1].decode(errors='ignore')}~{digest}"


def _by_key(rows: pa.Table) -> Iterator[tuple[Key, pa.Table]]:
    """Yield the partitions that are among the rows, by their folders in order, and their rows."""
    names = [name for name in schema.PARTITION if name in rows.column_names]
    places: dict[tuple[str | None, ...], list[int]] = {}
    for index, values in enumerate(zip(*(rows[name].to_pylist() for name in names), strict=True)):
        places.setdefault(values, []).append(index)
    if not names and rows.num_rows:
        places[()] = list(range(rows.num_rows))
    keyed: dict[Key, list[int]] = {}
    for values, indices in places.items():
        keyed.setdefault(tuple(map(folder, names, values)), []).extend(indices)
    for key, indices in sorted(keyed.items()):
        yield key, rows.take(pa.array(sorted(indices), pa.int64()))


def _in_files(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield the rows of the tables again, as many together as a file holds."""
    rest: list[pa.Table] = []
    for table in tables:
        rest.append(table)
        while sum(rows.num_rows for rows in rest) >= _FILE_ROWS:
            whole = pa.concat_tables(rest)
            yield whole.slice(0, _FILE_ROWS)
            rest = [whole.slice(_FILE_ROWS)]
    if any(rows.num_rows for rows in rest):
        yield pa.concat_tables(rest)


def _write(rows: pa.Table, file: BinaryIO) -> None:
    """Write a file whose bytes depend on nothing but the rows and the release of Arrow."""
    parquet.write_table(
        rows.combine_chunks(), file, row_group_size=_GROUP_ROWS, version="2.6", data_page_version="1.0", compression="zstd", compression_level=3
    )
