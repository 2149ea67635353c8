"""The tagger's training and the trials of single choices, on invented sentences."""

import random

import pytest
import torch
from click.testing import CliRunner
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import UNK_ID, VOCAB_PREFIX

from models.train import ablation, stages, tagger
from models.train.__main__ import recipe
from models.train.ablation import drawn
from models.train.encoder import Shape, build
from models.train.sources import SOURCES
from models.train.tagger import Plan
from models.train.vectors import most_frequent
from tests.models.test_recipe_names import tagged

NAMES = [
    tagged("وصل سامر/B-PER حداد/I-PER إلى القاهرة/B-LOC ."),
    tagged("وقال نبيل/B-PER كريم/I-PER في بيروت/B-LOC : نعم ."),
    tagged("اجتمع المجلس/B-ORG أمس ."),
]
TITLES = [tagged("وصل الوزير/B-TIT سامر/B-PER ."), tagged("قال رئيس/B-TIT الوزراء/I-TIT نعم .")]
WORDS = sorted({token.text for sentence in (*NAMES, *TITLES) for token in sentence})


def vectors(path=""):
    """Random vectors for every word of the sentences."""
    torch.manual_seed(3)
    pretrain = Pretrain(str(path))
    pretrain._vocab = PretrainedWordVocab(WORDS, lang="ar")
    pretrain._emb = torch.randn(len(WORDS) + len(VOCAB_PREFIX), 16)
    return pretrain


@pytest.fixture(autouse=True)
def _one_thread():
    """As the recipe's command sets it: small batches gain nothing by more."""
    torch.set_num_threads(1)


@pytest.fixture(name="trainer")
def _trainer():
    letters = "".join(sorted({letter for word in WORDS for letter in word}))
    return build(vectors(), letters, tagger.tag_inventory(NAMES), Shape(hidden=24, char_embedding=8, char_hidden=8), seed=1)


def test_a_tagger_learns_its_sentences_beside_another_corpus(trainer):
    """After enough passes it gives the gold tags; vectors stay, and the other corpus leaves no layer behind."""
    before, parts = trainer.model.word_emb.weight.clone(), set(trainer.model.state_dict())
    tasks = [tagger.main_task(trainer, NAMES), tagger.side_task(trainer, TITLES)]
    tagger.train(trainer, tasks, Plan(epochs=60, rate=0.02, seed=1, words_a_batch=100, hidden_rate=0.0, dropout=0.0))
    guessed = tagger.predict(trainer, [[token.text for token in sentence] for sentence in NAMES])
    assert guessed == [tagger.bioes(sentence) for sentence in NAMES]
    assert torch.equal(trainer.model.word_emb.weight, before)
    assert set(trainer.model.state_dict()) == parts


def test_fewer_vectors_leave_words_unknown():
    """The most frequent keep their rows."""
    pretrain = vectors()
    fewer = most_frequent(pretrain, 3)
    assert torch.equal(fewer.emb, pretrain.emb[: len(VOCAB_PREFIX) + 3])
    assert [fewer.vocab.unit2id(word) == UNK_ID for word in WORDS[:5]] == [False, False, False, True, True]


def test_a_share_of_the_gold_keeps_its_order():
    """Half of the sentences, none twice; the whole is the whole."""
    half = drawn(range(100), 0.5, random.Random(1))
    assert len(half) == 50
    assert list(half) == sorted(set(half))
    assert drawn(range(100), 1.0, random.Random(1)) == tuple(range(100))


@pytest.fixture(name="corpora")
def _corpora(tmp_path):
    """A data folder with every source, the name corpora filled, and the vectors of an earlier stage."""
    data, work = tmp_path / "data", tmp_path / "work"
    work.mkdir()
    for source in SOURCES:
        place = data / source.path
        place.parent.mkdir(parents=True, exist_ok=True)
        sentences = {"ner/caraner.all.bio": TITLES}.get(source.path, NAMES * 4)
        place.write_text("\n\n".join("\n".join(f"{t.text}\t{t.tag}" for t in s) for s in sentences) + "\n", encoding="utf-8")
    pretrain = vectors(work / "vectors.pt")
    pretrain.save(str(work / "vectors.pt"))
    (work / "corpus.tok").write_text("\n".join(" ".join(t.text for t in s) for s in NAMES) + "\n", encoding="utf-8")
    return ["--data", str(data), "--work", str(work), "--seed", "1"]


def test_the_tagger_is_measured_without_an_encoder(corpora, tmp_path, monkeypatch):
    """Three turns from nothing, each with its figures on the part kept back; nothing is saved."""
    monkeypatch.setattr(stages, "DEV_SENTENCES", 3)
    before = sorted((tmp_path / "work").iterdir())
    outcome = CliRunner().invoke(recipe, [*corpora, "ner", "--measure", "--no-encoder"], catch_exceptions=False)
    assert outcome.exit_code == 0
    assert outcome.output.count("names, dev") == 3
    assert sorted((tmp_path / "work").iterdir()) == before


def test_a_trial_reports_on_dev_and_test_and_saves_nothing(corpora, tmp_path, monkeypatch):
    """Every choice at once, through the command."""
    monkeypatch.setattr(stages, "DEV_SENTENCES", 3)
    before = sorted((tmp_path / "work").iterdir())
    choices = ["--hidden", "8", "--words", "6", "--renamed", "0.5", "--share", "0.5", "--beside", "caraner"]
    outcome = CliRunner().invoke(recipe, [*corpora, "ablate", *choices], catch_exceptions=False)
    assert outcome.exit_code == 0
    assert "names, dev" in outcome.output
    assert "names, test" in outcome.output
    assert outcome.output.count("epoch ") >= ablation.BUDGET.epochs * 2
    assert sorted((tmp_path / "work").iterdir()) == before
