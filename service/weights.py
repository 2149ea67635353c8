"""The weights on disk: which release they are, and whether every byte of them is the one that was published.

Stanza verifies a checksum only when it downloads, which this service never does; so a manifest beside the weights names each file's
size and SHA-256, and a truncated or foreign file is refused before torch opens it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
UNVERIFIED = "unverified"
_BLOCK = 1 << 20


class WeightsUnusable(Exception):  # noqa: N818 — the name says what is wrong; "…Error" would say less
    """The models directory does not hold what its manifest promises; the message says which file, why and what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A release of the models: its version and the SHA-256 of every file, by path relative to the models directory."""

    directory: Path
    version: str
    sha256: Mapping[str, str]


def verified(directory: Path) -> Weights:
    """Return the release in `directory` once every file of its manifest has the promised size and SHA-256.

    Raises:
        WeightsUnusable: no manifest, an unreadable one, or a file that is missing, truncated or other than published.
    """
    manifest = _read_manifest(directory)
    for name, promised in manifest["files"].items():
        _check(directory / name, promised)
    return Weights(directory, manifest["version"], {name: promised["sha256"] for name, promised in manifest["files"].items()})


def unverified(directory: Path) -> Weights:
    """Return what lies in `directory` unexamined: for models that come without our manifest, such as Stanza's own.

    Raises:
        WeightsUnusable: there is no Stanza resource file, hence nothing to load.
    """
    if not (directory / "resources.json").is_file():
        raise WeightsUnusable(f"no resources.json in {directory}: point ISNAD_MODELS_DIR at a directory laid out as Stanza's")
    return Weights(directory, UNVERIFIED, {})


def _read_manifest(directory: Path) -> Mapping[str, Any]:
    path = directory / MANIFEST
    if not path.is_file():
        raise WeightsUnusable(
            f"no {MANIFEST} in {directory}: the models are missing there (ISNAD_MODELS_DIR), or set ISNAD_VERIFY_MODELS=false for models without one"
        )
    try:
        manifest: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        _ = manifest["version"], [(promised["sha256"], promised["bytes"]) for promised in manifest["files"].values()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsUnusable(f"{path} is not a manifest of this service ({error!r})") from error
    if not manifest["files"]:
        raise WeightsUnusable(f"{path} names no file")
    return manifest


def _check(path: Path, promised: Mapping[str, Any]) -> None:
    if not path.is_file():
        raise WeightsUnusable(f"{path} is missing, though the manifest names it: check the models out again")
    size = path.stat().st_size
    if size != promised["bytes"]:
        raise WeightsUnusable(f"{path} has {size:,} bytes instead of {promised['bytes']:,}: truncated or replaced, check the models out again")
    if _sha256(path) != promised["sha256"]:
        raise WeightsUnusable(f"{path} has another SHA-256 than the manifest's: damaged or replaced, check the models out again")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
