"""The application: settings in, Flask out."""

from __future__ import annotations

from typing import Any

import flask_smorest
from flask import Flask

from service import __version__
from service.api import access, attributions, docs, logs, operations, problems, telemetry
from service.api.desk import EXTENSION, Desk, counted, desk_with
from service.api.encoding import OrjsonProvider
from service.api.schemas import ProblemSchema
from service.api.timings import add_server_timing
from service.engine import load_engine
from service.settings import Settings, settings_from
from service.web import page

_DESCRIPTION = "Who said what, in which article, through which outlet: attributions from Arabic news. Offsets count Unicode code points."


class _Api(flask_smorest.Api):  # type: ignore[misc]  # untyped
    """flask-smorest for its OpenAPI document; errors are `problems`' business."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        problems.register(self._app)


class _App(Flask):
    """Flask, which logs what even the handlers of problems failed at as the service logs everything: without a word of the article."""

    def log_exception(self, exc_info: Any) -> None:
        problems.log_fault(exc_info[1])


def app_for(settings: Settings | None = None, desk: Desk | None = None) -> Flask:
    """Return the application; see `service.create_app`."""
    settings = settings or (desk.settings if desk else settings_from())
    logs.configure(settings.log_level)
    app = _App("service", static_folder=None)
    app.json = OrjsonProvider(app)
    app.url_map.merge_slashes = False  # a redirect would be an HTML page
    app.extensions[EXTENSION] = desk or desk_with(settings, load_engine(settings, counted))
    logs.register(app)
    access.register(app, settings)
    app.after_request(add_server_timing)
    _register_views(app)
    if settings.telemetry:
        telemetry.trace(app)
    return app


def _register_views(app: Flask) -> None:
    app.config |= {
        "API_TITLE": "Isnad",
        "API_VERSION": __version__,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/",
        "API_SPEC_OPTIONS": {"info": {"description": _DESCRIPTION, "license": {"name": "Apache-2.0"}}},
    }
    api = _Api(app)
    api.register_blueprint(attributions.blueprint)
    api.register_blueprint(operations.blueprint)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(page.blueprint)
