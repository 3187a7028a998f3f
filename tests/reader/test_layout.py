"""Nothing that arrives late moves the page, nothing lies over anything else, no word makes it wider than its window."""

import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, Route, expect

from asithappened.core import body
from asithappened.core import events as e
from tests.reader.conftest import Open, drawn
from tests.reader.newsroom import Newsroom

pytestmark = pytest.mark.browser

LONG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung-und-mehr"
NO_ANCHORING = """document.addEventListener("readystatechange", () => {
    for (const e of [document.documentElement, document.body]) e?.style.setProperty("overflow-anchor", "none");
})"""
TOP = "id => document.getElementById(id).getBoundingClientRect().top"


def png(width: int, height: int) -> bytes:
    """Return a grey picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class SlowPictures:
    """What answers for the pictures of posts, when it is told to."""

    def __init__(self, page: Page, picture: bytes) -> None:
        self.held: list[Route] = []
        self.asked: set[str] = set()
        self.picture = picture
        self.slow = True
        page.route("**/media/**", self._asked)

    def _asked(self, route: Route) -> None:
        self.asked.add(route.request.url)
        if self.slow:
            self.held.append(route)
        else:
            route.fulfill(body=self.picture, content_type="image/png")

    def answer(self, page: Page) -> None:
        """Let every picture arrive, and wait until those that were asked for are shown."""
        self.slow = False
        for route in self.held:
            route.fulfill(body=self.picture, content_type="image/png")
        page.wait_for_function(
            "urls => [...document.images].filter(i => urls.includes(i.currentSrc)).every(i => i.naturalWidth)",
            arg=sorted(self.asked),
        )
        page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")


def picture_post(newsroom: Newsroom, name: str, size: tuple[int, int]) -> None:
    """Publish a post with a picture of this size."""
    width, height = size
    ours = body.ImageAttrs(media=f"pic{name}", digest="ab" * 32, width=width, height=height, alt="A field")
    image = body.Image(attrs=ours)
    doc = body.with_ids(body.Doc(content=(body.paragraph("A line."), image)), seed=name)
    newsroom.add(e.PostPublished(post=name, title=name, body=doc, published_at=newsroom.at))


@pytest.fixture
def slow(newsroom: Newsroom) -> Callable[..., None]:
    """Publish a key event below posts with pictures of a size."""

    def publish(size: tuple[int, int]) -> None:
        newsroom.publish("target", "Target", "What happened then.", kind=e.PostKind.KEY_EVENT)
        for n in range(8):
            picture_post(newsroom, f"later{n}", size)

    return publish


# Each of anchoring, way and size with each of the others.
@pytest.mark.parametrize(
    ("anchoring", "way", "size"),
    [
        (True, "key event", (400, 300)),
        (True, "address", (300, 900)),
        (False, "key event", (300, 900)),
        (False, "address", (400, 300)),
    ],
)
def test_a_post_that_was_gone_to_stays_when_the_pictures_above_it_arrive(
    read: Open, newsroom: Newsroom, slow: Callable[..., None], anchoring: bool, way: str, size: tuple[int, int]
) -> None:
    slow(size)
    page = read(wait=False, viewport={"width": 390, "height": 800})
    pictures = SlowPictures(page, png(*size))
    if not anchoring:
        page.add_init_script(NO_ANCHORING)
    page.goto(page.url + ("#p-target" if way == "address" else ""), wait_until="domcontentloaded")
    page.reload(wait_until="domcontentloaded")
    if way == "key event":
        page.locator(".keyevents a").click()
    page.wait_for_function("document.activeElement.id === 'p-target'")
    before = page.evaluate(TOP, "p-target")
    assert 0 <= before < 400
    page.wait_for_function("[...document.images].length === 8")
    wait_for(lambda: pictures.asked, page)
    pictures.answer(page)
    assert page.evaluate(TOP, "p-target") == pytest.approx(before, abs=2)


def wait_for(true: Callable[[], Any], page: Page) -> None:
    """Let the browser's messages come until something is so."""
    for _ in range(1_600):  # only catches what would never end
        if true():
            return
        page.wait_for_timeout(25)
    raise AssertionError("waited in vain")


def boxes(page: Page) -> list[list[float]]:
    """Return the width and height of every picture."""
    script = "[...document.images].map(i => [i.getBoundingClientRect().width, i.getBoundingClientRect().height])"
    found: list[list[float]] = page.evaluate(script)
    return found


@pytest.mark.parametrize("size", [(1200, 800), (400, 500), (900, 1600), (3000, 900), (120, 90)])
def test_a_picture_has_its_place_before_it_arrives_and_is_shown_whole(
    read: Open, newsroom: Newsroom, slow: Callable[..., None], size: tuple[int, int]
) -> None:
    slow(size)
    page = read(wait=False)
    pictures = SlowPictures(page, png(*size))
    page.reload(wait_until="domcontentloaded")
    wait_for(lambda: pictures.asked, page)
    before = boxes(page)
    assert all(width / height == pytest.approx(size[0] / size[1], abs=0.02) for width, height in before)
    assert all(width <= size[0] for width, _ in before), "never scaled up"
    pictures.answer(page)
    assert boxes(page) == before


@pytest.mark.parametrize("key_events", [1, 12])
def test_what_stands_beside_the_posts_lies_over_nothing(read: Open, newsroom: Newsroom, key_events: int) -> None:
    for n in range(key_events):
        newsroom.publish(f"k{n}", f"Key event {n} " * 5, kind=e.PostKind.KEY_EVENT)
    newsroom.add(e.RelatedSet(items=tuple(e.Related(title=f"Other coverage {n}") for n in range(9))))
    page = read(viewport={"width": 1100, "height": 700})
    script = """positions => positions.filter((y) => {
        scrollTo(0, y);
        const [rail, ...others] = [".boxes", ".feed", ".box-related", ".colophon", ".top"].map((s) =>
            document.querySelector(s).getBoundingClientRect());
        return others.some((o) => Math.min(rail.right, o.right) - Math.max(rail.left, o.left) > 1
            && Math.min(rail.bottom, o.bottom) - Math.max(rail.top, o.top) > 1);
    })"""
    for width in (1100, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 700})
        end = page.evaluate("document.documentElement.scrollHeight - innerHeight")
        positions = [*range(0, end, 173), end]
        assert len(positions) > 10
        assert page.evaluate(script, positions) == [], width


DAYS = """() => [...document.querySelectorAll("[data-posts] > article")].map((a) => [a.id.slice(2),
    [...a.querySelectorAll(".post-time .day")].filter((d) => d.getBoundingClientRect().width > 2).length])"""


def published(newsroom: Newsroom, name: str, at: datetime | None, **more: Any) -> None:
    """Publish a post of a time."""
    newsroom.publish(name, name, published_at=at, **more)


@pytest.mark.parametrize("script", [True, False])
def test_the_day_stands_once_where_it_changes_also_while_posts_come_and_go(
    read: Open, newsroom: Newsroom, script: bool
) -> None:
    for n in range(12):
        newsroom.add(e.PostWithdrawn(post=f"p{n}"))
    evening = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)
    for n in range(3):
        published(newsroom, f"a{n}", evening + timedelta(minutes=n), kind=e.PostKind.KEY_EVENT)
    for n in range(3):
        published(newsroom, f"b{n}", evening + timedelta(minutes=20 + n), kind=e.PostKind.KEY_EVENT)
    page = read(wait=script, java_script_enabled=script)
    assert page.evaluate(DAYS) == [["b2", 1], ["b1", 0], ["b0", 0], ["a2", 1], ["a1", 0], ["a0", 0]]
    listed = "[...document.querySelectorAll('.keyevents .day')].map((d) => +!!d.getBoundingClientRect().width)"
    assert page.evaluate(listed) == [1, 0, 0, 1, 0, 0]
    if script:
        published(newsroom, "c0", evening + timedelta(days=1))
        newsroom.add(e.PostWithdrawn(post="a2"))
        newsroom.add(e.PostWithdrawn(post="b2"))
        expect(page.locator("article")).to_have_count(5)
        assert page.evaluate(DAYS) == [["c0", 1], ["b1", 0], ["b0", 0], ["a1", 1], ["a0", 0]]
        page.goto(page.url + "p/a0/")
        assert page.evaluate(DAYS) == [["a0", 1]], "on its own it says its day"


def test_an_unknown_time_is_said_once_in_a_row_and_its_links_stay_within_reach(read: Open, newsroom: Newsroom) -> None:
    for n in range(3):
        published(newsroom, f"u{n}", None, position=2**52 + n)
    page = read()
    assert [shown for name, shown in page.evaluate(DAYS) if name.startswith("u")] == [1, 0, 0]
    link = page.locator("#t-u1")
    link.focus()
    assert link.bounding_box()["width"] > 20  # type: ignore[index]


@pytest.mark.parametrize("script", [True, False])
def test_a_blog_without_a_post_is_not_blank_until_the_first_one_comes(
    read: Open, newsroom: Newsroom, script: bool
) -> None:
    for n in range(12):
        newsroom.add(e.PostWithdrawn(post=f"p{n}"))
    page = read(wait=script, java_script_enabled=script)
    expect(page.get_by_text("Updates will appear here.")).to_be_visible()
    expect(page.locator(".reload")).to_be_visible(visible=not script)
    if script:
        newsroom.publish("first", "The first")
        expect(page.locator("article")).to_be_visible()
        expect(page.get_by_text("Updates will appear here.")).to_have_count(0)


def test_on_a_phone_the_first_post_begins_within_a_screen_and_a_half_and_the_gist_is_a_tap_away(
    read: Open, newsroom: Newsroom
) -> None:
    standfirst = "Homes by the river are expected to flood on the evening tide. Polling stations stay open until eight."
    points = "\n".join(f"Point {n} of what is known. " * 4 for n in range(3))
    gist = "Go to the town hall, which is open all night. " * 6
    newsroom.add(
        e.BlogDescribed(title="Flood warning for the low town as it votes on a barrier", standfirst=standfirst,
                        language="en", zone="Europe/London"),
        newsroom.post("k1", "Flood warning issued", kind=e.PostKind.KEY_EVENT, published_at=newsroom.at),
        newsroom.post("s1", "Summary of the day so far", points, kind=e.PostKind.SUMMARY, published_at=newsroom.at),
        newsroom.post("p99", "Where to go", gist, published_at=newsroom.at),
        newsroom.post("last", "Newest", published_at=newsroom.at + timedelta(minutes=1)),
        e.PostPinned(post="p99"),
    )  # fmt: skip
    for script in (True, False):
        page = read(viewport={"width": 360, "height": 740}, java_script_enabled=script, wait=False)
        first, name, field = (page.locator(of).first.bounding_box() for of in (".post", ".masthead .site", ".find"))
        assert first is not None
        assert name is not None
        assert field is not None
        assert first["y"] < 1.5 * 740
        assert abs(name["y"] + name["height"] / 2 - field["y"] - field["height"] / 2) < 2, "they share a line"
        point = page.locator(".latest-summary li").first
        expect(point).to_be_hidden()
        page.locator(".latest-summary summary").click()
        expect(point).to_be_visible()
    wide = read(viewport={"width": 800, "height": 740}, wait=False)
    expect(wide.locator(".latest-summary li").first).to_be_visible()
    expect(wide.locator(".latest-summary summary")).to_be_hidden()


def test_a_new_key_event_comes_into_view_in_the_strip_of_a_phone(read: Open, newsroom: Newsroom) -> None:
    for n in range(6):
        newsroom.publish(f"k{n}", f"Key event {n}", kind=e.PostKind.KEY_EVENT)
    page = read(viewport={"width": 360, "height": 760})
    newsroom.publish("newest", "The newest", kind=e.PostKind.KEY_EVENT)
    expect(page.locator(".keyevents li")).to_have_count(7)
    expect(page.locator(".keyevents li a").first).to_be_in_viewport(ratio=1)


def everything_long(word: str) -> body.Doc:
    """Return a document in which every text of every kind of block is one word."""
    line = [{"type": "text", "text": word}]
    paragraph = {"type": "paragraph", "content": line}
    points = [{"type": "listItem", "content": [paragraph]}]
    cells = [{"type": "tableCell", "content": [paragraph], "attrs": {"header": h}} for h in (True, False)]
    attrs = {
        "image": {"alt": word, "caption": word, "credit": word},
        "socialEmbed": {"author": word, "handle": word, "text": word, "url": "https://s.example/1", "date": ""},
        "linkCard": {"url": "https://c.example/1", "title": word, "text": word, "site": word, "label": word},
        "video": {"url": "https://v.example/1", "title": word, "caption": word, "credit": word, "provider": word},
        "audio": {"url": "https://a.example/1", "title": word, "caption": word, "credit": word, "provider": word},
    }
    content: list[dict[str, Any]] = [
        paragraph,
        {"type": "heading", "attrs": {"level": 1}, "content": line},
        {"type": "bulletList", "content": points},
        {"type": "orderedList", "content": points},
        {"type": "blockquote", "attrs": {"cite": word}, "content": [paragraph]},
        {"type": "table", "attrs": {"caption": word}, "content": [{"type": "tableRow", "content": cells}]},
        *({"type": kind, "attrs": values} for kind, values in attrs.items()),
    ]
    return body.with_ids(body.parse({"type": "doc", "content": content}), seed=word)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("word", [LONG, "https://paper.example/" + "harbour-and-coast/" * 5, "ا" * 99, "i" * 110])
def test_no_page_is_wider_than_its_window_whatever_the_word(
    read: Open, newsroom: Newsroom, word: str, language: str
) -> None:
    tags = (word[:60], "storm")
    newsroom.add(e.BlogDescribed(title=word, standfirst=word, language=language, zone="Europe/London", tags=tags))
    newsroom.add(e.RelatedSet(items=(e.Related(title=word, standfirst=word, byline=word, dated=word[:60]),)))
    newsroom.add(e.ContributorJoined(name=word))
    newsroom.add(e.ContributorJoined(name=word[:-1]))
    newsroom.add(e.ContributorLeft(name=word[:-1]))
    for n, kind in enumerate(e.PostKind):
        doc = everything_long(word)
        new = e.PostPublished(post=f"w{n}", title=word, body=doc, kind=kind, bylines=(word, word))
        newsroom.add(replace(new, published_at=newsroom.at))
    newsroom.add(
        e.PostRevised(
            post="w0",
            title=word + "s",
            body=everything_long(word[:-1]),
            bylines=(word,),
            reason=word,
            published_at=newsroom.at,
        )
    )
    newsroom.add(e.PostPinned(post="w0"))
    newsroom.add(e.PostWithdrawn(post="w1", reason=word))
    newsroom.publish("last", "Last")
    newsroom.add(e.BlogContinued(slug="day-2", title=word))
    page = read(wait=False, viewport={"width": 320, "height": 700})
    main = page.url
    for path in ("", "p/w0/", "p/w1/", "p/w2/"):
        page.goto(main + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
        assert page.evaluate(TOO_WIDE) == [], path


# What sticks out without making the page wider is as bad: it is cut off, or lies under something else. Boxes that
# scroll and words for screen readers are meant to.
TOO_WIDE = """[...document.querySelectorAll("body *")].filter((e) => {
    const { left, right, width } = e.getBoundingClientRect();
    return width && (left < -1 || right > 321) && !e.closest(".table, .keyevents, .ways, .unseen, .skip");
}).map((e) => e.outerHTML.slice(0, 200))"""


SHIFTS = """globalThis.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) =>
  shifts.push(...entry.sources.map(({ node }) => node?.className || node?.nodeName))
)).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Tokyo"])  # the blog's, and another
def test_a_script_that_comes_late_moves_nothing(read: Open, newsroom: Newsroom, zone: str) -> None:
    newsroom.add(e.BlogClosed())
    page = read(timezone_id=zone, wait=False)
    page.add_init_script(SHIFTS)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/static/reader*.js", hold)
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.reload(wait_until="commit")
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
        page.evaluate("() => document.fonts.ready.then(() => true)")
        drawn(page)
        wait_for(lambda: held, page)
        painted = page.evaluate("shifts")
        while held:
            held.pop().continue_()
        page.wait_for_selector("html[data-connection]")
        drawn(page)
        assert page.evaluate("shifts") == painted, width
