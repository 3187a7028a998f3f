"""People come by a link and go in one act, in real browsers; and a reader writes to the newsroom without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.bringing import drawn
from tests.journeys.conftest import served
from tests.journeys.installation import Installation, until
from tests.journeys.newsroom import STORM, Newsroom, staffed

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Newsroom]:
    """Return a newsroom with people who are signed in."""
    for one in served(Installation(tmp_path_factory.mktemp("people") / "home")):
        yield staffed(one, browser)


def test_somebody_comes_by_a_link_works_at_once_and_is_off_everything_by_one_press(newsroom: Newsroom) -> None:
    owner = newsroom.opened("owner", STORM)
    owner.locator("summary:has(.gear)").click()
    owner.locator("[data-frame=menu] a[href$='/people/']").click()
    sheet = owner.locator("[data-sheet-in]")
    sheet.locator("#links select[name=invite-role]").select_option("editor")
    sheet.get_by_role("button", name="Make a link").click()
    link = sheet.locator(".link-card input.copy").input_value()
    expect(owner).to_have_url(newsroom.installation.url + STORM)  # nobody left the screen

    newcomer = newsroom.browser.new_context().new_page()
    newcomer.goto(link)
    newcomer.fill("input[name=byline]", "Kit Marlow")
    newcomer.fill("input[name=email]", "kit@courier.example")
    newcomer.check("input[name=way][value=password]")
    newcomer.fill("input[name=password]", "harbour lights at noon")
    newcomer.get_by_role("button", name="Make it, and join").click()
    newcomer.wait_for_url("**" + STORM)
    expect(newcomer.locator("[data-timeline]")).to_be_visible()
    newsroom.send("owner", f"{STORM}settings/", do="audience", audience="members")
    reading = newcomer.context.new_page()
    reading.goto(f"{newsroom.installation.url}{STORM}as-readers/")
    expect(reading.locator("h1")).to_contain_text("Storm Isolde")
    reading.evaluate(
        "() => new Promise(opened => { const stream = new EventSource('/live/storm/stream');"
        " stream.onopen = () => opened(null); stream.onerror = () => { window.over = true; stream.close(); }; })"
    )

    owner.reload()
    owner.locator("summary:has(.gear)").click()
    owner.locator("[data-frame=menu] a[href$='/people/']").click()
    row = sheet.locator(".people > li", has_text="kit@courier.example")
    expect(row).to_contain_text("here now")
    row.locator("summary", has_text="Take off").click()
    row.get_by_role("button", name="Take them off").click()
    expect(sheet.locator(".people > li", has_text="kit@courier.example")).to_have_count(0)

    expect(newcomer.locator("[data-frame=notice] .notice")).to_be_visible()  # without a reload
    assert newcomer.request.get(newsroom.installation.url + STORM).status == 404
    until(
        lambda: reading.request.get(f"{newsroom.installation.url}/live/storm/").status == 404, "the page is not theirs"
    )
    until(lambda: reading.evaluate("window.over"), "the stream that was open has ended")
    assert newcomer.request.get(f"{newsroom.installation.url}{STORM}drafts/").status == 404
    newsroom.send("owner", f"{STORM}settings/", do="audience", audience="everyone")
    for page in (owner, newcomer):
        page.context.close()


def test_a_reader_writes_without_script_and_an_editor_takes_it_by_a_key(newsroom: Newsroom) -> None:
    newsroom.send("owner", f"{STORM}settings/", do="contributions", open=True)
    reader = newsroom.browser.new_context(java_script_enabled=False).new_page()
    reader.goto(f"{newsroom.installation.url}/live/storm/")
    reader.get_by_role("link", name="Write to the newsroom").click()
    reader.fill("textarea[name=words]", "The bridge is shut.\nI stand before it.")
    reader.fill("input[name=email]", "rae@reader.example")
    reader.check("input[name=agree]")

    def sent() -> bool:
        reader.get_by_role("button", name="Send it to the newsroom").click()
        return "Thank you" in reader.inner_text("h1")  # sent faster than anybody types, it is asked again

    until(sent, "the newsroom has it")
    assert reader.context.cookies() == []

    editor = newsroom.opened("editor", f"{STORM}?tab=submissions")
    item = editor.locator(".waits", has_text="The bridge is shut.")
    expect(item).to_contain_text("from a reader")
    item.locator("a[data-item]").focus()
    editor.keyboard.press("a")
    editor.locator("[data-tab=drafts]").click()
    expect(editor.locator("[data-panel]")).to_contain_text("The bridge is shut. I stand before it.")
    assert "bridge is shut" not in reader.request.get(f"{newsroom.installation.url}/live/storm/").text()
    for page in (editor, reader):
        page.context.close()


def test_a_photograph_of_somebody_is_cut_small_before_it_is_sent_and_stands_beside_their_name(
    newsroom: Newsroom,
) -> None:
    here = newsroom.installation.url
    newsroom.send("owner", f"{STORM}settings/", do="on", name="Ana Lind")
    page = newsroom.opened("editor", "/desk/me/")
    sent: list[int] = []
    page.on("request", lambda one: sent.append(len(one.post_data_buffer or b"")) if one.method == "POST" else None)
    page.fill("#id_role", "Harbour reporter")
    photograph = drawn("#456", size=(3000, 2000)) + bytes(2_000_000)  # larger than a form may be
    page.set_input_files("#id_photo", {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photograph})
    expect(page.locator("#profile canvas.portrait")).to_be_visible()
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#profile img.portrait")).to_be_visible()
    assert max(sent) < 100_000
    reader = newsroom.browser.new_page()
    reader.goto(f"{here}/live/storm/")
    picture = reader.locator(".people img")
    picture.scroll_into_view_if_needed()
    until(lambda: picture.evaluate("(img) => img.naturalWidth") == 256, "the picture is there, in its one small size")
    expect(reader.locator(".people")).to_contain_text("Harbour reporter")
    for context in (page.context, reader.context):
        context.close()
