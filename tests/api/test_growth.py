"""Time over length, for text made to hurt: twice the text, less than three times the time. Run by `make faults`."""

import timeit

import pytest

from service.attribution import Article
from service.extraction import Extractor
from tests import fakes
from tests.api.test_properties import CASES

pytestmark = pytest.mark.soak

SHORTEST = 0.02  # seconds: what is quicker measures the machine
PAIRS = 4


def seconds(text):
    """Return what an extraction takes, but for what is left to the garbage collector."""
    extractor = Extractor(fakes.annotate)
    return timeit.timeit(lambda: extractor.extract([Article("a", text)]), number=1)


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_twice_the_text_takes_no_more_than_thrice_the_time(text):
    """Rules and regular expressions grow with the text, not with its square: in the best of some pairs, for the machine's speed changes."""
    pairs = [(seconds(text[: len(text) // 2]), seconds(text)) for _ in range(PAIRS)]
    print(f"{len(text):,} characters: {min(whole for _, whole in pairs):.3f} s")  # noqa: T201 — figures for docs/reliability.md
    assert min(whole / max(half, SHORTEST / 3) for half, whole in pairs) < 3
