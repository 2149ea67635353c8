"""Where a corpus is written: a folder of any file system that fsspec knows, in which a file is there whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import fsspec


class StoreUnknown(Exception):  # noqa: N818 — the name says what is wrong; "…Error" would say less
    """Nobody here knows the file system that a URL names; the message says why."""


@dataclass(frozen=True)
class Store:
    """A folder; `root` is its path in `system`, and every name is a path below it."""

    system: Any  # fsspec's
    root: str

    def path(self, name: str) -> str:
        """Return where a file lies."""
        return f"{self.root}/{name}"

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Yield a file to write; it has its name only once all of it is written."""
        path, draft = self.path(name), self.path(f"{name}.{uuid.uuid4().hex}.draft")
        self.system.makedirs(path.rpartition("/")[0], exist_ok=True)
        try:
            with self.system.open(draft, "wb") as file:
                yield file
                file.flush()
                with suppress(AttributeError, OSError):  # only a file of this machine has a number, and a disk that can fail under it
                    os.fsync(file.fileno())
            self.system.mv(draft, path)
        except BaseException:
            with suppress(FileNotFoundError):
                self.system.rm_file(draft)
            raise

    @contextmanager
    def reading(self, name: str) -> Iterator[BinaryIO]:
        """Yield a file to read.

        Raises:
            FileNotFoundError: there is none of that name.
        """
        with self.system.open(self.path(name), "rb") as file:
            yield file

    def names(self, folder: str = "") -> list[str]:
        """Return what lies in a folder, without what lies below; nothing where there is no such folder."""
        self.system.invalidate_cache()
        with suppress(FileNotFoundError):
            return sorted(path.rstrip("/").rpartition("/")[2] for path in self.system.ls(self.path(folder).rstrip("/"), detail=False))
        return []

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all that is in it, where there is one."""
        with suppress(FileNotFoundError):
            self.system.rm(self.path(name), recursive=True)


def store_at(url: str) -> Store:
    """Return the folder that a path or a URL names; it need not be there.

    Raises:
        StoreUnknown: nobody knows a file system of that name, or its package is not installed.
    """
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ValueError, ImportError) as error:
        raise StoreUnknown(f"{url}: {error}") from error
    return Store(system, path.rstrip("/"))
