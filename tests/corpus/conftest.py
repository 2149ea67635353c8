"""What tests of a corpus share: articles, a way to run them over the stand-in, and the bytes that come of it."""

import hashlib
import io
import json
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from service.corpus.run import Engine, Plan, run
from tests.corpus import stand_ins

OUTLETS = ("صحيفة الميدان", "وكالة الساحل", None)
MONTHS = ("2026-03-04", "2026-04-30T23:00:00+00:00", None)


def article(number, text="قال الوزير إن الأمر انتهى."):
    """Return a request, of an outlet and a month by its number; of neither where nothing is said of them."""
    facts = {"outlet": OUTLETS[number % 3], "published_at": MONTHS[number // 3 % 3]}
    return {"id": f"a{number}", "text": f"{text} رقم {number}", **{name: value for name, value in facts.items() if value}}


def lines_of(articles):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles).encode()


def digests(folder):
    """Return the SHA-256 of every file of a corpus by its name."""
    files = (path for path in sorted(Path(folder).rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def wait_for_shards(target, number):
    """Wait until a run has committed that many shards, and return how many there are."""
    for _ in range(18_000):
        found = len(list(Path(target, "_work", "shards").glob("*.parquet")))
        if found >= number:
            return found
        time.sleep(0.01)
    raise TimeoutError(f"no {number} shards within three minutes")


@dataclass
class Told:
    """What a run returned, and what it said."""

    counts: object
    said: str


@pytest.fixture(name="corpus")
def _corpus():
    """Return what runs a corpus over the stand-in, in small shards."""

    def ran(source, target, *, load=stand_ins.load, engine="local", workers=1, identity=stand_ins.IDENTITY, **plan):
        console = Console(file=io.StringIO(), width=200)
        chosen = Engine(engine, workers, load=load, identity=identity)
        counts = run(str(source), str(target), Plan(chosen, **{"shard_articles": 7, "article_seconds": 20, **plan}), console)
        return Told(counts, console.file.getvalue())

    return ran


@pytest.fixture(name="articles")
def _articles(tmp_path):
    """Return a file of forty articles, of three outlets and three months."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(lines_of(article(number) for number in range(40)))
    return path


@pytest.fixture(name="notes")
def _notes(tmp_path, monkeypatch):
    """Let processes take notes, and return where."""
    (tmp_path / "notes").mkdir()
    monkeypatch.setenv(stand_ins.LOG, str(tmp_path / "notes"))
    return tmp_path / "notes"
