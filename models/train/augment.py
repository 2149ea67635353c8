"""What the web does to Arabic spelling, done to treebank sentences on purpose."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import cycle

from models.train.treebank import Sentence, Token

Augmentation = Callable[[Sentence, random.Random], Sentence]

HAMZA_SEATS = str.maketrans("أإآٱ", "اااا")
FARSI = str.maketrans(
    {
        "ي": "\N{ARABIC LETTER FARSI YEH}",
        "ى": "\N{ARABIC LETTER FARSI YEH}",
        "ك": "\N{ARABIC LETTER KEHEH}",
    }
)
EGYPTIAN = str.maketrans("ي", "ى")
VOWELS = "\N{ARABIC FATHA}\N{ARABIC DAMMA}\N{ARABIC KASRA}\N{ARABIC SUKUN}\N{ARABIC FATHATAN}\N{ARABIC SHADDA}"
TATWEEL = "\N{ARABIC TATWEEL}"
QUOTES = tuple(zip("«»“”\"'‘‹„", "»«”“\"'’›“", strict=True))
BULLETS = ("-", "•", "*", "–", "·", "▪")
LATIN = ("Reuters", "CNN", "iPhone", "BBC", "COVID-19", "AFP", "Google", "G20", "F-16", "Wi-Fi")
SHORT_TITLES = ("د", "م", "أ", "ا", "ج")


def _map_letters(sentence: Sentence, table: Mapping[int, int | str]) -> Sentence:
    return tuple(
        replace(
            token,
            text=token.text.translate(table),
            words=tuple(word.translate(table) for word in token.words),
        )
        for token in sentence
    )


def without_hamza(sentence: Sentence, _chance: random.Random) -> Sentence:
    """Alif without its hamza seat: ان، اكد."""
    return _map_letters(sentence, HAMZA_SEATS)


def with_farsi_letters(sentence: Sentence, _chance: random.Random) -> Sentence:
    """Yeh and kaf from a Persian keyboard."""
    return _map_letters(sentence, FARSI)


def with_dotless_yeh(sentence: Sentence, _chance: random.Random) -> Sentence:
    """The Egyptian final yeh: فى، الذى."""
    return tuple(_spelled(token, f"{token.text[:-1]}{token.text[-1:].translate(EGYPTIAN)}") for token in sentence)


def _spelled(token: Token, text: str) -> Token:
    """The token in another spelling; a multi-word token keeps its plain words."""
    return replace(token, text=text, words=token.words if token.is_multiword else (text,))


def _sprinkled(sentence: Sentence, chance: random.Random, signs: str, rate: float) -> Sentence:
    """Insert one of ``signs`` after some letters of some words, never first or last."""
    return tuple(
        _sprinkled_word(token, chance, signs) if len(token.text) > 2 and token.text.isalpha() and chance.random() < rate else token
        for token in sentence
    )


def _sprinkled_word(token: Token, chance: random.Random, signs: str) -> Token:
    place = chance.randrange(1, len(token.text))
    return _spelled(token, token.text[:place] + chance.choice(signs) + token.text[place:])


def with_tatweel(sentence: Sentence, chance: random.Random) -> Sentence:
    """Words stretched for the eye."""
    return _sprinkled(sentence, chance, TATWEEL, 0.15)


def with_vowels(sentence: Sentence, chance: random.Random) -> Sentence:
    """A vowel mark here and there, as careful editors set them."""
    return _sprinkled(sentence, chance, VOWELS, 0.3)


def with_other_quotes(sentence: Sentence, chance: random.Random) -> Sentence:
    """Another pair of marks for the quotes that are there; a new quotation where none is."""
    opening, closing = chance.choice(QUOTES)
    if any(token.text in '"«»' for token in sentence):
        marks = cycle((opening, closing))
        return tuple(_spelled(token, next(marks)) if token.text in '"«»' else token for token in sentence)
    if len(sentence) < 6:
        return sentence
    first = chance.randrange(1, len(sentence) - 3)
    last = chance.randrange(first, len(sentence) - 2)
    return (
        *sentence[:first],
        Token(opening, (opening,), space_after=False),
        *sentence[first:last],
        replace(sentence[last], space_after=False),
        Token(closing, (closing,), space_after=sentence[last].space_after),
        *sentence[last + 1 :],
    )


def with_glued_stop(sentence: Sentence, _chance: random.Random) -> Sentence:
    """No space between the full stop and the next sentence."""
    if sentence[-1].text in ".؟!":
        return (*sentence[:-1], replace(sentence[-1], space_after=False))
    return sentence


def with_bullet(sentence: Sentence, chance: random.Random) -> Sentence:
    """A list item: a sign, or a number with a dash or a stop."""
    if chance.random() < 0.6:
        mark = chance.choice(BULLETS)
        return (Token(mark, (mark,), chance.random() < 0.8), *sentence)
    number, mark = str(chance.randrange(1, 20)), chance.choice("-.)")
    return (Token(number, (number,), space_after=False), Token(mark, (mark,)), *sentence)


def _inserted(sentence: Sentence, chance: random.Random, new: Sentence) -> Sentence:
    places = [place for place in range(1, len(sentence)) if sentence[place - 1].space_after and sentence[place].text.isalpha()]
    if not places:
        return sentence
    place = chance.choice(places)
    return (*sentence[:place], *new, *sentence[place:])


def with_latin(sentence: Sentence, chance: random.Random) -> Sentence:
    """A Latin name in the text, bare or in brackets."""
    name = chance.choice(LATIN)
    word = Token(name, (name,))
    if chance.random() < 0.5:
        return _inserted(sentence, chance, (word,))
    bracketed = (Token("(", ("(",), False), replace(word, space_after=False), Token(")", (")",)))
    return _inserted(sentence, chance, bracketed)


def with_figures(sentence: Sentence, chance: random.Random) -> Sentence:
    """A decimal, a grouped number or a clock time, whose stop ends no sentence."""
    whole, part = chance.randrange(1, 900), chance.randrange(1, 99)
    pattern = chance.choice(("{}.{}", "{},{:03}", "{}.{:02}", "{}٫{}", "{}:{:02}"))
    figure = pattern.format(whole, part)
    return _inserted(sentence, chance, (Token(figure, (figure,)),))


def with_short_title(sentence: Sentence, chance: random.Random) -> Sentence:
    """A title of one letter and a stop, spaced or glued: د. فلان، د.فلان."""
    letter = chance.choice(SHORT_TITLES)
    stop = Token(".", (".",), space_after=chance.random() < 0.7)
    return _inserted(sentence, chance, (Token(letter, (letter,), space_after=False), stop))


def with_ellipsis(sentence: Sentence, chance: random.Random) -> Sentence:
    """A pause of dots between two words, which ends no sentence."""
    dots = chance.choice(("..", "...", "…", "...."))
    return _inserted(sentence, chance, (Token(dots, (dots,)),))


def with_glued_comma(sentence: Sentence, chance: random.Random) -> Sentence:
    """Commas with the space on the wrong side or on none."""
    tokens = list(sentence)
    for place in range(1, len(tokens) - 1):
        if tokens[place].text in "،,:؛" and tokens[place + 1].text.isalpha():
            before, after = chance.choice(((False, False), (True, False), (True, True)))
            tokens[place - 1] = replace(tokens[place - 1], space_after=before)
            tokens[place] = replace(tokens[place], space_after=after)
    return tuple(tokens)


SPELLINGS: tuple[Augmentation, ...] = (
    without_hamza,
    with_farsi_letters,
    with_dotless_yeh,
    with_tatweel,
    with_vowels,
)
SIGNS: tuple[Augmentation, ...] = (
    with_other_quotes,
    with_glued_stop,
    with_bullet,
    with_latin,
    with_figures,
    with_short_title,
    with_ellipsis,
    with_glued_comma,
)


def augmented(sentence: Sentence, chance: random.Random) -> Sentence:
    """One to three things the web does, at most one of them to the spelling."""
    changes = chance.sample(SIGNS, chance.choice((0, 1, 1, 2)))
    if not changes or chance.random() < 0.5:
        changes.append(chance.choice(SPELLINGS))
    for change in changes:
        sentence = change(sentence, chance)
    return sentence
