"""The shipped table and its loader: what it must hold, what it must not, and what an attribution is given by it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from service.api.reports import report_json
from service.attribution import Article, Construction, Resolution
from service.extraction import Extractor
from service.lexicon.confidence import ALL, CLASSES, SHORT, Kind, load_confidence
from tests.confidence.judgement import kind
from tests.rules.factories import annotate

KINDS = [
    Kind(nested, construction, resolution, words)
    for nested, construction, resolution, words in product((False, True), Construction, (*Resolution, None), (1, SHORT, SHORT + 1, 80))
]
FIGURE = "{ confidence = 0.5, right = 1, of = 2 }"


def loaded(tmp_path, *lines):
    path = tmp_path / "confidence.toml"
    path.write_text("\n".join(lines), "utf-8")
    return load_confidence(path)


@pytest.mark.parametrize("shown", KINDS, ids=lambda shown: " ".join(shown.path) + f" {shown.words}")
def test_no_kind_goes_without(shown):
    """Every construction, resolution, nesting and length has a figure between nought and one."""
    assert 0 < load_confidence().of(shown) < 1


def test_the_narrowest_class_wins(tmp_path):
    """A whole path comes before its beginning, and what stands nowhere is as all are."""
    names = {"all": 0.1, "alone": 0.2, "alone clause": 0.3, "alone clause named": 0.4, "alone clause named short": 0.5}
    table = loaded(tmp_path, "[classes]", *(f'"{name}" = {{ confidence = {value}, right = 0, of = 0 }}' for name, value in names.items()))
    assert table.of(Kind(nested=False, construction=Construction.CLAUSE, resolution=Resolution.NAMED, words=SHORT)) == 0.5
    assert table.of(Kind(nested=False, construction=Construction.CLAUSE, resolution=Resolution.NAMED, words=SHORT + 1)) == 0.4
    assert table.of(Kind(nested=False, construction=Construction.CLAUSE, resolution=None, words=3)) == 0.3
    assert table.of(Kind(nested=False, construction=Construction.COLON, resolution=Resolution.NAMED, words=3)) == 0.2
    assert table.of(Kind(nested=True, construction=Construction.CLAUSE, resolution=Resolution.NAMED, words=3)) == 0.1


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([f'"alone" = {FIGURE}'], "there is no 'all'"),
        ([f'"all" = {FIGURE}', f'"clause" = {FIGURE}'], "'clause' is no path"),
        ([f'"all" = {FIGURE}', f'"alone named" = {FIGURE}'], "'alone named' is no path"),
        ([f'"all" = {FIGURE}', f'"alone clause named short odd" = {FIGURE}'], "is no path"),
        (['"all" = { confidence = 1, right = 1, of = 1 }'], "less than 1"),
        (['"all" = { confidence = 0, right = 1, of = 1 }'], "greater than 0"),
        (['"all" = { confidence = "high", right = 1, of = 1 }'], "valid number"),
        (['"all" = { confidence = 0.5, right = 3, of = 2 }'], "more are right than there are"),
        (['"all" = { confidence = 0.5, right = 0.5, of = 2 }'], "valid integer"),
        (['"all" = { confidence = 0.5, right = -1, of = 2 }'], "greater than or equal to 0"),
        (['"all" = { confidence = 0.5, of = 2 }'], "Missing data"),
        (['"all" = { confidence = 0.5, right = 1, of = 2, wrong = 1 }'], "Unknown field"),
        ([f'"all" = {FIGURE}', "[others]"], "Unknown field"),
    ],
)
def test_a_malformed_table_is_refused(tmp_path, lines, complaint):
    """What is no class, no probability, no count or not there is named when the table is read."""
    with pytest.raises(ValidationError, match=complaint):
        loaded(tmp_path, "[classes]", *lines)


def test_the_shipped_counts_add_up():
    """No class has more cases than the one around it, classes of one parent together no more than it, and all are alone or nested."""
    classes = load_confidence().classes
    for name, precision in classes.items():
        depth = 0 if name == ALL else len(name.split())
        within = [
            one for other, one in classes.items() if other != ALL and len(other.split()) == depth + 1 and (not depth or other.startswith(f"{name} "))
        ]
        assert sum(one.of for one in within) <= precision.of
        assert sum(one.right for one in within) <= precision.right
    assert sum(classes[nesting].of for nesting in CLASSES["nesting"]) == classes[ALL].of > 0


@given(st.sampled_from(KINDS))
def test_a_path_is_made_of_classes(shown):
    """A kind has one class of each dimension, in their order."""
    assert [part in classes for part, classes in zip(shown.path, CLASSES.values(), strict=True)] == [True] * len(CLASSES)


def test_an_answer_has_the_figure_of_its_kind():
    """What the command counts an attribution under is what the service looks it up by."""
    text = "قال الوزير إن الطريق آمن . وأكد المدير أن الجسر الجديد سيفتح أمام السيارات والشاحنات صباح الغد ."
    attributions = report_json(Extractor(annotate).extract([Article("x", text)])[0], {})["attributions"]
    assert [kind(attribution).path[-1] for attribution in attributions] == ["short", "long"]
    assert [attribution["confidence"] for attribution in attributions] == [load_confidence().of(kind(attribution)) for attribution in attributions]
