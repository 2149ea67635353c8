"""The command line: `isnad extract`, `batch`, `corpus`, `serve`, `evaluate`, `key`, `completion`."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from service import __version__
from service.settings import SettingsInvalid, settings_from
from service.weights import WeightsUnusable

FORMS = ("table", "json", "jsonl", "csv", "html", "webanno", "schema", "brat")
SHELLS = ("bash", "zsh", "fish")

# torch reads it when first imported; a second thread is slower on sentences, and hangs forked workers.
os.environ.setdefault("OMP_NUM_THREADS", "1")


class _Commands(click.Group):
    """Commands that end with one line and a code where the setting or the models are at fault."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (SettingsInvalid, WeightsUnusable) as error:
            click.echo(f"isnad: {error}", err=True)
            sys.exit(os.EX_CONFIG)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Who said what, in which article, through which outlet: attributions from Arabic news."""


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|-|GLOB...")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True, help="See docs/formats.md.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="A folder to write a file for each article into.")
@click.option("--encoding", help="Of the files, such as cp1256; UTF-8 where not given, or what HTML declares. What is not text in it is refused.")
@click.option("--title", help="The headline, if known.")
@click.option("--outlet", help="Who published it.")
@click.option("--url", help="Where it was published.")
@click.option("--published-at", help="When, as ISO 8601.")
def extract(sources: tuple[str, ...], form: str, into: Path | None, encoding: str | None, **facts: str | None) -> None:
    """Show the attributions of articles: plain text, or HTML where the file's name ends so.

    A file that cannot be read is told and passed over; the exit status is then 1.
    """
    from service.cli import reading, showing  # noqa: PLC0415 — `isnad --help` needs none of it
    from service.engine import load_engine  # noqa: PLC0415
    from service.exports import Outgoing  # noqa: PLC0415

    files = list(reading.expanded(sources))
    showing.refuse_what_cannot_be(form, into, files)
    articles = reading.articles_from(files, encoding, facts)
    if articles:
        engine = load_engine(settings_from())
        outgoing = (Outgoing(engine.extractor.extract([article])[0], article.url, carries_text=True) for article in articles)
        if into is None:
            showing.show(outgoing, form, engine.weights)
        else:
            showing.save(outgoing, form, into, engine.weights)
    sys.exit(0 if len(articles) == len(files) else 1)


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path), metavar="IN.jsonl|-")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="One report a line, in the order of the articles."
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one a core where not given.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run into the same output stopped.")
@click.option(
    "--errors", type=click.Path(dir_okay=False, path_type=Path), help="Where bad lines go; into the output, in their place, where not given."
)
@click.option("--encoding", help="Of the lines, such as cp1256; UTF-8 where not given, as JSON is.")
def batch(source: Path, output: Path, workers: int | None, resume: bool, errors: Path | None, encoding: str | None) -> None:
    """Answer a file of articles, one request a line, as the API takes it; fields it does not know are ignored."""
    from service.cli.batches import run  # noqa: PLC0415 — `isnad --help` needs none of it

    sys.exit(run(source, output, workers=workers, resume=resume, errors=errors, encoding=encoding))


@main.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Processes here, or a Ray cluster.")
@click.option("--address", help="Of the Ray cluster; RAY_ADDRESS where not given, and this machine where there is none.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes or actors; one a core where not given.")
@click.option("--shard-articles", type=click.IntRange(min=1), default=500, show_default=True, help="What is committed at once, and lost by a kill.")
@click.option("--article-seconds", type=click.FloatRange(min=0, min_open=True), default=300.0, show_default=True, help="Most for one article.")
@click.option("--restart", is_flag=True, help="Throw away what OUT holds of an earlier run; otherwise it is gone on with.")
def corpus(source: str, target: str, shard_articles: int, article_seconds: float, restart: bool, **engine: Any) -> None:
    """Answer a corpus: JSON lines or Parquet IN (path, folder, glob or URL), attributions OUT as Parquet by outlet and month; see docs/corpus.md."""
    try:
        from service.corpus.command import corpus as answered  # noqa: PLC0415 — `isnad --help` needs none of it
        from service.corpus.run import Engine, Plan  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error}: pip install 'isnad[corpus]', or 'isnad[ray]' for a cluster") from error

    plan = Plan(Engine(engine["engine"], engine["workers"], engine["address"]), shard_articles, article_seconds, restart)
    sys.exit(answered(source, target, plan))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one a core where not given.")
def serve(host: str, port: int, workers: int | None) -> None:
    """Serve the API by gunicorn; behind a proxy that buffers requests, see docs/operations.md."""
    environment = {**os.environ, "HOST": host, "PORT": str(port), **({"WEB_CONCURRENCY": str(workers)} if workers else {})}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.serving"]
    os.execve(sys.executable, command, environment)  # noqa: S606 — our own interpreter, no shell


@main.command()
@click.argument("score", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="SCORE.py")
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="GOLD...")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default=Path("reports.jsonl"), show_default=True)
@click.option("--errors", type=click.IntRange(min=0), default=0, help="How many errors the script is to list.")
def evaluate(score: Path, gold: tuple[Path, ...], output: Path, errors: int) -> None:
    """Answer annotated articles (JSON files or directories of them) and have a scoring script compare."""
    from service.cli.batches import run  # noqa: PLC0415 — `isnad --help` needs none of it
    from service.cli.reading import gold_lines  # noqa: PLC0415

    articles = output.with_suffix(".requests.jsonl")
    articles.write_bytes(gold_lines(gold))
    status = run(articles, output, workers=None, resume=False, errors=None)
    if status:
        sys.exit(status)
    command = [sys.executable, str(score), "--gold", *map(str, gold), "--pred", str(output), "--errors", str(errors)]
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 — the script that the user named


@main.command()
@click.option("--name", help="Whose key it is; shown in rate limits.")
def key(name: str | None) -> None:
    """Make an API key: the key for the client, its hash for ISNAD_API_KEYS."""
    made = secrets.token_urlsafe(32)
    digest = sha256(made.encode()).hexdigest()
    click.echo(f"key   {made}\nhash  {f'{name}:' if name else ''}{digest}")


@main.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what a shell needs to complete our commands and options: `eval "$(isnad completion bash)"` in ~/.bashrc."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415 — seldom asked for

    kind = get_completion_class(shell)
    if kind is None:  # click knows each of SHELLS
        raise click.ClickException(f"no completion for {shell}")
    click.echo(kind(main, {}, "isnad", "_ISNAD_COMPLETE").source())
