"""`isnad corpus` as it is typed: its options, its last words, its exit status."""

import os
import sys

import pytest
from click.testing import CliRunner

from service.cli import main
from service.corpus import run as running
from tests.corpus import stand_ins
from tests.corpus.conftest import article, lines_of
from tests.corpus.stand_ins import FAULTY


@pytest.fixture(name="isnad")
def _isnad(monkeypatch):
    """Return what runs the command over the stand-in."""
    monkeypatch.setattr(running, "installed", lambda: stand_ins.IDENTITY)
    monkeypatch.setattr(running.Engine.__init__, "__defaults__", ("local", None, None, stand_ins.load, None))
    return lambda *arguments: CliRunner().invoke(main, ["corpus", *map(str, arguments)])


def test_a_corpus_is_told_in_one_line(isnad, articles, tmp_path):
    """All answered is status 0, and one line says what there is."""
    done = isnad(articles, tmp_path / "out", "--workers", 2, "--shard-articles", 10)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [f"{tmp_path / 'out'}: 40 records, 40 attributions of 40 speakers in 40 news items; 0 in quarantine"]


def test_quarantine_is_status_1(isnad, tmp_path):
    """Where records are set apart the status says so, and the line how many and why."""
    (tmp_path / "in.jsonl").write_bytes(lines_of([article(0), article(1, FAULTY)]) + b"{}\n")
    done = isnad(tmp_path / "in.jsonl", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr.endswith("2 in quarantine (1 exception, 1 invalid)\n")


def test_nothing_to_answer_is_said(isnad, tmp_path):
    """Input that is not there is status 66."""
    done = isnad(tmp_path / "nothing.jsonl", tmp_path / "out")
    assert (done.exit_code, done.stderr) == (os.EX_NOINPUT, f"isnad: {tmp_path / 'nothing.jsonl'}: no such file\n")


def test_an_output_that_is_taken_is_refused(isnad, articles, tmp_path):
    """An output of another engine is status 73, and what to do is said."""
    isnad(articles, tmp_path / "out")
    (tmp_path / "out" / "_ledger.json").write_text('{"identity": {"service": "0.9"}}')
    done = isnad(articles, tmp_path / "out")
    assert done.exit_code == os.EX_CANTCREAT
    assert "service 0.9, now test" in done.stderr
    assert "--restart" in done.stderr
    assert isnad(articles, tmp_path / "out", "--restart").exit_code == 0


@pytest.mark.parametrize(("target", "status"), [("nowhere://bucket/out", os.EX_CANTCREAT), ("in.jsonl/out", os.EX_IOERR)])
def test_an_output_that_cannot_be_written_is_told(isnad, articles, monkeypatch, target, status):
    """A file system that nobody knows is status 73, a folder that cannot be is 74: one line each."""
    monkeypatch.chdir(articles.parent)
    done = isnad(articles, target)
    assert done.exit_code == status
    assert len(done.stderr.splitlines()) == 1


def test_ray_is_an_extra(isnad, articles, tmp_path, monkeypatch):
    """Who asks for a cluster without having Ray is told what to install."""
    monkeypatch.setitem(sys.modules, "service.corpus.cluster", None)
    monkeypatch.delattr("service.corpus.cluster", raising=False)  # where an earlier test has imported it
    done = isnad(articles, tmp_path / "out", "--engine", "ray")
    assert done.exit_code == os.EX_TEMPFAIL
    assert "pip install 'isnad[ray]'" in done.stderr


def test_files_that_are_not_read_are_named(isnad, articles, tmp_path):
    """What lies among the articles and is none by its name is not passed over in silence."""
    (articles.parent / "README.md").write_text("اقرأ", "utf-8")
    done = isnad(articles.parent, tmp_path.parent / f"{tmp_path.name}-out")
    assert done.exit_code == 0
    assert "not read, by their names no articles: README.md (1 in all)" in done.stderr


def test_models_that_are_not_there_are_told_at_once(articles, tmp_path, monkeypatch):
    """What is wrong with the models is one line and status 78, before anything is written."""
    monkeypatch.setenv("ISNAD_MODELS_DIR", str(tmp_path))
    done = CliRunner().invoke(main, ["corpus", str(articles), str(tmp_path / "out")])
    assert done.exit_code == os.EX_CONFIG
    assert "manifest.json" in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_the_extra_it_is_named(articles, tmp_path, monkeypatch):
    """Who has not installed what a corpus needs is told what to install."""
    monkeypatch.setitem(sys.modules, "service.corpus.command", None)
    done = CliRunner().invoke(main, ["corpus", str(articles), str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "pip install 'isnad[corpus]'" in done.stderr
