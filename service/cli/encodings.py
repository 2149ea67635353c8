"""In which encoding a file is: never guessed into an answer, but told, so that its owner may say so."""

from __future__ import annotations

import re
from typing import NamedTuple

from charset_normalizer import from_bytes

UTF_8 = "utf-8"
_ARABIC = ("cp1256", "iso8859_6", "utf_16", "utf_16_le", "utf_16_be", "cp720", "mac_arabic", "cp864")
"""What Arabic files are in when they are not in UTF-8, the commonest first."""
_LIKELY_ARABIC = 0.5  # share of Arabic among the letters of a text read rightly
_OPENING = 30  # code points shown for the owner to judge by
_DECLARATION = re.compile(rb"<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # bytes; browsers look no further than 1,024


class Likely(NamedTuple):
    """An encoding in which bytes read as Arabic, and how the text opens in it."""

    encoding: str
    opening: str


def likely(content: bytes) -> Likely | None:
    """Return the encoding in which `content` reads best as Arabic; None where it does in none."""
    best = from_bytes(content, cp_isolation=list(_ARABIC)).best()
    text = "" if best is None else content.decode(best.encoding, "replace").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    return Likely(best.encoding, text.strip()[:_OPENING]) if best is not None and _is_arabic(text) else None


def declared(html: bytes) -> str | None:
    """Return the encoding that a page of HTML says it is in."""
    found = _DECLARATION.search(html[:_DECLARED_WITHIN])
    return found[1].decode("ascii", "replace") if found else None


def decoded(content: bytes, encoding: str) -> str:
    """Return the text of a file without its byte order mark, which is no part of it.

    Raises:
        ValueError: it is not in `encoding`, or there is no such encoding; the message says which, and what to try.
    """
    try:
        text = content.decode(encoding).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except LookupError as error:
        raise ValueError(f"unknown encoding {encoding}") from error
    except UnicodeError as error:
        place = f" (byte {error.start:,})" if isinstance(error, UnicodeDecodeError) else ""
        raise ValueError(f"not {encoding}{place}{_advice(content)}") from error
    if "\0" in text and (other := likely(content)) is not None and other.encoding != encoding:
        raise ValueError(f"hardly {encoding}, having NULs{_told(other)}")  # UTF-16 of letters and blanks alone is UTF-8 to a decoder
    return text


def _advice(content: bytes) -> str:
    other = likely(content)
    return "" if other is None else _told(other)


def _told(other: Likely) -> str:
    return f"; it reads as Arabic in {other.encoding} («{other.opening}…»): try --encoding {other.encoding}"


def _is_arabic(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    arabic = sum("\N{ARABIC LETTER HAMZA}" <= character <= "\N{ARABIC LETTER YEH BARREE}" for character in letters)
    return bool(letters) and arabic > _LIKELY_ARABIC * len(letters)
