"""The recurrent networks and searches that stand in for torch's and Stanza's own."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from stanza.models.common.crf import viterbi_decode
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

from service.annotation.recurrence import BothWays, alike
from service.annotation.tagger import best_paths


@pytest.mark.parametrize("lengths", [(1,), (7,), (5, 5, 5), (9, 4, 1), (30, 29, 3, 3, 1, 1)], ids=str)
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("is_started", [False, True])
def test_both_ways_read_as_torch_does(lengths, layers, is_started):
    """Outputs are those of the network whose weights are used, whatever the lengths, up to rounding."""
    torch.manual_seed(len(lengths))
    lstm = torch.nn.LSTM(6, 8, num_layers=layers, bidirectional=True, batch_first=True).eval()
    packed = pack_sequence([torch.randn(length, 6) for length in lengths])
    start = tuple(torch.randn(2 * layers, len(lengths), 8) for _ in "hc") if is_started else None
    with torch.inference_mode():
        expected, _ = pad_packed_sequence(lstm(packed, start)[0])
        read, _ = pad_packed_sequence(BothWays(lstm)(packed, start)[0])
    assert torch.allclose(read, expected, atol=1e-6)


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), max_size=80), st.integers(1, 40), st.integers(0, 100))
def test_batches_hold_everything_once_and_like_with_like(lengths, most, slack):
    """Every sequence is in one batch; batches and what is in them go from long to short; none is padded to much over its length."""
    batches = list(alike(lengths, most, slack))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    in_order = [lengths[index] for batch in batches for index in batch]
    assert in_order == sorted(in_order, reverse=True)
    for batch in batches:
        assert len(batch) <= most
        assert lengths[batch[0]] <= 2.5 * lengths[batch[-1]] + slack


@settings(deadline=None)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=6), st.integers(0, 1000))
def test_best_paths_are_those_of_each_sentence_alone(lengths, seed):
    """Sought together, they are what Stanza finds for one sentence after the other."""
    dice = np.random.default_rng(seed)
    lengths = sorted(lengths, reverse=True)
    scores = [dice.normal(size=(length, 5)).astype(np.float32) for length in lengths]
    transitions = dice.normal(size=(5, 5)).astype(np.float32)
    packed = pack_sequence([torch.from_numpy(score) for score in scores])
    paths = best_paths(packed.data, packed.batch_sizes.tolist(), torch.from_numpy(transitions))
    assert paths == [viterbi_decode(score, transitions)[0] for score in scores]
