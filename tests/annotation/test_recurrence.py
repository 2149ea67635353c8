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


@pytest.mark.parametrize("sharpness", [0.5, 0.0])
def test_questions_asked_together_are_answered_as_by_stanzas_network(sharpness):
    """The labels of a network with random weights, asked at once and asked by Stanza, wherever the answer is no toss-up."""
    from stanza.models.tokenization.model import Tokenizer

    from service.annotation.letters import AnyNetwork, TwoLevels, network_of

    arguments = {"feat_dim": 2, "rnn_layers": 1, "conv_res": None, "hierarchical": True, "hier_invtemp": sharpness, "use_mwt": True, "tok_noise": 0.0}
    torch.manual_seed(6)
    model = Tokenizer(arguments, nchars=20, emb_dim=4, hidden_dim=8, dropout=0.3, feat_dropout=0.1).eval()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter)  # answers that vary

    class Trainer:
        def __init__(self):
            self.model = model

        def predict(self, inputs):
            units, _, features, texts = inputs
            return model(units, features, [len(text) for text in texts], texts).numpy()

    texts = ["x" * length for length in (200, 131, 29, 1)]
    units, features = torch.randint(1, 20, (4, 200)), torch.randint(0, 2, (4, 200, 2)).float()
    with torch.inference_mode():
        expected = AnyNetwork(Trainer())(units, features, texts)
        network = network_of(Trainer())
        labels = network(units, features, texts)
    assert isinstance(network, TwoLevels)
    assert len(set(expected.flatten().tolist())) == 5
    for row, text in enumerate(texts):
        assert labels[row, : len(text)].tolist() == expected[row, : len(text)].tolist()
