"""The benchmark's own arithmetic: what is measured on, how it is counted, how it is told. Nothing here measures time."""

import json
from itertools import islice

import pytest

from benchmarks import throughput
from benchmarks.articles import supply, tokens_in
from benchmarks.contenders import Contender
from benchmarks.drawing import draw
from benchmarks.measuring import BRIEF, Figures
from benchmarks.serving import Latency, Load, Memory
from benchmarks.tables import markdown, tables


@pytest.fixture(name="figures")
def _figures():
    """Return figures as a run would make them."""
    costs = [
        throughput.Cost("Isnad", 2, 800, {"tokenize": 0.02, "mwt": 0.01, "ner": 0.02, "rules": 0.015, "serialise": 0.001}),
        throughput.Cost("Stanza, same models", 2, 800, {"tokenize": 0.1, "mwt": 0.2, "ner": 0.1}),
        throughput.Cost("Stanza, stock architecture", 1, 400, {"tokenize": 0.1, "mwt": 0.2, "ner": 3.0}),
    ]
    took = Latency(10.0, 20.0, 30.0)
    return Figures(
        machine={"date": "2026-11-22", "cores": "2"},
        costs=costs,
        lengths=(500, 2_000),
        by_length={"Isnad": [0.066, 0.07], "Stanza, same models": [0.4, 0.4]},
        latencies={100: {1: took, 2: took}, 500: {1: took, 2: took}},
        peak=30.0,
        loads=[Load(15.0, 15.0, 0.0, took), Load(45.0, 29.0, 16.0, took), Load(400.0, 0.0, 400.0, None)],
        memories=[Memory(600.0, 300.0), Memory(610.0, 310.0)],
        start=6.5,
        batch={1: 10.0, 2: 19.0},
    )


@pytest.mark.parametrize("tokens", [50, 400, 5_000])
def test_articles_have_the_length_asked_for(tokens):
    """Within a word or two, whatever the length."""
    assert all(abs(tokens_in(text) - tokens) <= 3 for text in supply(None).articles(3, tokens))


def test_no_text_is_measured_twice():
    """What is remembered of one article helps the next no more than in the news: no paragraph comes again."""
    paragraphs = list(islice(supply(None).paragraphs, 300))
    assert len(set(paragraphs)) == len(paragraphs)


def test_articles_may_come_from_a_file(tmp_path):
    """Paragraphs of a file's articles, over and over."""
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"text": "عادت السفن.\n\nوغادرت القوارب."}) + "\n", "utf-8")
    assert supply(path).article(9).split("\n") == ["عادت السفن.", "وغادرت القوارب.", "عادت السفن."]


def test_costs_are_for_a_thousand_tokens():
    """Seconds add up by stage over the articles a contender reads, and are told for 1,000 tokens of these."""
    read = []

    def reader(name):
        return Contender(name, lambda text: read.append((name, text)) or {"tokenize": 0.2, "ner": 0.3})

    texts = ["عادت السفن كلها ."] * 5  # four tokens each
    one, other = throughput.costs([(reader("one"), 5), (reader("other"), 2)], texts, warm_up=["غادرت"])
    assert (one.articles, one.tokens, other.articles, other.tokens) == (5, 20, 2, 8)
    assert one.stages == pytest.approx({"tokenize": 50.0, "ner": 75.0})
    assert other.whole == pytest.approx(125.0)
    assert [name for name, text in read if text != "غادرت"] == ["one", "other", "one", "other", "one", "one", "one"]


def test_percentiles_are_milliseconds():
    """Half, nineteen of twenty, ninety-nine of a hundred."""
    latency = Latency.of([number / 1000 for number in range(101)])
    assert (latency.p50, latency.p95, latency.p99) == pytest.approx((50.0, 95.0, 99.0))


def test_every_table_is_told(figures):
    """Cells are as many as columns, shares and factors are right, and nothing that was measured is left out."""
    told = {rows.title: rows for rows in tables(figures)}
    assert all(len(row) == len(rows.columns) for rows in told.values() for row in rows.cells)
    whole = markdown(figures)
    assert "| Isnad | 20.0 (30%) | 10.0 (15%) | 20.0 (30%) | 15.0 (23%) | 1.0 (2%) | 66.0 | 15,152 | 1.0 |" in whole
    assert "| Stanza, stock architecture | 100.0 (3%) | 200.0 (6%) | 3000.0 (91%) |  |  | 3300.0 | 303 | 50.0 |" in whole
    assert "| 45.0 | 29.0 | 16.0 | 10 / 20 / 30 |" in whole
    assert "| 2 | 19.0 | 1.90 |" in whole
    assert "| worker 2 | 610 | 310 |" in whole


def test_the_picture_is_drawn(figures, tmp_path):
    """An SVG with the contenders' names in it."""
    draw(figures, tmp_path / "images" / "performance.svg")
    assert "stock architecture" in (tmp_path / "images" / "performance.svg").read_text("utf-8")


def test_a_brief_plan_measures_the_same_things():
    """A look leaves nothing out, it only takes less of each."""
    assert BRIEF.articles >= BRIEF.stock_articles >= 1
    assert len(BRIEF.lengths) > 1
    assert len(BRIEF.shares) > 1
