"""All that is measured, in the order in which it is told, and how much of each: `THOROUGH` for the documentation, `BRIEF` for a look."""

from __future__ import annotations

import os
import platform
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import contenders, serving, stock, throughput
from benchmarks.articles import Supply
from benchmarks.serving import Latency, Load, Memory
from benchmarks.throughput import Cost
from service.weights import verified
from tests import servers


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    articles: int  # of the comparison by stage, some 400 tokens each
    stock_articles: int  # of them, how many the stock architecture reads: it takes seconds for each
    lengths: tuple[int, ...]  # tokens of an article, for the cost by length
    least: int  # tokens read at each length, in each round
    rounds: int  # over the lengths; Stanza alone, which takes minutes for each, goes over them once
    requests: int  # HTTP, for each size and number of clients
    sizes: tuple[int, ...]  # tokens of an article, over HTTP
    clients: tuple[int, ...]
    shares: tuple[float, ...]  # of the peak, offered at a constant rate
    arrivals: int  # at each rate
    batch: int  # articles for one and two workers


THOROUGH = Plan(
    articles=100,
    stock_articles=6,
    lengths=(1_000, 3_000, 10_000, 30_000, 100_000),
    least=10_000,
    rounds=5,
    requests=40,
    sizes=(100, 500, 2_000),
    clients=(1, 2, 4, 8),
    shares=(0.3, 0.6, 0.8, 0.9, 1.0, 1.2, 1.5),
    arrivals=100,
    batch=200,
)
BRIEF = Plan(
    articles=10,
    stock_articles=1,
    lengths=(500, 2_000),
    least=2_000,
    rounds=1,
    requests=10,
    sizes=(100, 500),
    clients=(1, 2),
    shares=(0.5, 1.5),
    arrivals=20,
    batch=20,
)
_USUAL = 400  # tokens of an article of the news


@dataclass(frozen=True)
class Figures:
    """What one run measured, and where."""

    machine: dict[str, str]
    costs: list[Cost]
    lengths: tuple[int, ...]
    by_length: dict[str, list[float]]
    latencies: dict[int, dict[int, Latency]]  # by tokens, then clients; one worker
    peak: float  # articles a second that all workers answer
    loads: list[Load]
    memories: list[Memory]
    start: float  # seconds
    batch: dict[int, float]  # articles a second by workers


def measure(plan: Plan, supply: Supply, parts: frozenset[str], told: Callable[[str], None]) -> Figures:
    """Measure the parts asked for (`core`, `http`, `workers`); `told` hears what is being measured."""
    costs, lengths = _on_one_core(plan, supply, told) if "core" in parts else ([], {})
    latencies, peak, loads, memories, start = _over_http(plan, supply, told) if "http" in parts else ({}, 0.0, [], [], 0.0)
    batch = {}
    if "workers" in parts:
        texts = supply.articles(plan.batch, _USUAL)
        for workers in (1, 2):
            told(f"isnad batch with {workers} workers")
            batch[workers] = serving.batch(texts, workers)
    return Figures(_machine(), costs, plan.lengths, lengths, latencies, peak, loads, memories, start, batch)


def _on_one_core(plan: Plan, supply: Supply, told: Callable[[str], None]) -> tuple[list[Cost], dict[str, list[float]]]:
    with tempfile.TemporaryDirectory() as directory:
        told("loading the contenders")
        isnad, bare = contenders.isnad(), contenders.bare("Stanza, same models", contenders.MODELS)
        stanza = contenders.bare("Stanza, stock architecture", stock.build(Path(directory, "stock"), contenders.MODELS))
        told("seconds of processor by stage")
        readers = ((isnad, plan.articles), (bare, plan.articles), (stanza, plan.stock_articles))
        costs = throughput.costs(readers, supply.articles(plan.articles, _USUAL), supply.articles(plan.articles // 4, _USUAL))
        told("seconds of processor by the length of the article")
        return costs, throughput.by_length(((isnad, plan.rounds), (bare, 1)), supply, plan.lengths, plan.least)


_OverHttp = tuple[dict[int, dict[int, Latency]], float, list[Load], list[Memory], float]


def _over_http(plan: Plan, supply: Supply, told: Callable[[str], None]) -> _OverHttp:
    told("cold start")
    start = serving.start()
    latencies: dict[int, dict[int, Latency]] = {}
    with servers.serving(application=None, WEB_CONCURRENCY=1, **serving.QUIET) as server:
        serving.latency(server, supply.articles(20, _USUAL), 1)
        for size in plan.sizes:
            told(f"latency of articles of {size} tokens")
            latencies[size] = {clients: serving.latency(server, supply.articles(plan.requests, size), clients) for clients in plan.clients}
    with servers.serving(application=None, **serving.QUIET) as server:
        told("saturation")
        serving.load(server, supply.articles(40, _USUAL), 1_000)
        answered = serving.load(server, supply.articles(60, _USUAL), 1_000)  # all at once, which the queues bear
        loads = [serving.load(server, supply.articles(plan.arrivals, _USUAL), share * answered.answered) for share in plan.shares]
        memories = serving.memory(server)
    return latencies, answered.answered, loads, memories, start


def _machine() -> dict[str, str]:
    """Return what the figures depend on."""
    processor = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text("utf-8"), re.MULTILINE)
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": processor[1] if processor else platform.processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "",
        "load before": f"{os.getloadavg()[0]:.1f}",
        "python": platform.python_version(),
        "torch": version("torch"),
        "stanza": version("stanza"),
        "models": verified(contenders.MODELS).version,
    }


def parts_of(asked: Sequence[str]) -> frozenset[str]:
    """Return the parts to measure: those asked for, or all."""
    return frozenset(asked or ("core", "http", "workers"))
