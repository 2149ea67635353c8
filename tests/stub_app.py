"""The service over the stub extractor, for tests of real processes; an article's title says how many seconds its answer takes."""

import time

from service import create_app
from service.api.admission import Admission
from service.api.desk import Desk
from service.settings import settings_from
from service.stages import StageClock
from service.weights import Weights
from tests.fakes import StubExtractor


def application():
    """Return the application that gunicorn is to run."""
    settings = settings_from()
    extractor = StubExtractor()
    extractor.before = lambda article: time.sleep(float(article.title or 0))
    admission = Admission(settings.queue_chars, settings.queue_requests, settings.chars_per_second)
    return create_app(settings, Desk(settings, extractor, StageClock(), admission, Weights(settings.models_dir, "stub", {})))
