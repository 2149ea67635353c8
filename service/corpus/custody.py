"""A process that answers, and its keeper: what ends it, hangs it or fails in it is found out, set apart and told, and the rest goes on.

The process is spawned, not forked: its keeper runs threads, and torch does not survive a fork among them. It reads one pipe and ends
where its keeper does.
"""

from __future__ import annotations

import os
import platform
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, cast

from service.corpus.answering import Answering, Identity
from service.corpus.outcomes import Outcome, quarantined
from service.corpus.records import Reason, Record
from service.settings import SettingsInvalid
from service.weights import WeightsUnusable

Load = Callable[[], Answering]

_STARTS = 3  # of a process that ends before it is ready
_START_SECONDS = 600.0  # for loading models from a slow disk
_ENDED = (EOFError, OSError)  # what a pipe raises whose other end is gone
_STOPPED = "stopped"
_SPAWN = get_context("spawn")

_Kept = tuple[BaseProcess, Connection]


class Unanswerable(Exception):  # noqa: N818 — the name says what is wrong; "…Error" would say less
    """No process here can answer, or none as the corpus needs it; the message says why. Nothing is wrong with the articles."""


class _Word(StrEnum):
    """What the process says before what it has to say."""

    READY = "ready"
    UNUSABLE = "unusable"
    OUTCOMES = "outcomes"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a group of records has no outcomes."""

    reason: Reason
    detail: str


@dataclass
class Custody:
    """Keeps one process that answers by `load`, and replaces it when it is lost.

    `identity` is what its answers must depend on; `environment` are variables it is started with; `seconds` is what one call may take.
    """

    load: Load
    identity: Identity
    environment: Mapping[str, str]
    seconds: float
    _kept: _Kept | None = field(default=None, init=False)
    _closed: bool = field(default=False, init=False)

    def outcomes(self, file: str, records: Sequence[Record]) -> list[Outcome]:
        """Return what becomes of each record of a file, in order.

        Where the records fail together, each is asked for alone; one that fails alone, or twice ends its process, is in quarantine.

        Raises:
            Unanswerable: no process gets as far as answering, or it would answer by another engine than the corpus was begun with.
        """
        failure = self._ask(file, records)
        if isinstance(failure, _Failure) and failure.reason is not Reason.EXCEPTION:
            failure = self._ask(file, records)  # it may only have stood beside a process that was killed
        if not isinstance(failure, _Failure):
            return failure
        if len(records) == 1:
            return [quarantined(file, records[0], failure.reason, failure.detail)]
        return [outcome for record in records for outcome in self.outcomes(file, [record])]

    def close(self) -> None:
        """End the process; a call that waits for it in another thread raises Unanswerable."""
        self._closed = True
        if self._kept is not None:
            self._kept[0].kill()

    def _ask(self, file: str, records: Sequence[Record]) -> list[Outcome] | _Failure:
        if self._closed:
            raise Unanswerable(_STOPPED)
        process, pipe = self._kept or self._start()
        try:
            pipe.send((file, records))
            heard = _heard(pipe, self.seconds)
        except _ENDED:
            if self._closed:
                raise Unanswerable(_STOPPED) from None
            self._end()
            return _Failure(Reason.DIED, f"its process ended: {_status(process)}")
        if heard is None:
            self._end()
            return _Failure(Reason.SLOW, f"no answer within {self.seconds:g} s")
        word, said = heard
        return said if word is _Word.OUTCOMES else _Failure(Reason.EXCEPTION, said)

    def _start(self) -> _Kept:
        """Start a process and wait until it is ready."""
        for _ in range(_STARTS):
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_serve, args=(theirs, self.load, dict(self.environment)), daemon=True)
            process.start()
            theirs.close()
            self._kept = process, ours
            try:
                heard = _heard(ours, _START_SECONDS)
            except _ENDED:
                self._end()
                continue
            if heard is None:
                raise Unanswerable(f"a process that answers is not ready within {_START_SECONDS:g} s")
            word, said = heard
            if word is _Word.UNUSABLE:
                raise Unanswerable(said)
            self._check(said)
            return self._kept
        raise Unanswerable(f"a process that answers ends before it is ready: {_status(process)}")

    def _check(self, identity: Identity) -> None:
        other = sorted(name for name in self.identity.keys() | identity.keys() if self.identity.get(name) != identity.get(name))
        if other:
            told = ", ".join(f"{name} {identity.get(name)} instead of {self.identity.get(name)}" for name in other)
            raise Unanswerable(f"{platform.node()} has another engine than the corpus was begun with: {told}")

    def _end(self) -> None:
        if self._kept is not None:
            process, pipe = self._kept
            self._kept = None
            process.kill()
            process.join()
            pipe.close()


def _heard(pipe: Connection, seconds: float) -> tuple[_Word, Any] | None:
    """Return what the process says next, or nothing where it takes longer."""
    return cast("tuple[_Word, Any]", pipe.recv()) if pipe.poll(seconds) else None


def _serve(pipe: Connection, load: Load, environment: Mapping[str, str]) -> None:
    """Answer what comes through the pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the keeper decides
    os.environ.update(environment)
    try:
        answering = load()
    except Exception as error:  # noqa: BLE001 — whatever it is, the keeper tells it
        told = str(error) if isinstance(error, (SettingsInvalid, WeightsUnusable)) else f"{type(error).__name__}: {error}"
        pipe.send((_Word.UNUSABLE, told))
        return
    with suppress(*_ENDED):
        pipe.send((_Word.READY, dict(answering.identity)))
        while True:
            pipe.send(_answer(answering, *pipe.recv()))


def _answer(answering: Answering, file: str, records: Sequence[Record]) -> tuple[_Word, Any]:
    try:
        return _Word.OUTCOMES, answering.outcomes(file, records)
    except Exception as error:  # noqa: BLE001 — one article must not end the run, whatever it brings about
        return _Word.EXCEPTION, f"{type(error).__name__}: {error}".encode(errors="backslashreplace").decode()


def _status(process: BaseProcess) -> str:
    """Return how a process ended, by the name of the signal where one did it."""
    code = process.exitcode or 0
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"
