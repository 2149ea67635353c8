"""What answered: the versions of service, lexicon, models and libraries, so that an answer can be had again."""

from __future__ import annotations

from importlib.metadata import version

from service import __version__, lexicon
from service.weights import Weights


def versions(weights: Weights) -> dict[str, str]:
    """Return the versions that every report carries."""
    return {"service": __version__, "stanza": version("stanza"), "models": weights.version, "lexicon": lexicon.load().version}
