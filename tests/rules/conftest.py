"""What rule tests share: recorded annotations in the models' place, and the models where something is to be recorded."""

import pytest

from service.extraction import Extractor
from service.weights import UNVERIFIED, unverified, verified
from tests.conftest import MODELS
from tests.rules import recordings


def pytest_addoption(parser):
    parser.addoption("--record", action="store_true", help="annotate every case anew with the models and write tests/annotations/")
    parser.addoption("--update", action="store_true", help="write the golden reports of tests/articles/ anew")


def pytest_configure(config):
    config.addinivalue_line("markers", "stanza: needs the models; compares the recorded annotations with what they say today")


@pytest.fixture(name="live", scope="session")
def _live():
    """Return the annotator itself, with the models of ISNAD_MODELS_DIR or of the repository."""
    if not (MODELS / "resources.json").is_file():
        pytest.skip(f"no models in {MODELS}")
    from service.annotation import StanzaAnnotator

    weights = verified(MODELS) if (MODELS / "manifest.json").is_file() else unverified(MODELS)
    return StanzaAnnotator(weights)


@pytest.fixture(name="recordings_of", scope="session")
def _recordings_of(request):
    """Return what gives a file's recordings by its name, its articles annotated and written first where --record asks for it."""
    known = {}

    def of(name, articles):
        if name not in known:
            if request.config.getoption("--record", default=False):
                recordings.record(name, articles, request.getfixturevalue("live"))
            known[name] = recordings.read(name)
        return known[name]

    return of


@pytest.fixture(name="report_of", scope="session")
def _report_of(recordings_of):
    """Return what answers one of the articles of a file from its recording."""

    def of(name, articles, article):
        return Extractor(recordings_of(name, articles).of(article.id)).extract([article])[0]

    return of


@pytest.fixture(name="held_to_the_models", scope="session")
def _held_to_the_models(live):
    """Return a check that the models still say what was recorded; models without a manifest are nobody's release and are not held to it."""
    if live.weights.version == UNVERIFIED:
        pytest.skip("the models are not those of the repository")

    def check(name, articles):
        played = recordings.read(name).played
        assert played.keys() == {article.id for article in articles}
        for article in articles:
            assert recordings.recorded(article, live) == played[article.id], f"{article.id}: pytest tests/rules --record"

    return check
