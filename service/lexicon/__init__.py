"""What the service knows of Arabic reporting, as data: TOML beside this file, read once, checked strictly, frozen.

Adding a verb is five lines in `verbs.toml`; the tests prove that its examples fire and its counterexamples do not.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from service import arabic
from service.lexicon import nominals
from service.lexicon.inflection import Form, Part, finite, masdars, participles, perfects

COMPLEMENTS = ("clause", "question", "quotation", "object", "appraisal", "request", "appeal", "proposition", "relayed", "document", "renewal")
HERE = Path(__file__).parent
_FUNCTIONS = ("adverb", "pronominal", "auxiliary", "complementiser", "negation", "clause_opener")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying: its principal parts and what it takes (see `verbs.toml`)."""

    id: str
    gloss: str
    perfect: str
    imperfect: str
    complements: frozenset[str]
    examples: tuple[str, ...]
    prepositions: frozenset[str] = frozenset()  # keys
    participle: str | None = None
    masdar: str | None = None
    adverbials: tuple[str, ...] = ()
    pleas: tuple[str, ...] = ()
    addressee: bool = False
    negated: bool = False
    homograph: bool = False
    elative: bool = False
    continues: bool = False
    clausal: bool = False
    impersonal: bool = False
    speakers_only: bool = False
    after_ma: bool = False
    denies: bool = False
    perfect_only: bool = False
    transitive: bool = False
    media_only: bool = False
    bare: bool = False
    quoting: frozenset[str] = frozenset()  # keys of what stands before whom a relay quotes, his pronoun on it or not
    objects: frozenset[str] = frozenset()  # keys of nouns that alone may be its object
    counterexamples: tuple[str, ...] = ()

    @property
    def construction(self) -> str:
        """The construction of the verb's finite forms; participle and masdar have their own."""
        return "relay" if "relayed" in self.complements else "clause"


@dataclass(frozen=True, slots=True)
class AccordingTo:
    """An expression that names whose word something is (see `phrases.toml`); `heads` are keys, one or two words long."""

    id: str
    gloss: str
    heads: frozenset[str]
    examples: tuple[str, ...]
    follows: bool = False  # only after its clause, and where its verb has no content of its own (كما أكد فلان)
    verb: bool = False  # needs a verb of saying after it
    telling: frozenset[str] = frozenset()  # keys of the verbs, in the perfect, that alone may stand in it
    nouns: frozenset[str] = frozenset()  # keys of the nouns of speech it needs after it
    prepositions: frozenset[str] = frozenset()
    points_back: bool = False  # a verb and what stands for the clause before it (…، أوضح ذلك فلان)
    counterexamples: tuple[str, ...] = ()

    construction: str = "according_to"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the rules ask of the data: forms of verbs, according-to heads, classes of nouns, words of circumstance, guards."""

    version: str
    verbs: tuple[Verb, ...]
    according_to: tuple[AccordingTo, ...]
    forms: Mapping[str, tuple[tuple[Verb, Form], ...]] = field(repr=False)
    heads: Mapping[str, AccordingTo] = field(repr=False)
    nouns: nominals.Nouns = field(repr=False)
    common: frozenset[str] = field(repr=False)  # keys that are words before they are surnames
    openers: frozenset[str] = field(repr=False)  # keys with which a head may begin, و or ف on them or not
    functions: frozenset[str] = field(repr=False)  # words that never stand in a name
    words: Mapping[str, frozenset[str]] = field(repr=False)  # lists of single words by name: time, adverb, occasion …
    courtesy: Mapping[str, frozenset[str]] = field(repr=False)  # a respectful pronoun (معاليه) → words in the titles of whom it means


def _keys(words: list[str]) -> frozenset[str]:
    return frozenset(map(arabic.key, words))


class _VerbSchema(Schema):
    id = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]+$"))
    gloss = fields.String(required=True)
    perfect = fields.String(required=True)
    imperfect = fields.String(required=True)
    participle = fields.String()
    masdar = fields.String()
    adverbials = fields.List(fields.String())
    pleas = fields.List(fields.String())
    complements = fields.List(fields.String(validate=validate.OneOf(COMPLEMENTS)), required=True, validate=validate.Length(min=1))
    prepositions = fields.List(fields.String())
    addressee = fields.Boolean()
    negated = fields.Boolean()
    homograph = fields.Boolean()
    elative = fields.Boolean()
    continues = fields.Boolean()
    clausal = fields.Boolean()
    impersonal = fields.Boolean()
    speakers_only = fields.Boolean()
    after_ma = fields.Boolean()
    denies = fields.Boolean()
    perfect_only = fields.Boolean()
    transitive = fields.Boolean()
    media_only = fields.Boolean()
    bare = fields.Boolean()
    quoting = fields.List(fields.String())
    objects = fields.List(fields.String())
    examples = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    counterexamples = fields.List(fields.String())

    @post_load
    def _verb(self, entry: dict[str, Any], **_: object) -> Verb:
        entry["complements"] = frozenset(entry["complements"])
        for name in ("prepositions", "quoting", "objects"):
            entry[name] = _keys(entry.get(name, []))
        for name in ("examples", "counterexamples", "adverbials", "pleas"):
            entry[name] = tuple(entry.get(name, ()))
        return Verb(**entry)


class _AccordingToSchema(Schema):
    id = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]+$"))
    gloss = fields.String(required=True)
    heads = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    verb = fields.Boolean()
    follows = fields.Boolean()
    points_back = fields.Boolean()
    telling = fields.List(fields.String())
    nouns = fields.List(fields.String())
    prepositions = fields.List(fields.String())
    examples = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    counterexamples = fields.List(fields.String())

    @post_load
    def _entry(self, entry: dict[str, Any], **_: object) -> AccordingTo:
        for name in ("heads", "telling", "nouns", "prepositions"):
            entry[name] = _keys(entry.get(name, []))
        entry["examples"] = tuple(entry["examples"])
        entry["counterexamples"] = tuple(entry.get("counterexamples", ()))
        return AccordingTo(**entry)


class LexiconError(Exception):
    """A file of the lexicon does not say what it should; the message names file, entry and field."""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def _loaded(schema: Schema, name: str, table: str, *lists: str) -> list[Any]:
    content = _read(name)
    unknown = set(content) - {table, *lists}
    if unknown:
        raise LexiconError(f"{name}: unknown table {sorted(unknown)}")
    try:
        loaded: list[Any] = schema.load(content[table], many=True)
    except ValidationError as error:
        raise LexiconError(f"{name}: {error.messages}") from error
    return loaded


def _forms(verbs: tuple[Verb, ...]) -> dict[str, tuple[tuple[Verb, Form], ...]]:
    found: dict[str, list[tuple[Verb, Form]]] = {}
    for verb in verbs:
        derived = [form for form in finite(verb.perfect, verb.imperfect) if not (form.imperfect and verb.perfect_only)]
        derived += participles(verb.participle) if verb.participle else ()
        derived += masdars(verb.masdar) if verb.masdar else ()
        derived += (Form(arabic.key(phrase), Part.PARTICIPLE) for phrase in verb.adverbials)
        derived += (Form(arabic.key(phrase), Part.PARTICIPLE, plea=True) for phrase in verb.pleas)
        seen: set[tuple[str, Part]] = set()
        for form in derived:
            if (form.key, form.part) not in seen:
                seen.add((form.key, form.part))
                found.setdefault(form.key, []).append((verb, form))
    return {key: tuple(entries) for key, entries in found.items()}


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Return the lexicon, read and checked on the first call; raises LexiconError."""
    verbs = tuple(_loaded(_VerbSchema(), "verbs.toml", "verb"))
    according_to = tuple(_loaded(_AccordingToSchema(), "phrases.toml", "according_to", "own"))
    people = _read("people.toml")
    courtesy = {arabic.key(pronoun): _keys(titles) for pronoun, titles in people.pop("courtesy").items()}
    guards = _read("guards.toml")
    lists = (_read("circumstances.toml"), guards, people)
    named = Counter(name for file in lists for name in file)
    if twice := sorted(name for name, times in named.items() if times > 1):
        raise LexiconError(f"lists of one name in two files: {twice}")  # the second would silence the first
    words = {name: _keys(listed) for file in lists for name, listed in file.items()}
    words["describing_form"] = frozenset(form.key for perfect in guards["describing"] for form in perfects(perfect) if form.person == "3")
    words["own"] = frozenset(_keys(_read("phrases.toml")["own"]))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(HERE.glob("*.toml")))).hexdigest()
    forms, nouns = _forms(verbs), nominals.index(_read("nouns.toml"))
    heads = {head: entry for entry in according_to for head in entry.heads}
    return Lexicon(
        version=digest[:12],
        verbs=verbs,
        according_to=according_to,
        forms=forms,
        heads=heads,
        nouns=nouns,
        common=frozenset(forms) | {key for key, classes in nouns.items() if "given" not in classes},
        openers=frozenset(conjunction + head.split(" ")[0] for head in heads for conjunction in ("", "و", "ف")),
        functions=frozenset().union(*(words[name] for name in _FUNCTIONS)),
        words=words,
        courtesy=courtesy,
    )


def entries() -> tuple[Verb | AccordingTo, ...]:
    """Return every entry that can fire, for those who ask what the service knows."""
    lexicon = load()
    return (*lexicon.verbs, *lexicon.according_to)
