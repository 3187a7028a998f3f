"""From an invitation to a closed day, at a desk without JavaScript, in front of a reader who reloads nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, converged
from tests.journeys.installation import Installation

pytestmark = pytest.mark.browser


def press(desk: Page, post: str, button: str) -> None:
    """Press one of the buttons in the menu of a post in the timeline."""
    desk.locator(f"#row-{post} .row-menu summary").click()
    desk.locator(f"#row-{post} .post-tools").get_by_text(button, exact=True).click()


def test_a_newsroom_covers_a_day_without_javascript(installation: Installation, read: Open) -> None:
    link = installation.as_json("invite", "olu@courier.example", "--admin", "--name", "Olu Owner")["link"]
    desk = read(link, java_script_enabled=False)
    desk.click("main button:has-text('Sign in')")
    desk.wait_for_url("**/desk/**")
    again = read(link, java_script_enabled=False)
    expect(again.locator("h1")).to_contain_text("has been used")

    desk.goto(f"{installation.url}/desk/open/")
    desk.fill("#id_title", "Storm Isolde")
    desk.fill("#id_standfirst", "Gusts by noon.")
    desk.fill("#id_slug", "storm")
    desk.fill("#id_zone", "Europe/London")
    desk.check("input[name=audience][value=everyone]")
    desk.click("button:text-is('Open it')")
    desk.wait_for_url("**/desk/live/storm/**")

    reader = read(f"{installation.url}/live/storm/")
    reader.evaluate("window.same = 'no reload'")
    expect(reader.locator("h1")).to_have_text("Storm Isolde")

    desk.fill("#title", "The sea wall is breached")
    desk.fill(
        "#text",
        "The harbour wall has **given way**.\n\n> Get to high ground.\n> — The coastguard\n\n"
        "- Saltings\n- The lower Harbour",
    )
    desk.click("button:text-is('Publish')")

    post = reader.locator("[data-posts] > article").first
    expect(post.locator("h2")).to_contain_text("The sea wall is breached")
    expect(post.locator("strong")).to_have_text("given way")
    expect(post.locator(".quote blockquote")).to_have_text("Get to high ground.")
    expect(post.locator("ul li")).to_have_text(["Saltings", "The lower Harbour"])
    id_ = (post.get_attribute("id") or "").removeprefix("p-")

    desk.goto(f"{installation.url}/desk/live/storm/p/{id_}/")
    desk.fill("#text", desk.input_value("#text").replace("has **given way**", "**holds**"))
    desk.fill("#reason", "An earlier version said that it had given way.")
    desk.click("button:text-is('Save for readers')")
    expect(post.locator("strong")).to_have_text("holds")
    expect(post.locator(".updated")).to_be_visible()
    permalink = read(f"{installation.url}/live/storm/p/{id_}/")
    expect(permalink.locator("main")).to_contain_text("An earlier version said that it had given way.")
    expect(permalink.locator("del").first).to_contain_text("given way")

    press(desk, id_, "Pin")
    expect(reader.locator("[data-part=pinned]")).to_contain_text("The sea wall is breached")
    press(desk, id_, "Make key event")
    expect(reader.locator("[data-part=keyevents] a")).to_contain_text("The sea wall is breached")

    desk.goto(f"{installation.url}/desk/live/storm/settings/")
    desk.get_by_label("Name, as printed").fill("Ada Quist")
    desk.click("button:text-is('Is on now')")
    expect(reader.locator("[data-part=contributors]")).to_contain_text("Ada Quist")

    desk.goto(f"{installation.url}/desk/live/storm/p/{id_}/withdraw/")
    desk.fill("[name=reason]", "The wall was never in danger.")
    desk.click("button:text-is('Withdraw it')")
    expect(reader.locator(f"#p-{id_}")).to_contain_text("The wall was never in danger.")
    expect(reader.locator(f"#p-{id_}")).not_to_contain_text("sea wall")
    expect(reader.locator("[data-part=pinned]")).to_be_empty()
    expect(reader.locator("[data-part=keyevents] a")).to_have_count(0)
    permalink.reload()  # a permalink asks once a minute
    expect(permalink.locator("main")).to_contain_text("The wall was never in danger.")
    assert installation.status(f"/live/storm/p/{id_}/") == 410
    assert "given way" not in installation.command("log", "storm", "--json")

    desk.goto(f"{installation.url}/desk/live/storm/close/")
    desk.click("main button:text-is('Close it, as it happened')")
    expect(reader.locator("h1")).to_have_text("Storm Isolde – as it happened")
    converged(reader)
    assert reader.evaluate("window.same") == "no reload"
    desk.goto(f"{installation.url}/desk/live/storm/reopen/")
    desk.click("main button:text-is('Reopen')")
    expect(reader.locator("h1")).to_have_text("Storm Isolde")
    expect(reader.locator("[data-status=live]").first).to_be_attached()
