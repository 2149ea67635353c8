"""Traces by OpenTelemetry, where a deployment asks for them; where they go is said by its own `OTEL_` variables."""

from __future__ import annotations

from flask import Flask

_NOT_TRACED = "livez,readyz,metrics"


def trace(app: Flask) -> None:
    """Have every request of `app` but health and metrics make a span; the article is no part of it.

    Raises:
        ImportError: the extra `telemetry` is not installed.
    """
    from opentelemetry.instrumentation.flask import FlaskInstrumentor  # noqa: PLC0415 — an extra, and slow to import

    FlaskInstrumentor().instrument_app(app, excluded_urls=_NOT_TRACED)


def start_exporting() -> None:
    """Send spans from this process; called in each worker, for the thread that sends them does not survive a fork."""
    from opentelemetry import trace as traces  # noqa: PLC0415 — an extra
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    traces.set_tracer_provider(provider)
