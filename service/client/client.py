"""The client itself: requests sent, answers read, and both again when the service was busy or the line broke."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2
import tenacity

from service.client.messages import JSON, NDJSON, Line, answer_in, chunked, line_of, lines_in, problem_in, report_in
from service.client.problems import Problem, Unreachable
from service.client.reports import Article, Report

BASE_URL = "http://127.0.0.1:8000"
_LONGEST_WAIT = 30.0  # seconds between two attempts, where the service does not say how long
_JITTER = 0.5  # seconds, so that clients refused together do not come back together

Answer = TypeVar("Answer")
Sendable = Article | Mapping[str, Any] | str
"""An article, its fields by name, or its text alone."""


class Client:
    """Asks a service; to be used in a `with` block, or closed.

    `timeout` is the seconds of silence after which an attempt is given up, `attempts` how often one thing is tried, `patience` the seconds that
    trying may take in all: a service that asks for a longer wait is not waited for. `transport` is httpx2's, for proxies and tests.
    """

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        timeout: float = 60.0,
        attempts: int = 6,
        patience: float = 120.0,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """Make ready to ask the service at `base_url`, or where the environment's ISNAD_URL says, or on this machine; nothing is sent yet."""
        base_url = base_url or os.environ.get("ISNAD_URL") or BASE_URL
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._http = httpx2.Client(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._attempts = attempts
        self._patience = patience

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def attributions(self, text: str | None = None, *, html: str | None = None, **facts: str | None) -> Report:
        """Return who said what in one article, given as `text` or `html`; `facts` are the other fields of `Article`.

        Raises:
            Problem: the service refused it, or is still busy after all attempts.
            Unreachable: nobody answered.
        """
        line = line_of(Article(text, html, **facts))

        def ask() -> Report:
            response = self._http.post("/v1/attributions", content=line.body, headers={"Content-Type": JSON, "Accept": JSON})
            return report_in(response.content, line) if response.is_success else _refuse(response)

        return self._patiently(ask)

    def batch(self, articles: Iterable[Sendable], *, most_articles: int = 64, most_bytes: int = 250_000) -> Iterator[Report | Problem]:
        """Yield an answer for each article, in order: its report, or the problem with it, which harms no other.

        Articles are taken from the iterable as they are needed and sent by the chunk, each of at most so many articles and bytes; answers come as
        the service finds them. A chunk is to be answered well within the service's deadline and to fit into its queue; one that is too large for it
        is halved. What was not answered when a connection breaks is sent again.

        Raises:
            Problem: the service refuses the request as a whole, for its key for instance, or is still busy after all attempts.
            Unreachable: nobody answered.
        """
        for chunk in chunked(map(line_of, articles), most_articles, most_bytes):
            yield from self._answers(chunk)

    def _answers(self, lines: list[Line]) -> Iterator[Report | Problem]:
        """Yield the answers to some lines, by as many requests as it takes; each request answers one of them at least."""
        done = 0
        while done < len(lines):
            ahead = lines[done:]
            try:
                for answer in self._some_answers(ahead):
                    done += 1
                    yield answer
            except Problem as problem:
                if not problem.is_about_size:
                    raise
                if len(ahead) == 1:
                    yield problem
                else:
                    half = len(ahead) // 2
                    yield from self._answers(ahead[:half])
                    yield from self._answers(ahead[half:])
                return

    def _some_answers(self, lines: list[Line]) -> Iterator[Report | Problem]:
        """Yield the answers to the first lines, up to where the connection breaks or the service says that it is busy; to one at least."""
        try:
            first, response, further = self._patiently(lambda: self._begun(lines))
        except Problem as problem:
            if problem.line is None:
                raise
            yield problem  # this article alone takes longer than the service allows, however often it is asked
            return
        with closing(response):
            yield first
            for line in lines[1:]:
                try:
                    answer = _lasting(answer_in(next(further, b""), line))
                except (httpx2.TransportError, Unreachable, Problem):
                    return
                yield answer

    def _begun(self, lines: list[Line]) -> tuple[Report | Problem, httpx2.Response, Iterator[bytes]]:
        """Send lines and return the first answer, with the response and the lines that follow in it."""
        request = self._http.build_request(
            "POST", "/v1/attributions/batch", content=b"".join(line.body + b"\n" for line in lines), headers={"Content-Type": NDJSON}
        )
        response = self._http.send(request, stream=True)
        try:
            if not response.is_success:
                response.read()
                _refuse(response)
            further = lines_in(response.iter_bytes())
            first = _lasting(answer_in(next(further, b""), lines[0]))
        except BaseException:
            response.close()
            raise
        return first, response, further

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` returns, asking again while the service is busy or out of reach."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_may_pass),
            wait=_wait,
            stop=tenacity.stop_after_attempt(self._attempts) | tenacity.stop_before_delay(self._patience),
            reraise=True,
        )
        try:
            return retrying(ask)
        except httpx2.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error!r}") from error


def _refuse(response: httpx2.Response) -> Any:
    raise problem_in(response.status_code, response.headers.get("Retry-After"), response.content)


def _lasting(answer: Report | Problem) -> Report | Problem:
    """Return an answer that asking again would not change; raise the problem that may be over then."""
    if isinstance(answer, Problem) and answer.is_passing:
        raise answer
    return answer


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, httpx2.TransportError | Unreachable) or (isinstance(error, Problem) and error.is_passing)


def _wait(state: tenacity.RetryCallState) -> float:
    """Return the seconds to wait: as long as the service asks, or longer with every attempt; and a little by chance."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, Problem) else None
    if asked is None:
        return tenacity.wait_random_exponential(multiplier=_JITTER, max=_LONGEST_WAIT)(state)
    return asked + tenacity.wait_random(0, _JITTER)(state)
