"""A report whose words break lines, open formulas and tags, turn the writing and come in pieces: it tries every format's patience."""

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
