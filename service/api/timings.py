"""Where the time of a request went, for its `Server-Timing` header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from time import monotonic

from flask import Response, g


def note_timings(seconds: Mapping[str, float]) -> None:
    """Add the seconds of stages to those of the request at hand."""
    g.timings.update(seconds)


def start_timing() -> None:
    """Note when the request at hand began."""
    g.begun = monotonic()
    g.timings = Counter()


def elapsed() -> float:
    """Return the seconds since the request at hand began."""
    begun: float = g.get("begun", monotonic())
    return monotonic() - begun


def add_server_timing(response: Response) -> Response:
    """Say in milliseconds what each stage took; a streamed answer's head is written before anything took any."""
    response.headers["Server-Timing"] = server_timing({**g.get("timings", {}), "total": elapsed()})
    return response


def server_timing(seconds: Mapping[str, float]) -> str:
    """Return the header's value: what each stage took, in milliseconds."""
    return ", ".join(f"{stage};dur={taken * 1000:.1f}" for stage, taken in seconds.items())
