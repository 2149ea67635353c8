"""Other people's formats by `Accept`: what is asked for is what is sent, or 406."""

import orjson
import pytest

from service.api import examples, formats
from service.api.problems import MEDIA_TYPE
from service.exports import FORMS
from tests.exports import readers
from tests.exports.validity import RULES

URL = "/v1/attributions"
TEXT = "في المؤتمر قال الوزير إن المحادثات ستستأنف غدا. وانصرف."
ANNO = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
SCHEMA = 'application/ld+json; profile="https://schema.org"'
BRAT = "text/vnd.brat.standoff; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
PARTS = {"cue": [(11, 14)], "source": [(15, 21)], "content": [(22, 46)], "via": [(15, 21)], "parent": None}


def post(client, accept=None, **article):
    headers = {} if accept is None else {"Accept": accept}
    return client.post(URL, data=orjson.dumps({"text": TEXT, **article}), content_type=JSON, headers=headers)


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json; charset=utf-8", JSON),
        ("text/html, application/xhtml+xml, */*;q=0.1", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV;header=present", CSV),
        ("text/csv, */*", CSV),
        ("text/csv;q=0.4, application/json;q=0.5", JSON),
        ("text/csv;q=0.5, application/json;q=0.4", CSV),
        ("text/*", CSV),
        ("text/csv;q=0, text/*", BRAT),
        ("text/vnd.brat.standoff", BRAT),
        ("application/json;q=0, */*;q=0.1", ANNO),
        ("application/ld+json", ANNO),
        ('application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"', ANNO),
        ('application/ld+json; profile="https://schema.org"', SCHEMA),
        ('application/ld+json; profile="http://schema.org/"; charset=utf-8', SCHEMA),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded https://schema.org"', SCHEMA),
        ('application/ld+json;profile="https://schema.org";q=0.2, text/csv;q=0.1', SCHEMA),
    ],
)
def test_the_best_that_is_asked_for_is_sent(client, accept, sent):
    """Quality first, then the more specific, then JSON; parameters that mean nothing here are passed over."""
    answer = post(client, accept)
    assert (answer.status_code, answer.content_type) == (200, sent)
    assert "Accept" in answer.vary


NONE_OF_OURS = ("text/html", "image/png, text/plain;q=0.5", "*/*;q=0", 'application/ld+json;profile="https://example.org"', "garbage")


@pytest.mark.parametrize("accept", NONE_OF_OURS)
def test_what_there_is_not_is_not_acceptable(client, extractor, accept):
    """406, as a problem that says what there is, before any work is done."""
    answer = post(client, accept)
    assert (answer.status_code, answer.mimetype, answer.json["type"]) == (406, MEDIA_TYPE, "urn:isnad:problem:not-acceptable")
    assert all(media_type in answer.json["detail"] for media_type in (JSON, ANNO, SCHEMA, CSV, BRAT))
    assert "Accept" in answer.vary
    assert not extractor.entered.acquire(blocking=False)


@pytest.mark.parametrize(("name", "accept"), [("webanno", ANNO), ("schema", SCHEMA), ("csv", "text/csv"), ("brat", "text/vnd.brat.standoff")])
def test_an_export_is_what_it_says(client, name, accept):
    """Each comes valid and reads back to the spans of the report."""
    sent = post(client, accept).data
    assert readers.READERS[name](sent, TEXT) == [PARTS]


@pytest.mark.parametrize("form", [form for form in formats.OFFERED.values() if form], ids=lambda form: form.name)
def test_the_documentation_has_each_with_an_example(client, form):
    """The OpenAPI document lists every format with an example that is valid by the format's own rules."""
    operation = client.get("/openapi.json").json["paths"][URL]["post"]
    documented = operation["responses"]["200"]["content"]
    assert next(iter(documented)) == JSON
    example = documented[form.media_type]["example"]
    RULES[form.name](example.encode() if isinstance(example, str) else orjson.dumps(example), examples.SAMPLE)
    assert "406" in operation["responses"]


def test_errors_are_problems_whatever_was_asked_for(client):
    """A client that wants CSV is told what is wrong in JSON."""
    answer = post(client, "text/csv", text=5)
    assert (answer.status_code, answer.mimetype) == (422, MEDIA_TYPE)


def test_the_address_goes_into_the_linked_data(client):
    """What the client tells of the article stands in its exports too."""
    graph = orjson.loads(post(client, SCHEMA, url="https://news.example/1", outlet="وكالة الأنباء").data)["@graph"]
    assert graph[0]["url"] == "https://news.example/1"


def test_linked_data_of_html_bring_the_text_along(client):
    """Who sent HTML has not seen the text that the offsets point into."""
    paragraph = "في المؤتمر الصحفي قال الوزير إن المحادثات الجارية بين الطرفين ستستأنف غدا في العاصمة. " * 6
    html = f"<html><body><article><h1>خبر اليوم</h1><p>{paragraph}</p></article></body></html>"

    def export(accept):
        return client.post(URL, data=orjson.dumps({"html": html}), content_type=JSON, headers={"Accept": accept})

    collection = orjson.loads(export(ANNO).data)
    position = collection["first"]["items"][0]["target"][0]["selector"][1]
    assert collection["isnad:text"][position["start"] : position["end"]].startswith("إن المحادثات")
    assert "ستستأنف غدا" in orjson.loads(export(SCHEMA).data)["@graph"][0]["articleBody"]
    refused = export(FORMS["brat"].media_type)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/html")
