"""What tests share: an application that needs no weights, and the annotator with them."""

import os
from pathlib import Path

import pytest

from service import create_app
from service.api.admission import Admission
from service.api.desk import Desk
from service.settings import Settings
from service.stages import StageClock
from service.weights import Weights
from tests.fakes import StubExtractor

MODELS = Path(os.environ.get("ISNAD_MODELS_DIR") or Path(__file__).resolve().parent.parent / "models")


@pytest.fixture(name="settings")
def _settings():
    """Return settings small enough to run into every limit."""
    return Settings(
        max_body_bytes=100_000,
        max_article_chars=5_000,
        max_html_chars=50_000,
        max_batch_articles=5,
        max_batch_chars=12_000,
        deadline_seconds=15,
        queue_requests=2,
    )


@pytest.fixture(name="extractor")
def _extractor():
    return StubExtractor()


@pytest.fixture(name="app_with")
def _app_with(extractor):
    """Return a maker of applications over the stub extractor, by settings."""

    def made(settings):
        admission = Admission(settings.queue_chars, settings.queue_requests, settings.chars_per_second)
        clock = StageClock()
        app = create_app(settings, Desk(settings, extractor, clock, admission, Weights(MODELS, "test", {"a.pt": "0" * 64})))
        app.testing = False  # failures are to become problems, as they do in production
        return app

    return made


@pytest.fixture(name="app")
def _app(app_with, settings):
    return app_with(settings)


@pytest.fixture(name="client")
def _client(app):
    return app.test_client()


@pytest.fixture(name="annotator", scope="session")
def _annotator():
    """Return the annotator with the models of the repository."""
    if not (MODELS / "manifest.json").is_file():
        pytest.skip("models/ holds no weights")
    from service.annotation import StanzaAnnotator
    from service.weights import verified

    return StanzaAnnotator(verified(MODELS))
