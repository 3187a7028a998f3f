"""What others carry, framed when a reader asks for it: nothing of it before, and then it can do nothing to the page."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from asithappened.core import body
from asithappened.core import events as e
from tests.reader.conftest import Open
from tests.reader.newsroom import Newsroom
from tests.reader.test_pictures import post

pytestmark = pytest.mark.browser

FILM = body.Video(attrs=body.MediaAttrs(url="https://youtu.be/abcdefghijk", title="The quay", provider="YouTube"))
OTHER = body.Video(attrs=body.MediaAttrs(url="https://youtu.be/kjihgfedcba", title="The pier", provider="YouTube"))
POST = body.Social(
    attrs=body.SocialAttrs(
        platform="x", author="Ann Lee", handle="@ann", text="The quay holds.", date="2026-11-26",
        url="https://x.com/ann/status/1234567890",
    )
)  # fmt: skip
PLAY, SHOW = "Play it here, from YouTube", "Show it here, from X"
EVIL = """<form id="f" action="https://evil.example/form" target="_top"><input name="a"></form>
<a id="d" href="data:application/octet-stream,x" download="virus.exe">x</a><input id="i"><script>
const did = [];
const tries = {
  top: () => { top.location = "https://evil.example/top"; },
  replaced: () => { top.location.replace("https://evil.example/top"); },
  parent: () => { parent.document.body.append("defaced"); did.push("parent"); },
  cookie: () => { if (parent.document.cookie !== undefined) did.push("cookie"); },
  storage: () => { parent.localStorage.length; did.push("storage"); },
  form: () => document.getElementById("f").submit(),
  popunder: () => { if (open("https://evil.example/pop")) did.push("popunder"); },
  download: () => document.getElementById("d").click(),
  fullscreen: () => document.documentElement.requestFullscreen().then(() => did.push("fullscreen"), () => {}),
  alert: () => { if (confirm("Your session ended")) did.push("confirm"); },
  camera: () => navigator.mediaDevices.getUserMedia({ video: true }).then(() => did.push("camera"), () => {}),
  place: () => navigator.geolocation.getCurrentPosition(() => did.push("place"), () => {}),
  clipboard: () => navigator.clipboard.readText().then(() => did.push("clipboard"), () => {}),
  notify: () => Notification.requestPermission().then((may) => may === "granted" && did.push("notify")),
  flood: () => { for (let n = 0; n < 5000; n++) parent.postMessage({ height: 100 + n, ops: [{ op: "drop" }] }, "*"); },
};
for (const [name, tried] of Object.entries(tries)) try { tried(); } catch (error) {}
setTimeout(() => {
  document.title = "did " + did.join();
  document.body.append("tried all");
}, 200);
</script>"""
GROWS = """<script>
const say = (said) => parent.postMessage(JSON.stringify(said), "*");
addEventListener("message", ({ data }) => say({ method: "resize", params: [data] }));
</script><p>post</p>"""


def opened(newsroom: Newsroom, read: Open, answers: str = "<p>player</p>", **more: Any) -> tuple[Page, list[str]]:
    """Return a page with a film and a post of others, and every address that is asked for from now on."""
    post(newsroom, "framed", FILM, POST)
    asked: list[str] = []
    page = read(wait=False, **more)

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=answers, content_type="text/html")

    page.context.route(lambda url: "127.0.0.1" not in url and not url.startswith("data:"), answer)
    page.reload()
    return page, asked


def framed(page: Page, link: str) -> Any:
    """Open a frame, and return what is in it."""
    page.get_by_role("link", name=link).click()
    return page.frame_locator("#p-framed iframe")


def test_nothing_of_others_is_loaded_before_a_reader_asks_for_it(newsroom: Newsroom, read: Open) -> None:
    page, asked = opened(newsroom, read)
    play = page.get_by_role("link", name=PLAY)
    expect(play).to_be_visible()
    assert asked == []
    inside = framed(page, PLAY)
    frame = page.locator("#p-framed iframe")
    expect(frame).to_be_focused()
    expect(inside.locator("p")).to_have_text("player")
    assert asked == ["https://www.youtube-nocookie.com/embed/abcdefghijk"]
    sandbox = (frame.get_attribute("sandbox") or "").split()
    assert sorted(sandbox) == ["allow-presentation", "allow-same-origin", "allow-scripts"]
    assert frame.evaluate("(f) => f.offsetWidth / f.offsetHeight") == pytest.approx(16 / 9, rel=0.02)


def test_the_words_of_a_post_of_others_outlive_it(newsroom: Newsroom, read: Open) -> None:
    page, asked = opened(newsroom, read)
    expect(framed(page, SHOW).locator("p")).to_have_text("player")
    assert asked == ["https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true"]
    page.context.unroute_all()
    page.context.route("https://**", lambda route: route.abort())  # the network is no more
    page.reload()
    figure = page.locator("#p-framed .social")
    expect(figure.locator("blockquote")).to_have_text("The quay holds.")
    for words in ("Ann Lee", "@ann", "26 November 2026"):
        expect(figure.locator("figcaption")).to_contain_text(words)
    expect(figure.locator("figcaption a")).to_have_attribute("href", "https://x.com/ann/status/1234567890")


def test_without_script_a_frames_link_leads_to_what_it_names(newsroom: Newsroom, read: Open) -> None:
    post(newsroom, "framed", FILM)
    page = read(wait=False, java_script_enabled=False)
    expect(page.get_by_role("link", name=PLAY)).to_have_attribute("href", "https://youtu.be/abcdefghijk")


def test_a_frame_that_is_closed_gives_its_place_back(newsroom: Newsroom, read: Open) -> None:
    page, _ = opened(newsroom, read)
    before = page.evaluate("document.documentElement.scrollHeight")
    framed(page, PLAY)
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#p-framed iframe")).to_have_count(0)
    expect(page.get_by_role("link", name=PLAY)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollHeight") == before


def test_a_post_of_others_grows_in_its_frame_without_moving_what_is_read(newsroom: Newsroom, read: Open) -> None:
    page, _ = opened(newsroom, read, GROWS)
    expect(framed(page, SHOW).locator("p")).to_have_text("post")
    frame = next(one for one in page.frames if "twitter" in one.url)
    page.evaluate("document.querySelector('#p-p11').scrollIntoView({ block: 'start' })")
    reading = page.locator("#p-p11 p").nth(1)
    before = reading.bounding_box()
    frame.evaluate("postMessage({ height: 900 }, '*')")
    expect(page.locator("#p-framed iframe")).to_have_css("height", "900px")
    assert before is not None
    assert reading.bounding_box() == pytest.approx(before, abs=1)
    frame.evaluate("postMessage({ height: 1e9 }, '*')")
    expect(page.locator("#p-framed iframe")).to_have_css("height", "3000px")
    assert reading.bounding_box() == pytest.approx(before, abs=1)
    page.evaluate("postMessage(JSON.stringify({ height: 50 }), '*')")  # from nobody who is framed
    frame.evaluate("postMessage({ height: 700 }, '*')")
    expect(page.locator("#p-framed iframe")).to_have_css("height", "700px")


def test_what_plays_goes_on_when_its_post_is_edited_and_ends_when_it_is_replaced(
    newsroom: Newsroom, read: Open
) -> None:
    page, _ = opened(newsroom, read)
    expect(framed(page, PLAY).locator("p")).to_have_text("player")
    next(one for one in page.frames if "youtube" in one.url).evaluate("window.playing = true")

    def revise(words: str, *blocks: Any) -> None:
        doc = body.with_ids(body.Doc(content=(body.paragraph(words), *blocks)), seed=words)
        at = newsroom.now("framed").published_at
        newsroom.add(e.PostRevised(post="framed", title="framed", body=doc, published_at=at))

    revise("A line, mended.", body.paragraph("And one more."), FILM, POST)
    expect(page.locator("#p-framed")).to_contain_text("And one more.")
    assert next(one for one in page.frames if "youtube" in one.url).evaluate("window.playing")
    revise("It was another film.", OTHER, POST)
    expect(page.locator("#p-framed")).to_contain_text("It was another film.")
    expect(page.locator("#p-framed iframe")).to_have_count(0)
    expect(page.get_by_role("link", name=PLAY)).to_be_visible()


@pytest.mark.parametrize(("link", "of"), [(PLAY, "youtube"), (SHOW, "twitter")])
def test_a_frame_that_turns_evil_can_do_nothing_to_the_page(newsroom: Newsroom, read: Open, link: str, of: str) -> None:
    page, asked = opened(newsroom, read, EVIL)
    said: list[Any] = []
    page.context.on("page", lambda popup: said.append(popup.url))
    page.on("download", lambda download: said.append(download.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate("document.cookie = 'reader=1'; localStorage.setItem('kept', '1')")
    posts = page.locator("[data-posts] > *").count()
    inside = framed(page, link)
    expect(inside.locator("body")).to_contain_text("tried all")
    evil = next(frame for frame in page.frames if of in frame.url)
    assert evil.title().strip() == "did"
    assert len(asked) == 1
    assert said == []
    assert page.url.startswith("http://127.0.0.1")
    expect(page.locator("body")).not_to_contain_text("defaced")
    assert page.locator("[data-posts] > *").count() == posts
