"""What operators and their machines ask: alive, ready, how busy, which versions, which cues."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from service import lexicon
from service.api import metrics
from service.api.bodies import JSON
from service.api.desk import the_desk
from service.api.encoding import dumps
from service.api.problems import MEDIA_TYPE, Problem
from service.api.schemas import ProblemSchema
from service.api.versions import versions

blueprint = Blueprint("operations", __name__, description="Health, metrics, versions and vocabulary; answered while articles are worked on.")


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
@blueprint.alt_response(503, schema=ProblemSchema, content_type=MEDIA_TYPE, description="Draining: send no more requests here.")
def ready() -> Response:
    """Tell whether to send requests here. The models are loaded and warm before the port opens, so that only draining says no."""
    drain_file = the_desk().settings.drain_file
    if drain_file and Path(drain_file).exists():
        raise Problem(503, "draining", "This process is about to stop; send requests elsewhere.")
    return Response(dumps({"status": "ready"}), mimetype=JSON)


@blueprint.route("/metrics")
@blueprint.response(200, {"type": "string"}, content_type="text/plain", description="Prometheus's text format.")
def show_metrics() -> Response:
    """Tell Prometheus how busy the service is."""
    return Response(metrics.exposition(), content_type=metrics.MEDIA_TYPE)


@blueprint.route("/v1/version")
@blueprint.response(200, VersionSchema)
def show_versions() -> Response:
    """Tell everything that an answer depends on."""
    weights = the_desk().weights
    return Response(dumps({**versions(weights), "torch": version("torch"), "sha256": dict(weights.sha256)}), mimetype=JSON)


@blueprint.route("/v1/lexicon")
@blueprint.response(200, LexiconSchema)
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
