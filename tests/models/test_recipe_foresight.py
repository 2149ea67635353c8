"""The dictionary filled with what the network says: nothing in it that the network would not have said."""

from pathlib import Path

import pytest
import stanza
import torch
from stanza.models.common.doc import Document

from models.train import foresight

MODELS = Path(__file__).parents[2] / "models"
COUNTS = {"وبقواربهم": 5, "للمراكب": 3, "القارب": 9, "ولزوارقكم": 2, "فلسفنهما": 4}


@pytest.fixture(name="models", scope="module")
def _models(tmp_path_factory):
    """Return the models with an expander that has but one entry, which the network would not make."""
    directory = tmp_path_factory.mktemp("models")
    (directory / "ar" / "mwt").mkdir(parents=True)
    (directory / "resources.json").symlink_to(MODELS / "resources.json")
    for kind in ("tokenize", "ner", "pretrain"):
        (directory / "ar" / kind).symlink_to(MODELS / "ar" / kind)
    checkpoint = torch.load(MODELS / "ar" / "mwt" / "news.pt", weights_only=True)
    checkpoint["dict"] = {"فلسفنهما": "فلسف نهما"}
    torch.save(checkpoint, directory / "ar" / "mwt" / "news.pt", _use_new_zipfile_serialization=False)
    return directory


def said(models, forms):
    """Return what the bare expander says of forms, parted by blanks."""
    pipeline = stanza.Pipeline("ar", dir=str(models), processors="tokenize,mwt", download_method=None, use_gpu=False, logging_level="ERROR")
    document = Document([[{"id": (at,), "text": form, "misc": "MWT=Yes"} for at, form in enumerate(forms, 1)]])
    tokens = pipeline.processors["mwt"].process(document).sentences[0].tokens
    return {token.text: " ".join(word.text for word in token.words) for token in tokens}


def test_frequent_forms_with_clitics_are_foreseen_as_the_network_says_them(models):
    """Neither a word without clitics, nor a rare one, nor one that the dictionary has; and once remembered, Stanza says the same of each."""
    expansions = foresight.foreseen(models, COUNTS)
    assert set(expansions) == {"وبقواربهم", "للمراكب"}
    before = said(models, COUNTS)
    assert expansions == {form: before[form] for form in expansions}
    foresight.remember(models / "ar" / "mwt" / "news.pt", expansions)
    assert said(models, COUNTS) == before
    assert before["فلسفنهما"] == "فلسف نهما"
    assert not foresight.foreseen(models, COUNTS)
