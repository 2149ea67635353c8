"""Stand in for the scorer beside the gold: words are what blanks part, names are equal or not, pairs are taken in order of overlap."""

import re
from collections import Counter


class Tally(Counter):
    """Counts by name."""

    def get(self, name):
        """Return a count, nought where nothing was counted."""
        return self[name]


def words(text, spans):
    return frozenset(start + word.start() for start, end in spans for word in re.finditer(r"\S+", text[start:end]))


def jaccard(one, other):
    return len(one & other) / len(one | other) if one | other else 0.0


def spans_of(attribution, key):
    return [(span["start"], span["end"]) for span in attribution[key]["spans"]]


def same_speaker(name, gold):
    return name == gold["name"]


def pair(annotated, answered, floor):
    ranked = sorted(((jaccard(gold, words_), i, j) for i, gold in enumerate(annotated) for j, words_ in enumerate(answered)), reverse=True)
    found, taken = [], set()
    for overlap, i, j in ranked:
        if overlap >= floor and ("gold", i) not in taken and ("answer", j) not in taken:
            taken |= {("gold", i), ("answer", j)}
            found.append((i, j, overlap))
    return found


def score_article(gold, report, tally, _errors):
    relations, said = gold["relations"], report["attributions"]
    annotated = [words(gold["text"], relation["content"]) for relation in relations]
    answered = [words(gold["text"], spans_of(attribution, "content")) for attribution in said]
    optional = [gold_words for gold_words, relation in zip(annotated, relations, strict=True) if relation.get("optional")]
    tally["pred"] += sum(all(jaccard(gold_words, words_) < 0.5 for gold_words in optional) for words_ in answered)
    tally["wsw"] += sum(
        overlap >= 0.8 and not relations[i].get("optional") and same_speaker((said[j]["speaker"] or {}).get("name"), relations[i]["speaker"])
        for i, j, overlap in pair(annotated, answered, 0.5)
    )
