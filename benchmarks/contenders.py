"""Who runs: Isnad, Stanza alone with the same models, and Stanza alone with the architecture it ships; all on one thread of one process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import orjson
import stanza
import torch

from service.annotation import StanzaAnnotator
from service.api.reports import report_json
from service.attribution import Article, Document, Passage
from service.extraction import Extractor
from service.weights import verified

Seconds = dict[str, float]
MODELS = Path(__file__).resolve().parent.parent / "models"
_PROCESSORS = ("tokenize", "mwt", "ner")


@dataclass(frozen=True)
class Contender:
    """Something that reads an article; `read` returns the seconds of processor that each stage took."""

    name: str
    read: Callable[[str], Seconds]


class Lap:
    """Takes the processor's time from one mark to the next."""

    def __init__(self) -> None:
        self.seconds: Seconds = {}
        self._marked = process_time()

    def __call__(self, stage: str, _seconds: float = 0.0) -> None:
        """Count what has passed since the last mark to a stage."""
        now = process_time()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._marked
        self._marked = now


def isnad(models: Path = MODELS) -> Contender:
    """Return the whole of it: pages, annotation, rules, and the report as JSON."""
    lap = Lap()
    annotator = StanzaAnnotator(verified(models), observe=lambda stage, _: lap(stage))

    def annotated(passages: Sequence[Passage]) -> list[Document]:
        lap("rules")  # reading the page is counted to them
        return annotator(passages)

    extractor = Extractor(annotated)

    def read(text: str) -> Seconds:
        nonlocal lap
        lap = Lap()
        report = extractor.extract([Article("a", text)])[0]
        lap("rules")
        orjson.dumps(report_json(report, {}, with_text=False))
        lap("serialise")
        return lap.seconds

    return Contender("Isnad", read)


def bare(name: str, models: Path) -> Contender:
    """Return Stanza's pipeline over a models directory, called once an article."""
    torch.set_num_threads(1)
    options = {"download_method": None, "use_gpu": False, "logging_level": "ERROR"}
    pipeline = stanza.Pipeline("ar", dir=str(models), processors=",".join(_PROCESSORS), **options)

    def read(text: str) -> Seconds:
        lap, document = Lap(), text
        for processor in _PROCESSORS:
            document = pipeline.processors[processor].process(document)
            lap(processor)
        return lap.seconds

    return Contender(name, read)
