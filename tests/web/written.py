"""A report written by hand: nested, crossing, relayed, uncued and broken contents over a text that begins outside the BMP."""

from dataclasses import replace

from service.attribution import (
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
from tests.fakes import StubExtractor

TEXT = """🌊👩🏽‍🔬 السد يفتح أبوابه بعد الفيضان
نقلت صحيفة المنارة عن المهندس فارس العلي قوله إن الوزيرة أبلغته بأن الماء يكفي الجميع. وأضاف: «سنبدأ غدا».

«لا تخافوا»، تابع العلي، «فالطريق مفتوح».
وفقا لتقرير الهيئة، انخفض المنسوب مترا 🌧️ وعاد الصيادون إلى القرية.
«كل شيء جاهز».
المصدر: المنارة
"""


def at(text, after=""):
    """Return the span of the first `text` behind the first `after`."""
    start = TEXT.index(text, TEXT.index(after))
    return Span(start, start + len(text))


FARES = SpeakerMention("s0", "فارس العلي", SpeakerType.PERSON, "المهندس", Resolution.NAMED)
MINISTER = SpeakerMention("s1", "الوزيرة", SpeakerType.PERSON, None, Resolution.ROLE)
AUTHORITY = SpeakerMention("s2", "تقرير الهيئة", SpeakerType.OTHER, None, Resolution.NAMED)
RELAYED = Attribution(
    id=0,
    article=0,
    type=SpeechType.INDIRECT,
    construction=Construction.RELAY,
    rule="naqala",
    cue=at("قوله"),
    source=at("المهندس فارس العلي"),
    content=(at("إن الوزيرة أبلغته بأن الماء يكفي الجميع"),),
    speaker=FARES,
    via=(Via("المنارة", at("صحيفة المنارة")),),
    outlet="بوابة الأخبار",
    parent=None,
    confidence=0.9,
)
INNER = replace(
    RELAYED,
    id=1,
    construction=Construction.CLAUSE,
    rule="ablagha",
    cue=at("أبلغته"),
    source=at("الوزيرة"),
    content=(at("بأن الماء يكفي الجميع"),),
    speaker=MINISTER,
    via=(),
    parent=0,
    confidence=0.4,
)
DROPPED = replace(
    RELAYED,
    id=2,
    type=SpeechType.DIRECT,
    construction=Construction.COLON,
    rule="adafa",
    cue=at("أضاف"),
    source=None,
    content=(at("سنبدأ غدا"),),
    speaker=replace(FARES, resolution=Resolution.DROPPED_SUBJECT),
    via=(),
    confidence=0.8,
)
BROKEN = replace(
    DROPPED, id=3, rule="taba", cue=at("تابع"), source=at("العلي", "تابع"), content=(at("لا تخافوا"), at("فالطريق مفتوح")), speaker=FARES
)
ACCORDING = replace(
    RELAYED,
    id=4,
    construction=Construction.ACCORDING_TO,
    rule="wifqa",
    cue=at("وفقا"),
    source=at("تقرير الهيئة"),
    content=(at("انخفض المنسوب مترا 🌧️ وعاد الصيادون"),),
    speaker=AUTHORITY,
    via=(),
    confidence=0.7,
)
CROSSING = replace(
    ACCORDING, id=5, type=SpeechType.MIXED, cue=None, source=None, content=(at("وعاد الصيادون إلى القرية"),), speaker=None, confidence=0.5
)
UNCUED = replace(DROPPED, id=6, construction=Construction.UNCUED, rule="uncued", cue=None, content=(at("«كل شيء جاهز»"),), confidence=0.6)
ATTRIBUTIONS = (RELAYED, INNER, DROPPED, BROKEN, ACCORDING, CROSSING, UNCUED)
SPEAKERS = (
    Speaker("s0", "فارس العلي", SpeakerType.PERSON, ("المهندس",), (at("فارس العلي"), at("العلي", "تابع")), (0, 2, 3, 6)),
    Speaker("s1", "الوزيرة", SpeakerType.PERSON, (), (at("الوزيرة"),), (1,)),
    Speaker("s2", "تقرير الهيئة", SpeakerType.OTHER, (), (at("تقرير الهيئة"),), (4,)),
)
_HEADLINE = at("🌊👩🏽‍🔬 السد يفتح أبوابه بعد الفيضان")
_ITEM = NewsItem(
    0,
    ItemRole.MAIN,
    Span(0, len(TEXT) - len("المصدر: المنارة\n")),
    (),
    Title(_HEADLINE.of(TEXT), _HEADLINE),
    Outlet("بوابة الأخبار", OutletEvidence.CREDIT, None),
    ("بوابة الأخبار", "وكالات"),
    "2026-11-20",
)


class WrittenExtractor(StubExtractor):
    """Answers the text above with what is written here; any other as the stub does, its title and outlet echoed."""

    def extract(self, articles):
        """Return one report an article."""
        return [_report(article, stub) for article, stub in zip(articles, super().extract(articles), strict=True)]


def _report(article, stub):
    if article.text == TEXT:
        return Report(article.id, TEXT, (_ITEM,), ATTRIBUTIONS, SPEAKERS)
    outlet = Outlet(article.outlet, OutletEvidence.REQUEST, None) if article.outlet else None
    items = tuple(replace(item, outlet=outlet, title=Title(article.title, None) if article.title else None) for item in stub.articles)
    return replace(stub, articles=items)
