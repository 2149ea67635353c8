"""Reports to export: the whole articles by their recordings, the seed pages where they are, and one whose text tries every format's patience."""

import json
from pathlib import Path

import pytest

from service.attribution import (
    Article,
    Attribution,
    Construction,
    ItemRole,
    NewsItem,
    Outlet,
    OutletEvidence,
    Report,
    Resolution,
    Span,
    Speaker,
    SpeakerMention,
    SpeakerType,
    SpeechType,
    Title,
    Via,
)
from service.exports import Outgoing
from service.extraction import Extractor
from tests.rules import recordings
from tests.rules.test_articles import ARTICLES, NAME

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "gold" / "seeds"
URL = "https://news.example/2026/11/خبر?id=1&page=2"
AWKWARD = (
    "\ufeff=عنوان <script>alert('x')</script> & \"علامات\"\r\n"
    "\N{RIGHT-TO-LEFT OVERRIDE}😀 قالت\u2028المتحدثة «لن\tنعود\n\n\vإلى الوراء» كما نقلت\x85الوكالة\0 عنها، ]]> «و'لن نتراجع»"
)


def spanning(words):
    """Return where these words stand in the awkward text."""
    start = AWKWARD.index(words)
    return Span(start, start + len(words))


def awkward():
    """Return a report whose words break lines, open formulas and tags, turn the writing and come in pieces."""
    title = spanning("=عنوان <script>alert('x')</script> & \"علامات\"")
    outlet = Outlet("@وكالة", OutletEvidence.REQUEST, None)
    item = NewsItem(0, ItemRole.MAIN, Span(0, len(AWKWARD)), (), Title(title.of(AWKWARD), title), outlet, ("'أ",), "2026-11-22")
    source, agency = spanning("المتحدثة"), spanning("الوكالة\0")
    speaker = SpeakerMention("s0", "+المتحدثة", SpeakerType.OTHER, "<b>الناطقة", Resolution.NAMED)
    whole, part = spanning("«لن\tنعود\n\n\vإلى الوراء»"), spanning("«و'لن نتراجع»")
    common = {"article": 0, "rule": "qala", "speaker": speaker, "outlet": "@وكالة", "confidence": 0.5}
    outer = Attribution(
        id=0,
        type=SpeechType.DIRECT,
        construction=Construction.CLAUSE,
        cue=spanning("قالت"),
        source=source,
        content=(whole, part),
        via=(Via("الوكالة", agency), Via("-أخرى", source)),
        parent=None,
        **common,
    )
    inner = Attribution(
        id=1,
        type=SpeechType.INDIRECT,
        construction=Construction.UNCUED,
        cue=None,
        source=None,
        content=(spanning("نعود\n\n\vإلى"),),
        via=(),
        parent=0,
        **{**common, "speaker": None},
    )
    person = Speaker("s0", speaker.name, speaker.type, ("<b>الناطقة",), (source,), (0,))
    return Report('=معرّف\n"1"', AWKWARD, (item,), (outer, inner), (person,))


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
