"""Where articles are handed in and reports handed out: the extractor, its clock and the queue before it, one of each in a process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic

from flask import current_app

from service.api import metrics
from service.api.admission import Admission
from service.api.problems import invalid
from service.api.submissions import Submission
from service.api.timings import note_timings
from service.attribution import Article, Document, Passage, Report
from service.engine import Engine
from service.extraction import Annotate, Extractor
from service.settings import Settings
from service.stages import StageClock
from service.weights import Weights

EXTENSION = "isnad"
_HTML_PER_TEXT = 8  # a page's HTML is about eight times as long as the text in it


@dataclass(frozen=True)
class Desk:
    """Answers submissions in turn."""

    settings: Settings
    extractor: Extractor
    clock: StageClock
    admission: Admission
    weights: Weights

    @contextmanager
    def turn(self, submissions: Sequence[Submission]) -> Iterator[float]:
        """Wait for the turn of `submissions`; in the block, the seconds waited.

        Raises:
            QueueFull: there is no room to wait, or the deadline came first.
        """
        deadline = monotonic() + self.settings.deadline_seconds
        chars = sum(_chars(submission) for submission in submissions)
        with ExitStack() as queue:
            queue.enter_context(metrics.queued(chars))
            with self.admission.turn(chars, deadline) as waited:
                queue.close()
                metrics.WAIT.observe(waited)
                self.clock.begin(deadline)
                yield waited

    def report(self, submission: Submission) -> Report:
        """Return the report of one submission, within a turn.

        Raises:
            DeadlinePassed: the turn's time is over.
            Problem: 422, its HTML holds no article.
        """
        self.clock.check()
        self.clock.begin(self.clock.deadline)
        report = self.extractor.extract([article_of(submission, self.settings.max_article_chars)])[0]
        stages = self.clock.finish()
        metrics.record_report(report, stages)
        note_timings(stages)
        return report


def desk_with(settings: Settings, engine: Engine) -> Desk:
    """Return the desk of a process with this engine."""
    admission = Admission(settings.queue_chars, settings.queue_requests, settings.chars_per_second)
    return Desk(settings, engine.extractor, engine.clock, admission, engine.weights)


def counted(annotate: Annotate) -> Annotate:
    """Return the annotator with its tokens counted."""

    def counting(passages: Sequence[Passage]) -> list[Document]:
        documents = annotate(passages)
        metrics.record_documents(documents)
        return documents

    return counting


def the_desk() -> Desk:
    """Return the desk of the application at hand."""
    desk: Desk = current_app.extensions[EXTENSION]
    return desk


def article_of(submission: Submission, most_chars: int) -> Article:
    """Return the submission's article, its text taken from the HTML where that is what came.

    Raises:
        Problem: 422, the HTML holds no article or one of more than `most_chars` characters.
    """
    if submission.html is None:
        return submission.article
    from service.pages import article_from_html  # noqa: PLC0415 — the parser of HTML is heavy, and most clients send text

    try:
        article = article_from_html(submission.html, submission.article)
    except ValueError as error:
        raise invalid({"html": [str(error)]}, submission.at) from error
    if len(article.text) > most_chars:
        raise invalid({"html": [f"Its text is longer than {most_chars:,} characters, the limit of this service."]}, submission.at)
    return article


def _chars(submission: Submission) -> int:
    return len(submission.article.text) + len(submission.html or "") // _HTML_PER_TEXT
