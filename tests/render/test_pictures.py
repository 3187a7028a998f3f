"""How pictures, galleries, films and sounds are shown: ours in every size, others' by a link, the graphic covered."""

import json
import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from asithappened.core import body, media
from asithappened.published.layout import MEDIA_SLOT
from asithappened.render.body import body_html
from asithappened.render.edition import Edition, edition_of
from asithappened.render.pictures import face_of
from asithappened.render.post import card, fragment
from asithappened.render.structured import update
from tests.render.blogs import NOON, blog, edition, post
from tests.strategies import PREVIEW

OURS: dict[str, Any] = {
    "media": "abcd1234", "digest": "ab" * 32, "width": 1600, "height": 1200, "alt": "Waves over a quay",
    "caption": "The quay at noon.", "credit": "Ines Faro", "preview": PREVIEW,
}  # fmt: skip
BELOW = f"{MEDIA_SLOT}/live/storm/p/a1/media/abcd1234/abababab"


def image(**attrs: Any) -> dict[str, Any]:
    """Return a picture of ours, but for what is said."""
    return {"type": "image", "attrs": OURS | attrs}


def shown(*blocks: dict[str, Any], of: Edition | None = None, graphic: bool = False) -> LexborHTMLParser:
    """Return blocks as HTML that can be asked."""
    doc = body.with_ids(body.parse({"type": "doc", "content": list(blocks)}), seed="s")
    at = of or edition(slug="storm")
    with at.speaking():
        return LexborHTMLParser(str(body_html(doc, at, "a1", graphic=graphic)))


def test_a_picture_is_offered_in_every_size_that_is_kept_and_no_larger() -> None:
    tree = shown(image())
    webp, jpeg = tree.css_first("source"), tree.css_first("picture > img")
    assert webp.attributes["type"] == "image/webp"
    assert webp.attributes["srcset"] == ", ".join(f"{BELOW}/{w}.webp {w}w" for w in (320, 640, 960, 1280, 1600))
    assert jpeg.attributes["srcset"] == f"{BELOW}/640.jpg 640w, {BELOW}/1280.jpg 1280w"
    assert jpeg.attributes["src"] == f"{BELOW}/1280.jpg"
    assert (jpeg.attributes["width"], jpeg.attributes["height"]) == ("1600", "1200")
    assert (jpeg.attributes["loading"], jpeg.attributes["alt"]) == ("lazy", "Waves over a quay")
    assert webp.attributes["sizes"] == jpeg.attributes["sizes"]
    named = re.findall(r"/(\d+\.\w+)(?=[ \"])", tree.html or "")
    assert set(named) == set(media.files(1600))


def test_its_placeholder_lies_below_it_and_is_said_to_nobody() -> None:
    blur = shown(image()).css_first(".frame > img.blur")
    assert blur.attributes == {"class": "blur", "src": f"data:image/webp;base64,{PREVIEW}", "alt": ""}
    assert shown(image(preview="")).css_first(".blur") is None


def test_caption_and_credit_stand_apart_and_the_caption_is_never_the_alternative_text() -> None:
    tree = shown(image())
    assert tree.css_first("figcaption .caption").text() == "The quay at noon."
    assert tree.css_first("figcaption .credit").text() == "Ines Faro"
    assert shown(image(alt="", decorative=True)).css_first("picture > img").attributes["alt"] == ""


@pytest.mark.parametrize(
    ("alt", "caption", "said"),
    [
        ("A grey field", "A grey field.", ""),
        ("Waves at the pier", "WAVES AT THE PIER, Port Merrow, on Friday", ""),
        ("Waves break over the sea wall at Port Merrow", "Waves break over the wall at Port Merrow.", ""),
        ("هبت العاصفة على الميناء", "هبت العاصفة على الميناء اليوم", ""),
        ("港口的暴风雨", "港口的暴风雨。", ""),
        ("Waves break over a wall", "At noon.", "Waves break over a wall"),
        ("A man in a red coat holds on to a railing", "The pier at noon", "A man in a red coat"),
        ("Bars", "", "Bars"),
        ("", "At noon.", ""),
    ],
)
@pytest.mark.parametrize("where", ["ours", "elsewhere", "lost"])
def test_what_a_caption_says_is_not_said_by_the_alternative_text_again(
    alt: str, caption: str, said: str, where: str
) -> None:
    attrs = {"alt": alt, "caption": caption, "credit": "Photo: Q"}
    if where == "elsewhere":
        attrs["src"] = "https://example.org/a.jpg"
    tree = shown(image(**attrs) if where == "ours" else {"type": "image", "attrs": attrs})
    picture, words = tree.css_first("picture > img"), tree.css_first(".no-picture .alt")
    told = picture.attributes["alt"] or "" if picture else words.text() if words else ""
    assert (told.startswith(said), bool(told)) == (True, bool(said))
    assert tree.css_first("figcaption").text() == f"{caption} Photo: Q".strip()


@pytest.mark.parametrize(
    ("width", "height", "classes"),
    [(1600, 1200, ""), (1200, 1600, "tall"), (900, 1600, "taller"), (4000, 1000, "panorama"), (200, 150, "small")],
)
def test_a_picture_says_its_shape(width: int, height: int, classes: str) -> None:
    found = shown(image(width=width, height=height)).css_first(".frame").attributes["class"] or ""
    assert found.split() == ["frame", *classes.split()]


def test_a_crop_keeps_the_focal_point() -> None:
    classes = {
        (focus_x, focus_y): (
            shown(image(focus_x=focus_x, focus_y=focus_y)).css_first(".frame").attributes["class"] or ""
        )
        for focus_x, focus_y in ((50, 50), (0, 100), (39, 61), (100, 0))
    }
    assert {at: found.split()[1:] for at, found in classes.items()} == {
        (50, 50): [], (0, 100): ["x0", "y4"], (39, 61): ["x1", "y3"], (100, 0): ["x4", "y0"]
    }  # fmt: skip


def test_a_gallery_holds_its_pictures_in_order_each_with_its_words() -> None:
    content = [image(media=f"abcd000{n}", caption=f"Number {n}.") for n in range(5)]
    tree = shown({"type": "gallery", "content": content})
    figures = tree.css(".gallery > figure.picture")
    assert [figure.css_first(".caption").text() for figure in figures] == [f"Number {n}." for n in range(5)]
    sizes = [figure.css_first("source").attributes["sizes"] for figure in figures]
    assert (len(set(sizes[1:])), sizes[0] in sizes[1:]) == (1, False), "the first is the widest"


def test_a_graphic_picture_is_covered_with_its_caption_in_sight() -> None:
    tree = shown(image(graphic=True), {"type": "gallery", "content": [image(), image(graphic=True)]})
    assert len(tree.css("details.cover")) == 2
    assert [cover.css_first("summary").text() for cover in tree.css("details")] == ["Graphic picture Show it"] * 2
    assert all(cover.css_first("picture") and not cover.css_first("figcaption") for cover in tree.css("details"))
    assert "open" not in tree.css_first("details").attributes
    assert [late(frame) for frame in tree.css(".frame")] == [True, False, True], "nothing to fetch while covered"


def late(frame: LexborNode) -> bool:
    """Say whether a picture has nothing that a browser fetches by itself; what shows all of it is in reach."""
    sources = frame.css("source, picture > img")
    asked = {
        name.removeprefix("data-") for one in sources for name in one.attributes if name.endswith(("src", "srcset"))
    }
    assert asked == {"src", "srcset"}
    assert (frame.css_first("a.whole").attributes["href"] or "").endswith("/1600.webp")
    found = {"src" in one.attributes or "srcset" in one.attributes for one in sources}
    assert found == {"late" not in (frame.attributes["class"] or "").split()}
    return found == {False}


def test_a_picture_is_a_link_to_all_of_it_by_what_it_shows() -> None:
    link = shown(image(width=4000, height=3000)).css_first(".frame > a.whole")
    assert link.attributes["href"] == f"{BELOW}/2560.webp"
    assert (link.css_first("img").attributes["alt"], link.text()) == ("Waves over a quay", "Open the picture")


def test_a_graphic_post_is_covered_whole_and_once() -> None:
    words = {"type": "paragraph", "content": [{"type": "text", "text": "What was seen there."}]}
    tree = shown(words, image(graphic=True), graphic=True)
    [cover] = tree.css("details.cover")
    frame = tree.css_first(".frame")
    assert frame is not None
    assert late(frame)
    film = shown({"type": "video", "attrs": FILM}, graphic=True).css_first("details.cover video").attributes
    assert ("poster" in film, film["data-poster"], film["preload"]) == (False, f"{BELOW}/1280.jpg", "none")
    assert cover.css_first("summary").text() == "This update is graphic. Show it"
    assert "What was seen there." in cover.text()
    seen = post(title="At the pier", body=body.Doc(content=(body.paragraph("What was seen there."),)), graphic=True)
    html = fragment(edition(), seen).decode()
    assert html.index("At the pier") < html.index("<details") < html.index("What was seen")


def test_no_page_asks_a_third_party_for_a_picture() -> None:
    attrs = {"src": "http://pictures.example/a.jpg?u=1", "alt": "Waves", "caption": "At noon.", "credit": "Q"}
    tree = shown({"type": "image", "attrs": attrs | {"width": 1200, "height": 800}})
    assert tree.css("img, source, video, audio") == []
    link = tree.css_first("figure.picture a.load")
    assert link.attributes == {
        "class": "load", "data-size": "1200x800", "href": "https://pictures.example/a.jpg?u=1",
        "rel": "noopener noreferrer",
    }  # fmt: skip
    assert link.text() == "Show the picture from pictures.example"
    assert tree.css_first(".no-picture .alt").text() == "Waves"


def test_a_picture_that_the_archive_has_not_got_shows_its_words() -> None:
    attrs = {"alt": "Waves break over a wall", "caption": "At noon.", "credit": "Photo: Q"}
    tree = shown({"type": "image", "attrs": attrs})
    assert tree.css_first(".no-picture .label").text() == "Picture not available"
    assert tree.css_first(".no-picture .alt").text() == "Waves break over a wall"
    assert tree.css_first("figcaption").text() == "At noon. Photo: Q"
    assert tree.css("img, a") == []


FILM: dict[str, Any] = {
    "media": "film1234", "digest": "cd" * 32, "kind": "video/mp4", "width": 1920, "height": 1080, "title": "The wave",
    "poster": "abcd1234", "poster_digest": "ab" * 32, "poster_width": 1600, "captions": "text1234",
    "captions_digest": "ef" * 32, "transcript": "Wind.\nThen the siren.", "credit": "Ines Faro",
}  # fmt: skip


def test_a_film_of_ours_is_played_with_its_poster_captions_and_transcript() -> None:
    tree = shown({"type": "video", "attrs": FILM})
    video = tree.css_first("figure.film video")
    assert video.attributes["poster"] == f"{BELOW}/1280.jpg"
    assert (video.attributes["preload"], "controls" in video.attributes, "autoplay" in video.attributes) == (
        "none", True, False
    )  # fmt: skip
    source, track = video.css_first("source"), video.css_first("track")
    assert source.attributes["src"] == f"{MEDIA_SLOT}/live/storm/p/a1/media/film1234/cdcdcdcd/video.mp4"
    assert source.attributes["type"] == "video/mp4"
    assert "playsinline" in video.attributes
    assert (track.attributes["srclang"], video.attributes["crossorigin"]) == ("en", "anonymous")
    assert track.attributes["src"] == f"{MEDIA_SLOT}/live/storm/p/a1/media/text1234/efefefef/captions.vtt"
    assert tree.css_first("details.transcript p").html == "<p>Wind.<br>Then the siren.</p>"
    sound = {"media": "tone1234", "digest": "cd" * 32, "kind": "audio/mpeg"}
    assert shown({"type": "audio", "attrs": sound}).css_first("figure.sound audio source") is not None


def test_search_engines_are_told_of_a_film_that_has_a_poster_and_no_cover() -> None:
    def told(graphic: bool = False, **attrs: Any) -> Any:
        doc = body.parse({"type": "doc", "content": [{"type": "video", "attrs": FILM | attrs}]})
        shown = post(id="a1", body=body.with_ids(doc, seed="x"), graphic=graphic, published_at=NOON)
        return json.loads(update(edition(slug="storm"), shown)).get("video")

    said = told()
    assert said["@type"] == "VideoObject"
    assert (said["name"], said["transcript"]) == ("The wave", "Wind.\nThen the siren.")
    assert said["contentUrl"] == f"{MEDIA_SLOT}/live/storm/p/a1/media/film1234/cdcdcdcd/video.mp4"
    assert said["thumbnailUrl"] == f"{BELOW}/1280.jpg"
    assert told(graphic=True) is None
    assert told(poster="", poster_digest="", poster_width=0) is None
    assert told(media="", digest="", kind="", url="https://films.example/1") is None


def test_before_readers_have_it_a_picture_is_where_the_desk_finds_it() -> None:
    html = shown(image(), of=edition_of(blog(slug="storm"), desk=True)).html or ""
    assert "/desk/live/storm/media/abcd1234/640.webp 640w" in html
    assert MEDIA_SLOT not in html
    assert "/p/a1/" not in html


def test_other_sites_are_shown_a_jpeg_and_nothing_graphic() -> None:
    def of(graphic: bool = False, **attrs: Any) -> Any:
        content = body.parse({"type": "doc", "content": [image(**attrs)]})
        return post(id="a1", body=body.with_ids(content, seed="x"), graphic=graphic)

    face = face_of(edition(slug="storm"), of())
    assert face is not None
    assert (face.path, face.width, face.height) == (
        "/live/storm/p/a1/media/abcd1234/abababab/1280.jpg", 1280, 960
    )  # fmt: skip
    shown = card(edition(slug="storm"), of())
    assert f'"image":"{MEDIA_SLOT}{face.path}"' in update(edition(slug="storm"), of()).decode()
    graphic_picture = post(
        id="a1", body=body.with_ids(body.parse({"type": "doc", "content": [image(graphic=True)]}), seed="x")
    )
    for covered in (of(graphic=True), graphic_picture):
        assert face_of(edition(), covered) is None
        assert card(edition(slug="storm"), covered) != shown  # its card has no picture


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_hostile_words_round_a_picture_stay_words() -> None:
    tree = shown(
        image(alt=HOSTILE, caption=HOSTILE + "!", credit=HOSTILE),
        {"type": "video", "attrs": FILM | {"title": HOSTILE, "caption": HOSTILE, "transcript": HOSTILE}},
        {"type": "image", "attrs": {"src": "https://x.example/a", "alt": HOSTILE + "…", "caption": "Other words here"}},
    )
    assert not tree.css("script, [onerror]")
    assert {(node.attributes.get("src") or "")[: len(MEDIA_SLOT)] for node in tree.css("img:not(.blur)")} == {
        MEDIA_SLOT
    }
