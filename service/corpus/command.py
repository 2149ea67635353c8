"""`isnad corpus`: the run, its last words and its exit status."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping

from rich.console import Console

from service.corpus.assembly import Counts
from service.corpus.custody import Unanswerable
from service.corpus.intake import NoArticles
from service.corpus.ledger import CorpusRefused
from service.corpus.run import Plan, run
from service.corpus.store import StoreUnknown

_STATUS: Mapping[type[Exception], int] = {
    NoArticles: os.EX_NOINPUT,
    StoreUnknown: os.EX_CANTCREAT,
    CorpusRefused: os.EX_CANTCREAT,
    Unanswerable: os.EX_TEMPFAIL,
    OSError: os.EX_IOERR,
}
_QUARANTINED = 1


def corpus(source: str, target: str, plan: Plan) -> int:
    """Run it and return an exit status: 0, or 1 where records are in quarantine; 66, 73, 74 and 75 where it could not be begun or ended."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # a machine that is taken away stops as one at a keyboard
    try:
        counts = run(source, target, plan, console)
    except tuple(_STATUS) as error:
        console.print(f"isnad: {error}", markup=False)
        return next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    except KeyboardInterrupt:
        console.print("isnad: stopped; the same command goes on from here")
        return os.EX_TEMPFAIL
    finally:
        signal.signal(signal.SIGTERM, before)
    console.print(_told(counts, target), markup=False)
    return _QUARANTINED if counts.rows["quarantine"] else 0


def _told(counts: Counts, target: str) -> str:
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in counts.reasons.items())
    return (
        f"{target}: {counts.records:,} records, {counts.rows['attributions']:,} attributions of {counts.rows['speakers']:,} speakers "
        f"in {counts.rows['articles']:,} news items; {counts.rows['quarantine']:,} in quarantine{f' ({reasons})' if reasons else ''}"
    )
