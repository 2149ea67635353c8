"""Pages that no one writes: the reference of the API, from its OpenAPI document, and the vocabulary, from the lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from service import lexicon
from service.api.admission import Admission
from service.api.app import app_for
from service.api.desk import Desk
from service.extraction import Extractor
from service.lexicon.outlets import load_outlets
from service.settings import Settings
from service.stages import StageClock
from service.weights import Weights

Json = Mapping[str, Any]
_SCHEMAS = "#/components/schemas/"

_REFERENCE = """---
hide: [navigation]
---

# API reference

Made from the OpenAPI document that a running service gives at `/openapi.json`; the same as one page: `/docs`.
Meanings and worked requests: [the API](api.md).
"""

_VOCABULARY = """---
hide: [navigation, toc]
---

# Vocabulary

Every cue the lexicon knows, made from its files; a running service lists the same at `/v1/lexicon`, with examples and counterexamples.
What the fields mean and how to add an entry: [the lexicon](lexicon.md). The `id` is what an attribution's `rule` names.
"""


def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add the pages to those that MkDocs found."""
    for name, content in (("reference.md", reference(openapi())), ("vocabulary.md", vocabulary())):
        files.append(File.generated(config, name, content=content))
    return files


def openapi() -> Json:
    """Return the OpenAPI document of an application that could answer nothing: it needs no models to say what it would take."""
    settings, directory = Settings(), Path()
    admission = Admission(settings.queue_chars, settings.queue_requests, settings.chars_per_second)
    app = app_for(settings, Desk(settings, Extractor(lambda _: []), StageClock(), admission, Weights(directory, "", {})))
    document: Json = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    return document


def reference(spec: Json) -> str:
    """Return the reference page of an OpenAPI document."""
    operations = [
        _operation(method, path, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
        if "responses" in operation
    ]
    named = json.dumps(spec)
    schemas = {name: schema for name, schema in sorted(spec["components"]["schemas"].items()) if f'"{_SCHEMAS}{name}"' in named}
    shapes = [_shape(name, schema) for name, schema in schemas.items() if "properties" in schema]
    return "\n\n".join([_REFERENCE, *operations, "## Shapes", *shapes])


def _operation(method: str, path: str, operation: Json) -> str:
    parts = [f"## {method.upper()} {path}", operation.get("summary", "")]
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        parts += [f"Request, `{media_type}`{_shape_of(content)}:", _example(content)]
    described = [(status, answer) for status, answer in sorted(operation["responses"].items()) if "$ref" not in answer]
    rows = [(f"**{status}**", _media_types(answer), answer["description"]) for status, answer in described]
    return "\n\n".join([*parts, _table(("Answer", "As", ""), rows)])


def _media_types(answer: Json) -> str:
    return "<br>".join(f"`{media_type}`{_shape_of(content)}" for media_type, content in answer.get("content", {}).items())


def _shape_of(content: Json) -> str:
    name = content.get("schema", {}).get("$ref", "").removeprefix(_SCHEMAS)
    return f" [{name}](#{name.lower()})" if name else ""


def _example(content: Json) -> str:
    if "example" not in content:
        return ""
    example = content["example"]
    said = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
    return f"```json\n{said.strip()}\n```"


def _shape(name: str, schema: Json) -> str:
    required = schema.get("required", [])
    rows = [
        (f"`{field}`", _type(property_), "yes" if field in required else "", _meaning(property_)) for field, property_ in schema["properties"].items()
    ]
    return f"### {name} {{ #{name.lower()} }}\n\n" + _table(("Field", "Type", "Always", ""), rows)


def _type(property_: Json) -> str:
    if "$ref" in property_:
        return _shape_of({"schema": property_}).strip()
    if "anyOf" in property_:
        return " or ".join(_type(one) for one in property_["anyOf"])
    if "allOf" in property_:
        return " and ".join(_type(one) for one in property_["allOf"])
    if "items" in property_:
        return f"list of {_type(property_['items'])}"
    kind = property_.get("type", "any")
    return kind if isinstance(kind, str) else " or ".join(kind)


def _meaning(property_: Json) -> str:
    one_of = ", ".join(f"`{value}`" for value in property_.get("enum", []) if value is not None)
    return " ".join(filter(None, (property_.get("description", ""), one_of and f"One of {one_of}.")))


def vocabulary() -> str:
    """Return the vocabulary page: verbs by construction, according-to expressions, media by kind."""
    known = lexicon.load()
    return "\n\n".join([_VOCABULARY, *_verbs(known.verbs), *_expressions(known.according_to), *_media()])


def _verbs(verbs: Sequence[lexicon.Verb]) -> Iterator[str]:
    for construction in ("clause", "relay"):
        belonging = [verb for verb in verbs if verb.construction == construction]
        yield f"## Verbs: {construction} ({len(belonging)})"
        yield _table(("id", "Perfect, imperfect", "Gloss", "Participle", "Noun", "Takes", "Example"), map(_verb, belonging))


def _verb(verb: lexicon.Verb) -> tuple[str, ...]:
    parts = f"{verb.perfect}، {verb.imperfect}"
    return (f"`{verb.id}`", parts, verb.gloss, verb.participle or "", verb.masdar or "", _takes(verb), verb.examples[0])


def _takes(verb: lexicon.Verb) -> str:
    prepositions = f" after {'، '.join(sorted(verb.prepositions))}" if verb.prepositions else ""
    return ", ".join(kind for kind in lexicon.COMPLEMENTS if kind in verb.complements) + prepositions


def _expressions(known: Sequence[lexicon.AccordingTo]) -> Iterator[str]:
    yield f"## According-to expressions ({len(known)})"
    yield _table(
        ("id", "Words", "Gloss", "Example"),
        ((f"`{entry.id}`", "، ".join(sorted(entry.heads)), entry.gloss, entry.examples[0]) for entry in known),
    )


def _media() -> Iterator[str]:
    outlets = load_outlets().outlets
    yield f"## Media ({len(outlets)})"
    yield "By the names that reports give them; each is known under its other names and spellings as well."
    kinds = sorted({outlet.kind for outlet in outlets})
    yield _table(("Kind", "Names"), ((kind, "، ".join(outlet.name for outlet in outlets if outlet.kind is kind)) for kind in kinds))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
