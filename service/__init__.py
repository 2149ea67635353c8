"""Isnad: who said what, in which article, through which outlet — attributions from Arabic news."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from service.api.desk import Desk
    from service.settings import Settings

__version__ = "1.0.0"


def create_app(settings: Settings | None = None, desk: Desk | None = None) -> Flask:
    """Return the WSGI application, its models loaded and warm.

    `settings` are the environment's where none are given; a `desk` of one's own spares loading the models.

    Raises:
        SettingsInvalid: a variable of the environment holds what its setting cannot be.
        WeightsUnusable: the models are missing, damaged or not those of the manifest.
    """
    from service.api.app import app_for  # noqa: PLC0415 — rules, tests and workers of a corpus run import this package without Flask

    return app_for(settings, desk)
