"""Stand-ins for what is slow or not there yet: an annotator without weights, an extractor without rules."""

import re
import threading

from service.attribution import (
    Attribution,
    Construction,
    Document,
    ItemRole,
    NewsItem,
    Report,
    Resolution,
    Span,
    Speaker,
    SpeakerMention,
    SpeakerType,
    SpeechType,
    Token,
    Via,
)

_WORD = re.compile(r"\w+|[^\w\s]")
_SAID = re.compile(r"قال (?P<source>\S+) (?P<content>إن [^.]+)")


def annotate(passages):
    """Return documents of words and signs, one sentence a paragraph, no clitics and no entities."""
    return [Document(passage.text, tuple(_tokens(passage)), ()) for passage in passages]


def _tokens(passage):
    for number, paragraph in enumerate(passage.paragraphs):
        for word in _WORD.finditer(passage.text, paragraph.start, paragraph.end):
            yield Token(word[0], Span(*word.span()), (word[0],), number, number)


class StubExtractor:
    """Finds قال + one word + إن …, once; waits for `gate` first, and raises `fault` where one is set."""

    def __init__(self):
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Semaphore(0)
        self.fault = None
        self.before = lambda _article: None

    def extract(self, articles):
        """Return one report an article."""
        self.entered.release()
        assert self.gate.wait(20), "nobody opened the gate"
        if self.fault:
            raise self.fault
        for article in articles:
            self.before(article)
        return [_report(article) for article in articles]


def _report(article):
    said = _SAID.search(article.text)
    item = NewsItem(0, ItemRole.MAIN, Span(0, len(article.text)), (), None, None, (), article.published_at)
    if not said:
        return Report(article.id, article.text, (item,), (), ())
    source, content = Span(*said.span("source")), Span(*said.span("content"))
    speaker = SpeakerMention("s0", source.of(article.text), SpeakerType.OTHER, None, Resolution.ROLE)
    attribution = Attribution(
        id=0,
        article=0,
        type=SpeechType.INDIRECT,
        construction=Construction.CLAUSE,
        rule="qala",
        cue=Span(said.start(), said.start() + 3),
        source=source,
        content=(content,),
        speaker=speaker,
        via=(Via(source.of(article.text), source),),
        outlet=article.outlet,
        parent=None,
        confidence=0.9,
    )
    person = Speaker("s0", speaker.name, speaker.type, (), (source,), (0,))
    return Report(article.id, article.text, (item,), (attribution,), (person,))
