"""Rate limits counted together, by a real Redis."""

import contextlib
import shutil
import socket
import subprocess
import time

import pytest

from tests.servers import PATIENCE, free_port, serving

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed: apt-get install redis-server")

QUICK = {"text": "قال الوزير إن الأمر انتهى."}
LIMIT = 5


@pytest.fixture(name="redis")
def _redis(tmp_path):
    """Return the port of a Redis of the test's own, and what stops it."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        assert time.monotonic() < deadline
        time.sleep(0.05)

    def stop():
        process.terminate()
        process.wait(PATIENCE)

    yield port, stop
    stop()


def test_workers_count_together_and_alone_when_it_is_gone(redis):
    """However requests fall on the workers, the limit is one; while Redis is down each worker counts for itself, and the service stays open."""
    port, stop = redis
    variables = {"ISNAD_RATE_LIMIT": f"{LIMIT}/hour", "ISNAD_RATE_LIMIT_STORAGE": f"redis://127.0.0.1:{port}"}
    with serving(**variables) as server:
        assert [server.post(QUICK).status for _ in range(3 * LIMIT)] == [200] * LIMIT + [429] * 2 * LIMIT
        stop()
        assert server.post(QUICK).status == 200
        assert server.get("/livez").status == 200
