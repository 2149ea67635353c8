"""The whole service over the real rules, whatever the text: answered, offsets true, the same again, alone or in a batch."""

import json
from itertools import pairwise

import orjson
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from service import create_app
from service.api.desk import counted, desk_with
from service.api.schemas import ReportSchema
from service.engine import Engine
from service.extraction import Extractor
from service.settings import Settings
from service.stages import StageClock
from service.weights import Weights
from tests import fakes
from tests.conftest import MODELS

URL = "/v1/attributions"
WORDS = (
    *("قال", "وزير", "الخارجية", "الوزير", "الرئيس", "إن", "أن", "بأن", "أنه", "وأضاف", "أكد", "مشيرا", "إلى", "وفقا", "لـ", "بحسب", "مصدر", "مسؤول"),
    *("نقلت", "وكالة", "الأنباء", "عن", "قوله", "للصحفيين", "المتحدث", "باسم", "الحكومة", "أعلن", "كشف", "صرح", "لرويترز", "من", "جهته", "غدا"),
    *("الاتفاق", "قريب", "لا", "لن", "لم"),
)
MARKS = (" ", " ", " ", "\n", "\n\n", ": ", "، ", ". ", "؟ ", "«", "»", '"', "“", "”", "(", ")", " - ", "…", "\r\n", "\u200f", "\u0640", "\u064b")
SENTENCE = "قال الوزير إن المحادثات ستستأنف غدا. "
ARTICLES = st.lists(st.sampled_from(WORDS + MARKS), max_size=80).map(" ".join) | st.text(max_size=300)

CASES = {
    "only marks": "؟!…«»\"'،.:",
    "one letter": "و",
    "tatweel and diacritics": "قـــالَ الوَزِيرُ إنّ الأمرَ انتهى.",
    "presentation forms": "\ufed7\ufe8e\ufedd \ufe8d\ufedf\ufeee\ufe97\ufeee إن",
    "Persian letters and digits": "گفت وزیر ۱۲۳ قال الوزیر إن الأمر انتهی",
    "decomposed hamza": "ا\u0654كد الوزير ا\u0654ن الأمر انتهى",
    "directional marks": "\u202bقال\u202c \u2067الوزير\u2069 \u200fإن\u200e الأمر انتهى",
    "joiners inside words": "قا\u200dل الو\u200cزير\ufeff إن الأمر انتهى",
    "emoji sequences": "👨\u200d👩\u200d👧 قال الوزير 🇸🇾 إن الأمر انتهى",
    "controls": "قال\u0085الوزير\x0b\x0cإن\u2028الأمر\u2029انتهى\x97",
    "NUL": "\0قال\0 الوزير\0 إن الأمر",
    "no punctuation": "كلمة " * 9_999,
    "one long token": "س" * 49_000,
    "newlines": "\n" * 40_000 + SENTENCE,
    "nested quotation marks": '«“"' * 10_000,
    "unbalanced quotation marks": "قال: «" * 800,
    "closing quotation marks": "»" * 40_000,
    "reporting verbs in a row": "قال " * 10_000,
    "reporting clauses in a row": SENTENCE * 1_300,
    "according to, in a row": "وفقا لمصدر " * 4_000,
    "clauses without a stop": "وأضاف أن " * 5_000,
    "nominal contents without a stop": "طالب الوزير بتوفير " * 2_500,
    "colons in a row": "الوزير: " * 6_000,
    "brackets in a row": "(" * 40_000,
    "Latin run": "a" * 48_000,
    "digits": "1" * 48_000,
    "hyphens": "-" * 48_000,
    "HTML in the text": "<p>قال&nbsp;الوزير إن</p><script>alert('قال')</script>" * 50,
    "not Arabic": "The minister said that talks would resume. " * 200,
    "data URI": "data:image/png;base64," + "iVBORw0KGgo=" * 4_000 + SENTENCE,
}


@pytest.fixture(name="rules", scope="module")
def _rules():
    """Return a client of the service with the rules as they are and an annotator that needs no weights."""
    settings = Settings(deadline_seconds=120, max_batch_chars=2_000_000)
    engine = Engine(Extractor(counted(fakes.annotate)), StageClock(), Weights(MODELS, "none", {}))
    return create_app(settings, desk_with(settings, engine)).test_client()


def ask(client, article):
    return client.post(URL, data=orjson.dumps(article), content_type="application/json")


def assert_true_to(text, report):
    """The report has the contract's shape, and its offsets are the text's."""
    assert ReportSchema().validate(report) == {}

    def look(value):
        if isinstance(value, dict):
            if "start" in value:
                assert 0 <= value["start"] <= value["end"] <= len(text)
            if {"start", "text"} <= value.keys():
                assert text[value["start"] : value["end"]] == value["text"]
            for below in value.values():
                look(below)
        elif isinstance(value, list):
            for below in value:
                look(below)

    look(report)
    for attribution in report["attributions"]:
        spans = [(span["start"], span["end"]) for span in attribution["content"]["spans"]]
        assert spans == sorted(spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert attribution["parent"] is None or attribution["parent"] in {other["id"] for other in report["attributions"]}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_odd_text_is_answered(rules, text):
    """Whatever the web holds, up to the limit of an article, is 200 with offsets that hold."""
    answer = ask(rules, {"text": text})
    assert answer.status_code == 200
    assert_true_to(text, answer.json)


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(ARTICLES)
def test_any_text_is_answered(rules, text):
    """For any text, 200 and true offsets, or 400 where it is not even UTF-8; and the same when asked again."""
    body = json.dumps({"text": text})
    answer, again = (rules.post(URL, data=body, content_type="application/json") for _ in range(2))
    if answer.status_code == 400:
        assert any("\ud800" <= character <= "\udfff" for character in text)
        return
    assert answer.status_code == 200
    assert answer.data == again.data
    assert_true_to(text, answer.json)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ARTICLES.filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text)), max_size=4))
def test_a_batch_is_its_articles(rules, texts):
    """Together, line by line or alone: the same reports."""
    alone = [ask(rules, {"text": text}).json for text in texts]
    articles = [{"text": text} for text in texts]
    assert rules.post(URL + "/batch", json={"articles": articles}).json["reports"] == alone
    lines = rules.post(URL + "/batch", data=b"\n".join(map(orjson.dumps, articles)), content_type="application/x-ndjson").data
    assert [orjson.loads(line) for line in lines.splitlines()] == alone


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["", " ", "\n", "\n\n", " \u200f"]))
def test_white_space_at_the_end_changes_nothing(rules, space):
    """What trails an article has no say in what it says."""
    text = SENTENCE.strip() + " وأضاف أن الوفد سيصل مساء."
    assert ask(rules, {"id": "a", "text": text + space}).json["attributions"] == ask(rules, {"id": "a", "text": text}).json["attributions"]
