"""Pictures that arrive live: nothing jumps, nobody else is asked for anything, what is covered stays so."""

import io
import itertools
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, Route, expect

from asithappened.core import body
from asithappened.core import events as e
from tests.reader.conftest import Open, drawn
from tests.reader.newsroom import Newsroom
from tests.strategies import PREVIEW

pytestmark = pytest.mark.browser
_numbers = itertools.count(1)
_SHAPES: dict[str, tuple[int, int]] = {}
SHIFTS = """globalThis.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => e.hadRecentInput
  || shifts.push(...e.sources.map(({ node }) => node).filter((n) => n?.parentElement?.closest(".posts")))))
  .observe({ type: "layout-shift", buffered: true });"""
ELSEWHERE = "https://pictures.example/quay.jpg"


def ours(width: int = 1600, height: int = 1067, **more: Any) -> body.Image:
    """Return a picture of ours."""
    id_ = f"pic{next(_numbers):05d}"
    _SHAPES[id_] = width, height
    attrs: dict[str, Any] = {"media": id_, "digest": "ab" * 32, "alt": "A quay", "caption": "At noon."}
    return body.Image(
        attrs=body.ImageAttrs(**attrs | {"width": width, "height": height, "credit": "Q", "preview": PREVIEW} | more)
    )


def post(newsroom: Newsroom, name: str, *blocks: body.Block, **more: Any) -> None:
    """Publish a post of these blocks."""
    doc = body.with_ids(body.Doc(content=(body.paragraph("A line."), *blocks)), seed=name)
    newsroom.add(e.PostPublished(post=name, title=name, body=doc, published_at=newsroom.at, **more))


def gallery(count: int) -> body.Gallery:
    """Return a gallery of so many pictures of several shapes."""
    shapes = itertools.cycle([(1600, 1067), (900, 1600), (2400, 800), (400, 300)])
    return body.Gallery(content=tuple(ours(*next(shapes)) for _ in range(count)))


class Requests:
    """What a page asks for. Pictures of ours are answered, each in the width that its name says; others if allowed."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.held: list[Route] = []
        self.slow = False
        page.on("request", self._note)
        page.route("**/media/**", self._ours)
        page.route("https://pictures.example/**", lambda route: route.fulfill(body=jpeg(900, 600)))

    def _note(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.asked.append(request.url)

    def answer(self) -> None:
        """Let those arrive that wait."""
        self.slow = False
        for route in self.held:
            self._ours(route)

    def _ours(self, route: Route) -> None:
        if self.slow:
            self.held.append(route)
            return
        *_, media, _, name = route.request.url.split("/")
        width = int(name.partition(".")[0])
        whole = _SHAPES[media]
        route.fulfill(body=jpeg(width, round(width * whole[1] / whole[0])), content_type="image/webp")

    @property
    def of_media(self) -> list[str]:
        """The pictures of ours that were asked for."""
        return [url for url in self.asked if "/media/" in url]


def jpeg(width: int, height: int) -> bytes:
    """Return a picture."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(made, "JPEG")
    return made.getvalue()


def arrived(page: Page) -> None:
    """Wait until every picture that is near the screen has arrived, and was painted."""
    page.wait_for_function("() => [...document.querySelectorAll('picture > img')].some((i) => i.naturalWidth)")
    drawn(page)


@pytest.mark.parametrize("width", [360, 1440])
def test_pictures_and_a_gallery_that_arrive_live_shift_nothing_and_ask_nobody_else(
    read: Open, newsroom: Newsroom, width: int
) -> None:
    post(newsroom, "there", ours(), body.Image(attrs=body.ImageAttrs(src=ELSEWHERE, alt="A quay")))
    page = read(viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    requests = Requests(page)
    page.reload()
    arrived(page)
    assert page.evaluate("shifts") == []
    page.evaluate("scrollTo(0, 200)")
    requests.slow = True
    post(newsroom, "live", ours(900, 1600), gallery(5))
    page.get_by_role("button", name="1 new update").click()
    expect(page.locator("#p-live .gallery img:not(.blur)")).to_have_count(5)
    # A shift within half a second of a click is the reader's own.
    page.evaluate("globalThis.since = performance.now()")
    page.wait_for_function("() => performance.now() > since + 600")
    while not requests.held:
        page.wait_for_timeout(25)  # has the browser's messages come
    requests.answer()
    page.wait_for_function("() => document.querySelector('#p-live picture > img').naturalWidth")
    arrived(page)
    for _ in range(4):
        page.evaluate("scrollBy(0, 300)")
        arrived(page)
    assert page.evaluate("shifts") == []
    origin = page.evaluate("location.origin")
    assert [url for url in requests.asked if not url.startswith(f"{origin}/")] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_picture_that_lies_elsewhere_is_fetched_when_it_is_asked_for(read: Open, newsroom: Newsroom) -> None:
    image = body.ImageAttrs(src=ELSEWHERE, alt="A quay", caption="At noon.", width=900, height=600)
    post(newsroom, "old", body.Image(attrs=image))
    page = read()
    requests = Requests(page)
    link = page.get_by_role("link", name="Show the picture from pictures.example")
    expect(link).to_be_visible()
    assert ELSEWHERE not in requests.asked
    link.click()
    shown = page.locator("#p-old .picture img")
    expect(shown).to_have_attribute("alt", "A quay")
    page.wait_for_function("() => document.querySelector('#p-old .picture img').naturalWidth === 900")
    expect(page.locator("#p-old figcaption")).to_have_text("At noon.")
    assert page.url.endswith("/"), "in place"
    assert page.evaluate("document.activeElement.tagName") == "IMG"


def test_a_picture_that_is_not_there_any_more_leaves_its_words_and_its_link(read: Open, newsroom: Newsroom) -> None:
    post(newsroom, "old", body.Image(attrs=body.ImageAttrs(src=ELSEWHERE, alt="A quay")))
    page = read()
    page.route("https://pictures.example/**", lambda route: route.abort())
    page.get_by_role("link", name="Show the picture").click()
    expect(page.get_by_role("link", name="Show the picture")).to_be_visible()
    expect(page.locator("#p-old .alt")).to_have_text("A quay")


def covered(poster: str) -> body.MediaAttrs:
    """Return what is said of a film with a poster."""
    return body.MediaAttrs(
        media="film1234", digest="cd" * 32, kind="video/webm",
        poster=poster, poster_digest="ab" * 32, poster_width=1600,
    )  # fmt: skip


@pytest.mark.parametrize("script", [True, False])
def test_what_is_graphic_is_not_loaded_before_it_is_asked_for(read: Open, newsroom: Newsroom, script: bool) -> None:
    post(newsroom, "one", ours(graphic=True))
    still = ours().attrs.media
    post(newsroom, "all", ours(), body.Video(attrs=covered(still)), graphic=True)
    page = read(wait=script, java_script_enabled=script)
    requests = Requests(page)
    page.reload()
    for id_ in ("one", "all"):
        cover = page.locator(f"#p-{id_} summary")
        cover.scroll_into_view_if_needed()
        expect(page.locator(f"#p-{id_} .frame")).to_be_hidden()
    expect(page.locator("#p-all .post-body p").first).to_be_hidden()
    expect(page.locator("#p-one figcaption")).to_be_visible()
    assert requests.of_media == []
    for id_ in ("one", "all"):
        page.locator(f"#p-{id_} summary").click()
        expect(page.locator(f"#p-{id_} .frame")).to_be_visible()
    if not script:
        assert requests.of_media == []
        page.locator("#p-one").get_by_role("link", name="Open the picture").click()
        page.wait_for_url("**/1600.webp")
        return
    for id_ in ("one", "all"):
        expect(page.locator(f"#p-{id_} picture > img")).to_be_visible()
        page.wait_for_function("id => document.querySelector(`#p-${id} picture > img`).naturalWidth", arg=id_)
    expect(page.locator("#p-all video")).to_have_attribute("poster", re.compile("1280.jpg$"))
    newsroom.add(e.PostKindSet(post="one", kind=e.PostKind.KEY_EVENT))
    expect(page.locator("#p-one .badge-key")).to_be_visible()
    assert page.locator("#p-one picture > img").evaluate("(img) => img.complete && img.naturalWidth > 0")


@pytest.mark.parametrize("script", [True, False])
def test_all_of_a_picture_of_a_gallery_is_opened_by_a_click_with_its_words(
    read: Open, newsroom: Newsroom, script: bool
) -> None:
    post(newsroom, "many", gallery(3))
    page = read(wait=script, java_script_enabled=script)
    Requests(page)
    page.reload()
    second = page.locator("#p-many .gallery a.whole").nth(1)
    second.click()
    if not script:
        page.wait_for_url("**/900.webp")
        return
    over = page.get_by_role("dialog")
    expect(over.get_by_role("img", name="A quay")).to_be_visible()
    expect(over).to_contain_text("At noon.")
    page.wait_for_function("() => document.querySelector('dialog img').naturalWidth === 900")
    expect(over.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(over).to_have_count(0)
    expect(second).to_be_focused()
    assert page.url.endswith("/")


def test_what_is_said_in_a_film_is_on_paper_and_what_is_covered_is_not(read: Open, newsroom: Newsroom) -> None:
    film = body.MediaAttrs(media="film1234", digest="cd" * 32, kind="video/webm", transcript="Waves, and a bell.")
    post(newsroom, "film", body.Video(attrs=film), ours(graphic=True))
    page = read()
    assert not any(seen(page, of) for of in ("transcript", "cover"))
    page.emulate_media(media="print")
    assert seen(page, "transcript")
    assert not seen(page, "cover")


def seen(page: Page, of: str) -> bool:
    """Say whether the content of a folded part is shown."""
    return bool(page.evaluate("of => document.querySelector(`details.${of} > :not(summary)`).checkVisibility()", of))


@pytest.mark.parametrize("width", [360, 1280])
def test_a_gallery_fills_its_rows_however_many_it_shows(read: Open, newsroom: Newsroom, width: int) -> None:
    counts = (2, 3, 4, 5, 6, 9)
    for count in counts:
        post(newsroom, f"many{count}", gallery(count))
    page = read(viewport={"width": width, "height": 800})
    for count in counts:
        boxes = page.locator(f"#p-many{count} .gallery .frame").evaluate_all(
            "all => all.map((f) => f.getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height])"
        )
        assert len(boxes) == count
        rows: dict[float, list[list[float]]] = {}
        for box in boxes:
            rows.setdefault(round(box[1]), []).append(box)
        widths = {round(row[-1][0] + row[-1][2] - row[0][0]) for row in rows.values()}
        assert max(widths) - min(widths) <= 2, (count, rows)
        assert boxes[0][2] >= max(box[2] for box in boxes) - 1
