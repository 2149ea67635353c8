"""One shard from its records to its commit: what every engine hands out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from service.corpus.answering import Identity
from service.corpus.custody import Custody, Load
from service.corpus.records import Shard, grouped
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
        groups = grouped(shard.records, _TOGETHER, _TOGETHER_BYTES)
        self.staging.commit(shard.name, [outcome for group in groups for outcome in custody.outcomes(shard.file.name, group)])


def environment() -> Mapping[str, str]:
    """Return the variables that hold wherever this run answers: its settings, and one thread a process, so that sums come out the same."""
    return {**{name: value for name, value in os.environ.items() if name.startswith(PREFIX)}, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
