"""Real processes for tests: gunicorn as it is deployed, on a port of its own."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
STUB = "tests.stub_app:application()"
PATIENCE = 60


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def children(pid):
    """Return the process ids of a process's children."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(child) for child in re.findall(r"\d+", listed)]


def cpu_seconds(pid):
    """Return the seconds of processor that a process and its children have used."""
    ticks = 0
    for process in (pid, *children(pid)):
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Server:
    """A gunicorn and the port it serves."""

    def __init__(self, application=STUB, wrapper=(), **variables):
        """Start it, by the command `wrapper` where one is given; `variables` are added to its environment."""
        self.port = free_port()
        command = [*wrapper, sys.executable, "-m", "gunicorn", "--config", "python:service.serving", *([application] if application else [])]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("ISNAD_", "PROMETHEUS_"))}
        environment |= {"PORT": str(self.port), "WEB_CONCURRENCY": "2", "PYTHONPATH": str(REPOSITORY)}
        environment |= {name: str(value) for name, value in variables.items()}
        self._log = os.memfd_create("log")  # a pipe that nobody reads fills, and stops who writes into it
        self.process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stderr=self._log, stdout=subprocess.DEVNULL)

    def written(self):
        """Return what it wrote to standard error."""
        return Path(f"/proc/self/fd/{self._log}").read_text("utf-8")

    def wait_until_ready(self):
        """Return when it is ready; fail where it ended or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.written()
            with contextlib.suppress(OSError):
                if self.get("/readyz").status == 200:
                    return self
            time.sleep(0.05)
        raise AssertionError("never ready")

    def connect(self, timeout=PATIENCE):
        """Return a new connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, path):
        """Return the answer to a GET, read whole."""
        return self._asked("GET", path)

    def post(self, article, path="/v1/attributions", timeout=PATIENCE):
        """Return the answer to an article."""
        return self._asked("POST", path, json.dumps(article).encode(), {"Content-Type": "application/json"}, timeout)

    def _asked(self, method, path, body=None, headers=None, timeout=PATIENCE):
        connection = self.connect(timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            answer.body = answer.read()
            return answer
        finally:
            connection.close()

    def raw(self, *parts, pause=0.0):
        """Send bytes as they are and return what comes back until the server closes or has nothing more to say."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            while part := connection.recv(65536):
                received += part
            return received

    def workers(self):
        """Return the process ids of the workers."""
        return children(self.process.pid)

    def stop(self, how=signal.SIGTERM):
        """Stop it and return its exit status and what it wrote to standard error."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.ended()

    def ended(self):
        """Wait for its end and return its exit status and what it wrote to standard error."""
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return status, self.written()


@contextlib.contextmanager
def serving(application=STUB, wrapper=(), **variables):
    """Run a server for the length of a block."""
    server = Server(application, wrapper, **variables)
    try:
        yield server.wait_until_ready()
    finally:
        server.stop()
