"""Who may come in: one extraction at a time in a process, a bounded queue measured in characters, and an honest time for the rest.

Requests are measured by their text and not by their number, because the models' time grows with it.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Lock
from time import monotonic

_SMOOTHING = 0.2  # share of the newest measurement in the estimate of speed
_LONGEST_ADVICE = 120  # seconds; what is further off nobody can tell
_SHORTEST_MEASURED = 200  # characters below which fixed costs, not speed, are measured


@dataclass(frozen=True, eq=False)
class _Ticket:
    """A place in the queue, which is called by itself: to wake everybody for one's turn costs more than a refusal."""

    chars: int
    called: Condition


class QueueFull(Exception):  # noqa: N818 — not an error of ours: the request is refused
    """There is no room for the request now; `retry_after` says in how many seconds there probably is."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"no room for another {retry_after} s")
        self.retry_after = retry_after


class Admission:
    """Lets requests work one after the other, in the order in which they came, and as many wait as are bearable."""

    def __init__(self, most_chars: int, most_requests: int, chars_per_second: float) -> None:
        """Bound the queue by `most_chars` characters and `most_requests` requests; `chars_per_second` is the first guess of the speed."""
        self._most_chars = most_chars
        self._most_requests = most_requests
        self._speed = chars_per_second
        self._lock = Lock()
        self._waiting: deque[_Ticket] = deque()
        self._working: _Ticket | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether somebody works, or waits to."""
        return self._working is not None or bool(self._waiting)

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._waiting)

    @property
    def waiting_chars(self) -> int:
        """How many characters wait."""
        return sum(ticket.chars for ticket in self._waiting)

    @contextmanager
    def turn(self, chars: int, deadline: float) -> Iterator[float]:
        """Wait for one's turn until `deadline` (of `time.monotonic`); in the block, which has the process to itself, the seconds waited.

        Raises:
            QueueFull: at once where there is no room to wait, later where the deadline came first.
        """
        begun = monotonic()
        ticket = _Ticket(chars, Condition(self._lock))
        self._enter(ticket, deadline)
        started = monotonic()
        try:
            yield started - begun
        finally:
            self._leave(chars, monotonic() - started)

    def refuse_if_full(self, chars: int = 0) -> None:
        """Turn away a request that is not even read yet, where there is no room for its text of `chars` characters or more.

        Whoever has room enters by `turn`.

        Raises:
            QueueFull: the request may not wait now.
        """
        with self._lock:
            if not self._has_room(chars):
                raise QueueFull(self.retry_after())

    def retry_after(self) -> int:
        """Return the seconds that the work at hand and before it will take, at the speed measured of late; at least 1."""
        ahead = self.waiting_chars + (self._working.chars if self._working else 0)
        return min(_LONGEST_ADVICE, max(1, math.ceil(ahead / self._speed)))

    def _enter(self, ticket: _Ticket, deadline: float) -> None:
        with self._lock:
            if not self._has_room(ticket.chars):
                raise QueueFull(self.retry_after())
            self._waiting.append(ticket)
            in_time = ticket.called.wait_for(lambda: self._working is None and self._waiting[0] is ticket, max(0.0, deadline - monotonic()))
            self._waiting.remove(ticket)
            if not in_time:
                self._call_first()  # whoever stood behind may be first now
                raise QueueFull(self.retry_after())
            self._working = ticket

    def _call_first(self) -> None:
        if self._waiting:
            self._waiting[0].called.notify()

    def _has_room(self, chars: int) -> bool:
        """Tell whether the request may wait; a text longer than the whole queue may be its only one, or it could never be answered."""
        if not self.is_busy:
            return True
        fits = not self._waiting or self.waiting_chars + chars <= self._most_chars
        return fits and len(self._waiting) < self._most_requests

    def _leave(self, chars: int, seconds: float) -> None:
        with self._lock:
            if chars >= _SHORTEST_MEASURED and seconds > 0:
                self._speed += _SMOOTHING * (chars / seconds - self._speed)
            self._working = None
            self._call_first()
