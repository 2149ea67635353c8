"""Real nginx for tests: deploy/nginx.conf in front of a server."""

import contextlib
import http.client
import json
import subprocess
import time
from pathlib import Path

from tests.servers import PATIENCE, REPOSITORY, free_port


class Proxy:
    """An nginx in front of a server."""

    def __init__(self, server, directory):
        """Write its configuration from ours, with ports and paths of the test's own, and start it."""
        self.port = free_port()
        text = (REPOSITORY / "deploy" / "nginx.conf").read_text("utf-8")
        text = text.replace("app:8000", f"127.0.0.1:{server.port}").replace("listen 8080", f"listen 127.0.0.1:{self.port}")
        text = text.replace("/tmp/", f"{directory}/").replace("error_log /dev/stderr", f"error_log {directory}/error.log")
        configuration = Path(directory) / "nginx.conf"
        configuration.write_text("daemon off;\n" + text, "utf-8")
        self.process = subprocess.Popen(["nginx", "-p", str(directory), "-c", str(configuration)], stderr=subprocess.PIPE)

    def post(self, article, headers=None):
        """Return the answer to an article, read whole."""
        return self._asked("POST", "/v1/attributions", json.dumps(article).encode(), {"Content-Type": "application/json", **(headers or {})})

    def get(self, path):
        """Return the answer to a GET, read whole."""
        return self._asked("GET", path)

    def _asked(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            answer.body = answer.read()
            return answer


@contextlib.contextmanager
def proxied(server, directory):
    """Run an nginx in front of `server` for the length of a block; its files lie in `directory`."""
    proxy = Proxy(server, directory)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            assert proxy.process.poll() is None, proxy.process.stderr.read()
            with contextlib.suppress(OSError):
                proxy.get("/livez")
                break
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield proxy
    finally:
        proxy.process.terminate()
        proxy.process.wait(PATIENCE)
        proxy.process.stderr.close()
