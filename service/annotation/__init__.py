"""Stanza → Document: the only room that knows stanza or torch.

Stanza's trained networks do the reading, each asked directly by a module of this room: what Stanza computes around them in passing, letter
by letter and object by object, takes several times as long as the networks, and changes nothing in the answer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from time import perf_counter

import stanza
import torch
from stanza.models.ner.utils import decode_from_bioes

from service.annotation.expander import Expander
from service.annotation.tagger import tagger_of
from service.annotation.tokenizer import Found, Sentence, Tokenizer
from service.attribution import Document, Entity, Passage, Span, Token
from service.paragraphs import Layout, lay_out
from service.stages import Observe, unobserved
from service.weights import Weights

__all__ = ["LONGEST_WORD", "MOST_TOKENS", "Packages", "StanzaAnnotator"]

MOST_TOKENS = 200
"""Tokens of a sentence that the tagger reads at once; a longer one, which is no sentence, is read in parts."""

LONGEST_WORD = 60
"""Code points of a token that the tagger reads; what is longer is an address or noise, and its tail says nothing about names."""

# Classes as other models name them, in ours.
_ENTITY_TYPES = {"PERS": "PER", "PERSON": "PER", "GPE": "LOC"}


@dataclass(frozen=True, slots=True)
class Packages:
    """Which model does each step, by its name in the models directory's `resources.json`."""

    tokenize: str = "default"
    mwt: str = "default"
    ner: str = "default"


class StanzaAnnotator:
    """Annotates passages with the models of one directory; slow to make (seconds), held for the life of a process.

    It is not thread-safe: one call at a time.
    """

    def __init__(self, weights: Weights, packages: Packages | None = None, observe: Observe = unobserved) -> None:
        """Load the models of `weights`, which the caller has verified; nothing is downloaded and no GPU is used.

        Raises:
            FileNotFoundError: `resources.json` names a model that is not there.
        """
        # oneDNN keeps what it compiled for a thousand shapes of batches, some 0.3 MB each; hardly a shape comes twice, and compiling is quick.
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "0")
        torch.set_num_threads(1)  # more threads are slower on sentences this short, and hang a forked worker
        chosen = packages or Packages()
        pipeline = stanza.Pipeline(
            "ar",
            dir=str(weights.directory),
            package=None,
            processors={"tokenize": chosen.tokenize, "mwt": chosen.mwt, "ner": chosen.ner},
            download_method=None,
            use_gpu=False,
            logging_level="ERROR",
        )
        self.weights = weights
        self.observe = observe
        self.tokenizer = Tokenizer(pipeline.processors["tokenize"])
        self.expander = Expander(pipeline.processors.get("mwt"))
        self.tagger = tagger_of(pipeline.processors["ner"])

    def __call__(self, passages: Sequence[Passage]) -> list[Document]:
        """Return one document a passage, in order; every token and entity slices its passage's text."""
        layout = lay_out(passages)
        with torch.inference_mode():
            with self._timed("tokenize"):
                sentences = self.tokenizer(layout)
            with self._timed("mwt"):
                tokens = self._tokens(sentences, layout, passages)
            with self._timed("ner"):
                entities = self._entities(tokens)
        return [Document(passage.text, tuple(tokens[index]), tuple(entities[index])) for index, passage in enumerate(passages)]

    def warm_up(self) -> None:
        """Annotate one sentence, so that the first client does not wait for what is done once."""
        text = "وقال وزير الخارجية للصحفيين إن المحادثات ستستأنف غدا."
        self([Passage(text, (Span(0, len(text)),))])

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begun = perf_counter()
        yield
        self.observe(stage, perf_counter() - begun)

    def _tokens(self, sentences: Sequence[Sentence], layout: Layout, passages: Sequence[Passage]) -> list[list[Token]]:
        """Return each passage's tokens: the model's, cut where they are not one word, placed in the client's text, expanded."""
        attached = (found for sentence in sentences for found in sentence.tokens if found.has_clitics and found.end - found.start <= LONGEST_WORD)
        expansions = self.expander({layout.original[found.start : found.end] for found in attached})
        tokens: list[list[Token]] = [[] for _ in passages]
        counts = [0] * len(passages)
        for stretch, founds in sentences:
            text, shift = passages[stretch.passage].text, stretch.origin - stretch.start
            for found in founds:
                for start, end in _pieces(layout, found):
                    span = Span(start + shift, end + shift)
                    surface = text[span.start : span.end]
                    words = expansions.get(surface, (surface,)) if found.has_clitics else (surface,)
                    tokens[stretch.passage].append(Token(surface, span, words, counts[stretch.passage], stretch.paragraph))
            counts[stretch.passage] += 1
        return tokens

    def _entities(self, tokens: Sequence[Sequence[Token]]) -> list[list[Entity]]:
        """Return each passage's entities, none longer than its sentence."""
        windows = [window for index in range(len(tokens)) for window in _windows(index, tokens[index])]
        entities: list[list[Entity]] = [[] for _ in tokens]
        tags = self.tagger([[token.text[:LONGEST_WORD] for token in tokens[index][first:last]] for index, first, last in windows])
        for (index, first, last), names in zip(windows, tags, strict=True):
            for name in decode_from_bioes(names):
                start, end = first + name["start"], min(first + name["end"], last - 1)
                span = Span(tokens[index][start].span.start, tokens[index][end].span.end)
                entities[index].append(Entity(start, end, span, _ENTITY_TYPES.get(name["type"], name["type"])))
        return entities


def _pieces(layout: Layout, found: Found) -> Sequence[tuple[int, int]]:
    """Return where a token's words begin and end in the layout: one, as a rule."""
    if found.is_unbroken and not layout.runs:
        return ((found.start, found.end),)
    return [(piece.start, piece.end) for piece in layout.pieces(found.start, found.end)]


def _windows(passage: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """Yield what the tagger reads at once: a passage's index, and the first and past-the-last token of a sentence or of a part of one."""
    at = 0
    for _, sentence in groupby(tokens, key=lambda token: token.sentence):
        end = at + sum(1 for _ in sentence)
        yield from ((passage, first, min(first + MOST_TOKENS, end)) for first in range(at, end, MOST_TOKENS))
        at = end
