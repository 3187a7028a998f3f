"""Pictures in a real browser: from where somebody has one to an open page, by drop, paste and key."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FileChooser, FilePayload, Page, Route, expect

from tests.journeys.bringing import SAID, bring, drawn
from tests.journeys.conftest import OUT, Open, served
from tests.journeys.installation import Installation, until
from tests.journeys.newsroom import STORM, Newsroom, staffed
from tests.journeys.test_composer import barriers

pytestmark = pytest.mark.browser

PLACE = "[data-composer-place]"
EDITOR = f"{PLACE} .body-editor"
NODE = f"{EDITOR} .node-image"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation for all of these; what each publishes is its own."""
    yield from served(Installation(tmp_path_factory.mktemp("pictures") / "home"))


@pytest.fixture(scope="module")
def room(newsroom: Installation, browser: Browser) -> Newsroom:
    """Its people, who are signed in."""
    return staffed(newsroom, browser)


@pytest.fixture
def desk(room: Newsroom, read: Open) -> Callable[..., Page]:
    """Open the desk as its editor."""

    def opened(**more: Any) -> Page:
        how = {"storage_state": room.signed_in["editor"], "viewport": {"width": 1440, "height": 900}} | more
        page = read(f"{room.installation.url}{STORM}", **how)
        page.wait_for_selector(EDITOR)
        return page

    return opened


def published(room: Newsroom) -> list[dict[str, Any]]:
    """Return what was published, each post's body as the log has it."""
    return [f["payload"] for f in room.installation.log("storm") if f["kind"] == "post.published"]


def ready(page: Page, count: int = 1) -> None:
    """Return once so many pictures are in."""
    expect(page.locator(f"{NODE} .picture-seen[data-of]")).to_have_count(count)


# What moved, and nobody's hand had a part in it. On an open page of the new post alone: it pushes the others down.
SHIFTS = """window.shifted = [];
new PerformanceObserver((list) => list.getEntries().forEach((one) => one.hadRecentInput || window.shifted.push(
  ...one.sources.map(({ node }) => [node?.nodeName, node?.className, !!node?.parentElement?.closest(".post")])
))).observe({ type: "layout-shift", buffered: true });"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


def shifts(page: Page) -> list[Any]:
    """Return what moved on a page, once its first picture has arrived and was painted."""
    page.wait_for_function("() => document.querySelector('figure.picture picture > img')?.naturalWidth")
    page.evaluate(PAINTED)
    found: list[Any] = page.evaluate("window.shifted")
    return found


def hold(page: Page) -> None:
    """Let no piece of a file arrive, and none fail either."""
    held: list[Route] = []
    page.route("**/media/*/", lambda one: held.append(one) if one.request.method == "PATCH" else one.continue_())


def test_a_picture_that_is_dropped_is_on_open_pages_and_at_its_permalink_in_one_movement_and_moves_nothing(
    room: Newsroom, desk: Callable[..., Page], read: Open
) -> None:
    before = len(published(room))
    reader = read(f"{room.installation.url}/live/storm/", listening=SHIFTS, timezone_id="Europe/London")
    page = desk()
    page.evaluate("addEventListener('click', (event) => event.detail && (window.clicked = true), true)")
    bring(page, "drop", ("dusk.jpg", drawn("#345", said=SAID)), to=f"{PLACE} .headline")
    caption = page.get_by_label("Caption")
    expect(caption).to_be_focused()
    expect(caption).to_have_value("The sea wall at dusk.")
    expect(page.get_by_label("Credit")).to_have_value("Nia Vale / Courier")
    expect(page.locator(f"{NODE} .field-note:visible")).to_have_count(2)
    said = page.locator(f"{NODE} .file-said")
    expect(said).to_contain_text("Not for use before 06:00 GMT")
    expect(said).to_contain_text("One use only")
    alt = page.get_by_label("What it shows, for whoever cannot see it")
    expect(alt).to_have_value("")  # a caption is none
    assert barriers(page) == []

    page.keyboard.press("Control+Enter")
    expect(alt).to_be_focused()
    expect(page.locator(f"{NODE} .field-error:visible")).to_have_text(
        "Say what the picture shows, for whoever cannot see it."
    )
    assert len(published(room)) == before
    page.keyboard.type("A wall, and the sea behind it")
    caption.focus()
    page.keyboard.press("End")
    page.keyboard.type(" It holds.")
    expect(page.locator(f"{NODE} .field-note:visible")).to_have_count(1)  # what was looked at is not marked any more
    page.keyboard.press("Control+Enter")
    newest = reader.locator("article.post", has_text="The sea wall at dusk. It holds.")
    shown = newest.locator("figure.picture")
    expect(shown.locator("figcaption")).to_contain_text("The sea wall at dusk. It holds.")
    expect(shown.locator("figcaption")).to_contain_text("Nia Vale / Courier")
    expect(shown.locator("img:not(.blur)")).to_have_attribute("alt", "A wall, and the sea behind it")
    # The day stands once, where it changes: with the newest post, and no more with the one below.
    assert [moved for moved in shifts(reader) if moved[2] and moved[1] != "post-time"] == []
    assert page.evaluate("window.clicked") is None
    (post,) = published(room)[before:]
    (block,) = post["body"]["content"]
    assert (block["attrs"]["width"], block["attrs"]["height"], len(block["attrs"]["digest"])) == (900, 600, 64)
    address = newest.locator(".post-time").get_attribute("href")
    for path in (address, "/live/storm/"):
        fresh = read(f"{room.installation.url}{path}", listening=SHIFTS, timezone_id="Europe/London")
        figure = fresh.locator("figure.picture").first
        expect(figure.locator("img:not(.blur)")).to_have_attribute("alt", "A wall, and the sea behind it")
        expect(figure).to_contain_text("The sea wall at dusk. It holds.")
        expect(figure).to_contain_text("Nia Vale / Courier")
        assert shifts(fresh) == []


def test_what_is_pasted_stands_under_the_cursor_while_one_types_on_and_is_described_by_keys_alone(
    room: Newsroom, desk: Callable[..., Page]
) -> None:
    page = desk()
    before = len(published(room))
    page.locator(EDITOR).press_sequentially("Before.")
    page.keyboard.press("Enter")
    bring(page, "paste", ("image.png", drawn("#543", size=(400, 300))))
    page.keyboard.type("After.")
    ready(page)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")  # the picture
    page.keyboard.press("Enter")
    expect(page.get_by_label("Caption")).to_be_focused()
    page.keyboard.type("From a phone.")
    page.locator(f"{NODE} .focal").focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    told = "What crops keep: 54 % from the left, 40 % from the top. The arrow keys move it."
    expect(page.locator(f"{NODE} .focal")).to_have_attribute("aria-label", told)
    page.get_by_label("Only decoration").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{PLACE} [data-sent]")).to_contain_text(OUT)
    first, picture, last = published(room)[before]["body"]["content"]
    assert (first["content"][0]["text"], last["content"][0]["text"]) == ("Before.", "After.")
    attrs = picture["attrs"]
    assert (attrs["caption"], attrs["focus_x"], attrs["focus_y"], attrs["decorative"]) == (
        "From a phone.",
        54,
        40,
        True,
    )
    assert "alt" not in attrs


def test_several_that_are_chosen_at_once_are_a_gallery_in_the_order_that_keys_give_it(
    room: Newsroom, desk: Callable[..., Page]
) -> None:
    page = desk()
    files = [FilePayload(name=f"{n}.jpg", mimeType="image/jpeg", buffer=drawn(f"#{n}{n}4")) for n in (1, 5, 9)]

    def choose(chooser: FileChooser) -> None:
        assert chooser.is_multiple()
        chooser.set_files(files)

    page.on("filechooser", choose)
    before = len(published(room))
    page.locator(EDITOR).focus()
    page.keyboard.type("/picture")
    expect(page.locator(".editor-menu [aria-selected=true]")).to_contain_text("Pictures from this device")
    page.keyboard.press("Enter")
    ready(page, 3)
    nodes = page.locator(NODE)
    for n, words in enumerate(("first", "second", "third")):
        nodes.nth(n).get_by_label("What it shows").fill(words)
    later = nodes.nth(0).get_by_role("button", name="Later")
    later.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the focus went along
    nodes.nth(0).get_by_role("button", name="Take out").focus()
    assert barriers(page) == []
    page.keyboard.press("Enter")
    expect(page.locator(f"{EDITOR} .node-gallery .node-image")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{PLACE} [data-sent]")).to_contain_text(OUT)
    gallery, single = published(room)[before]["body"]["content"]
    assert [one["attrs"]["alt"] for one in gallery["content"]] == ["third", "first"]
    assert (gallery["type"], single["attrs"]["alt"]) == ("gallery", "second")


def test_a_post_waits_for_its_picture_on_a_network_that_fails_and_goes_out_once(
    room: Newsroom, desk: Callable[..., Page]
) -> None:
    page = desk()
    before = len(published(room))
    failing = True

    def cut(route: Route) -> None:
        if failing and route.request.method == "PATCH":
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.route("**/media/**", cut)
    page.locator(EDITOR).press_sequentially("The wall, now.")
    bring(page, "drop", ("wall.jpg", drawn("#486")))
    expect(page.locator(f"{NODE} .arriving")).to_contain_text("It goes on by itself.")
    page.get_by_label("What it shows").fill("A wall")
    page.keyboard.press("Control+Enter")
    sent = page.locator(f"{PLACE} [data-sent] li")
    expect(sent).to_have_text("Waiting for 1 file; it goes out then.")
    expect(page.locator("[data-outbox]")).to_contain_text("1 waiting to be sent")
    expect(page.locator(NODE)).to_have_count(0)
    assert barriers(page) == []
    page.keyboard.type("Words go before it.")
    page.keyboard.press("Control+Enter")
    until(lambda: len(published(room)) == before + 1, "the words are out")
    failing = False
    page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: page.evaluate("1") and len(published(room)) == before + 2, "the picture is out")
    expect(page.locator("[data-outbox]")).to_be_hidden()
    assert published(room)[-1]["body"]["content"][1]["attrs"]["alt"] == "A wall"


def test_what_is_refused_says_why_and_what_would_be_taken_and_the_rest_of_the_post_stays(
    room: Newsroom, desk: Callable[..., Page]
) -> None:
    page = desk()
    page.locator(EDITOR).press_sequentially("Words that stay.")
    bring(page, "drop", ("wall.jpg", b"MZ this is no picture at all"))
    refused = page.locator(f"{NODE} .arriving.bad")
    expect(refused).to_contain_text("wall.jpg")
    expect(refused).to_contain_text("JPEG")
    page.get_by_label("What it shows").fill("A wall")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{NODE} .field-error:visible")).to_contain_text("not in yet")
    assert barriers(page) == []
    bring(page, "drop", ("notes.pdf", b"%PDF"), kind="application/pdf")
    expect(page.locator(f"{PLACE} [data-pasted]")).to_contain_text("“notes.pdf”: neither a picture")
    right = FilePayload(name="right.jpg", mimeType="image/jpeg", buffer=drawn("#864"))
    page.on("filechooser", lambda chooser: chooser.set_files(right))
    refused.get_by_role("button", name="Choose another file").click()
    ready(page)
    expect(page.get_by_label("What it shows")).to_have_value("A wall")
    expect(page.locator(EDITOR)).to_contain_text("Words that stay.")
    page.get_by_role("button", name="Remove: Picture").click()
    expect(page.locator(NODE)).to_have_count(0)


def test_what_is_under_way_when_the_page_is_loaded_anew_goes_on_with_the_words_around_it(
    room: Newsroom, desk: Callable[..., Page]
) -> None:
    page = desk()
    held: list[Route] = []
    page.route(
        "**/media/*/", lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_()
    )
    bring(page, "drop", ("wall.jpg", drawn("#246")))
    page.get_by_label("Caption").fill("Typed meanwhile.")
    expect(page.locator(f"{NODE} .arriving progress")).to_be_visible()
    on_device = """async () => {
      const open = (name) => new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
      const all = (db, store) => new Promise((done) => {
        db.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result);
      });
      const db = await open("asithappened-desk");
      const [files, drafts] = [await all(db, "files"), await all(db, "drafts")];
      db.close();
      return files.some((one) => one.file && one.url) && JSON.stringify(drafts).includes("Typed meanwhile.");
    }"""
    until(lambda: page.evaluate(on_device), "file and words are on this device")
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    ready(page)
    expect(page.get_by_label("Caption")).to_have_value("Typed meanwhile.")
    page.get_by_role("button", name="Remove: Picture").click()


def test_what_is_cancelled_is_sent_no_further_and_goes_on_when_somebody_says_so(
    room: Newsroom, desk: Callable[..., Page]
) -> None:
    page = desk()
    held: list[Route] = []
    page.route(
        "**/media/*/", lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_()
    )
    bring(page, "drop", ("wall.jpg", drawn("#642")))
    page.get_by_label("Caption").fill("Typed before.")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(f"{NODE} .arriving")).to_contain_text("Stopped.")
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Go on").click()
    ready(page)
    expect(page.get_by_label("Caption")).to_have_value("Typed before.")
    page.get_by_role("button", name="Remove: Picture").click()
