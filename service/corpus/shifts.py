"""One shard from its records to its commit: what every engine hands out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.corpus.answering import Identity
from service.corpus.custody import Custody, Load
from service.corpus.outcomes import Outcome
from service.corpus.records import Record, Shard, grouped
from service.corpus.staging import Staging
from service.settings import PREFIX

_TOGETHER = 16  # records extracted at once: models read short articles together at a quarter of the cost; more gains nothing
_TOGETHER_BYTES = 64 * 1024  # of their lines, so that what is asked at once stays small


@dataclass(frozen=True)
class Job:
    """What every process of a run has to know."""

    staging: Staging
    load: Load
    identity: Identity
    environment: Mapping[str, str]
    seconds: float  # that an article may take

    def custody(self) -> Custody:
        """Return a keeper of a process of its own."""
        return Custody(self.load, self.identity, self.environment, self.seconds)

    def answer(self, shard: Shard, custody: Custody) -> None:
        """Answer a shard and commit it, unless somebody did.

        Raises:
            Unanswerable: no process can.
        """
        if self.staging.has(shard.name):  # committed by a node that was lost before it could say so
            return
        self.staging.commit(shard.name, outcomes(shard.file.name, shard.records, custody))


def outcomes(file: str, records: Sequence[Record], custody: Custody) -> list[Outcome]:
    """Return what becomes of each record of a file, in order, asked for in groups that depend on nothing but the records."""
    return [outcome for group in grouped(records, _TOGETHER, _TOGETHER_BYTES) for outcome in custody.outcomes(file, group)]


def environment() -> Mapping[str, str]:
    """Return the variables that hold wherever this run answers: its settings, and one thread a process, so that sums come out the same."""
    return {**{name: value for name, value in os.environ.items() if name.startswith(PREFIX)}, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
