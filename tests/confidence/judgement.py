"""Which of the answers are right, by the scorer's own measure, and of what kind each is.

Right is what the scorer counts as who-said-what: the content shares 0.8 of its words with an annotated one's, and the speaker is that one's.
What lies on gold that annotators may differ on (`optional`) is neither right nor wrong, and is left out, as the scorer leaves it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from service.attribution import Construction, Resolution
from service.lexicon.confidence import Kind

Json = Mapping[str, Any]
MATCHED, RIGHT = 0.5, 0.8  # overlap from which the scorer pairs contents, and from which it takes one for said


@dataclass(frozen=True, slots=True)
class Outcome:
    """One attribution of an answered gold article, and whether it was right."""

    article: str
    aside: bool  # its article was set aside: nobody wrote rules by it
    path: tuple[str, ...]  # its classes, see `Kind.path`
    right: bool


class MiscountError(Exception):
    """The scorer counts other outcomes than these."""


def judged(score: ModuleType, files: Sequence[Path], reports: Mapping[Path, Json], aside: Sequence[Path]) -> list[Outcome]:
    """Return the outcomes of answered gold articles; raises MiscountError where the scorer disagrees on how many there are or are right."""
    found: list[Outcome] = []
    tally = score.Tally()
    for file in files:
        gold = json.loads(file.read_text("utf-8"))
        score.score_article(gold, reports[file], tally, [])
        found += (Outcome(gold["id"], file in aside, path, right) for path, right in _of_article(score, gold, reports[file]))
    mine, theirs = (len(found), sum(outcome.right for outcome in found)), (tally.get("pred"), tally.get("wsw"))
    if mine != theirs:
        raise MiscountError(f"{mine} predicted and right here, {theirs} by the scorer")
    return found


def _of_article(score: ModuleType, gold: Json, report: Json) -> Iterator[tuple[tuple[str, ...], bool]]:
    text, relations, said = gold["text"], gold["relations"], report["attributions"]
    annotated = [score.words(text, relation["content"]) for relation in relations]
    answered = [score.words(text, score.spans_of(attribution, "content")) for attribution in said]
    pairs = {answer: (relation, overlap) for relation, answer, overlap in score.pair(annotated, answered, MATCHED)}
    optional = [words for words, relation in zip(annotated, relations, strict=True) if relation.get("optional")]
    for number, attribution in enumerate(said):
        relation, overlap = pairs.get(number, (None, 0.0))
        if relation is None and any(score.jaccard(words, answered[number]) >= MATCHED for words in optional):
            continue
        if relation is not None and relations[relation].get("optional"):
            continue
        name = (attribution["speaker"] or {}).get("name")
        yield kind(attribution).path, relation is not None and overlap >= RIGHT and score.same_speaker(name, relations[relation]["speaker"])


def kind(attribution: Json) -> Kind:
    """Return the kind of an attribution of a report."""
    return Kind(
        nested=attribution["parent"] is not None,
        construction=Construction(attribution["construction"]),
        resolution=Resolution(attribution["speaker"]["resolution"]) if attribution["speaker"] else None,
        words=sum(len(span["text"].split()) for span in attribution["content"]["spans"]),
    )


def wanted(files: Sequence[Path]) -> int:
    """Return how many attributions the gold of these articles asks for."""
    return sum(not relation.get("optional") for file in files for relation in json.loads(file.read_text("utf-8"))["relations"])
