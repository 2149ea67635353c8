"""What is in ``models/`` is what the manifest says, small enough, and loads by plain Stanza."""

import hashlib
import json
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "models"
MANIFEST = json.loads((MODELS / "manifest.json").read_text(encoding="utf-8"))
MEGABYTE = 1_000_000


@pytest.mark.parametrize("name", sorted(MANIFEST["files"]))
def test_weight_file_is_the_one_in_the_manifest(name):
    """A truncated or swapped file is told apart by size and SHA-256."""
    content = (MODELS / name).read_bytes()
    assert len(content) == MANIFEST["files"][name]["bytes"]
    assert hashlib.sha256(content).hexdigest() == MANIFEST["files"][name]["sha256"]


def test_manifest_names_every_weight_file():
    """No weight is shipped unchecked."""
    there = {path.relative_to(MODELS).as_posix() for path in (MODELS / "ar").rglob("*.pt")}
    assert there == set(MANIFEST["files"])


def test_manifest_has_a_version():
    """The service reports it with every answer."""
    assert MANIFEST["version"].startswith("news-")


def test_weights_stay_under_sixty_megabytes():
    """A clone stays small."""
    assert sum(entry["bytes"] for entry in MANIFEST["files"].values()) < 60 * MEGABYTE


def test_tagger_knows_the_four_classes(pipeline):
    """Annotation relies on these labels."""
    assert pipeline.processors["ner"].get_known_tags() == ["LOC", "MISC", "ORG", "PER"]
