"""Serving the page to a browser, asking it, and reading what it shows."""

import contextlib
import re
import shutil
import threading
from dataclasses import dataclass, field

from werkzeug.serving import WSGIRequestHandler, make_server

from service.api.admission import Admission
from service.api.desk import Desk
from service.stages import StageClock
from service.weights import Weights
from tests.conftest import MODELS
from tests.web.written import TEXT

SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"),  # it is to ask nobody
]
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def chromium():
    """Return the path of the system's Chromium, None where it has none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class _Quiet(WSGIRequestHandler):
    """Keeps connections open, as gunicorn does, and writes no log of its own."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_arguments):
        """Write nothing: the service has its own log."""


@contextlib.contextmanager
def served(app):
    """Serve an application on threads of this process for the length of a block; give its address.

    A browser may keep what does not change, which it asks for again each time otherwise: some two dozen files a page.
    """
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def desk_of(extractor, settings):
    """Return a desk over `extractor`."""
    admission = Admission(settings.queue_chars, settings.queue_requests, settings.chars_per_second)
    return Desk(settings, extractor, StageClock(), admission, Weights(MODELS, "test", {}))


@dataclass
class Complaints:
    """What a page's browser said that it should not; failed requests are the test's own business."""

    said: list[str] = field(default_factory=list)

    def watch(self, page):
        """Listen to the console, to errors nobody caught, and to requests for anybody else's servers."""
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: request.is_navigation_request() or self._note_origin(request.url, page))

    def _note(self, kind, text):
        if kind in {"error", "warning"} and not text.startswith("Failed to load resource"):
            self.said.append(f"{kind}: {text}")

    def _note_origin(self, url, page):
        home = re.match(r"https?://[^/]+", page.url)
        if home and not url.startswith((home[0], "blob:", "data:")):
            self.said.append(f"asked {url}")


def answered(page, text=TEXT):
    """Paste a text, ask, and return the page when the answer is shown."""
    page.fill("#text", text)
    page.click("#ask")
    page.wait_for_selector("#result:not([hidden])")
    return page


def parts(page, attribution, part):
    """Return the texts of the pieces of one part of an attribution."""
    return page.locator(f'#article .{part}[data-attribution="{attribution}"]').all_text_contents()


def lit(page):
    """Return the pieces that are lit up, as (part, text)."""
    found = page.locator("#article .part.lit").evaluate_all("parts => parts.map(part => [part.className, part.textContent])")
    return [(classes.split()[1], text) for classes, text in found]
