"""Lay the trained models out as Stanza loads them, small, with their checksums."""

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer

from models.train.vectors import CLIP, STEPS

PACKAGE = "news"
VERSION = "news-2026.11b"
PROCESSORS = ("tokenize", "mwt", "ner")

RESOURCES = {
    "ar": {
        "lang_name": "Arabic",
        "tokenize": {PACKAGE: {}},
        "mwt": {PACKAGE: {}},
        "pretrain": {PACKAGE: {}},
        "ner": {PACKAGE: {"dependencies": [{"model": "pretrain", "package": PACKAGE}]}},
        "packages": {"default": dict.fromkeys(PROCESSORS, PACKAGE)},
    }
}


def fold_scale(trainer: Trainer) -> None:
    """Let the tagger read vectors as whole steps: their width moves into its first layer.

    Stanza copies a vector file of any number type into its embedding, so bytes load as
    they are; scaling the layer that reads them keeps every prediction.
    """
    size = trainer.args["word_emb_dim"]
    with torch.no_grad():
        trainer.model.input_transform.weight[:, :size] *= CLIP / STEPS


def save_vectors(pretrain: Pretrain, path: Path) -> None:
    """The vectors as bytes, a quarter of their usual size."""
    steps = (pretrain.emb * (STEPS / CLIP)).round().to(torch.int8)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"vocab": pretrain.vocab.state_dict(), "emb": steps}
    torch.save(content, path, _use_new_zipfile_serialization=False)


def save_tagger(trainer: Trainer, path: Path) -> None:
    """The tagger for vectors that come as bytes: its weights in sixteen bits, its word list deflated.

    Stanza cannot do without the list, though the vector file has the same. PyTorch writes its
    containers, which are zip files, uncompressed, but reads them compressed as well.
    """
    fold_scale(trainer)
    path.parent.mkdir(parents=True, exist_ok=True)
    trainer.save(str(path))
    checkpoint = torch.load(path, weights_only=True)
    checkpoint["model"] = {name: value.half() for name, value in checkpoint["model"].items()}
    plain = io.BytesIO()
    torch.save(checkpoint, plain)
    path.write_bytes(deflated(plain))


def deflated(container: io.BytesIO) -> bytes:
    """The same zip file compressed, and without the time of its making."""
    smaller = io.BytesIO()
    with zipfile.ZipFile(container) as source, zipfile.ZipFile(smaller, "w") as target:
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename), source.read(entry), zipfile.ZIP_DEFLATED, compresslevel=9)
    return smaller.getvalue()


def write_layout(target: Path, segmentation: Path) -> None:
    """Copy tokenizer and expander and write the resource list Stanza looks for."""
    for processor in ("tokenize", "mwt"):
        place = target / "ar" / processor
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(segmentation / f"{processor}.pt", place / f"{PACKAGE}.pt")
    listing = json.dumps(RESOURCES, indent=2, ensure_ascii=False) + "\n"
    (target / "resources.json").write_text(listing, encoding="utf-8")


def write_manifest(target: Path) -> None:
    """Name, size and SHA-256 of every weight file; the service checks them at start."""
    weights = sorted((target / "ar").rglob("*.pt"))
    files = {
        weight.relative_to(target).as_posix(): {
            "sha256": hashlib.sha256(weight.read_bytes()).hexdigest(),
            "bytes": weight.stat().st_size,
        }
        for weight in weights
    }
    manifest = {"version": VERSION, "files": files}
    text = json.dumps(manifest, indent=2) + "\n"
    (target / "manifest.json").write_text(text, encoding="utf-8")
