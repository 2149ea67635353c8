"""What the tests of the command line share: an engine without weights, and one article in a file."""

import pytest
from click.testing import CliRunner

from service.cli import batches, main
from service.engine import Engine
from service.stages import StageClock
from service.weights import Weights
from tests.conftest import MODELS

TEXT = "قال الوزير إن الأمر انتهى."


def isnad(*arguments, stdin=None):
    """Run a command as the shell would."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(name="engine", autouse=True)
def _engine(extractor, monkeypatch):
    """Put an engine without weights where the commands look for theirs."""
    engine = Engine(extractor, StageClock(), Weights(MODELS, "test", {}))
    monkeypatch.setattr(batches, "_engines", [engine])
    monkeypatch.setattr("service.engine.load_engine", lambda _settings: engine)
    return engine


@pytest.fixture(name="article")
def _article(tmp_path):
    path = tmp_path / "خبر.txt"
    path.write_text(TEXT, "utf-8")
    return path
