"""What goes wrong, told in the reader's language; what takes long, told while it does."""

import hashlib
import json

import pytest

from service import create_app
from service.settings import Settings
from tests.web.browsing import answered, desk_of, served
from tests.web.written import TEXT

URL = "**/v1/attributions"


def problem(status, **more):
    """Return what the service answers when it refuses."""
    return json.dumps({"type": "about:blank", "title": "", "status": status, "detail": "words of the service", "request_id": "abc-7", **more})


def told(page, status, body=None, headers=None, text="قال"):
    """Ask, have the service answer as given, and return what the page says."""
    page.route(URL, lambda route: route.fulfill(status=status, body=body, headers={"Content-Type": "application/problem+json", **(headers or {})}))
    page.fill("#text", text)
    page.click("#ask")
    page.wait_for_selector("#trouble:not([hidden])")
    return page.locator("#trouble").inner_text()


@pytest.mark.parametrize(
    ("status", "headers", "arabic", "english"),
    [
        (429, {"Retry-After": "1"}, "أعد المحاولة بعد ثانية.", "Try again in a second."),
        (503, {"Retry-After": "7"}, "أعد المحاولة بعد 7 ثوان.", "Try again in 7 seconds."),
        (503, {"Retry-After": "30"}, "أعد المحاولة بعد 30 ثانية.", "Try again in 30 seconds."),
        (503, {}, "الخدمة مشغولة الآن.", "The service is busy."),
        (500, {}, "وقع خطأ في الخدمة.", "Something went wrong in the service."),
        (413, {}, "النص أكبر مما تقبله الخدمة", "The text is larger than this service takes."),
        (400, {}, "تعذرت قراءة النص", "The text cannot be read"),
    ],
)
def test_refusals(opened, status, headers, arabic, english):
    """Each says what happened, when to come back, and under which number to ask; switching the language says it again."""
    page = opened()
    said = told(page, status, problem(status), headers)
    assert arabic in said
    assert "abc-7" in said
    assert page.locator("#progress").is_hidden()
    page.click("#language")
    page.wait_for_selector("html[lang=en]")
    assert english in page.locator("#trouble").inner_text()


@pytest.mark.parametrize("body", ["<html>502</html>", "", "[]", '"attributions"', "{}", "null"])
def test_an_answer_of_somebody_else_s(opened, body):
    """What is no report is not taken for one, whatever its status says."""
    assert "جاء رد لا تفهمه" in told(opened(), 200, body)


def test_a_proxy_s_page(opened):
    """A gateway's error is told as a fault, its page never shown."""
    assert told(opened(), 502, "<html><b>gateway</b></html>").strip() == "وقع خطأ في الخدمة."


def test_no_network(opened):
    """A service that cannot be reached is told as such."""
    page = opened()
    page.route(URL, lambda route: route.abort())
    page.fill("#text", "قال")
    page.click("#ask")
    page.wait_for_selector("#trouble:not([hidden])")
    assert "تعذر الوصول" in page.locator("#trouble").inner_text()


def test_no_network_for_what_comes_with_the_page(opened):
    """Nor does a sample or a language that cannot be fetched pass in silence."""
    page = opened()
    page.route("**/web/samples/*", lambda route: route.abort())
    page.route("**/web/words/*", lambda route: route.abort())
    for control in ("[data-sample=wire]", "#language"):
        page.click(control)
        page.wait_for_selector("#trouble:not([hidden])")
        assert "تعذر الوصول" in page.locator("#trouble").inner_text()
        page.click("#ask")
        assert "ألصق" in page.locator("#trouble").inner_text()


def test_nothing_to_send(opened):
    """An empty text is not sent."""
    page = opened()
    page.fill("#text", " \n ")
    page.click("#ask")
    assert "ألصق نصا أولا" in page.locator("#trouble").inner_text()


def test_too_long_to_send(opened):
    """The page knows the limit, counts code points, says how far over it the text is, and does not send it."""
    page = opened()
    page.fill("#text", "🌊" * 50_000)
    assert "over" not in page.locator("#length").get_attribute("class")
    page.fill("#text", "🌊" * 50_001)
    assert page.locator("#length.over").inner_text() == "50,001 من 50,000 محرف"
    page.click("#ask")
    assert "50,000" in page.locator("#trouble").inner_text()


def test_more_bytes_than_the_service_takes(opened):
    """The service's own 413 is understood."""
    page = opened()
    page.fill("#text", "🌊" * 40_000)
    page.click("#ask")
    page.wait_for_selector("#trouble:not([hidden])")
    assert "أكبر مما تقبله" in page.locator("#trouble").inner_text()


def test_what_is_wrong_with_which_field(opened):
    """The service's own 422 is told by the field's name on the page."""
    page = opened()
    page.click("details.known summary")
    page.fill("#title", "ع" * 3_000)
    page.fill("#text", TEXT)
    page.click("#ask")
    page.wait_for_selector("#trouble:not([hidden])")
    assert page.locator("#trouble li").inner_text().startswith("العنوان: ")


def test_an_error_is_gone_with_the_next_answer(opened):
    """Nothing of a refusal stays when the next attempt succeeds."""
    page = opened()
    told(page, 503, problem(503), {"Retry-After": "1"})
    page.unroute(URL)
    answered(page)
    assert page.locator("#trouble").is_hidden()


def test_waiting_is_shown_and_can_be_ended(opened, extractor):
    """While the service works the page says so; stopping leaves the text where it was."""
    page = opened()
    extractor.gate.clear()
    try:
        page.fill("#text", TEXT)
        page.click("#ask")
        page.wait_for_selector("#progress:not([hidden])")
        assert page.locator("#status").inner_text() == "قراءة النص جارية…"
        page.click("#stop")
        page.wait_for_selector("#progress", state="hidden")
        assert page.locator("#status").inner_text() == "توقفت القراءة."
        assert page.input_value("#text") == TEXT
    finally:
        extractor.gate.set()
    answered(page)


def test_another_text(page):
    """From an answer the way leads back to the text, which is still there."""
    page.click("#again")
    assert page.locator("#result").is_hidden()
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.input_value("#text") == TEXT


@pytest.fixture(name="keyed", scope="module")
def _keyed(extractor):
    """Return the address of a page whose service asks for the key `first`."""
    settings = Settings(api_keys=(hashlib.sha256(b"first").hexdigest(),))
    with served(create_app(settings, desk_of(extractor, settings))) as address:
        yield address


@pytest.mark.parametrize("wrong", ["", "second", "مفتاح"])
def test_a_key_is_asked_for(opened, keyed, wrong):
    """Without a valid key the page asks for one and takes the reader to its field; with it the answer comes."""
    page = opened(address=keyed)
    page.fill("#key", wrong)
    page.fill("#text", TEXT)
    page.click("#ask")
    page.wait_for_selector("#trouble:not([hidden])")
    assert "مفتاح صحيح" in page.locator("#trouble").inner_text()
    assert page.evaluate("document.activeElement.id") == "key"
    page.fill("#key", "first")
    answered(page)


def test_the_key_is_kept_nowhere(opened, keyed):
    """It lies in its field while the page is open: not in storage, not in the address, and not there after a reload."""
    page = opened(address=keyed)
    page.fill("#key", "first")
    answered(page)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.input_value("#key") == ""
    assert page.url == f"{keyed}/"


def test_no_key_is_asked_for_where_none_is_needed(opened):
    """The field is shown only by services that have keys."""
    assert opened().locator("#key").is_hidden()
