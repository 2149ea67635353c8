"""The recipe's pure functions on tagged names: signs parted, names exchanged, scores."""

import random

import pytest
import torch

from models.train.entities import Tagged, part_signs
from models.train.mentions import misspelt, person_names, renamed, spans
from models.train.restoration import restored
from models.train.score import by_class, mentions
from models.train.tagger import bioes, tag_inventory
from models.train.text import surface_tokens
from models.train.vectors import CLIP, STEPS, quantised


def tagged(text):
    """``word/TAG`` pairs parted by spaces; no slash means outside."""
    pairs = (part.rpartition("/") if "/" in part else (part, "/", "O") for part in text.split())
    return tuple(Tagged(word, tag) for word, _, tag in pairs)


def test_signs_at_an_edge_leave_the_entity():
    """A bracket glued to a name is a token outside it."""
    assert part_signs(tagged("(سامر/B-PER حداد)/I-PER")) == tagged("( سامر/B-PER حداد/I-PER )")


def test_signs_within_stay_inside():
    """A quote in the middle of a name goes on with it."""
    assert part_signs(tagged("شركة/B-ORG «نور/I-ORG القابضة/I-ORG")) == tagged("شركة/B-ORG «/I-ORG نور/I-ORG القابضة/I-ORG")


def test_spans_end_where_another_begins():
    """Two names side by side are two."""
    assert list(spans(tagged("سامر/B-PER حداد/B-PER قال"), "PER")) == [(0, 1), (1, 2)]


def test_renaming_changes_only_names():
    """The rest of the sentence, and every other class, stays."""
    sentence = tagged("وقال سامر/B-PER حداد/I-PER في القاهرة/B-LOC")
    names = person_names([tagged("نبيل/B-PER كريم/I-PER")])
    for seed in range(20):
        changed = renamed(sentence, names, 1.0, random.Random(seed))
        assert [token for token in changed if token.kind != "PER"] == [token for token in sentence if token.kind != "PER"]
        assert next(token.tag for token in changed if token.kind == "PER") == "B-PER"


def test_misspelling_makes_another_word():
    """The letters change, the word does not vanish."""
    assert all(len(misspelt("كرافتشنكو", random.Random(seed))) > 3 for seed in range(20))


def test_bioes_marks_ends_and_single_tokens():
    """The tagger's own scheme."""
    assert bioes(tagged("سامر/B-PER حداد/I-PER في مصر/B-LOC")) == ["B-PER", "E-PER", "O", "S-LOC"]
    assert tag_inventory([tagged("مصر/B-LOC")]) == ["O", "S-LOC", "B-LOC", "I-LOC", "E-LOC"]


def test_mentions_read_both_schemes():
    """BIO and BIOES give the same spans."""
    assert mentions(["B-PER", "I-PER", "O", "B-LOC"]) == mentions(["B-PER", "E-PER", "O", "S-LOC"])


def test_scores_count_exact_spans():
    """A span too short is both missed and invented."""
    scores = by_class([["S-PER", "O"]], [["B-PER", "I-PER"]], ("PER",))
    assert (scores["PER"].right, scores["PER"].predicted, scores["PER"].gold) == (0, 1, 1)


def test_surface_tokens_keep_figures_whole():
    """A decimal's stop is no token; a sentence's is."""
    assert surface_tokens("بلغت 3.5 في المئة.") == ["بلغت", "3.5", "في", "المئة", "."]


def test_quantised_vectors_come_back():
    """Rounding a rounded vector changes nothing."""
    vectors = torch.randn(50, 8)
    once = quantised(vectors).float() * (CLIP / STEPS)
    assert torch.equal(quantised(once), quantised(vectors))


EDITION = [tagged("و قال سامر/B-Politician حداد/I-Politician ان المحادثات مستمره"), tagged("سامر/B-Politician حداد/I-Politician وصل الى القاهره امس")]


def test_first_words_come_from_the_other_edition():
    """Clitics joined, whatever the editions' spelling of what follows; the tags of the rest stay."""
    published = tagged("القمح/O سامر/B-PER حداد/I-PER أن المحادثات مستمرة")
    pairs = restored([published], EDITION)
    assert pairs == ((published, tagged("وقال سامر/B-PER حداد/I-PER أن المحادثات مستمرة")),)


@pytest.mark.parametrize(
    "published",
    [
        pytest.param("القمح حداد/B-PER وصل إلى القاهرة أمس", id="the first word is part of a name"),
        pytest.param("القمح سامر/B-PER حداد/I-PER", id="too short to be sure"),
        pytest.param("القمح لا أحد يعرف متى تنتهي المحادثات", id="not in the edition"),
    ],
)
def test_what_the_edition_does_not_settle_is_left_out(published):
    """No first word is guessed."""
    assert restored([tagged(published)], EDITION) == ()


def test_two_first_words_settle_nothing():
    """The same going-on after two openings."""
    edition = [*EDITION, tagged("اكد سامر/B-Politician حداد/I-Politician ان المحادثات مستمره")]
    assert restored([tagged("القمح سامر/B-PER حداد/I-PER أن المحادثات مستمرة")], edition) == ()
