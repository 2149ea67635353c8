"""The recipe as a command, where its corpora are absent; and what it packages."""

import json

import torch
from click.testing import CliRunner

from models.train.__main__ import recipe
from models.train.packaging import RESOURCES, write_manifest
from models.train.sources import SOURCES


def test_missing_corpora_are_named_with_their_homes(tmp_path):
    """Whoever lacks the data learns where each corpus is had, and the exit code is not zero."""
    outcome = CliRunner().invoke(recipe, ["--data", str(tmp_path), "--work", str(tmp_path / "work"), "prepare"])
    assert outcome.exit_code == 1
    assert all(source.path in outcome.output and source.home in outcome.output for source in SOURCES)


def test_every_stage_says_what_it_does():
    """The help lists the stages with a line each."""
    outcome = CliRunner().invoke(recipe, ["--help"])
    assert outcome.exit_code == 0
    assert all(command.help for command in recipe.commands.values())


def test_manifest_is_written_over_the_files_there(tmp_path):
    """Name, size and checksum of each weight file."""
    (tmp_path / "ar" / "mwt").mkdir(parents=True)
    torch.save({"a": torch.zeros(3)}, tmp_path / "ar" / "mwt" / "news.pt")
    write_manifest(tmp_path)
    entry = json.loads((tmp_path / "manifest.json").read_text())["files"]["ar/mwt/news.pt"]
    assert entry["bytes"] == (tmp_path / "ar" / "mwt" / "news.pt").stat().st_size
    assert len(entry["sha256"]) == 64


def test_resources_tie_the_tagger_to_its_vectors():
    """Stanza finds the vectors by the tagger's dependency."""
    assert RESOURCES["ar"]["ner"]["news"]["dependencies"] == [{"model": "pretrain", "package": "news"}]
