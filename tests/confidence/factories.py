"""Outcomes as the test says."""

from hypothesis import strategies as st

from service.lexicon.confidence import CLASSES
from tests.confidence.judgement import Outcome

CLAUSE, COLON, RELAY = (("alone", construction, "named", "long") for construction in ("clause", "colon", "relay"))
PATHS = st.tuples(*map(st.sampled_from, CLASSES.values()))
OUTCOMES = st.lists(st.builds(Outcome, st.sampled_from("abcde"), st.booleans(), PATHS, st.booleans()), max_size=40)


def cases(path, right, of, *, aside=False, articles=1):
    """Return so many outcomes of a class, so many of them right, spread over articles."""
    return [Outcome(f"{'aside' if aside else 'read'}-{number % articles}", aside, path, number < right) for number in range(of)]
