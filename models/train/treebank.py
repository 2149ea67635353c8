"""UD treebank as surface tokens: read CoNLL-U, cut paragraphs into sentences, write it back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TERMINAL = frozenset(".؟?!")
CLOSING = frozenset("\"'»”’)]")
ELLIPSIS_LENGTH = 3


@dataclass(frozen=True)
class Token:
    """A surface token and the words that the treebank splits it into (one: no clitic)."""

    text: str
    words: tuple[str, ...]
    space_after: bool = True

    @property
    def is_multiword(self) -> bool:
        """Whether clitics are split off."""
        return len(self.words) > 1


Sentence = tuple[Token, ...]


@dataclass(frozen=True)
class Paragraph:
    """Sentences that stood together, and the document they came from."""

    document: str
    sentences: tuple[Sentence, ...]


def read(path: Path) -> Iterator[Paragraph]:
    """Every treebank unit as a one-sentence paragraph, before any re-splitting."""
    document, rows = "", list[list[str]]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id = "):
            document = line.removeprefix("# sent_id = ")
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            yield Paragraph(document, (_surface(rows),))
            rows = []


def _surface(rows: list[list[str]]) -> Sentence:
    tokens, position = list[Token](), 0
    while position < len(rows):
        identifier, form, spacing = rows[position][0], rows[position][1], rows[position][9]
        size = 1
        if "-" in identifier:
            first, last = map(int, identifier.split("-"))
            size = last - first + 1
            position += 1
        words = tuple(row[1] for row in rows[position : position + size])
        tokens.append(Token(form, words, "SpaceAfter=No" not in spacing))
        position += size
    return tuple(tokens)


def split_sentences(tokens: Sentence) -> tuple[Sentence, ...]:
    """Cut a newswire paragraph after each run of full stops, question or exclamation marks.

    Closing quotes and brackets glued to the run go with it. Not cut: a stop after a
    lone letter (the title د. or an initial), and an ellipsis, in brackets or not.
    """
    sentences, start, position = list[Sentence](), 0, 0
    while position < len(tokens):
        end = _run_end(tokens, position)
        if end > position:
            end = _with_closers(tokens, end)
            if _ends_sentence(tokens, position, end):
                sentences.append(tokens[start:end])
                start = end
        position = max(end, position + 1)
    if start < len(tokens):
        sentences.append(tokens[start:])
    return tuple(sentences)


def _run_end(tokens: Sentence, position: int) -> int:
    while position < len(tokens) and tokens[position].text in TERMINAL:
        position += 1
    return position


def _with_closers(tokens: Sentence, end: int) -> int:
    while end < len(tokens) and not tokens[end - 1].space_after and tokens[end].text in CLOSING | TERMINAL:
        end += 1
    return end


def _ends_sentence(tokens: Sentence, first: int, end: int) -> bool:
    marks = "".join(token.text for token in tokens[first:end])
    if marks.startswith("." * ELLIPSIS_LENGTH) or not tokens[end - 1].space_after:
        return False
    before = tokens[first - 1].text if first else ""
    return not (marks == "." and len(before) == 1 and before.isalpha())


def is_complete(sentence: Sentence) -> bool:
    """Whether it ends in a terminal mark; a headline or a dateline does not."""
    return any(token.text in TERMINAL for token in sentence[-4:])


def render(sentence: Sentence) -> str:
    """The sentence as it stands in running text."""
    pieces = (token.text + (" " if token.space_after else "") for token in sentence)
    return "".join(pieces).strip()


def to_conllu(sentences: Iterable[Sentence], *, expand: bool = True) -> str:
    """CoNLL-U with flat dummy trees; ``expand=False`` hides the words, as an expander's input."""
    return "".join(_sentence_conllu(sentence, expand=expand) + "\n" for sentence in sentences)


def _sentence_conllu(sentence: Sentence, *, expand: bool) -> str:
    lines, number = [f"# text = {render(sentence)}"], 1
    for token in sentence:
        spacing = [] if token.space_after else ["SpaceAfter=No"]
        if token.is_multiword and expand:
            last = number + len(token.words) - 1
            lines.append(f"{number}-{last}\t{token.text}" + "\t_" * 7 + f"\t{_misc(spacing)}")
            words, misc = token.words, "_"
        else:
            hidden = ["MWT=Yes"] if token.is_multiword else []
            words, misc = (token.text,), _misc(spacing + hidden)
        for word in words:
            lines.append(f"{number}\t{word}" + "\t_" * 4 + f"\t{number - 1}\tdep\t_\t{misc}")
            number += 1
    return "\n".join(lines) + "\n"


def _misc(features: list[str]) -> str:
    return "|".join(features) or "_"
