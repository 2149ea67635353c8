"""What the expander would say of the news's words, said beforehand: its dictionary answers for the frequent ones at no cost.

The network spells a form without looking at its neighbours, so that an entry of its own making changes no answer; it spares the asking.
"""

from collections.abc import Mapping
from pathlib import Path

import torch

from service.annotation import StanzaAnnotator
from service.attribution import Passage, Span
from service.paragraphs import lay_out
from service.weights import unverified

LEAST = 3
"""Occurrences from which a form is foreseen: three quarters of what the news holds beyond the dictionary, in 53,000 entries."""

_TOGETHER = 2000
_LONGEST = 25  # letters; the network spells no longer ones


def foreseen(models: Path, counts: Mapping[str, int], least: int = LEAST) -> dict[str, str]:
    """Return the network's own expansions, as the dictionary writes them, of frequent forms that alone have clitics and no entry yet."""
    annotator = StanzaAnnotator(unverified(models))
    known = annotator.expander.processor.trainer.expansion_dict
    forms = sorted(form for form, count in counts.items() if count >= least and form not in known and len(form) <= _LONGEST)
    expansions: dict[str, str] = {}
    with torch.inference_mode():
        for first in range(0, len(forms), _TOGETHER):
            layout = lay_out([Passage(form, (Span(0, len(form)),)) for form in forms[first : first + _TOGETHER]])
            found = [token for sentence in annotator.tokenizer(layout) for token in sentence.tokens if token.has_clitics]
            parted = annotator.expander({layout.original[token.start : token.end] for token in found})
            expansions |= {form: " ".join(words) for form, words in parted.items() if form not in known}
    return expansions


def remember(expander: Path, expansions: Mapping[str, str]) -> None:
    """Add expansions to the dictionary of an expander's file, behind what it holds."""
    checkpoint = torch.load(expander, weights_only=True)
    checkpoint["dict"] = {**expansions, **checkpoint["dict"]}
    torch.save(checkpoint, expander, _use_new_zipfile_serialization=False)
