"""The annotator with the models of the repository: tokens, clitics, names, and offsets that hold."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.annotation import LONGEST_WORD, MOST_TOKENS
from service.attribution import Passage, Span

TEXT = "وقال وزير الخارجية أحمد سالم للصحفيين إن المحادثات ستستأنف غدا في القاهرة. وأضاف أنه متفائل."

ABUSE = {
    "nothing": "",
    "white space": " \n\t\r\n ",
    "only marks": "؟!…«»",
    "one letter": "و",
    "no full stop": "قال الوزير إن الأمر انتهى",
    "tatweel and diacritics": "قـــال الوَزِيرُ إنّ الأمرَ انتهى",
    "presentation forms": "\ufe97\ufe8e\ufedd \ufefb",
    "Persian letters and digits": "گفت وزیر ۱۲۳ کتاب",
    "decomposed hamza": "ا\u0654كد الوزير",
    "directional marks": "\u202bقال\u202c \u2067الوزير\u2069 \u200fإن\u200e",
    "joiners inside words": "قا\u200dل الو\u200cزير\ufeff",
    "emoji": "قال الوزير 👨\u200d👩\u200d👧 إن",
    "controls": "قال\u0085الوزير\x0b\x0cإن\u2028الأمر\u2029انتهى\x97",
    "NUL": "\0قال\0الوزير\0",
    "lone surrogate": "قال \ud800 الوزير",
    "CRLF": "قال\r\nالوزير\r\n\r\nإن",
    "blank line inside": "قال الوزير\n\n  \nإن الأمر",
    "no blank at all": "قالالوزيرإن" * 200,
    "one long token": "س" * 10_000,
    "a data URI": "data:image/png;base64," + "iVBORw0KGgo=" * 1_000 + " قال الوزير",
    "Latin run": "a" * 5_000 + " قال",
    "hyphens": "-" * 3_000,
    "newlines": "\n" * 20_000 + "قال",
    "quotation marks": '«“"”»' * 1_000,
    "not Arabic": "The minister said that talks would resume tomorrow.",
    "entities and tags": "<p>قال&nbsp;الوزير</p><script>alert(1)</script>",
    "tabs": "قال\tالوزير",
}


def annotated(annotator, text):
    return annotator([Passage(text, (Span(0, len(text)),))])[0]


def assert_sound(document):
    """Offsets slice, tokens stand in order and hold no blank, entities lie on tokens of one sentence."""
    last = 0
    for token in document.tokens:
        assert token.text == token.span.of(document.text)
        assert last <= token.span.start < token.span.end
        assert not any(character.isspace() for character in token.text)
        assert token.words
        last = token.span.end
    for entity in document.entities:
        first, final = document.tokens[entity.first], document.tokens[entity.last]
        assert (entity.span.start, entity.span.end) == (first.span.start, final.span.end)
        assert first.sentence == final.sentence


def test_tokens_keep_their_clitics_and_show_them(annotator):
    """A token is a stretch of the text; its words are what hangs together in it."""
    tokens = {token.text: token.words for token in annotated(annotator, TEXT).tokens}
    assert tokens["وقال"] == ("و", "قال")
    assert tokens["وزير"] == ("وزير",)


def test_names_are_entities_over_tokens(annotator):
    """A name is one entity, its span the text's own."""
    names = {entity.type: entity.span.of(TEXT) for entity in annotated(annotator, TEXT).entities}
    assert names["PER"].startswith("أحمد سالم")
    assert names["LOC"] == "القاهرة"


@pytest.mark.parametrize("text", ABUSE.values(), ids=ABUSE.keys())
def test_odd_text_keeps_its_offsets(annotator, text):
    """Whatever the web holds, every token slices the text and nothing is lost but white space."""
    document = annotated(annotator, text)
    assert_sound(document)
    covered = "".join(token.text for token in document.tokens)
    assert covered == "".join(character for character in text if not character.isspace() and not "\x80" <= character <= "\x9f")


def test_no_sentence_crosses_a_paragraph(annotator):
    """Paragraphs that end without a full stop are sentences of their own all the same."""
    text = "قال الوزير إن الأمر انتهى\nوأضاف الرئيس أنه سعيد"
    document = annotator([Passage(text, (Span(0, 25), Span(26, len(text))))])[0]
    assert {(token.paragraph, token.sentence) for token in document.tokens} == {(0, 0), (1, 1)}


def test_an_answer_does_not_depend_on_its_neighbours(annotator):
    """Annotated together or one by one, in whatever order, passages come out the same."""
    texts = [TEXT, "قال الرئيس: «لا تراجع».", TEXT * 15, "", "أكد المتحدث باسم الحكومة أن القرار نهائي", "قال " * 400]
    passages = [Passage(text, (Span(0, len(text)),)) for text in texts]
    single = [annotator([passage])[0] for passage in passages]
    assert annotator(passages) == single
    assert annotator(passages[::-1]) == single[::-1]


def test_sentences_longer_than_the_tagger_reads_are_tagged_whole(annotator):
    """A sentence without an end is read in parts: its last name is found like its first."""
    text = "أحمد سالم " + "ثم " * (2 * MOST_TOKENS) + "في القاهرة"
    names = [entity.span.of(text) for entity in annotated(annotator, text).entities]
    assert names[0].startswith("أحمد")
    assert "القاهرة" in names[-1]


def test_a_token_longer_than_a_word_is_still_one_token(annotator):
    """The tagger reads no more than the head of a long token, but the document has all of it."""
    word = "https://www.example.org/" + "a" * LONGEST_WORD
    assert word in [token.text for token in annotated(annotator, f"انظر {word} اليوم").tokens]


def test_addresses_stay_whole(annotator):
    """E-mail and web addresses are one token each, as with Stanza's own expression."""
    text = "راسلونا على editor@example.org أو زوروا https://www.example.org/news?id=3 اليوم"
    tokens = [token.text for token in annotated(annotator, text).tokens]
    assert "editor@example.org" in tokens
    assert "https://www.example.org/news?id=3" in tokens


def test_expansions_are_remembered_exactly(annotator):
    """A form expanded once is expanded the same ever after."""
    first = annotated(annotator, TEXT)
    assert annotated(annotator, TEXT) == first


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("وقالالوزير إنأه.،؟:«»\"'\n\r\0 ًّـ\u200f\ufeff7٣x-"), max_size=120))
def test_any_text_is_sound(annotator, text):
    """For any text, offsets hold."""
    assert_sound(annotated(annotator, text))
