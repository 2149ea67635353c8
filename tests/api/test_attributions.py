"""POST /v1/attributions: the contract's request and report."""

import orjson
import pytest

from service.api import examples
from service.api.problems import MEDIA_TYPE
from service.api.schemas import ReportSchema

URL = "/v1/attributions"
TEXT = "في المؤتمر قال الوزير إن المحادثات ستستأنف غدا. وانصرف."


def post(client, article, **options):
    return client.post(URL, data=orjson.dumps(article), content_type="application/json", **options)


def spans(value):
    """Yield every object with offsets and a text of its own, wherever it stands in a report."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for below in value.values():
            yield from spans(below)
    elif isinstance(value, list):
        for below in value:
            yield from spans(below)


def test_a_report_has_the_contract_s_shape(client):
    """Every field of the contract is there, under its name and of its type."""
    report = post(client, {"text": TEXT, "id": "a-1", "outlet": "وكالة الأنباء"}).json
    assert ReportSchema().validate(report) == {}
    assert list(report) == ["id", "articles", "attributions", "speakers", "versions"]
    attribution = report["attributions"][0]
    assert list(attribution) == list(examples.REPORT["attributions"][0])
    assert report["id"] == "a-1"
    assert attribution["source"]["text"] == "الوزير"
    assert attribution["content"] == {
        "text": "إن المحادثات ستستأنف غدا",
        "spans": [{"text": "إن المحادثات ستستأنف غدا", "start": 22, "end": 46}],
    }


def test_every_span_slices_the_text(client):
    """Offsets are code points of the text as sent, whatever stands before it."""
    text = "\ufeff👨‍👩‍👧 \r\n" + TEXT
    found = list(spans(post(client, {"text": text}).json))
    assert len(found) == 5
    assert all(text[span["start"] : span["end"]] == span["text"] for span in found)


def test_nothing_to_attribute_is_no_error(client):
    """Text without an attribution, even no text at all, is 200 with an empty list."""
    for text in ("", "   ", "ا", "؟!،", "الطقس جميل اليوم."):
        answer = post(client, {"text": text})
        assert (answer.status_code, answer.json["attributions"]) == (200, [])


def test_the_same_text_gets_the_same_id(client):
    """An id made up depends on the text alone, so that answers compare."""
    first, second, other = (post(client, {"text": text}).json["id"] for text in (TEXT, TEXT, TEXT + " "))
    assert first == second != other


def test_versions_say_what_answered(client):
    """Every report names the releases it depends on."""
    assert set(post(client, {"text": TEXT}).json["versions"]) == {"service", "stanza", "models", "lexicon"}


def test_facts_may_be_null(client):
    """What a client does not know it may leave out or send as null."""
    facts = dict.fromkeys(("id", "title", "outlet", "url", "published_at"))
    assert post(client, {"text": TEXT, **facts}).status_code == 200


@pytest.mark.parametrize("moment", ["2021-05-12", "2021-05-12T08:30:00+03:00", "2021-05-12T05:30:00Z"])
def test_dates_of_iso_8601_are_taken(client, moment):
    """A date and a date with time are both ISO 8601."""
    assert post(client, {"text": TEXT, "published_at": moment}).json["articles"][0]["published_at"] == moment


def test_html_is_answered_with_its_text(client):
    """Where the request was HTML, the answer carries the text that its offsets point into."""
    pytest.importorskip("trafilatura")
    paragraph = "في المؤتمر الصحفي قال الوزير إن المحادثات الجارية بين الطرفين ستستأنف غدا في العاصمة. " * 6
    report = post(client, {"html": f"<html><body><article><h1>خبر اليوم</h1><p>{paragraph}</p></article></body></html>"}).json
    assert "ستستأنف غدا" in report["text"]
    assert all(report["text"][span["start"] : span["end"]] == span["text"] for span in spans(report["attributions"]))


def test_html_without_an_article_is_422(client):
    """A page that holds no text is the client's mistake, told at its field."""
    pytest.importorskip("trafilatura")
    answer = post(client, {"html": "<html><body></body></html>"})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/html")


@pytest.mark.parametrize(
    ("article", "pointer"),
    [
        ({}, "/text"),
        ({"text": None}, "/text"),
        ({"text": True}, "/text"),
        ({"text": 5}, "/text"),
        ({"text": ["قال"]}, "/text"),
        ({"text": {"a": {"b": "c"}}}, "/text"),
        ({"text": "a", "html": "b"}, "/html"),
        ({"text": "أ" * 5_001}, "/text"),
        ({"text": "", "published_at": "أمس"}, "/published_at"),
        ({"text": "", "published_at": "2021-13-45"}, "/published_at"),
        ({"text": "", "title": 3}, "/title"),
        ({"text": "", "id": ""}, "/id"),
        ({"text": "", "id": "x" * 3_000}, "/id"),
        ({"text": "", "titel": "a"}, "/titel"),
        ({"text": "", "a/b~c": "a"}, "/a~1b~0c"),
        ([], ""),
        ("text", ""),
        (None, ""),
        (3, ""),
    ],
)
def test_an_invalid_article_is_told_where(client, article, pointer):
    """Valid JSON that is no article is 422, and `errors` points at each mistake by JSON pointer."""
    answer = post(client, article)
    assert (answer.status_code, answer.mimetype) == (422, MEDIA_TYPE)
    assert pointer in [error["pointer"] for error in answer.json["errors"]]


def test_errors_are_bounded(client):
    """A hundred thousand unknown fields are fifty errors, soon told."""
    article = {f"f{number}": 0 for number in range(5_000)}
    assert len(post(client, article).json["errors"]) == 50


def test_the_example_of_the_documentation_is_one(client):
    """The documented request is valid, and the documented report has the schema's shape."""
    assert post(client, examples.ARTICLE).status_code == 200
    assert ReportSchema().validate(examples.REPORT) == {}
    text = examples.ARTICLE["text"]
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans(examples.REPORT))


def test_server_timing_names_the_stages(client):
    """The header says where the time went."""
    header = post(client, {"text": TEXT}).headers["Server-Timing"]
    assert [part.split(";")[0] for part in header.split(", ")] == ["tokenize", "mwt", "ner", "rules", "total"]
