"""Held-out figures, measured through the plain Stanza pipeline that the service loads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import stanza
from stanza.models.ner.trainer import Trainer

from models.train import tagger
from models.train.entities import TaggedSentence
from models.train.score import Score, by_class
from models.train.segmentation import text_and_labels
from models.train.treebank import Paragraph

MAIN_CLASSES = ("PER", "LOC", "ORG")
Span = tuple[int, int]


@dataclass(frozen=True)
class Segmentation:
    """What a text is cut into: spans of tokens and sentences, pieces of multi-word tokens."""

    tokens: frozenset[Span]
    sentences: frozenset[Span]
    multiword: frozenset[tuple[int, int, tuple[str, ...]]]
    words: frozenset[tuple[int, int, int, str]]


def pipeline(models: Path, processors: str) -> stanza.Pipeline:
    """The plain pipeline over a model directory."""
    return stanza.Pipeline("ar", dir=str(models), processors=processors, download_method=None, verbose=False)


def gold(paragraphs: Sequence[Paragraph], separator: str) -> tuple[str, Segmentation]:
    """The held-out text with its paragraphs joined by ``separator``, and its true cutting."""
    texts, pieces, offset = list[str](), list[tuple[int, int, tuple[str, ...]]](), 0
    sentences = list[Span]()
    for paragraph in paragraphs:
        text, _ = text_and_labels(paragraph.sentences)
        place = 0
        for sentence in paragraph.sentences:
            first = offset + place
            for token in sentence:
                end = place + len(token.text)
                pieces.append((offset + place, offset + end, token.words))
                place = end + token.space_after
            sentences.append((first, pieces[-1][1]))
        texts.append(text)
        offset += len(text) + len(separator)
    return separator.join(texts), _segmentation(pieces, sentences)


def predicted(nlp: stanza.Pipeline, text: str) -> Segmentation:
    """The pipeline's cutting of ``text``."""
    document = nlp(text)
    pieces = [
        (token.start_char, token.end_char, tuple(word.text for word in token.words)) for sentence in document.sentences for token in sentence.tokens
    ]
    spans = [(s.tokens[0].start_char, s.tokens[-1].end_char) for s in document.sentences]
    return _segmentation(pieces, spans)


def _segmentation(pieces: Sequence[tuple[int, int, tuple[str, ...]]], sentences: Iterable[Span]) -> Segmentation:
    return Segmentation(
        tokens=frozenset((start, end) for start, end, _ in pieces),
        sentences=frozenset(sentences),
        multiword=frozenset(piece for piece in pieces if len(piece[2]) > 1),
        words=frozenset((start, end, number, word) for start, end, words in pieces for number, word in enumerate(words)),
    )


def compare(true: Segmentation, guessed: Segmentation) -> dict[str, Score]:
    """Scores for tokens, sentences, words, and multi-word tokens found and rightly split."""

    def score(name: str) -> Score:
        ours, theirs = getattr(guessed, name), getattr(true, name)
        return Score(len(ours & theirs), len(ours), len(theirs))

    found = frozenset((start, end) for start, end, _ in guessed.multiword)
    there = frozenset((start, end) for start, end, _ in true.multiword)
    return {
        "tokens": score("tokens"),
        "sentences": score("sentences"),
        "words": score("words"),
        "multi-word tokens found": Score(len(found & there), len(found), len(there)),
        "multi-word tokens rightly split": score("multiword"),
    }


def names(trainer: Trainer, sentences: Sequence[TaggedSentence]) -> dict[str, Score]:
    """Entity scores of a tagger on gold tokens."""
    tags = tagger.predict(trainer, [[token.text for token in s] for s in sentences])
    return by_class(tags, [[token.tag for token in s] for s in sentences], MAIN_CLASSES)
