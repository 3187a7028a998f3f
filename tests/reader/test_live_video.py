"""The live video: on open pages when an editor sets it, gone when it is cleared, and what plays goes on."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from asithappened.core import events as e
from tests.reader.conftest import Open
from tests.reader.newsroom import Newsroom

pytestmark = pytest.mark.browser
PLAY = "Play it here, from YouTube"


def watching(read: Open) -> tuple[Page, list[str]]:
    """Return an open page whose provider answers, and every address of others that it asks for."""
    asked: list[str] = []
    page = read()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<p>player</p>", content_type="text/html")

    # By a pattern, which the driver knows: a function would be asked here, of the stream too, while we wait for that.
    page.context.route(re.compile("^https:"), answer)
    return page, asked


def test_a_live_video_arrives_on_an_open_page_plays_on_and_leaves_when_it_is_cleared(
    newsroom: Newsroom, read: Open
) -> None:
    page, asked = watching(read)
    newsroom.add(e.LiveVideoSet(url="https://youtu.be/abcdefghijk"))
    section = page.get_by_role("region", name="Live video")
    section.get_by_role("link", name=PLAY).click()
    expect(section.frame_locator("iframe").locator("p")).to_have_text("player")
    assert asked == ["https://www.youtube-nocookie.com/embed/abcdefghijk"], "and nothing before it was asked for"
    inside: Any = next(one for one in page.frames if "youtube" in one.url)
    inside.evaluate("window.playing = true")
    newsroom.add(e.BlogDescribed(title="Another headline", standfirst="And a standfirst.", zone="Europe/London"))
    newsroom.publish("more", "More")
    expect(page.locator("h1")).to_have_text("Another headline")
    assert inside.evaluate("window.playing"), "it was not loaded again"
    newsroom.add(e.LiveVideoSet(url="https://youtu.be/kjihgfedcba"))
    expect(section.locator("iframe")).to_have_count(0)
    expect(section.get_by_role("link", name=PLAY)).to_have_attribute("href", "https://youtu.be/kjihgfedcba")
    newsroom.add(e.LiveVideoSet())
    expect(section).to_have_count(0)


def test_a_file_is_played_by_the_browser_and_one_that_it_cannot_play_becomes_a_link(
    newsroom: Newsroom, read: Open
) -> None:
    file = f"{newsroom.url}p/p1/nothing.mp4"
    newsroom.add(e.LiveVideoSet(url=file))
    page = read()
    page.route("**/nothing.mp4", lambda route: route.fulfill(body=b"no film", content_type="video/mp4"))
    section = page.get_by_role("region", name="Live video")
    link = section.get_by_role("link", name="Play it here")
    link.click()
    expect(section.get_by_role("status")).to_contain_text("Your browser cannot play it here.")
    expect(section.locator("video")).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    page.wait_for_url(file, wait_until="commit")  # a document that is no film may never load


def test_without_script_a_live_video_is_a_link(newsroom: Newsroom, read: Open) -> None:
    newsroom.add(e.LiveVideoSet(url="https://youtu.be/abcdefghijk"))
    page = read(wait=False, java_script_enabled=False)
    link = page.get_by_role("region", name="Live video").get_by_role("link")
    expect(link).to_have_attribute("href", "https://youtu.be/abcdefghijk")
