"""Names in invented news sentences: known and unknown, alone, with a clitic, after a verb."""

import pytest


def entities(pipeline, text):
    """Every entity's text and class."""
    return {(entity.text, entity.type) for entity in pipeline(text).ents}


CASES = [
    ("a full name after a title", "أكد الرئيس سامر العوضي أن الحكومة باقية.", ("سامر العوضي", "PER")),
    ("a surname after a verb of saying", "وقال كرافتشنكو إن المحادثات مستمرة.", ("كرافتشنكو", "PER")),
    ("a full name after a verb", "وأضاف نبيل حداد أن الاجتماع مؤجل.", ("نبيل حداد", "PER")),
    ("a minister", "صرح وزير الخارجية كريم الأحمدي بأن الاتفاق قريب.", ("كريم الأحمدي", "PER")),
    ("a town", "وصل الوفد إلى القاهرة مساء أمس.", ("القاهرة", "LOC")),
    ("a country with a clitic", "عاد الفريق من تركيا ولبنان صباح اليوم.", ("ولبنان", "LOC")),
    ("an agency", "ونقلت وكالة رويترز عن مصدر أمني أن الطريق مغلق.", ("رويترز", "ORG")),
    ("without hamza", "واكد احمد الخالدي ان الوضع هادئ.", ("احمد الخالدي", "PER")),
]


@pytest.mark.parametrize(("text", "entity"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_names_are_found(pipeline, text, entity):
    """The span is exact and the class is right."""
    assert entity in entities(pipeline, text)


def test_a_sentence_without_names_has_none(pipeline):
    """Common nouns stay outside."""
    assert entities(pipeline, "ارتفعت أسعار الخضار والفواكه في الأسواق هذا الأسبوع.") == set()


def test_the_verb_before_a_name_stays_outside(pipeline):
    """A verb of saying is no first name."""
    found = entities(pipeline, "وقال ميخائيلوف للصحفيين إن الموعد تغير.")
    assert not any("وقال" in text for text, _ in found)
