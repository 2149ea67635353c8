"""Time over length, for text made to hurt: twice the text, less than three times the time. Run by `make faults`."""

import timeit

import pytest

from service.attribution import Article
from service.extraction import Extractor
from tests import fakes
from tests.api.test_properties import CASES

pytestmark = pytest.mark.soak

SHORTEST = 0.02  # seconds: what is quicker measures the machine


def seconds(text):
    """Return the best of three, so that another process's work does not count; nor does what is left for the garbage collector."""
    extractor = Extractor(fakes.annotate)
    return min(timeit.repeat(lambda: extractor.extract([Article("a", text)]), number=1, repeat=3))


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_twice_the_text_takes_no_more_than_thrice_the_time(text):
    """Rules and regular expressions grow with the text, not with its square."""
    half, whole = seconds(text[: len(text) // 2]), seconds(text)
    print(f"{len(text):,} characters: {whole:.3f} s")  # noqa: T201 — figures for docs/reliability.md
    assert whole < SHORTEST or whole / max(half, SHORTEST / 3) < 3
