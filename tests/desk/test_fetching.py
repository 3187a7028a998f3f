"""Bringing in pictures that are only an address: what a post shows afterwards, and keeps where there was none."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from asithappened.core import body
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions.fetching import elsewhere, fetch_pictures
from asithappened.desk.draft import Draft
from asithappened.log import read
from asithappened.media.store import store
from asithappened.outbound import Guard
from tests.outbound.conftest import site
from tests.outbound.site import Site, said

__all__ = ["site"]

HERE = Guard(["127.0.0.1/32"])


def jpeg(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (700, 400), colour).save(made, "JPEG")
    return made.getvalue()


def post(blog: Any, by: Any, *srcs: str) -> str:
    """Publish a post as one was before there were files, with a picture of each address."""
    images = tuple(body.Image(attrs=body.ImageAttrs(src=src, caption=f"As it was at {src[-6:]}")) for src in srcs)
    content: Any = (body.Gallery(content=images),) if len(images) > 1 else images
    draft = Draft(body=body.Doc(content=content))
    return actions.publish_post(blog.id, by=by, draft=draft, once=f"p{len(srcs)}{srcs[0]}").id


def pictures(blog: Any, post: str) -> list[body.ImageAttrs]:
    return [one.attrs for one in body.blocks(blog.post(post).body) if isinstance(one, body.Image)]


def test_a_picture_that_is_to_be_had_is_one_of_ours_from_then_on(blog: Any, owner: Any, site: Site) -> None:
    site.pages["/a.jpg"] = said(jpeg("navy"), Content_Type="image/jpeg")
    site.pages["/b.jpg"] = said(jpeg("teal"), Content_Type="image/jpeg")
    site.pages["/lost.jpg"] = said(b"", status=404)
    site.pages["/page.jpg"] = said(b"<html>no picture</html>", Content_Type="image/jpeg")
    a, b, lost, page = (f"{site.address}/{name}.jpg" for name in ("a", "b", "lost", "page"))
    first, second, third = post(blog, owner, a), post(blog, owner, b, lost, a), post(blog, owner, page)

    outcomes = list(fetch_pictures(blog.id, by=owner, guard=HERE))
    assert [(one.post, one.src, bool(one.media)) for one in outcomes] == [
        (first, a, True), (second, b, True), (second, lost, False), (second, a, True), (third, page, False),
    ]  # fmt: skip
    assert "404" in outcomes[2].why
    assert len(site.headers) == 4  # each address once, whatever number of posts have it

    [shown] = pictures(blog, first)
    assert (shown.src, shown.width, shown.height, shown.caption) == (a, 700, 400, "As it was at /a.jpg")
    assert store().on_disk(shown.media, "640.webp") is not None
    assert [bool(one.media) for one in pictures(blog, second)] == [True, False, True]
    assert pictures(blog, second)[2].media == shown.media
    events = [fact.event for fact in read.revisions(blog.id, first)]
    assert [event.minor for event in events if isinstance(event, e.PostRevised)] == [True]

    site.pages["/lost.jpg"] = said(jpeg("red"), Content_Type="image/jpeg")
    again = {one.src: bool(one.media) for one in fetch_pictures(blog.id, by=owner, guard=HERE)}
    assert again == {lost: True, page: False}  # it goes on where it stopped
    assert [one.id for one in elsewhere(blog.id)] == [third]


def test_an_address_inside_the_house_is_not_asked_for_a_picture(blog: Any, owner: Any, site: Site) -> None:
    post(blog, owner, f"{site.address}/a.jpg")
    [outcome] = fetch_pictures(blog.id, by=owner, guard=Guard())
    assert "not a public web address" in outcome.why
    assert not site.headers


def test_whoever_may_not_publish_here_brings_no_pictures_in(blog: Any, contributor: Any) -> None:
    with pytest.raises(PermissionDenied):
        list(fetch_pictures(blog.id, by=contributor, guard=HERE))
