"""A film of ours as readers see it: it plays by ranges, with captions, moves nothing, and outlives edits."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from asithappened.core import body, media
from asithappened.core import events as e
from asithappened.delivery.media_files import SMALL_BYTES
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import AT, Blog
from tests.delivery.serving import Served, until
from tests.media.films import CAPTIONS, noise, webm

pytestmark = pytest.mark.browser
# Of the posts alone: the script puts the reader's own time into the lines above them.
SHIFTS = """() => { window.shifted = [];
new PerformanceObserver(list => list.getEntries().forEach(one => one.sources.forEach(
    ({node}) => node?.parentElement?.closest("[data-posts]") && window.shifted.push(`${node.className} ${one.value}`)
))).observe({type: "layout-shift", buffered: true}) }"""


@pytest.fixture
def served(database: Path | str) -> Iterator[Served]:
    """Yield a server whose pages name its own address."""
    server = Served("fast", database, Path(settings.DOORBELLS), KEY, at_its_address=True).start()
    yield server
    server.stop()


def put(served: Served, id_: str, name: str, data: bytes) -> str:
    """Put a file where the server looks for it, and return its digest."""
    path = served.media / media.path(id_, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(id_.encode()).hexdigest()


def words_and_film(served: Served, words: str) -> body.Doc:
    """Return a body with a film of ours that is too large to be held in memory."""
    film = put(served, "film0", "video.webm", webm(list(noise(640, 360, 40)), quality=95))
    assert (served.media / media.path("film0", "video.webm")).stat().st_size > SMALL_BYTES
    captions = put(served, "words0", media.CAPTIONS, CAPTIONS)
    poster = put(served, "still0", "640.jpg", b"")
    Image.new("RGB", (640, 360), "navy").save(served.media / media.path("still0", "640.jpg"), "JPEG")
    attrs = body.MediaAttrs(media="film0", digest=film, kind="video/webm", width=640, height=360, seconds=8,
                            captions="words0", captions_digest=captions, poster="still0", poster_digest=poster,
                            poster_width=640, title="High water", caption="At noon", credit="Ines Roth",
                            transcript="Waves, and a bell.")  # fmt: skip
    doc = body.Doc(content=(body.paragraph(words), body.Video(attrs=attrs)))
    return body.with_ids(doc, seed="film")


def playing_on(page: Page, since: float) -> float:
    """Return how far the film is, once it is further than it was."""
    page.wait_for_function("since => document.querySelector('video').currentTime > since + 0.2", arg=since)
    assert page.evaluate("document.querySelector('video') === window.film && !window.film.paused")
    return float(page.evaluate("window.film.currentTime"))


def test_a_film_plays_by_ranges_with_captions_and_outlives_what_happens_around_it(
    served: Served, browser: Browser
) -> None:
    blog = Blog.opened(posts=3)
    doc = words_and_film(served, "A film from the quay.")
    blog.publish(e.PostPublished(post="film", title="High water", body=doc, published_at=AT.replace(hour=20)))
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    answers = dict[str, set[int]]()
    page.on("response", lambda got: answers.setdefault(got.url.rpartition("/")[2], set()).add(got.status))
    page.add_init_script(f"({SHIFTS})()")
    until(lambda: b"<video" in served.get(blog.path()).body)
    page.goto(f"http://127.0.0.1:{served.port}{blog.path()}")
    expect(page.locator("video[poster]"), page.content()).to_have_count(1)
    assert "video.webm" not in answers  # nobody's line is spent before they ask
    page.evaluate("""() => { const film = window.film = document.querySelector("video");
        film.muted = true; film.loop = true; film.textTracks[0].mode = "showing"; return film.play() }""")
    at = playing_on(page, 0)
    page.wait_for_function("() => document.querySelector('video').textTracks[0].cues?.length === 1")
    assert page.evaluate("window.film.textTracks[0].cues[0].text") == "The quay, at high water."
    assert page.evaluate("[window.film.textTracks[0].kind, window.film.textTracks[0].language]") == ["captions", "en"]
    assert answers["video.webm"] == {206}
    assert page.evaluate("window.shifted") == []

    blog.publish(blog.revision("p3", "Edited below the film."), blog.post("Another post above it."))
    page.wait_for_function("() => document.body.innerText.includes('Edited below the film.')")
    at = playing_on(page, at)
    edited = words_and_film(served, "A film from the quay, at noon.")
    blog.publish(e.PostRevised(post="film", title="High water", body=edited, published_at=AT.replace(hour=20)))
    page.wait_for_function("() => document.body.innerText.includes('quay, at noon.')")
    playing_on(page, at)
    transcript = page.locator("details.transcript")
    transcript.locator("summary").click()
    assert transcript.inner_text().endswith("Waves, and a bell.")
    page.close()
