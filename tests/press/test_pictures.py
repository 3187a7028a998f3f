"""Promises of a live blog's card: the picture of the newest visible post that has one, and of no post taken back."""

import json
import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.log.models import Post
from asithappened.published.layout import with_updates
from asithappened.published.models import Part

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def post(id_: str, *pictures: str, graphic: bool = False, **more: Any) -> e.PostPublished:
    """Make a post with these pictures of ours; "" for one that is not to be had."""
    of_ours = {"digest": "d" * 64, "width": 1600, "height": 900}
    attrs = [{"media": id_, **of_ours, **more} if id_ else {} for id_ in pictures]
    images = [body.Image(attrs=body.ImageAttrs(alt=f"Seen in {id_}", **one)) for one in attrs]
    doc = body.with_ids(body.Doc(content=(body.paragraph(f"Words of {id_}"), *images)), seed=id_)
    return e.PostPublished(post=id_, title=id_, body=doc, graphic=graphic)


def card(blog: int) -> dict[str, str]:
    """Return what the head of the main page says of a picture."""
    meta = bytes(Part.objects.get(blog=blog, name="sharing").data).decode()
    found = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', meta))
    return {name: value for name, value in found.items() if name.startswith(("og:image", "twitter:"))}


def image_of(blog: int) -> list[str]:
    """Return the pictures of the main page's structured data, without its card."""
    html = with_updates(bytes(Part.objects.get(blog=blog, name="jsonld").data), ()).decode()
    found: list[str] = json.loads(html[html.index(">") + 1 : html.rindex("<")])["image"]
    assert found[-1] == card(blog)["og:image"]
    return [re.sub(r".*/media/([a-z0-9]+)/.*", r"\1", picture) for picture in found[:-1]]


@pytest.fixture
def blog() -> int:
    opened = e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)
    return press.publish(None, [opened]).blog


def test_a_blog_is_shared_with_the_picture_of_its_newest_post_that_has_one(blog: int) -> None:
    plain = card(blog)
    press.publish(blog, [post("none"), post("lost", "")])
    assert card(blog) == plain
    press.publish(blog, [post("old", "old0")])
    old = card(blog)
    press.publish(blog, [post("new", "", "new0", "new1"), post("later")])
    new = card(blog)
    assert len({shown["og:image"] for shown in (plain, old, new)}) == 3
    assert new["og:image:alt"] == "Storm – Seen in new"
    assert image_of(blog) == ["new0"]
    press.publish(blog, [e.PostWithdrawn(post="new")])
    assert card(blog) == old


def test_a_card_is_another_when_its_crop_is_and_never_of_what_is_graphic(blog: int) -> None:
    plain = card(blog)
    press.publish(blog, [post("covered", "pic0", graphic=True), post("picture", "pic1", "pic2", graphic=False)])
    shown = card(blog)
    body_ = post("picture", "pic1", "pic2", focus_x=10).body
    press.publish(blog, [e.PostRevised(post="picture", title="picture", body=body_, position=5)])
    assert card(blog)["og:image"] != shown["og:image"]
    body_ = post("picture", "pic1").body
    press.publish(blog, [e.PostRevised(post="picture", title="picture", body=body_, position=5, graphic=True)])
    assert card(blog) == plain


def test_a_picture_stays_however_many_posts_come_after_it(blog: int) -> None:
    press.publish(blog, [post("first", "pic0"), *(post(f"p{n}") for n in range(60))])
    shown = card(blog)
    press.publish(blog, [post("last")])
    assert card(blog) == shown
    assert image_of(blog) == ["pic0"]


@pytest.mark.parametrize("how", ["withdrawn", "erased", "edited"])
def test_a_picture_that_is_taken_back_is_in_no_head(blog: int, how: str) -> None:
    plain = card(blog)
    first = press.publish(blog, [post("a", "secret0")]).first
    assert image_of(blog)
    event: e.Event = e.PostWithdrawn(post="a")
    if how == "erased":
        event = e.PayloadErased(of=e.post("a"), seqs=(first,), whole=True)
    elif how == "edited":
        event = e.PostRevised(post="a", title="a", body=post("a").body, position=7)
    press.publish(blog, [event])
    press.publish(blog, [post("b")])
    assert card(blog) == plain
    parts = Part.objects.filter(blog=blog).values_list("data", flat=True)
    assert not any(b"secret0" in bytes(data) for data in parts)


def test_a_restored_post_brings_its_picture_back(blog: int) -> None:
    press.publish(blog, [post("a", "pic0")])
    shown = card(blog)
    press.publish(blog, [e.PostWithdrawn(post="a")])
    press.publish(blog, [post("a", "pic0")])
    assert card(blog) == shown


def test_posts_of_an_older_version_are_marked_by_the_migration(blog: int) -> None:
    elsewhere = body.Image(attrs=body.ImageAttrs(src="https://p.example/a.jpg"))
    with_one = e.PostPublished(post="with", title="with", body=body.with_ids(body.Doc(content=(elsewhere,)), seed="a"))
    press.publish(blog, [with_one, post("without"), post("lost", "")])
    Post.objects.update(pictured=False)
    import_module("asithappened.log.migrations.0004_posts_with_pictures").mark(
        apps, SimpleNamespace(connection=connection)
    )
    assert set(Post.objects.filter(pictured=True).values_list("post", flat=True)) == {"with"}


def test_the_newest_picture_is_found_by_its_index(blog: int) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a plan of PostgreSQL's depends on how full the table is")
    rows = Post.objects.filter(blog_id=blog, visible=True, pictured=True).order_by("-position", "-first_seq")[:1]
    assert "log_post_pictured" in rows.explain()
