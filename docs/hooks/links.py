"""Links out of `docs/` into the repository, which the site does not hold: shown as the paths they name."""

from __future__ import annotations

import posixpath
import re
from typing import Any

_OUT = re.compile(r"(?<!!)\[([^\]]+)\]\((\.\./[^)\s#]*)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page's Markdown with a path in the place of each link that leads out of `docs/`."""
    return _OUT.sub(lambda link: _shown(link[1], posixpath.normpath(link[2].removeprefix("../"))), markdown)


def _shown(label: str, path: str) -> str:
    """Return the label, the path behind it unless the label is the path already."""
    said = label.strip("`")
    return f"`{path}`" if said.rstrip("/") in (path, posixpath.basename(path)) else f"{label} (`{path}`)"
