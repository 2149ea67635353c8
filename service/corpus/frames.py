"""Articles and outcomes as the frames of Spark's `mapInPandas`: the same answers within somebody else's engine.

One row a record comes out, whatever becomes of it: the rows it adds to each table are lists in it, to be exploded. See docs/corpus.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from service.corpus import schema
from service.corpus.answering import installed, load_answering
from service.corpus.custody import Custody, Load
from service.corpus.intake import records_of
from service.corpus.shifts import environment, outcomes

if TYPE_CHECKING:
    import pandas as pd

_SECONDS = 300.0  # that an article may take
_FILE = ""  # a frame has no file; `record` counts the rows of its partition

_PLAIN = {pa.string(): "string", pa.int32(): "int", pa.int64(): "bigint", pa.float64(): "double", pa.binary(): "binary"}

_custodies: dict[Load, Custody] = {}  # this process's, which Spark uses for one partition after another


def answered(frames: Iterator[pd.DataFrame], load: Load = load_answering) -> Iterator[pd.DataFrame]:
    """Yield the outcomes of frames of articles, whose columns are the fields of a request, one row a record; `ddl` tells the columns.

    Raises:
        Unanswerable: no process here can answer.
        SettingsInvalid, WeightsUnusable: the settings or the models are at fault.
    """
    import pandas as pd  # noqa: PLC0415 — only who has frames has it

    custody = _custodies.get(load) or _custodies.setdefault(load, Custody(load, installed(), environment(), _SECONDS))
    first = 1
    for frame in frames:
        batch = pa.RecordBatch.from_pandas(frame, preserve_index=False)
        rows = outcomes(_FILE, list(records_of(batch, first)), custody)
        yield pd.DataFrame(pa.Table.from_pylist(list(rows), schema.OUTCOMES).to_pylist(), columns=schema.OUTCOMES.names)
        first += batch.num_rows


def ddl(table: pa.Schema = schema.OUTCOMES) -> str:
    """Return the columns of a table as Spark's SQL names their types."""
    return ", ".join(f"`{field.name}` {_sql(field.type)}" for field in table)


def _sql(kind: pa.DataType) -> str:
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'`{field.name}`: {_sql(field.type)}' for field in kind)}>"
    if pa.types.is_list(kind):
        return f"array<{_sql(kind.value_type)}>"
    return _PLAIN[kind]
