"""Every export of every report: valid by its format's own rules, and read back to the very same spans."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import lxml.html
import pytest
from rdflib import SDO

from service import exports
from service.exports import FORMS, Outgoing, page, spreadsheet
from tests.exports import readers, vocabularies
from tests.exports.conftest import AWKWARD, URL, awkward
from tests.exports.vocabularies import ISNAD, OA, SCHEMA, expanded

MODEL = jsonschema_rs.validator_for(json.loads(Path(__file__).with_name("web_annotation.schema.json").read_text("utf-8")), validate_formats=True)


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


def hold_to_the_annotation_model(written, report):
    """The W3C's model, as a JSON Schema; its terms, by the context; quotations that stand in the text where the offsets say."""
    collection = json.loads(written)
    MODEL.validate(collection)
    (meant,) = expanded(collection)
    nodes = list(objects(meant))
    assert {term for node in nodes for term in node if not term.startswith(("@", *VOCABULARIES))} == set()
    motivations = {value["@id"] for node in nodes for name in ("motivatedBy", "hasPurpose") for value in node.get(f"{OA}{name}", [])}
    assert all(motivation in vocabularies.MOTIVATIONS or motivation.startswith(ISNAD) for motivation in motivations)
    assert all(":" in kind for node in nodes for kind in node.get("@type", []))
    for resource in objects(collection):
        if "selector" in resource:
            quote, position = resource["selector"]
            before, after = report.text[: position["start"]], report.text[position["end"] :]
            assert report.text[position["start"] : position["end"]] == quote["exact"]
            assert before.endswith(quote["prefix"])
            assert after.startswith(quote["suffix"])
            assert len(quote["prefix"]) == min(32, len(before))


VOCABULARIES = (OA, ISNAD, *(vocabularies.ANNO[name] for name in ("dc", "rdf", "rdfs", "as", "foaf")))


def hold_to_schema_org(written, _report):
    """Every class and property is schema.org's, on a thing that may have it, and is what it may be; every reference leads somewhere."""
    nodes = expanded(json.loads(written))
    named = {node["@id"]: node for node in nodes if "@id" in node}
    for node in objects(nodes):
        kind = node.get("@type", [""])[0]
        if not isinstance(kind, str) or not kind.startswith(SCHEMA):
            continue
        for term, values in node.items():
            if term.startswith(SCHEMA):
                assert_property(kind.removeprefix(SCHEMA), term.removeprefix(SCHEMA), values, named)


def assert_property(kind, term, values, named):
    """Hold one property to its domain and range."""
    assert term in SDO
    domain, allowed = vocabularies.PROPERTIES[term]
    assert domain & vocabularies.kinds(kind), f"{kind} has no {term}"
    for value in values:
        if "@value" in value:
            assert allowed & {"Text", "Date"}
            assert isinstance(value["@value"], str)
        elif allowed == {"URL"}:
            assert value["@id"].startswith(("http://", "https://"))
        else:
            found = named.get(value.get("@id"), value)["@type"][0].removeprefix(SCHEMA)
            assert allowed & vocabularies.kinds(found), f"{term} is no {found}"


def hold_to_csv(written, report):
    """A row an attribution, every row as long as the heading, and no cell that a spreadsheet would run."""
    table = list(readers.csv.reader(readers.io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert table[0] == list(spreadsheet.COLUMNS)
    assert {len(row) for row in table} == {len(spreadsheet.COLUMNS)}
    assert len(table) == 1 + len(report.attributions)
    assert not [cell for row in table for cell in row if cell.startswith(spreadsheet.FORMULA)]


def hold_to_brat(written, _report):
    """Every line is one of the format's, of a type the documented configuration declares, about an annotation that is there."""
    declared = configured()
    names = set()
    for line in written.decode().splitlines():
        name, rest = line.split("\t", 1)
        assert name not in names
        names.add(name)
        kind, *arguments = rest.split("\t")[0].split(" ")
        assert kind in declared[name[0]], line
        if name[0] == "A":
            assert arguments[1] in declared["A"][kind], line
        references = [argument.rpartition(":")[2] for argument in arguments] if name[0] in "R#A" else []
        assert {reference for reference in references if reference.startswith("T")} <= names | later(written)


def later(written):
    return {line.split("\t")[0] for line in written.decode().splitlines() if line.startswith("T")}


def configured():
    """Return the types of the `annotation.conf` in docs/formats.md: entities, relations, attributes and their values."""
    documented = (Path(exports.__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
    block = documented.split("```ini\n")[1].split("```")[0]
    declared, section = {"T": {}, "R": {}, "A": {}, "#": {"AnnotatorNotes": set()}}, ""
    for line in filter(None, block.splitlines()):
        if line.startswith("["):
            section = {"entities": "T", "relations": "R", "attributes": "A"}.get(line.strip("[]"), "")
        elif section:
            kind, _, rest = line.partition("\t")
            declared[section][kind] = set(rest.partition("Value:")[2].split("|"))
    return declared


def hold_to_html(written, report):
    """One document that a parser reads as it was meant: the text whole, and no element, attribute or script of the article's own."""
    document = lxml.html.document_fromstring(written)
    shown = "".join(document.xpath("//div[@class='text']")[0].itertext())
    assert shown == report.text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert document.get("dir") == "rtl"
    assert document.xpath("//script | //@onclick | //@onerror | //@src | //b | //link") == []
    assert all(link.startswith("#") for link in document.xpath("//@href"))
    assert {link[1:] for link in document.xpath("//@href")} <= set(document.xpath("//@id"))
    assert len(document.xpath("//@id")) == len(set(document.xpath("//@id")))


RULES = {
    "webanno": hold_to_the_annotation_model,
    "schema": hold_to_schema_org,
    "csv": hold_to_csv,
    "brat": hold_to_brat,
    "html": hold_to_html,
}


def objects(value):
    """Yield every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from objects(below)
    elif isinstance(value, list):
        for below in value:
            yield from objects(below)


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
