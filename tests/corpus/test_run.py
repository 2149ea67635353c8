"""A corpus from end to end, on this machine, over the stand-in."""

import json
import os
import signal
import subprocess
import sys
import threading
from multiprocessing import active_children

import fsspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from service.api.reports import report_json
from service.api.submissions import ArticleSchema
from service.corpus import schema
from service.corpus.assembly import Counts
from service.corpus.custody import Unanswerable
from service.corpus.intake import NoArticles
from service.corpus.ledger import CorpusRefused
from tests.corpus import stand_ins
from tests.corpus.conftest import article, digests, lines_of, wait_for_shards
from tests.corpus.stand_ins import FATAL, FAULTY, SLOW


def rows_in(target, name):
    """Return the rows of a table in the order of the input."""
    rows = parquet.read_table(f"{target}/{name}").to_pylist()
    return sorted(rows, key=lambda row: (row["file"], row["record"]))


def test_a_corpus_is_answered(corpus, articles, tmp_path):
    """Every article has its row, every attribution and speaker theirs, in the folder of outlet and month."""
    counts = corpus(articles, tmp_path / "out").counts
    assert counts.records == counts.rows["articles"] == counts.rows["attributions"] == counts.rows["speakers"] == 40
    assert counts.rows["quarantine"] == 0
    folders = sorted(str(path.parent.relative_to(tmp_path / "out")) for path in (tmp_path / "out" / "attributions").rglob("*.parquet"))
    assert len(folders) == 9
    assert folders[0] == "attributions/outlet=unknown/month=2026-03"
    assert folders[-1] == "attributions/outlet=وكالة الساحل/month=unknown"
    summary = json.loads((tmp_path / "out" / "_SUCCESS").read_text("utf-8"))
    assert summary["identity"] == stand_ins.IDENTITY
    assert Counts(**summary["counts"]) == counts


@pytest.mark.parametrize("name", ["articles", "attributions", "speakers"])
def test_every_field_of_the_report_is_in_its_table(corpus, articles, tmp_path, name):
    """A row is the report's object under the contract's names; `outlet` is that of the folder, and an item's own is its `publisher`."""
    corpus(articles, tmp_path / "out")
    rows = rows_in(tmp_path / "out", name)
    for number, row in enumerate(rows):
        submission = ArticleSchema().load(article(number))
        (told,) = report_json(stand_ins.Extractor().extract([submission.article])[0], {})[name]
        if name == "articles":
            told["publisher"] = told["outlet"] and {"start": None, "end": None, **told["outlet"]}
        if name != "speakers":
            assert row["published_at"] == submission.article.published_at
        assert {field: row[field] for field in told if field != "outlet"} == {field: value for field, value in told.items() if field != "outlet"}
        assert (row["file"], row["record"], row["report"]) == ("in.jsonl", number + 1, f"a{number}")


def test_tables_have_the_schema_that_is_promised(corpus, articles, tmp_path):
    """The files are of the documented types, and carry what engine they are from."""
    corpus(articles, tmp_path / "out")
    for name, table in schema.TABLES.items():
        for path in (tmp_path / "out" / name).rglob("*.parquet"):
            kept = pa.schema([field for field in table if field.name not in schema.PARTITION])
            found = parquet.read_schema(path)
            assert found.equals(kept)
            assert json.loads(found.metadata[b"isnad"]) == stand_ins.IDENTITY


def test_the_bytes_are_the_same_for_any_number_of_workers(corpus, articles, tmp_path):
    """One process, three, and shards of another size make the same files to the byte; so does the same run again."""
    corpus(articles, tmp_path / "one")
    corpus(articles, tmp_path / "again")
    corpus(articles, tmp_path / "three", workers=3)
    corpus(articles, tmp_path / "sizes", workers=2, shard_articles=11)
    first = digests(tmp_path / "one")
    assert len(first) > 20
    assert all(digests(tmp_path / name) == first for name in ("again", "three", "sizes"))


def test_poison_is_in_quarantine_and_the_rest_unharmed(corpus, tmp_path):
    """Bad lines, over-long articles and those that bring their process down are set apart with the reason and as they were sent."""
    texts = {9: f"خبر {FATAL}", 13: f"خبر {FAULTY}"}
    lines = lines_of(article(number, texts.get(number, "قال الوزير إن الأمر انتهى.")) for number in range(20))
    (tmp_path / "in.jsonl").write_bytes(lines + b'not JSON\n{"id": "x"}\n{"text": "' + b"x" * 501 + b'"}\n{"html": "<p></p>"}\n')
    counts = corpus(tmp_path / "in.jsonl", tmp_path / "out", workers=2).counts
    assert (counts.records, counts.rows["articles"]) == (24, 18)
    assert counts.reasons == {"died": 1, "exception": 1, "invalid": 4}
    found = {row["record"]: (row["reason"], row["detail"]) for row in rows_in(tmp_path / "out", "quarantine")}
    assert found[10] == ("died", "its process ended: SIGKILL")
    assert found[14] == ("exception", "ZeroDivisionError: division by zero")
    assert found[22][1].startswith("/text: Missing data")
    assert "Longer than 500 characters" in found[23][1]
    line = next(row["line"] for row in rows_in(tmp_path / "out", "quarantine") if row["record"] == 10)
    assert line + b"\n" == lines_of([article(9, f"خبر {FATAL}")])


def test_html_brings_its_text(corpus, tmp_path):
    """The offsets of an article that came as HTML point into the text that its row holds."""
    page = "<html><body><article><p>قال الوزير إن الأمر انتهى. وهذا نص طويل بما يكفي ليكون خبرا في صفحة من صفحات الموقع.</p></article></body></html>"
    (tmp_path / "in.jsonl").write_bytes(lines_of([{"id": "h", "html": page}, article(1)]))
    corpus(tmp_path / "in.jsonl", tmp_path / "out")
    texts = [row["text"] for row in rows_in(tmp_path / "out", "articles")]
    cue = rows_in(tmp_path / "out", "attributions")[0]["cue"]
    assert texts[0][cue["start"] : cue["end"]] == cue["text"] == "قال"
    assert texts[1] is None


def test_a_killed_run_goes_on_where_it_was(corpus, tmp_path, monkeypatch):
    """After kill -9 of the run, what was committed is not answered again, and the corpus is the same to the byte."""
    (tmp_path / "in.jsonl").write_bytes(lines_of(article(number, f"قال الوزير إن الأمر انتهى. {SLOW}") for number in range(150)))
    corpus(tmp_path / "in.jsonl", tmp_path / "undisturbed", workers=2)
    code = (
        "import sys; from rich.console import Console; from service.corpus.run import *; from tests.corpus import stand_ins\n"
        "plan = Plan(Engine('local', 2, load=stand_ins.load, identity=stand_ins.IDENTITY), 7)\n"
        "if __name__ == '__main__': run(sys.argv[1], sys.argv[2], plan, Console(stderr=True))"
    )
    running = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "in.jsonl"), str(tmp_path / "out")])
    wait_for_shards(tmp_path / "out", 4)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it was over before it could be killed"
    committed = wait_for_shards(tmp_path / "out", 4)
    monkeypatch.setenv(stand_ins.LOG, str(tmp_path))  # not before: what is left of the run may still note the articles it had
    told = corpus(tmp_path / "in.jsonl", tmp_path / "out", workers=1)
    assert digests(tmp_path / "out") == digests(tmp_path / "undisturbed")
    assert told.counts.records == 150
    assert len(stand_ins.noted("answered")) == 150 - 7 * committed


def test_killed_workers_are_replaced(corpus, tmp_path):
    """Workers killed while they answer cost nothing but the time; no article is blamed."""
    (tmp_path / "in.jsonl").write_bytes(lines_of(article(number, f"قال الوزير إن الأمر انتهى. {SLOW}") for number in range(100)))
    corpus(tmp_path / "in.jsonl", tmp_path / "undisturbed")
    killed = []

    def kill():
        for shards in (2, 6):
            wait_for_shards(tmp_path / "out", shards)
            worker = active_children()[0]
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    killing = threading.Thread(target=kill)
    killing.start()
    counts = corpus(tmp_path / "in.jsonl", tmp_path / "out", workers=2).counts
    killing.join()
    assert len(set(killed)) == 2
    assert counts.rows["quarantine"] == 0
    assert digests(tmp_path / "out") == digests(tmp_path / "undisturbed")


@pytest.mark.usefixtures("notes")
def test_a_complete_corpus_is_left_alone(corpus, articles, tmp_path):
    """The same command again has nothing to do and says the same."""
    counts = corpus(articles, tmp_path / "out").counts
    assert corpus(articles, tmp_path / "out").counts == counts
    assert len(stand_ins.noted("answered")) == 40


def test_engines_are_not_mixed(corpus, articles, tmp_path):
    """What one lexicon began another does not go on with, unless from the start."""
    corpus(articles, tmp_path / "out")
    another = {"load": stand_ins.load_another, "identity": {**stand_ins.IDENTITY, "lexicon": "another"}}
    with pytest.raises(CorpusRefused, match="lexicon test, now another"):
        corpus(articles, tmp_path / "out", **another)
    corpus(articles, tmp_path / "out", **another, restart=True)
    assert json.loads((tmp_path / "out" / "_SUCCESS").read_text("utf-8"))["identity"]["lexicon"] == "another"


def test_a_corpus_is_of_one_input(corpus, articles, tmp_path):
    """A complete corpus is not added to: articles that came since have a folder of their own."""
    corpus(articles, tmp_path / "out")
    articles.write_bytes(articles.read_bytes() + lines_of([article(40)]))
    with pytest.raises(CorpusRefused, match="other input"):
        corpus(articles, tmp_path / "out")


def test_a_folder_of_something_else_is_not_touched(corpus, articles, tmp_path):
    """An output that holds other files is refused, and --restart deletes none of them."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"precious")
    for restart in (False, True):
        with pytest.raises(CorpusRefused, match=r"thesis\.docx"):
            corpus(articles, tmp_path / "out", restart=restart)
    assert (tmp_path / "out" / "thesis.docx").read_bytes() == b"precious"


def test_an_output_within_the_input_is_refused(corpus, articles):
    """What is written must not be read."""
    with pytest.raises(NoArticles, match="lies in it"):
        corpus(articles.parent, articles.parent)


def test_a_corpus_may_lie_elsewhere(corpus):
    """Any file system that fsspec knows will do, for the articles and for what is found in them."""
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/elsewhere/in.jsonl", lines_of(article(number) for number in range(9)))
    assert corpus("memory://elsewhere/in.jsonl", "memory://elsewhere-out").counts.rows["attributions"] == 9
    assert memory.exists("/elsewhere-out/_SUCCESS")
    assert not memory.exists("/elsewhere-out/_work")


def test_no_engine_is_no_ones_fault(corpus, articles, tmp_path):
    """Where no process can answer the run ends, nothing is in quarantine, and what is repaired goes on."""
    with pytest.raises(Unanswerable, match="no weights"):
        corpus(articles, tmp_path / "out", load=stand_ins.load_nothing)
    assert corpus(articles, tmp_path / "out").counts.rows["articles"] == 40
