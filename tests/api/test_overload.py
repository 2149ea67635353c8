"""Ten times what the service can do, for a minute. Run by `make faults`; needs wrk, whose asking costs next to nothing of the processors it shares.

Once straight at gunicorn, once through nginx as `compose.yaml` has it. The peak is the best of several loads that keep every worker busy
without a refusal, before the storm and after it.
"""

import contextlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import threading
import time
from pathlib import Path

import pytest

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
CALM, STORM = 12, 60  # seconds
CLIENTS = (4, 8, 16)  # of the calm: each asks, waits for its answer, and asks again
CONNECTIONS = 120  # of the storm: more than the service lets wait, so that the rate can be kept


def asked(port, bodies, connections, seconds, rate=None):
    """Have wrk ask and return its account (see storm.lua); `rate` is requests a second, without it each connection asks when it was answered."""
    environment = os.environ | {"STORM_BODIES": str(bodies)} | ({"STORM_RATE": str(rate)} if rate else {})
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(STORM_SCRIPT), f"http://127.0.0.1:{port}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def goodput(account):
    """Return the answers of 200 a second."""
    return account["statuses"].get("200", 0) / account["seconds"]


def peak(port, bodies):
    """Return the most articles a second of as many clients as keep every worker busy and none waiting in vain."""
    accounts = [asked(port, bodies, clients, CALM) for clients in CLIENTS]
    assert all(set(account["statuses"]) == {"200"} for account in accounts)
    return max(map(goodput, accounts))


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


@pytest.mark.parametrize("through_nginx", [False, True], ids=["gunicorn alone", "through nginx"])
def test_ten_times_overload_is_borne(tmp_path, through_nginx):
    """Only 200 and 503 with Retry-After; goodput at least 90 % of the peak; /livez within 200 ms throughout."""
    if through_nginx and not shutil.which("nginx"):
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    bodies = tmp_path / "bodies"
    bodies.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles(2_000)), "utf-8")
    with deployed(tmp_path, through_nginx=through_nginx) as (front, processes):
        asked(front.port, bodies, 8, CALM)  # warms up
        before = peak(front.port, bodies)
        used = {name: cpu_seconds(pid) for name, pid in processes.items()}
        clients = resource.getrusage(resource.RUSAGE_CHILDREN)
        with probed(front.get) as health:
            storm = asked(front.port, bodies, CONNECTIONS, STORM, rate=10 * before)
        used = {name: cpu_seconds(pid) - used[name] for name, pid in processes.items()}
        used["wrk"] = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - sum(clients[:2])
        best = max(before, peak(front.port, bodies))
    took = sorted(storm["milliseconds"])
    print(  # noqa: T201 — figures for docs/reliability.md
        f"\npeak {before:.1f}/s before, {best:.1f}/s at best; asked {sum(storm['statuses'].values()) / storm['seconds']:.0f}/s: {storm['statuses']}, "
        f"goodput {goodput(storm):.1f}/s, {goodput(storm) / best:.0%}; answered p50 {statistics.median(took):.0f} ms, "
        f"p99 {took[int(len(took) * 0.99)]:.0f} ms; /livez p50 {statistics.median(health) * 1000:.0f} ms, at most {max(health) * 1000:.0f} ms; "
        f"processor {', '.join(f'{name} {seconds:.1f} s' for name, seconds in used.items())}"
    )
    assert set(storm["statuses"]) == {"200", "503"}
    assert (storm["silent"], storm["lost"]) == (0, 0)
    assert sum(storm["statuses"].values()) >= 9 * before * STORM
    assert goodput(storm) >= 0.9 * best
    assert max(health) < 0.2
