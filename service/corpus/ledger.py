"""What a corpus was begun with and how it ended: by which engine its answers are, from what input, and how many there are.

Nothing in it depends on when, where or by how many processes a corpus was made, so that it too is the same each time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from service.corpus import schema
from service.corpus.answering import Identity
from service.corpus.assembly import Counts
from service.corpus.records import File
from service.corpus.staging import WORK
from service.corpus.store import Store

SUCCESS = "_SUCCESS"
_LEDGER = "_ledger.json"


class CorpusRefused(Exception):  # noqa: N818 — the name says what is wrong; "…Error" would say less
    """What lies in the output is not for this run to go on with; the message says why and what to do."""


@dataclass(frozen=True)
class Ledger:
    """The books of the corpus in one folder."""

    store: Store

    def begin(self, identity: Identity, *, restart: bool) -> None:
        """Open the books of a new corpus, or those of one that this engine began.

        Raises:
            CorpusRefused: another engine began it, or the folder holds something else.
        """
        if restart:
            self._clear()
        begun = self._read(_LEDGER)
        if begun is None:
            if found := self.store.names():
                raise CorpusRefused(f"{self.store.root} holds {found[0]} and no corpus: give an empty folder")
            self._write(_LEDGER, {"identity": dict(identity)})
        elif begun["identity"] != identity:
            raise CorpusRefused(
                f"{self.store.root} was begun with another engine ({_differences(begun['identity'], identity)}): "
                "go on with that one, give another folder, or --restart to throw its answers away"
            )

    def ended(self, files: Sequence[File]) -> Counts | None:
        """Return what the corpus holds if it is complete.

        Raises:
            CorpusRefused: it is complete, and of other input.
        """
        summary = self._read(SUCCESS)
        if summary is None:
            return None
        if summary["input"] != _listed(files):
            raise CorpusRefused(f"{self.store.root} is complete, of other input: give another folder for this one, or --restart")
        return Counts(**summary["counts"])

    def end(self, identity: Identity, files: Sequence[File], counts: Counts) -> None:
        """Write that the corpus is complete, and clear what was needed to make it."""
        self._write(SUCCESS, {"identity": dict(identity), "counts": asdict(counts), "input": _listed(files)})
        self.store.remove(WORK)

    def _clear(self) -> None:
        if self._read(_LEDGER) is not None:  # else it is none of ours
            for name in (SUCCESS, *schema.TABLES, WORK, _LEDGER):
                self.store.remove(name)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            with self.store.reading(name) as file:
                content: dict[str, Any] = json.load(file)
        except FileNotFoundError:
            return None
        return content

    def _write(self, name: str, content: dict[str, Any]) -> None:
        with self.store.writing(name) as file:
            file.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")


def _listed(files: Sequence[File]) -> list[dict[str, Any]]:
    return [{"file": file.name, "bytes": file.size} for file in files]


def _differences(begun: Identity, now: Identity) -> str:
    other = sorted(name for name in begun.keys() | now.keys() if begun.get(name) != now.get(name))
    return ", ".join(f"{name} {begun.get(name)}, now {now.get(name)}" for name in other)
