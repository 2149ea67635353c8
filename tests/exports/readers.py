"""Every export read back: which spans of the text it says each attribution has."""

import csv
import io
import json
import re

import lxml.html

from tests.exports.vocabularies import ISNAD, OA, SCHEMA, expanded

_SPAN = re.compile(r"(\d+)\.\.(\d+)")
_BOUND = re.compile(r"(T\d+)\t(\w+) ([\d ;]+)\t(.*)")
_RELATION = re.compile(r"R\d+\t(\w+) Arg1:(T\d+) Arg2:(T\d+)")
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_ITEMS, _FIRST = "http://www.w3.org/ns/activitystreams#items", "http://www.w3.org/ns/activitystreams#first"


def spans_of(report):
    """Return what a report itself says, in the shape that all readers give: parts by name, each a list of spans, and the parent."""
    return [
        {
            "content": [(span.start, span.end) for span in one.content],
            "cue": [(one.cue.start, one.cue.end)] if one.cue else [],
            "source": [(one.source.start, one.source.end)] if one.source else [],
            "via": [(via.span.start, via.span.end) for via in one.via],
            "parent": one.parent,
        }
        for one in report.attributions
    ]


def from_webanno(written):
    """Read a collection of Web Annotations, from what it means and not from how it is put."""
    (collection,) = expanded(json.loads(written))
    pages = collection.get(_FIRST, [])
    return [_annotation(one) for page in pages for one in page[_ITEMS][0]["@list"]]


def _annotation(annotation):
    bodies = {name: [] for name in ("cue", "source", "via")}
    parent = None
    for body in annotation[f"{OA}hasBody"]:
        purposes = {purpose["@id"].removeprefix(ISNAD) for purpose in body[f"{OA}hasPurpose"]}
        if "parent" in purposes:
            parent = int(body[f"{OA}hasSource"][0]["@id"].rpartition("-")[2])
        for name in purposes & bodies.keys():
            bodies[name].append((_value(body, f"{ISNAD}rank"), _position(body)))
    ranked = {name: [span for _, span in sorted(found, key=lambda one: one[0] or 0)] for name, found in bodies.items()}
    return {"content": sorted(map(_position, annotation[f"{OA}hasTarget"])), **ranked, "parent": parent}


def _position(resource):
    (selector,) = (one for one in resource[f"{OA}hasSelector"] if one["@type"] == [f"{OA}TextPositionSelector"])
    return _value(selector, f"{OA}start"), _value(selector, f"{OA}end")


def _value(node, name):
    return node[name][0]["@value"] if name in node else None


def from_schema(written):
    """Read a graph of schema.org's."""
    quotations = [node for node in expanded(json.loads(written)) if node["@type"] == [f"{SCHEMA}Quotation"]]
    return [_quotation(node) for node in quotations]


def _quotation(node):
    vias, work = [], node.get(f"{SCHEMA}isBasedOn")
    while work:
        vias += _pairs(work[0].get(f"{ISNAD}via", []))
        work = work[0].get(f"{SCHEMA}isBasedOn")
    outer = [part["@id"] for part in node[f"{SCHEMA}isPartOf"] if "#attribution-" in part["@id"]]
    parts = {name: sorted(_pairs(node.get(f"{ISNAD}{name}", []))) for name in ("content", "cue", "source")}
    return {**parts, "via": vias, "parent": int(outer[0].rpartition("-")[2]) if outer else None}


def _pairs(nodes):
    return [(_value(node, f"{ISNAD}start"), _value(node, f"{ISNAD}end")) for node in nodes]


def cells(written):
    """Return the rows of a CSV file as it was meant: the apostrophe in front of a cell taken off."""
    table = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in table]


def from_csv(written):
    """Read a CSV file."""
    columns = {"content": "content_spans", "cue": "cue_span", "source": "source_span", "via": "via_spans"}
    return [
        {**{name: [(int(a), int(b)) for a, b in _SPAN.findall(row[column])] for name, column in columns.items()}, "parent": _number(row["parent"])}
        for row in cells(written)
    ]


def _number(cell):
    return int(cell) if cell else None


def from_brat(written, text):
    """Read standoff beside its text, as brat does: a line a statement, the words of each fragment held against the text."""
    lines = written.decode().splitlines()
    assert len(lines) == written.count(b"\n"), "a line of the file breaks for one who reads it"
    bound = {match[1]: (match[2], _fragments(match[3], match[4], text)) for line in lines if (match := _BOUND.fullmatch(line))}
    contents = {name: spans for name, (kind, spans) in bound.items() if kind == "Content"}
    found = {name: {"content": spans, "cue": [], "source": [], "via": [], "parent": None} for name, spans in contents.items()}
    numbers = {name: number for number, name in enumerate(found)}
    for line in lines:
        if match := _RELATION.fullmatch(line):
            kind, content, part = match.groups()
            if kind == "Within":
                found[content]["parent"] = numbers[part]
            else:
                assert bound[part][0] == kind
                found[content][kind.lower()] += bound[part][1]
    return list(found.values())


def _fragments(offsets, words, text):
    pieces = [tuple(map(int, piece.split(" "))) for piece in offsets.split(";")]
    assert words == " ".join(text[start:end] for start, end in pieces)
    whole = [pieces[0]]
    for start, end in pieces[1:]:
        if _BREAKS.fullmatch(text, whole[-1][1], start):  # what was cut around a line break was one span
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def from_html(written):
    """Read the table of a page."""
    page = lxml.html.fromstring(written)
    return [
        {
            **{name: [_marked(span) for span in row.xpath(f".//span[@class='{name}']")] for name in ("content", "cue", "source", "via")},
            "parent": _number("".join(row.xpath("td[9]//text()"))),
        }
        for row in page.xpath("//tbody/tr")
    ]


def _marked(span):
    return int(span.get("data-start")), int(span.get("data-end"))


READERS = {
    "webanno": lambda written, _text: from_webanno(written),
    "schema": lambda written, _text: from_schema(written),
    "csv": lambda written, _text: from_csv(written),
    "brat": from_brat,
    "html": lambda written, _text: from_html(written),
}
