"""The command: `python -m benchmarks`; the tables on the terminal, and, where asked, as Markdown and as a picture."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from benchmarks.articles import supply
from benchmarks.measuring import BRIEF, THOROUGH, measure, parts_of
from benchmarks.tables import markdown, show

_FILE = click.Path(dir_okay=False, path_type=Path)
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--part", "parts", multiple=True, type=click.Choice(["core", "http", "workers"]), help="Measure this alone; may be repeated.")
@click.option("--articles", type=_EXISTING, help="JSON lines with a `text` each; invented where not given.")
@click.option("--brief", is_flag=True, help="A look in a minute, no figures to publish.")
@click.option("--markdown", "page", type=_FILE, help="Write the tables there as well.")
@click.option("--picture", type=_FILE, help="Draw `core` and `http` there; needs matplotlib: pip install isnad[benchmark].")
def main(parts: tuple[str, ...], articles: Path | None, brief: bool, page: Path | None, picture: Path | None) -> None:
    """Measure Isnad beside Stanza alone, on this machine, now; some ten minutes."""
    if picture:
        from benchmarks.drawing import draw  # noqa: PLC0415 — an extra, told missing before ten minutes of measuring
    console = Console(stderr=True)
    figures = measure(BRIEF if brief else THOROUGH, supply(articles), parts_of(parts), lambda what: console.print(f"[dim]{what} …[/]"))
    show(figures, Console())
    if page:
        page.write_text(markdown(figures), "utf-8")
    if picture:
        draw(figures, picture)


if __name__ == "__main__":
    main()
