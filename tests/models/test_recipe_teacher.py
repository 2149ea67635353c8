"""The teacher at toy size: pieces and their stream, what it hides, how it learns, what it says of each word."""

import random
from types import SimpleNamespace

import pytest
import torch

from models.train import teacher
from models.train.entities import Tagged
from models.train.pieces import BREAK, BREAK_WORD, LONGEST, MASKED, Stream, Table, plain
from models.train.teacher import UNTAGGED, Naming, Reading, TeacherShape
from models.train.teaching import gold_numbers, likeliest, numbers, varied_gold

SHAPE = TeacherShape(layers=2, width=16, heads=2, window=16, margin=4)
LETTERS = "abcdefghij"
WORDS = [BREAK_WORD, "ab", "cde", "f", "ghij"]
VOCABULARY = 3 + len(LETTERS)
TAGS = ["O", "S-PER", "B-PER", "I-PER", "E-PER"]


class ByLetters:
    """A tokenizer whose pieces are letters."""

    def encode_batch(self, words, add_special_tokens):
        """The letters of every word, as numbers after the special ones."""
        assert not add_special_tokens
        return [SimpleNamespace(ids=[3 + LETTERS.index(letter) for letter in word]) for word in words]


@pytest.fixture(name="table")
def _table():
    return Table.of(WORDS, ByLetters())


def test_plain_spelling_forgets_hamza_marks_and_figures():
    """What is written in two ways is read in one; a word of marks alone stays."""
    assert plain("أُسامة") == plain("اسامة") == "اسامة"
    assert plain("1990") == plain("٢٠١٥") == "0000"
    assert plain("ـ") == "ـ"


def test_a_stream_knows_its_words(table):
    """Pieces follow each other, each with the number of its word."""
    stream = Stream.of(torch.tensor([1, 0, 2, 3]), table)
    assert stream.pieces.tolist() == [3, 4, BREAK, 5, 6, 7, 8]
    assert stream.words.tolist() == [0, 0, 1, 2, 2, 2, 3]
    assert stream.starts.tolist() == [0, 2, 3, 6]


def test_long_words_are_cut_short_and_unreadable_ones_kept():
    """No word is without a piece, none has too many."""
    table = Table.of([BREAK_WORD, "a" * 40, ""], SimpleNamespace(encode_batch=lambda words, **_: [SimpleNamespace(ids=[3] * len(w)) for w in words]))
    assert table.lengths.tolist() == [1, LONGEST, 1]


def test_whole_words_are_hidden_and_breaks_never(table):
    """Pieces of one word share its fate."""
    torch.manual_seed(1)
    stream = Stream.of(torch.tensor([1, 2, 0, 4] * 4)[None].flatten(), table)
    pieces, words = stream.pieces[None, :16], stream.words[None, :16]
    shown, chosen = teacher.hidden(pieces, words, 0.5, VOCABULARY)
    assert 0 < chosen.sum() < 16
    assert all(len(set(chosen[words == number].tolist())) == 1 for number in set(words.flatten().tolist()))
    assert not chosen[pieces == BREAK].any()
    assert (shown[~chosen] == pieces[~chosen]).all()
    assert (shown == MASKED).any()


def test_orthogonal_steps_have_even_singular_values():
    """Tall or wide, all directions weigh about the same."""
    for size in ((2, 8, 24), (2, 24, 8)):
        values = torch.linalg.svdvals(teacher.orthogonal(torch.randn(size, generator=torch.Generator().manual_seed(1))))
        assert values.min() > 0.4
        assert values.max() < 1.4


def test_windows_cover_a_pass_and_never_overrun():
    """Starts lie within the stream, also of one that is hardly longer than a window."""
    for length in (17, 100):
        batches = teacher.windows_of(length, 16, 4, random.Random(1))
        assert all(0 <= start <= length - 16 for _ in range(20) for start in next(batches))


def test_a_fresh_network_lets_everything_through(table):
    """Its blocks add nought: the state of a piece is the piece."""
    weights = teacher.fresh(SHAPE, VOCABULARY, seed=1)
    windows = Stream.of(torch.tensor([1, 2, 3, 4] * 4), table).pieces[None, None, :16]
    expected = torch.nn.functional.rms_norm(weights["pieces"][windows[0, 0]], (SHAPE.width,))
    assert torch.allclose(teacher.states(weights, SHAPE, windows)[0], expected, atol=1e-2)


def test_reading_lowers_the_loss_and_naming_finds_the_names(table):
    """A word that is always a name is one at the end, wherever it stands; copies agree on the shape of what they say."""
    stream = Stream.of(torch.tensor([1, 2, 3, 4, 0] * 40), table)
    weights = teacher.fresh(SHAPE, VOCABULARY, seed=1)
    short = teacher.read_news({name: value.clone() for name, value in weights.items()}, SHAPE, stream, Reading(steps=3, windows=4, warm_up=2))
    assert teacher.read_news(weights, SHAPE, stream, Reading(steps=120, windows=4, warm_up=10)) < short
    words = torch.tensor([1, 2, 3, 4, 0, 2, 1, 3] * 12)
    tags = torch.tensor([1, 0, 0, 0, UNTAGGED, 0, 1, 0] * 12)
    corpus = teacher.tagged_stream(words, tags, lambda row: Stream.of(row, table))
    named = teacher.learn_names(weights, SHAPE, [corpus, corpus], len(TAGS), Naming(rates=(3e-3, 6e-3), steps=60, windows=2, warm_up=5))
    said = teacher.posteriors(named, SHAPE, Stream.of(words, table), batch=2)
    assert said.shape == (len(words), len(TAGS))
    right = said.argmax(1)[tags != UNTAGGED] == tags[tags != UNTAGGED]
    assert right.float().mean() > 0.95


def test_the_likeliest_tags_are_legal():
    """A name that begins ends, though every word by itself would say otherwise."""
    probabilities = torch.tensor([[0.1, 0.0, 0.9, 0.0, 0.0], [0.5, 0.0, 0.0, 0.0, 0.4], [0.9, 0.1, 0.0, 0.0, 0.0]])
    assert likeliest(probabilities, TAGS) == ["B-PER", "E-PER", "O"]
    assert likeliest(probabilities[:1], TAGS) == ["O"]


def test_gold_runs_on_now_and_then():
    """Sentences without a full stop are always closed by a break; breaks have no tag."""
    sentence = (Tagged("سامر", "B-PER"), Tagged("قال", "O"))
    places = {BREAK_WORD: 0}
    words, tags = gold_numbers([sentence, sentence], {tag: number for number, tag in enumerate(TAGS)}, places, seed=1)
    assert words.tolist() == [1, 2, 0, 1, 2, 0]
    assert tags.tolist() == [1, 0, UNTAGGED, 1, 0, UNTAGGED]
    assert numbers([["سامر"]], places).tolist() == [1, 0]
    assert all(len(part) == 2 for part in varied_gold([sentence, sentence], seed=1))
