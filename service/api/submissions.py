"""What a client sends, checked: the contract's request in marshmallow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from service.attribution import Article

_ID_LETTERS = 16
_LONGEST_FACT = 2_048  # code points of an id, a title, an outlet, a URL: what no honest client needs more of
_EXAMPLE = "قال وزير الخارجية للصحفيين إن المحادثات ستستأنف غدا."


@dataclass(frozen=True, slots=True)
class Submission:
    """An article as it came in: with its text, or with the `html` that its text is still to be taken from.

    `at` is the JSON pointer of the article in the request.
    """

    article: Article
    html: str | None
    at: str = ""

    @property
    def chars(self) -> int:
        """How much there is to read, in code points."""
        return len(self.article.text) + len(self.html or "")


def pointed(messages: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield (JSON pointer, message) of marshmallow's nested messages; `_schema` is the object itself."""
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from pointed(below, pointer if key == "_schema" else f"{pointer}/{_step(str(key))}")
    elif isinstance(messages, Iterable) and not isinstance(messages, str):
        for message in messages:
            yield from pointed(message, pointer)
    else:
        yield pointer, str(messages)


def _step(key: str) -> str:
    """Return `key` as one step of a JSON pointer (RFC 6901), no longer than a name has to be."""
    return key[:100].replace("~", "~0").replace("/", "~1")


def _is_iso_8601(value: str) -> None:
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise ValidationError("Not a date or date and time of ISO 8601.") from error


def _made_up_id(text: str) -> str:
    """Return an id for an article that came without: the same for the same text, so that an answer can be had twice."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LETTERS]


def _fact(description: str, *checks: Any) -> fields.String:
    checked = [validate.Length(max=_LONGEST_FACT), *checks]
    return fields.String(load_default=None, allow_none=True, validate=checked, metadata={"description": description})


class ArticleSchema(Schema):
    """One article or page, and what the client already knows of it."""

    class Meta:
        """Refuse what the contract does not have: a misspelt field is a field ignored."""

        unknown = RAISE

    text = fields.String(metadata={"description": "Plain text of an article, or of a scraped page that holds several.", "example": _EXAMPLE})
    html = fields.String(metadata={"description": "A page's HTML instead of `text`; the answer then carries the extracted `text`."})
    id = _fact("Echoed; made from the text when absent.", validate.Length(min=1))
    title = _fact("The headline, if known; wins over what the text says, like all that follows.")
    outlet = _fact("Who published it.")
    url = _fact("Where it was published; its host names the outlet.")
    published_at = _fact("When, as ISO 8601.", _is_iso_8601)

    def __init__(self, *, most_chars: int | None = None, most_html_chars: int | None = None, lenient: bool = False, **options: Any) -> None:
        """Bound the code points of `text` and `html`; where `lenient`, ignore fields the contract does not have."""
        super().__init__(unknown=EXCLUDE if lenient else RAISE, **options)
        self._most_chars = most_chars
        self._most_html_chars = most_html_chars

    @validates_schema
    def one_of_text_and_html(self, article: Mapping[str, Any], **_: Any) -> None:
        """Want exactly one of the two, neither over its limit."""
        if "text" not in article and "html" not in article:
            raise ValidationError("Missing data for required field: send `text` or `html`.", "text")
        if "text" in article and "html" in article:
            raise ValidationError("Send `text` or `html`, not both.", "html")
        for name, most in (("text", self._most_chars), ("html", self._most_html_chars)):
            if most is not None and len(article.get(name, "")) > most:
                raise ValidationError(f"Longer than {most:,} characters, the limit of this service.", name)

    @post_load
    def make(self, article: Mapping[str, Any], **_: Any) -> Submission:
        """Return the submission, complete with an id."""
        facts = {name: article[name] for name in ("title", "outlet", "url", "published_at")}
        text, html = article.get("text", ""), article.get("html")
        return Submission(Article(article["id"] or _made_up_id(html or text), text, **facts), html)


class BatchSchema(Schema):
    """Several articles; only the documentation uses it, the articles being loaded one by one."""

    articles = fields.List(fields.Nested(ArticleSchema), required=True)
