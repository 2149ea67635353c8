"""Shards that are answered and not yet in their partitions: a Parquet file each, committed by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import parquet

from service.corpus import schema
from service.corpus.outcomes import Outcome
from service.corpus.store import Store

WORK = "_work"
"""What a run needs until it is over; the underscore keeps readers of the corpus out of it."""

_SHARDS = f"{WORK}/shards"
_SUFFIX = ".parquet"


@dataclass(frozen=True)
class Staging:
    """The answered shards of one corpus."""

    store: Store

    def committed(self) -> frozenset[str]:
        """Return the names of the shards that are there."""
        return frozenset(name.removesuffix(_SUFFIX) for name in self.store.names(_SHARDS) if name.endswith(_SUFFIX))

    def has(self, name: str) -> bool:
        """Return whether a shard is there."""
        return bool(self.store.system.exists(self.store.path(f"{_SHARDS}/{name}{_SUFFIX}")))

    def commit(self, name: str, outcomes: Sequence[Outcome]) -> None:
        """Write a shard; until all of it is written it is not there."""
        table = pa.Table.from_pylist(list(outcomes), schema.OUTCOMES)
        with self.store.writing(f"{_SHARDS}/{name}{_SUFFIX}") as file:
            parquet.write_table(table, file, compression="zstd")

    def read(self, name: str) -> pa.Table:
        """Return the outcomes of a shard that is there."""
        with self.store.reading(f"{_SHARDS}/{name}{_SUFFIX}") as file:
            return parquet.read_table(file, schema=schema.OUTCOMES)
