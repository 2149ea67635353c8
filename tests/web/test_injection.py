"""Text stays text: whatever an article, a headline, an outlet or an answer holds, nothing of it becomes markup or runs."""

import json

import pytest

from tests.web.browsing import answered

MISCHIEF = [
    "<script>window['hit']=1</script>",
    "<img/src=x/onerror=window['hit']=1>",
    "<svg/onload=window['hit']=1>",
    "\"'><b/id=hit>",
    "</p></article></body><h1>x</h1>",
    "javascript:window['hit']=1",
    "{{7*7}}${7*7}",
    "&lt;script&gt;window['hit']=1&lt;/script&gt;",
]


def unharmed(page):
    """Tell that nothing ran and nothing was made."""
    return page.evaluate("window.hit === undefined && !document.querySelector('#hit, main script, main img, main svg[onload], h1 ~ h1')")


@pytest.mark.parametrize("mischief", MISCHIEF)
def test_in_everything_that_is_shown(opened, mischief):
    """As text, speaker, via, headline and outlet it is shown letter by letter, in every part of the page."""
    page = opened()
    page.click("details.known summary")
    page.fill("#title", mischief)
    page.fill("#outlet", mischief)
    word = mischief.replace(" ", "")
    text = f"{mischief}\nقال {word} إن {mischief} انتهى. {mischief}"
    answered(page, text)
    page.hover("#article .cue")
    assert unharmed(page)
    assert page.locator("#article").evaluate("article => article.textContent") == text
    for place in ("#items", "#speakers", "#card .who", "#card .said", "#card .path", "#graph .node"):
        assert mischief in page.locator(place).first.evaluate("element => element.textContent"), place


def test_in_every_string_of_an_answer(opened):
    """A report all of whose words are markup, as no service of ours gives, still makes none."""
    page = opened()
    evil = "<img src=x onerror=window.hit=1>"
    span = {"text": evil, "start": 0, "end": 3}
    speaker = {"id": evil, "name": evil, "type": evil, "role": evil, "resolution": evil}
    attribution = {
        **dict.fromkeys(("type", "construction", "rule", "outlet"), evil),
        **dict.fromkeys(("cue", "source"), span),
        "id": 0,
        "article": 0,
        "parent": None,
        "confidence": 0.5,
        "speaker": speaker,
        "content": {"text": evil, "spans": [{**span, "end": 6}]},
        "via": [{**span, "name": evil}],
    }
    title, outlet = {"text": evil, "start": 0, "end": 9}, {"name": evil, "evidence": evil}
    item = {"index": 0, "role": evil, "start": 0, "end": 9, "title": title, "outlet": outlet, "credits": [evil, evil], "published_at": evil}
    known = {"id": evil, "name": evil, "type": evil, "roles": [evil], "mentions": [span], "attributions": [0]}
    versions = dict.fromkeys(("service", "stanza", "models", "lexicon"), evil)
    report = {"id": evil, "articles": [item], "attributions": [attribution], "speakers": [known], "versions": versions}
    page.route("**/v1/attributions", lambda route: route.fulfill(status=200, body=json.dumps(report), headers={"Content-Type": "application/json"}))
    answered(page, "قال الوزير إن الأمر انتهى.")
    page.hover("#article .cue")
    page.locator(".chip input").first.check(force=True)
    page.locator("#speakers button").first.click()
    page.click("#language")
    page.wait_for_selector("html[lang=en]")
    assert unharmed(page)
    assert page.locator("main img").count() == 0
    assert evil in page.locator("#items").inner_text()


def test_in_an_error(opened):
    """Nor do the words of a refusal."""
    page = opened()
    evil = "<img src=x onerror=window.hit=1>"
    body = json.dumps({"status": 422, "request_id": evil, "errors": [{"pointer": f"/{evil}", "detail": evil}]})
    page.route("**/v1/attributions", lambda route: route.fulfill(status=422, body=body, headers={"Content-Type": "application/problem+json"}))
    page.fill("#text", "قال")
    page.click("#ask")
    page.wait_for_selector("#trouble:not([hidden])")
    assert unharmed(page)
    assert evil in page.locator("#trouble").inner_text()


SINKS = [
    "document.body.innerHTML = '<b>x</b>'",
    "document.write('x')",
    "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "Object.assign(document.createElement('script'), { text: 'window.hit = 1' })",
    "document.createElement('a').insertAdjacentHTML('beforeend', '<b>x</b>')",
]


def test_the_policy_forbids_making_markup_of_text(browser, site):
    """Even if a script of ours tried: the browser refuses to make HTML or script of a string."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(site)
        tried = {sink: page.evaluate(f"() => {{ try {{ {sink}; return 'done'; }} catch (error) {{ return error.name; }} }}") for sink in SINKS}
        assert tried == dict.fromkeys(SINKS, "TypeError")
    finally:
        context.close()


def test_the_policy_forbids_what_is_not_ours(browser, site):
    """No script, style or connection but our own, inline ones included."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(site)
        script = """async () => {
            const refused = new Set();
            const all = new Promise((resolve) => document.addEventListener("securitypolicyviolation", (event) => {
                if (refused.add(event.effectiveDirective).size === 4) resolve();
            }));
            const style = document.head.appendChild(document.createElement("style"));
            style.textContent = "body { color: red }";
            document.body.setAttribute("style", "color: red");
            await fetch("https://elsewhere.invalid/").catch(() => null);
            const image = document.body.appendChild(document.createElement("img"));
            image.src = "https://elsewhere.invalid/x.png";
            await all;
            return [...refused];
        }"""
        assert set(page.evaluate(script)) == {"style-src-elem", "style-src-attr", "connect-src", "img-src"}
    finally:
        context.close()
