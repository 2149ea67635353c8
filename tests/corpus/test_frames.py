"""Outcomes as frames: what Spark's mapInPandas maps, without Spark."""

import pandas as pd
import pytest

from service.corpus import frames, schema
from service.corpus.frames import answered, ddl
from tests.corpus import stand_ins
from tests.corpus.conftest import article
from tests.corpus.stand_ins import FATAL


@pytest.fixture(name="outcomes")
def _outcomes(monkeypatch):
    """Return what is made of frames of articles, over the stand-in."""
    monkeypatch.setattr(frames, "installed", lambda: stand_ins.IDENTITY)
    yield lambda *batches: pd.concat(answered(iter(batches), stand_ins.load), ignore_index=True)
    frames._custodies.pop(stand_ins.load).close()


def test_every_row_has_an_outcome(outcomes):
    """One row a record, counted over the frames, with the rows it adds to each table; poison is set apart here too."""
    rows = pd.DataFrame([article(0), article(1), {"id": 7, "text": f"خبر {FATAL}", "outlet": None}])
    found = outcomes(rows.iloc[:2], rows.iloc[2:])
    assert list(found.columns) == schema.OUTCOMES.names
    assert found["record"].tolist() == [1, 2, 3]
    assert [len(each) for each in found["attributions"]] == [1, 1, 0]
    assert found["attributions"][1][0]["outlet"] == "وكالة الساحل"
    assert found["quarantine"][2][0]["reason"] == "died"


def test_types_have_the_names_that_spark_gives_them():
    """The columns of a table are told in Spark's SQL, to any depth."""
    assert ddl(schema.QUARANTINE) == "`file` string, `record` bigint, `reason` string, `detail` string, `line` binary"
    assert "`via` array<struct<`name`: string, `text`: string, `start`: int, `end`: int>>" in ddl(schema.ATTRIBUTIONS)
    assert ddl().startswith("`record` bigint, `articles` array<struct<`file`: string")
