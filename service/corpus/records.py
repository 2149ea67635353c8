"""What a corpus is made of before it is read: files, the records in them, and shards of records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a record has no answer."""

    INVALID = "invalid"  # not an article as the API takes it
    UNREADABLE = "unreadable"  # from here on its file cannot be read
    EXCEPTION = "exception"  # the extractor failed on it
    DIED = "died"  # it ended its process
    SLOW = "slow"  # it took longer than an article may


@dataclass(frozen=True, slots=True)
class File:
    """A file of articles: its place in the order of the input, its name below the input, where it lies and its size in bytes."""

    index: int
    name: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Record:
    """One article as it lies in its file: `line` is JSON, `number` its line or row there, counted from 1.

    Where it could not be read, `line` is as much of it as there is and `fault` says what is wrong.
    """

    number: int
    line: bytes
    fault: str | None = None
    reason: Reason = Reason.INVALID  # what to file the fault under


@dataclass(frozen=True, slots=True)
class Shard:
    """Records of one file that follow each other: what is answered by one process and committed at once.

    `name` tells its content: the same records at the same place have the same name, in any run.
    """

    file: File
    name: str
    first: int  # number of its first record
    size: int  # records
    records: tuple[Record, ...]  # none where it was committed before


def shard_of(file: File, records: Sequence[Record]) -> Shard:
    """Return the shard that these records make; there is one of them at least."""
    digest = hashlib.sha256()
    for record in records:
        digest.update(f"{record.number} {len(record.line)} {record.fault or ''}\n".encode() + record.line)
    place = hashlib.sha256(file.name.encode()).hexdigest()
    name = f"{place[:16]}-{records[0].number:012d}-{digest.hexdigest()[:32]}"
    return Shard(file, name, records[0].number, len(records), tuple(records))


def grouped(records: Sequence[Record], most: int, most_bytes: int) -> Iterator[list[Record]]:
    """Yield the records in groups of at most `most`, and of at most `most_bytes` where that is more than one."""
    group: list[Record] = []
    size = 0
    for record in records:
        if group and (len(group) == most or size + len(record.line) > most_bytes):
            yield group
            group, size = [], 0
        group.append(record)
        size += len(record.line)
    if group:
        yield group
