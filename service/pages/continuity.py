"""How lines hang together: which is the headline, does a paragraph go on from the one before or open an article under its own heading?"""

from __future__ import annotations

from collections.abc import Sequence

from service.lexicon.furniture import load_furniture
from service.pages.lines import Line, phrase_of, words_of

_WAW_WORDS = frozenset(map(phrase_of, load_furniture().waw_words))
_AND, _AS_ALSO = "و", "كما"
_SHARED_WORDS = 2  # a lead shares as many words with its own heading
_TOP = 40  # lines among which the client's headline is looked for
_LONG_WORD = 4  # letters: shorter words tell nothing


def heads(pending: Sequence[Line], line: Line) -> bool:
    """Tell whether one headline heads the paragraph that follows it: they share words, and the paragraph opens no second sentence (وأضاف …)."""
    if len(pending) != 1 or goes_on(line):
        return False
    heading = {_stem(word.key) for word in pending[0].head if len(word.key) >= _LONG_WORD}
    return len(heading & {_stem(word.key) for word in line.head}) >= _SHARED_WORDS


def goes_on(line: Line) -> bool:
    """Tell whether a paragraph's first word joins it to the one before: وأضاف, كما."""
    key = line.head[0].key if line.head else ""
    return key == _AS_ALSO or (key.startswith(_AND) and key not in _WAW_WORDS)


def place_of(title: str, lines: Sequence[Line]) -> int:
    """Return which line above running text is the client's headline; 0 where none below the first is."""
    words = [word.key for word in words_of(title, 0, len(title))]
    for at, line in enumerate(lines[:_TOP] if words else ()):
        if line.length == len(words) and [word.key for word in line.head] == words[: len(line.head)]:
            return at if any(following.is_running for following in lines[at + 1 : at + _TOP]) else 0
        if line.is_running:
            return 0
    return 0


def _stem(key: str) -> str:
    return key.removeprefix(_AND).removeprefix("ال")
