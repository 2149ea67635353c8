"""Answered shards, put together: every table sorted into its partitions, and everything counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from service.corpus import schema
from service.corpus.answering import Identity
from service.corpus.partitions import Partitions
from service.corpus.staging import Staging

_READERS = 8  # shards read ahead: on an object store most of the time is waiting


@dataclass(frozen=True, slots=True)
class Counts:
    """What a corpus holds: records of the input, rows and files of each table, records in quarantine by reason."""

    records: int
    rows: dict[str, int]
    files: dict[str, int]
    reasons: dict[str, int]


def assemble(staging: Staging, shards: Sequence[str], identity: Identity) -> Counts:
    """Write the tables from the shards, in this order; what an assembly that was cut short left behind goes first."""
    metadata = {"isnad": json.dumps(dict(identity), sort_keys=True)}
    for name in schema.TABLES:
        staging.store.remove(name)
    tables = {name: Partitions(staging.store, name, table, metadata) for name, table in schema.TABLES.items()}
    rows, reasons, records = Counter[str](), Counter[str](), 0
    for outcomes in _read(staging, shards):
        records += outcomes.num_rows
        for name, partitions in tables.items():
            found = _rows(outcomes, name)
            rows[name] += found.num_rows
            partitions.add(found)
        reasons.update(_rows(outcomes, "quarantine")["reason"].to_pylist())
    files = {name: partitions.finish() for name, partitions in tables.items()}
    return Counts(records, {name: rows[name] for name in schema.TABLES}, files, dict(sorted(reasons.items())))


def _rows(outcomes: pa.Table, name: str) -> pa.Table:
    """Return the rows that outcomes add to a table."""
    flat = pc.list_flatten(outcomes[name])
    return pa.Table.from_struct_array(flat).cast(schema.TABLES[name])


def _read(staging: Staging, shards: Sequence[str]) -> Iterator[pa.Table]:
    """Yield the outcomes of the shards in order, some read ahead."""
    with ThreadPoolExecutor(_READERS) as pool:
        ahead = [pool.submit(staging.read, name) for name in shards[:_READERS]]
        for index in range(len(shards)):
            yield ahead[index % _READERS].result()
            if index + _READERS < len(shards):
                ahead[index % _READERS] = pool.submit(staging.read, shards[index + _READERS])
