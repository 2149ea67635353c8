"""Arabic script as the look-up sees it: named code points, keys that fold spelling, clitics.

Text is never repaired: `key` makes what a lexicon is asked with, and every offset stays in the client's string.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FATHATAN = "\N{ARABIC FATHATAN}"
FATHA = "\N{ARABIC FATHA}"
DAMMA = "\N{ARABIC DAMMA}"
TATWEEL = "\N{ARABIC TATWEEL}"
COMMA = "\N{ARABIC COMMA}"
SEMICOLON = "\N{ARABIC SEMICOLON}"
QUESTION_MARK = "\N{ARABIC QUESTION MARK}"
TEH_MARBUTA = "\N{ARABIC LETTER TEH MARBUTA}"
ALEF_MAKSURA = "\N{ARABIC LETTER ALEF MAKSURA}"

HARAKAT = "".join(map(chr, range(ord("\N{ARABIC FATHATAN}"), ord("\N{ARABIC SUKUN}") + 1))) + "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
# Marks that browsers and editors leave inside words: joiners, directional marks, embeddings and isolates, the byte order mark.
INVISIBLE = (
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    + "".join(map(chr, range(ord("\N{LEFT-TO-RIGHT EMBEDDING}"), ord("\N{RIGHT-TO-LEFT OVERRIDE}") + 1)))
    + "".join(map(chr, range(ord("\N{LEFT-TO-RIGHT ISOLATE}"), ord("\N{POP DIRECTIONAL ISOLATE}") + 1)))
    + "\N{ZERO WIDTH NO-BREAK SPACE}"
)

_FOLDED = str.maketrans(
    {
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        **dict.fromkeys(HARAKAT + TATWEEL + INVISIBLE),
    }
)
_VARYING = 5  # letters from which two spellings of a name may differ by one
_PRESENTATION_FORMS = re.compile(r"[\ufb50-\ufdff\ufe70-\ufeff]")


@lru_cache(maxsize=1 << 13)
def key(text: str) -> str:
    """Return the look-up key of a word or phrase: no harakat, tatweel or invisible marks; hamza seats on alef, ى/ي, ة/ه and Farsi letters folded.

    Presentation forms are taken apart first (NFKC), and a decomposed hamza is composed (NFC) so that it folds like any other.
    """
    if _PRESENTATION_FORMS.search(text):
        text = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def same_word(one: str, other: str) -> bool:
    """Tell whether two words of names are one: equal but for the article, or one letter or a swap of two in five or more."""
    one, other = one.removeprefix("ال"), other.removeprefix("ال")
    if one == other:
        return True
    if one + "ي" == other or other + "ي" == one:
        return False  # سعود and سعودي: an adjective of relation
    if min(len(one), len(other)) < _VARYING - 1 or max(len(one), len(other)) < _VARYING or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]


@lru_cache(maxsize=1 << 11)  # a kilobyte each
def variants(word: str) -> frozenset[str]:
    """Return keys such that two words that are one (`same_word`) share at least one: the word, and it with any letter left out.

    Looking these up finds the candidates for a comparison without comparing all pairs (symmetric deletion).
    """
    bare = word.removeprefix("ال")
    if len(bare) < _VARYING - 1:
        return frozenset({bare})
    return frozenset({bare} | {bare[:at] + bare[at + 1 :] for at in range(len(bare))})
