"""Small documents without models: words and marks for tokens, clitics and names as the test says."""

import re
from dataclasses import replace

from service import lexicon
from service.attribution import Document, Entity, Passage, Span, Token
from service.reading import read

_TOKEN = re.compile(r"\w[\w\u064b-\u0652]*|''|[^\w\s]")


def document(text, names=None, clitics=None):
    """Return `text` as a document, a paragraph a line; `names` maps stretches of the text to types, `clitics` tokens to their words."""
    tokens = tuple(replace(token, words=tuple((clitics or {}).get(token.text, token.words))) for token in _tokens(text))
    found = [_entity(tokens, text.index(name), name, kind) for name, kind in (names or {}).items()]
    return Document(text, tokens, tuple(sorted(found, key=lambda entity: entity.first)))


def reading(text, names=None, clitics=None):
    """Return `text` as the rules read it."""
    return read(document(text, names, clitics), lexicon.load().nouns)


def quotations(text):
    """Return the quotations in `text`, what stands between their marks and whether they close."""
    read_ = reading(text)
    return [(read_.text(found.first + 1, found.inner_last), found.closed) for found in read_.quotations]


def annotate(passages):
    """Stand in for the models: words and marks, no clitics, no names."""
    return [Document(passage.text, tuple(_tokens_of(passage)), ()) for passage in passages]


def _tokens(text):
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    return list(_tokens_of(Passage(text, tuple(lines))))


def _tokens_of(passage):
    for number, paragraph in enumerate(passage.paragraphs):
        for word in _TOKEN.finditer(passage.text, paragraph.start, paragraph.end):
            yield Token(word[0], Span(*word.span()), (word[0],), number, number)


def _entity(tokens, start, name, kind):
    covered = [at for at, token in enumerate(tokens) if start <= token.span.start < start + len(name)]
    return Entity(covered[0], covered[-1], Span(start, start + len(name)), kind)
