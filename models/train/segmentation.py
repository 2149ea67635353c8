"""Train Stanza's tokenizer and multi-word expander on the re-split, augmented treebanks."""

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from models.train import treebank
from models.train.augment import Augmentation, augmented
from models.train.doubles import has_doubles, repaired
from models.train.treebank import Paragraph, Sentence

PARAGRAPH_SENTENCES = 15
GOLD_COPIES = 6
NEWS_COPIES = 1
WITH_NAMES = 0.4
PUD_DOCUMENT = 6  # n01001011 is sentence 11 of document n01001


@dataclass(frozen=True)
class Split:
    """Paragraphs to train on, to stop training by, and to report on."""

    train: tuple[Paragraph, ...]
    dev: tuple[Paragraph, ...]
    held_out: tuple[Paragraph, ...]


def load(directory: Path) -> tuple[Paragraph, ...]:
    """PADT paragraphs cut into sentences, and PUD sentences gathered into paragraphs."""
    padt = (
        Paragraph(unit.document.partition("#")[0], treebank.split_sentences(unit.sentences[0])) for unit in treebank.read(directory / "padt.conllu")
    )
    pud_units = treebank.read(directory / "pud.conllu")
    pud = (
        Paragraph(document, tuple(unit.sentences[0] for unit in units))
        for document, units in groupby(pud_units, lambda unit: unit.document[:PUD_DOCUMENT])
    )
    return (*padt, *pud)


def split(paragraphs: Sequence[Paragraph], counts: Mapping[str, int], seed: int) -> Split:
    """A tenth of the documents held out, a twentieth of the rest to choose the model by.

    Paragraphs with the source's doubled words are repaired to train on, and left out of
    both measures: a repair of ours is no gold.
    """
    documents = sorted({paragraph.document for paragraph in paragraphs})
    random.Random(seed).shuffle(documents)
    tenth = len(documents) // 10
    held_out = frozenset(documents[:tenth])
    dev = frozenset(documents[tenth : tenth + tenth // 2])
    clean = [p for p in paragraphs if not any(map(has_doubles, p.sentences))]
    return Split(
        tuple(_repaired(p, counts) for p in paragraphs if p.document not in held_out | dev),
        tuple(p for p in clean if p.document in dev),
        tuple(p for p in clean if p.document in held_out),
    )


def _repaired(paragraph: Paragraph, counts: Mapping[str, int]) -> Paragraph:
    return replace(paragraph, sentences=tuple(repaired(sentence, counts) for sentence in paragraph.sentences))


def training_paragraphs(
    train: Sequence[Paragraph],
    news: Sequence[tuple[Sentence, ...]],
    insert_names: Augmentation,
    seed: int,
) -> list[tuple[Sentence, ...]]:
    """Treebank and labelled news once as they are, then as the web might spell them.

    Stanza joins random sentences of a paragraph into one training window, so a headline
    without a full stop is taught next to any sentence, as after a single line break.
    """
    chance = random.Random(seed)
    gold = [sentence for paragraph in train for sentence in paragraph.sentences]
    labelled = [sentence for paragraph in news for sentence in paragraph]
    copies = gold + labelled
    for sentence in gold * GOLD_COPIES + labelled * NEWS_COPIES:
        named = insert_names(sentence, chance) if chance.random() < WITH_NAMES else sentence
        copies.append(augmented(named, chance))
    return [tuple(copies[start : start + PARAGRAPH_SENTENCES]) for start in range(0, len(copies), PARAGRAPH_SENTENCES)]


def text_and_labels(paragraph: Sequence[Sentence]) -> tuple[str, str]:
    """Running text and Stanza's character labels: 0 inside, 1 token end, 2 sentence end.

    A multi-word token ends in 3, or in 4 where it ends the sentence too; a space belongs
    to the token after it.
    """
    text, labels = list[str](), list[str]()
    for sentence in paragraph:
        for position, token in enumerate(sentence):
            end = 3 if token.is_multiword else 1
            end += position == len(sentence) - 1
            text.append(token.text)
            labels.append("0" * (len(token.text) - 1) + str(end))
            if token.space_after:
                text.append(" ")
                labels.append("0")
    return "".join(text).rstrip(), "".join(labels).rstrip("0")


def write(directory: Path, name: str, paragraphs: Sequence[Sequence[Sentence]]) -> None:
    """The four files that Stanza's trainers read for one split."""
    directory.mkdir(parents=True, exist_ok=True)
    pairs = [text_and_labels(paragraph) for paragraph in paragraphs]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    expansions = Counter((token.text, token.words) for s in sentences for token in s if token.is_multiword)
    for suffix, content in (
        ("txt", "\n\n".join(text for text, _ in pairs) + "\n"),
        ("labels", "\n\n".join(labels for _, labels in pairs) + "\n"),
        ("gold.conllu", treebank.to_conllu(sentences)),
        ("in.conllu", treebank.to_conllu(sentences, expand=False)),
        ("mwt.json", json.dumps(list(expansions.items()), ensure_ascii=False)),
    ):
        (directory / f"{name}.{suffix}").write_text(content, encoding="utf-8")
