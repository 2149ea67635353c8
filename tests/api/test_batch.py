"""POST /v1/attributions/batch: all or none as JSON, each line for itself as NDJSON."""

import orjson

URL = "/v1/attributions/batch"
TEXT = "قال الوزير إن الأمر انتهى."


def post_json(client, batch):
    return client.post(URL, data=orjson.dumps(batch), content_type="application/json")


def post_lines(client, body):
    answer = client.post(URL, data=body, content_type="application/x-ndjson")
    return answer, [orjson.loads(line) for line in answer.data.splitlines()] if answer.status_code == 200 else []


def test_reports_come_in_order(client):
    """One report an article, in the order sent, duplicate ids and all."""
    answer = post_json(client, {"articles": [{"id": id_, "text": TEXT} for id_ in ("b", "a", "b")]})
    assert [report["id"] for report in answer.json["reports"]] == ["b", "a", "b"]


def test_an_empty_batch_has_no_reports(client):
    """Nothing asked, nothing answered."""
    assert post_json(client, {"articles": []}).json == {"reports": []}


def test_a_batch_answers_as_its_articles_would(client):
    """A report does not depend on what is sent along with it."""
    texts = [TEXT, "لا شيء", TEXT + " " + TEXT]
    single = [client.post("/v1/attributions", json={"text": text}).json for text in texts]
    assert post_json(client, {"articles": [{"text": text} for text in texts]}).json["reports"] == single


def test_one_bad_article_is_told_by_its_place(client):
    """As JSON, a batch is all or none; every bad article of it is pointed at."""
    answer = post_json(client, {"articles": [{"text": TEXT}, {"text": 3}, {}]})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/articles/1/text", "/articles/2/text"]


def test_what_is_no_batch_is_422(client):
    """A batch is an object with a list, and no more."""
    for batch in ([], {}, {"articles": {}}, {"articles": None}, {"articles": [], "more": 1}, "articles", 3):
        assert post_json(client, batch).status_code == 422


def test_too_many_articles_are_422(client):
    """The limit on a batch's number holds for both forms."""
    assert post_json(client, {"articles": [{"text": ""}] * 6}).json["errors"][0]["pointer"] == "/articles"
    assert post_lines(client, b'{"text": ""}\n' * 6)[0].status_code == 422


def test_too_many_characters_are_422(client):
    """The limit on a batch's text holds for both forms, though each article is within its own."""
    article = {"text": "س" * 4_999}
    assert post_json(client, {"articles": [article] * 3}).json["errors"][0]["pointer"] == "/articles"
    assert post_lines(client, (orjson.dumps(article) + b"\n") * 3)[0].status_code == 422


def test_an_array_of_many_is_told_soon(client):
    """Ten thousand articles are refused by their number."""
    assert post_json(client, {"articles": [{}] * 10_000}).status_code == 422


def test_lines_are_answered_one_by_one(client):
    """One article a line in, one report a line out; blank lines, CRLF and a missing last line end are nothing."""
    answer, reports = post_lines(client, f'{{"id": "a", "text": "{TEXT}"}}\r\n\r\n\n{{"id": "b", "text": ""}}'.encode())
    assert answer.mimetype == "application/x-ndjson"
    assert [report["id"] for report in reports] == ["a", "b"]


def test_a_line_is_answered_before_the_next_is_read(client, extractor):
    """The first report is out before anybody looks at the second article."""
    seen = []
    extractor.before = lambda article: seen.append(article.id)
    body = b'{"id": "a", "text": ""}\n{"id": "b", "text": ""}\n'
    answer = client.post(URL, data=body, content_type="application/x-ndjson", buffered=False)
    lines = iter(answer.response)
    assert orjson.loads(next(lines))["id"] == "a" == seen[-1]
    assert orjson.loads(next(lines))["id"] == "b" == seen[-1]
    answer.close()


def test_a_bad_line_harms_no_other(client):
    """A line that is no JSON, or no article, is answered by a problem on its own line, with its number."""
    lines = [orjson.dumps({"text": TEXT}), b"{", orjson.dumps({"text": 3}), b"\xff", orjson.dumps({"id": "z", "text": ""})]
    _, answers = post_lines(client, b"\n".join(lines))
    assert [answer.get("status", 200) for answer in answers] == [200, 400, 422, 400, 200]
    assert [answer["line"] for answer in answers[1:4]] == [2, 3, 4]
    assert answers[4]["id"] == "z"


def test_a_fault_in_one_line_harms_no_other(client, extractor):
    """Where an article makes the service fail, its line is a 500 problem and the rest are answered."""

    def fail_on_b(article):
        if article.id == "b":
            raise RuntimeError(article.text)

    extractor.before = fail_on_b
    answer, answers = post_lines(client, b"".join(orjson.dumps({"id": id_, "text": TEXT}) + b"\n" for id_ in "abc"))
    assert [line["id"] for line in answers] == ["a", "b", "c"]
    assert answers[1]["status"] == 500
    assert TEXT not in orjson.dumps(answers[1]).decode()
    assert answer.status_code == 200


def test_half_a_line_is_a_bad_line(client):
    """A body that stops in the middle of a line loses that line only."""
    _, answers = post_lines(client, orjson.dumps({"text": TEXT}) + b'\n{"text": "' + "قال".encode()[:3])
    assert [answer.get("status", 200) for answer in answers] == [200, 400]


def test_no_lines_are_no_answer(client):
    """An empty stream is answered by an empty stream."""
    answer, answers = post_lines(client, b"\n \r\n")
    assert (answer.status_code, answers) == (200, [])
