"""Which words carry a proclitic, told from how often the news writes them with and without.

A treebank of 40,000 tokens has not met لبنان or وفق often enough to know that their first
letter is their own. Twenty million tokens of news have: بنان and فق hardly occur.
"""

from collections.abc import Mapping

PROCLITICS = ("و", "ف", "ب", "ل", "ك")
BEFORE_NOUNS = ("و", "ل", "ب")
FUTURE = ("سي", "ست", "سن", "سأ", "سا")
PRONOUN_ENDINGS = ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ي", "ني")
FREQUENT = 40
MET = 3
SHORTEST_STEM = 2
SHORTEST_VERB = 4
MOSTLY_BARE = 3.0
HARDLY_BARE = 0.03


def analysis(word: str, counts: Mapping[str, int]) -> tuple[str, ...] | None:
    """The word's pieces where the counts are plain, the word alone where it has none.

    ``None`` where nothing is sure: a rare word, counts in between, or an ending that may
    be a pronoun.

    >>> counts = {"وقال": 900, "قال": 5000, "لبنان": 800, "بنان": 3, "للجيش": 90, "الجيش": 700}
    >>> analysis("وقال", counts), analysis("لبنان", counts), analysis("للجيش", counts)
    (('و', 'قال'), ('لبنان',), ('ل', 'الجيش'))
    """
    if counts.get(word, 0) < FREQUENT or word.endswith(PRONOUN_ENDINGS) or not word.isalpha():
        return None
    return _pieces(word, counts)


def _pieces(word: str, counts: Mapping[str, int]) -> tuple[str, ...] | None:
    if word.startswith(FUTURE):
        if len(word) <= SHORTEST_VERB:
            return None
    elif not word.startswith(PROCLITICS):
        return (word,)
    stem = "ا" + word[1:] if word.startswith("لل") else word[1:]
    if len(stem) < SHORTEST_STEM:
        return None
    ratio = counts.get(stem, 0) / max(counts.get(word, 0), 1)
    if ratio <= HARDLY_BARE:
        return None if word.startswith("لل") else (word,)
    if ratio < MOSTLY_BARE or len(stem) <= SHORTEST_STEM:
        return None
    rest = _pieces(stem, counts)
    return None if rest is None else (word[0], *rest)


def with_article(word: str, counts: Mapping[str, int]) -> tuple[str, ...] | None:
    """The pieces of a word that begins with لل or ولل: a preposition and the likeliest noun.

    للرئيس hides the article's alif, للبنان has no article, للجنة one of its two lams.

    >>> with_article("وللرئيس", {"الرئيس": 70}), with_article("للبنان", {"لبنان": 80})
    (('و', 'ل', 'الرئيس'), ('ل', 'لبنان'))
    """
    for conjunction in ("", "و", "ف"):
        rest = word.removeprefix(f"{conjunction}ل")
        if word.startswith(f"{conjunction}لل") and len(rest) > SHORTEST_STEM:
            noun = max(("ا" + rest, rest, "ال" + rest), key=lambda spelt: counts.get(spelt, 0))
            return (*conjunction, "ل", noun)
    return None


def expansions(counts: Mapping[str, int]) -> dict[str, str]:
    """What the expander need not guess: words whose pieces the counts are sure of.

    A word that stays whole is listed too: Stanza then takes back what the tokenizer
    wrongly marked (لبنان). For that a word may be rare, if its rest never occurs alone;
    and one clitic before it is one clitic only (ولبنان, never و + ل + بنان).
    """
    sure = dict[str, tuple[str, ...]]()
    for word in counts:
        pieces = with_article(word, counts) or analysis(word, counts) or _whole(word, counts)
        if pieces and word.startswith((*PROCLITICS, *FUTURE)):
            sure[word] = pieces
    for word in [word for word, pieces in sure.items() if len(pieces) == 1]:
        for clitic in BEFORE_NOUNS:
            sure.setdefault(clitic + word, (clitic, word))
    return {word: " ".join(pieces) for word, pieces in sure.items()}


def _whole(word: str, counts: Mapping[str, int]) -> tuple[str, ...] | None:
    rare = counts[word] < MET or not word.isalpha() or word.endswith(PRONOUN_ENDINGS)
    return None if rare or word[1:] in counts or word.startswith("لل") else (word,)
