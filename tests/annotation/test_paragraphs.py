"""Paragraphs on their way to the model and back."""

from hypothesis import given
from hypothesis import strategies as st

from service.attribution import Passage, Span
from service.paragraphs import LONGEST_RUN, lay_out

TEXT = "قال الوزير إن الأمر انتهى.\n\nوأضاف أنه سيعود."


def passage(text, *paragraphs):
    return Passage(text, tuple(Span(*paragraph) for paragraph in paragraphs) or (Span(0, len(text)),))


def test_paragraphs_are_parted_by_blank_lines():
    """What the model reads is the paragraphs' own text, parted so that no sentence can cross."""
    layout = lay_out([passage(TEXT, (0, 26), (28, 44)), passage("قال الرئيس")])
    assert layout.text == "قال الوزير إن الأمر انتهى.\n\nوأضاف أنه سيعود.\n\nقال الرئيس"


def test_offsets_lead_back_to_the_paragraph():
    """Every offset of the layout belongs to one paragraph, whose origin and start lead back to the client's text."""
    layout = lay_out([passage(TEXT, (0, 26), (28, 44)), passage("قال الرئيس")])
    at = layout.text.index("الرئيس")
    stretch = layout.stretch_at(at)
    assert (stretch.passage, stretch.paragraph, at - stretch.start + stretch.origin) == (1, 0, 4)
    at = layout.text.index("سيعود")
    stretch = layout.stretch_at(at)
    assert (stretch.passage, stretch.paragraph, at - stretch.start + stretch.origin) == (0, 1, TEXT.index("سيعود"))


def test_blank_paragraphs_are_left_out():
    """A paragraph of white space, controls included, gives the model nothing to read."""
    layout = lay_out([passage("  \n\u0085\u2028 "), passage(""), Passage("قال", ())])
    assert (layout.text, layout.stretches) == ("", ())


def test_over_long_runs_are_replaced_by_a_stand_in_as_long():
    """Base64 never reaches the model, yet every offset behind it stays where it was."""
    blob = "iVBOR+/=" * 100
    text = f"الصورة {blob} قال الوزير"
    layout = lay_out([passage(text)])
    assert blob[:LONGEST_RUN] not in layout.text
    assert len(layout.text) == len(text)
    assert layout.text.index("قال") == text.index("قال")


def test_a_run_at_the_limit_is_read_as_it_is():
    """Only what is longer than the limit is replaced."""
    text = "س" * LONGEST_RUN
    assert lay_out([passage(text)]).text == text
    assert lay_out([passage(text + "س")]).text != text + "س"


def test_pieces_of_an_over_long_run_cover_it():
    """The stand-in's token comes back as the run, cut into words and signs none of which is over-long."""
    blob = "أ" * 700 + "-" + "ب" * 10
    layout = lay_out([passage(f"قبل {blob} بعد")])
    start = layout.text.index("0")
    pieces = layout.pieces(start, start + 1)
    assert "".join(piece.of(layout.original) for piece in pieces) == blob
    assert [len(piece) for piece in pieces] == [300, 300, 100, 1, 10]


def test_a_token_with_a_blank_in_it_is_parted():
    """Where the model takes two words for one token, they are two."""
    layout = lay_out([passage("قال الوزير أمس")])
    assert layout.pieces(0, 10) == [Span(0, 3), Span(4, 10)]


@given(st.lists(st.text(st.sampled_from("قال \n\r\0\u0085\u2028\u200f\ufeff«»x1٥"), max_size=700), max_size=5))
def test_any_text_leads_back_to_itself(texts):
    """Whatever the text, the layout is as long as its paragraphs, and every piece of a paragraph slices what the client sent."""
    passages = [passage(text) for text in texts]
    layout = lay_out(passages)
    for stretch in layout.stretches:
        for piece in layout.pieces(stretch.start, stretch.end):
            assert layout.stretch_at(piece.start) == stretch
            shift = stretch.origin - stretch.start
            said = passages[stretch.passage].text[piece.start + shift : piece.end + shift]
            assert said == piece.of(layout.original)
            assert said.strip()
            assert len(said) <= LONGEST_RUN
