"""What a form takes is what readers see: no picture that the page's own policy blocks, no date dropped in silence."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from asithappened.core import body
from asithappened.desk.forms import judging
from tests.desk.documents import documents

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


def test_a_picture_needs_a_description_unless_it_says_nothing() -> None:
    picture: dict[str, Any] = {"src": "https://a.example/x.jpg"}
    assert "alt" in judged("picture", **picture)[1]
    assert judged("picture", **picture, alt="A flooded street")[1] == {}
    assert judged("picture", **picture, decorative=True)[1] == {}


@given(documents())
def test_what_nobody_changed_is_judged_by_nobody(document: body.Doc) -> None:
    read = judging.judged(document, seed="s", zone=LONDON, old=document)
    assert (read.doc, read.errors) == (document, {})
