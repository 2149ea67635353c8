"""Records answered in this process: read as the API reads a request, extracted many at a time, what is no article set apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson
from marshmallow import ValidationError

from service.api.submissions import ArticleSchema, Submission, pointed
from service.api.versions import versions
from service.attribution import Article, Report
from service.corpus import schema
from service.corpus.outcomes import Outcome, answered, quarantined
from service.corpus.records import Record
from service.settings import Settings, settings_from
from service.weights import Weights, unverified, verified

Identity = Mapping[str, str]
"""What an answer depends on: versions, digests of code and weights, limits. Answers go into one corpus where all of it is equal."""

_PACKAGE = Path(__file__).resolve().parent.parent


class Extracting(Protocol):
    """What answers articles: the extractor, or a stand-in."""

    def extract(self, articles: Sequence[Article]) -> list[Report]:
        """Return one report an article, in order."""


@dataclass(frozen=True, slots=True)
class _Page:
    """An article to answer, and whether its text was taken from HTML."""

    article: Article
    was_html: bool


@dataclass(frozen=True)
class Answering:
    """Answers records; holds the extractor with its models."""

    extractor: Extracting
    identity: Identity
    most_chars: int  # of an article's text
    most_html_chars: int

    def outcomes(self, file: str, records: Sequence[Record]) -> list[Outcome]:
        """Return what becomes of each record of a file, in order; whatever the extractor raises goes through."""
        read = [self._read(record) for record in records]
        reports = iter(self.extractor.extract([page.article for page in read if isinstance(page, _Page)]))
        return [
            answered(file, record, next(reports), with_text=page.was_html)
            if isinstance(page, _Page)
            else quarantined(file, record, record.reason, page)
            for record, page in zip(records, read, strict=True)
        ]

    def _read(self, record: Record) -> _Page | str:
        """Return the article of a record, or what is wrong with it."""
        if record.fault is not None:
            return record.fault
        schema_ = ArticleSchema(most_chars=self.most_chars, most_html_chars=self.most_html_chars, lenient=True)
        try:
            submission: Submission = schema_.load(orjson.loads(record.line))
            article = _article(submission)
        except ValidationError as error:
            return "; ".join(f"{pointer}: {detail}" if pointer else detail for pointer, detail in pointed(error.messages_dict))
        except ValueError as error:  # not JSON, or HTML without an article
            return str(error)
        if len(article.text) > self.most_chars:
            return f"/html: Its text is longer than {self.most_chars:,} characters, the limit of this service."
        return _Page(article, submission.html is not None)


def load_answering() -> Answering:
    """Return the extractor that this machine's environment asks for, its models loaded and warm.

    Raises:
        SettingsInvalid: a variable of the environment holds what its setting cannot be.
        WeightsUnusable: the models are missing, damaged or not those of the manifest.
    """
    from service.engine import load_engine  # noqa: PLC0415 — torch takes seconds to import, and only the processes that answer need it

    settings = settings_from()
    engine = load_engine(settings)
    return Answering(engine.extractor, identity_of(settings, engine.weights), settings.max_article_chars, settings.max_html_chars)


def installed() -> Identity:
    """Return what the answers of this installation depend on, without loading its models.

    Raises:
        SettingsInvalid, WeightsUnusable: as `load_answering`.
    """
    settings = settings_from()
    return identity_of(settings, (verified if settings.verify_models else unverified)(settings.models_dir))


def identity_of(settings: Settings, weights: Weights) -> Identity:
    """Return what the answers of an installation depend on that has these settings and weights."""
    code = [path for path in sorted(_PACKAGE.rglob("*")) if path.suffix in {".py", ".toml"}]
    return {
        **versions(weights),
        "code": _digest(part for path in code for part in (str(path.relative_to(_PACKAGE)).encode(), path.read_bytes())),
        "weights": _digest(f"{name} {sha256}\n".encode() for name, sha256 in sorted(weights.sha256.items())),
        "packages": f"{settings.tokenize_package} {settings.mwt_package} {settings.ner_package}",
        "max_article_chars": str(settings.max_article_chars),
        "max_html_chars": str(settings.max_html_chars),
        "schema": str(schema.VERSION),
    }


def _article(submission: Submission) -> Article:
    if submission.html is None:
        return submission.article
    from service.pages import article_from_html  # noqa: PLC0415 — the parser of HTML is heavy, and most articles are text

    return article_from_html(submission.html, submission.article)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]
