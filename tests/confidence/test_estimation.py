"""The estimator: what few cases say, what many say, which articles a figure has seen, and at whose level it stands."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.confidence.estimation import fit, held_out
from tests.confidence.factories import CLAUSE, COLON, OUTCOMES, RELAY, cases
from tests.confidence.judgement import Outcome


def precision(estimates, path):
    return estimates.classes[path[:2]].precision


@given(st.integers(1, 30), st.integers(1, 30))
def test_a_class_lies_between_its_own_share_and_its_parents(of, others):
    """A class that is always right, in a company half of which is wrong, is better than the company and not perfect."""
    found = fit([*cases(CLAUSE, of, of), *cases(COLON, 0, others)], levelled=False)
    around = found.classes["alone",].precision
    assert precision(found, COLON) < around < precision(found, CLAUSE) < 1
    assert precision(found, COLON) > 0


def test_many_cases_count_for_more_than_few():
    """Of two classes that are always right, the one that was seen oftener is believed more."""
    found = fit([*cases(CLAUSE, 20, 20), *cases(COLON, 2, 2), *cases(RELAY, 5, 20)], levelled=False)
    assert precision(found, CLAUSE) > precision(found, COLON)


def test_chance_is_no_difference():
    """The same class is pulled harder towards its parent among classes that are alike than among classes that differ."""
    alike = fit([*cases(CLAUSE, 9, 10), *cases(COLON, 16, 20), *cases(RELAY, 16, 20)], levelled=False)
    apart = fit([*cases(CLAUSE, 9, 10), *cases(COLON, 2, 20), *cases(RELAY, 30, 30)], levelled=False)

    def kept(found):
        around = found.classes["alone",].precision
        return (precision(found, CLAUSE) - around) / (0.9 - around)

    assert kept(alike) < kept(apart)


def test_a_class_that_is_all_of_its_parent_says_the_same():
    """The same cases are not counted again further down."""
    found = fit([*cases(CLAUSE, 9, 10), *cases(COLON, 1, 10)], levelled=False)
    assert {found.classes[CLAUSE[:depth]].precision for depth in (2, 3, 4)} == {precision(found, CLAUSE)}


def test_a_class_never_seen_has_its_parents_figure():
    """A kind without counts is given what the broader class around it is given."""
    found = fit([*cases(CLAUSE, 9, 10), *cases(COLON, 1, 10)])
    assert found.of(Outcome("x", False, ("alone", "relay", "role", "short"), True)) == found.stated(("alone",))
    assert found.of(Outcome("x", False, ("alone", "clause", "role", "short"), True)) == found.stated(("alone", "clause"))
    assert found.of(Outcome("x", False, ("nested", "clause", "role", "short"), True)) == found.stated(())


def test_the_level_is_that_of_the_articles_set_aside():
    """Figures say on average of the articles set aside what was observed there, whatever the articles read had."""
    outcomes = [*cases(CLAUSE, 90, 100), *cases(COLON, 70, 100), *cases(CLAUSE, 12, 20, aside=True), *cases(COLON, 8, 20, aside=True)]
    found = fit(outcomes)
    aside = [outcome for outcome in outcomes if outcome.aside]
    assert sum(map(found.of, aside)) / len(aside) == pytest.approx(0.5, abs=0.01)
    assert found.shift < 0 == fit(outcomes, levelled=False).shift
    assert fit(cases(CLAUSE, 9, 10)).shift == 0


@given(OUTCOMES)
def test_every_figure_is_a_probability(outcomes):
    """Whatever was counted, nothing is certain and nothing impossible, and every outcome has a figure."""
    found = fit(outcomes)
    assert all(0 < found.stated(path) < 1 for path in found.classes)
    assert all(0 < found.of(outcome) < 1 for outcome in outcomes)
    assert math.isfinite(found.shift)


@given(OUTCOMES)
def test_no_article_has_a_say_in_its_own_forecast(outcomes):
    """Each outcome is forecast once, by estimates that were fitted on all the other articles and on them alone."""
    fitted = []

    def watched(training):
        fitted.append({outcome.article for outcome in training})
        return fit(training)

    forecasts = held_out(outcomes, watched)
    articles = list(dict.fromkeys(outcome.article for outcome in outcomes))
    assert fitted == [set(articles) - {article} for article in articles]
    assert sorted(map(str, (forecast.outcome for forecast in forecasts))) == sorted(map(str, outcomes))


def test_a_forecast_does_not_know_its_outcome():
    """To turn an article's outcomes over changes none of its own forecasts, and does change those of others."""
    outcomes = [*cases(CLAUSE, 15, 20, articles=4), *cases(COLON, 5, 20, articles=4)]
    turned = [Outcome(one.article, one.aside, one.path, one.right ^ (one.article == "read-0")) for one in outcomes]
    before, after = ({forecast.outcome.article: [] for forecast in held_out(found, fit)} for found in (outcomes, turned))
    for found, told in ((outcomes, before), (turned, after)):
        for forecast in held_out(found, fit):
            told[forecast.outcome.article].append(forecast.stated)
    assert before["read-0"] == after["read-0"]
    assert before["read-1"] != after["read-1"]
