"""Every short cut of the annotator leads where Stanza's own way does: tokens, sentences, clitics and names are the bare pipeline's.

What the annotator does on purpose otherwise has its own tests: over-long runs, tokens with a blank in them, sentences of hundreds of tokens.
"""

import tomllib
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.attribution import Passage, Span
from service.paragraphs import lay_out

ARTICLES = sorted((Path(__file__).parent.parent / "articles").glob("*.toml"))
SENTENCE = "وقال مدير المرفأ سعيد القاضي للصحفيين إن السفن الثلاث ستغادر غدا. "
ODD = {
    "one letter": "و",
    "marks alone": "؟!…«»",
    "blank line": "قال المدير\n\n \t\nإن السفن غادرت",
    "blanks at both ends": " \n قال  المدير \u00a0إن\u2003السفن غادرت \n",
    "controls": "قال\u0085المدير\x0b\x0cإن\u2028السفن\u2029غادرت\x97",
    "a control and a line break at the end": "قال المدير\n\x97",
    "controls alone": "\x97 \x97",
    "NUL": "\0قال\0المدير\0",
    "lone surrogate": "قال \ud800 المدير",
    "emoji": "قال المدير 👨\u200d👩\u200d👧 إن",
    "tatweel and vowel marks": "قـــال المُدِيرُ إنّ السُفُنَ غادرت",
    "Persian": "گفت وزیر ۱۲۳ کتاب",
    "no blank": "قالالمديرإن" * 20,
    "one paragraph of several windows": SENTENCE * 40,
    "a window to the letter": (SENTENCE * 20)[:1000],
    "a letter less than a window": (SENTENCE * 20)[:999],
    "several windows without a full stop": "ثم عادت السفن والقوارب " * 100,
    "paragraphs long and short": "\n\n".join((SENTENCE, "عاجل", SENTENCE * 20, SENTENCE * 3)),
    "an address": "راسلونا على news@example.org أو زوروا https://www.example.org/a?b=c اليوم",
    "numbers": "بلغت النسبة 3.5% أي 1,200 طن من أصل 40.000",
}
FORMS = (
    *("وقال", "للصحفيين", "وبسفنهم", "فلمدينتهما", "أنهم", "بمرفئها", "ولقواربكم", "كالسفن", "وسيستقبلونهم", "فبالمراكب", "عنه", "وبلا"),
    *("Wقال", "و٣", "ﻻ"),
)
ALPHABET = "وقالمديرسفنةهبكف أإى.،؟:«»\"'\n\0ًّـ\u200f\ufeff\u00a0\x977٣aZ-@/"


def passage(text):
    return Passage(text, (Span(0, len(text)),))


def theirs(document):
    """Return a document of Stanza's as offsets, words and number of the sentence, a token each, and its names."""
    tokens = [
        (token.start_char, token.end_char, tuple(word.text for word in token.words), number)
        for number, sentence in enumerate(document.sentences)
        for token in sentence.tokens
    ]
    return tokens, [(entity.start_char, entity.end_char, entity.type) for entity in document.ents]


def ours(document):
    tokens = [(token.span.start, token.span.end, token.words, token.sentence) for token in document.tokens]
    return tokens, [(entity.span.start, entity.span.end, entity.type) for entity in document.entities]


def found(annotator, text):
    """Return what the annotator's tokenizer finds: offsets and clitics, a sentence each."""
    return [[token[:3] for token in sentence.tokens] for sentence in annotator.tokenizer(lay_out([passage(text)]))]


def found_bare(bare, text):
    sentences = bare.processors["tokenize"].process(text).sentences
    return [[(token.start_char, token.end_char, "MWT=Yes" in (token.misc or "")) for token in sentence.tokens] for sentence in sentences]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_articles_come_out_as_from_the_bare_pipeline(annotator, bare, path):
    """A whole invented article: every token, sentence, clitic and name."""
    text = tomllib.loads(path.read_text("utf-8"))["text"]
    document = annotator([passage(text)])[0]
    assert document.entities
    assert ours(document) == theirs(bare(text))


def test_articles_together_come_out_as_one_by_one_from_the_bare_pipeline(annotator, bare):
    """Annotated in one request, where batches are mixed, they are still what the pipeline says of each."""
    texts = [tomllib.loads(path.read_text("utf-8"))["text"] for path in ARTICLES] + [SENTENCE * 3, "عاجل"]
    assert [ours(document) for document in annotator([passage(text) for text in texts])] == [theirs(bare(text)) for text in texts]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_is_cut_as_the_bare_tokenizer_cuts_it(annotator, bare, text):
    """Blanks of all kinds, windows, signs the network has never seen."""
    assert found(annotator, text) == found_bare(bare, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from(ALPHABET), max_size=150).filter(str.strip))
def test_any_text_is_cut_as_the_bare_tokenizer_cuts_it(annotator, bare, text):
    """For any text, offsets, sentences and clitics are the same."""
    assert found(annotator, text) == found_bare(bare, text)


def expanded_bare(bare, form):
    from stanza.models.common.doc import Document

    document = bare.processors["mwt"].process(Document([[{"id": (1,), "text": form, "misc": "MWT=Yes"}]]))
    return tuple(word.text for word in document.sentences[0].tokens[0].words)


def test_forms_are_expanded_as_by_the_bare_expander(annotator, bare):
    """In the dictionary or not, with letters the network knows or not, together as well as alone."""
    annotator.expander.known.clear()
    assert annotator.expander(set(FORMS)) == {form: expanded_bare(bare, form) for form in FORMS}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.text(st.sampled_from("وفبلكالسمتنهيرقدعاةأئءىZ٣"), min_size=1, max_size=14), min_size=1, max_size=8))
def test_any_forms_are_expanded_as_by_the_bare_expander(annotator, bare, forms):
    """For any letters, spelt together they come out as spelt one by one."""
    annotator.expander.known.clear()
    assert annotator.expander(forms) == {form: expanded_bare(bare, form) for form in forms}


def tagged_bare(bare, sentences):
    from stanza.models.common.doc import Document

    document = Document([[{"id": (at,), "text": word} for at, word in enumerate(sentence, 1)] for sentence in sentences])
    return [[token.ner for token in sentence.tokens] for sentence in bare.processors["ner"].process(document).sentences]


WORDS = ("قال", "سعيد", "القاضي", "وزير", "بيروت", "في", "شركة", "النقل", "البحري", "والقاهرة", ".", "«", "2024", "Reuters", "ﷲ", "\0")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), min_size=1, max_size=12))
def test_any_sentences_are_tagged_as_by_the_bare_tagger(annotator, bare, sentences):
    """Whatever stands beside what in a batch, and whether a word was read before or not."""
    with torch.inference_mode():
        assert annotator.tagger(sentences) == tagged_bare(bare, sentences)


def test_a_full_memory_is_begun_anew_and_says_the_same(annotator, monkeypatch):
    """Words and forms forgotten are read and expanded again, to the same end."""
    from service.annotation import expander, tagger

    text = SENTENCE * 2 + "وأعلنت شركة النقل البحري في بيروت أن القوارب ستعود."
    before = annotator([passage(text)])
    monkeypatch.setattr(tagger, "REMEMBERED_WORDS", 3)
    monkeypatch.setattr(expander, "REMEMBERED_EXPANSIONS", 1)
    annotator.tagger._places = {}
    annotator.tagger._read = annotator.tagger._read[:0]
    for other in ("عادت القوارب إلى المرفأ مساء", text, "غادر سعيد القاضي المدينة", text):
        after = annotator([passage(other)])
    assert after == before
    assert len(annotator.expander.known) <= len(text.split())
