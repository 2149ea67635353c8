"""The recipe's own forward pass: what it trains is what Stanza will run."""

import pytest
import torch
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import PAD_ID, UNK_ID, VOCAB_PREFIX
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import unpack_batch

from models.train.encoder import Shape, batch, build, encode, hide_words

SENTENCES = [
    ["وصل", "سامر", "حداد", "إلى", "القاهرة", "مساء", "أمس", "."],
    ["وقال", "كرافتشنكو", ":", "لا"],
    ["نعم"],
]
KNOWN = ["وصل", "سامر", "إلى", "القاهرة", "مساء", "أمس", ".", "وقال", ":", "لا"]
TAGS = ["O", "S-PER", "B-PER", "I-PER", "E-PER"]


@pytest.fixture(name="trainer")
def _trainer():
    """A small fresh tagger over ten known words."""
    vectors = Pretrain("")
    vectors._vocab = PretrainedWordVocab(KNOWN, lang="ar")
    vectors._emb = torch.randn(len(KNOWN) + len(VOCAB_PREFIX), 12)
    letters = "".join(sorted({letter for sentence in SENTENCES for word in sentence for letter in word}))
    return build(vectors, letters, TAGS, Shape(hidden=10, char_embedding=6, char_hidden=5), seed=1)


def stanza_scores(trainer):
    """Each sentence's tag scores by Stanza's loader and its packed forward pass."""
    document = Document([[{"id": [number], "text": word} for number, word in enumerate(words, start=1)] for words in SENTENCES])
    loaded = DataLoader(document, 8, {**trainer.args, "batch_size": 8}, vocab=trainer.vocab, evaluation=True, preprocess_tags=False)[0]
    (words, letters, mask, chars, tags), order, word_order, char_order, lengths, spelt, charlens, offsets = unpack_batch(loaded, "cpu")
    _, scores, _ = trainer.model(words, letters, mask, tags, word_order, lengths, spelt, chars, offsets, charlens, char_order)
    return {source: scores[0][place, : lengths[place]] for place, source in enumerate(order)}


def test_padded_rows_give_what_stanza_computes(trainer):
    """Rows of different lengths, unknown words and both directions, to the last digits."""
    trainer.model.eval()
    batched = batch(SENTENCES, trainer.vocab)
    scores = trainer.model.tag_clfs[0](encode(trainer.model, batched, batched.words))
    expected = stanza_scores(trainer)
    for place, source in enumerate(batched.order):
        ours = scores[place, : batched.lengths[place]]
        assert torch.allclose(ours, expected[source], atol=1e-5)


def test_padding_learns_nothing(trainer):
    """A gradient from the long sentence alone is the same with a short one beside it."""
    trainer.model.eval()

    def gradient(sentences):
        trainer.model.zero_grad()
        batched = batch(sentences, trainer.vocab)
        encode(trainer.model, batched, batched.words)[0].sum().backward()
        return trainer.model.taggerlstm.lstm.weight_hh_l0_reverse.grad.clone()

    assert torch.allclose(gradient(SENTENCES[:1]), gradient([SENTENCES[0], SENTENCES[2]]), atol=1e-5)


def test_hidden_words_are_unknown_and_padding_stays(trainer):
    """Hiding everything hides every word and no padding."""
    words = batch(SENTENCES, trainer.vocab).words
    hidden = hide_words(words, 1.0)
    assert torch.equal(hidden == PAD_ID, words == PAD_ID)
    assert set(hidden[words != PAD_ID].tolist()) == {UNK_ID}
