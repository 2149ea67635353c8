"""A models directory as Stanza's default package for Arabic is built, for its cost: character language models in both directions, 1,024 wide.

The official weights are not ours to ship and cannot be fetched here, so the tagger and its language models hold random ones; time does not
depend on what weights say. Tokenizer, expander and vectors, whose architecture is the official one, are this repository's, so that tokens
and clitics, and with them the work, are those of the other contenders.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from stanza.models.common.char_model import CharacterLanguageModel
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.vocab import MultiVocab
from stanza.models.pos.vocab import CharVocab, CompositeVocab

TAGGER, LANGUAGE_MODEL, TREEBANK, VECTORS = "aqmar_charlm", "ccwiki", "padt", "fasttextwiki"
CLASSES = ("PER", "LOC", "ORG", "MISC")
_LETTERS = "".join(chr(code) for code in (*range(0x20, 0x7F), *range(0x60C, 0x670))) + "\n«»…–"

RESOURCES = {
    "ar": {
        "lang_name": "Arabic",
        "tokenize": {TREEBANK: {}},
        "mwt": {TREEBANK: {}},
        "pretrain": {VECTORS: {}},
        "forward_charlm": {LANGUAGE_MODEL: {}},
        "backward_charlm": {LANGUAGE_MODEL: {}},
        "ner": {
            TAGGER: {
                "dependencies": [
                    {"model": "pretrain", "package": VECTORS},
                    {"model": "forward_charlm", "package": LANGUAGE_MODEL},
                    {"model": "backward_charlm", "package": LANGUAGE_MODEL},
                ]
            }
        },
        "packages": {"default": {"tokenize": TREEBANK, "mwt": TREEBANK, "ner": TAGGER}},
    }
}

# What Stanza's tagger is trained with where nothing is asked for; batches and widths are what its time depends on.
_WIDTHS = {"char_emb_dim": 100, "char_hidden_dim": 100, "word_emb_dim": 100, "num_layers": 1, "batch_size": 32}
_INPUT = {"char": True, "charlm": True, "emb_finetune": False, "input_transform": True, "lowercase": True, "char_lowercase": False}
_DROPPED = {"dropout": 0.5, "word_dropout": 0.0, "locked_dropout": 0.0}
_WITHOUT = {"bert_model": None, "bert_finetune": False, "use_peft": False, "train_scheme": None, "predict_tagset": None}
_TRAINED = {"optim": "sgd", "lr": 0.1, "momentum": 0.0, "shorthand": "ar_aqmar", "lang": "ar", "scheme": "bioes"}
_ARGUMENTS = _WIDTHS | _INPUT | _DROPPED | _WITHOUT | _TRAINED


def build(directory: Path, models: Path, width: int = 1024, hidden: int = 256) -> Path:
    """Write the models into `directory`, laid out as Stanza's, and return it; `models` is this repository's."""
    torch.manual_seed(6)
    (directory / "ar").mkdir(parents=True)
    (directory / "resources.json").write_text(json.dumps(RESOURCES), "utf-8")
    for kind, name in (("tokenize", TREEBANK), ("mwt", TREEBANK), ("pretrain", VECTORS)):
        (directory / "ar" / kind).mkdir()
        (directory / "ar" / kind / f"{name}.pt").symlink_to((models / "ar" / kind / "news.pt").resolve())
    letters = CharVocab([[_LETTERS]])
    files = {}
    for kind in ("forward_charlm", "backward_charlm"):
        files[kind] = str(directory / "ar" / kind / f"{LANGUAGE_MODEL}.pt")
        CharacterLanguageModel(_language_model(width), {"char": letters}, is_forward_lm=kind == "forward_charlm").save(files[kind])
    (directory / "ar" / "ner").mkdir()
    _tagger(directory / "ar" / "pretrain" / f"{VECTORS}.pt", letters, files, hidden).save(str(directory / "ar" / "ner" / f"{TAGGER}.pt"))
    return directory


def _language_model(width: int) -> dict[str, float]:
    return {"char_emb_dim": 100, "char_hidden_dim": width, "char_num_layers": 1, "char_dropout": 0.05, "char_rec_dropout": 0.0}


def _tagger(vectors: Path, letters: CharVocab, files: dict[str, str], hidden: int) -> Trainer:
    names = ["O", *(f"{place}-{name}" for name in CLASSES for place in "BIES")]
    words, tags = Pretrain(str(vectors)).vocab, CompositeVocab([[((name,),) for name in names]], "ar", sep=None)
    vocabulary = MultiVocab({"char": letters, "word": words, "tag": tags})
    arguments = _ARGUMENTS | {"hidden_dim": hidden, "charlm_forward_file": files["forward_charlm"], "charlm_backward_file": files["backward_charlm"]}
    return Trainer(arguments, vocabulary, Pretrain(str(vectors)), device="cpu")
