"""Models laid out as Stanza's default package for Arabic is: a tagger with character language models in both directions, by package names."""

import pytest

from service.annotation import Packages, StanzaAnnotator
from service.annotation.tagger import ContextTagger
from service.attribution import Article, Passage, Span
from service.engine import load_engine
from service.settings import Settings
from service.weights import UNVERIFIED, unverified
from tests.conftest import MODELS

TEXT = "وقال مدير المرفأ سعيد القاضي للصحفيين إن السفن الثلاث ستغادر غدا. وأضاف أن القوارب عادت من بيروت مساء."


@pytest.fixture(name="stock", scope="module")
def _stock(tmp_path_factory):
    """Return a models directory with the official names and layout; its networks are narrower than Stanza's, and their weights random."""
    if not (MODELS / "manifest.json").is_file():
        pytest.skip("models/ holds no weights")
    from benchmarks import stock

    return stock.build(tmp_path_factory.mktemp("stock") / "models", MODELS, width=48, hidden=24)


def test_they_annotate_as_the_bare_pipeline_does(stock):
    """The same tokens, clitics and names, several passages at once; the default package and the packages by name are one."""
    import stanza

    bare = stanza.Pipeline("ar", dir=str(stock), processors="tokenize,mwt,ner", download_method=None, use_gpu=False, logging_level="ERROR")
    annotator = StanzaAnnotator(unverified(stock), Packages("padt", "padt", "aqmar_charlm"))
    assert isinstance(annotator.tagger, ContextTagger)
    texts = [TEXT, "عادت القوارب.", TEXT * 4]
    for document, text in zip(annotator([Passage(text, (Span(0, len(text)),)) for text in texts]), texts, strict=True):
        expected = bare(text)
        assert [token.words for token in document.tokens] == [
            tuple(word.text for word in token.words) for sentence in expected.sentences for token in sentence.tokens
        ]
        assert document.entities  # random weights name something
        assert [(entity.span.start, entity.span.end, entity.type) for entity in document.entities] == [
            (entity.start_char, entity.end_char, entity.type) for entity in expected.ents
        ]


def test_they_serve(stock):
    """With ISNAD_MODELS_DIR, the packages' names and no manifest to verify, the engine answers."""
    settings = Settings(models_dir=stock, verify_models=False, tokenize_package="padt", mwt_package="padt", ner_package="aqmar_charlm")
    engine = load_engine(settings)
    assert engine.weights.version == UNVERIFIED
    report = engine.extractor.extract([Article("a", TEXT)])[0]
    assert [attribution.rule for attribution in report.attributions] == ["qala", "adafa"]
