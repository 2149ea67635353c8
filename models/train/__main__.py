"""The recipe that made the weights: one command a stage, in order; the last asks what a choice gains."""

from pathlib import Path
from typing import Any

import click
import torch

from models.train import ablation, sources, stages, teaching

ROOT = Path(__file__).parents[2]


@click.group(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path), default=ROOT.parent / "shared" / "data", show_default=True, help="The corpora.")
@click.option("--work", type=click.Path(path_type=Path), default=ROOT.parent / "models-work", show_default=True, help="What the stages hand on.")
@click.option("--seed", default=2026, show_default=True)
@click.pass_context
def recipe(context: click.Context, data: Path, work: Path, seed: int) -> None:
    """Check the corpora, then run a stage."""
    sources.require(data)
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    context.obj = stages.Place(data, work, ROOT / "models", seed)


@recipe.command()
@click.pass_obj
def prepare(place: stages.Place) -> None:
    """Tokenise the news and count its words."""
    stages.prepare(place)


@recipe.command()
@click.pass_obj
def tokenize(place: stages.Place) -> None:
    """Train tokenizer and multi-word expander, in rounds."""
    stages.tokenize(place)


@recipe.command()
@click.pass_obj
def vectors(place: stages.Place) -> None:
    """Train word vectors on the news."""
    stages.vectors(place)


@recipe.command()
@click.pass_obj
def pretrain(place: stages.Place) -> None:
    """Teach the tagger's encoder what company words keep."""
    stages.pretrain(place)


@recipe.command()
@click.option("--measure", is_flag=True, help="Keep a part back, report on it, save nothing.")
@click.option("--encoder/--no-encoder", default=True, show_default=True, help="Start from the encoder that has read raw news.")
@click.pass_obj
def ner(place: stages.Place, *, measure: bool, encoder: bool) -> None:
    """Train the tagger on names alone, without a teacher."""
    stages.ner(place, measure=measure, encoder=encoder)


@recipe.command()
@click.option("--measure", is_flag=True, help="Keep a part of the gold back and report on it.")
@click.pass_obj
def teach(place: stages.Place, *, measure: bool) -> None:
    """Let a transformer read the news, learn the names and label news (wants a GPU: ten minutes on one, weeks without)."""
    teaching.teach(place, measure=measure)


@recipe.command()
@click.option("--measure", is_flag=True, help="The part that the teacher did not see is kept back here too; save nothing.")
@click.pass_obj
def distil(place: stages.Place, *, measure: bool) -> None:
    """Train the tagger on the labelled news and on gold."""
    teaching.distil(place, measure=measure)


@recipe.command()
@click.option("--to", "target", type=click.Path(path_type=Path), default=None, help="Instead of models/.")
@click.pass_obj
def package(place: stages.Place, target: Path | None) -> None:
    """Lay the weights out for Stanza, with their manifest."""
    stages.package(place, target or place.models)


@recipe.command()
@click.pass_obj
def foresee(place: stages.Place) -> None:
    """Fill the packaged expander's dictionary with what it says of frequent words."""
    stages.foresee(place)


@recipe.command()
@click.option("--of", "models", type=click.Path(path_type=Path), default=None, help="Instead of models/.")
@click.pass_obj
def evaluate(place: stages.Place, models: Path | None) -> None:
    """Measure the packaged weights on everything held out."""
    stages.evaluate(place, models or place.models)


@recipe.command()
@click.option("--encoder", is_flag=True, help="Start from the encoder that has read raw news.")
@click.option("--hidden", default=256, show_default=True, help="Units of either direction.")
@click.option("--words", type=click.IntRange(1), default=None, help="Keep only the vectors of the most frequent words.")
@click.option("--renamed", type=click.FloatRange(0, 1), default=0.3, show_default=True, help="Share of the persons called otherwise in the copies.")
@click.option("--share", type=click.FloatRange(0.05, 1), default=1.0, show_default=True, help="Share of the gold sentences.")
@click.option("--beside", type=click.Choice(sorted(ablation.SIDE_CORPORA)), multiple=True, help="Learn another corpus's tags beside the names.")
@click.pass_obj
def ablate(place: stages.Place, /, **choices: Any) -> None:
    """Train a tagger at a small fixed budget with other choices; report, save nothing."""
    for part, scores in ablation.run(place, ablation.Choices(**choices)).items():
        stages.show(scores, f"names, {part}")


if __name__ == "__main__":
    recipe()
