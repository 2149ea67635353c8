"""Stanza's NER network as we train it: batches of surface tokens to hidden states.

Stanza's own trainer fine-tunes word vectors, so that in training no word is ever unknown
and at run time every fifth part of a name is. Here vectors stay frozen and some words are
hidden on purpose: the character network has to stand in for them, as it will in the news.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.vocab import PAD_ID, UNK_ID, CharVocab, CompositeVocab
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.vocab import MultiVocab
from torch import Tensor, nn

LONGEST_WORD = 24


@dataclass(frozen=True)
class Shape:
    """Sizes and dropouts of the tagger."""

    hidden: int = 256
    char_embedding: int = 48
    char_hidden: int = 64
    dropout: float = 0.4
    locked_dropout: float = 0.1


def stanza_arguments(shape: Shape, word_size: int) -> dict[str, object]:
    """What Stanza's loader wants to find in a tagger's checkpoint."""
    return {
        "hidden_dim": shape.hidden,
        "char_hidden_dim": shape.char_hidden,
        "char_emb_dim": shape.char_embedding,
        "word_emb_dim": word_size,
        "num_layers": 1,
        "char_num_layers": 1,
        "dropout": shape.dropout,
        "locked_dropout": shape.locked_dropout,
        "word_dropout": 0.0,
        "rec_dropout": 0.0,
        "char_rec_dropout": 0.0,
        "char": True,
        "charlm": False,
        "charlm_forward_file": None,
        "charlm_backward_file": None,
        "lowercase": True,
        "char_lowercase": False,
        "emb_finetune": False,
        "input_transform": True,
        "bert_model": None,
        "bert_finetune": False,
        "use_peft": False,
        "scheme": "bioes",
        "train_scheme": None,
        "predict_tagset": 0,
        "optim": "adam",
        "lr": 1e-3,
        "momentum": 0.0,
        "batch_size": 32,
        "lang": "ar",
        "shorthand": "ar_news",
    }


def build(pretrain: Pretrain, characters: str, tags: Sequence[str], shape: Shape, seed: int) -> Trainer:
    """A fresh tagger over frozen vectors, in Stanza's own classes."""
    torch.manual_seed(seed)
    vocabulary = MultiVocab(
        {
            "char": CharVocab([[(character,) for character in characters]], "ar_news"),
            "tag": CompositeVocab([[[(tag,)] for tag in tags]], "ar_news", idx=0, sep=None),
            "word": pretrain.vocab,
        }
    )
    arguments = stanza_arguments(shape, pretrain.emb.shape[1])
    return Trainer(args=arguments, vocab=vocabulary, pretrain=pretrain, device="cpu")


@dataclass(frozen=True)
class Batch:
    """Sentences sorted by length, their distinct words spelt out once."""

    words: Tensor
    spelling: Tensor
    places: Tensor
    lengths: list[int]
    order: list[int]


def batch(sentences: Sequence[Sequence[str]], vocabulary: MultiVocab) -> Batch:
    """Word ids, character ids of each distinct word, and where each word stands."""
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    ranked = [sentences[i] for i in order]
    lengths = [len(sentence) for sentence in ranked]
    distinct = sorted({word for sentence in ranked for word in sentence}, key=_spelt, reverse=True)
    index = {word: place for place, word in enumerate(distinct)}
    words = torch.full((len(ranked), lengths[0]), PAD_ID)
    places = torch.zeros((len(ranked), lengths[0]), dtype=torch.long)
    for row, sentence in enumerate(ranked):
        words[row, : len(sentence)] = torch.tensor(vocabulary["word"].map([word.lower() for word in sentence]))
        places[row, : len(sentence)] = torch.tensor([index[word] for word in sentence])
    spelling = torch.full((len(distinct), _spelt(distinct[0])), PAD_ID)
    for row, word in enumerate(distinct):
        spelling[row, : _spelt(word)] = torch.tensor(vocabulary["char"].map(word[:LONGEST_WORD]))
    return Batch(words, spelling, places, lengths, order)


def _spelt(word: str) -> int:
    return min(len(word), LONGEST_WORD)


def hide_words(words: Tensor, rate: float) -> Tensor:
    """The ids with a share of them unknown, padding left alone."""
    hidden = (torch.rand(words.shape, device=words.device) < rate) & (words != PAD_ID)
    return words.masked_fill(hidden, UNK_ID)


def encode(model: NERTagger, batched: Batch, words: Tensor) -> Tensor:
    """Hidden states as Stanza's forward pass computes them, of padded rows.

    Stanza packs its rows, and the gradient of a packed run grows with the square of its
    length: on a processor more than half of the training time went there.
    """
    inputs = torch.cat([model.word_emb(words), _spelling_states(model, batched.spelling)[batched.places]], 2)
    transformed = model.input_transform(model.lockeddrop(model.drop(inputs)))
    start = model.taggerlstm_h_init.expand(2, len(batched.lengths), -1)
    lengths = torch.tensor(batched.lengths, device=words.device)
    return _both_ways(model.taggerlstm.lstm, transformed, lengths, start)


def _spelling_states(model: NERTagger, spelling: Tensor) -> Tensor:
    """Each word's letters as one row: the last state of either direction."""
    characters, lengths = model.charmodel, (spelling != PAD_ID).sum(1)
    start = characters.charlstm_h_init.expand(2, len(spelling), -1)
    states = _both_ways(characters.charlstm.lstm, characters.dropout(characters.char_emb(spelling)), lengths, start)
    size = states.shape[2] // 2
    return torch.cat([states[torch.arange(len(spelling), device=spelling.device), lengths - 1, :size], states[:, 0, size:]], 1)


def _both_ways(lstm: nn.LSTM, inputs: Tensor, lengths: Tensor, start: Tensor) -> Tensor:
    """A one-layer network of two directions over rows padded at their ends."""
    forward = _one_way(lstm, "", inputs, start[:1])
    return torch.cat([forward, _reversed(_one_way(lstm, "_reverse", _reversed(inputs, lengths), start[1:]), lengths)], 2)


def _one_way(lstm: nn.LSTM, direction: str, inputs: Tensor, start: Tensor) -> Tensor:
    weights = [getattr(lstm, f"{name}_l0{direction}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    states: Tensor = torch.lstm(
        inputs,
        hx=(start.contiguous(), start.contiguous()),
        params=weights,
        has_biases=True,
        num_layers=1,
        dropout=0.0,
        train=lstm.training,
        bidirectional=False,
        batch_first=True,
    )[0]
    return states


def _reversed(rows: Tensor, lengths: Tensor) -> Tensor:
    """Every row's own part back to front, its padding left where it is."""
    place, length = torch.arange(rows.shape[1], device=rows.device)[None], lengths[:, None]
    mirrored = torch.where(place < length, length - 1 - place, place)
    return rows.gather(1, mirrored[..., None].expand_as(rows))


def shuffled_batches(lengths: Sequence[int], words_a_batch: int, chance: random.Random) -> list[list[int]]:
    """Indices in batches of similar sentence length, the batches in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + chance.random() * 4)
    batches, current, total = list[list[int]](), list[int](), 0
    for index in order:
        current.append(index)
        total += lengths[index]
        if total >= words_a_batch:
            batches.append(current)
            current, total = [], 0
    if current:
        batches.append(current)
    chance.shuffle(batches)
    return batches
