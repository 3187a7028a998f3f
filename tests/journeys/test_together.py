"""Two people at one live blog: each sees the other, one takes a post over, and nobody's words are lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation

pytestmark = pytest.mark.browser
SOON_MS = 40_000  # only catches a hang


def signed_in(installation: Installation, read: Open, name: str) -> Page:
    """Open the page of somebody new, signed in."""
    address = f"{name.split(maxsplit=1)[0].lower()}@courier.example"
    link = installation.as_json("invite", address, "--admin", "--name", name)["link"]
    page = read(link, viewport={"width": 1440, "height": 900})
    page.click("main button:has-text('Sign in')")
    page.wait_for_url("**/desk/**")
    return page


def test_who_edits_is_seen_and_taken_over_and_no_word_is_lost(installation: Installation, read: Open) -> None:
    ana, tom = (signed_in(installation, read, name) for name in ("Ana Lind", "Tom Adeyard"))
    ana.goto(f"{installation.url}/desk/open/")
    ana.fill("#id_title", "Storm Isolde")
    ana.fill("#id_slug", "storm")
    ana.check("input[name=audience][value=everyone]")
    ana.click("button:text-is('Open it')")
    ana.wait_for_url("**/desk/live/storm/**")
    tom.goto(f"{installation.url}/desk/live/storm/")
    here = tom.get_by_role("list", name="Who is here").get_by_role("listitem")
    expect(here).to_contain_text(["Ana Lind", "Tom Adeyard (you)"], timeout=SOON_MS)

    written = ana.locator("[data-composer=write] [contenteditable=true]").first
    written.click()
    ana.keyboard.type("The sea wall holds.")
    ana.keyboard.press("Control+Enter")
    row = tom.locator("[data-row]").first
    expect(row).to_contain_text("The sea wall holds.", timeout=SOON_MS)
    post = row.get_attribute("data-row")
    expect(ana.locator(f"[data-live='{post}']")).to_contain_text("live ", timeout=SOON_MS)
    expect(ana.locator("[data-sent]").first).to_contain_text("Live", timeout=SOON_MS)

    ana.locator(f"#row-{post}").focus()
    ana.keyboard.press("e")
    mine = ana.locator(f"#row-{post} form[data-composer=edit]")
    mine.locator("[contenteditable=true]").first.click()
    ana.keyboard.press("Control+End")
    ana.keyboard.type(" So says the harbour master.")
    expect(tom.locator(f"[data-lease='{post}']")).to_contain_text("Ana Lind is editing", timeout=SOON_MS)
    expect(here.first).to_contain_text("✎", timeout=SOON_MS)

    tom.locator(f"#row-{post}").focus()
    tom.keyboard.press("e")
    theirs = tom.locator(f"#row-{post} form[data-composer=edit]")
    note = theirs.locator("[data-lease-note]")
    expect(note.get_by_role("status")).to_contain_text("Ana Lind has been editing this post since", timeout=SOON_MS)
    note.get_by_role("button", name="Ask for it").click()
    expect(mine.locator("[data-lease-note]").get_by_role("status")).to_contain_text(
        "Tom Adeyard would like to edit", timeout=SOON_MS
    )
    note.get_by_role("button", name="Take over").click()
    expect(mine.locator("[data-lease-note]").get_by_role("status")).to_contain_text(
        "Tom Adeyard took this post over", timeout=SOON_MS
    )
    expect(note).to_be_hidden(timeout=SOON_MS)
    expect(mine.locator("[contenteditable=true]").first).to_contain_text("So says the harbour master.", timeout=SOON_MS)

    theirs.locator("[contenteditable=true]").first.click()
    tom.keyboard.press("Control+End")
    tom.keyboard.type(" For now.")
    tom.keyboard.press("Control+Enter")
    expect(theirs).to_have_count(0, timeout=SOON_MS)
    expect(mine.locator("[data-lease-note]")).to_be_hidden(
        timeout=SOON_MS
    )  # whoever had it is done, and it is hers again
    mine.locator("[contenteditable=true]").first.click()
    ana.keyboard.press("Control+Enter")
    expect(mine).to_contain_text("For now.", timeout=SOON_MS)  # his, beside hers: a stale save is refused as ever
    expect(mine.locator("[contenteditable=true]").first).to_contain_text("So says the harbour master.", timeout=SOON_MS)

    tom.goto(f"{installation.url}/desk/")
    expect(ana.get_by_role("list", name="Who is here").get_by_role("listitem")).to_have_count(1, timeout=SOON_MS)
