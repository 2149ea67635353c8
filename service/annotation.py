"""Stanza → Document: the only module that imports stanza or torch.

The three processors are run one by one rather than through the pipeline's own call, because between them lie the speed-ups that
change nothing in the answer: each surface form is expanded once, and names are sought in sentences of like length together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from time import perf_counter
from typing import Any

import stanza
import torch
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.ner.utils import decode_from_bioes
from stanza.models.tokenization import utils as stanza_tokenization

from service.attribution import Document, Entity, Passage, Span, Token
from service.paragraphs import Layout, lay_out
from service.weights import Weights

MOST_TOKENS = 200
"""Tokens of a sentence that the tagger reads at once; a longer one, which is no sentence, is read in parts."""

LONGEST_WORD = 60
"""Code points of a token that the tagger reads; what is longer is an address or noise, and its tail says nothing about names."""

REMEMBERED_EXPANSIONS = 20_000
"""Surface forms whose expansion is kept, some 7 MB: nine of ten words of the news; a full memory is begun anew."""

Observe = Callable[[str, float], None]
"""Told the name of a stage and the seconds it took."""

# Stanza's own expression for e-mail and web addresses is quadratic on runs of Latin letters or digits: 10,000 cost seconds.
# Here every quantifier is bounded and an attempt starts only where a run does; closing quotation marks end an address.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
    r"|(?:https?://|(?<![A-Za-z0-9])www\.)[A-Za-z0-9][A-Za-z0-9-]{0,62}\.[^\s\"»”“«،؛]{2,300}"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9]{1,63}\.(?:gov|org|edu|net|com|co)\.[^\s\"»”“«،؛]{2,300}"
)
# Classes as other models name them, in ours.
_ENTITY_TYPES = {"PERS": "PER", "PERSON": "PER", "GPE": "LOC"}


@dataclass(frozen=True, slots=True)
class Packages:
    """Which model does each step, by its name in the models directory's `resources.json`."""

    tokenize: str = "default"
    mwt: str = "default"
    ner: str = "default"


@dataclass(frozen=True, slots=True)
class _Found:
    """A token the model found: where in the layout, and whether it says that clitics hang on it."""

    span: Span
    has_clitics: bool


def _unobserved(_stage: str, _seconds: float) -> None:
    """Take no note of how long a stage took."""


class StanzaAnnotator:
    """Annotates passages with the models of one directory; slow to make (seconds), held for the life of a process.

    It is not thread-safe: one call at a time.
    """

    def __init__(self, weights: Weights, packages: Packages | None = None, observe: Observe = _unobserved) -> None:
        """Load the models of `weights`, which the caller has verified; nothing is downloaded and no GPU is used.

        Raises:
            FileNotFoundError: `resources.json` names a model that is not there.
        """
        torch.set_num_threads(1)  # more threads are slower on sentences this short, and hang a forked worker
        stanza_tokenization.MASK_RE = _ADDRESS
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
        self._tokenizer = pipeline.processors["tokenize"]
        self._tagger = pipeline.processors["ner"]
        self._expander = _Expander(pipeline.processors.get("mwt"))

    def __call__(self, passages: Sequence[Passage]) -> list[Document]:
        """Return one document a passage, in order; every token and entity slices its passage's text."""
        layout = lay_out(passages)
        with torch.inference_mode():
            with self._timed("tokenize"):
                sentences = list(_sentences(self._tokenizer, layout))
            with self._timed("mwt"):
                tokens = self._tokens(sentences, layout, passages)
            with self._timed("ner"):
                entities = self._entities(tokens, passages)
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

    def _tokens(self, sentences: Sequence[Sequence[_Found]], layout: Layout, passages: Sequence[Passage]) -> list[list[Token]]:
        """Return each passage's tokens: the model's, cut where they are not one word, placed in the client's text, expanded."""
        attached = (found.span for sentence in sentences for found in sentence if found.has_clitics and len(found.span) <= LONGEST_WORD)
        expansions = self._expander({span.of(layout.original) for span in attached})
        tokens: list[list[Token]] = [[] for _ in passages]
        counts = [0] * len(passages)
        for sentence in sentences:
            stretch = layout.stretch_at(sentence[0].span.start)
            text, shift = passages[stretch.passage].text, stretch.origin - stretch.start
            for found in sentence:
                for piece in layout.pieces(found.span.start, found.span.end):
                    span = Span(piece.start + shift, piece.end + shift)
                    surface = span.of(text)
                    words = expansions.get(surface, (surface,)) if found.has_clitics else (surface,)
                    tokens[stretch.passage].append(Token(surface, span, words, counts[stretch.passage], stretch.paragraph))
            counts[stretch.passage] += 1
        return tokens

    def _entities(self, tokens: Sequence[Sequence[Token]], passages: Sequence[Passage]) -> list[list[Entity]]:
        """Return each passage's entities, none longer than its sentence."""
        windows = [window for index in range(len(passages)) for window in _windows(index, tokens[index])]
        entities: list[list[Entity]] = [[] for _ in passages]
        for (index, first, last), tags in zip(windows, self._tags([[token.text for token in tokens[i][a:b]] for i, a, b in windows]), strict=True):
            for name in decode_from_bioes(tags):
                start, end = first + name["start"], min(first + name["end"], last - 1)
                span = Span(tokens[index][start].span.start, tokens[index][end].span.end)
                entities[index].append(Entity(start, end, span, _ENTITY_TYPES.get(name["type"], name["type"])))
        return entities

    def _tags(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return the tagger's tags, a sentence at a time in order.

        Sentences go in sorted by length: a batch takes as many steps as its longest sentence has tokens, and order changes no tag.
        """
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        document = StanzaDocument([[{"id": (at,), "text": word[:LONGEST_WORD]} for at, word in enumerate(sentences[index], 1)] for index in order])
        if order:
            self._tagger.process(document)
        tags: list[list[str]] = [[] for _ in sentences]
        for index, sentence in zip(order, document.sentences, strict=True):
            tags[index] = [token.ner for token in sentence.tokens]
        return tags


@dataclass
class _Expander:
    """Parts clitics from their host (وقال → و + قال), each surface form once.

    Stanza expands a form without looking at its neighbours, so that remembering is exact; it is by far the slowest step otherwise.
    """

    processor: Any  # Stanza's, untyped; absent from a models directory without clitics
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the expansion of each form, one element where there is nothing to part."""
        asked = sorted(forms)  # an order of our own: a set's changes from process to process
        fresh = [form for form in asked if form not in self.known]
        answer = {form: self.known[form] for form in asked if form in self.known} | self._expanded(fresh)
        if len(self.known) + len(fresh) > REMEMBERED_EXPANSIONS:
            self.known.clear()
        self.known.update((form, answer[form]) for form in fresh)
        return answer

    def _expanded(self, forms: Sequence[str]) -> dict[str, tuple[str, ...]]:
        if self.processor is None or not forms:
            return {form: (form,) for form in forms}
        document = StanzaDocument([[{"id": (at,), "text": form, "misc": "MWT=Yes"} for at, form in enumerate(forms, 1)]])
        self.processor.process(document)
        return {form: tuple(word.text for word in token.words) for form, token in zip(forms, document.sentences[0].tokens, strict=True)}


def _sentences(tokenizer: Any, layout: Layout) -> Iterator[list[_Found]]:
    """Yield the tokenizer's sentences, none across paragraphs: it never joins what a blank line parts, and this holds it to that."""
    for start, text in layout.readings():
        for sentence in tokenizer.process(text).sentences:
            found = [_Found(Span(start + token.start_char, start + token.end_char), "MWT=Yes" in (token.misc or "")) for token in sentence.tokens]
            for _, together in groupby(found, key=lambda token: layout.stretch_at(token.span.start).start):
                yield list(together)


def _windows(passage: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """Yield what the tagger reads at once: a passage's index, and the first and past-the-last token of a sentence or of a part of one."""
    at = 0
    for _, sentence in groupby(tokens, key=lambda token: token.sentence):
        end = at + sum(1 for _ in sentence)
        yield from ((passage, first, min(first + MOST_TOKENS, end)) for first in range(at, end, MOST_TOKENS))
        at = end
