"""`GET /`: the page in Arabic or English, and the policy that lets it run its own scripts and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, render_template, request

from service import __version__
from service.api.desk import the_desk

LANGUAGES = {"ar": "rtl", "en": "ltr"}
"""What the interface speaks, and in which direction; the first where a browser asks for neither."""
SAMPLES = ("wire", "report", "statement")

# Trusted Types forbid every sink that makes HTML of text, also to scripts of our own.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_STATIC = Path(__file__).parent / "static"

blueprint = Blueprint("web", __name__, template_folder="templates", static_folder="static", static_url_path="/web")


@blueprint.get("/", strict_slashes=False)  # a redirect would be Werkzeug's HTML
def show() -> Response:
    """Show the page, empty: what is pasted goes to the API, and nothing of it stays here."""
    language = _language(request.args.get("lang"))
    settings = the_desk().settings
    page = render_template(
        "page.html",
        language=language,
        direction=LANGUAGES[language],
        words=_words(language),
        samples=SAMPLES,
        keyed=bool(settings.api_keys),
        most_chars=settings.max_article_chars,
        version=__version__,
    )
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return Response(page, mimetype="text/html", headers=headers)


def _language(asked: str | None) -> str:
    """Return the language that the address names, or the one that the browser likes best."""
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES, next(iter(LANGUAGES)))


@cache
def _words(language: str) -> Mapping[str, Any]:
    """Return what the interface says in `language`; the scripts read the same file."""
    words: Mapping[str, Any] = json.loads((_STATIC / "words" / f"{language}.json").read_text("utf-8"))
    return words
