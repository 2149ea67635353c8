"""Who may ask, from where and how often: API keys, rate limits, other origins, and the headers that keep browsers out of trouble."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from service.api.problems import Problem
from service.settings import Settings

GUARDED = "/v1/"
_SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-API-Key, X-Request-ID",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = "X-Request-ID, Retry-After, Server-Timing"


def register(app: Flask, settings: Settings) -> None:
    """Guard `app` as the settings say."""
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1)  # type: ignore[method-assign]  # Flask's documented way
    if settings.api_keys:
        app.before_request(lambda: _demand_key(settings.api_keys))
    if settings.rate_limit:
        _limit_rate(app, settings)
    app.after_request(_add_security_headers)
    app.after_request(lambda response: _add_cors(response, settings.cors_origins))


def key_owner(key: str, hashes: Iterable[str]) -> str | None:
    """Return whose key this is: the name before its hash, or the hash's first letters; nothing for a stranger's.

    Every hash is compared, in constant time, whether or not one before it matched.
    """
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    owner = None
    for entry in hashes:
        name, _, expected = entry.rpartition(":")
        if hmac.compare_digest(digest, expected):
            owner = name or expected[:8]
    return owner


def _demand_key(hashes: tuple[str, ...]) -> None:
    if not request.path.startswith(GUARDED) or request.method == "OPTIONS":
        return
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    key = bearer.strip() if scheme.lower() == "bearer" else request.headers.get("X-API-Key", "")
    g.client = key_owner(key, hashes) if key else None
    if g.client is None:
        raise Problem(401, "api-key", "Send a valid API key as `Authorization: Bearer …` or `X-API-Key`.", headers={"WWW-Authenticate": "Bearer"})


def _limit_rate(app: Flask, settings: Settings) -> None:
    """Limit the rate of each key, or of each address where there are no keys; where the storage is down, each process counts for itself."""
    Limiter(
        lambda: g.get("client") or get_remote_address(),
        app=app,
        application_limits=[settings.rate_limit],
        storage_uri=settings.rate_limit_storage,
        headers_enabled=True,
        in_memory_fallback_enabled=settings.rate_limit_storage != "memory://",
        in_memory_fallback=[settings.rate_limit],
    ).request_filter(lambda: not request.path.startswith(GUARDED) or request.method == "OPTIONS")


def security_headers(method: str) -> dict[str, str]:
    """Return the headers that keep a browser from making anything else of an answer than it is, and whoever stands between from keeping it."""
    return _SECURITY_HEADERS | ({"Cache-Control": "no-store"} if method == "POST" else {})


def cors_headers(origin: str, origins: tuple[str, ...]) -> dict[str, str]:
    """Return the headers that let a page of `origin` read an answer, if it is among those listed; never with credentials."""
    if origin not in origins:
        return {}
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": _EXPOSED, "Cross-Origin-Resource-Policy": "cross-origin"}


def _add_security_headers(response: Response) -> Response:
    for name, value in security_headers(request.method).items():
        response.headers.setdefault(name, value)
    return response


def _add_cors(response: Response, origins: tuple[str, ...]) -> Response:
    if not origins:
        return response
    response.vary.add("Origin")
    allowed = cors_headers(request.headers.get("Origin", ""), origins)
    for name, value in allowed.items():
        response.headers[name] = value
    if allowed and request.method == "OPTIONS":
        response.headers.extend(_PREFLIGHT)
    return response
