"""What others carry, framed when a reader asks for it: nothing of it before, and then it can do nothing to the page."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from asithappened.core import body
from tests.reader.conftest import Open
from tests.reader.newsroom import Newsroom
from tests.reader.test_pictures import post

pytestmark = pytest.mark.browser

FILM = body.Video(attrs=body.MediaAttrs(url="https://youtu.be/abcdefghijk", title="The quay", provider="YouTube"))
POST = body.Social(
    attrs=body.SocialAttrs(platform="x", author="A", text="The quay holds.", url="https://x.com/a/status/1234567890")
)
EVIL = """<form id="f" action="https://evil.example/form" target="_top"><input name="a"></form><script>
const did = [];
const tries = {
  top: () => { top.location = "https://evil.example/top"; },
  parent: () => parent.document.body.append("defaced"),
  cookie: () => { if (parent.document.cookie !== undefined) did.push("cookie"); },
  storage: () => parent.localStorage.length,
  form: () => document.getElementById("f").submit(),
  popunder: () => { if (open("https://evil.example/pop")) did.push("popunder"); },
};
for (const [name, tried] of Object.entries(tries)) try { tried(); } catch (error) {}
document.title = "did " + did.join();
document.body.append("tried all");
</script>"""


def opened(newsroom: Newsroom, read: Open, answers: str = "<p>player</p>") -> tuple[Page, list[str]]:
    """Return a page with a film and a post of others, and every address that is asked for from now on."""
    post(newsroom, "framed", FILM, POST)
    asked: list[str] = []
    page = read(wait=False)

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=answers, content_type="text/html")

    page.context.route(lambda url: "127.0.0.1" not in url and not url.startswith("data:"), answer)
    page.reload()
    return page, asked


def test_nothing_of_others_is_loaded_before_a_reader_asks_for_it(newsroom: Newsroom, read: Open) -> None:
    page, asked = opened(newsroom, read)
    play = page.get_by_role("link", name="Play it here, from YouTube")
    expect(play).to_be_visible()
    assert asked == []
    before = page.locator("#p-framed .social").bounding_box()
    play.click()
    frame = page.locator("#p-framed iframe")
    expect(frame).to_be_focused()
    expect(page.frame_locator("#p-framed iframe").locator("p")).to_have_text("player")
    assert asked == ["https://www.youtube-nocookie.com/embed/abcdefghijk"]
    assert frame.evaluate("(f) => f.offsetWidth / f.offsetHeight") == pytest.approx(16 / 9, rel=0.02)
    assert before is not None


def test_the_words_of_a_post_of_others_stay_above_its_frame(newsroom: Newsroom, read: Open) -> None:
    page, asked = opened(newsroom, read)
    page.get_by_role("link", name="Show it here, from X").click()
    expect(page.frame_locator("#p-framed iframe").locator("p")).to_have_text("player")
    expect(page.locator("#p-framed .social blockquote")).to_have_text("The quay holds.")
    assert asked == ["https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true"]


def test_without_script_a_frames_link_leads_to_what_it_names(newsroom: Newsroom, read: Open) -> None:
    post(newsroom, "framed", FILM)
    page = read(wait=False, java_script_enabled=False)
    link = page.get_by_role("link", name="Play it here, from YouTube")
    expect(link).to_have_attribute("href", "https://youtu.be/abcdefghijk")


def test_a_frame_that_turns_evil_can_do_nothing_to_the_page(newsroom: Newsroom, read: Open) -> None:
    page, asked = opened(newsroom, read, EVIL)
    said: list[Any] = []
    page.context.on("page", lambda popup: said.append(popup.url))
    page.get_by_role("link", name="Play it here, from YouTube").click()
    inside = page.frame_locator("#p-framed iframe")
    expect(inside.locator("body")).to_contain_text("tried all")
    evil = next(frame for frame in page.frames if "youtube" in frame.url)
    assert evil.title() == "did"
    assert asked == ["https://www.youtube-nocookie.com/embed/abcdefghijk"]
    assert said == []
    assert page.url.startswith("http://127.0.0.1")
    expect(page.locator("body")).not_to_contain_text("defaced")
