"""A reporter in the rain with a phone in one hand: what the thumb reaches, and a network that comes and goes."""

import base64
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.journeys.bringing import drawn
from tests.journeys.conftest import served
from tests.journeys.installation import Installation, until
from tests.journeys.newsroom import STORM, Newsroom, staffed

pytestmark = pytest.mark.browser

PLACE: Final = "[data-composer-place]"
EDITOR: Final = f"{PLACE} .body-editor"
PUBLISH: Final = f"{PLACE} .primary[value=publish]"
PICTURE: Final[FilePayload] = {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": drawn("#456", size=(600, 400))}

# Of a store on this device, all that it holds, as text.
ON_DEVICE: Final = """store => new Promise(resolve => {
  const asked = indexedDB.open("asithappened-desk");
  asked.onsuccess = () => {
    const db = asked.result;
    if (!db.objectStoreNames.contains(store)) { db.close(); return resolve("[]"); }
    const all = db.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { db.close(); resolve(JSON.stringify(all.result)); };
  };
})"""
KEPT: Final = """async () => {
  const all = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) all[new URL(asked.url).pathname] = await (await cache.match(asked)).text();
  }
  return all;
}"""
ACTIVE: Final = "async () => (await navigator.serviceWorker.getRegistration('/desk/'))?.active?.state === 'activated'"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Newsroom]:
    """A newsroom whose people are signed in."""
    for one in served(Installation(tmp_path_factory.mktemp("phone") / "home")):
        yield staffed(one, browser)


@pytest.fixture
def phone(room: Newsroom) -> Iterator[Callable[..., BrowserContext]]:
    """Give somebody a phone."""
    made: list[BrowserContext] = []

    def taken(who: str = "editor", *, width: int = 360, height: int = 740, **more: Any) -> BrowserContext:
        context = room.context(
            who, viewport={"width": width, "height": height}, has_touch=True, is_mobile=True, device_scale_factor=2,
            **more,
        )  # fmt: skip
        context.set_default_timeout(30_000)
        made.append(context)
        return context

    yield taken
    for context in made:
        context.close()


def published(room: Newsroom) -> list[dict[str, Any]]:
    """Return what was published, as the log has it."""
    return [fact["payload"] for fact in room.installation.log("storm") if fact["kind"] == "post.published"]


def at_desk(context: BrowserContext, room: Newsroom, path: str = STORM) -> Page:
    """Open the desk, and return once its composer can be used."""
    page = context.new_page()
    page.goto(room.installation.url + path)
    page.locator(EDITOR).wait_for(state="attached")
    return page


def test_the_chosen_tab_is_in_sight_and_covers_nothing_of_the_bar(
    phone: Callable[..., BrowserContext], room: Newsroom
) -> None:
    page = at_desk(phone(), room, f"{STORM}?tab=ledger")
    expect(page.locator("[data-tab=ledger]")).to_be_in_viewport(ratio=1)
    above, below = page.locator(".bar").bounding_box(), page.locator("[data-panel]").bounding_box()
    assert above
    assert below
    assert below["y"] >= above["y"] + above["height"] - 2, "a line and its rounding may lie over one another"


def ready(page: Page) -> None:
    """Return once the device has what it needs without a network."""
    until(lambda: page.evaluate(ACTIVE), "the worker has what it keeps")
    until(lambda: "storm" in page.evaluate(ON_DEVICE, "known"), "the device knows who works here")


def photograph(page: Page, button: str = f"{PLACE} [data-camera]") -> None:
    """Take a picture with the phone's camera: one tap, and the system's own."""
    with page.expect_file_chooser() as asked:
        page.locator(button).tap()
    assert asked.value.element.get_attribute("capture") == "environment"
    asked.value.set_files(PICTURE)


def top_of(page: Page, what: str) -> float:
    """Return how far below the window's top something begins."""
    box = page.locator(what).bounding_box()
    assert box, what
    return box["y"]


OUT_OF_REACH: Final = """() => {
  const found = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`wider than the screen by ${wide} px`);
  const pressed = "button, summary, .button, .tab, .chip, input:not([type=radio], [type=checkbox])";
  for (const one of document.querySelectorAll(pressed)) {
    const { width, height } = one.getBoundingClientRect();
    const seen = one.checkVisibility({ visibilityProperty: true }) && width > 2;
    if (!seen || one.closest(".as-read, .visually-hidden") || height >= 43.5) continue;
    found.push(`${one.outerHTML.slice(0, 90)} is ${height} px high`);
  }
  return found;
}"""


@pytest.mark.parametrize(("width", "height"), [(360, 740), (740, 360)])
def test_what_is_done_on_a_phone_is_at_the_thumb_large_enough_and_nothing_scrolls_sideways(
    room: Newsroom, phone: Callable[..., BrowserContext], width: int, height: int
) -> None:
    page = at_desk(phone(width=width, height=height), room)
    thumb = height * 0.6
    for what in ("[data-grow]", f"{PLACE} [data-camera]", "[data-tab=drafts]", "[data-to-timeline]"):
        assert thumb < top_of(page, what) <= height - 43, what
    assert page.evaluate(OUT_OF_REACH) == []
    page.locator("[data-grow]").tap()
    expect(page.locator(EDITOR)).to_be_focused()
    assert page.evaluate(OUT_OF_REACH) == []

    def publish_at_the_thumb(window: int) -> None:
        assert window - 90 < top_of(page, PUBLISH) <= window - 43

    publish_at_the_thumb(height)
    page.locator(EDITOR).fill("\n".join(f"Line {n}" for n in range(40)))
    publish_at_the_thumb(height)
    page.set_viewport_size({"width": width, "height": height // 2})  # as a keyboard leaves it
    publish_at_the_thumb(height // 2)
    assert top_of(page, EDITOR) < height // 2 - 60
    page.set_viewport_size({"width": width, "height": height})
    page.locator("[data-put-down]").tap()
    expect(page.locator(PUBLISH)).to_be_hidden()
    page.locator("[data-tab=drafts]").tap()
    expect(page.locator("[data-panel]")).to_be_visible()
    page.locator("[data-to-timeline]").tap()
    expect(page.locator("[data-panel]")).to_be_hidden()


def test_a_post_with_a_picture_is_out_once_though_the_app_was_closed_and_opened_without_a_network(
    room: Newsroom, phone: Callable[..., BrowserContext]
) -> None:
    before = len(published(room))
    context = phone()
    page = at_desk(context, room)
    ready(page)
    context.set_offline(True)
    photograph(page)
    described = page.get_by_label("What it shows, for whoever cannot see it")
    expect(described).to_be_focused()
    page.locator(PUBLISH).tap()
    expect(described).to_be_focused()  # asked for again
    described.fill("A wall, and the sea behind it")
    page.locator(f"{PLACE} .headline").fill("The wall holds")
    page.locator(PUBLISH).tap()
    expect(page.locator("[data-outbox]")).to_contain_text("1 waiting to be sent")
    until(lambda: "The wall holds" in page.evaluate(ON_DEVICE, "outbox"), "it waits on this device")
    page.close(run_before_unload=False)

    page = at_desk(context, room, "/desk/app/")  # cold, and nothing answers
    expect(page.locator(PLACE)).to_contain_text("Without a network.")
    expect(page.locator("[data-outbox]")).to_contain_text("1 waiting to be sent")
    page.locator(EDITOR).fill("And it rains.")
    page.locator(PUBLISH).tap()
    expect(page.locator("[data-outbox]")).to_contain_text("2 waiting to be sent")
    assert len(published(room)) == before
    page.reload()
    expect(page.locator("[data-outbox]")).to_contain_text("2 waiting to be sent")
    context.set_offline(False)
    expect(page.locator("[data-outbox]")).to_be_hidden()
    until(lambda: len(published(room)) == before + 2, "both are out")
    page.reload()
    page.locator("[data-screen]").wait_for()
    words, picture = sorted(published(room)[before:], key=lambda post: str(post.get("title", "")))
    assert words["body"]["content"][0]["content"][0]["text"] == "And it rains."
    assert picture["title"] == "The wall holds"
    (shown,) = picture["body"]["content"]
    assert (shown["attrs"]["alt"], shown["attrs"]["width"]) == ("A wall, and the sea behind it", 600)
    assert page.evaluate(ON_DEVICE, "outbox") == "[]"


def test_what_waits_is_sent_by_the_worker_when_no_window_is_open(
    room: Newsroom, phone: Callable[..., BrowserContext]
) -> None:
    before = len(published(room))
    context = phone()
    page = at_desk(context, room)
    ready(page)
    context.set_offline(True)
    photograph(page)
    page.get_by_label("What it shows, for whoever cannot see it").fill("A wall")
    page.locator(PUBLISH).tap()
    until(lambda: "A wall" in page.evaluate(ON_DEVICE, "outbox"), "it waits on this device")
    page.goto("about:blank")
    context.set_offline(False)
    wakes = context.new_cdp_session(page)
    registered: list[str] = []

    def told(what: dict[str, Any]) -> None:
        registered.extend(one["registrationId"] for one in what["registrations"] if one["scopeURL"].endswith("/desk/"))

    wakes.on("ServiceWorker.workerRegistrationUpdated", told)
    wakes.send("ServiceWorker.enable")
    until(lambda: page.evaluate("1") and registered, "the worker is known")
    woken = {"origin": room.installation.url, "registrationId": registered[0], "tag": "outbox", "lastChance": False}
    wakes.send("ServiceWorker.dispatchSyncEvent", woken)
    until(lambda: len(published(room)) == before + 1, "it is out")
    (shown,) = published(room)[-1]["body"]["content"]
    assert (shown["attrs"]["alt"], shown["attrs"]["width"]) == ("A wall", 600)
    page = at_desk(context, room)
    assert page.evaluate(ON_DEVICE, "outbox") == "[]"
    assert len(published(room)) == before + 1


HAND_OVER = """([at, words, picture]) => {
  const how = { method: "post", action: at, enctype: "multipart/form-data" };
  const form = Object.assign(document.createElement("form"), how);
  for (const [name, value] of Object.entries(words)) {
    form.append(Object.assign(document.createElement("input"), { name, value, type: "hidden" }));
  }
  if (picture) {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
    data.items.add(new File([bytes], "wall.jpg", { type: "image/jpeg" }));
    const input = Object.assign(document.createElement("input"), { name: "files", type: "file" });
    input.files = data.files;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}"""


def test_what_another_app_hands_over_becomes_a_draft_where_its_person_says_and_not_before(
    room: Newsroom, phone: Callable[..., BrowserContext]
) -> None:
    before = len(published(room))
    context = phone("owner")
    page = at_desk(context, room)
    ready(page)
    page.reload()  # answered for by the worker from now on
    words = {"title": "A page", "text": "Look at https://127.0.0.1/page", "url": ""}
    page.evaluate(HAND_OVER, ["/desk/app/share/", words, base64.b64encode(PICTURE["buffer"]).decode()])
    page.wait_for_url("**/desk/app/?do=share")
    shown = page.locator("[data-shared]")
    expect(shown.locator("img")).to_have_js_property("complete", True)
    expect(shown).to_contain_text("Look at https://127.0.0.1/page")
    assert "Look at" not in page.evaluate(ON_DEVICE, "drafts")
    page.get_by_role("button", name="Storm Isolde: what we know").tap()
    page.wait_for_url(f"**{STORM}**")
    expect(page.locator(f"{EDITOR} .node-image .picture-seen[data-of]")).to_be_visible()
    expect(page.locator(EDITOR)).to_contain_text("Look at")
    # What cannot be looked up, as this machine's own addresses never can, stays a link.
    expect(page.locator(f"{EDITOR} a[href='https://127.0.0.1/page']")).to_have_text("A page")
    assert page.evaluate(ON_DEVICE, "shared") == "[]"
    assert len(published(room)) == before


def test_what_is_handed_over_where_no_worker_is_yet_becomes_a_draft_by_two_more_taps(
    room: Newsroom, phone: Callable[..., BrowserContext]
) -> None:
    before = len(published(room))
    page = at_desk(phone("editor", service_workers="block"), room)
    words = {"title": "", "text": "The ferry is in port", "url": ""}
    page.evaluate(HAND_OVER, ["/desk/app/share/", words, ""])
    page.get_by_role("button", name="Send it again").tap()  # the server takes nothing of another app unasked
    expect(page.locator("[data-shared]")).to_contain_text("The ferry is in port")
    page.get_by_role("button", name="Storm Isolde: what we know").tap()
    page.wait_for_url(f"**{STORM}**")
    expect(page.locator(EDITOR)).to_contain_text("The ferry is in port")
    assert page.evaluate(ON_DEVICE, "shared") == "[]"
    assert len(published(room)) == before


def test_a_phone_keeps_nothing_of_a_person_who_has_signed_out_and_shows_no_other_what_they_wrote(
    room: Newsroom, phone: Callable[..., BrowserContext]
) -> None:
    context = phone("contributor")  # whose session ends here: nobody else has it
    page = at_desk(context, room)
    ready(page)
    kept = page.evaluate(KEPT)
    assert {path.split(".")[0] for path in kept} == {
        "/desk/app/", "/static/desk", "/static/desk-app", "/static/desk-editor", "/static/desk-reading",
        "/static/desk-upload", "/static/house-newsreader", "/static/house-source-sans", "/static/reader-newsreader",
        "/static/reader-source-sans",
    }  # fmt: skip
    assert not any(
        word in text for text in kept.values() for word in ("Nia Vale", "Storm Isolde", 'csrfmiddlewaretoken" ')
    )
    page.locator(".me summary").tap()
    page.locator("form[data-sign-out] button").tap()
    page.wait_for_url(f"{room.installation.url}/")
    assert "Nia" not in page.evaluate(ON_DEVICE, "known")
    page.goto(f"{room.installation.url}/desk/app/")
    expect(page.get_by_role("heading", name="Nobody is signed in on this device")).to_be_visible()
    context.set_offline(True)
    page.goto(f"{room.installation.url}{STORM}")
    expect(page.get_by_role("heading", name="The network is away")).to_be_visible()
    expect(page.locator(EDITOR)).to_have_count(0)
