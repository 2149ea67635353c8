"""The service as it is deployed, asked over HTTP: latency, saturation, memory, start, and two workers beside one."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.servers import Server, serving

QUIET = {"ISNAD_LOG_LEVEL": "ERROR", "ISNAD_MAX_ARTICLE_CHARS": "1000000"}
_PATIENCE = 120  # seconds a client waits
_SETTLING = 3  # seconds until the last worker surely runs: gunicorn loses the signal to stop that comes before


@dataclass(frozen=True)
class Latency:
    """Milliseconds that answers took: half, nineteen of twenty, and ninety-nine of a hundred took no longer."""

    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latency:
        """Return the percentiles of two measurements or more."""
        cuts = [cut * 1000 for cut in statistics.quantiles(seconds, n=100, method="inclusive")]
        return cls(cuts[49], cuts[94], cuts[98])


@dataclass(frozen=True)
class Load:
    """What came of a constant rate of arrivals, in articles a second."""

    offered: float
    answered: float
    refused: float
    latency: Latency | None  # of what was answered; none where nearly nothing was


@dataclass(frozen=True)
class Memory:
    """Megabytes of one worker: what it has in memory, and that with shared pages divided among those who share them."""

    resident: float
    proportional: float


def asked(server: Server, text: str) -> tuple[int, float]:
    """Post an article; return the status and the seconds it took."""
    begun = time.perf_counter()
    status = server.post({"text": text}, timeout=_PATIENCE).status
    return status, time.perf_counter() - begun


def latency(server: Server, texts: Sequence[str], concurrency: int) -> Latency:
    """Return how long answers took where so many clients ask, each again when it was answered."""
    with ThreadPoolExecutor(concurrency) as clients:
        answers = list(clients.map(lambda text: asked(server, text), texts))
    wrong = Counter(status for status, _ in answers if status != 200)
    if wrong:
        raise RuntimeError(f"answered otherwise than 200: {dict(wrong)}")
    return Latency.of([seconds for _, seconds in answers])


def load(server: Server, texts: Sequence[str], rate: float) -> Load:
    """Return what comes of articles that arrive at a constant rate, whether or not earlier ones have been answered."""

    def arrive(number: int) -> tuple[int, float]:
        due = begun + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        status, _ = asked(server, texts[number])
        return status, time.perf_counter() - due  # from when it was due: a client that comes late waits too

    begun = time.perf_counter()
    with ThreadPoolExecutor(min(len(texts), 128)) as clients:
        answers = list(clients.map(arrive, range(len(texts))))
    elapsed = time.perf_counter() - begun
    good = [seconds for status, seconds in answers if status == 200]
    refused = sum(status == 503 for status, _ in answers)
    return Load(rate, len(good) / elapsed, refused / elapsed, Latency.of(good) if len(good) > 1 else None)


def memory(server: Server) -> list[Memory]:
    """Return the memory of each worker."""
    found = []
    for pid in server.workers():
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
        kilobytes = dict(re.findall(r"^(Rss|Pss):\s+(\d+)", rollup, re.MULTILINE))
        found.append(Memory(int(kilobytes["Rss"]) / 1024, int(kilobytes["Pss"]) / 1024))
    return found


def start() -> float:
    """Return the seconds from the command to the first readiness; what is on disk may be in the system's cache."""
    begun = time.perf_counter()
    with serving(application=None, **QUIET):
        took = time.perf_counter() - begun
        time.sleep(_SETTLING)
    return took


def batch(texts: Sequence[str], workers: int) -> float:
    """Return the articles a second of `isnad batch` with so many processes, loading left out: as it tells itself."""
    with tempfile.TemporaryDirectory() as directory:
        source, output = Path(directory, "in.jsonl"), Path(directory, "out.jsonl")
        source.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")
        command = [sys.executable, "-c", "from service.cli import main; main()", "batch", str(source), "-o", str(output), "--workers", str(workers)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr  # noqa: S603 — our own command
    [rate] = re.findall(r"([\d.]+) a second", said)
    return float(rate)
