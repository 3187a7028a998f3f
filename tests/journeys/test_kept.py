"""Nothing typed is lost: a window is killed, the line is cut, an answer lost, the session ends, in one night's work."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation, until

pytestmark = pytest.mark.browser

FIELD = "form[data-composer=write] .ProseMirror"
STATE = "form[data-composer=write] [data-state]"
NO_DATABASE = "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no', 'SecurityError'); }})"


def at_desk(context: BrowserContext, url: str, script: str = "") -> Page:
    """Open the desk in a window, and return once its composer is there."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.add_init_script(script)
    page.goto(url)
    page.locator(FIELD).wait_for()
    return page


def typed(page: Page, words: str) -> None:
    """Type at the end of what stands in the composer."""
    page.locator(FIELD).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def published(installation: Installation) -> list[str]:
    """Return the words of each post, as the log has them in order."""
    facts = [fact for fact in installation.log("storm") if fact["kind"] == "post.published"]
    return [
        re.sub(r"\W+", " ", "".join(re.findall(r"'text': '([^']*)'", str(fact["payload"])))).strip() for fact in facts
    ]


def owner(installation: Installation, read: Open) -> tuple[BrowserContext, str]:
    """Open a live blog, and return its owner's browser and where its desk is."""
    link = installation.as_json("invite", "olu@courier.example", "--admin", "--name", "Olu Owner")["link"]
    first = read(link)
    first.click("main button:has-text('Sign in')")
    first.wait_for_url("**/desk/**")
    first.goto(f"{installation.url}/desk/open/")
    first.fill("#id_title", "Storm Isolde")
    first.fill("#id_slug", "storm")
    first.click("button:text-is('Open it')")
    first.wait_for_url("**/desk/live/storm/**")
    context = first.context
    first.close()
    return context, f"{installation.url}/desk/live/storm/"


def test_what_is_typed_comes_back_and_is_published_once_whatever_happens(
    installation: Installation, read: Open
) -> None:
    context, url = owner(installation, read)
    page = at_desk(context, url)
    typed(page, "The wall holds")
    expect(page.locator(STATE)).to_contain_text("Saved")
    typed(page, " for now")
    until(lambda: page.evaluate(ON_DEVICE, "for now"), "this device has it")
    page.close(run_before_unload=False)
    page = at_desk(context, url)
    expect(page.locator(FIELD)).to_have_text("The wall holds for now")

    context.set_offline(True)  # two posts wait, in order, and survive their window
    page.keyboard.press("Escape")
    page.locator(FIELD).press("Control+Enter")
    typed(page, "The second")
    page.locator(FIELD).press("Control+Enter")
    expect(page.locator("[data-outbox] p")).to_have_text("2 waiting to be sent")
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = at_desk(context, url)
    until(lambda: len(published(installation)) == 2, "both are published")
    assert published(installation) == ["The wall holds for now", "The second"]

    def lost(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route("**/write/", lost, times=1)
    typed(page, "The third")
    page.locator(FIELD).press("Control+Enter")
    expect(page.locator("[data-sent]")).to_contain_text("Open", timeout=20_000)
    assert len(published(installation)) == 3

    cookies = context.cookies()
    context.clear_cookies()
    typed(page, "The fourth")
    page.locator(FIELD).press("Control+Enter")
    expect(page.locator("[data-signed-out]")).to_contain_text("You are signed out.")
    assert page.locator("[data-signed-out] a[data-when=out]").get_attribute("target") == "_blank"
    typed(page, "And on")
    context.add_cookies(
        [{"name": c["name"], "value": c["value"], "domain": c["domain"], "path": c["path"]} for c in cookies]
    )  # as signing in again in another tab does
    expect(page.locator("[data-signed-out]")).to_be_hidden()
    until(lambda: len(published(installation)) == 4, "what waited is published")
    expect(page.locator(STATE)).to_contain_text("Saved")

    context.set_offline(True)  # and signing out asks about what is only here
    typed(page, ", unsaved")
    until(lambda: page.evaluate(ON_DEVICE, "unsaved"), "this device has it")
    page.locator(".me summary").click()
    page.locator("form[data-sign-out] button").click()
    expect(page.locator("dialog[data-leaving]")).to_contain_text("only on this device")
    page.locator("[data-choice=stay]").click()
    context.set_offline(False)
    expect(page.locator(STATE)).to_contain_text("Saved")
    page.close()

    private = at_desk(context, url, NO_DATABASE)
    typed(private, "Nowhere else")
    expect(private.locator("[data-status-line]")).to_contain_text("keeps no copy on this device")
    expect(private.locator(STATE)).to_contain_text("Saved")


def test_what_was_refused_says_so_until_somebody_acts_and_what_no_composer_shows_is_saved_too(
    installation: Installation, read: Open
) -> None:
    context, url = owner(installation, read)
    page = at_desk(context, url)
    typed(page, "The tide is out")
    expect(page.locator(STATE)).to_contain_text("Saved")
    asked = page.evaluate(PRESSED, FIELD)
    assert [path for path in asked if path.endswith("/write/")], "the key's own task sends it, and waits for nothing"
    until(lambda: published(installation) == ["The tide is out"], "it is published")

    no = {"refused": [{"code": "no", "message": "Not while the moon is up.", "field": ""}]}
    page.route("**/write/", lambda route: route.fulfill(status=409, json=no), times=1)
    typed(page, "Refused")
    page.locator(FIELD).press("Control+Enter")
    refusal = page.locator("form[data-composer=write] [data-refusal]")
    expect(refusal).to_have_text("Not published: Not while the moon is up.")
    expect(page.locator(STATE)).to_contain_text("Saved")  # though nobody has typed since
    typed(page, " at first")
    expect(page.locator(STATE)).to_contain_text("Saving")
    expect(page.locator(STATE)).to_contain_text("Saved")
    expect(refusal).to_have_text("Not published: Not while the moon is up.")
    page.locator(FIELD).press("Control+Enter")
    expect(refusal).to_be_empty()
    until(lambda: len(published(installation)) == 2, "the second is published")

    typed(page, "The first draft")
    expect(page.locator(STATE)).to_contain_text("Saved")
    page.close(run_before_unload=False)
    page = at_desk(context, url)
    expect(page.locator(FIELD)).to_have_text("The first draft")
    page.locator(FIELD).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Seen by nobody")
    drafts = f"{url}drafts/"
    told = context.request.get(drafts, headers=JSON).json()
    mine = {"version": 1, "author": told["forms"]["draft"]["author"], "once": "elsewhere", "writer": "other", "turn": 1}
    body = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Elsewhere"}]}]}
    sent = {"X-CSRFToken": told["csrf"], **JSON}
    assert context.request.post(drafts, headers=sent, data={**mine, "do": "save", "seen": 0, "body": body}).ok

    def unsaved(route: Route) -> None:
        if "save" in str(route.request.post_data):
            route.abort()
        else:
            route.continue_()

    page.route("**/drafts/", unsaved)
    typed(page, " yet")
    page.locator("[data-tab=drafts]").click()
    page.locator("[data-panel] a[data-draft]", has_text="Elsewhere").click()
    expect(page.locator(FIELD)).to_have_text("Elsewhere")
    expect(page.locator("[data-lacking]")).to_contain_text("1 draft is only on this device yet")
    page.unroute("**/drafts/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-lacking]")).to_be_hidden()
    kept = context.request.post(drafts, headers=sent, data={"version": 1, "do": "mine"}).json()["drafts"]
    assert "Seen by nobody yet" in [draft["words"] for draft in kept]


JSON = {"Accept": "application/json"}
# Presses Ctrl and Enter, and returns what was asked of the server before the key's own task ended.
PRESSED = """field => {
  const asked = [], real = window.fetch;
  window.fetch = (path, how) => { asked.push(String(path)); return real(path, how); };
  const key = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
  document.querySelector(field).dispatchEvent(new KeyboardEvent("keydown", key));
  window.fetch = real;
  return asked;
}"""
# Whether a copy on this device holds some words.
ON_DEVICE = """words => new Promise(resolve => {
  const asked = indexedDB.open("asithappened-desk");
  asked.onerror = () => resolve(false);
  asked.onsuccess = () => {
    const all = asked.result.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => { asked.result.close(); resolve(JSON.stringify(all.result).includes(words)); };
  };
})"""


def test_what_waits_for_a_server_is_sent_as_soon_as_it_answers_however_long_it_was_away(
    installation: Installation, read: Open
) -> None:
    context, url = owner(installation, read)
    page = context.new_page()
    page.clock.install()
    page.goto(url)
    page.wait_for_selector(FIELD)
    page.clock.resume()
    page.route("**/storm/**", lambda route: route.abort("connectionrefused"))
    typed(page, "Water at the door")
    expect(page.locator(STATE)).to_contain_text("Only on this device")
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)
    for _ in range(8):  # tries lie half a minute apart by now
        page.clock.run_for(20_000)
        page.evaluate(ON_DEVICE, "door")
    page.unroute("**/storm/**")
    with page.expect_response("**/beat/"):
        page.clock.run_for(2_500)
    expect(page.locator(STATE)).to_contain_text("Saved")
