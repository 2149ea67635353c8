"""An annotated article and its answer, as gold and report have them."""

import pytest

TEXT = "قال الوزير إن الطريق آمن منذ الصباح. وقال المدير إن الجسر مغلق. وأدان الوزير قصف القرية. وقيل إن المطر قريب."
SAID = ("إن الطريق آمن منذ الصباح", "إن الجسر مغلق", "قصف القرية")


def _at(words):
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture(name="gold")
def _gold():
    """Return the gold of an article: the minister, the director, and a condemnation that is optional."""
    speakers = ("الوزير", "المدير", "الوزير")
    relations = [
        {
            "cue": [0, 3],
            "source": None if words == SAID[0] else [0, 3],
            "content": [list(_at(words))],
            "speaker": {"name": speaker},
            "via": [],
            "parent": None,
            "optional": words == SAID[2],
        }
        for words, speaker in zip(SAID, speakers, strict=True)
    ]
    item = {"start": 0, "end": len(TEXT), "outlet": "وكالة"}
    return {"id": "road", "text": TEXT, "relations": relations, "articles": [item]}


@pytest.fixture(name="answered")
def _answered():
    """Return a maker of reports: pairs of words said and speaker, None where there is none."""

    def made(*said):
        return {"id": "road", "attributions": [_attribution(words, speaker) for words, speaker in said]}

    return made


def _attribution(words, speaker):
    start, end = _at(words)
    return {
        "construction": "clause",
        "cue": {"text": "قال", "start": 0, "end": 3},
        "source": None,
        "speaker": speaker and {"name": speaker, "resolution": "named"},
        "content": {"text": words, "spans": [{"text": words, "start": start, "end": end}]},
        "via": [],
        "outlet": None,
        "parent": None,
    }
