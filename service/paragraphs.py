"""The way to the model and back: paragraphs laid out as one string, and the offsets of what the model found in the client's text.

The model reads paragraphs parted by blank lines, which it never lets a sentence cross. What it reads is as long as what the client
wrote, code point by code point, so that going back is one subtraction.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.arabic import HARAKAT, TATWEEL
from service.attribution import Passage, Span

LONGEST_RUN = 300
"""Code points without a blank that the model may see; the longest word of Arabic news has about 30, an URL seldom 300."""

_BREAK = "\n\n"
# White space as Stanza sees it: the C1 controls count, whatever Unicode says.
_BLANK = r"\s\u0080-\u009f"
_LONG_RUN = re.compile(rf"[^{_BLANK}]{{{LONGEST_RUN + 1},}}")
_UNBROKEN = re.compile(rf"[^{_BLANK}]+")
# What an over-long run is cut into: letters and digits with their marks, or one other sign.
_PIECE = re.compile(rf"(?:[^\W_]|[{HARAKAT}{TATWEEL}]){{1,{LONGEST_RUN}}}|[^{_BLANK}]")
_STAND_IN = "0"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One paragraph in the layout: where it begins there and where in its passage's text."""

    passage: int
    paragraph: int
    start: int
    end: int
    origin: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Paragraphs of several passages as the model reads them: `text`, its stretches in order, and the runs it was spared.

    `runs` maps the offset of a stand-in to the end of the over-long run it stands for, both in the layout.
    """

    text: str
    stretches: tuple[Stretch, ...]
    runs: Mapping[int, int]
    original: str

    def stretch_at(self, offset: int) -> Stretch:
        """Return the paragraph that `offset` of the layout lies in."""
        return self.stretches[bisect_right(self.stretches, offset, key=lambda stretch: stretch.start) - 1]

    def pieces(self, start: int, end: int) -> list[Span]:
        """Return the unbroken stretches that a token of the model's comes down to: itself, save when it holds a blank or an over-long run."""
        reached = max((self.runs[offset] for offset in range(start, end) if offset in self.runs), default=end) if self.runs else end
        return [piece for word in _UNBROKEN.finditer(self.original, start, max(end, reached)) for piece in _cut(self.original, word.span())]


def lay_out(passages: Sequence[Passage]) -> Layout:
    """Join the passages' paragraphs, blank ones left out, by blank lines, each over-long run replaced by a stand-in and blanks."""
    stretches, written, length = [], [], 0
    for passage, number, span in _paragraphs(passages):
        stretches.append(Stretch(passage, number, length, length + len(span), span.start))
        written.append(span.of(passages[passage].text))
        length += len(span) + len(_BREAK)
    original = _BREAK.join(written)
    runs = {run.start(): run.end() for run in _LONG_RUN.finditer(original)}
    return Layout(_LONG_RUN.sub(_stand_in, original), tuple(stretches), runs, original)


def _paragraphs(passages: Sequence[Passage]) -> Iterator[tuple[int, int, Span]]:
    for index, passage in enumerate(passages):
        for number, span in enumerate(passage.paragraphs):
            if _UNBROKEN.search(passage.text, span.start, span.end):
                yield index, number, span


def _stand_in(run: re.Match[str]) -> str:
    """Return a figure and blanks, as long as the run: base64 and key mashing cost the models minutes and mean nothing."""
    return _STAND_IN + " " * (len(run[0]) - 1)


def _cut(text: str, word: tuple[int, int]) -> list[Span]:
    start, end = word
    if end - start <= LONGEST_RUN:
        return [Span(start, end)]
    return [Span(*piece.span()) for piece in _PIECE.finditer(text, start, end)]
