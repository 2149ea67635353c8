"""Annotation by offsets joins its texts again, and with no other text."""

import hashlib
import json
import lzma

import pytest

from tests import annotated, floor

TEXT = "قال الوزير إن السد اكتمل."
RECORD = {
    "id": "one",
    "digest": hashlib.sha256(TEXT.encode()).hexdigest()[:16],
    "item": {"start": 0, "end": 25, "title": None, "outlet": "صحيفة الأفق", "aliases": [], "credits": []},
    "relations": [
        {
            "cue": [0, 3],
            "source": [4, 10],
            "content": [[11, 24]],
            "type": "indirect",
            "speaker": [4, 10],
            "aliases": ["معالي الوزير"],
            "via": [],
            "parent": None,
            "optional": False,
        }
    ],
}


@pytest.fixture(name="home")
def _home(tmp_path, monkeypatch):
    for part in annotated.PARTS:
        tmp_path.joinpath(f"{part}.jsonl").write_text(json.dumps(RECORD, ensure_ascii=False) + "\n", "utf-8")
    monkeypatch.setattr(annotated, "HERE", tmp_path)
    return tmp_path


@pytest.mark.usefixtures("home")
def test_names_are_read_off_the_text():
    """A place becomes the words that stand there; a name that stands nowhere is itself."""
    one = annotated.gold("read", {"one": {"text": TEXT}})[0]
    assert one["relations"][0]["speaker"] == {"name": "الوزير", "aliases": ["معالي الوزير"]}
    assert one["articles"][0]["outlet"] == "صحيفة الأفق"
    assert one["text"] == TEXT


@pytest.mark.usefixtures("home")
def test_another_text_is_refused():
    """Offsets into another text would point anywhere."""
    with pytest.raises(ValueError, match="one: its text is not the one"):
        annotated.gold("read", {"one": {"text": TEXT + "."}})


@pytest.mark.usefixtures("home")
def test_a_file_an_article(tmp_path):
    """Each part's articles are written where the scorer can read them."""
    collection = tmp_path / "shared" / "data" / "articles.jsonl.xz"
    collection.parent.mkdir(parents=True)
    with lzma.open(collection, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "one", "text": TEXT}, ensure_ascii=False) + "\n")
    files = annotated.written(tmp_path / "shared", tmp_path / "built")
    assert {part: [path.name for path in paths] for part, paths in files.items()} == {"read": ["one.json"], "unread": ["one.json"]}
    assert json.loads(files["read"][0].read_text("utf-8"))["relations"][0]["content"] == [[11, 24]]


def test_paragraphs_of_raw_news_are_an_article(tmp_path, home):
    """An article that lies among the raw news is its lines, joined."""
    for part in annotated.PARTS:
        record = {**RECORD, "id": part, "paragraphs": ["raw.txt.xz", 1, 2]}
        home.joinpath(f"{part}.jsonl").write_text(json.dumps({**record, "digest": _digest(f"{TEXT}\nثم سكت.")}) + "\n", "utf-8")
    data = tmp_path / "shared" / "data"
    data.joinpath("text").mkdir(parents=True)
    with lzma.open(data / "articles.jsonl.xz", "wt", encoding="utf-8") as lines:
        lines.write("")
    with lzma.open(data / "text" / "raw.txt.xz", "wt", encoding="utf-8") as lines:
        lines.write(f"سطر قبله.\n{TEXT}\nثم سكت.\nسطر بعده.\n")
    files = annotated.written(tmp_path / "shared", tmp_path / "built")
    assert json.loads(files["unread"][0].read_text("utf-8"))["text"] == f"{TEXT}\nثم سكت."


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_nothing_without_the_texts(tmp_path):
    """Where the texts are not, there is nothing to score."""
    assert annotated.written(tmp_path, tmp_path / "built") == {}


def test_no_article_stands_in_both_parts():
    """What is never read is not among what is."""
    parts = [{json.loads(line)["id"] for line in (annotated.HERE / f"{part}.jsonl").read_text("utf-8").splitlines()} for part in annotated.PARTS]
    assert all(parts)
    assert not set.intersection(*parts)


@pytest.mark.skipif(not (floor.SHARED / "data" / "articles.jsonl.xz").is_file(), reason="the texts lie in ../shared")
def test_every_place_lies_in_its_text(tmp_path):
    """No offset of the committed annotation points outside its article, and contents hold words."""
    for files in annotated.written(floor.SHARED, tmp_path).values():
        for path in files:
            one = json.loads(path.read_text("utf-8"))
            for relation in one["relations"]:
                assert all(one["text"][start:end].strip() for start, end in relation["content"])
                assert relation["speaker"]["name"]


@pytest.mark.parametrize("part", annotated.PARTS)
def test_no_stretch_of_an_article_is_copied(part):
    """A name that stands nowhere in one piece is written out, and is short: the texts are not ours to keep."""
    records = [json.loads(line) for line in (annotated.HERE / f"{part}.jsonl").read_text("utf-8").splitlines()]
    named = [name for record in records for one in record["relations"] for name in (one["speaker"], *one["aliases"], *one["via"])]
    items = [record["item"] for record in records]
    named += [name for item in items for name in (item["title"], item["outlet"], *item["aliases"], *item["credits"])]
    assert named
    assert not [name for name in named if isinstance(name, str) and len(name.split()) > 6]
