"""Ten thousand articles through the service as it is deployed, and what they leave behind. Run by `make soak`; takes minutes."""

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import MODELS
from tests.load import articles
from tests.servers import serving

pytestmark = [pytest.mark.soak, pytest.mark.skipif(not (MODELS / "manifest.json").is_file(), reason="models/ holds no weights")]

ARTICLES = int(os.environ.get("SOAK_ARTICLES", "10000"))
WARM_UP = ARTICLES // 5
MOST_GROWTH = 20.0  # MB a worker


def private_megabytes(pid):
    """Return what a process has for itself: its pages that no other shares."""
    smaps = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    return sum(int(kilobytes) for kilobytes in re.findall(r"^(?:Private_Clean|Private_Dirty|Pss_Dirty):\s+(\d+)", smaps, re.MULTILINE)[:2]) / 1024


def resident_megabytes(pid):
    """Return what a process has in memory, shared pages included."""
    return int(re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("utf-8"), re.MULTILINE)[1]) / 1024


def test_memory_does_not_grow():
    """After warming up, no worker's memory grows by 20 MB over the rest of ten thousand articles, and each of them is answered."""
    numbers = count()
    with serving(application=None, ISNAD_MAX_REQUESTS=10**9, ISNAD_MODELS_DIR=MODELS, ISNAD_LOG_LEVEL="ERROR") as server:
        asked = articles(ARTICLES)

        def ask(article):
            number = next(numbers)
            status = server.post(article).status
            if number % (ARTICLES // 20) == 0:
                print(number, [f"{resident_megabytes(pid):.0f}" for pid in server.workers()], flush=True)  # noqa: T201 — figures for docs/reliability.md
            return status

        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(ask, asked[:WARM_UP]))
            before = {pid: resident_megabytes(pid) for pid in server.workers()}
            begun = time.monotonic()
            statuses += pool.map(ask, asked[WARM_UP:])
            elapsed = time.monotonic() - begun
        after = {pid: resident_megabytes(pid) for pid in server.workers()}
        figures = {pid: (f"{before[pid]:.0f} to {after[pid]:.0f} MB", f"{private_megabytes(pid):.0f} MB private") for pid in before}
        print(f"{(ARTICLES - WARM_UP) / elapsed:.1f} articles a second; {figures}")  # noqa: T201
        assert set(statuses) == {200}
        assert before.keys() == after.keys()
        assert max(after[pid] - before[pid] for pid in before) < MOST_GROWTH
