"""The composer in a real browser: by keyboard alone, refused, without its editor, and met by another."""

import threading
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OUT, Open, served
from tests.journeys.installation import Installation
from tests.outbound.conftest import site
from tests.outbound.site import Site, said

__all__ = ["site"]

pytestmark = pytest.mark.browser

EDITOR = "[data-composer-place] .body-editor"
IN_ROW = "[data-row] .in-place"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation for all of these; each opens a live blog of its own."""
    one = Installation(tmp_path_factory.mktemp("composer") / "home")
    one.given["ASITHAPPENED_OUTBOUND_TO"] = "127.0.0.1/32"  # where the pages are that somebody pastes
    yield from served(one)


@pytest.fixture(scope="module")
def people(newsroom: Installation) -> dict[str, Any]:
    """Who has signed in, by first name: the state of their browser."""
    return {}


@pytest.fixture
def desk(newsroom: Installation, people: dict[str, Any], read: Open) -> Callable[..., Page]:
    """Open the desk of a live blog as somebody, who is invited first, and open the live blog if it is not there."""

    def opened(slug: str, who: str = "olu", *, blocked: str = "", **more: Any) -> Page:
        if who not in people:
            name = f"{who.title()} Quist"
            link = newsroom.as_json("invite", f"{who}@courier.example", "--admin", "--name", name)["link"]
            entrance = read(link)
            entrance.click("main button:has-text('Sign in')")
            entrance.wait_for_url("**/desk/**")
            people[who] = entrance.context.storage_state()
        page = read("about:blank", storage_state=people[who], **{"viewport": {"width": 1440, "height": 900}} | more)
        if blocked:
            page.route(blocked, lambda route: route.abort())
        if newsroom.head(slug) == 0:
            page.goto(f"{newsroom.url}/desk/open/")
            page.fill("#id_title", f"Storm {slug}")
            page.fill("#id_slug", slug)
            page.check("input[name=audience][value=everyone]")
            page.press("#id_slug", "Enter")
            page.wait_for_url(f"**/desk/live/{slug}/**")
        page.goto(f"{newsroom.url}/desk/live/{slug}/")
        if not blocked:
            page.wait_for_selector(EDITOR)
        return page

    return opened


ADD: Final = """async ([path, email, byline]) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const sent = { version: 1, do: "add", email, byline, role: "editor" };
  const headers = { "content-type": "application/json", "x-csrftoken": token };
  return (await fetch(path, { method: "POST", headers, body: JSON.stringify(sent) })).json();
}"""


@pytest.fixture
def reporter(desk: Callable[..., Page], people: dict[str, Any], read: Open) -> Callable[[str], Page]:
    """Open the desk of a live blog as somebody who works on this one alone, and publishes there."""

    def opened(slug: str) -> Page:
        path = f"/desk/live/{slug}/people/"
        entrance = read(desk(slug).evaluate(ADD, [path, f"{slug}@courier.example", "Rae Reporter"])["link"])
        entrance.click("main button:has-text('Sign in')")
        entrance.wait_for_url("**/desk/**")
        people[slug] = entrance.context.storage_state()
        return desk(slug, slug)

    return opened


def posts(newsroom: Installation, slug: str) -> list[dict[str, Any]]:
    """Return what was published on a live blog, or changed there, as its log has it."""
    return [fact for fact in newsroom.log(slug) if fact["kind"] in {"post.published", "post.revised"}]


def words(fact: dict[str, Any]) -> list[str]:
    """Return the paragraphs of what was published."""
    blocks = fact["payload"]["body"].get("content", [])
    return ["".join(node.get("text", "") for node in block.get("content", [])) for block in blocks]


_AT_REST: Final = """() => document.getAnimations().every(
  one => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds, once what slides or fades in is there: half of it is never meant to be read."""
    page.wait_for_function(_AT_REST)
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_from_an_empty_composer_to_published_and_mended_by_keyboard_alone(
    newsroom: Installation, desk: Callable[..., Page]
) -> None:
    page = desk("keys")
    page.evaluate("window.same = 'no page was loaded'")
    page.evaluate("addEventListener('click', (event) => event.detail && (window.clicked = true), true)")
    page.keyboard.press("n")
    page.keyboard.type("Teh harbour wall has given way.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(EDITOR)).to_be_focused()
    expect(page.locator(EDITOR)).not_to_contain_text("harbour")
    expect(page.locator("[data-sent]").first).to_contain_text(OUT)
    expect(page.locator("#rows")).to_contain_text("Teh harbour wall has given way.")
    assert words(posts(newsroom, "keys")[0]) == ["Teh harbour wall has given way."]

    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator(f"{IN_ROW} .body-editor")).to_be_focused()
    expect(page.locator("[data-minor]")).to_be_hidden()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    for key in ("Delete", "Delete"):
        page.keyboard.press(key)
    page.keyboard.type("he")
    expect(page.locator("[data-minor]")).to_be_visible()
    expect(page.locator("[data-minor] input")).not_to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows")).to_contain_text("The harbour wall has given way.")
    expect(page.locator(IN_ROW)).to_have_count(0)
    assert [words(fact) for fact in posts(newsroom, "keys")][1:] == [["The harbour wall has given way."]]
    assert page.evaluate("[window.same, window.clicked]") == ["no page was loaded", None]
    assert barriers(page) == []


def test_a_refused_post_comes_back_where_it_was_and_is_sent_once_when_it_can_be(
    newsroom: Installation, desk: Callable[..., Page]
) -> None:
    page = desk("refused")
    no = {"version": 1, "refused": [{"code": "invalid", "message": "Not today.", "field": ""}], "id": "1"}
    page.route("**/write/", lambda route: route.fulfill(status=422, json=no))
    page.locator(EDITOR).press_sequentially("Half an hour of typing.")
    state = page.locator("[data-composer-place] [data-refusal]")
    for _ in range(2):
        page.keyboard.press("Control+Enter")
        expect(state).to_have_text("Not published: Not today.")
        expect(page.locator(EDITOR)).to_have_text("Half an hour of typing.")
        expect(page.locator(EDITOR)).to_be_focused()
    expect(page.locator("[data-ways] button")).to_have_text("Keep it as a draft, and go on")
    assert barriers(page) == []
    page.unroute("**/write/")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows")).to_contain_text("Half an hour of typing.")
    assert [words(fact) for fact in posts(newsroom, "refused")] == [["Half an hour of typing."]]


def test_without_its_editor_the_text_publishes_all_the_same(newsroom: Installation, desk: Callable[..., Page]) -> None:
    page = desk("plain", blocked="**/desk-editor*")
    page.locator("#text").press_sequentially("> Get to high ground.\n> — The coastguard\n\n- Saltings\n- Harbour")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows")).to_contain_text("Get to high ground.")
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#text")).to_be_focused()
    (fact,) = posts(newsroom, "plain")
    quote, bullets = fact["payload"]["body"]["content"]
    assert (quote["attrs"]["cite"], bullets["type"], len(bullets["content"])) == ("The coastguard", "bulletList", 2)


def test_who_was_not_first_keeps_both_peoples_words_block_by_block(
    newsroom: Installation, desk: Callable[..., Page]
) -> None:
    page = desk("both")
    page.locator(EDITOR).press_sequentially("63 dead.\nThe bridge is shut.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows")).to_contain_text("63 dead.")
    other = desk("both", "ines")
    for one, typed in ((page, "64 dead, say police."), (other, "89 dead.")):
        row = one.locator("#rows > [data-row]").first
        row.focus()
        one.keyboard.press("e")
        editor = one.locator(f"{IN_ROW} .body-editor")
        expect(editor).to_be_focused()
        editor.locator("p").first.click(click_count=3)
        one.keyboard.type(typed)
    other.keyboard.press("Control+Enter")
    expect(other.locator(IN_ROW)).to_have_count(0)
    page.keyboard.press("Control+Enter")
    meeting = page.locator(f"{IN_ROW} .meeting")
    for version in ("63 dead.", "89 dead.", "64 dead, say police."):
        expect(meeting.locator(".differs")).to_contain_text(version)
    expect(page.locator(f"{IN_ROW} .body-editor")).to_contain_text("64 dead, say police.")
    assert barriers(page) == []
    expect(meeting.locator("input[value=both]")).to_be_checked()
    page.locator(f"{IN_ROW} .body-editor").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(IN_ROW)).to_have_count(0)
    assert words(posts(newsroom, "both")[-1]) == ["89 dead.", "64 dead, say police.", "The bridge is shut."]


def test_what_was_handed_in_is_decided_from_its_tab_without_a_page(
    newsroom: Installation, desk: Callable[..., Page]
) -> None:
    author, page = desk("handed", "ines"), desk("handed")
    for title in ("First", "Second", "Third"):
        author.goto(f"{newsroom.url}/desk/live/handed/hand-in/")
        author.fill("#title", title)
        author.click("button:text-is('Hand in for approval')")
        author.wait_for_url("**/submissions/**")
    page.evaluate("window.same = 'no page was loaded'")
    for key in ("g", "q"):
        page.keyboard.press(key)
    items = page.locator("[data-panel] .handed-in")
    expect(items).to_have_count(3)

    def at(title: str) -> None:
        items.filter(has_text=title).locator("[data-item]").focus()

    at("First")
    page.keyboard.press("a")
    expect(page.locator("#rows")).to_contain_text("First")
    at("Second")
    page.keyboard.press("r")
    page.keyboard.type("Since when?")
    page.keyboard.press("Enter")
    expect(items.filter(has_text="Second")).to_contain_text("Returned")
    at("Third")
    page.keyboard.press("Enter")
    expect(page.locator(".handed")).to_contain_text("Ines Quist")
    page.locator(".handed #handed-title").fill("Third, mended")
    assert barriers(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows")).to_contain_text("Third, mended")
    expect(page.locator(".handed")).to_have_count(0)
    expect(page.locator(EDITOR)).to_be_visible()
    assert page.evaluate("window.same") == "no page was loaded"
    assert [fact["payload"]["title"] for fact in posts(newsroom, "handed")] == ["First", "Third, mended"]


def paste(page: Page, address: str) -> None:
    """Paste an address where the cursor is."""
    page.evaluate(
        """(address) => {
          const data = new DataTransfer();
          data.setData("text/plain", address);
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector(".body-editor").dispatchEvent(event);
        }""",
        address,
    )


def test_an_address_pasted_alone_is_published_as_a_card_of_the_page(
    newsroom: Installation, desk: Callable[..., Page], site: Site
) -> None:
    site.pages["/story"] = said(
        b"<title>The flood</title><meta name=description content='What is known.'>", Content_Type="text/html"
    )
    page = desk("pasted")
    page.click(EDITOR)
    paste(page, f"{site.address}/story")
    expect(page.locator("[data-pasted]")).to_contain_text("The flood")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-row] .card")).to_contain_text("What is known.")
    [post] = posts(newsroom, "pasted")
    [card] = [block for block in post["payload"]["body"]["content"] if block["type"] == "linkCard"]
    assert card["attrs"] | {"id": ""} == {
        "id": "", "url": f"{site.address}/story", "title": "The flood", "text": "What is known.", "site": "127.0.0.1",
    }  # fmt: skip


TOLD: dict[str, Any] = {"type": "socialEmbed", "attrs": {
    "platform": "x", "author": "Ann Lee", "handle": "@ann", "text": "The bridge is shut.", "date": "2026-11-26",
    "url": "https://x.com/ann/status/1234567890",
}}  # fmt: skip


def test_every_kind_of_address_that_a_reporter_pastes_is_in_the_post_as_they_chose(
    newsroom: Installation, reporter: Callable[[str], Page], site: Site
) -> None:
    slow = threading.Event()
    site.pages["/slow"] = lambda asked: (
        slow.wait(20),
        said(b"<title>Slow but sure</title>", Content_Type="text/html")(asked),
    )[1]
    site.pages["/a.pdf"] = said(b"%PDF-1.7", Content_Type="application/pdf")
    site.pages["/gone"] = said(b"", status=404)
    page = reporter("addresses")
    line, chosen = page.locator("[data-pasted]"), page.locator("[data-pasted] [aria-pressed=true]")
    page.click(EDITOR)

    paste(page, f"{site.address}/slow")
    expect(line).to_contain_text("Looking up what 127.0.0.1 says")
    page.keyboard.press("Enter")
    page.keyboard.type("Written meanwhile")
    slow.set()
    expect(chosen).to_have_text("Link card")
    expect(page.locator(EDITOR)).to_contain_text("Written meanwhile")
    page.keyboard.press("Enter")

    paste(page, f"{site.address}/gone")
    expect(line).to_contain_text("It answers with 404")
    expect(chosen).to_have_text("Link")
    page.keyboard.press("Enter")

    paste(page, f"{site.address}/a.pdf")
    expect(line).to_contain_text("It is not a page")
    page.keyboard.press("Control+.")
    expect(chosen).to_have_text("Link card")
    line.get_by_role("button", name="Fill it in by hand").click()
    page.keyboard.type("The court's order")
    page.keyboard.press("Escape")

    paste(page, "https://youtu.be/abcdefghijk")  # which nobody answers for here
    expect(chosen).to_have_text("Video")

    page.route("**/links/", lambda route: route.fulfill(json={"version": 1, "block": TOLD, "card": None, "unread": ""}))
    paste(page, TOLD["attrs"]["url"])
    expect(chosen).to_have_text("Social post")
    page.keyboard.press("Control+z")
    expect(chosen).to_have_text("Link")
    page.keyboard.press("Control+.")
    expect(chosen).to_have_text("Social post")
    page.unroute_all()

    page.context.set_offline(True)
    paste(page, "https://bsky.app/profile/port.example/post/3kabcdefghijk")
    expect(line).to_contain_text("It could not be looked up now")
    line.get_by_role("button", name="Social post").click()
    line.get_by_role("button", name="Fill it in by hand").click()
    page.keyboard.type("Ferries are cancelled.")
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-row] .social")).to_have_count(2)

    asked: list[str] = []
    page.goto("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{newsroom.url}/live/addresses/")
    post = page.locator("[data-posts] > article")
    for words in ("Slow but sure", "Written meanwhile", "/gone", "The court's order", "The bridge is shut.",
                  "Ferries are cancelled.", "Play it here, from YouTube", "Show it here, from X"):  # fmt: skip
        expect(post).to_contain_text(words)
    assert [url for url in asked if not url.startswith((newsroom.url, "data:"))] == []
