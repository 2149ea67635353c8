"""Ten times what the service can do, for a minute. Run by `make faults`."""

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import MODELS
from tests.load import articles
from tests.servers import serving

pytestmark = [pytest.mark.soak, pytest.mark.skipif(not (MODELS / "manifest.json").is_file(), reason="models/ holds no weights")]

ARTICLES = articles(200)
CALM, STORM = 20.0, 60.0  # seconds


def ask(server, number):
    """Return an answer's status, whether it says when to come back, and the seconds it took."""
    begun = time.monotonic()
    answer = server.post(ARTICLES[number % len(ARTICLES)])
    return answer.status, answer.headers.get("Retry-After"), time.monotonic() - begun


def peak(server):
    """Return the articles a second of as many clients as keep every worker busy."""
    end = time.monotonic() + CALM

    def client(_):
        done = 0
        while time.monotonic() < end:
            done += ask(server, done)[0] == 200
        return done

    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(client, range(4))) / CALM


def storm(server, rate):
    """Send `rate` articles a second, whatever comes back, and return the answers and how long health took meanwhile."""
    answers, health = [], []
    begun = time.monotonic()
    with ThreadPoolExecutor(300) as pool:
        for number in range(int(rate * STORM)):
            time.sleep(max(0.0, begun + number / rate - time.monotonic()))
            answers.append(pool.submit(ask, server, number))
            if number % max(1, int(rate)) == 0:
                asked = time.monotonic()
                assert server.get("/livez").status == 200
                health.append(time.monotonic() - asked)
        answers = [answer.result(120) for answer in answers]
    return answers, health


def test_ten_times_overload_is_borne():
    """Only 200 and 503 with Retry-After; goodput at least 90 % of the peak; /livez within 200 ms throughout."""
    with serving(application=None, ISNAD_MODELS_DIR=MODELS, ISNAD_LOG_LEVEL="ERROR", ISNAD_QUEUE_CHARS=20_000) as server:
        peak(server)  # warms up
        best = peak(server)
        answers, health = storm(server, 10 * best)
        counted = Counter(status for status, _, _ in answers)
        took = sorted(seconds for status, _, seconds in answers if status == 200)
        refused = sorted(seconds for status, _, seconds in answers if status == 503)
        print(  # noqa: T201 — figures for docs/reliability.md
            f"\npeak {best:.1f}/s, asked {10 * best:.0f}/s, {dict(counted)}, goodput {counted[200] / STORM:.1f}/s; answered p50 "
            f"{statistics.median(took):.2f} s p99 {took[int(len(took) * 0.99)]:.2f} s; refused p50 {statistics.median(refused) * 1000:.0f} ms; "
            f"/livez p50 {statistics.median(health) * 1000:.0f} ms, at most {max(health) * 1000:.0f} ms"
        )
        assert set(counted) == {200, 503}
        assert all(retry for status, retry, _ in answers if status == 503)
        assert counted[200] / STORM >= 0.9 * best
        assert max(health) < 0.2
