"""What the annotator is held against: Stanza's own pipeline, one call a text."""

import os
from pathlib import Path

import pytest

MODELS = Path(os.environ.get("ISNAD_MODELS_DIR") or Path(__file__).resolve().parents[2] / "models")


@pytest.fixture(name="bare", scope="session")
def _bare():
    """Return Stanza's pipeline over the same models; only its expression for addresses, quadratic on Latin letters, is ours."""
    if not (MODELS / "manifest.json").is_file():
        pytest.skip("models/ holds no weights")
    import stanza
    import torch
    from stanza.models.tokenization import utils

    from service.annotation.tokenizer import _ADDRESS

    torch.set_num_threads(1)
    theirs = utils.MASK_RE
    utils.MASK_RE = _ADDRESS
    options = {"download_method": None, "use_gpu": False, "logging_level": "ERROR"}
    yield stanza.Pipeline("ar", dir=str(MODELS), processors="tokenize,mwt,ner", **options)
    utils.MASK_RE = theirs
