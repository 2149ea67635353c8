"""What the site's hooks do to a page."""

import pytest

from docs.hooks.direction import directed, is_arabic
from docs.hooks.examples import on_page_markdown as draw
from docs.hooks.links import on_page_markdown as link


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("قال الوزير إن الطريق آمن", True),
        ("قال is a verb of saying", False),
        ("a verb: قال فلان إن الطريق آمن", False),
        ("12, 13", False),
        ("", False),
    ],
)
def test_what_is_arabic(text, arabic):
    """A text is Arabic that begins so and is mostly so; an English sentence that cites a word is not."""
    assert is_arabic(text) is arabic


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<p>Nothing here.</p>", "<p>Nothing here.</p>"),
        ("<p>قال فلان.</p>", '<p dir="rtl" lang="ar">قال فلان.</p>'),
        ("<p>A cue (قال، وفقا لـ) and more</p>", '<p>A cue (<bdi lang="ar">قال، وفقا لـ</bdi>) and more</p>'),
        ("<p>So: قال فلان: «…» and أكد.</p>", '<p>So: <bdi lang="ar">قال فلان: «…»</bdi> and <bdi lang="ar">أكد</bdi>.</p>'),
        ("<p>See <em>that</em> قال and <b>this</b>.</p>", '<p>See <em>that</em> <bdi lang="ar">قال</bdi> and <b>this</b>.</p>'),
        ("<p>The verb <code>قال</code> says</p>", '<p>The verb <code dir="rtl" lang="ar">قال</code> says</p>'),
        ('<pre><code>{"text": "قال فلان."}</code></pre>', '<pre><code>{"text": "<bdi lang="ar">قال فلان.</bdi>"}</code></pre>'),
        (
            "<p>قال فلان <small>A verb, أكد too</small></p>",
            '<p dir="rtl" lang="ar">قال فلان <small dir="ltr" lang="en">A verb, <bdi lang="ar">أكد</bdi> too</small></p>',
        ),
    ],
)
def test_arabic_is_isolated(content, shown):
    """Arabic blocks run from right to left; Arabic words among others are set apart, in code whole strings with their full stops."""
    assert directed(content) == shown


def test_a_head_stands_over_its_column():
    """The head of a column of Arabic is set to the right as its cells are, whatever they lack."""
    body = "<tr><td>قال</td><td>say</td></tr><tr><td></td><td>add</td></tr>"
    table = directed(f"<table><thead><tr><th>Cue</th><th>Gloss</th></tr></thead><tbody>{body}</tbody></table>")
    assert '<th data-over="rtl">Cue</th><th>Gloss</th>' in table


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[deploy/nginx.conf](../deploy/nginx.conf)", "`deploy/nginx.conf`"),
        ("[the card](../models/README.md#terms)", "the card (`models/README.md`)"),
        ("[`models/`](../models/README.md)", "`models/` (`models/README.md`)"),
        ("[the API](api.md#offsets)", "[the API](api.md#offsets)"),
        ("![a picture](../web/picture.png)", "![a picture](../web/picture.png)"),
    ],
)
def test_links_out_of_the_pages(markdown, shown):
    """A link that leads out of docs/ is shown as the path it names; others stay."""
    assert link(markdown) == shown


EXAMPLE = """Before.

```toml example
text = "قال الوزير <b> إن الطريق آمن."
[[attribution]]
cue = "قال"
source = "الوزير"
contents = ["إن الطريق آمن"]
```

After."""


def test_an_example_is_drawn():
    """The sentence bears its parts, what is not stated is null, and no letter of it is taken for a tag."""
    drawn = draw(EXAMPLE)
    assert '<span class="cue">قال</span> <span class="source">الوزير</span> &lt;b&gt; <span class="content">إن الطريق آمن</span>.' in drawn
    assert '<tr><th>cue</th><td class="cue">قال</td></tr>' in drawn
    assert drawn.startswith("Before.")
    assert drawn.endswith("After.")


def test_an_example_without_attributions_says_so():
    """A sentence that must not fire is drawn plain."""
    assert "<p>No attribution.</p>" in draw('```toml example\ntext = "نام القط."\n```')


def test_what_is_nested_bears_both_marks():
    """A stretch that is part of two attributions is marked as both; a second occurrence is marked where it stands."""
    drawn = draw(
        '```toml example\ntext = "قال أحمد إن أحمد حذر"\n[[attribution]]\ncue = "قال"\ncontents = ["إن أحمد حذر"]\n'
        '[[attribution]]\ncue = "حذر"\nsource = "أحمد#2"\ncontents = ["إن أحمد"]\nparent = 0\n```'
    )
    assert '<span class="source content">أحمد</span>' in drawn
    assert '<td class="source">أحمد</td>' in drawn
    assert "<tr><th>source</th><td><code>null</code></td>" in drawn
