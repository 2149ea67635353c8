"""How the tagger learns from what a teacher says: the loss, the lessons, a training at toy size."""

import pytest
import torch
from stanza.models.common.crf import CRFLoss
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from models.train import distillation, tagger
from models.train.distillation import Lexicon, Schedule, chain_loss, gold_lessons, news_lessons, with_clitic
from models.train.encoder import Shape, batch, build, encode
from models.train.pieces import BREAK_WORD

WORDS = [BREAK_WORD, "وصل", "سامر", "إلى", "القاهرة", "أمس", ".", "»"]
TAGS = ["O", "S-PER", "B-PER", "I-PER", "E-PER"]
SENTENCE = [1, 2, 3, 4, 5, 6]


@pytest.fixture(name="trainer")
def _trainer():
    vectors = Pretrain("")
    vectors._vocab = PretrainedWordVocab(WORDS[1:5], lang="ar")
    vectors._emb = torch.randn(4 + len(VOCAB_PREFIX), 12)
    letters = "".join(sorted({letter for word in WORDS[1:] for letter in word}))
    return build(vectors, letters, TAGS, Shape(hidden=10, char_embedding=6, char_hidden=5), seed=1)


def test_certain_targets_give_the_loss_of_the_chain_itself():
    """With one tag for certain the cross-entropy is Stanza's own, counted by the word."""
    torch.manual_seed(1)
    chain, scores, lengths = CRFLoss(6), torch.randn(3, 5, 6), torch.tensor([5, 4, 2])
    chain._transitions.data.normal_()
    tags = torch.randint(0, 6, (3, 5))
    padding = torch.arange(5) >= lengths[:, None]
    expected = chain(scores, padding, tags)[0] * 3 / lengths.sum()
    found = chain_loss(scores, chain._transitions, lengths, torch.nn.functional.one_hot(tags, 6).float())
    assert torch.allclose(found, expected, atol=1e-5)


def test_a_batch_of_numbers_is_read_as_the_words_themselves(trainer):
    """Looked up in the lexicon or spelt out by the encoder: the states are the same."""
    lexicon = Lexicon.of(WORDS, trainer)
    rows = torch.tensor([SENTENCE, [2, 1, 6, 0, 0, 0]])
    ours = lexicon.batch(rows, [6, 3])
    theirs = batch([[WORDS[number] for number in SENTENCE], [WORDS[number] for number in (2, 1, 6)]], trainer.vocab)
    trainer.model.eval()
    left, right = (encode(trainer.model, batched, batched.words) for batched in (ours, theirs))
    assert torch.allclose(left[0], right[0], atol=1e-5)
    assert torch.allclose(left[1, :3], right[1, :3], atol=1e-5)


def test_the_lexicon_holds_other_spellings_after_its_own(trainer):
    """Without hamza a word has its twin's vector; signs take no clitic, the article only some."""
    lexicon = Lexicon.of(WORDS, trainer)
    assert len(lexicon.vectors) == len(lexicon.letters) == 3 * len(WORDS)
    assert (lexicon.letters[3] != lexicon.letters[3 + len(WORDS)]).any()
    assert with_clitic(".", 1) == "."
    assert {with_clitic("القاهرة", place)[0] for place in range(8)} == {"و", "ف"}
    assert len({with_clitic("سامر", place) for place in range(8)}) == 4


def test_news_is_cut_at_full_stops_and_breaks():
    """A closing mark stays with its sentence, the break with none; what is too short is left out."""
    words = torch.tensor([*SENTENCE, 7, *SENTENCE, 1, 2, 0, *SENTENCE[:4], 0])
    named = torch.zeros(len(words), len(TAGS))
    lessons = news_lessons(words, named, WORDS, seed=1)
    found = [words[start : start + length].tolist() for start, length in zip(lessons.starts, lessons.lengths, strict=True)]
    assert found == [[*SENTENCE, 7], SENTENCE, SENTENCE[:4]]


def test_the_tagger_learns_what_the_teacher_says(trainer):
    """News and gold name the same word; in the end so does the tagger."""
    tags = [0, 1, 0, 0, 0, 0]
    certain = torch.nn.functional.one_hot(torch.tensor([*tags, 0] * 8), len(TAGS)).half()
    news = news_lessons(torch.tensor([*SENTENCE, 0] * 8), certain, WORDS, seed=1)
    gold = gold_lessons([(SENTENCE, tags)] * 4, len(TAGS))
    plan = Schedule(steps=60, rate=0.05, seed=1, news_words=24, gold_words=12)
    frozen = trainer.model.word_emb.weight.clone()
    distillation.distil(trainer, Lexicon.of(WORDS, trainer), news, gold, plan, torch.tensor([0.0, 1.0, 1.0, 0.0, 0.0]))
    trainer.model.eval()
    assert tagger.predict(trainer, [[WORDS[number] for number in SENTENCE]]) == [["O", "S-PER", "O", "O", "O", "O"]]
    assert (trainer.model.word_emb.weight == frozen).all()
