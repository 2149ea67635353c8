"""How much of a content stands in marks makes it direct, mixed or indirect."""

import pytest

from service.attribution import Article
from service.extraction import Extractor
from tests.rules.factories import document


def types(text):
    """Return the speech types of a text's attributions."""
    report = Extractor(lambda _passages: [document(text)]).extract([Article("x", text)])[0]
    return [attribution.type.value for attribution in report.attributions]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قال الوزير: «الطريق آمن تماما هذا المساء».", "direct"),
        ("قال الوزير إن «الطريق آمن تماما هذا المساء».", "direct"),
        ("قال الوزير إن الطريق «آمن تماما هذا المساء».", "mixed"),
        ("قال الوزير إن الطريق «آمن تماما» هذا المساء.", "indirect"),
        ("قال الوزير إن «الطريق» «آمن» «تماما».", "direct"),
        ("قال الوزير إن الطريق آمن تماما هذا المساء.", "indirect"),
        ("قال الوزير: الطريق آمن تماما هذا المساء.", "indirect"),
    ],
)
def test_type(text, wanted):
    """All words in marks but the complementiser: direct; three in a row: mixed; fewer or none: indirect."""
    assert types(text) == [wanted]


def test_inside_a_quotation_its_marks_do_not_count():
    """What somebody quoted reports himself is typed as if the outer marks were not there."""
    assert types("قالت النائبة: «قال الوزير إن الطريق آمن تماما هذا المساء».") == ["direct", "indirect"]
