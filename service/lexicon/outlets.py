"""Load outlets.toml: who publishes Arabic news and whom it quotes, under every name they bear."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, post_load, validate

_FILE = Path(__file__).with_name("outlets.toml")


class OutletKind(StrEnum):
    """What a medium is; an agency sells to publishers, so it seldom publishes the page that credits it."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    TV = "tv"
    RADIO = "radio"
    SITE = "site"
    MAGAZINE = "magazine"


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """One medium: its canonical name, where it is at home, the hosts of its pages and the other names it goes by."""

    id: str
    name: str
    country: str  # ISO 3166-1 alpha-2
    kind: OutletKind
    aliases: tuple[str, ...]
    hosts: tuple[str, ...]
    common: frozenset[str]  # its names that are also words or places: البيان، الرياض
    arabic: bool  # it writes for readers of Arabic


@dataclass(frozen=True, slots=True)
class OutletLexicon:
    """All media, and the words that stand around their names: heads (صحيفة, وكالة …) before, adjectives (البريطانية …) after."""

    outlets: tuple[OutletEntry, ...]
    heads: frozenset[str]  # a phrase that begins with one is a medium: صحيفة
    loose_heads: frozenset[str]  # so only before a medium's name or one of `kinds`: موقع، قناة، وكالة
    kinds: frozenset[str]  # الإخباري، أنباء: what makes a loose head a medium
    tails: frozenset[str]  # نيوز، تايمز: a name of several words that ends with one is a medium's
    adjectives: frozenset[str]


class _OutletSchema(Schema):
    id = fields.Str(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9_]*$"))
    name = fields.Str(required=True, validate=validate.Length(min=2))
    country = fields.Str(required=True, validate=validate.Regexp(r"^[A-Z]{2}$"))
    kind = fields.Enum(OutletKind, by_value=True, required=True)
    aliases = fields.List(fields.Str(validate=validate.Length(min=2)), load_default=list)
    hosts = fields.List(fields.Str(validate=validate.Regexp(r"^[a-z0-9.-]+\.[a-z]+$")), load_default=list)
    common = fields.List(fields.Str(), load_default=list)
    arabic = fields.Bool(load_default=False)

    @post_load
    def _entry(self, fields_: dict[str, Any], **_: Any) -> OutletEntry:
        return OutletEntry(
            **{**fields_, "aliases": tuple(fields_["aliases"]), "hosts": tuple(fields_["hosts"]), "common": frozenset(fields_["common"])}
        )


class _LexiconSchema(Schema):
    heads = fields.List(fields.Str(), required=True)
    loose_heads = fields.List(fields.Str(), required=True)
    kinds = fields.List(fields.Str(), required=True)
    tails = fields.List(fields.Str(), required=True)
    adjectives = fields.List(fields.Str(), required=True)
    outlet = fields.List(fields.Nested(_OutletSchema), required=True)

    @post_load
    def _lexicon(self, tables: dict[str, Any], **_: Any) -> OutletLexicon:
        words = {name: frozenset(tables[name]) for name in ("heads", "loose_heads", "kinds", "tails", "adjectives")}
        return OutletLexicon(outlets=tuple(tables["outlet"]), **words)


def load_outlets(path: Path = _FILE) -> OutletLexicon:
    """Read and check the file; an unknown key or a bad value raises marshmallow's ValidationError, which names the entry."""
    lexicon: OutletLexicon = _LexiconSchema().load(tomllib.loads(path.read_text("utf-8")))
    return lexicon
