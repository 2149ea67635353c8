"""brat standoff: annotations beside a text that stays as it is, for brat and whatever else reads `.ann` files.

Content, cue, source and via are text-bound (T); relations (R) lead from each content to its cue, its source, its media and the content around it;
attributes (A) give type and construction, a note (#) the speaker. Every attribution has a content, but not every one a cue: hence no events, which
would need a trigger. The `annotation.conf` that goes with it is in docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from service.attribution import Attribution, Report, Span
from service.exports.outgoing import Outgoing

_SEPARATOR = "\t"  # between the fields of a line, hence never within one


def written(outgoing: Sequence[Outgoing]) -> bytes:
    """Return the `.ann` file of one report.

    Raises:
        ValueError: several reports; the format has one file for each text.
    """
    if len(outgoing) != 1:
        raise ValueError("brat standoff is one file an article")
    return "".join(f"{line}\n" for line in _lines(outgoing[0].report)).encode()


def fragments(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans without line breaks and tabs, cut in two around them: a line of the format holds the words themselves."""
    found: list[Span] = []
    for span in spans:
        start = span.start
        for line in span.of(text).replace(_SEPARATOR, "\n").splitlines(keepends=True):
            words = line.splitlines()[0]
            if words:
                found.append(Span(start, start + len(words)))
            start += len(line)
    return found


def _lines(report: Report) -> Iterator[str]:
    bound, related, attributed = count(1), count(1), count(1)
    contents = {attribution.id: f"T{next(bound)}" for attribution in report.attributions}
    for number, attribution in enumerate(report.attributions, 1):
        content = contents[attribution.id]
        yield _bound(report.text, content, "Content", attribution.content)
        for kind, span in _parts(attribution):
            part = f"T{next(bound)}"
            yield _bound(report.text, part, kind, (span,))
            yield f"R{next(related)}\t{kind} Arg1:{content} Arg2:{part}"
        if attribution.parent is not None:
            yield f"R{next(related)}\tWithin Arg1:{content} Arg2:{contents[attribution.parent]}"
        yield f"A{next(attributed)}\tSpeech {content} {attribution.type.value}"
        yield f"A{next(attributed)}\tConstruction {content} {attribution.construction.value}"
        yield f"#{number}\tAnnotatorNotes {content}\t{_note(attribution)}"


def _parts(attribution: Attribution) -> Iterator[tuple[str, Span]]:
    """Yield the cue, the source and the media, the nearest to the reader first."""
    if attribution.cue is not None:
        yield "Cue", attribution.cue
    if attribution.source is not None:
        yield "Source", attribution.source
    for via in attribution.via:
        yield "Via", via.span


def _bound(text: str, name: str, kind: str, spans: Sequence[Span]) -> str:
    pieces = fragments(text, spans)
    offsets = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
    return f"{name}\t{kind} {offsets}\t{' '.join(piece.of(text) for piece in pieces)}"


def _note(attribution: Attribution) -> str:
    """Return the speaker, the rule and the confidence in one line."""
    speaker = attribution.speaker
    who = "؟" if speaker is None else "، ".join(part for part in (speaker.name, speaker.role) if part)
    return " ".join(f"{who} ({attribution.rule} {attribution.confidence})".split())
