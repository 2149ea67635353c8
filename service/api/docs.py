"""The API described for readers: the OpenAPI document as one page of our own, without scripts and without anybody else's servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import orjson
from flask import Blueprint, Response, current_app, render_template
from flask_smorest import Api

blueprint = Blueprint("docs", __name__, template_folder="templates", static_folder="static", static_url_path="/docs/static")

_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'"


class Operation(NamedTuple):
    """One endpoint as the page shows it."""

    method: str
    path: str
    summary: str
    request: str | None
    responses: list[tuple[str, str, str | None]]


@blueprint.get("/docs")
def show() -> Response:
    """Show every endpoint with its request, its answers and its errors."""
    api: Api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    spec = api.spec.to_dict()
    page = render_template("docs.html", information=spec["info"], operations=list(_operations(spec)), schemas=spec["components"]["schemas"])
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": _POLICY})


def _operations(spec: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if "responses" not in operation:
                continue
            described = {status: answer for status, answer in sorted(operation["responses"].items()) if "$ref" not in answer}
            responses = [(status, answer["description"], _example(answer)) for status, answer in described.items()]
            yield Operation(method.upper(), path, operation.get("summary", ""), _example(operation.get("requestBody", {})), responses)


def _example(body: Mapping[str, Any]) -> str | None:
    examples = [content["example"] for content in body.get("content", {}).values() if "example" in content]
    return orjson.dumps(examples[0], option=orjson.OPT_INDENT_2).decode() if examples else None
