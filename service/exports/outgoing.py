"""A report on its way out of the house, and the names that others may call its parts by: IRIs that depend on nothing but the answer."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from service.attribution import Report

TERMS = "urn:isnad:term:"
"""What stands before the terms that no public vocabulary has: cue, source, via, construction."""
_BARRED = frozenset(' "<>\\^`{|}')  # by RFC 3987, from every IRI


@dataclass(frozen=True)
class Outgoing:
    """A report, the address its article was published at, and whether to send the text along to a reader who has not seen it."""

    report: Report
    url: str | None = None
    carries_text: bool = False

    @cached_property
    def address(self) -> str | None:
        """The address where it is one that can be followed, and so can be named in linked data; anything else is only a client's note."""
        try:
            parts = urlsplit(self.url or "")
        except ValueError:
            return None
        is_iri = self.url is not None and self.url.isprintable() and not _BARRED & set(self.url)
        return self.url if is_iri and parts.scheme in {"http", "https"} and parts.netloc else None

    @cached_property
    def iri(self) -> str:
        """The report's name: the same for the same id and text."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{TERMS}report {self.report.id} {self.text_iri}')}"

    @cached_property
    def text_iri(self) -> str:
        """The text's name, its SHA-256 (RFC 6920): offsets count in this text and in no other."""
        digest = hashlib.sha256(self.report.text.encode("utf-8", "surrogatepass")).digest()
        return f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"

    def part(self, name: str) -> str:
        """Return the name of a part of the report, such as `attribution-0`."""
        return f"{self.iri}#{name}"
