"""The table of contents of a corpus run: look up, open the books, answer, put together, close the books."""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import closing
from dataclasses import dataclass

from rich.console import Console

from service.corpus import intake, local
from service.corpus.answering import Identity, installed, load_answering
from service.corpus.assembly import Counts, assemble
from service.corpus.custody import Load, Unanswerable
from service.corpus.intake import Input, NoArticles, look_up
from service.corpus.ledger import Ledger
from service.corpus.progress import shown
from service.corpus.records import Shard
from service.corpus.shifts import Job, environment
from service.corpus.staging import Staging
from service.corpus.store import Store, store_at
from service.settings import Settings, cores, settings_from

_NAMED = 5  # of the files that are not read


@dataclass(frozen=True)
class Engine:
    """Who answers: processes of this machine, or the actors of a Ray cluster; `workers` of them, a core each where None."""

    name: str = "local"
    workers: int | None = None
    address: str | None = None  # of the cluster
    load: Load = load_answering
    identity: Identity | None = None  # of what `load` loads; found out where None


@dataclass(frozen=True)
class Plan:
    """How a corpus is run."""

    engine: Engine
    shard_articles: int = 500
    article_seconds: float = 300.0
    restart: bool = False


def run(source: str, target: str, plan: Plan, console: Console) -> Counts:
    """Answer the articles at `source` into the corpus at `target`, or what an earlier run left of them; return what it holds.

    Raises:
        NoArticles: there is nothing to answer, or the output lies in the input.
        StoreUnknown: the output is nowhere that can be written.
        CorpusRefused: the output holds something else, or answers of another engine.
        Unanswerable: no process can answer; what was committed is kept.
        SettingsInvalid, WeightsUnusable: the settings or the models are at fault.
        OSError: something cannot be read or written; what was committed is kept.
    """
    settings, store, articles = settings_from(), store_at(target), look_up(source)
    _check_apart(articles, store)
    if articles.ignored:
        named = ", ".join(articles.ignored[:_NAMED])
        console.print(f"not read, by their names no articles: {named} ({len(articles.ignored):,} in all)", markup=False)
    ledger, staging = Ledger(store), Staging(store)
    identity = plan.engine.identity or installed()
    ledger.begin(identity, restart=plan.restart)
    if complete := ledger.ended(articles.files):
        return complete
    job = Job(staging, plan.engine.load, identity, environment(), plan.article_seconds)
    before = staging.committed()
    with closing(_answered(articles, job, before, plan, settings)) as answered:
        places = sorted((shard.file.index, shard.first, shard.name) for shard in shown(answered, before, len(articles.files), console))
    counts = assemble(staging, [name for _, _, name in places], identity)
    ledger.end(identity, articles.files, counts)
    return counts


def _answered(articles: Input, job: Job, done: Collection[str], plan: Plan, settings: Settings) -> Generator[Shard]:
    if plan.engine.name == "local":
        cut = (shard for file in articles.files for shard in intake.shards(articles.system, file, plan.shard_articles, settings.max_body_bytes, done))
        yield from local.answered(cut, job, plan.engine.workers or cores())
        return
    try:
        from service.corpus import cluster  # noqa: PLC0415 — Ray is an extra
    except ModuleNotFoundError as error:
        raise Unanswerable(f"{error}: pip install 'isnad[ray]'") from error

    reading = cluster.Reading(articles, plan.shard_articles, settings.max_body_bytes, done)
    with cluster.connected(plan.engine.address):
        yield from cluster.answered(reading, job, plan.engine.workers)


def _check_apart(articles: Input, store: Store) -> None:
    inside = [file for file in articles.files if type(articles.system) is type(store.system) and file.path.startswith(f"{store.root}/")]
    if inside:
        raise NoArticles(f"{store.root} is the output, and {inside[0].name} of the input lies in it")
