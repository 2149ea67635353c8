"""From two principal parts to the forms of news: sound, hollow, defective and assimilated verbs, participles, masdars."""

import pytest

from service import arabic
from service.lexicon.inflection import Part, finite, masdars, participles


def keys(perfect, imperfect, **agreement):
    """Return the spellings of a verb's forms that show an agreement, without object pronouns unless asked for."""
    agreement = {"suffix": ""} | agreement
    return {form.key for form in finite(perfect, imperfect) if all(getattr(form, name) == value for name, value in agreement.items())}


@pytest.mark.parametrize(
    ("perfect", "imperfect", "forms"),
    [
        ("قال", "يقول", {"قال", "قالت", "قالوا", "قالتا", "قلن", "يقول", "تقول", "يقولون", "يقولوا", "يقولان", "تقولان", "يقلن"}),
        ("نفى", "يَنفي", {"نفي", "نفت", "نفوا", "نفتا", "نفين", "ينفي", "تنفي", "ينفون", "ينفوا"}),
        ("دعا", "يدعو", {"دعا", "دعت", "دعوا", "دعتا", "دعون", "يدعو", "تدعو", "يدعون", "يدعوا"}),
        ("أشار", "يشير", {"اشار", "اشارت", "اشاروا", "اشارا", "اشارتا", "اشرن", "يشير", "تشير", "يشيرون", "يشيران"}),
        ("أكد", "يؤكد", {"اكد", "اكدت", "اكدوا", "اكدتا", "اكدن", "يؤكد", "تؤكد", "يؤكدون"}),
        ("رأى", "يرى", {"راي", "رات", "راوا", "يري", "تري", "يرون"}),
    ],
)
def test_third_person(perfect, imperfect, forms):
    """The forms that news uses of a verb are derived from its principal parts."""
    derived = {form.key for form in finite(perfect, imperfect) if form.person == "3" and not form.suffix}
    assert forms - derived == set()


@pytest.mark.parametrize(
    ("perfect", "imperfect", "forms"),
    [
        ("قال", "يقول", {"يقل", "تقل"}),
        ("أشار", "يشير", {"يشر", "تشر"}),
        ("أفاد", "يفيد", {"يفد", "تفد"}),
        ("نفى", "يَنفي", {"ينف", "تنف"}),
        ("دعا", "يدعو", {"يدع", "تدع"}),
        ("أكد", "يؤكد", set()),
    ],
)
def test_jussive(perfect, imperfect, forms):
    """A jussive that is spelt shorter is marked so: it is a verb only after لم."""
    assert keys(perfect, imperfect, short=True) == forms


def test_no_future():
    """What someone will say has not been said."""
    assert not any(form.key.startswith("س") for form in finite("أكد", "يؤكد"))


def test_first_person_is_told_apart():
    """I and we speak inside quotation marks: قلت, قلنا, نقول, أقول."""
    assert keys("قال", "يقول", person="1") >= {"قلت", "قلنا", "نقول", "اقول"}
    assert not keys("قال", "يقول", person="1") & keys("قال", "يقول", person="3")


def test_an_ambiguous_perfect_is_the_third_persons():
    """أكدت is she affirmed; that it may be I affirmed is not told."""
    assert "اكدت" in keys("أكد", "يؤكد", person="3", gender="f", number="s")
    assert "اكدت" not in keys("أكد", "يؤكد", person="1")


@pytest.mark.parametrize(
    ("perfect", "imperfect", "form", "suffix"),
    [
        ("أخبر", "يخبر", "اخبرها", "ها"),
        ("أخبر", "يخبر", "اخبروه", "ه"),
        ("دعا", "يدعو", "دعاهم", "هم"),
        ("دعا", "يدعو", "يدعوه", "ه"),
        ("نفى", "يَنفي", "نفاه", "ه"),
        ("نفى", "يَنفي", "ينفيها", "ها"),
        ("اتهم", "يتهم", "اتهمته", "ه"),
    ],
)
def test_object_pronouns(perfect, imperfect, form, suffix):
    """Object pronouns are attached: ى turns to ا before them, the plural loses its alef."""
    assert form in keys(perfect, imperfect, suffix=suffix)


@pytest.mark.parametrize(
    ("key", "gender", "number"),
    [("قال", "m", "s"), ("قالت", "f", "s"), ("قالوا", "m", "p"), ("يقولون", "m", "p"), ("تقول", "f", "s"), ("قلن", "f", "p")],
)
def test_agreement(key, gender, number):
    """A form tells the gender and number of the subject that may be dropped."""
    form = next(form for form in finite("قال", "يقول") if form.key == key)
    assert (form.gender, form.number) == (gender, number)


@pytest.mark.parametrize(
    ("participle", "forms"),
    [
        ("مؤكد", {"مؤكدا": ("m", "s"), "مؤكده": ("f", "s"), "مؤكدين": ("m", "p")}),
        ("نافي", {"نافيا": ("m", "s"), "نافيه": ("f", "s"), "نافين": ("m", "p")}),
        ("داعي", {"داعيا": ("m", "s"), "داعيه": ("f", "s"), "داعين": ("m", "p")}),
    ],
)
def test_participles(participle, forms):
    """A participle appears in the accusative of the state, in every gender and number."""
    derived = {form.key: (form.gender, form.number) for form in participles(participle)}
    assert forms.items() <= derived.items()
    assert {form.part for form in participles(participle)} == {Part.PARTICIPLE}


@pytest.mark.parametrize(
    ("masdar", "forms"),
    [
        ("قول", {"قول": "", "القول": "", "قوله": "ه", "قولها": "ها", "قولهم": "هم"}),
        ("إشارة", {"اشاره": "", "الاشاره": "", "اشارته": "ه", "اشارتها": "ها"}),
        ("دعوة", {"دعوه": "", "دعوته": "ه", "دعوتهم": "هم"}),
    ],
)
def test_masdars(masdar, forms):
    """A masdar stands bare, with the article or with a pronoun; ة opens before the pronoun."""
    derived = {form.key: form.suffix for form in masdars(masdar)}
    assert forms.items() <= derived.items()
    assert {form.part for form in masdars(masdar)} == {Part.MASDAR}


@pytest.mark.parametrize(("perfect", "imperfect"), [("قال", "يقول"), ("نفى", "يَنفي"), ("دعا", "يدعو"), ("أشار", "يشير"), ("أكد", "يؤكد")])
def test_forms_are_look_up_keys(perfect, imperfect):
    """Every form is folded as the text's words are before they are looked up."""
    assert all(form.key == arabic.key(form.key) for form in finite(perfect, imperfect))
