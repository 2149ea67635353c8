"""The test part with its own first words.

As published, nearly every sentence of CLEANANERCorp's test part begins with a stray word
from elsewhere, tagged as it was there, in place of its own: often the verb of saying that
gives a name away. NewsFANE holds the same articles, clitics parted and hamzas dropped.
Where a sentence goes on there as it does here, it tells how the sentence begins.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from models.train.augment import HAMZA_SEATS
from models.train.clitics import PROCLITICS
from models.train.entities import OUTSIDE, Tagged, TaggedSentence

AGREEING_LETTERS = 16
LOOSE_SPELLINGS = HAMZA_SEATS | str.maketrans("ىةؤئ", "يهوي")


def restored(published: Iterable[TaggedSentence], edition: Iterable[TaggedSentence]) -> tuple[tuple[TaggedSentence, TaggedSentence], ...]:
    """Sentences as published and with their own first word, where another edition gives one, and no name.

    Sentences too short to be sure of, found with several first words or with none are left out.
    """
    first_words = _first_words(edition)
    pairs = list[tuple[TaggedSentence, TaggedSentence]]()
    for sentence in published:
        words = first_words.get(_key(sentence[1:]), set())
        if len(words) == 1:
            (word,) = words
            pairs.append((sentence, (Tagged(word, OUTSIDE), *sentence[1:])))
    return tuple(pairs)


def _first_words(edition: Iterable[TaggedSentence]) -> dict[str, set[str]]:
    """Every first word by the letters that follow it; it may be written as a clitic and its word."""
    found = defaultdict[str, set[str]](set)
    for sentence in edition:
        for size in (1, 2):
            if (word := _word(sentence[:size])) and (key := _key(sentence[size:])):
                found[key].add(word)
    return found


def _word(pieces: Sequence[Tagged]) -> str:
    """One word outside every name; empty if the pieces are no such thing."""
    *clitics, stem = (piece.text for piece in pieces)
    plain = all(piece.tag == OUTSIDE for piece in pieces) and stem.isalpha() and stem not in PROCLITICS
    return "".join([*clitics, stem]) if plain and all(clitic in PROCLITICS for clitic in clitics) else ""


def _key(rest: Sequence[Tagged]) -> str:
    """The next letters in the loosest spelling, so that editions agree; empty if they are too few."""
    letters = "".join(sign for token in rest for sign in token.text.translate(LOOSE_SPELLINGS) if sign.isalnum())
    return letters[:AGREEING_LETTERS] if len(letters) >= AGREEING_LETTERS else ""
