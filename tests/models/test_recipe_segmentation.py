"""The recipe's pure functions on treebank sentences: re-splitting, repair, augmentation."""

import random

import pytest

from models.train import augment, treebank
from models.train.clitics import analysis
from models.train.doubles import has_doubles, repaired, split_into
from models.train.labelled_news import mended, treebank_lexicon, with_names
from models.train.segmentation import text_and_labels
from models.train.treebank import Token, render, split_sentences

SIGNS = set('.؟!،:"«»()')


def sentence(text):
    """Tokens of a text whose tokens are parted by spaces; a sign sticks to the word before it."""
    words = text.split()
    return tuple(
        Token(word, (word,), space_after=place + 1 == len(words) or words[place + 1] not in SIGNS - {"(", "«"}) for place, word in enumerate(words)
    )


SPLITS = [
    ("two sentences", "وصل الوفد . غادر الوفد .", 2),
    ("question and exclamation together", "هل هذا صحيح ؟ ! لا أعرف .", 2),
    ("a stop after a lone letter", "التقى د . سامر اليوم .", 1),
    ("three dots", "كان يوما طويلا . . . وانتهى .", 1),
    ("no final stop", "خبر عاجل من العاصمة", 1),
]


@pytest.mark.parametrize(("text", "count"), [case[1:] for case in SPLITS], ids=[case[0] for case in SPLITS])
def test_paragraphs_are_cut_at_terminal_marks(text, count):
    """Only a mark that ends something ends a sentence."""
    assert len(split_sentences(sentence(text))) == count


def test_cutting_loses_no_token():
    """The sentences together are the paragraph."""
    tokens = sentence("قال : « نعم . » ثم خرج . وعاد ؟ نعم")
    assert tuple(token for part in split_sentences(tokens) for token in part) == tokens


def test_labels_follow_stanza():
    """0 inside, 1 token end, 2 sentence end, 3 multi-word token end."""
    cut = ((Token("وقال", ("و", "قال")), Token("نعم", ("نعم",), space_after=False), Token(".", (".",))), (Token("لا", ("لا",)),))
    assert text_and_labels(cut) == ("وقال نعم. لا", "000300012002")


def test_conllu_can_hide_the_words():
    """The expander's input shows that a token is multi-word, not what it holds."""
    hidden = treebank.to_conllu([(Token("وقال", ("و", "قال")),)], expand=False)
    assert "MWT=Yes" in hidden
    assert "1-2" not in hidden


@pytest.mark.parametrize("change", [*augment.SPELLINGS, *augment.SIGNS], ids=lambda change: change.__name__)
def test_augmentation_keeps_label_and_text_aligned(change):
    """Whatever is done to a sentence, text and labels have one length."""
    tokens = (*sentence('قال المدير " نعم " اليوم في المدينة الكبيرة'), Token("وغيرها", ("و", "غير", "ها")), Token(".", (".",)))
    for seed in range(20):
        changed = change(tokens, random.Random(seed))
        text, labels = text_and_labels([changed])
        assert len(text) == len(labels)
        assert render(changed) == text


def test_hamza_is_dropped_from_the_words_too():
    """The expander must learn the spelling that the token has."""
    changed = augment.without_hamza((Token("وأكد", ("و", "أكد")),), random.Random(0))
    assert changed == (Token("واكد", ("و", "اكد")),)


COUNTS = {"وقال": 900, "قال": 5000, "لبنان": 800, "بنان": 3, "للجيش": 90, "الجيش": 700, "وبالجيش": 60, "بالجيش": 300, "فيصل": 500, "يصل": 600}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("وقال", ("و", "قال")),
        ("لبنان", ("لبنان",)),
        ("للجيش", ("ل", "الجيش")),
        ("فيصل", None),
        ("نادر", None),
    ],
)
def test_counts_tell_clitics(word, expected):
    """Plain counts decide; counts in between, and rare words, do not."""
    assert analysis(word, COUNTS) == expected


def test_doubled_words_become_one_token():
    """The rebuilt treebank's artefact is undone."""
    doubled = (Token("ونحن", ("ونحن",)), Token("ونحن", ("ونحن",)), Token("هنا", ("هنا",)))
    assert has_doubles(doubled)
    assert repaired(doubled, {"نحن": 50})[0] == Token("ونحن", ("و", "نحن"))


def test_three_copies_are_three_pieces():
    """Conjunction, noun and pronoun; the bound spelling of ة is undone."""
    assert split_into("ومدرستهم", 3, {"مدرسة": 40}) == ("و", "مدرسة", "هم")


def test_mending_prefers_the_treebank():
    """What the treebank always splits one way outweighs counts and the rough model."""
    lexicon = treebank_lexicon([(Token("وقال", ("و", "قال")),) * 2])
    rough = (Token("وقال", ("وقال",)), Token("لبنان", ("ل", "بنان")))
    assert [token.words for token in mended(rough, lexicon, COUNTS)] == [("و", "قال"), ("لبنان",)]


def test_inserted_names_carry_their_clitics_as_words():
    """A clitic before an inserted name is a word of its own."""
    insert = with_names(["بلينكن", "سامر", "حداد"])
    for seed in range(30):
        changed = insert(sentence("قال المدير نعم ."), random.Random(seed))
        assert all("".join(token.words) == token.text for token in changed)
