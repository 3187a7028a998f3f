"""A shift at one screen: a rehearsal that goes public, a post that is held, a day that goes on, and no reload."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Open, served
from tests.journeys.installation import Installation, until
from tests.journeys.newsroom import Newsroom, staffed

pytestmark = pytest.mark.browser
SOON_MS = 40_000  # only catches a hang
WIDE = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Newsroom]:
    """Return a newsroom with an owner, an editor and a contributor."""
    for installation in served(Installation(tmp_path_factory.mktemp("flow") / "home")):
        made = staffed(installation, browser)
        made.send("owner", "/desk/welcome/", do="skip")
        yield made


@pytest.fixture
def storm(room: Newsroom, request: pytest.FixtureRequest) -> str:
    """Return the path of a new live blog's desk, on which all of them work."""
    slug = f"storm-{abs(hash(request.node.name)) % 10**8}-a"
    told = {"slug": slug, "audience": "everyone", "zone": "Europe/London", "language": "en"}
    room.send("owner", "/desk/open/", do="open", once=slug, title="Storm Isolde: what we know", **told)
    path = f"/desk/live/{slug}/"
    for role, name in (("editor", "Ana Lind"), ("contributor", "Nia Vale")):
        who = {"email": f"{role}@courier.example", "byline": "", "user": room.users[name]}
        room.send("owner", f"{path}people/", do="add", role=role, **who)
    return path


def at_desk(room: Newsroom, who: str, path: str) -> Page:
    """Open the screen, on which nothing may load another page."""
    page = room.opened(who, path, viewport=WIDE)
    page.wait_for_selector("[data-composer-place] [contenteditable=true]")
    page.evaluate("window.same = 'no other page'")
    return page


def menu(page: Page, item: str) -> None:
    """Open something of the live blog's menu in the sheet."""
    page.locator("summary:has(.gear)").click()
    page.locator("[data-frame=menu] a", has_text=item).click()
    expect(page.locator("[data-sheet-dialog] h1")).to_be_visible(timeout=SOON_MS)


def written(page: Page, words: str) -> None:
    """Write in the composer that stays open."""
    page.locator("[data-composer-place] [contenteditable=true]").first.click()
    page.keyboard.type(words)


def answer(room: Newsroom, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return all of what a stranger is answered, but for when and by which request."""
    context = room.context("")
    got = context.request.get(room.installation.url + path, max_redirects=0)
    headers = {name: value for name, value in got.headers.items() if name not in {"date", "x-request-id"}}
    found = got.status, headers, got.body()
    context.close()
    return found


def test_a_rehearsal_is_live_for_its_members_and_there_for_nobody_else(room: Newsroom, storm: str, read: Open) -> None:
    room.send("owner", f"{storm}settings/", do="audience", audience="members")
    desk = at_desk(room, "owner", storm)
    expect(desk.locator("[data-frame=notice]")).to_contain_text("A rehearsal.")
    member = room.opened("contributor", f"{storm}as-readers/")
    expect(member.locator("h1")).to_contain_text("Storm Isolde")
    member.evaluate("window.same = 'no other page'")
    heard = """() => fetch("stream").then(async (answer) => {
      const text = await new Response(answer.body.pipeThrough(new TransformStream({
        transform(chunk, to) { to.enqueue(chunk); to.terminate(); },
      }))).text();
      return answer.headers.get("content-type").split(";")[0] + " " + text.includes("event: hello");
    })"""
    assert member.evaluate(heard) == "text/event-stream true"
    written(desk, "The wall holds.")
    desk.keyboard.press("Control+Enter")
    expect(member.locator("[data-posts]")).to_contain_text("The wall holds.", timeout=SOON_MS)
    assert member.evaluate("window.same") == "no other page"
    post = desk.locator("#rows > .desk-post").first.get_attribute("data-row")

    slug = storm.split("/")[3]
    for rest in ("", "stream", "log/head.json", f"p/{post}/", "page/1/", "key-events/", "enter?ticket=x.y.z"):
        assert answer(room, f"/live/{slug}/{rest}") == answer(room, f"/live/never-was/{rest}"), rest
    assert slug.encode() not in answer(room, "/")[2]

    menu(desk, "Make it public")
    expect(desk.locator("[data-sheet-dialog]")).to_contain_text("The wall holds.")
    desk.locator("[data-sheet-dialog] button.primary").click()
    expect(desk.locator("[data-frame=notice]")).not_to_contain_text("A rehearsal.", timeout=SOON_MS)
    reader = read(f"{room.installation.url}/live/{slug}/")
    expect(reader.locator("[data-posts]")).to_contain_text("The wall holds.")
    until(lambda: slug.encode() in answer(room, "/")[2], "it stands on the front page")
    assert desk.evaluate("window.same") == "no other page"


def test_a_colleagues_settings_closing_and_reopening_show_without_a_reload(room: Newsroom, storm: str) -> None:
    desk = at_desk(room, "editor", storm)
    written(desk, "Half a sentence")
    described: dict[str, Any] = {"language": "en", "zone": "Europe/Paris", "standfirst": "", "tags": []}
    room.send("owner", f"{storm}settings/", do="describe", title="Storm Isolde passes", based_on=1, **described)
    room.send("owner", f"{storm}settings/", do="rename", slug="isolde-passes")
    expect(desk.locator("[data-frame=title]")).to_contain_text("Storm Isolde passes", timeout=SOON_MS)
    expect(desk).to_have_url(f"{room.installation.url}/desk/live/isolde-passes/", timeout=SOON_MS)
    room.send("owner", "/desk/live/isolde-passes/close/", do="close")
    expect(desk.locator("[data-frame=status]")).to_contain_text("Closed", timeout=SOON_MS)
    expect(desk.locator("[data-frame=notice]")).to_contain_text("closed, as it happened")
    expect(desk.locator("[data-composer-place] [contenteditable=true]")).to_contain_text("Half a sentence")
    room.send("owner", "/desk/live/isolde-passes/reopen/", do="reopen")
    expect(desk.locator("[data-frame=status]")).to_contain_text("Live since", timeout=SOON_MS)
    desk.locator("[data-composer-place] [contenteditable=true]").first.click()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#rows > .desk-post").first).to_contain_text("Half a sentence", timeout=SOON_MS)
    assert desk.evaluate("window.same") == "no other page"


def test_nobody_who_only_has_the_desk_open_is_counted_as_reading(room: Newsroom, storm: str, read: Open) -> None:
    desk = at_desk(room, "owner", storm)
    expect(desk.locator("[data-screen]")).to_have_attribute("data-connection", "live", timeout=SOON_MS)
    expect(desk.locator("[data-reading]")).to_have_text("0 reading", timeout=SOON_MS)
    read(f"{room.installation.url}{storm.removeprefix('/desk')}")
    expect(desk.locator("[data-reading]")).to_have_text("1 reading", timeout=SOON_MS)


def test_what_is_held_counts_down_and_comes_back_into_the_composer_or_the_drafts(room: Newsroom, storm: str) -> None:
    room.send("owner", f"{storm}settings/", do="hold", seconds=30)
    desk = at_desk(room, "editor", storm)
    line = desk.locator("[data-sent] li").first
    written(desk, "Too early.")
    desk.keyboard.press("Control+Enter")
    expect(line).to_contain_text("Goes out in", timeout=SOON_MS)
    assert line.locator(".countdown").get_attribute("aria-hidden") == "true"
    expect(line.locator(".visually-hidden")).to_contain_text("Held until")
    box = line.bounding_box()
    first = line.locator(".countdown").inner_text()
    expect(line.locator(".countdown")).not_to_have_text(first)
    assert line.bounding_box() == box, "nothing moves while it counts"
    line.locator("button").click()
    expect(desk.locator("[data-composer-place] [contenteditable=true]")).to_contain_text("Too early.", timeout=SOON_MS)
    expect(desk.locator("[data-status-line]")).to_contain_text("in the composer")
    until(lambda: not desk.locator("[data-tab=scheduled] [data-count]").is_visible(), "nothing waits twice")

    desk.locator("[data-composer-place] [contenteditable=true]").first.click()
    desk.keyboard.press("Control+Enter")
    expect(line).to_contain_text("Goes out in", timeout=SOON_MS)
    written(desk, "Something else.")
    line.locator("button").click()
    expect(desk.locator("[data-status-line]")).to_contain_text("in your drafts", timeout=SOON_MS)
    expect(desk.locator("[data-composer-place] [contenteditable=true]")).to_contain_text("Something else.")
    desk.locator("[data-tab=drafts]").click()
    expect(desk.locator("[data-panel]")).to_contain_text("Too early.", timeout=SOON_MS)


def test_what_waits_to_be_sent_is_listed_opened_and_dropped(room: Newsroom, storm: str) -> None:
    desk = at_desk(room, "editor", storm)
    desk.context.set_offline(True)
    for words in ("First of two", "Second of two"):
        written(desk, words)
        desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-outbox] p")).to_have_text("2 waiting to be sent", timeout=SOON_MS)
    desk.locator("[data-outbox-open]").click()
    listed = desk.locator("[data-outbox-list] > li")
    expect(listed).to_contain_text(["First of two", "Second of two"])
    drop = listed.nth(1).get_by_role("button").nth(1)
    drop.click()
    drop.click()
    expect(listed).to_have_count(1, timeout=SOON_MS)
    listed.first.get_by_role("button").first.click()
    expect(desk.locator("[data-composer-place] [contenteditable=true]")).to_contain_text("First of two")
    expect(desk.locator("[data-outbox]")).to_be_hidden(timeout=SOON_MS)
    desk.context.set_offline(False)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#rows > .desk-post").first).to_contain_text("First of two", timeout=SOON_MS)
    expect(desk.locator("#rows")).not_to_contain_text("Second of two")


def test_tomorrow_is_opened_in_the_sheet_and_open_words_go_along(room: Newsroom, storm: str) -> None:
    desk = at_desk(room, "owner", storm)
    written(desk, "A sentence for tomorrow")
    menu(desk, "Go on tomorrow")
    sheet = desk.locator("[data-sheet-dialog]")
    sheet.get_by_label("Headline").fill("Storm Isolde, day two")
    desk.keyboard.press("Escape")
    expect(sheet.locator("[data-sheet-said]")).to_contain_text("throw that away")
    sheet.locator("button[value=open]").click()
    desk.wait_for_url(f"**{storm.removesuffix('a/')}a-2/")
    expect(desk.locator("[data-composer-place] [contenteditable=true]")).to_contain_text(
        "A sentence for tomorrow", timeout=SOON_MS
    )
    drafts = room.send("owner", f"{storm}drafts/", do="mine")["drafts"]
    assert json.dumps(drafts) == "[]"
