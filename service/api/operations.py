"""What operators and their machines ask: alive, ready, how busy, which versions, which cues."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from service import lexicon
from service.api import examples, metrics
from service.api.bodies import JSON
from service.api.desk import the_desk
from service.api.encoding import dumps
from service.api.problems import MEDIA_TYPE, Problem
from service.api.schemas import ProblemSchema
from service.api.versions import versions

blueprint = Blueprint("operations", __name__, description="Health, metrics, versions and vocabulary; answered while articles are worked on.")
_documented = examples.problems_documented(
    blueprint,
    {
        401: "No valid API key, where the deployment asks for one.",
        429: "Over the rate limit of the key or address; `Retry-After` says when to ask again.",
        500: "A fault of the service; says no more than the request's id.",
    },
)
_DRAINING = {**examples.problem(503), "type": "urn:isnad:problem:draining", "detail": "This process is about to stop; send requests elsewhere."}
_METRICS = 'isnad_requests_total{route="/v1/attributions",status="200"} 12.0\n'
_ENTRY = {
    "id": "qala",
    "gloss": "say",
    "construction": "clause",
    "words": ["قال", "يقول"],
    "examples": ["قال الوزير إن الأمر انتهى"],
    "counterexamples": [],
}


class StateSchema(Schema):
    """Whether the process is alive or ready."""

    status = fields.String(required=True)


class VersionSchema(Schema):
    """Everything that an answer depends on."""

    service = fields.String(required=True)
    lexicon = fields.String(required=True)
    models = fields.String(required=True)
    stanza = fields.String(required=True)
    torch = fields.String(required=True)
    sha256 = fields.Dict(keys=fields.String(), values=fields.String(), required=True, metadata={"description": "Of each model file."})


class EntrySchema(Schema):
    """A cue: what an attribution's `rule` refers to."""

    id = fields.String(required=True)
    gloss = fields.String(required=True)
    construction = fields.String(required=True)
    words = fields.List(fields.String(), required=True, metadata={"description": "Principal parts of a verb, or the words of a phrase."})
    examples = fields.List(fields.String(), required=True)
    counterexamples = fields.List(fields.String(), required=True)


class LexiconSchema(Schema):
    """The cues that the service knows."""

    version = fields.String(required=True)
    entries = fields.List(fields.Nested(EntrySchema), required=True)


@blueprint.route("/livez")
@blueprint.response(200, StateSchema, example={"status": "alive"})
def alive() -> Response:
    """Tell that the process answers; a restart helps when it does not."""
    return Response(dumps({"status": "alive"}), mimetype=JSON)


@blueprint.route("/readyz")
@blueprint.response(200, StateSchema, example={"status": "ready"})
@blueprint.alt_response(503, schema=ProblemSchema, content_type=MEDIA_TYPE, description="Draining: send no more here.", example=_DRAINING)
def ready() -> Response:
    """Tell whether to send requests here. The models are loaded and warm before the port opens, so that only draining says no."""
    drain_file = the_desk().settings.drain_file
    if drain_file and Path(drain_file).exists():
        raise Problem(503, "draining", _DRAINING["detail"])
    return Response(dumps({"status": "ready"}), mimetype=JSON)


@blueprint.route("/metrics")
@blueprint.response(200, {"type": "string"}, content_type="text/plain", description="Prometheus's text format.", example=_METRICS)
def show_metrics() -> Response:
    """Tell Prometheus how busy the service is."""
    return Response(metrics.exposition(), content_type=metrics.MEDIA_TYPE)


@blueprint.route("/v1/version")
@_documented
@blueprint.response(200, VersionSchema, example={**examples.REPORT["versions"], "torch": "2.13.0", "sha256": {"ar/ner/news.pt": "0" * 64}})
def show_versions() -> Response:
    """Tell everything that an answer depends on."""
    weights = the_desk().weights
    return Response(dumps({**versions(weights), "torch": version("torch"), "sha256": dict(weights.sha256)}), mimetype=JSON)


@blueprint.route("/v1/lexicon")
@_documented
@blueprint.response(200, LexiconSchema, example={"version": "0123456789ab", "entries": [_ENTRY]})
def show_lexicon() -> Response:
    """Tell which cues the service knows: each entry's id, gloss, construction and examples."""
    known = lexicon.load()
    return Response(dumps({"version": known.version, "entries": [_entry(entry) for entry in lexicon.entries()]}), mimetype=JSON)


def _entry(entry: lexicon.Verb | lexicon.AccordingTo) -> dict[str, Any]:
    words = [entry.perfect, entry.imperfect] if isinstance(entry, lexicon.Verb) else sorted(entry.heads)
    return {
        "id": entry.id,
        "gloss": entry.gloss,
        "construction": entry.construction,
        "words": words,
        "examples": list(entry.examples),
        "counterexamples": list(entry.counterexamples),
    }
