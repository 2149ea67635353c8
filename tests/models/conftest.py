"""One pipeline for all model tests, loaded as anyone with Stanza would load it."""

from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session", name="pipeline")
def _pipeline():
    import stanza
    import torch

    torch.set_num_threads(1)
    return stanza.Pipeline("ar", dir=str(MODELS), processors="tokenize,mwt,ner", download_method=None, verbose=False)
