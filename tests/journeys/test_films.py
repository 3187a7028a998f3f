"""Films and sounds in a real browser: from a file on a desk to a page that plays them, with what stands beside them."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.bringing import bring, drawn
from tests.journeys.conftest import OUT, Open, served
from tests.journeys.installation import Installation
from tests.journeys.newsroom import STORM, Newsroom, staffed
from tests.journeys.test_pictures import EDITOR, PLACE, barriers
from tests.media.films import CAPTIONS, webm
from tests.media.sandbox import made

pytestmark = pytest.mark.browser

BROUGHT = {
    "video": [("phone.mp4", made.film(), "video/mp4")],
    "audio": [
        ("vox.mp3", made.mp3(), "audio/mpeg"),
        ("vox.ogg", made.ogg(), "audio/ogg"),
        ("siren.webm", made.webm_sound(), "video/webm"),  # as a browser's recorder names it
    ],
}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation for all of these; what each publishes is its own."""
    yield from served(Installation(tmp_path_factory.mktemp("films") / "home"))


@pytest.fixture(scope="module")
def room(newsroom: Installation, browser: Browser) -> Newsroom:
    """Its people, who are signed in."""
    return staffed(newsroom, browser)


@pytest.fixture
def desk(room: Newsroom, read: Open) -> Callable[[], Page]:
    """Open the desk as its editor."""

    def opened() -> Page:
        how = {"storage_state": room.signed_in["editor"], "viewport": {"width": 1440, "height": 900}}
        page = read(f"{room.installation.url}{STORM}", **how)
        page.wait_for_selector(EDITOR)
        return page

    return opened


def waves() -> bytes:
    """Return a film of two seconds."""
    pictures = []
    for n in range(20):
        pictures.append(Image.new("RGB", (320, 180), "#2b4a5c"))
        ImageDraw.Draw(pictures[-1]).ellipse((n * 12, 60, n * 12 + 60, 120), fill="#d8e2e6")
    return webm(pictures, frame_ms=100)


def chosen(page: Page, *files: tuple[str, str, bytes]) -> None:
    """Have each of these chosen where the next asks for a file."""
    left = [FilePayload(name=name, mimeType=kind, buffer=raw) for name, kind, raw in files]
    page.on("filechooser", lambda chooser: chooser.set_files(left.pop(0)))


def published(room: Newsroom) -> list[dict[str, Any]]:
    """Return the body of each post that was published, as the log has it."""
    return [f["payload"]["body"] for f in room.installation.log("storm") if f["kind"] == "post.published"]


def test_a_film_comes_with_poster_captions_and_transcript_and_plays_where_readers_are(
    room: Newsroom, desk: Callable[[], Page], read: Open
) -> None:
    reader = read(f"{room.installation.url}/live/storm/")
    page = desk()
    said = set[str | None]()
    page.on("request", lambda one: said.add(one.headers.get("priority")) if one.method in {"PATCH", "HEAD"} else None)
    bring(page, "drop", ("waves.webm", waves()), kind="video/webm")
    node = page.locator(f"{EDITOR} .node-video")
    player = node.locator("video")
    page.wait_for_function("() => document.querySelector('.node-video video')?.videoWidth === 320")
    expect(node).to_contain_text("nothing is converted")
    chosen(
        page,
        ("words.vtt", "text/vtt", CAPTIONS),  # for a poster, by mistake
        ("still.jpg", "image/jpeg", drawn("#2b4a5c", size=(320, 180))),
        ("words.vtt", "text/vtt", CAPTIONS),
    )
    poster, captions = node.locator(".film-beside").nth(0), node.locator(".film-beside").nth(1)
    poster.get_by_role("button", name="Choose a file").click()
    expect(poster).to_contain_text("That is not a picture.")
    poster.get_by_role("button", name="Choose a file").click()
    expect(poster).to_contain_text("A picture stands for it.")
    captions.get_by_role("button", name="Choose a file").click()
    expect(captions).to_contain_text("It has captions.")
    assert barriers(page) == []
    for label, words in (("Title", "High water"), ("Caption", "At the quay."), ("Credit", "Nia Vale")):
        node.get_by_label(label, exact=True).fill(words)
    node.get_by_label("Transcript").fill("Waves, and a bell.")
    expect(player).to_have_attribute("poster", re.compile(r"/desk/.*\.webp$"))
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{PLACE} [data-sent]")).to_contain_text(OUT)

    assert said == {"u=6"}  # nobody's publish waits for a file

    (film,) = published(room)[-1]["content"]
    attrs = film["attrs"]
    assert (film["type"], attrs["kind"], attrs["width"], attrs["height"], attrs["seconds"]) == (
        "video", "video/webm", 320, 180, 2,
    )  # fmt: skip
    for where in (reader, read(f"{room.installation.url}/live/storm/")):
        figure = where.locator("figure.film").first  # the newest
        expect(figure).to_contain_text("High water")
        expect(figure.locator("figcaption")).to_have_text("At the quay. Nia Vale")
        figure.get_by_text("Transcript").click()
        expect(figure).to_contain_text("Waves, and a bell.")
        where.evaluate("""() => { const film = document.querySelector("figure.film video");
            film.muted = true; film.textTracks[0].mode = "showing"; return film.play() }""")
        where.wait_for_function("() => document.querySelector('figure.film video').currentTime > 0.3")
        where.wait_for_function("() => document.querySelector('figure.film video').textTracks[0].cues?.length")


@pytest.mark.parametrize("kind", BROUGHT)
def test_films_and_sounds_of_every_kind_come_in_and_are_what_their_bytes_say(
    room: Newsroom, desk: Callable[[], Page], kind: str
) -> None:
    page = desk()
    for name, raw, said in BROUGHT[kind]:
        bring(page, "drop", (name, raw), kind=said)
    nodes = page.locator(f"{EDITOR} .node-{kind}")
    expect(nodes.locator("[src^='/desk/'], [src^='blob:']")).to_have_count(len(BROUGHT[kind]))
    expect(page.locator(f"{EDITOR} .arriving:visible")).to_have_count(0)
    if kind == "video":
        expect(nodes.locator(".file-noted")).to_contain_text("Where the camera was")
    page.locator(EDITOR).focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{PLACE} [data-sent]")).to_contain_text(OUT)
    blocks = [block for block in published(room)[-1]["content"] if block["type"] == kind]
    assert sorted(block["attrs"]["kind"] for block in blocks) == sorted(
        {"siren.webm": "audio/webm"}.get(name, said) for name, _, said in BROUGHT[kind]
    )
    assert json.dumps(blocks).count('"seconds"') == len(blocks)
