"""A corpus with the models themselves: the answers of `isnad batch`, to the last field."""

import json

import pytest
from click.testing import CliRunner
from pyarrow import parquet

from service.cli import main
from tests.conftest import MODELS
from tests.corpus.conftest import digests, lines_of

TEXTS = (
    "قال وزير الزراعة سامي الحلواني إن موسم الحصاد سيبدأ مطلع الشهر المقبل. وأضاف أن المخازن جاهزة لاستقبال القمح.",
    "نقلت وكالة الساحل عن مصدر في البلدية أن الجسر سيفتح أمام السيارات صباح الأحد.",
    "«لن نرفع أسعار التذاكر هذا العام»، هكذا قالت مديرة المتحف هالة البستاني، مشيرة إلى أن الزوار تضاعفوا.",
    "بلغت درجة الحرارة أمس ثلاثين درجة.",
)


@pytest.mark.skipif(not (MODELS / "manifest.json").is_file(), reason="models/ holds no weights")
def test_a_corpus_holds_what_a_batch_answers(tmp_path):
    """Articles answered together in two processes have the attributions that each has alone, and twice the same bytes."""
    requests = [{"id": f"a{number}", "text": text, "outlet": "صحيفة الميدان", "published_at": "2026-03-04"} for number, text in enumerate(TEXTS)]
    (tmp_path / "in.jsonl").write_bytes(lines_of(requests))
    commands = [
        ["batch", tmp_path / "in.jsonl", "-o", tmp_path / "reports.jsonl", "--workers", 1],
        ["corpus", tmp_path / "in.jsonl", tmp_path / "two", "--workers", 2, "--shard-articles", 2],
        ["corpus", tmp_path / "in.jsonl", tmp_path / "one", "--workers", 1],
    ]
    for command in commands:
        done = CliRunner().invoke(main, [str(word) for word in command])
        assert done.exit_code == 0, done.output
    reports = [json.loads(line) for line in (tmp_path / "reports.jsonl").read_text("utf-8").splitlines()]
    wanted = [attribution for report in reports for attribution in report["attributions"]]
    found = sorted(parquet.read_table(tmp_path / "two" / "attributions").to_pylist(), key=lambda row: (row["record"], row["id"]))
    assert len(wanted) >= 4
    assert [{field: row[field] for field in told} for row, told in zip(found, wanted, strict=True)] == wanted
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
