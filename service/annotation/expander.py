"""Clitics parted from their host (وقال → و + قال): Stanza's trained expander, asked once for each form and only where it is heard.

Stanza expands a form without looking at its neighbours, so that remembering is exact. Where the model's dictionary knows a form, Stanza has
the network spell it all the same and drops what it said; here it is not asked. The other forms are spelt together, step by step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.common.seq2seq_constant import EOS, EOS_ID, PAD_ID, SOS, SOS_ID, UNK_ID, VOCAB_PREFIX
from torch.nn.utils.rnn import pad_sequence

REMEMBERED_EXPANSIONS = 8_192
"""Surface forms whose expansion is kept, some 3 MB, beside those in the model's dictionary; a full memory is begun anew."""

BEAM = 5
"""Spellings followed at once: what Stanza 1.15 does whatever the model asks for, since its `predict` takes the size for another argument."""

_TOGETHER = 100


@dataclass
class Expander:
    """Expands surface forms, each once."""

    processor: Any  # Stanza's, untyped; absent from a models directory without clitics
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the expansion of each form, one element where there is nothing to part."""
        asked = sorted(forms)  # an order of our own: a set's changes from process to process
        fresh = [form for form in asked if form not in self.known]
        answer = {form: self.known[form] for form in asked if form in self.known} | self._expanded(fresh)
        if len(self.known) + len(fresh) > REMEMBERED_EXPANSIONS:
            self.known.clear()
        self.known.update((form, answer[form]) for form in fresh)
        return answer

    def _expanded(self, forms: Sequence[str]) -> dict[str, tuple[str, ...]]:
        if self.processor is None or not forms:
            return {form: (form,) for form in forms}
        listed = {form: self._listed(form) for form in forms}
        spelt = [form for form, expansion in listed.items() if expansion is None]
        if self.processor.config["dict_only"]:
            return {form: _parted(form, expansion or form) for form, expansion in listed.items()}
        usual = [form for form in spelt if self._is_usual(form)]
        unusual = {form: self._alone(form) for form in spelt if not self._is_usual(form)}
        return {form: _parted(form, expansion) for form, expansion in listed.items() if expansion} | dict(self._spelt(usual)) | unusual

    def _listed(self, form: str) -> str | None:
        """Return what the model's dictionary says of a form, where the model heeds one."""
        config = self.processor.config
        found: str | None = self.processor.trainer.dict_expansion(form) if config["dict_only"] or config.get("ensemble_dict") else None
        return found

    def _is_usual(self, form: str) -> bool:
        """Tell whether the network has seen all the letters; with one it has not, Stanza lets it borrow from its neighbours in the batch."""
        return not self.processor.config.get("force_exact_pieces") and all(letter in self.processor.vocab for letter in form)

    def _alone(self, form: str) -> tuple[str, ...]:
        """Have Stanza expand a form by itself."""
        document = StanzaDocument([[{"id": (1,), "text": form, "misc": "MWT=Yes"}]])
        self.processor.process(document)
        return tuple(word.text for word in document.sentences[0].tokens[0].words)

    def _spelt(self, forms: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each form and how the network spells it; what it spells as one word stays as it is."""
        vocabulary = self.processor.vocab
        ordered = sorted(forms, key=len, reverse=True)
        for first in range(0, len(ordered), _TOGETHER):
            batch = ordered[first : first + _TOGETHER]
            source = pad_sequence([torch.tensor(vocabulary.map([SOS, *form, EOS])) for form in batch], batch_first=True, padding_value=PAD_ID)
            for form, letters in zip(batch, spellings(self.processor.trainer.model, source), strict=True):
                yield form, _parted(form, "".join(vocabulary.unmap([letter for letter in letters if letter >= len(VOCAB_PREFIX)])))


def _parted(form: str, expansion: str) -> tuple[str, ...]:
    words = tuple(word for word in expansion.split(" ") if word)
    return words if len(words) > 1 else (form,)


def spellings(model: Any, source: Any) -> list[list[int]]:
    """Return the best spelling of each row of `source` as letters of the model's vocabulary, by a search along `BEAM` of them at once.

    Stanza's own search, for all rows together: its beams are objects, each advanced by itself, which takes ten times as long.
    `source` holds forms sorted by length, the longest first, with `SOS` and `EOS`, padded.
    """
    model.eval()
    embedded, rows, lengths, mask = model.embed(source, torch.eq(source, PAD_ID), None, None)
    context, (hidden, cell) = model.encode(embedded, lengths)
    context, mask = context.repeat(BEAM, 1, 1), mask.repeat(BEAM, 1)
    hidden, cell = hidden.repeat(BEAM, 1), cell.repeat(BEAM, 1)
    letters = torch.full((rows, BEAM), PAD_ID)
    letters[:, 0] = SOS_ID
    scores = torch.zeros(rows, BEAM)
    steps: list[tuple[list[list[int]], list[list[int]]]] = []
    ended = [0] * rows  # steps after which a row's best spelling was complete
    for step in range(1, model.max_dec_len + 1):
        read = letters.t().reshape(-1, 1)
        read = model.embedding(read.masked_fill(read >= model.vocab_size, UNK_ID))
        chances, (hidden, cell) = model.decode(read, hidden, cell, context, mask, src=source, never_decode_unk=True)
        chances = chances.view(BEAM, rows, -1).transpose(0, 1)
        totals = chances[:, 0] if step == 1 else (chances + scores[:, :, None]).flatten(1)
        scores, best = totals.topk(BEAM)
        origins, letters = best // chances.shape[2], best % chances.shape[2]
        places = (origins * rows + torch.arange(rows)[:, None]).t().flatten()
        hidden, cell = hidden[places], cell[places]
        steps.append((origins.tolist(), letters.tolist()))
        ended = [end or (step if steps[-1][1][row][0] == EOS_ID else 0) for row, end in enumerate(ended)]
        if all(ended):
            break
    return [_traced(steps[: ended[row] or len(steps)], row) for row in range(rows)]


def _traced(steps: Sequence[tuple[list[list[int]], list[list[int]]]], row: int) -> list[int]:
    """Return the letters of a row's best spelling, followed back from its last step to the first, up to its end."""
    found, beam = list[int](), 0
    for origins, letters in reversed(steps):
        found.append(letters[row][beam])
        beam = origins[row][beam]
    found.reverse()
    return found[: found.index(EOS_ID)] if EOS_ID in found else found
