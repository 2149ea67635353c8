"""Articles in: what is found, how it is read, and what of it cannot be."""

import bz2
import gzip
import io
import lzma
from datetime import UTC, datetime

import fsspec
import orjson
import pyarrow as pa
import pytest
from pyarrow import parquet

from service.corpus.intake import NoArticles, look_up, shards
from service.corpus.records import Reason
from tests.corpus.conftest import article, lines_of

LONGEST = 1_000
ARTICLES = [article(number) for number in range(10)]


def records_in(source, size=4):
    """Return all records of a source, in order."""
    found = look_up(str(source))
    return [record for file in found.files for shard in shards(found.system, file, size, LONGEST) for record in shard.records]


def requests_in(source):
    return [orjson.loads(record.line) for record in records_in(source)]


def parquet_of(rows, **columns):
    table = pa.Table.from_pylist(rows) if rows else pa.table(columns)
    file = io.BytesIO()
    parquet.write_table(table, file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", lines_of(ARTICLES)),
        ("a.ndjson.gz", gzip.compress(lines_of(ARTICLES))),
        ("a.json.xz", lzma.compress(lines_of(ARTICLES))),
        ("a.jsonl.bz2", bz2.compress(lines_of(ARTICLES))),
        ("a.parquet", parquet_of(ARTICLES)),
    ],
)
@pytest.mark.parametrize("scheme", ["{}", "file://{}"])
def test_articles_come_from_files(tmp_path, name, content, scheme):
    """Lines, compressed or not, and Parquet, by path and by URL, give the same articles."""
    (tmp_path / name).write_bytes(content)
    assert requests_in(scheme.format(tmp_path / name)) == ARTICLES


def test_articles_come_from_other_file_systems():
    """Any file system that fsspec knows will do."""
    fsspec.filesystem("memory").pipe_file("/intake/a.jsonl", lines_of(ARTICLES))
    assert requests_in("memory://intake/a.jsonl") == ARTICLES


def test_a_folder_gives_its_files_by_name(tmp_path):
    """A folder is searched to its ends, in the order of names; what is hidden or no articles is not read."""
    for name in ("b/2.jsonl", "b/1.jsonl", "a.jsonl", "_work/x.jsonl", ".x.jsonl", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(lines_of(ARTICLES[:1]))
    found = look_up(str(tmp_path))
    assert [file.name for file in found.files] == ["a.jsonl", "b/1.jsonl", "b/2.jsonl"]
    assert found.ignored == ("README.md",)


def test_a_pattern_gives_what_fits_it(tmp_path):
    """Wildcards name files, below the folder in which the wildcards begin."""
    for name in ("2026/03/a.jsonl", "2026/04/a.jsonl", "2025/03/a.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(lines_of(ARTICLES))
    assert [file.name for file in look_up(f"{tmp_path}/2026/*/*.jsonl").files] == ["03/a.jsonl", "04/a.jsonl"]


@pytest.mark.parametrize("name", ["nothing.jsonl", "*.jsonl", "empty", "notes.txt", "nowhere://bucket/a.jsonl"])
def test_no_articles_is_said(tmp_path, name):
    """What is not there, or holds no articles, is named."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("لا شيء", "utf-8")
    source = name if "://" in name else str(tmp_path / name)
    with pytest.raises(NoArticles, match=name.split(":", maxsplit=1)[0].replace("*", r"\*")):
        look_up(source)


def test_a_name_that_is_no_text_is_refused(tmp_path):
    """A file's name stands in every row, and has to be text."""
    try:
        (tmp_path / b"\xff.jsonl".decode(errors="surrogateescape")).write_bytes(b"{}")
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    with pytest.raises(NoArticles, match="not UTF-8"):
        look_up(str(tmp_path))


def test_records_are_numbered_by_their_lines(tmp_path):
    """Blank lines count and are no records; line ends of Windows are none of the line; the last may go without."""
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "1"}\r\n\n  \n{"text": "2"}')
    assert [(record.number, record.line) for record in records_in(tmp_path / "a.jsonl")] == [(1, b'{"text": "1"}'), (4, b'{"text": "2"}')]


@pytest.mark.parametrize("length", [LONGEST + 1, 3 * LONGEST, 5_000_000])
def test_a_line_too_long_is_passed_over(tmp_path, length):
    """A line over the limit is not held in memory; those around it are read."""
    (tmp_path / "a.jsonl").write_bytes(b"{}\n" + b"x" * length + b"\n[]\n")
    first, long, last = records_in(tmp_path / "a.jsonl")
    assert (first.line, long.line, last.line, last.number) == (b"{}", b"", b"[]", 3)
    assert "longer than 1,000 bytes" in long.fault


def test_the_longest_line_is_read(tmp_path):
    """A line of just the limit is no line too long."""
    (tmp_path / "a.jsonl").write_bytes(b"x" * LONGEST + b"\n")
    assert [len(record.line) for record in records_in(tmp_path / "a.jsonl")] == [LONGEST]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", gzip.compress(lines_of(ARTICLES))[:-30]),
        ("a.jsonl.xz", lzma.compress(lines_of(ARTICLES * 100))[:-30]),
        ("a.jsonl.gz", b"no gzip at all"),
        ("a.parquet", b"no Parquet at all"),
        ("a.parquet", parquet_of(ARTICLES)[:-4]),
    ],
)
def test_a_damaged_file_ends_where_it_is_damaged(tmp_path, name, content):
    """What can be read of a file that is cut short is read, and a last record says what cannot; other files are read as ever."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.jsonl").write_bytes(lines_of(ARTICLES[:1]))
    records = records_in(tmp_path)
    damage = [record for record in records if record.fault]
    assert [record.reason for record in damage] == [Reason.UNREADABLE]
    assert damage[0].number == len(records) - 1
    assert orjson.loads(records[-1].line) == ARTICLES[0]


def test_columns_become_what_the_api_takes(tmp_path):
    """Numbers, dates and times become text; null is nothing; columns that are no fields are not read."""
    rows = {
        "id": pa.array([7, 8, None]),
        "text": pa.array(["أ", None, "ج"], pa.large_string()),
        "html": pa.array([None, "<p>ب</p>", None]),
        "outlet": pa.array(["الميدان", None, "الميدان"]).dictionary_encode(),
        "published_at": pa.array([datetime(2026, 3, 4, 5, tzinfo=UTC), None, None], pa.timestamp("ns", "UTC")),
        "embedding": pa.array([[1.0], [2.0], [3.0]]),
    }
    (tmp_path / "a.parquet").write_bytes(parquet_of(None, **rows))
    first, second, third = requests_in(tmp_path / "a.parquet")
    assert datetime.fromisoformat(first.pop("published_at")) == rows["published_at"][0].as_py()
    assert first == {"id": "7", "text": "أ", "outlet": "الميدان"}
    assert second == {"id": "8", "html": "<p>ب</p>"}
    assert third == {"text": "ج", "outlet": "الميدان"}


def test_bytes_that_are_no_text_are_one_record(tmp_path):
    """A cell that is not UTF-8 is the fault of its row alone."""
    text = pa.Array.from_buffers(pa.string(), 2, pa.array([b"\xff\xfe", "ب".encode()], pa.binary()).buffers())
    (tmp_path / "a.parquet").write_bytes(parquet_of(None, text=text))
    bad, good = records_in(tmp_path / "a.parquet")
    assert "not UTF-8" in bad.fault
    assert orjson.loads(good.line) == {"text": "ب"}


def test_shards_are_named_by_what_is_in_them(tmp_path):
    """The same records at the same place have the same name; a word changed is another name, of that shard alone."""
    path = tmp_path / "a.jsonl"

    def names():
        found = look_up(str(path))
        return [shard.name for shard in shards(found.system, found.files[0], 4, LONGEST)]

    path.write_bytes(lines_of(ARTICLES))
    before = names()
    assert names() == before
    path.write_bytes(lines_of([*ARTICLES[:5], article(5, "نفى الوزير"), *ARTICLES[6:]]))
    assert [old == new for old, new in zip(before, names(), strict=True)] == [True, False, True]


def test_shards_committed_before_come_empty(articles):
    """What is done is read past and not carried along."""
    found = look_up(str(articles))
    names = [shard.name for shard in shards(found.system, found.files[0], 16, LONGEST)]
    again = list(shards(found.system, found.files[0], 16, LONGEST, done=frozenset(names[:1])))
    assert [(shard.size, len(shard.records)) for shard in again] == [(16, 0), (16, 16), (8, 8)]
