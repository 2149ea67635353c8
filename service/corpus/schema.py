"""The tables of a corpus as Arrow has them: the contract's fields under the contract's names. docs/corpus.md tells what they mean.

Columns may be added, none renamed or retyped; VERSION goes up where one has to be.
"""

from __future__ import annotations

import pyarrow as pa

VERSION = 1
PARTITION = ("outlet", "month")
"""What the folders are named by; these columns are in the path and not in the files, as Hive has it."""


def _present(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


SPAN = pa.struct([_present("text", pa.string()), _present("start", pa.int32()), _present("end", pa.int32())])
_TITLE = pa.struct([_present("text", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
_PUBLISHER = pa.struct([_present("name", pa.string()), _present("evidence", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
_VIA = pa.struct([_present("name", pa.string()), *SPAN])
_MENTION = pa.struct(
    [
        _present("id", pa.string()),
        _present("name", pa.string()),
        _present("type", pa.string()),
        ("role", pa.string()),
        _present("resolution", pa.string()),
    ]
)
_PLACE = [
    _present("file", pa.string()),  # name of the input's file
    _present("record", pa.int64()),  # line or row in it, from 1
    _present("report", pa.string()),  # id of the article's report
]
_KEYS = [("outlet", pa.string()), ("month", pa.string())]

ARTICLES = pa.schema(
    [
        *_PLACE,
        _present("index", pa.int32()),
        _present("role", pa.string()),
        _present("start", pa.int32()),
        _present("end", pa.int32()),
        ("title", _TITLE),
        ("publisher", _PUBLISHER),  # the report's `outlet`, which is the name of a folder here
        _present("credits", pa.list_(pa.string())),
        ("published_at", pa.string()),
        ("text", pa.string()),  # where the article came as HTML: what the offsets point into
        *_KEYS,
    ]
)
ATTRIBUTIONS = pa.schema(
    [
        *_PLACE,
        _present("article", pa.int32()),
        _present("id", pa.int32()),
        _present("type", pa.string()),
        _present("construction", pa.string()),
        _present("rule", pa.string()),
        ("cue", SPAN),
        ("source", SPAN),
        _present("content", pa.struct([_present("text", pa.string()), _present("spans", pa.list_(SPAN))])),
        ("speaker", _MENTION),
        _present("via", pa.list_(_VIA)),
        ("parent", pa.int32()),
        _present("confidence", pa.float64()),
        ("published_at", pa.string()),  # of its article
        *_KEYS,
    ]
)
SPEAKERS = pa.schema(
    [
        *_PLACE,
        _present("id", pa.string()),
        _present("name", pa.string()),
        _present("type", pa.string()),
        _present("roles", pa.list_(pa.string())),
        _present("mentions", pa.list_(SPAN)),
        _present("attributions", pa.list_(pa.int32())),
        *_KEYS,
    ]
)
QUARANTINE = pa.schema(
    [
        _present("file", pa.string()),
        _present("record", pa.int64()),
        _present("reason", pa.string()),
        _present("detail", pa.string()),
        _present("line", pa.binary()),  # the record as it was, as far as it could be read
    ]
)
TABLES = {"articles": ARTICLES, "attributions": ATTRIBUTIONS, "speakers": SPEAKERS, "quarantine": QUARANTINE}

OUTCOMES = pa.schema([_present("record", pa.int64()), *(_present(name, pa.list_(pa.struct(list(table)))) for name, table in TABLES.items())])
"""One row a record: the rows that it adds to each table."""
