"""Names in sentences: Stanza's trained tagger, asked directly.

What the tagger takes in of a word — its vector and its letters — does not depend on where the word stands: it is computed once and kept. The
loss that Stanza computes along with every prediction is left out, and the best path through the tags is sought in a whole batch at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from stanza.models.common.data import get_long_tensor
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.common.vocab import PAD_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.trainer import fix_singleton_tags
from torch.nn.utils.rnn import PackedSequence, pad_sequence

from service.annotation.recurrence import BothWays, alike

REMEMBERED_WORDS = 10_000
"""Words whose reading is kept, 9 MB: nine of ten words of the news; a full memory is begun anew."""

_TOGETHER, _SLACK = 32, 35  # sentences in a batch; tokens that setting up another batch costs
_WORDS_TOGETHER = 512

Tags = list[list[str]]


def tagger_of(processor: Any) -> WordTagger | ContextTagger:
    """Return the tagger that suits Stanza's `processor`: most of the work is saved where a word is read the same in every sentence."""
    [*trainers] = processor.trainers
    arguments, model = trainers[0].args, trainers[0].model
    reads_alone = not (arguments["charlm"] or arguments.get("bert_model")) and arguments["char"] and model.num_output_layers == 1
    has_vectors = "word" in model.vocab and "delta" not in model.vocab
    return WordTagger(trainers[0]) if len(trainers) == 1 and reads_alone and has_vectors else ContextTagger(processor)


class ContextTagger:
    """Any tagger of Stanza's, such as one with a character language model, which reads every word in its context."""

    def __init__(self, processor: Any) -> None:
        """Take over Stanza's `processor`."""
        self._processor = processor

    def __call__(self, sentences: Sequence[Sequence[str]]) -> Tags:
        """Return the tags of sentences of one word or more each, in BIOES, sentence by sentence in order.

        Sentences go in sorted by length: a batch takes as many steps as its longest sentence has words, and order changes no tag.
        """
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        document = StanzaDocument([[{"id": (at,), "text": word} for at, word in enumerate(sentences[index], 1)] for index in order])
        if order:
            self._processor.process(document)
        tags: Tags = [[] for _ in sentences]
        for index, sentence in zip(order, document.sentences, strict=True):
            tags[index] = [token.ner for token in sentence.tokens]
        return tags


class WordTagger:
    """A tagger that reads a word by its vector and its letters alone."""

    def __init__(self, trainer: Any) -> None:
        """Take over the network of Stanza's `trainer`."""
        self._arguments, self._vocabulary, self._model = trainer.args, trainer.vocab, trainer.model.eval()
        self._network = BothWays(self._model.taggerlstm.lstm)
        [self._transitions] = self._model.crits[0].parameters()
        self._names = [self._name(max(number, VOCAB_PREFIX_SIZE)) for number in range(len(self._transitions))]
        self._places: dict[str, int] = {}  # of words in what was read
        self._read = torch.empty(0, self._model.taggerlstm.lstm.input_size)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> Tags:
        """Return the tags of sentences of one word or more each, in BIOES, sentence by sentence in order."""
        self._remember({word for sentence in sentences for word in sentence})
        tags: Tags = [[] for _ in sentences]
        for batch in alike([len(sentence) for sentence in sentences], _TOGETHER, _SLACK):
            for index, path in zip(batch, self._paths([sentences[index] for index in batch]), strict=True):
                names = [self._names[number] for number in path]
                tags[index] = names if all(name == "O" for name in names) else fix_singleton_tags(names)
        return tags

    def _name(self, number: int) -> str:
        [unmapped] = self._vocabulary["tag"].unmap([(number,)])
        name: str = unmapped[self._arguments["predict_tagset"]] if isinstance(unmapped, list) else unmapped
        return name

    def _remember(self, words: set[str]) -> None:
        """Read the words that are not known yet, the longest first."""
        fresh = words - self._places.keys()
        if len(self._places) + len(fresh) > len(self._read):
            self._places, fresh = {}, words
            if len(words) > len(self._read):  # taken whole and kept: one block given back and taken anew leaves holes, and memory grows
                self._read = torch.full((max(REMEMBERED_WORDS, len(words)), self._read.shape[1]), 0.0)
        ordered = sorted(fresh, key=lambda word: (-len(word), word))
        for first in range(0, len(ordered), _WORDS_TOGETHER):
            batch, known = ordered[first : first + _WORDS_TOGETHER], len(self._places)
            self._read[known : known + len(batch)] = self._reading(batch)
            self._places.update(zip(batch, range(known, known + len(batch)), strict=True))

    def _reading(self, words: Sequence[str]) -> Any:
        """Return what the tagger takes in of each word, a row a word; `words` are sorted by length, the longest first."""
        lowered = [word.lower() for word in words]
        vectors = self._model.word_emb(torch.tensor(self._vocabulary["word"].map(lowered if self._arguments.get("lowercase", True) else words)))
        letters = [self._vocabulary["char"].map(list(word)) for word in (lowered if self._arguments.get("char_lowercase") else words)]
        numbers = get_long_tensor(letters, len(letters))
        spelling = self._model.charmodel(numbers, numbers == PAD_ID, range(len(letters)), [len(letters)], [len(word) for word in letters]).data
        whole = torch.cat([vectors, spelling], 1)
        return self._model.input_transform(whole) if self._model.input_transform else whole

    def _paths(self, sentences: Sequence[Sequence[str]]) -> list[list[int]]:
        """Return the best path through the tags for each of the sentences, which are sorted by length."""
        places = pad_sequence([torch.tensor([self._places[word] for word in sentence]) for sentence in sentences])
        stands = torch.arange(len(places))[:, None] < torch.tensor([len(sentence) for sentence in sentences])
        states = (self._model.taggerlstm_h_init, self._model.taggerlstm_c_init)
        start = tuple(state.expand(-1, len(sentences), -1) for state in states)
        read, _ = self._network(PackedSequence(self._read[places[stands]], stands.sum(1)), start)
        return best_paths(self._model.tag_clfs[0](read.data), stands.sum(1).tolist(), self._transitions)


def best_paths(scores: Any, sizes: Sequence[int], transitions: Any) -> list[list[int]]:
    """Return the likeliest tags of each sentence of a packed batch: Viterbi's way, for all sentences at once.

    `scores` has a row a word, the first words of all sentences first; `sizes` says how many sentences are left at each step;
    `transitions` holds the scores from one tag to the next.
    """
    steps = scores.split(list(sizes))
    reached = steps[0].clone()
    origins = []
    for step, left in zip(steps[1:], sizes[1:], strict=True):
        best, origin = (reached[:left, None] + transitions.t()).max(2)
        reached[:left] = step + best
        origins.append(origin.numpy())
    tags = reached.argmax(1).numpy()
    paths = [tags.tolist()]
    for left, origin in zip(reversed(sizes[1:]), reversed(origins), strict=True):
        tags[:left] = origin[range(left), tags[:left]]
        paths.append(tags.tolist())
    paths.reverse()
    return [[path[row] for path, left in zip(paths, sizes, strict=True) if row < left] for row in range(sizes[0])]
