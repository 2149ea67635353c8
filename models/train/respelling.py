"""Tagged sentences in the spellings of the web, and letters that are another's twin."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

import torch
from stanza.models.ner.trainer import Trainer

from models.train.augment import HAMZA_SEATS
from models.train.entities import TaggedSentence

TWINS = {
    "\N{ARABIC LETTER FARSI YEH}": "ي",
    "\N{ARABIC LETTER KEHEH}": "ك",
    "\N{ARABIC LETTER ALEF WASLA}": "ا",
    "\N{ARABIC LETTER HEH GOAL}": "ه",
    "\N{ARABIC LETTER AE}": "ه",
}


def without_hamza(sentence: TaggedSentence) -> TaggedSentence:
    """Alif without its hamza seat, tags as they were."""
    return tuple(replace(token, text=token.text.translate(HAMZA_SEATS)) for token in sentence)


def some_without_hamza(sentences: Iterable[TaggedSentence], rate: float, chance: random.Random) -> Iterator[TaggedSentence]:
    """A share of the sentences in hamza-less spelling, the others untouched."""
    for sentence in sentences:
        yield without_hamza(sentence) if chance.random() < rate else sentence


def tie_twins(trainer: Trainer) -> None:
    """Give a Farsi letter the embedding of its Arabic twin: corpora hardly have it, the web does."""
    vocabulary = trainer.vocab["char"]
    embeddings = trainer.model.charmodel.char_emb.weight
    with torch.no_grad():
        for foreign, arabic in TWINS.items():
            if foreign in vocabulary:
                embeddings[vocabulary.unit2id(foreign)] = embeddings[vocabulary.unit2id(arabic)]
