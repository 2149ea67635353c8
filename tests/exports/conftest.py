"""Reports to export: the whole articles by their recordings, the seed pages where they are, and one whose text tries every format's patience."""

import json
import tomllib
from pathlib import Path

import pytest

from service.attribution import Article, Report
from service.exports import Outgoing
from service.extraction import Extractor
from tests.exports.awkward import URL, awkward
from tests.rules import recordings

NAME = "articles"
HERE = Path(__file__).resolve().parent.parent / NAME
ARTICLES = [Article(**tomllib.loads(path.read_text("utf-8"))) for path in sorted(HERE.glob("*.toml"))]
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "gold" / "seeds"


@pytest.fixture(name="outgoing", params=["awkward", "nothing", *(article.id for article in ARTICLES)])
def _outgoing(request):
    if request.param == "awkward":
        return Outgoing(awkward(), URL, carries_text=True)
    if request.param == "nothing":
        return Outgoing(Report("لا شيء", "", (), (), ()))
    (article,) = (article for article in ARTICLES if article.id == request.param)
    return Outgoing(Extractor(recordings.read(NAME).of(article.id)).extract([article])[0])


@pytest.fixture(name="seed", params=range(5))
def _seed(request, annotator):
    """Return the report of a seed page, by the models."""
    files = sorted(SEEDS.glob("*.json"))
    if request.param >= len(files):
        pytest.skip(f"no seed pages in {SEEDS}")
    page = json.loads(files[request.param].read_text("utf-8"))
    return Outgoing(Extractor(annotator).extract([Article(page["id"], page["text"])])[0])
