"""Rows by outlet and month: the same bytes however they arrive, folders that every reader of Hive's layout understands."""

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from service.corpus import partitions, schema
from service.corpus.partitions import UNKNOWN, Partitions, folder
from service.corpus.store import store_at
from tests.corpus.conftest import digests

OUTLETS = ["صحيفة الميدان", "وكالة الساحل", "", None, UNKNOWN]


def row(number, outlet, month="2026-03"):
    place = {"file": "in.jsonl", "record": number, "report": f"a{number}", "outlet": outlet, "month": month}
    return {**place, "id": "s0", "name": f"متحدث {number}", "type": "PER", "roles": [], "mentions": [], "attributions": [number]}


def table_of(rows):
    return pa.Table.from_pylist(rows, schema.SPEAKERS)


def written(root, batches, **bounds):
    """Write batches of rows as the speakers of a corpus, and return their digests."""
    speakers = Partitions(store_at(str(root)), "speakers", schema.SPEAKERS, {"isnad": "{}"}, **bounds)
    for batch in batches:
        speakers.add(table_of(batch))
    speakers.finish()
    return digests(root / "speakers")


@pytest.mark.parametrize("size", [1, 3, 50, 500])
@pytest.mark.parametrize("run_bytes", [1, 2_000, 1 << 30])
def test_the_bytes_do_not_tell_how_rows_came(tmp_path, monkeypatch, size, run_bytes):
    """Small batches and large, in memory or by way of runs on disk: the files are the same to the byte."""
    monkeypatch.setattr(partitions, "_FILE_ROWS", 40)
    monkeypatch.setattr(partitions, "_GROUP_ROWS", 15)
    rows = [row(number, OUTLETS[number % 5], f"2026-0{1 + number % 2}") for number in range(500)]
    whole = written(tmp_path / "whole", [rows])
    assert written(tmp_path / "parts", [rows[start : start + size] for start in range(0, 500, size)], run_bytes=run_bytes) == whole
    sizes = [parquet.ParquetFile(path).metadata.num_rows for path in sorted((tmp_path / "whole").rglob("*2026-01/part-*"))]
    assert sum(sizes) == 250
    assert max(sizes) == 40


def test_rows_keep_their_order(tmp_path):
    """Within a partition rows stand in the order of the input, also over the ends of files."""
    written(tmp_path, [[row(number, "الميدان") for number in range(start, start + 10)] for start in (0, 10, 20)], run_bytes=1)
    assert parquet.read_table(tmp_path / "speakers")["record"].to_pylist() == list(range(30))


@given(st.lists(st.text(min_size=1, max_size=30).filter(lambda name: name != UNKNOWN), min_size=1, max_size=5, unique=True))
def test_any_name_is_read_back(tmp_path_factory, outlets):
    """Whatever an outlet is called, whoever reads the folders gets the name."""
    root = tmp_path_factory.mktemp("names")
    written(root, [[row(number, outlet) for number, outlet in enumerate(outlets)]])
    read = ds.dataset(root / "speakers", partitioning=ds.partitioning(pa.schema([("outlet", pa.string()), ("month", pa.string())]), flavor="hive"))
    found = read.to_table(columns=["record", "outlet"]).to_pylist()
    assert {each["record"]: each["outlet"] for each in found} == dict(enumerate(outlets))


def test_the_unknown_has_a_folder(tmp_path):
    """No outlet and no month have a folder by that name; it is one folder, whatever an outlet calls itself."""
    written(tmp_path, [[row(number, outlet, None) for number, outlet in enumerate(["", None, UNKNOWN])]])
    read = parquet.read_table(tmp_path / "speakers")
    assert read.select(["record", "outlet", "month"]).to_pylist() == [{"record": number, "outlet": UNKNOWN, "month": UNKNOWN} for number in range(3)]


def test_a_name_too_long_for_a_folder_is_cut(tmp_path):
    """Two long names that begin alike have two folders, of a length that file systems take."""
    names = ["صحيفة " * 60 + end for end in "أب"]
    folders = [folder("outlet", name) for name in names]
    assert len(set(folders)) == 2
    assert all(len(name.encode()) <= 255 for name in folders)
    written(tmp_path, [[row(0, names[0]), row(1, names[1])]])
    assert parquet.read_table(tmp_path / "speakers").num_rows == 2


def test_no_rows_are_no_files(tmp_path):
    """A table without rows has no files."""
    assert written(tmp_path, [[]]) == {}
