"""Word vectors with letter n-grams, so that a name met twice still gets a useful one."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX
from torch import Tensor

from models.train.entities import part_signs, read
from models.train.text import shuffled_tokens

SIZE = 100
RAREST = 2
EPOCHS = 4
STEPS = 127
CLIP = 4.0


def write_corpus(news: Path, entity_corpora: Sequence[Path], target: Path, seed: int) -> None:
    """The news and the training parts of the name corpora, tokenised and shuffled."""
    lines = shuffled_tokens(news, seed)
    for corpus in entity_corpora:
        for sentence in read(corpus):
            lines.append(" ".join(token.text for token in part_signs(sentence)))
    random.Random(seed).shuffle(lines)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def train(corpus: Path, seed: int) -> tuple[list[str], Tensor]:
    """Words by frequency and their skip-gram vectors; one worker, so that a seed means something."""
    from gensim.models import FastText  # noqa: PLC0415 - an extra that only this stage needs
    from gensim.models.word2vec import LineSentence  # noqa: PLC0415 - likewise

    model = FastText(
        LineSentence(str(corpus)),
        vector_size=SIZE,
        window=5,
        min_count=RAREST,
        sg=1,
        negative=5,
        sample=1e-4,
        min_n=3,
        max_n=5,
        bucket=400_000,
        epochs=EPOCHS,
        workers=1,
        seed=seed,
    )
    return model.wv.index_to_key, torch.from_numpy(model.wv.vectors)


def to_pretrain(words: Iterable[str], vectors: Tensor, path: Path) -> Pretrain:
    """Stanza's vector file: lower-cased words, most frequent first, rows standardised.

    Rows are rounded to 127 steps of a fixed width, so that the same file can be shipped
    as bytes (see ``packaging.fold_scale``) without changing a single prediction.
    """
    kept, rows, seen = list[str](), list[int](), set[str]()
    for row, word in enumerate(words):
        if (lowered := word.lower()) not in seen:
            seen.add(lowered)
            kept.append(lowered)
            rows.append(row)
    chosen = vectors[rows]
    chosen = (chosen - chosen.mean(dim=0)) / chosen.std(dim=0)
    table = torch.zeros(len(kept) + len(VOCAB_PREFIX), vectors.shape[1])
    table[len(VOCAB_PREFIX) :] = quantised(chosen).float() * (CLIP / STEPS)
    pretrain = _pretrain(kept, table, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    pretrain.save(str(path))
    return pretrain


def most_frequent(pretrain: Pretrain, words: int) -> Pretrain:
    """The first ``words`` vectors of a file; every other word becomes unknown."""
    kept = pretrain.vocab._id2unit[len(VOCAB_PREFIX) :][:words]  # noqa: SLF001 - Stanza has no accessor for it
    return _pretrain(kept, pretrain.emb[: len(VOCAB_PREFIX) + len(kept)], Path())


def _pretrain(words: Sequence[str], rows: Tensor, path: Path) -> Pretrain:
    pretrain = Pretrain(str(path))
    pretrain._vocab = PretrainedWordVocab(words, lang="ar")  # noqa: SLF001 - no public setter
    pretrain._emb = rows  # noqa: SLF001 - no public setter
    return pretrain


def quantised(vectors: Tensor) -> Tensor:
    """Whole steps between -127 and 127; ``CLIP`` standard deviations are the last step."""
    return (vectors * (STEPS / CLIP)).round().clamp(-STEPS, STEPS).to(torch.int8)
