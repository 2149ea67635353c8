"""Every export of every report: valid by its format's own rules, and read back to the very same spans."""

import json
from dataclasses import replace

import jsonschema_rs
import lxml.html
import pytest

from service.exports import FORMS, Outgoing, page, spreadsheet
from tests.exports import readers
from tests.exports.awkward import AWKWARD, URL, awkward
from tests.exports.validity import RULES


def written(name, outgoing):
    return FORMS[name].write([outgoing])


def assert_reads_back(name, outgoing):
    """What is read from the export is what the report says."""
    report = outgoing.report
    assert readers.READERS[name](written(name, outgoing), report.text) == readers.spans_of(report)


@pytest.mark.parametrize("name", FORMS)
def test_an_export_reads_back_to_the_same_spans(name, outgoing):
    """Content, cue, source, media in their order, and the attribution around it: nothing lost, nothing moved."""
    assert_reads_back(name, outgoing)


@pytest.mark.parametrize("name", FORMS)
def test_an_export_of_a_seed_page_reads_back_to_the_same_spans(name, seed):
    """The pages the client sent, by the models that the service runs."""
    assert seed.report.attributions
    assert_reads_back(name, seed)
    assert_valid(name, seed)


@pytest.mark.parametrize("name", FORMS)
def test_an_export_depends_on_the_report_alone(name, outgoing):
    """Asked twice, the same bytes."""
    assert written(name, outgoing) == written(name, outgoing)


@pytest.mark.parametrize("name", FORMS)
def test_an_export_is_valid(name, outgoing):
    """What its format asks for is there, and nothing it does not know."""
    assert_valid(name, outgoing)


def assert_valid(name, outgoing):
    """Hold an export to the rules of its format."""
    RULES[name](written(name, outgoing), outgoing.report)


def test_marks_cover_what_they_mark(outgoing):
    """On the page every character comes once, under the marks of all the parts it belongs to."""
    report = outgoing.report
    segments = list(page.segments(report))
    assert "".join(segment.span.of(report.text) for segment in segments) == report.text
    for kind in ("content", "cue", "source", "via"):
        marked = {at for segment in segments if kind in segment.kinds for at in range(segment.span.start, segment.span.end)}
        spans = [span for attribution in readers.spans_of(report) for span in attribution[kind]]
        assert marked == {at for start, end in spans for at in range(start, end)}
    assert sorted(number for segment in segments for number in segment.opening) == [attribution.id for attribution in report.attributions]


def test_a_cell_reads_back_as_it_was():
    """The apostrophe that keeps a cell from running is put on and taken off without loss, also where the text has one of its own."""
    (first, second) = readers.cells(FORMS["csv"].write([Outgoing(awkward())]))
    assert first["speaker"] == "+المتحدثة"
    assert first["article"] == '=معرّف\n"1"'
    assert first["outlet"] == "@وكالة"
    assert first["content"] == "«لن\tنعود\n\n\vإلى الوراء» … «و'لن نتراجع»"
    assert second["speaker"] == ""
    for text in ("'", "'=1", "''", "=1", "نص", ""):
        assert spreadsheet.harmless(text).removeprefix("'") == text


def test_names_are_the_answer_s_own():
    """Another text or another id has another name; the same has the same, in this process and the next."""
    report = awkward()
    one, same, other = Outgoing(report), Outgoing(report, URL), Outgoing(replace(report, id="آخر"))
    assert one.iri == same.iri != other.iri
    assert one.text_iri == other.text_iri
    assert one.text_iri is one.text_iri, "the text is read once, and not for every stretch of it"
    assert Outgoing(replace(report, text="")).text_iri == "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "خبر", "", None, "http://", "https://a b", 'https://a/"', "http://[::1", "//a.example/b"]
)
def test_only_an_address_is_an_address(url):
    """What a client calls a URL is linked to only where it can be one."""
    assert Outgoing(awkward(), url).address is None
    assert b"javascript:" not in FORMS["html"].write([Outgoing(awkward(), url)])


def test_an_address_is_told():
    """The address of the article is its url, and where the annotated text came from."""
    outgoing = Outgoing(awkward(), URL)
    assert outgoing.address == URL
    assert json.loads(written("schema", outgoing))["@graph"][0]["url"] == URL
    assert json.loads(written("webanno", outgoing))["first"]["items"][0]["target"][0]["source"]["via"] == URL


def test_the_text_goes_along_when_asked():
    """To a reader who sent HTML the text is sent along, as JSON does it."""
    with_text, without = Outgoing(awkward(), carries_text=True), Outgoing(awkward())
    assert json.loads(written("webanno", with_text))["isnad:text"] == AWKWARD
    assert json.loads(written("schema", with_text))["@graph"][0]["articleBody"] == AWKWARD
    assert "isnad:text" not in json.loads(written("webanno", without))
    assert "articleBody" not in json.loads(written("schema", without))["@graph"][0]


def test_a_chain_of_media_is_a_chain():
    """The work that was drawn upon is based on the work it drew upon, the nearest to the reader outermost."""
    quotation = json.loads(written("schema", Outgoing(awkward())))["@graph"][2]
    assert quotation["isBasedOn"]["publisher"]["name"] == "الوكالة"
    assert quotation["isBasedOn"]["isBasedOn"]["publisher"]["name"] == "-أخرى"


def test_several_reports_make_one_document():
    """CSV has one heading; JSON-LD is a list; a page has both texts; standoff is a file each, and says so."""
    two = [Outgoing(awkward()), Outgoing(awkward())]
    assert len(readers.cells(FORMS["csv"].write(two))) == 4
    assert [len(json.loads(FORMS[name].write(two))) for name in ("webanno", "schema")] == [2, 2]
    document = lxml.html.document_fromstring(FORMS["html"].write(two))
    assert len(document.xpath("//div[@class='text']")) == 2
    assert len(document.xpath("//@id")) == len(set(document.xpath("//@id")))
    with pytest.raises(ValueError, match="one file"):
        FORMS["brat"].write(two)


@pytest.mark.parametrize("name", ["webanno", "schema"])
def test_a_misspelt_term_is_found(name, outgoing):
    """The checks themselves: a property that the vocabulary does not have fails them."""
    if not outgoing.report.attributions:
        pytest.skip("nothing to misspell")
    document = json.loads(written(name, outgoing))
    node = document["first"]["items"][0] if name == "webanno" else document["@graph"][-1]
    node["motivatoin" if name == "webanno" else "spokenBy"] = "x"
    with pytest.raises((jsonschema_rs.ValidationError, AssertionError, KeyError)):
        RULES[name](json.dumps(document).encode(), outgoing.report)
