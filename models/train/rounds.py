"""Tokenizer and expander in rounds: each labels more news for the next to learn from."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from stanza.models import mwt_expander, tokenizer

from models.train import labelled_news, packaging, segmentation
from models.train.evaluation import pipeline
from models.train.segmentation import Split
from models.train.text import paragraphs
from models.train.treebank import Sentence

LONGEST_EXPANSION = 25
WINDOW = 400


@dataclass(frozen=True)
class Round:
    """Tokenizer steps, and how many news paragraphs the round before has labelled."""

    steps: int
    news: int


ROUNDS = (Round(1250, 0), Round(2400, 3000), Round(3000, 4000))


def run(data: Path, work: Path, seed: int) -> Path:
    """All rounds; returns the directory of the last round's models."""
    counts = Counter[str](json.loads((work / "counts.json").read_text(encoding="utf-8")))
    parts = segmentation.split(segmentation.load(data / "ud"), counts, seed)
    lexicon = labelled_news.treebank_lexicon(s for p in parts.train for s in p.sentences)
    known = labelled_news.names([data / "ner" / "cleananercorp.train.bio"], counts)
    outlets = [data / "text" / f"{name}.txt.xz" for name in labelled_news.OUTLETS]
    news, models = list[tuple[Sentence, ...]](), work
    for number, plan in enumerate(ROUNDS, start=1):
        if plan.news:
            drawn = labelled_news.sample(paragraphs(outlets), plan.news, seed)
            nlp = pipeline(models, "tokenize,mwt")
            news = list(labelled_news.label(drawn, nlp, lexicon, counts))
        models = work / f"segmentation-{number}"
        insert_names = labelled_news.with_names(known)
        training = segmentation.training_paragraphs(parts.train, news, insert_names, seed)
        _write(models / "files", parts, training, news)
        _train(models, plan, seed)
        _fill_dictionary(models / "mwt.pt", labelled_news.sure_expansions(lexicon, counts))
        packaging.write_layout(models, models)
    return models


def _fill_dictionary(expander: Path, sure: dict[str, str]) -> None:
    """Let what counts and treebank are sure of outrank what the expander saw in labelled news."""
    checkpoint = torch.load(expander, weights_only=True)
    checkpoint["dict"].update(sure)
    torch.save(checkpoint, expander, _use_new_zipfile_serialization=False)


def _write(
    files: Path,
    parts: Split,
    training: list[tuple[Sentence, ...]],
    news: list[tuple[Sentence, ...]],
) -> None:
    segmentation.write(files, "train", training)
    segmentation.write(files, "dev", [paragraph.sentences for paragraph in parts.dev])
    plain = [paragraph.sentences for paragraph in parts.train]
    augmented = training[-len(training) // 4 :]
    segmentation.write(files, "expansions", [*plain, *augmented, *news])


def _train(models: Path, plan: Round, seed: int) -> None:
    files = models / "files"
    common = ["--lang", "ar", "--shorthand", "ar_news", "--seed", str(seed), "--cpu"]
    tokenizer.main(
        [
            *common,
            *("--txt_file", str(files / "train.txt"), "--label_file", str(files / "train.labels")),
            *("--dev_txt_file", str(files / "dev.txt")),
            *("--dev_label_file", str(files / "dev.labels")),
            *("--mwt_json_file", str(files / "dev.mwt.json"), "--use_mwt"),
            *("--max_seqlen", str(WINDOW), "--batch_size", "24"),
            *("--steps", str(plan.steps), "--eval_steps", "250"),
            *("--save_dir", str(models), "--save_name", "tokenize.pt"),
        ]
    )
    mwt_expander.main(
        [
            *common,
            *("--train_file", str(files / "expansions.gold.conllu")),
            *("--eval_file", str(files / "dev.in.conllu")),
            *("--gold_file", str(files / "dev.gold.conllu")),
            *("--num_epoch", "7", "--max_dec_len", str(LONGEST_EXPANSION)),
            *("--save_dir", str(models), "--save_name", "mwt.pt"),
        ]
    )
