"""Shards handed to a Ray cluster: read there, answered by a pool of actors, committed by whoever answered.

A shard is one row in a block of its own, so that it goes to one actor whole. An actor that is lost, or its node, is replaced by Ray and
its shard begun anew; an article that ends its process ends that of the actor's custody only.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

import pyarrow as pa
import ray
import ray.data
from ray.exceptions import RayError

from service.corpus.custody import Unanswerable
from service.corpus.intake import Input, shards
from service.corpus.records import File, Reason, Record, Shard
from service.corpus.shifts import Job

_ACTOR_CPUS = 0.5  # it uses all of one; what it leaves is room for the actors of a node that is lost, whose shards would wait for ever
_READER_CPUS = 0.1  # a reader waits for a disk or a network most of the time
_IN_FLIGHT = 2  # shards an actor has, the one it answers among them
_FILE = pa.struct([("index", pa.int64()), ("name", pa.string()), ("path", pa.string()), ("size", pa.int64())])
_RECORD = pa.struct([("number", pa.int64()), ("line", pa.large_binary()), ("fault", pa.string()), ("reason", pa.string())])
_SHARD = pa.schema([("file", _FILE), ("name", pa.string()), ("first", pa.int64()), ("size", pa.int64()), ("records", pa.list_(_RECORD))])
_COMMITTED = pa.schema([*_SHARD, ("fault", pa.string())])  # why no process of the actor can answer


@dataclass(frozen=True)
class Reading:
    """How a corpus is cut into shards."""

    articles: Input
    size: int  # records a shard
    most_bytes: int  # of one line
    done: Collection[str]  # names of shards committed before


def answered(reading: Reading, job: Job, workers: int | None) -> Iterator[Shard]:
    """Yield the shards as they are committed, in no order and without their records; a worker is an actor on one core, all cores where None.

    Raises:
        Unanswerable: no process can answer, or the cluster is lost.
    """
    most = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    files = [{"file": asdict(file)} for file in reading.articles.files]
    with _one_shard_a_block():
        cut = ray.data.from_items(files, override_num_blocks=len(files)).map_batches(
            _cut, fn_args=(reading,), batch_size=1, batch_format="pyarrow", num_cpus=_READER_CPUS
        )
        pool = ray.data.ActorPoolStrategy(min_size=1, max_size=most, max_tasks_in_flight_per_actor=_IN_FLIGHT)
        committed = cut.map_batches(
            Answerer,
            fn_constructor_args=(job,),
            batch_size=1,
            batch_format="pyarrow",
            compute=pool,
            num_cpus=_ACTOR_CPUS,
        )
        try:
            for row in committed.iter_rows():
                if row["fault"] is not None:
                    raise Unanswerable(row["fault"])
                yield _shard(row)
        except RayError as error:
            raise Unanswerable(f"Ray: {error}") from error


class Answerer:
    """An actor: the keeper of a process that answers."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._custody = job.custody()

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Answer the shard that is the one row of `batch`, and return it without its records."""
        shard, fault = _shard(batch.to_pylist()[0]), None
        try:
            if shard.records:
                self._job.answer(shard, self._custody)
        except Unanswerable as error:
            fault = str(error)
        return pa.Table.from_pylist([{**asdict(replace(shard, records=())), "fault": fault}], _COMMITTED)


@contextmanager
def connected(address: str | None) -> Iterator[None]:
    """Be part of the cluster at `address`; else of RAY_ADDRESS's, of the one that runs on this machine, or of one made for as long."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    if ray.is_initialized():
        yield
        return
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING)
    except Exception as error:  # Ray raises whatever it likes, bare exceptions among it
        raise Unanswerable(f"no Ray cluster{f' at {address}' if address else ''}: {error}") from error
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def _one_shard_a_block() -> Iterator[None]:
    """Keep Ray Data from putting shards together, from giving up on slow ones, and from drawing bars of its own."""
    context = ray.data.DataContext.get_current().copy()
    context.target_max_block_size = 1  # byte: a block is closed once it holds more
    context.execution_no_progress_timeout_s = -1
    context.enable_progress_bars = False
    with ray.data.DataContext.current(context):
        yield


def _cut(batch: pa.Table, reading: Reading) -> Iterator[pa.Table]:
    for row in batch.to_pylist():
        for shard in shards(reading.articles.system, File(**row["file"]), reading.size, reading.most_bytes, reading.done):
            yield pa.Table.from_pylist([asdict(shard)], _SHARD)


def _shard(row: dict[str, Any]) -> Shard:
    records = tuple(Record(record["number"], record["line"], record["fault"], Reason(record["reason"])) for record in row["records"])
    return Shard(File(**row["file"]), row["name"], row["first"], row["size"], records)
