"""News labelled by a first, rough tokenizer and mended by counts: more clitics to learn from."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import stanza

from models.train import treebank
from models.train.augment import Augmentation
from models.train.clitics import PROCLITICS, analysis, expansions, with_article
from models.train.entities import read as read_entities
from models.train.text import surface_tokens
from models.train.treebank import Sentence, Token

OUTLETS = ("saudinewsnet", "anc", "antcorpus", "dz_2025", "ahdath_info")
SHORTEST, LONGEST = 80, 600
NAME_CLITICS = ("", "", "و", "ل", "ب", "ف", "ول", "وب")
UNANIMOUS = 2

Lexicon = Mapping[str, tuple[str, ...]]


def surface_counts(lines: Iterable[str]) -> Counter[str]:
    """How often the news writes each surface token."""
    counts = Counter[str]()
    for line in lines:
        counts.update(surface_tokens(line))
    return counts


def treebank_lexicon(sentences: Iterable[Sentence]) -> dict[str, tuple[str, ...]]:
    """The tokens that the treebank, seen more than once, always splits the same way."""
    seen = defaultdict[str, Counter[tuple[str, ...]]](Counter)
    for sentence in sentences:
        for token in sentence:
            seen[token.text][token.words] += 1
    return {text: next(iter(analyses)) for text, analyses in seen.items() if len(analyses) == 1 and analyses.total() >= UNANIMOUS}


def sure_expansions(lexicon: Lexicon, counts: Mapping[str, int]) -> dict[str, str]:
    """Entries for the expander's dictionary: by counts, but the treebank's own splittings first.

    Not so for ولل and لل, where the treebank now and then loses a lam.
    """
    known = {text: " ".join(words) for text, words in lexicon.items() if len(words) > 1}
    return expansions(counts) | {text: words for text, words in known.items() if not text.startswith(("لل", "ولل"))}


def mended(sentence: Sentence, lexicon: Lexicon, counts: Mapping[str, int]) -> Sentence:
    """The rough model's sentence with every splitting that treebank or counts are sure of."""
    return tuple(replace(token, words=lexicon.get(token.text) or _sure_words(token, counts)) for token in sentence)


def _sure_words(token: Token, counts: Mapping[str, int]) -> tuple[str, ...]:
    sure = analysis(token.text, counts)
    if sure is None and token.is_multiword:
        sure = with_article(token.text, counts)
    return sure or token.words


def label(paragraphs: Iterable[str], pipeline: stanza.Pipeline, lexicon: Lexicon, counts: Counter[str]) -> Iterator[tuple[Sentence, ...]]:
    """Paragraphs as mended sentences; boundaries by the treebank's own rule."""
    for paragraph in paragraphs:
        document = pipeline(paragraph)
        tokens = [token for sentence in document.sentences for token in sentence.tokens]
        if not tokens:
            continue
        surfaces = tuple(
            Token(
                paragraph[token.start_char : token.end_char],
                tuple(word.text for word in token.words),
                space_after=paragraph[token.end_char : token.end_char + 1] == " ",
            )
            for token in tokens
        )
        yield treebank.split_sentences(mended(surfaces, lexicon, counts))


def sample(paragraphs: Iterable[str], size: int, seed: int) -> list[str]:
    """Paragraphs of middling length, with single spaces, drawn at random."""
    fitting = [p for p in paragraphs if SHORTEST <= len(p) <= LONGEST and "  " not in p]
    random.Random(seed).shuffle(fitting)
    return list(islice(fitting, size))


def names(corpora: Sequence[Path], counts: Mapping[str, int]) -> tuple[str, ...]:
    """Single words of tagged names whose first letter is surely their own."""
    tagged = {
        token.text
        for corpus in corpora
        for sentence in read_entities(corpus)
        for token in sentence
        if token.kind in {"PER", "LOC"} and len(token.text) > 3 and token.text.isalpha()
    }
    return tuple(
        sorted(
            name
            for name in tagged
            if not name.startswith(PROCLITICS) or (name[1:] not in tagged and counts.get(name[1:], 0) <= counts.get(name, 0) // 5)
        )
    )


def with_names(known: Sequence[str]) -> Augmentation:
    """An augmentation that drops one to three names into a sentence, clitics before the first."""

    def inserted(sentence: Sentence, chance: random.Random) -> Sentence:
        chosen = chance.sample(known, chance.choice((1, 1, 2, 3)))
        clitics = chance.choice(NAME_CLITICS)
        if clitics.endswith(("ل", "ب")) and chosen[0].startswith("ال"):
            clitics = ""
        first = Token(clitics + chosen[0], (*clitics, chosen[0]))
        others = (Token(name, (name,)) for name in chosen[1:])
        place = chance.randrange(len(sentence))
        if place and not sentence[place - 1].space_after:
            return sentence
        return (*sentence[:place], first, *others, *sentence[place:])

    return inserted
