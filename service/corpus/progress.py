"""How far a run is: a line that moves on a terminal, a line a minute in a log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from time import monotonic

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from service.corpus.records import File, Shard

_EVERY_SECONDS = 60.0  # between two lines of a log


def shown(shards: Iterable[Shard], before: Collection[str], files: int, console: Console) -> Iterator[Shard]:
    """Pass the shards on, telling how many articles they hold, how many a second those not committed `before`, and how many of the files."""
    begun = said = monotonic()
    kept = answered = 0
    seen: set[File] = set()
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("loading models", total=None)
        for shard in shards:
            yield shard
            seen.add(shard.file)
            kept, answered = (kept, answered + shard.size) if shard.name not in before else (kept + shard.size, answered)
            rate = answered / max(monotonic() - begun, 1e-9)
            told = f"{answered:,} articles, {rate:,.1f} a second; {kept:,} from an earlier run; in {len(seen):,} of {files:,} files"
            progress.update(task, description=told)
            if not console.is_terminal and monotonic() - said >= _EVERY_SECONDS:
                said = monotonic()
                console.print(told)
