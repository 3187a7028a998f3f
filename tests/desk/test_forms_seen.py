"""What a form takes is what readers see: no picture that the page's own policy blocks, no date dropped in silence."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from asithappened.core import body
from asithappened.desk.forms import dates, judging
from asithappened.desk.forms.picture_address import unseen

LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")


KINDS = {
    "picture": (body.Image, body.ImageAttrs),
    "social": (body.Social, body.SocialAttrs),
    "card": (body.Card, body.CardAttrs),
    "video": (body.Video, body.MediaAttrs),
    "audio": (body.Audio, body.MediaAttrs),
}


def judged(kind: str, old: body.Doc | None = None, **values: Any) -> tuple[tuple[Any, ...], Mapping[str, str]]:
    """Return what becomes of a block, and what is wrong with it by attribute."""
    node, attrs = KINDS[kind]
    id_ = old.content[0].attrs.id if old else ""
    read = judging.judged(body.Doc(content=(node(attrs=attrs(id=id_, **values)),)), seed="p", zone=LONDON, old=old)
    return read.doc.content, read.errors.get(0, {})


UNSEEN = {
    "http://a.example/x.jpg": "https://a.example/x.jpg",
    "HTTP://a.example/x.jpg": "https://a.example/x.jpg",
    "data:image/png;base64,AAAA": "only your own browser",
    "blob:https://a.example/1234": "only your own browser",
    "file:///home/ana/x.jpg": "only your own browser",
    "https://localhost/x.jpg": "inside a network of your own",
    "https://127.0.0.1:8443/x.jpg": "inside a network of your own",
    "https://192.168.0.7/x.jpg": "inside a network of your own",
    "https://[::1]/x.jpg": "inside a network of your own",
    "https://2130706433/x.jpg": "inside a network of your own",
    "https://nas/x.jpg": "inside a network of your own",
    "https://pictures.local/x.jpg": "inside a network of your own",
    "https://a.example/": "the address of a site",
    "https://a.example/clip.MP4": ".mp4",
    "https://a.example/photo.heic?w=800": ".heic",
    "x.jpg": "starts with https://",
    "//a.example/x.jpg": "starts with https://",
    "ftp://a.example/x.jpg": "starts with https://",
}


@pytest.mark.parametrize("address", UNSEEN)
def test_a_picture_that_no_reader_can_see_is_refused_with_what_would_be_right(address: str) -> None:
    _, wrong = judged("picture", src=address, alt="A wall")
    assert UNSEEN[address] in wrong["src"]


@pytest.mark.parametrize("address", [
    "https://a.example/x.jpg", "https://a.example/picture?id=7", "https://a.example/x", "https://a.example/?p=7",
    "https://93.184.215.14/x.jpg", "https://a.example/x.svg", "https://a.example/x.jpg?format=.html",
])  # fmt: skip
def test_a_picture_that_may_be_seen_is_taken(address: str) -> None:
    (picture,), wrong = judged("picture", src=address, alt="A wall")
    assert (picture.attrs.src, wrong) == (address, {})


def test_a_picture_of_this_very_server_is_seen_whatever_its_scheme() -> None:
    assert unseen(f"{settings.PUBLIC_URL}/static/demo/harbour.svg") == ""
    assert unseen(f"{settings.PUBLIC_URL}.evil.example/x.svg") != ""


def test_what_came_from_an_archive_stays_as_it_came_while_its_caption_is_mended() -> None:
    image = body.Image(attrs=body.ImageAttrs(id="i1", src="http://old.example/x.jpg", alt="A wall", caption="Teh wall"))
    old = body.Doc(content=(image,))
    (picture,), wrong = judged("picture", old, src="http://old.example/x.jpg", alt="A wall", caption="The wall")
    assert (picture.attrs.src, picture.attrs.caption, wrong) == ("http://old.example/x.jpg", "The wall", {})
    _, wrong = judged("picture", old, src="http://old.example/y.jpg", alt="A wall", caption="The wall")
    assert "https://old.example/y.jpg" in wrong["src"]


@pytest.mark.parametrize(("kind", "field", "values"), [
    ("picture", "src", {"caption": "The wall"}),
    ("card", "url", {"title": "What we know"}),
    ("video", "url", {"title": "The wall goes"}),
    ("audio", "url", {"caption": "The mayor"}),
])  # fmt: skip
def test_what_is_nothing_without_an_address_asks_for_it(kind: str, field: str, values: dict[str, Any]) -> None:
    assert field in judged(kind, **values)[1]


def test_a_link_may_lead_to_http_for_nothing_blocks_it() -> None:
    assert judged("video", url="http://old.example/clip.mp4", title="The wall goes")[1] == {}


TAKEN = {
    "2026-11-25": "2026-11-25",
    "2026-11-25 14:10": "2026-11-25T14:10:00+00:00",
    "2026-07-25 14:10": "2026-07-25T14:10:00+01:00",
    "2026-11-25T14:10": "2026-11-25T14:10:00+00:00",
    " 2026-11-25,  14:10:07 ": "2026-11-25T14:10:07+00:00",
    "2026-11-25 14.10": "2026-11-25T14:10:00+00:00",
    "2026-11-25 2:10 pm": "2026-11-25T14:10:00+00:00",
    "2026-11-25 2.10 p.m.": "2026-11-25T14:10:00+00:00",
    "2026-11-25 12 am": "2026-11-25T00:00:00+00:00",
    "2026-11-25T14:10:00Z": "2026-11-25T14:10:00+00:00",
    "2026-07-25 14:10 UTC": "2026-07-25T14:10:00+00:00",
    "2026-11-25T14:10:00+05:30": "2026-11-25T14:10:00+05:30",
    "2026-11-25 14:10 +0530": "2026-11-25T14:10:00+05:30",
    "2026-11-25 14:10 GMT-5": "2026-11-25T14:10:00-05:00",
    "2026-11-25T14:10:00.123Z": "2026-11-25T14:10:00+00:00",
    "2026/11/25 14:10": "2026-11-25T14:10:00+00:00",
}


@pytest.mark.parametrize("typed", TAKEN)
def test_the_time_of_a_social_post_is_kept_and_an_hour_without_a_zone_is_the_blogs(typed: str) -> None:
    (post,), wrong = judged("social", platform="x", text="Words", date=typed)
    assert (post.attrs.date, wrong) == (TAKEN[typed], {})


def test_the_zone_is_the_one_of_the_blog() -> None:
    assert dates.read("2026-11-25 14:10", KOLKATA) == "2026-11-25T14:10:00+05:30"


@pytest.mark.parametrize("typed", [
    "yesterday", "25.11.2026", "2026-02-31", "2026-11-25 lunch", "2026-11-25 25:00", "2026-11-25 14",
    "2026-11-25 13 pm", "2026-11-25 14:10 Mars", "0001-01-01", "2026-11-25 14:10 +99:00", "14:10",
])  # fmt: skip
def test_a_time_that_cannot_be_read_is_an_error_beside_it_and_stays_in_the_field(typed: str) -> None:
    _, wrong = judged("social", platform="x", text="Words", date=typed)
    assert "2026-11-22 14:05" in wrong["date"]


def test_a_date_of_an_archive_that_says_no_zone_stays_as_it_came_and_can_still_be_edited() -> None:
    social = body.Social(attrs=body.SocialAttrs(id="s1", platform="x", text="Teh words", date="2026-11-25T14:10:00"))
    doc = body.Doc(content=(social,))
    assert judging.judged(doc, seed="p", zone=KOLKATA, old=doc).doc == doc


def test_a_picture_needs_a_description_unless_it_says_nothing() -> None:
    picture: dict[str, Any] = {"src": "https://a.example/x.jpg"}
    assert "alt" in judged("picture", **picture)[1]
    assert judged("picture", **picture, alt="A flooded street")[1] == {}
    assert judged("picture", **picture, decorative=True)[1] == {}
