"""How gunicorn runs the service: `gunicorn.conf.py` and `isnad serve` both point here.

Processes, not threads, share the work: one worker a core, each with one thread of torch's; its other threads wait, answer health checks and
refuse what there is no room for. The models are loaded once, before the workers are forked, and shared by them page by page.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from service.settings import cores, settings_from


def _remove(directory: str, owner: int) -> None:
    """Remove the metrics' directory when the process that made it ends, however early; not when a worker does."""
    if os.getpid() == owner:
        shutil.rmtree(directory, ignore_errors=True)


# Read when torch and prometheus_client are first imported, hence before anything else of ours.
for _variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_variable] = "1"  # a master that ran an operation on more threads hangs every worker it forks
_M_ARENA_MAX, _HEAPS = -8, 2  # glibc's malloc.h
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 — the kernel's; heartbeats and counts must not wait for a disk
_SCRATCH = str(_SHARED_MEMORY) if os.access(_SHARED_MEMORY, os.W_OK) else None
if _SCRATCH:
    os.environ.setdefault("TMPDIR", _SCRATCH)  # torch looks for a place to write when imported, and stops where a read-only system has none
if "ISNAD_METRICS_READY" not in os.environ:  # once a start, not at a reload: the workers' counts are in there
    os.environ["ISNAD_METRICS_READY"] = "given" if "PROMETHEUS_MULTIPROC_DIR" in os.environ else "own"
    if os.environ["ISNAD_METRICS_READY"] == "own":
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="isnad-metrics-", dir=_SCRATCH)
        atexit.register(_remove, os.environ["PROMETHEUS_MULTIPROC_DIR"], os.getpid())
    for _stale in Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob("*.db"):
        _stale.unlink()
os.environ.setdefault("ISNAD_DRAIN_FILE", str(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]) / "draining"))
_DRAIN_SECONDS = float(os.environ.get("ISNAD_DRAIN_SECONDS", "0"))


wsgi_app = "service.serving:application()"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "0")) or cores()
worker_class = "service.api.worker.ProblemWorker"
threads = int(os.environ.get("ISNAD_THREADS", "40"))
preload_app = True
worker_tmp_dir = _SCRATCH
timeout = 120  # of a worker's heartbeat; an answer's time is ISNAD_DEADLINE_SECONDS
graceful_timeout = 60  # more than a full queue takes
keepalive = 75  # longer than nginx keeps its own connections, or it would write into one just closed
max_requests = int(os.environ.get("ISNAD_MAX_REQUESTS", "20000"))  # then a worker is replaced, against what leaks in a year
max_requests_jitter = max_requests // 10
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
forwarded_allow_ips = "127.0.0.1"
control_socket_disable = True
loglevel = "warning"
accesslog = None  # the service writes its own, in JSON and without texts


def application() -> Any:
    """Return the application, or end the process with code 78 (EX_CONFIG) and one line saying what is wrong."""
    from service import create_app  # noqa: PLC0415 — after the variables above are set
    from service.settings import SettingsInvalid  # noqa: PLC0415
    from service.weights import WeightsUnusable  # noqa: PLC0415

    try:
        return create_app()
    except (SettingsInvalid, WeightsUnusable) as error:
        sys.stderr.write(f"isnad: {error}\n")
        sys.stderr.flush()
        sys.exit(os.EX_CONFIG)


def on_starting(server: Any) -> None:
    """Have SIGTERM turn readiness off first, and stop the workers only after the time a load balancer needs to notice.

    The workers then finish every request they have accepted, for up to `graceful_timeout`.
    """
    stop = server.handle_term

    def drain_and_stop() -> None:
        if _DRAIN_SECONDS:
            Path(os.environ["ISNAD_DRAIN_FILE"]).touch()
            time.sleep(_DRAIN_SECONDS)
        stop()

    Path(os.environ["ISNAD_DRAIN_FILE"]).unlink(missing_ok=True)
    server.handle_term = drain_and_stop


def post_worker_init(_worker: Any) -> None:
    """Have the threads share two heaps: glibc would give each of forty its own, and torch's leavings would stay in every one of them."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's alone
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _HEAPS)


def when_ready(_server: Any) -> None:
    """Move what was loaded out of the collector's sight, so that it touches, and so copies, no shared page; and say where to ask."""
    gc.collect()
    gc.freeze()
    sys.stderr.write(f"isnad: http://{bind}/docs ({workers} workers)\n")
    sys.stderr.flush()


def post_fork(_server: Any, _worker: Any) -> None:
    """Start what does not survive a fork."""
    if settings_from().telemetry:
        from service.api.telemetry import start_exporting  # noqa: PLC0415 — an extra, and seldom asked for

        start_exporting()


def child_exit(_server: Any, worker: Any) -> None:
    """Take a gone worker's gauges out of the metrics."""
    from prometheus_client import multiprocess  # noqa: PLC0415 — after the variables above are set

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library's, unannotated
