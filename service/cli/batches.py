"""A file of articles, answered by as many processes as there are cores: order kept, bad lines set apart, interrupted runs resumed."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import BinaryIO, TypeVar

import click
import orjson
from marshmallow import ValidationError
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from service.api.reports import report_json
from service.api.submissions import ArticleSchema, Submission, pointed
from service.api.versions import versions
from service.attribution import Article
from service.cli.encodings import decoded, likely
from service.engine import Engine, load_engine
from service.settings import cores, settings_from
from service.stages import STAGES

_SAMPLE = 100  # lines that tell a file's encoding
_AHEAD = 4  # tasks a worker has waiting: enough to keep it busy, few enough to hold in memory

Task = TypeVar("Task")
Result = TypeVar("Result")

_engines: list[Engine] = []  # this process's, loaded by its first task


@dataclass(frozen=True, slots=True)
class Answered:
    """A line's answer: a report or an error as JSON, and the seconds of each stage."""

    line: bytes
    is_error: bool
    stages: dict[str, float] = field(default_factory=dict)


def run(source: Path, output: Path, *, workers: int | None, resume: bool, errors: Path | None, encoding: str | None = None) -> int:
    """Answer the lines of `source` into `output`; return an exit status, 1 where some line was bad.

    Raises:
        click.ClickException: the whole of it is in another encoding, and not by a mistake in some line.
    """
    lines = _lines(source, encoding)
    done = sum(_whole_lines(path) for path in (output, errors) if path) if resume else 0
    if not resume:
        for path in filter(None, (output, errors)):
            path.write_bytes(b"")
    _engine()  # before the processes fork, which then share its pages; and what is wrong with it is told once
    begun, seconds, bad = monotonic(), Counter[str](), 0
    with ExitStack() as files:
        reports = files.enter_context(output.open("ab"))
        refused = files.enter_context(errors.open("ab")) if errors else reports
        for answered in _shown(_answers(lines, done, workers or cores()), len(lines), done):
            _write(refused if answered.is_error else reports, answered.line)
            seconds.update(answered.stages)
            bad += answered.is_error
    _summarise(len(lines) - done, bad, monotonic() - begun, seconds)
    return 1 if bad else 0


def _lines(source: Path, encoding: str | None) -> list[bytes]:
    """Return the lines that hold something, in UTF-8."""
    with click.open_file(str(source), "rb") as file:
        content = file.read()
    try:
        content = decoded(content, encoding).encode() if encoding else content.removeprefix(BOM_UTF8)
    except ValueError as error:
        raise click.ClickException(f"{source}: {error}") from error
    lines = [line for line in content.split(b"\n") if line.strip()]
    if not encoding and _is_foreign(lines[:_SAMPLE]) and (other := likely(b"\n".join(lines[:_SAMPLE]))) is not None:
        advice = f"it reads as Arabic in {other.encoding}: try --encoding {other.encoding}"
        raise click.ClickException(f"{source}: JSON is in UTF-8, and no line with a letter beyond ASCII is; {advice}")
    if not lines:
        click.echo(f"isnad: {source}: no line in it, hence nothing to answer", err=True)
    return lines


def _is_foreign(lines: Sequence[bytes]) -> bool:
    """Tell whether every line that could be UTF-8 or not is not; one such line among others is that line's own mistake."""
    telling = [line for line in lines if not line.isascii()]
    return bool(telling) and not any(_is_utf_8(line) for line in telling)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def in_order(pool: ProcessPoolExecutor, function: Callable[[Task], Result], items: Iterable[Task], ahead: int) -> Iterator[Result]:
    """Yield the results of `function` in the order of `items`, at most `ahead` of them under way."""
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(pool.submit(function, item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _answers(lines: Sequence[bytes], done: int, processes: int) -> Iterator[Answered]:
    """Yield the answers to the lines after the first `done`, in order."""
    numbered = islice(enumerate(lines, 1), done, None)
    if processes == 1:
        yield from (answer(number, line) for number, line in numbered)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from in_order(pool, _answer_task, numbered, _AHEAD * processes)


def _answer_task(task: tuple[int, bytes]) -> Answered:
    return answer(*task)


def answer(number: int, line: bytes) -> Answered:
    """Answer one request line: by a report, or by what is wrong with it."""
    try:
        submission: Submission = ArticleSchema(lenient=True).load(orjson.loads(line))
        article = _article(submission)
    except ValidationError as error:
        return _refused(number, [{"pointer": pointer, "detail": detail} for pointer, detail in pointed(error.messages_dict)])
    except ValueError as error:  # not JSON, or HTML without an article
        return _refused(number, [{"pointer": "", "detail": str(error)}])
    engine = _engine()
    engine.clock.begin()
    report = engine.extractor.extract([article])[0]
    stages = engine.clock.finish()
    return Answered(orjson.dumps(report_json(report, versions(engine.weights), with_text=submission.html is not None)), is_error=False, stages=stages)


def _article(submission: Submission) -> Article:
    if submission.html is None:
        return submission.article
    from service.pages import article_from_html  # noqa: PLC0415 — the parser of HTML is heavy, and most lines are text

    return article_from_html(submission.html, submission.article)


def _refused(number: int, errors: list[dict[str, str]]) -> Answered:
    return Answered(orjson.dumps({"line": number, "errors": errors}), is_error=True)


def _engine() -> Engine:
    if not _engines:
        _engines.append(load_engine(settings_from()))
    return _engines[0]


def _whole_lines(path: Path) -> int:
    """Return how many lines an earlier run finished, having cut off what it was writing when it stopped."""
    if not path.exists():
        return 0
    with path.open("rb+") as file:
        content = file.read()
        file.truncate(content.rfind(b"\n") + 1)
    return content.count(b"\n")


def _write(file: BinaryIO, line: bytes) -> None:
    """Write a line and let go of it, so that an interrupted run has lost nothing it counted."""
    file.write(line + b"\n")
    file.flush()


def _shown(answers: Iterable[Answered], total: int, done: int) -> Iterator[Answered]:
    """Pass the answers on, showing how far they are."""
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("articles", total=total, completed=done)
        for answered in answers:
            progress.advance(task)
            yield answered


def _summarise(articles: int, bad: int, elapsed: float, seconds: Mapping[str, float]) -> None:
    """Say how many articles a second that was, and where the time of the processes went."""
    whole = sum(seconds.values()) or 1.0
    shares = " · ".join(f"{stage} {seconds.get(stage, 0.0) / whole:.0%}" for stage in STAGES)
    click.echo(f"{articles} articles in {elapsed:.1f} s, {articles / max(elapsed, 1e-9):.1f} a second; {shares}; {bad} refused", err=True)
