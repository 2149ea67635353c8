"""A container is smaller when it is deflated, and PyTorch reads it all the same."""

import io

import torch

from models.train.packaging import deflated


def test_a_deflated_container_is_read_as_before():
    """Fewer bytes, the same content, and nothing of the hour of its making."""
    content = {"words": [f"word {number}" for number in range(2_000)], "weights": torch.arange(9).half()}
    plain = io.BytesIO()
    torch.save(content, plain)
    smaller = deflated(plain)
    assert len(smaller) < len(plain.getvalue()) / 2
    assert smaller == deflated(plain)
    found = torch.load(io.BytesIO(smaller), weights_only=True)
    assert found["words"] == content["words"]
    assert found["weights"].tolist() == content["weights"].tolist()
