"""Promises of `published.read`: delivery reads exactly what press wrote, of one moment, and can write nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from asithappened.published import models, write
from asithappened.published.read import Library
from tests.log.emptied import without_triggers

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def library() -> Iterator[Library]:
    """Open a second connection to the database of the tests, as delivery has one."""
    opened = Library(url())
    yield opened
    opened.close()


def url() -> Path | str:
    """Return where the tests' database is."""
    described = connection.settings_dict
    if connection.vendor == "sqlite":
        return Path(described["NAME"])
    return f"postgresql://{described['USER']}@/{described['NAME']}?host={described['HOST']}"


@pytest.fixture
def blog() -> models.PublishedBlog:
    """Write a small blog into the tables, as press would."""
    row = models.PublishedBlog.objects.create(
        id=7, slug="isolde", epoch="e1", head=3, generation=1, fingerprint="f", audience="everyone", status="live"
    )
    for slug in ("isolde", "storm"):
        models.PublishedSlug.objects.create(slug=slug, blog=7)
    for seq in (1, 2, 3):
        models.Frame.objects.create(blog=7, seq=seq, data=write.empty_frame(seq))
    for number, visible in ((1, True), (2, False), (3, True), (4, True)):
        models.PublishedPost.objects.create(
            blog=7, post=f"p{number}", position=number // 2, first_seq=number, last_seq=number, visible=visible,
            placed=visible, fragment=b"<article %d>" % number, card=b"card", history=b"history",
        )  # fmt: skip
    models.Part.objects.create(blog=7, name="headline", seq=1, live=True, data=b"<h1>")
    models.Part.objects.create(blog=7, name="page", seq=3, live=False, data=b"<!doctype html>")
    models.Page.objects.create(blog=7, number=1, position=0, first_seq=1)
    models.Segment.objects.create(blog=7, number=0, generation=1)
    return row


def test_a_blog_is_found_by_every_address_and_knows_its_current_one(
    blog: models.PublishedBlog, library: Library
) -> None:
    found = library.blog("storm")
    assert found is not None
    assert (found.id, found.slug, found.epoch, found.head, found.generation) == (7, "isolde", "e1", 3, 1)
    assert library.blog("isolde") == found
    assert library.blog("nobody") is None
    assert library.blogs([7, 8]) == [found]
    assert library.blogs([]) == []


def test_frames_come_in_order_from_after_one_seq_up_to_another(blog: models.PublishedBlog, library: Library) -> None:
    [found] = library.blogs([7])
    assert [(f.seq, f.data) for f in library.frames(found, after=1, upto=3)] == [(2, b'{"s":2}'), (3, b'{"s":3}')]
    assert library.frames(found, after=3, upto=9) == []


def test_posts_come_newest_first_visible_ones_only_in_a_range(blog: models.PublishedBlog, library: Library) -> None:
    assert library.posts(7, above=None, upto=None) == [b"<article 4>", b"<article 3>", b"<article 1>"]
    assert library.posts(7, above=(0, 1), upto=(1, 3)) == [b"<article 3>"]
    assert library.posts(7, above=None, upto=(0, 1)) == [b"<article 1>"]
    hidden = library.post(7, "p2")
    assert hidden is not None
    assert (hidden.visible, hidden.order) == (False, (1, 2))
    assert library.post(7, "p9") is None


def test_parts_pages_and_segments_are_as_they_were_written(blog: models.PublishedBlog, library: Library) -> None:
    [found] = library.blogs([7])
    assert {(part.name, part.live, part.data) for part in library.parts(found)} == {
        ("headline", True, b"<h1>"),
        ("page", False, b"<!doctype html>"),
    }
    assert [part.name for part in library.parts(found, after=1)] == ["page"]
    assert library.segments(7) == {0: 1}


def test_what_is_read_at_one_moment_is_of_one_moment(blog: models.PublishedBlog, library: Library) -> None:
    with library.at_one_moment():
        before = library.blog("isolde")
        models.PublishedBlog.objects.filter(pk=7).update(head=4)
        assert library.blog("isolde") == before
    after = library.blog("isolde")
    assert after is not None
    assert after.head == 4


def test_delivery_cannot_write(blog: models.PublishedBlog, library: Library) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        library._connection.execute("DELETE FROM published_post")
    assert models.PublishedPost.objects.count() == 4
