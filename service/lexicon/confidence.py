"""Load confidence.toml: the estimated precision of every kind of attribution, from all of them down to the narrowest class that was counted.

How the figures came about is told in docs/confidence.md; `python -m tests.confidence --write` counts them anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from service.attribution import Construction, Resolution

ALL = "all"
SHORT = 6  # words up to which a content is short
CLASSES = {  # of each dimension, in the order of the path
    "nesting": ("alone", "nested"),
    "construction": tuple(map(str, Construction)),
    "resolution": (*map(str, Resolution), "unresolved"),
    "length": ("short", "long"),
}

_FILE = Path(__file__).with_name("confidence.toml")


@dataclass(frozen=True, slots=True)
class Kind:
    """What the confidence of an attribution goes by; `words` are its content's, as blanks part them."""

    nested: bool
    construction: Construction
    resolution: Resolution | None
    words: int

    @property
    def path(self) -> tuple[str, ...]:
        """Its class in each dimension, in the order of `CLASSES`."""
        nesting, length = "nested" if self.nested else "alone", "short" if self.words <= SHORT else "long"
        return nesting, str(self.construction), str(self.resolution or "unresolved"), length


@dataclass(frozen=True, slots=True)
class Precision:
    """A class's figure, and how many of its attributions were right of how many on the development articles."""

    confidence: float
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class ConfidenceTable:
    """The classes that were counted, by their path in words (`alone clause named short`), and `all`."""

    classes: Mapping[str, Precision]

    def of(self, kind: Kind) -> float:
        """Return the figure of the narrowest class around a kind: the whole path's, or where that was never seen its parent's."""
        path = kind.path
        names = (" ".join(path[:depth]) for depth in range(len(path), 0, -1))
        return next((self.classes[name].confidence for name in names if name in self.classes), self.classes[ALL].confidence)


def _is_path(name: str) -> None:
    parts = name.split(" ")
    known = len(parts) <= len(CLASSES) and all(part in classes for part, classes in zip(parts, CLASSES.values(), strict=False))
    if name != ALL and not known:
        raise ValidationError(f"{name!r} is no path of classes")


class _PrecisionSchema(Schema):
    confidence = fields.Float(required=True, validate=validate.Range(0, 1, min_inclusive=False, max_inclusive=False))
    right = fields.Integer(required=True, strict=True, validate=validate.Range(0))
    of = fields.Integer(required=True, strict=True, validate=validate.Range(0))

    @validates_schema
    def _counts(self, entry: dict[str, Any], **_: object) -> None:
        if entry["right"] > entry["of"]:
            raise ValidationError("more are right than there are", "right")

    @post_load
    def _entry(self, entry: dict[str, Any], **_: object) -> Precision:
        return Precision(**entry)


class _TableSchema(Schema):
    classes = fields.Dict(keys=fields.String(validate=_is_path), values=fields.Nested(_PrecisionSchema), required=True)

    @validates_schema
    def _whole(self, table: dict[str, Any], **_: object) -> None:
        if ALL not in table["classes"]:
            raise ValidationError(f"there is no {ALL!r}", "classes")

    @post_load
    def _table(self, table: dict[str, Any], **_: object) -> ConfidenceTable:
        return ConfidenceTable(table["classes"])


@cache
def load_confidence(path: Path = _FILE) -> ConfidenceTable:
    """Read and check the file; an unknown class or a bad figure raises marshmallow's ValidationError, which names the entry."""
    table: ConfidenceTable = _TableSchema().load(tomllib.loads(path.read_text("utf-8")))
    return table
