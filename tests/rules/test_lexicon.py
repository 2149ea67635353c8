"""The lexicon is linted like code: its entries are well formed, and each proves itself on its own sentences."""

import tomllib
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest

from service import arabic, lexicon
from service.attribution import Article
from service.lexicon import HERE, LexiconError
from service.lexicon.inflection import Part

NAME = "lexicon"
FILES = ("verbs.toml", "phrases.toml", "nouns.toml", "circumstances.toml", "guards.toml", "people.toml")
ENTRIES = lexicon.entries()
EXAMPLES = [(entry.id, sentence) for entry in ENTRIES for sentence in entry.examples]
COUNTEREXAMPLES = [(entry.id, sentence) for entry in ENTRIES for sentence in entry.counterexamples]
CARRIERS = {"jaddada", "karrara"}  # جدد التأكيد على, كرر القول إن: the noun is the cue
ARTICLES = [Article(sentence, sentence) for sentence in dict.fromkeys(sentence for _, sentence in [*EXAMPLES, *COUNTEREXAMPLES])]


def read(name):
    return tomllib.loads((HERE / name).read_text("utf-8"))


def strings(value):
    """Yield every string of a TOML document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from strings(entry)


def rules_of(report_of, sentence):
    return {attribution.rule for attribution in report_of(NAME, ARTICLES, Article(sentence, sentence)).attributions}


def cues_of(sentence):
    forms = lexicon.load().forms
    words = [arabic.key(word) for word in sentence.split()]
    return {verb.id for word in words for key in (word, word[1:] if word[:1] in ("و", "ف") else word) for verb, _ in forms.get(key, ())}


@pytest.mark.parametrize(("entry", "sentence"), EXAMPLES)
def test_an_example_fires_its_entry(entry, sentence, report_of):
    """An example holds an attribution made by its entry; of a carrier, by the word of saying that the carrier's verb governs."""
    fired = rules_of(report_of, sentence)
    assert entry in fired or (entry in CARRIERS and fired and entry in cues_of(sentence))


@pytest.mark.parametrize(("entry", "sentence"), COUNTEREXAMPLES)
def test_a_counterexample_does_not_fire_its_entry(entry, sentence, report_of):
    """A counterexample holds no attribution made by its entry."""
    assert entry not in rules_of(report_of, sentence)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_counterexample_holds_the_word(entry):
    """A counterexample shows a form of its entry: without one it would prove nothing."""
    forms = {key for key, found in lexicon.load().forms.items() if entry in [verb for verb, _ in found]} | set(getattr(entry, "heads", ()))
    for sentence in entry.counterexamples:
        keys = [arabic.key(word) for word in sentence.split()]
        words = {*keys, *map(" ".join, pairwise(keys))}  # a head may be two words
        assert forms & (words | {word[1:] for word in words if word[:1] in ("و", "ف")}), sentence


def test_ids_are_unique():
    """No two entries answer to one name in a report."""
    assert [name for name, count in Counter(entry.id for entry in ENTRIES).items() if count > 1] == []


def test_verbs_are_sorted():
    """Verbs stand in the order of their ids, so that one finds them."""
    ids = [verb.id for verb in lexicon.load().verbs]
    assert ids == sorted(ids)


@pytest.mark.parametrize("name", FILES)
def test_strings_are_tidy(name):
    """Strings are composed, without harakat, tatweel, invisible marks or blanks at their ends; form I bears a fatha on its prefix."""
    for said in strings(read(name)):
        bare = said.replace(arabic.FATHA, "", 1) if said[1:2] == arabic.FATHA and said[:1] == "ي" else said
        assert unicodedata.is_normalized("NFC", said), said
        assert bare == bare.strip(), said
        assert not set(bare) & set(arabic.HARAKAT + arabic.TATWEEL + arabic.INVISIBLE), said


@pytest.mark.parametrize("name", [name for name in FILES if name != "verbs.toml"])
def test_a_list_holds_a_word_once(name):
    """No list names a word twice."""
    repeated = {
        f"{label}: {word}"
        for label, listed in read(name).items()
        if isinstance(listed, list) and all(isinstance(word, str) for word in listed)
        for word, count in Counter(listed).items()
        if count > 1
    }
    assert repeated == set()


def test_a_fatha_marks_only_imperfects():
    """The one vowel sign the data bears is that of form I, on the imperfect's prefix."""
    vowelled = {said for name in FILES for said in strings(read(name)) if arabic.FATHA in said}
    assert vowelled <= {verb.imperfect for verb in lexicon.load().verbs}
    assert all(said[1] == arabic.FATHA and said.count(arabic.FATHA) == 1 for said in vowelled)


def test_no_two_verbs_share_their_principal_parts():
    """A verb is listed once."""
    assert [parts for parts, count in Counter((verb.perfect, verb.imperfect) for verb in lexicon.load().verbs).items() if count > 1] == []


def test_heads_belong_to_one_entry():
    """An according-to head is one entry's."""
    heads = Counter(head for entry in lexicon.load().according_to for head in entry.heads)
    assert [head for head, count in heads.items() if count > 1] == []


def test_a_pseudo_cue_begins_with_a_cue():
    """A pseudo-cue that no form of a verb begins would hold nothing back."""
    forms = lexicon.load().forms
    idle = {pair for pair in lexicon.load().words["pseudo_cue"] if not {pair.split()[0], pair.split()[0].removeprefix("و")} & forms.keys()}
    assert idle == set()


def test_participles_and_masdars_are_forms():
    """What an entry names as participle or masdar is found under it in the index of forms."""
    lexicon_ = lexicon.load()
    for verb in lexicon_.verbs:
        if verb.masdar:
            assert (verb, Part.MASDAR) in [(found, form.part) for found, form in lexicon_.forms[arabic.key(verb.masdar)]]
        if verb.participle:
            feminine = arabic.key(verb.participle) + "ه"
            assert (verb, Part.PARTICIPLE) in [(found, form.part) for found, form in lexicon_.forms[feminine]]


@pytest.fixture(name="lexicon_of")
def _lexicon_of(monkeypatch, tmp_path):
    """Return what loads the lexicon with one of its files exchanged."""

    def loaded(name, content):
        for path in HERE.glob("*.toml"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        (tmp_path / name).write_text(content, "utf-8")
        monkeypatch.setattr(lexicon, "HERE", tmp_path)
        return lexicon.load.__wrapped__()

    return loaded


VERB = """
[[verb]]
id = "qala"
gloss = "say"
perfect = "قال"
imperfect = "يقول"
complements = ["clause"]
examples = ["قال الوزير إن الطريق آمن"]
"""


def test_a_verb_needs_no_more_than_six_lines(lexicon_of):
    """Id, gloss, two principal parts, what it takes and an example make a verb."""
    assert [verb.id for verb in lexicon_of("verbs.toml", VERB).verbs] == ["qala"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('perfct = "قال"', "perfct"),
        ('complements = ["clauses"]', "complements"),
        ('id = "Qala"', "id"),
        ("examples = []", "examples"),
        ('addressee = "often"', "addressee"),
    ],
)
def test_a_wrong_field_is_named(lexicon_of, line, named):
    """An unknown field, or a value the field cannot have, stops the service at its start with the field's name."""
    kept = [kept for kept in VERB.splitlines() if kept.split(" ")[0] != line.split(" ")[0]]
    with pytest.raises(LexiconError, match=named):
        lexicon_of("verbs.toml", "\n".join([*kept, line]))


def test_an_unknown_table_is_refused(lexicon_of):
    """A misspelt table is refused rather than ignored."""
    with pytest.raises(LexiconError, match="verbs"):
        lexicon_of("verbs.toml", VERB.replace("[[verb]]", "[[verbs]]"))


@pytest.mark.stanza
def test_the_models_say_what_was_recorded(held_to_the_models):
    """The recordings of the lexicon's sentences are the models' own words."""
    held_to_the_models(NAME, ARTICLES)
