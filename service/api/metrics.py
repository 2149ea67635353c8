"""What Prometheus is told: counts and durations, never a word of an article.

Under gunicorn the processes share their counts through files in `PROMETHEUS_MULTIPROC_DIR`, which `service.serving` sets.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from service.attribution import Document, Report

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

REQUESTS = Counter("isnad_requests_total", "Answers given.", ("route", "status"))
LATENCY = Histogram("isnad_request_seconds", "From the first byte read to the answer's head, by route.", ("route",), buckets=_SECONDS)
REJECTED = Counter("isnad_rejected_total", "Requests refused, by reason.", ("reason",))
WAITING = Gauge("isnad_queue_requests", "Requests waiting for their turn.", multiprocess_mode="livesum")
WAITING_CHARS = Gauge("isnad_queue_chars", "Characters waiting for their turn.", multiprocess_mode="livesum")
WAIT = Histogram("isnad_queue_wait_seconds", "Waiting for one's turn.", buckets=_SECONDS)
STAGE = Histogram("isnad_stage_seconds", "Seconds an article takes in each stage.", ("stage",), buckets=_SECONDS)
ARTICLES = Counter("isnad_articles_total", "Articles answered.")
CHARS = Counter("isnad_chars_total", "Characters of the articles answered.")
TOKENS = Counter("isnad_tokens_total", "Tokens of the articles answered.")
ATTRIBUTIONS = Counter("isnad_attributions_total", "Attributions found, by construction.", ("construction",))


@contextmanager
def queued(chars: int) -> Iterator[None]:
    """Show a request of `chars` characters in the queue for as long as the block lasts."""
    WAITING.inc()
    WAITING_CHARS.inc(chars)
    try:
        yield
    finally:
        WAITING.dec()
        WAITING_CHARS.dec(chars)


def record_request(route: str, status: int, seconds: float) -> None:
    """Count an answer; `route` is the rule, not the path, which a client could make up without end."""
    REQUESTS.labels(route, str(status)).inc()
    LATENCY.labels(route).observe(seconds)


def record_report(report: Report, stages: Mapping[str, float]) -> None:
    """Count an article's answer and where its time went."""
    ARTICLES.inc()
    CHARS.inc(len(report.text))
    for attribution in report.attributions:
        ATTRIBUTIONS.labels(attribution.construction.value).inc()
    for stage, seconds in stages.items():
        STAGE.labels(stage).observe(seconds)


def record_documents(documents: Sequence[Document]) -> None:
    """Count the tokens the models read."""
    TOKENS.inc(sum(len(document.tokens) for document in documents))


def exposition() -> bytes:
    """Return the metrics of all processes in Prometheus's text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library's, unannotated
    return generate_latest(registry)
