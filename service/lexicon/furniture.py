"""Load furniture.toml: the words by which a page's furniture is known, and what each means for the news item around it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, post_load, validate

_FILE = Path(__file__).with_name("furniture.toml")


class Effect(StrEnum):
    """What a piece of furniture does to the item in which it stands."""

    CREDIT = "credit"  # names the source; belongs to the item and closes it
    DATE = "date"  # names the day of publication
    TAGS = "tags"  # keywords; closes the item
    RELATED = "related"  # headlines, or a second article with its text, may follow
    BOX = "box"  # a headline or two follow, and an unclosed item goes on
    LIST = "list"  # headlines follow; an unclosed item may go on after them
    END = "end"  # nothing of the item follows
    SKIP = "skip"  # this line alone is no text
    END_MARK = "end_mark"  # stands behind the item and tells whose it is
    SIGNATURE = "signature"  # who wrote or photographed: of the item, yet no running text


class Position(StrEnum):
    """Where a label must stand to be one."""

    LINE = "line"  # it is all of its line, but for punctuation, figures and clock words
    COLON = "colon"  # it opens its line and a colon, bar or dash follows
    START = "start"  # it opens a line that is no sentence
    OPENING = "opening"  # it opens its line, whatever follows
    GLUED = "glued"  # it may also stand, with its colon, behind a full stop: the line is cut before it
    BRACKET = "bracket"  # it opens a line that stands wholly in brackets
    PREFIX = "prefix"  # it is glued before running text, which stays
    TAIL = "tail"  # it is glued after running text, which stays; the rest of its line goes with it


@dataclass(frozen=True, slots=True)
class FurnitureEntry:
    """One kind of furniture with the labels that announce it.

    `outlet` where the label itself names the publisher, `agency` where only an agency's items bear it.
    """

    id: str
    gloss: str
    effect: Effect
    positions: tuple[Position, ...]
    labels: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    outlet: str | None
    agency: bool
    longest: int  # words a line may have that the label opens with nothing after it but more words


@dataclass(frozen=True, slots=True)
class FurnitureLexicon:
    """Every kind of furniture, and the closed vocabularies of datelines, bylines and dates."""

    entries: tuple[FurnitureEntry, ...]
    stamp_words: tuple[str, ...]  # what a line of date and time is made of, besides figures and months
    wires: tuple[str, ...]  # unnamed agencies: وكالات
    desks: tuple[str, ...]  # sections and ways of working that stand in datelines: متابعات، دوليات، خاص
    places: tuple[str, ...]  # cities and countries that open datelines
    openers: tuple[str, ...]  # words that begin a sentence, never a dateline's segment
    waw_words: tuple[str, ...]  # words whose و is no conjunction
    months: dict[str, int]


class _EntrySchema(Schema):
    id = fields.Str(required=True, validate=validate.Regexp(r"^[a-z][a-z_]*$"))
    gloss = fields.Str(required=True)
    effect = fields.Enum(Effect, by_value=True, required=True)
    positions = fields.List(fields.Enum(Position, by_value=True), required=True, validate=validate.Length(min=1))
    labels = fields.List(fields.Str(), required=True, validate=validate.Length(min=1))
    examples = fields.List(fields.Str(), required=True, validate=validate.Length(min=1))
    counterexamples = fields.List(fields.Str(), required=True, validate=validate.Length(min=1))
    outlet = fields.Str(load_default=None)
    agency = fields.Bool(load_default=False)
    longest = fields.Int(load_default=14, validate=validate.Range(min=1))

    @post_load
    def _entry(self, fields_: dict[str, Any], **_: Any) -> FurnitureEntry:
        lists = {name: tuple(fields_[name]) for name in ("positions", "labels", "examples", "counterexamples")}
        return FurnitureEntry(**{**fields_, **lists})


class _LexiconSchema(Schema):
    stamp_words = fields.List(fields.Str(), required=True)
    wires = fields.List(fields.Str(), required=True)
    desks = fields.List(fields.Str(), required=True)
    places = fields.List(fields.Str(), required=True)
    openers = fields.List(fields.Str(), required=True)
    waw_words = fields.List(fields.Str(), required=True)
    months = fields.Dict(keys=fields.Str(), values=fields.Int(validate=validate.Range(1, 12)), required=True)
    furniture = fields.List(fields.Nested(_EntrySchema), required=True)

    @post_load
    def _lexicon(self, tables: dict[str, Any], **_: Any) -> FurnitureLexicon:
        words = {name: tuple(tables[name]) for name in ("stamp_words", "wires", "desks", "places", "openers", "waw_words")}
        return FurnitureLexicon(entries=tuple(tables["furniture"]), months=tables["months"], **words)


@cache
def load_furniture(path: Path = _FILE) -> FurnitureLexicon:
    """Read and check the file; an unknown key or a bad value raises marshmallow's ValidationError, which names the entry."""
    lexicon: FurnitureLexicon = _LexiconSchema().load(tomllib.loads(path.read_text("utf-8")))
    return lexicon
