"""The engine ready to run: verified weights, the annotator that holds them, the extractor over it and the clock it runs by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.extraction import Annotate, Extractor
from service.settings import Settings
from service.stages import StageClock
from service.weights import Weights, unverified, verified


@dataclass(frozen=True)
class Engine:
    """What one process needs to answer; it answers one call at a time."""

    extractor: Extractor
    clock: StageClock
    weights: Weights


def load_engine(settings: Settings, watched: Callable[[Annotate], Annotate] = lambda annotate: annotate) -> Engine:
    """Return the engine with the models that `settings` name, loaded and warm; `watched` may wrap the annotator to take notes.

    Raises:
        WeightsUnusable: the models are missing, damaged or not those of the manifest.
    """
    weights = (verified if settings.verify_models else unverified)(settings.models_dir)
    from service.annotation import Packages, StanzaAnnotator  # noqa: PLC0415 — torch takes seconds to import; damaged weights are told at once

    clock = StageClock()
    clock.begin()
    packages = Packages(settings.tokenize_package, settings.mwt_package, settings.ner_package)
    annotator = StanzaAnnotator(weights, packages, clock.observe)
    annotator.warm_up()
    return Engine(Extractor(watched(annotator)), clock, weights)
