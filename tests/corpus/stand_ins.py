"""What a process of a corpus run loads where models would be slow: the stub extractor, and articles that bring it down."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from service.attribution import Outlet, OutletEvidence
from service.corpus.answering import Answering
from tests.fakes import StubExtractor

IDENTITY = {"service": "test", "lexicon": "test"}
LOG = "STAND_IN_LOG"
"""Variable that names a folder where processes note which articles they answered, and who keeps them."""

FATAL, FAULTY, ENDLESS, SLOW = "يقتل", "يخطئ", "يعلق", "يبطئ"


class Extractor(StubExtractor):
    """The stub, which believes the outlet it is told, with a word for each way in which an article can fail it."""

    def extract(self, articles):
        """Return one report an article."""
        self.before = _suffer
        return [_published(report, article.outlet) for report, article in zip(super().extract(articles), articles, strict=True)]


def load():
    """Return the stub."""
    _note("keepers", os.getppid())
    return Answering(Extractor(), IDENTITY, most_chars=500, most_html_chars=5_000)


def load_another():
    """Return the stub of another lexicon."""
    return Answering(Extractor(), {**IDENTITY, "lexicon": "another"}, most_chars=500, most_html_chars=5_000)


def load_nothing():
    """Fail as models do that are not there."""
    raise FileNotFoundError("no weights")


def load_and_die():
    """Die as a process does for which there is no memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def _published(report, outlet):
    (item,) = report.articles
    return replace(report, articles=(replace(item, outlet=outlet and Outlet(outlet, OutletEvidence.REQUEST, None)),))


def _suffer(article):
    if FATAL in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if FAULTY in article.text:
        raise ZeroDivisionError("division by zero")
    if ENDLESS in article.text:
        time.sleep(600)
    if SLOW in article.text:
        time.sleep(0.02)
    _note("answered", article.id)


def _note(name, word):
    if LOG in os.environ:
        with Path(os.environ[LOG], name).open("a", encoding="utf-8") as log:
            log.write(f"{word}\n")


def noted(name):
    """Return what processes have noted: the ids of articles `answered`, once for each time, or the processes of their `keepers`."""
    path = Path(os.environ[LOG], name)
    return path.read_text("utf-8").split() if path.exists() else []
