"""Raw news as the models meet it: one paragraph a line, cut into surface tokens."""

import lzma
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MARKS = "\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC LETTER SUPERSCRIPT ALEF}"
TATWEEL = "\N{ARABIC TATWEEL}"

_TOKEN = re.compile(
    r"\d+(?:[.,/:\N{ARABIC DECIMAL SEPARATOR}]\d+)*"  # 3.5, 1,250, 14:30 stay whole
    rf"|(?:[^\W\d_]|[{MARKS}{TATWEEL}])+"  # a word with its vowel marks
    r"|[^\w\s]|_"  # any other sign stands alone
)


def surface_tokens(paragraph: str) -> list[str]:
    """Cut a paragraph the way the treebank does: clitics stay attached, signs stand alone.

    >>> surface_tokens("وقال: «3.5 ملايين».")
    ['وقال', ':', '«', '3.5', 'ملايين', '»', '.']
    """
    return _TOKEN.findall(paragraph)


def paragraphs(archives: Iterable[Path]) -> Iterator[str]:
    """Every non-empty paragraph of the archives, in their order."""
    for archive in archives:
        with lzma.open(archive, "rt", encoding="utf-8") as lines:
            for line in lines:
                if paragraph := line.strip():
                    yield paragraph


def shuffled_tokens(directory: Path, seed: int) -> list[str]:
    """All paragraphs as space-joined tokens, shuffled so that no outlet comes last.

    A word-vector learning rate falls towards zero: without the shuffle the outlets
    at the end of the alphabet would hardly count.
    """
    lines = [" ".join(surface_tokens(paragraph)) for paragraph in paragraphs(sorted(directory.glob("*.txt.xz")))]
    random.Random(seed).shuffle(lines)
    return lines
