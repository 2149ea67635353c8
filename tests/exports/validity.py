"""The rules of each format, for an export to be held to."""

import csv
import io
import json
from pathlib import Path

import jsonschema_rs
import lxml.html
from rdflib import SDO

from service import exports
from service.exports import spreadsheet
from tests.exports import vocabularies
from tests.exports.vocabularies import ISNAD, OA, SCHEMA, expanded

MODEL = jsonschema_rs.validator_for(json.loads(Path(__file__).with_name("web_annotation.schema.json").read_text("utf-8")), validate_formats=True)
VOCABULARIES = (OA, ISNAD, *(vocabularies.ANNO[name] for name in ("dc", "rdf", "rdfs", "as", "foaf")))


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
    stretches = [node for node in nodes if f"{OA}hasSelector" in node]
    assert len({stretch[f"{OA}hasSource"][0]["@id"] for stretch in stretches}) <= 1, "offsets count in one text"
    for resource in objects(collection):
        if "selector" in resource:
            quote, position = resource["selector"]
            before, after = report.text[: position["start"]], report.text[position["end"] :]
            assert report.text[position["start"] : position["end"]] == quote["exact"]
            assert before.endswith(quote["prefix"])
            assert after.startswith(quote["suffix"])
            assert len(quote["prefix"]) == min(32, len(before))


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
    table = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
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
