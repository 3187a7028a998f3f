"""Bringing in what is only an address: what a post shows afterwards, and keeps where there was nothing to be had."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.providers import PROVIDERS
from asithappened.desk import actions
from asithappened.desk.actions.fetching import Outcome, Seeking, elsewhere, fetch_elsewhere
from asithappened.desk.draft import Draft
from asithappened.log import read
from asithappened.media.models import Media
from asithappened.media.store import store
from asithappened.outbound import Guard, politely
from tests.outbound.conftest import site
from tests.outbound.site import Site, said

__all__ = ["site"]

HERE = Guard(["127.0.0.1/32"])
FILM = "https://youtu.be/abcdefghijk"
POST = "https://x.com/ann/status/1234567890"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: Any) -> None:
    """Ask at once: the site is the test's own."""
    monkeypatch.setitem(politely.__kwdefaults__, "pause_s", 0)


def jpeg(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (700, 400), colour).save(made, "JPEG")
    return made.getvalue()


def post(blog: Any, by: Any, *srcs: str, more: tuple[Any, ...] = ()) -> str:
    """Publish a post as one was before there were files, with a picture of each address."""
    images = tuple(body.Image(attrs=body.ImageAttrs(src=src, caption=f"As it was at {src[-6:]}")) for src in srcs)
    content: Any = (body.Gallery(content=images),) if len(images) > 1 else images
    draft = Draft(body=body.Doc(content=(*content, *more)))
    return actions.publish_post(blog.id, by=by, draft=draft, once=f"p{len(srcs)}{srcs}{more}"[:100]).id


def pictures(blog: Any, post: str) -> list[body.ImageAttrs]:
    return [one.attrs for one in body.blocks(blog.post(post).body) if isinstance(one, body.Image)]


def fetched(blog: Any, by: Any, guard: Guard = HERE, **more: Any) -> list[Outcome]:
    return list(fetch_elsewhere(Seeking(blog=blog.id, by=by, guard=guard, **more)))


def test_a_picture_that_is_to_be_had_is_one_of_ours_from_then_on(blog: Any, owner: Any, site: Site) -> None:
    site.pages["/a.jpg"] = said(jpeg("navy"), Content_Type="image/jpeg")
    site.pages["/b.jpg"] = said(jpeg("teal"), Content_Type="image/jpeg")
    site.pages["/lost.jpg"] = said(b"", status=404)
    site.pages["/busy.jpg"] = said(b"", status=500)
    site.pages["/page.jpg"] = said(b"<html>no picture</html>", Content_Type="image/jpeg")
    a, b, lost, busy, page = (f"{site.address}/{name}.jpg" for name in ("a", "b", "lost", "busy", "page"))
    first, second, third = post(blog, owner, a), post(blog, owner, b, lost, a), post(blog, owner, page, busy)

    outcomes = fetched(blog, owner)
    assert sorted((one.post, one.src, bool(one.media), one.lasting) for one in outcomes) == sorted([
        (first, a, True, False), (second, b, True, False), (second, lost, False, True), (second, a, True, False),
        (third, page, False, True), (third, busy, False, False),
    ])  # fmt: skip
    assert "404" in next(one.why for one in outcomes if one.src == lost)
    assert len(site.headers) == 5  # each address once, whatever number of posts have it

    [shown] = pictures(blog, first)
    assert (shown.src, shown.width, shown.height, shown.caption) == (a, 700, 400, "As it was at /a.jpg")
    assert store().on_disk(shown.media, "640.webp") is not None
    assert [bool(one.media) for one in pictures(blog, second)] == [True, False, True]
    assert pictures(blog, second)[2].media == shown.media
    events = [fact.event for fact in read.revisions(blog.id, second)]
    assert [event.minor for event in events if isinstance(event, e.PostRevised)] == [True], "once, when all was settled"

    site.headers.clear()
    site.pages["/busy.jpg"] = site.pages["/lost.jpg"] = said(jpeg("red"), Content_Type="image/jpeg")
    again = {one.src: bool(one.media) for one in fetched(blog, owner)}
    assert again == {lost: False, page: False, busy: True}
    assert len(site.headers) == 1  # what is not there is not asked for again,
    assert {one.src: bool(one.media) for one in fetched(blog, owner, again=True)} == {lost: True, page: False}
    assert len(site.headers) == 3  # unless somebody says so
    assert [one.id for one, _ in elsewhere(blog.id)] == [third]


def test_of_posts_and_films_what_their_provider_says_fills_what_was_empty(blog: Any, owner: Any, site: Site) -> None:
    quoted = (
        '<blockquote><p>The quay holds.</p>— Ann Lee (@ann) <a href="https://x.com/a">January 4, 2023</a></blockquote>'
    )
    site.pages["/x"] = said(json.dumps({"html": quoted, "author_name": "Ann Lee"}).encode())
    site.pages["/film"] = said(json.dumps({"title": "The flood", "author_name": "Harbour TV"}).encode())
    among = [replace(one, oembed=f"{site.address}{ {'x': '/x', 'youtube': '/film'}.get(one.platform, '/none')}")
             for one in PROVIDERS]  # fmt: skip
    social = body.Social(attrs=body.SocialAttrs(platform="x", author="Ann, as printed", url=POST))
    film = body.Video(attrs=body.MediaAttrs(url=FILM, caption="At noon"))
    named = body.Social(attrs=body.SocialAttrs(text="What an archive kept", url=POST))
    one = post(blog, owner, more=(body.paragraph("Seen."), social, film, named))
    assert [(o.what, o.told, o.why) for o in fetched(blog, owner, among=among)] == [("embed", True, "")] * 2
    [kept, shown, archived] = [b.attrs for b in blog.post(one).body.content if not isinstance(b, body.Paragraph)]
    assert (kept.author, kept.handle, kept.text, kept.date) == (
        "Ann, as printed", "@ann", "The quay holds.", "2023-01-04",
    )  # fmt: skip
    assert (shown.title, shown.credit, shown.caption) == ("The flood", "Harbour TV", "At noon")
    assert archived.text == "What an archive kept"
    assert fetched(blog, owner, among=among) == []


def test_a_file_that_was_let_go_of_is_sought_anew(blog: Any, owner: Any, site: Site) -> None:
    site.pages["/a.jpg"] = said(jpeg("olive"), Content_Type="image/jpeg")
    one = post(blog, owner, f"{site.address}/a.jpg")
    fetched(blog, owner)
    Media.objects.filter(pk=pictures(blog, one)[0].media).delete()
    post(blog, owner, f"{site.address}/a.jpg", more=(body.paragraph("Once more."),))
    assert [bool(o.media) for o in fetched(blog, owner)] == [True]
    assert len(site.headers) == 2


def test_an_address_inside_the_house_is_not_asked_for_a_picture(blog: Any, owner: Any, site: Site) -> None:
    post(blog, owner, f"{site.address}/a.jpg")
    [outcome] = fetched(blog, owner, Guard())
    assert "not a public web address" in outcome.why
    assert not site.headers


def test_whoever_may_not_publish_here_brings_no_pictures_in(blog: Any, contributor: Any) -> None:
    with pytest.raises(PermissionDenied):
        fetched(blog, contributor)
