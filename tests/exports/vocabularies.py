"""The public vocabularies, as far as we use them, so that exports are expanded and checked without the network.

Terms and their IRIs are the facts of http://www.w3.org/ns/anno.jsonld and https://schema.org; whatever is not here is a mistake in an export.
"""

from pyld import FrozenDocumentLoader, jsonld
from rdflib import SDO

OA = "http://www.w3.org/ns/oa#"
ISNAD = "urn:isnad:term:"
SCHEMA = "http://schema.org/"

_PREFIXES = {
    "oa": OA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "as": "http://www.w3.org/ns/activitystreams#",
}
_CLASSES = {
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")},
    "Text": "dctypes:Text",
    "Software": "as:Application",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
}
_INDIVIDUALS = {
    **{name: f"oa:{name}" for name in ("classifying", "describing", "identifying", "linking", "tagging")},
    "ltr": "oa:ltrDirection",
    "rtl": "oa:rtlDirection",
    "auto": "oa:autoDirection",
}
_REFERENCES = {
    "body": "oa:hasBody",
    "target": "oa:hasTarget",
    "source": "oa:hasSource",
    "selector": "oa:hasSelector",
    "generator": "as:generator",
    "via": "oa:via",
    "first": "as:first",
}
_LITERALS = {
    "format": "dc:format",
    "language": "dc:language",
    "value": "rdf:value",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "name": "foaf:name",
    "label": "rdfs:label",
    "total": "as:totalItems",
    "startIndex": "as:startIndex",
}
ANNO = {
    "id": "@id",
    "type": "@type",
    **_PREFIXES,
    **_CLASSES,
    **_INDIVIDUALS,
    **{term: {"@id": name, "@type": "@id"} for term, name in _REFERENCES.items()},
    **{term: {"@id": name, "@type": "@vocab"} for term, name in (("motivation", "oa:motivatedBy"), ("purpose", "oa:hasPurpose"))},
    "textDirection": {"@id": "oa:textDirection", "@type": "@vocab"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    **_LITERALS,
}
MOTIVATIONS = {f"{OA}{name}" for name in ("classifying", "describing", "identifying", "linking", "tagging")}

# Of schema.org's properties: the classes that may have it, and what it may be. A class below another may have what that one may.
ABOVE = {
    "NewsArticle": "Article",
    "Article": "CreativeWork",
    "Quotation": "CreativeWork",
    "CreativeWork": "Thing",
    "Person": "Thing",
    "Organization": "Thing",
    "NewsMediaOrganization": "Organization",
    "Thing": None,
}
PROPERTIES = {
    "name": ({"Thing"}, {"Text"}),
    "description": ({"Thing"}, {"Text"}),
    "url": ({"Thing"}, {"URL"}),
    "text": ({"CreativeWork"}, {"Text"}),
    "headline": ({"CreativeWork"}, {"Text"}),
    "inLanguage": ({"CreativeWork"}, {"Text"}),
    "creditText": ({"CreativeWork"}, {"Text"}),
    "datePublished": ({"CreativeWork"}, {"Date"}),
    "publisher": ({"CreativeWork"}, {"Organization", "Person"}),
    "isPartOf": ({"CreativeWork"}, {"CreativeWork"}),
    "isBasedOn": ({"CreativeWork"}, {"CreativeWork"}),
    "articleBody": ({"Article"}, {"Text"}),
    "spokenByCharacter": ({"Quotation"}, {"Organization", "Person"}),
    "jobTitle": ({"Person"}, {"Text"}),
}

_CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": {"@context": ANNO},
    "https://schema.org": {"@context": {"@vocab": SCHEMA, "url": {"@id": "url", "@type": "@id"}}},
}
_LOADER = FrozenDocumentLoader(_CONTEXTS)


def expanded(document):
    """Return a JSON-LD document with every term by its IRI; a context that is not here is an error."""
    return jsonld.expand(document, {"documentLoader": _LOADER})


def kinds(name):
    """Return a class of schema.org and all above it."""
    found = []
    while name is not None:
        assert name in SDO, name
        found.append(name)
        name = ABOVE[name]
    return set(found)
