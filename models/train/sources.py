"""Where every corpus lies under ``--data``, and where it is had when it does not."""

from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True)
class Source:
    """A file or folder the recipe needs, its home and its terms."""

    path: str
    home: str
    terms: str


SOURCES = (
    Source(
        "ud/padt.conllu",
        "Universal Dependencies 1.2 Arabic (PADT), dev part, with surface text rebuilt",
        "CC BY-NC-SA 3.0",
    ),
    Source("ud/pud.conllu", "UD_Arabic-PUD on github.com/UniversalDependencies", "CC BY-SA 3.0"),
    Source(
        "ner/cleananercorp.train.bio",
        "github.com/iwan-rg/CLEANANERCorp @ 8dd850c1, cleananercorp_TRAIN.txt",
        "GPL-3.0 text in the repository",
    ),
    Source(
        "ner/cleananercorp.test.bio",
        "github.com/iwan-rg/CLEANANERCorp @ 8dd850c1, cleananercorp_TEST.txt (only measured on)",
        "GPL-3.0 text in the repository",
    ),
    Source(
        "ner/newsfane_fine.all.bio",
        "NewsFANE Gold, in the history of github.com/bvanaken/visbert @ 8c0f4a8b (only measured with: the test part's text)",
        "CC BY-SA 3.0",
    ),
    Source(
        "ner/caraner.all.bio",
        "github.com/kacst-ncdaai/caraner @ fbc9c9b7, CAraNER.csv",
        "none stated",
    ),
    Source(
        "ner/aqmar.train.bio",
        "AQMAR, as in github.com/edchengg/MyNLP @ c1fa7123, examples/arabicNer/data",
        "CC BY-SA 3.0",
    ),
    Source(
        "ner/wojood_sample_flat.train.bio",
        "github.com/SinaLab/ArabicNER @ ef3a7f4e, data/train.txt, innermost layer dropped",
        "MIT",
    ),
    Source(
        "text/saudinewsnet.txt.xz",
        "github.com/inparallel/SaudiNewsNet @ 4e392399, one paragraph a line",
        "CC BY-NC-SA 4.0, research",
    ),
    Source(
        "text/sanad_khaleej.txt.xz",
        "SANAD, Al-Khaleej part (github.com/aizen991/arabic-Text-classification @ 00c71a6d)",
        "CC BY 4.0",
    ),
    Source(
        "text/antcorpus.txt.xz",
        "github.com/antcorpus/antcorpus.data @ 06f6a10e",
        "Apache-2.0 with citation",
    ),
    Source(
        "text/anc.txt.xz",
        "Arabic Newspapers Corpus (github.com/Nasreddine/arabic_news_papers_for_llms @ 1032da33)",
        "none stated",
    ),
    Source(
        "text/dz_2025.txt.xz",
        "github.com/hamdi-ramdane/S8-WANLP-PROJECT @ 4e76fd9b and its scraper's repository",
        "none stated",
    ),
    Source(
        "text/ahdath_info.txt.xz",
        "github.com/elsayed-issa/Arabic-News-Summaries @ 5b2119c8, ahd22.json",
        "none stated",
    ),
)


def require(data: Path) -> None:
    """Stop with the list of what is missing and where it is had."""
    missing = [source for source in SOURCES if not (data / source.path).exists()]
    if missing:
        lines = [f"  {s.path}\n      from {s.home}\n      terms: {s.terms}" for s in missing]
        raise click.ClickException(f"no such corpora under {data}:\n" + "\n".join(lines))
