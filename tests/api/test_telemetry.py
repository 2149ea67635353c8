"""Traces, where they are asked for: of requests, to a collector, without the article."""

import http.server
import threading

import pytest

from tests.servers import serving

TEXT = "قال الوزير إن الأمر انتهى."


@pytest.fixture(name="collector")
def _collector():
    """Return the address of a collector of traces and what it was sent."""
    sent = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def test_requests_are_traced(collector):
    """A worker sends its spans, named by route and without a word of the text; health makes none."""
    address, sent = collector
    variables = {"ISNAD_TELEMETRY": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_SERVICE_NAME": "isnad", "WEB_CONCURRENCY": "1"}
    with serving(**variables) as server:
        server.get("/livez")
        assert server.post({"text": TEXT}).status == 200
    traces = b"".join(sent)
    assert b"/v1/attributions" in traces
    assert b"/livez" not in traces
    assert "الوزير".encode() not in traces
