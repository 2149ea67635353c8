"""Shards handed to processes of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from queue import SimpleQueue

from service.corpus.custody import Custody
from service.corpus.records import Shard
from service.corpus.shifts import Job

_AHEAD = 1  # shards a worker has waiting: their records are in memory


def answered(shards: Iterable[Shard], job: Job, workers: int) -> Iterator[Shard]:
    """Yield the shards as they are committed, in no order; those without records are passed on.

    Each of the `workers` is a thread that keeps a process of its own. When the caller stops, so do they.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(workers))
        free: SimpleQueue[Custody] = SimpleQueue()
        for _ in range(workers):
            custody = job.custody()
            stack.callback(custody.close)  # before the threads are waited for
            free.put(custody)
        waiting: set[Future[Shard]] = set()
        for shard in shards:
            if not shard.records:
                yield shard
                continue
            waiting.add(pool.submit(_answered, shard, job, free))
            while len(waiting) >= (1 + _AHEAD) * workers:
                yield from _taken(waiting)
        while waiting:
            yield from _taken(waiting)


def _answered(shard: Shard, job: Job, free: SimpleQueue[Custody]) -> Shard:
    custody = free.get()
    try:
        job.answer(shard, custody)
    finally:
        free.put(custody)
    return shard


def _taken(waiting: set[Future[Shard]]) -> list[Shard]:
    """Wait for one shard at least, and take what is done out of those that wait."""
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    waiting -= done
    return [future.result() for future in done]
