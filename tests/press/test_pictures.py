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


def post(id_: str, *sources: str, **more: Any) -> e.PostPublished:
    """Make a post with pictures at these addresses; "" for one that is not to be had."""
    images = [body.Image(attrs=body.ImageAttrs(src=src, alt=f"Seen in {id_}", **more)) for src in sources]
    doc = body.with_ids(body.Doc(content=(body.paragraph(f"Words of {id_}"), *images)), seed=id_)
    return e.PostPublished(post=id_, title=id_, body=doc)


def card(blog: int) -> dict[str, str]:
    """Return what the head of the main page says of a picture."""
    meta = bytes(Part.objects.get(blog=blog, name="meta").data).decode()
    found = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', meta))
    return {name: value for name, value in found.items() if name.startswith(("og:image", "twitter:"))}


def image_of(blog: int) -> list[str]:
    """Return the pictures of the main page's structured data."""
    html = with_updates(bytes(Part.objects.get(blog=blog, name="jsonld").data), ()).decode()
    found: list[str] = json.loads(html[html.index(">") + 1 : html.rindex("<")]).get("image", [])
    return found


@pytest.fixture
def blog() -> int:
    """Open a blog."""
    opened = e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)
    return press.publish(None, [opened]).blog


NONE = {"twitter:card": "summary"}


def test_a_blog_is_shared_with_the_picture_of_its_newest_post_that_has_one(blog: int) -> None:
    press.publish(blog, [post("none"), post("lost", "")])
    assert card(blog) == NONE
    press.publish(blog, [post("old", "https://p.example/old.jpg", width=1200, height=900)])
    press.publish(blog, [post("new", "", "https://p.example/new.jpg", "https://p.example/2.jpg"), post("later")])
    assert card(blog) == {
        "og:image": "https://p.example/new.jpg",
        "og:image:alt": "Seen in new",
        "twitter:card": "summary_large_image",
    }
    press.publish(blog, [e.PostWithdrawn(post="new")])
    assert card(blog)["og:image"] == "https://p.example/old.jpg"
    assert (card(blog)["og:image:width"], card(blog)["og:image:height"]) == ("1200", "900")


def test_a_picture_stays_however_many_posts_come_after_it(blog: int) -> None:
    press.publish(blog, [post("first", "https://p.example/a.jpg"), *(post(f"p{n}") for n in range(60))])
    press.publish(blog, [post("last")])
    assert card(blog)["og:image"] == "https://p.example/a.jpg"
    assert image_of(blog) == ["https://p.example/a.jpg"]


@pytest.mark.parametrize("how", ["withdrawn", "erased", "edited"])
def test_a_picture_that_is_taken_back_is_in_no_head(blog: int, how: str) -> None:
    first = press.publish(blog, [post("a", "https://p.example/secret.jpg")]).first
    assert image_of(blog)
    event: e.Event = e.PostWithdrawn(post="a")
    if how == "erased":
        event = e.PayloadErased(of=e.post("a"), seqs=(first,), whole=True)
    elif how == "edited":
        event = e.PostRevised(post="a", title="a", body=post("a").body, position=7)
    press.publish(blog, [event])
    press.publish(blog, [post("b")])
    assert card(blog) == NONE
    parts = Part.objects.filter(blog=blog).values_list("data", flat=True)
    assert not any(b"secret.jpg" in bytes(data) for data in parts)


def test_a_restored_post_brings_its_picture_back(blog: int) -> None:
    press.publish(blog, [post("a", "https://p.example/a.jpg"), e.PostWithdrawn(post="a")])
    press.publish(blog, [post("a", "https://p.example/a.jpg")])
    assert card(blog)["og:image"] == "https://p.example/a.jpg"


def test_posts_of_an_older_version_are_marked_by_the_migration(blog: int) -> None:
    press.publish(blog, [post("with", "https://p.example/a.jpg"), post("without"), post("lost", "")])
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
