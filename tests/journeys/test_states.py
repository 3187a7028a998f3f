"""States of the desk that no other test looks at: nothing for axe to find, and a tree that a screen reader can use."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import served
from tests.journeys.desk_states import STATES, day, shown, wrongs
from tests.journeys.installation import Installation, until
from tests.journeys.newsroom import STORM, Newsroom, body, paragraph, post

pytestmark = pytest.mark.browser
# Every other state is an ordinary page (tests/desk/test_browser.py) or the screen itself (test_screen.py); all of them,
# in each width and scheme, are judged by `make desk-shots`.
JUDGED = (
    "welcome-house", "tab-drafts", "tab-scheduled", "tab-handover", "tab-notes", "handover-linked", "screen-rehearsal",
    "screen-editing", "screen-held", "screen-waiting", "sheet-settings", "sheet-public", "sheet-history",
    "sheet-refused", "tab-ledger-verifying", "statement",
)  # fmt: skip

Desk = tuple[Newsroom, dict[str, str]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Desk]:
    """Return a newsroom in the middle of a day."""
    for installation in served(Installation(tmp_path_factory.mktemp("states") / "home")):
        yield day(installation, browser)


@pytest.mark.parametrize("name", JUDGED)
def test_axe_finds_nothing(desk: Desk, name: str) -> None:
    room, posts = desk
    # By turns narrow and dark, or wide and light: each rule is met in both.
    narrow = JUDGED.index(name) % 2 == 0
    page = shown(room, STATES[name], posts, width=360 if narrow else 1440, scheme="dark" if narrow else "light")
    assert wrongs(page) == []
    page.context.close()


def screen(room: Newsroom) -> Page:
    """Open the screen of an owner."""
    page = room.opened("owner", STORM, viewport={"width": 1440, "height": 900})
    page.wait_for_selector("[data-composer-place] [contenteditable=true]")
    return page


def test_the_screen_is_landmarks_with_names_and_regions_that_are_heard(desk: Desk) -> None:
    page = screen(desk[0])
    for role, name in (
        ("banner", None),
        ("main", None),
        ("region", "New post"),
        ("region", "Timeline"),
        ("complementary", "What waits, and about this live blog"),
        ("search", "Find a post"),
        ("tablist", "What waits, and about this live blog"),
        ("navigation", "This live blog"),
        ("navigation", "You"),
        ("list", "Who is here"),
    ):
        expect(page.get_by_role(role, name=name).first).to_be_visible()  # type: ignore[arg-type]
    assert page.get_by_role("heading", level=1).count() == 1
    expect(page.get_by_role("tab", selected=True)).to_have_count(1)
    expect(page.get_by_role("tabpanel")).to_have_accessible_name(page.get_by_role("tab", selected=True).inner_text())
    # A region is only heard if it was there, empty, before its words.
    for place in ("[data-news-said]", "[data-status-line] p", "[data-outbox] p", "[data-sheet-said]", "[data-state]"):
        assert page.locator(place).first.get_attribute("role") == "status", place
    assert page.locator("[data-sent]").get_attribute("aria-live") == "polite"
    assert page.locator("[data-signed-out]").get_attribute("role") == "alert"
    page.context.close()


def test_a_sheet_is_a_dialog_with_the_name_of_its_page_and_gives_the_focus_back(desk: Desk) -> None:
    page = screen(desk[0])
    opener = page.locator("summary:has(.gear)")
    opener.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="People").click()
    sheet = page.get_by_role("dialog", name="Who works on it")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("heading", name="Who works on it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    page.locator("#rows > .desk-post").first.focus()
    page.keyboard.press("h")
    expect(page.get_by_role("dialog", name="History of a post")).to_be_visible()
    page.context.close()


def test_a_changed_role_brings_and_takes_buttons_and_leaves_what_is_typed(desk: Desk) -> None:
    room, _ = desk
    page = room.opened("editor", STORM, viewport={"width": 1440, "height": 900})
    page.evaluate("window.same = 'no other page'")
    row, tabs = page.locator("#rows > .desk-post").first, page.get_by_role("tab")
    field = page.locator("[data-composer-place] [contenteditable=true]")
    field.fill("The wall holds")

    def becomes(role: str) -> None:
        room.send("owner", f"{STORM}people/", do="role", user=room.users["Ana Lind"], role=role)
        expect(page.locator("[data-screen]")).to_have_attribute("data-role", role)

    becomes("contributor")
    expect(page.get_by_role("button", name="Hand in for approval")).to_be_visible()
    expect(field).to_have_text("The wall holds")
    expect(row.locator("[data-edit]")).to_have_count(0)
    expect(tabs.filter(has_text="Scheduled")).to_have_count(0)
    becomes("editor")
    expect(page.get_by_role("button", name="Publish Ctrl")).to_be_visible()
    expect(field).to_have_text("The wall holds")
    expect(row.locator("[data-edit]")).to_have_count(1)
    expect(tabs.filter(has_text="Scheduled")).to_have_count(1)
    assert page.evaluate("window.same") == "no other page"
    field.fill("")
    page.context.close()


def test_an_older_version_is_gone_on_with_where_the_post_stands(desk: Desk) -> None:
    room, _ = desk
    id_ = post(room, "owner", "older", "Ferries", paragraph("They stop at noon."))
    shown = room.context("owner").request.get(
        f"{room.installation.url}{STORM}p/{id_}/", headers={"Accept": "application/json"}
    )
    based_on = shown.json()["forms"]["form"]["based_on"]
    room.send("owner", f"{STORM}p/{id_}/", do="publish", based_on=based_on, body=body(paragraph("They go on.")))
    page = screen(room)
    page.evaluate("window.same = 'no other page'")
    page.locator(f"#row-{id_}").focus()
    page.keyboard.press("h")
    page.get_by_role("dialog").get_by_role("link", name="Edit from this version").click()
    field = page.locator(f"#row-{id_} form[data-composer=edit] [contenteditable=true]")
    expect(field).to_be_focused()
    expect(field).to_have_text("They stop at noon.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#row-{id_} .post")).to_contain_text("They stop at noon.")
    assert page.evaluate("window.same") == "no other page"
    page.context.close()


SEEN = """form => {
  const foot = form.querySelector(".composer-foot").getBoundingClientRect();
  const cursor = getSelection().getRangeAt(0).getBoundingClientRect();
  const over = document.elementFromPoint(foot.left + foot.width / 2, foot.bottom - 4);
  return cursor.bottom <= foot.top && cursor.top >= 0 && form.contains(over) && foot.bottom <= innerHeight;
}"""


def test_buttons_and_state_stay_in_view_below_the_cursor_however_long_a_post_is(desk: Desk) -> None:
    page = desk[0].opened("editor", STORM, viewport={"width": 360, "height": 700})
    page.click("[data-grow]")

    def written(place: str) -> None:
        field = page.locator(f"{place} [contenteditable=true]")
        field.focus()
        expect(field).to_be_focused()
        for line in range(30):
            page.keyboard.insert_text(f"Line {line}")
            page.keyboard.press("Enter")
        page.keyboard.type("The end")
        until(lambda: page.locator(place).evaluate(SEEN), "all of it is in view")
        expect(page.locator(f"{place} [data-state]")).to_contain_text("Saved")

    written("[data-composer-place] form[data-composer]")
    page.keyboard.press("Escape")
    page.locator("#rows > .desk-post").first.focus()
    page.keyboard.press("e")
    edited = "#rows form[data-composer=edit]"
    written(edited)
    page.set_viewport_size({"width": 1440, "height": 700})
    page.keyboard.type(" of it")
    until(lambda: page.locator(edited).evaluate(SEEN), "all of it is in view")
    page.context.close()


def test_the_ledger_is_gone_through_by_keys(desk: Desk) -> None:
    room, _ = desk
    told = room.send(
        "editor", f"{STORM}ledger/statement/", do="record", once="by-key", text="The pier is closed.", source="A walker"
    )
    page = screen(room)
    page.evaluate("window.same = 'no other page'")
    page.locator("body").press("g")
    page.keyboard.press("l")
    rows = page.locator("[aria-labelledby=ledger-unverified] .ledger-line")
    pier = rows.filter(has_text="The pier is closed.")
    rows.first.focus()
    for _n in range(rows.count() - 1):
        page.keyboard.press("j")
    expect(pier).to_be_focused()
    page.keyboard.press("1")  # nothing is chosen from yet
    page.keyboard.press("x")
    expect(pier).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(pier).to_contain_text("Not checked")
    pier.focus()
    page.keyboard.press("v")
    page.keyboard.press("1")
    expect(pier).to_contain_text("Being checked")
    pier.focus()
    page.keyboard.press("e")
    sheet = page.get_by_role("dialog", name="A statement")
    expect(sheet.get_by_label("What was said")).to_have_value("The pier is closed.")
    page.keyboard.press("Escape")
    # What a colleague does is there without a reload.
    room.send("owner", f"{STORM}ledger/statement/{told['row']['id']}/", do="assess", status="false")
    expect(pier).to_have_count(0)
    assert page.evaluate("window.same") == "no other page"
    page.context.close()
