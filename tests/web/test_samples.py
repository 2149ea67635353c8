"""The three samples, through the models and rules of this repository, as a visitor sees them first."""

import pytest

from service.web.page import SAMPLES
from tests.web.browsing import parts

KINDS = {"direct", "indirect"}
CONSTRUCTIONS = {"clause", "colon", "relay", "circumstantial", "according_to"}


@pytest.fixture(name="sampled")
def _sampled(opened, deployed):
    """Return an opener of a sample's answer."""

    def sampled(name):
        page = opened(address=deployed)
        page.click(f"[data-sample={name}]")
        page.wait_for_selector("#result:not([hidden])")
        return page

    return sampled


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_shows_what_there_is_to_see(sampled, name):
    """One click shows direct and indirect speech, a relay, a circumstantial, an according-to, a nested attribution, a via and an outlet."""
    page = sampled(name)
    choices = {kind: set(page.locator(f"input[name={kind}]").evaluate_all("all => all.map(each => each.value)")) for kind in ("type", "construction")}
    assert choices["type"] >= KINDS
    assert choices["construction"] >= CONSTRUCTIONS
    assert page.locator("#article .content .content").count() > 0
    assert page.locator("#article .via").count() > 0
    assert "من سطر المصدر" in page.locator("#items").inner_text()
    assert page.locator("#article").evaluate("article => article.textContent") == page.input_value("#text")


def test_a_chain_in_the_wire_story(sampled):
    """The dock workers' words came by the captain, the paper and the agency, and the picture says so."""
    page = sampled("wire")
    cue = page.locator("#article .cue", has_text="أبلغوه")
    assert "".join(parts(page, int(cue.get_attribute("data-attribution")), "content")) == "بأن الرافعات أصلحت كلها"
    cue.hover()
    assert page.locator("#card .path li > :last-child").all_text_contents() == ["عمال الرصيف", "سامر الزيات", "المرفأ", "وكالة أنباء الساحل"]


def test_pasting_into_the_service_as_it_is(opened, deployed):
    """An article with emoji before what is said is marked where it was said."""
    page = opened(address=deployed)
    page.fill("#text", "🌍👩🏽‍🔬 قالت وزيرة البيئة إن الغابات تعافت من الحريق.")
    page.click("#ask")
    page.wait_for_selector("#result:not([hidden])")
    assert [parts(page, 0, part) for part in ("cue", "source", "content")] == [["قالت"], ["وزيرة البيئة"], ["إن الغابات تعافت من الحريق"]]
