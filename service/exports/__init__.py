"""Reports in other people's formats: what each is called, by which media type it is asked for, and who writes it.

Every writer is a function of the reports alone: the same answer gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from service.exports import page, quotations, spreadsheet, standoff, webanno
from service.exports.outgoing import Outgoing

__all__ = ["FORMS", "Form", "Outgoing"]


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its name on the command line, its media type, the ending of its files, and its writer."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Sequence[Outgoing]], bytes]


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("webanno", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', ".anno.jsonld", webanno.written),
        Form("schema", 'application/ld+json; profile="https://schema.org"', ".schema.jsonld", quotations.written),
        Form("csv", "text/csv; charset=utf-8", ".csv", spreadsheet.written),
        Form("html", "text/html; charset=utf-8", ".html", page.written),
        Form("brat", "text/vnd.brat.standoff; charset=utf-8", ".ann", standoff.written),
    )
}
