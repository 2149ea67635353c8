"""Repair of the treebank's one artefact: a clitic word written once for each of its pieces.

Where the source had no spelling for a piece, the rebuilt text repeats the whole word:
three times in place of conjunction + noun + pronoun. One paragraph in six has such a run.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby

from models.train.clitics import FUTURE, PROCLITICS
from models.train.treebank import Sentence, Token

PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "ني", "ه", "ك", "ي")
RARER = 20
SPELT_BEFORE_PRONOUN = (("ت", "ة"), ("ا", "ى"))


def has_doubles(sentence: Sentence) -> bool:
    """Whether some word of letters directly follows itself."""
    return any(len(run) > 1 for run in _runs(sentence))


def _runs(sentence: Sentence) -> Iterator[tuple[Token, ...]]:
    """Maximal runs of the same word; signs and figures may repeat and stay apart."""
    for text, run in groupby(sentence, lambda token: token.text):
        tokens = tuple(run)
        if text.isalpha() and len(text) > 1:
            yield tokens
        else:
            yield from ((token,) for token in tokens)


def repaired(sentence: Sentence, counts: Mapping[str, int]) -> Sentence:
    """Each run as one token, split into as many pieces as it had copies where that is plain."""
    tokens = list[Token]()
    for run in _runs(sentence):
        first = run[0]
        words = first.words if len(run) == 1 else split_into(first.text, len(run), counts)
        tokens.append(Token(first.text, words, run[-1].space_after))
    return tuple(tokens)


def split_into(word: str, pieces: int, counts: Mapping[str, int]) -> tuple[str, ...]:
    """The likeliest splitting into a number of pieces; the word whole if there is none.

    >>> counts = {"نحن": 50, "بين": 90, "ينقل": 3}
    >>> split_into("ونحن", 2, counts), split_into("بيننا", 2, counts)
    (('و', 'نحن'), ('بين', 'نا'))
    """
    stems = {max(way, key=len): way for way in _ways(word, pieces)}
    stem = max(stems, key=lambda stem: counts.get(stem, 0), default=word)
    if counts.get(stem, 0) * RARER < counts.get(word, 0):
        return (word,)
    return stems.get(stem, (word,))


def _ways(word: str, pieces: int) -> Iterator[tuple[str, ...]]:
    if pieces == 1:
        yield (word,)
        return
    if word.startswith((*PROCLITICS, *FUTURE)):
        stem = "ا" + word[1:] if word.startswith("لل") else word[1:]
        if len(stem) > 1:
            yield from ((word[0], *rest) for rest in _ways(stem, pieces - 1))
    for pronoun in PRONOUNS:
        base = word.removesuffix(pronoun)
        if base != word and len(base) > 1:
            for spelt in _before_pronoun(base):
                yield from ((*rest, pronoun) for rest in _ways(spelt, pieces - 1))


def _before_pronoun(base: str) -> Iterator[str]:
    yield base
    for bound, free in SPELT_BEFORE_PRONOUN:
        if base.endswith(bound):
            yield base[:-1] + free
