"""Other names in the same sentences: the context must carry what the vectors do not know."""

import random
from collections.abc import Iterator, Sequence

from models.train.entities import OUTSIDE, Tagged, TaggedSentence

PERSON = "PER"
CLITICS = ("و", "ل", "ب", "ف")
MISSPELT = 0.2
LETTERS = "ابتجحدرزسشعغفقكلمنهوي"


def spans(sentence: Sequence[Tagged], kind: str) -> Iterator[tuple[int, int]]:
    """Start and end of every mention of a class."""
    start = None
    for place, token in enumerate((*sentence, Tagged("", OUTSIDE))):
        if start is not None and token.tag != f"I-{kind}":
            yield start, place
            start = None
        if token.tag == f"B-{kind}":
            start = place


def person_names(sentences: Sequence[TaggedSentence]) -> tuple[tuple[str, ...], ...]:
    """Every distinct person mention, as its tokens."""
    found = {tuple(token.text for token in sentence[start:end]) for sentence in sentences for start, end in spans(sentence, PERSON)}
    return tuple(sorted(found))


def misspelt(name: str, chance: random.Random) -> str:
    """A name that no corpus has: one or two letters of a known one changed, added or lost."""
    letters = list(name)
    for _ in range(chance.choice((1, 2, 2))):
        place = chance.randrange(1, len(letters)) if len(letters) > 1 else 0
        change = chance.random()
        if change < 0.5:
            letters[place] = chance.choice(LETTERS)
        elif change < 0.75:
            letters.insert(place, chance.choice(LETTERS))
        elif len(letters) > 3:
            del letters[place]
    return "".join(letters)


def renamed(sentence: TaggedSentence, names: Sequence[tuple[str, ...]], rate: float, chance: random.Random) -> TaggedSentence:
    """Some persons called otherwise: by the last name alone, by another's name, by none's.

    Some new names are misspelt into unknown words and some carry a clitic, as surnames
    after a verb often do in the news (وقال فلان، لفلان). Places, clubs and firms are
    misspelt as often, or every unknown word would come to look like a person.
    """
    tokens = list(sentence)
    for start, end in reversed(list(spans(sentence, PERSON))):
        if chance.random() < rate:
            tokens[start:end] = _person(_new_name(tokens[start:end], names, chance))
    return tuple(_disguised(token, rate, chance) for token in tokens)


def _disguised(token: Tagged, rate: float, chance: random.Random) -> Tagged:
    fitting = token.kind not in {"", PERSON} and len(token.text) > 3 and not token.text.startswith("ال")
    if fitting and chance.random() < rate * MISSPELT:
        return Tagged(misspelt(token.text, chance), token.tag)
    return token


def _new_name(mention: Sequence[Tagged], names: Sequence[tuple[str, ...]], chance: random.Random) -> list[str]:
    own = [token.text for token in mention]
    if len(own) > 1 and chance.random() < 0.35:
        return own[-1:]
    name = list(chance.choice(names))
    if chance.random() < 0.4:
        name = name[-1:]
    if chance.random() < MISSPELT:
        name = [misspelt(part, chance) if len(part) > 3 else part for part in name]
    if chance.random() < 0.08 and not name[0].startswith("ال"):
        name[0] = chance.choice(CLITICS) + name[0]
    return name


def _person(name: Sequence[str]) -> list[Tagged]:
    return [Tagged(text, f"B-{PERSON}" if place == 0 else f"I-{PERSON}") for place, text in enumerate(name)]
