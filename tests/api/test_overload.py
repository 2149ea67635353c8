"""Ten times what the service can do. Run by `make faults`; needs wrk, whose asking costs little of the processors it shares.

Once straight at gunicorn, once through nginx as `compose.yaml` has it. Calm and storm take turns, so that whatever else the machine does
meanwhile weighs on both; then the storm lasts a minute. What the storm costs is told by the clock, as articles answered a second, which holds
where nothing else runs, and by the processor, as the seconds that an article answered takes of it, refusals, nginx and wrk included, which
holds anywhere. Nine tenths are kept.
"""

import contextlib
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.settings import cores
from tests.conftest import MODELS
from tests.load import articles
from tests.proxies import proxied
from tests.servers import cpu_seconds, serving

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not (MODELS / "manifest.json").is_file(), reason="models/ holds no weights"),
    pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed: apt-get install wrk"),
]

STORM_SCRIPT = Path(__file__).resolve().parents[1] / "storm.lua"
ROUNDS, TURN, STORM = 6, 10, 60  # of calm and storm by turns; seconds of each; seconds of the long storm
CALM_CLIENTS = 16  # each asks, waits for its answer, and asks again: every worker is busy and no queue full
CONNECTIONS = 120  # of the storm: more than the service lets wait, so that the rate can be kept
LEAST_GOODPUT = {"gunicorn alone": 0.85, "through nginx": 0.9}  # by the processor, which on a machine that changes its speed tells it to some points


def asked(port, bodies, connections, seconds, rate=None):
    """Have wrk ask and return its account (see storm.lua); `rate` is requests a second, without it each connection asks when it was answered."""
    environment = os.environ | {"STORM_BODIES": str(bodies)} | ({"STORM_RATE": str(rate)} if rate else {})
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(STORM_SCRIPT), f"http://127.0.0.1:{port}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@dataclass(frozen=True)
class Weather:
    """What was answered in some seconds, and the seconds of processor that each party used for it."""

    account: dict
    used: dict

    @property
    def goodput(self):
        """Articles answered a second."""
        return self.account["statuses"].get("200", 0) / self.account["seconds"]

    @property
    def cost(self):
        """Seconds of processor for each article answered."""
        return cost([self])

    def __str__(self):
        """Return it as a line of figures."""
        used = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.used.items())
        asked = sum(self.account["statuses"].values()) / self.account["seconds"]
        answered = f"{self.account['statuses']} ({self.account['behind']} refused by gunicorn)"
        return f"asked {asked:.0f}/s, answered {answered}, {self.goodput:.1f}/s, {self.cost * 1000:.0f} ms of processor each ({used})"


def cost(turns):
    """Return the seconds of processor for each article answered, over several turns."""
    return sum(sum(one.used.values()) for one in turns) / sum(one.account["statuses"]["200"] for one in turns)


def weather(front, bodies, processes, connections, seconds, rate=None):
    """Have wrk ask, once the queue is empty, and take down what came of it; `processes` are the parties' process ids by name."""
    while not re.search(rb"^isnad_queue_requests 0.0$", front.get("/metrics").body, re.MULTILINE):
        time.sleep(0.1)
    before = {name: cpu_seconds(pid) for name, pid in processes.items()}
    clients = resource.getrusage(resource.RUSAGE_CHILDREN)
    account = asked(front.port, bodies, connections, seconds, rate)
    used = {name: cpu_seconds(pid) - before[name] for name, pid in processes.items()}
    used["wrk"] = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - sum(clients[:2])
    print(f"{connections} connections: {(found := Weather(account, used))}")  # noqa: T201 — figures for docs/reliability.md
    return found


@contextlib.contextmanager
def probed(get):
    """Ask for health four times a second while the block runs; yields the list of the seconds it took, which fills meanwhile."""
    seconds, over = [], threading.Event()

    def ask():
        while not over.wait(0.25):
            begun = time.monotonic()
            assert get("/livez").status == 200
            seconds.append(time.monotonic() - begun)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield seconds
    finally:
        over.set()
        asking.join()


@contextlib.contextmanager
def deployed(directory, *, through_nginx):
    """Run the service, its logs and all, and yield it, what to ask, and the processes whose work counts."""
    with contextlib.ExitStack() as running:
        server = running.enter_context(serving(application=None, ISNAD_MODELS_DIR=MODELS))
        if through_nginx:
            proxy = running.enter_context(proxied(server, directory))
            yield proxy, {"gunicorn": server.process.pid, "nginx": proxy.process.pid}
        else:
            yield server, {"gunicorn": server.process.pid}


@pytest.mark.parametrize("front", LEAST_GOODPUT)
def test_ten_times_overload_is_borne(tmp_path, front):
    """Only 200 and 503 with Retry-After; goodput near the peak, by turns; /livez within 200 ms throughout a minute of it."""
    if front == "through nginx" and not shutil.which("nginx"):
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    bodies = tmp_path / "bodies"
    bodies.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles(2_000)), "utf-8")
    with deployed(tmp_path, through_nginx=front == "through nginx") as (server, processes):
        asked(server.port, bodies, CALM_CLIENTS, TURN)  # warms up
        calm, storms = [], []
        for _ in range(ROUNDS):
            calm.append(weather(server, bodies, processes, CALM_CLIENTS, TURN))
            rate = 10 * cores() / min(one.cost for one in calm)
            storms.append(weather(server, bodies, processes, CONNECTIONS, TURN, rate))
        with probed(server.get) as health:
            storms.append(weather(server, bodies, processes, CONNECTIONS, STORM, rate))
    peak, goodput = (sum(one.goodput for one in turns) / ROUNDS for turns in (calm, storms[:ROUNDS]))
    kept = cost(calm) / cost(storms[:ROUNDS])
    took = sorted(storms[-1].account["milliseconds"])
    print(  # noqa: T201
        f"{front}: by turns {goodput:.1f}/s of {peak:.1f}/s by the clock, {goodput / peak:.0%}, and {kept:.0%} by the processor; "
        f"answered p50 {statistics.median(took):.0f} ms, p99 {took[int(len(took) * 0.99)]:.0f} ms; "
        f"/livez p50 {statistics.median(health) * 1000:.0f} ms, at most {max(health) * 1000:.0f} ms"
    )
    assert {status for one in (*calm, *storms) for status in one.account["statuses"]} == {"200", "503"}
    assert [(one.account["silent"], one.account["lost"]) for one in (*calm, *storms)] == [(0, 0)] * (2 * ROUNDS + 1)
    assert sum(storms[-1].account["statuses"].values()) >= 0.9 * rate * STORM
    assert max(health) < 0.2
    assert kept >= LEAST_GOODPUT[front]
