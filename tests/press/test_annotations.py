"""Annotations are in their post's slot, on open pages too, and go with their subject and with the post.

The room of annotating.py has each post say its title to the one before it. That all of this holds on any day, and that
a rebuild gives the same bytes, is in test_laws.py.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.published import models as published
from asithappened.render import page as render_page
from tests.press.open_page import OpenPage
from tests.press.snapshot import snapshot

pytestmark = [pytest.mark.both, pytest.mark.django_db]
AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def annotating(settings: Any) -> None:
    """Have posts annotate others."""
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.annotating.PARTS")


@pytest.fixture
def blog() -> int:
    """Open a blog with posts p1 and p2, of which p2 says "Two" of p1."""
    opened = e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)
    return press.publish(None, [opened, published_post("p1", "One"), published_post("p2", "Two")]).blog


def published_post(id_: str, title: str) -> e.PostPublished:
    """Return the event of a post."""
    return e.PostPublished(post=id_, title=title, published_at=AT)


def slot(blog: int, post: str) -> str:
    """Return the contents of a post's slot."""
    return bytes(published.PublishedPost.objects.get(blog=blog, post=post).annotations).decode()


def everything(blog: int) -> str:
    """Return all published bytes."""
    return repr(snapshot(blog))


def test_it_is_said_of_its_post_and_of_no_other_and_names_who_says_it(blog: int) -> None:
    assert slot(blog, "p1") == (
        '<div class="annotation" data-by="post:p2" data-n="3"><p><a href="/live/storm/p/p2/">Two</a></p></div>'
    )
    assert slot(blog, "p2") == ""
    assert not published.Part.objects.filter(blog=blog, name__contains="p1").exists(), "it is no part of the page"


def test_a_post_that_is_edited_moved_or_of_another_kind_keeps_what_is_said_of_it(blog: int) -> None:
    page, said = OpenPage(blog), slot(blog, "p1")
    press.publish(blog, [e.PostRevised(post="p1", title="One, edited", published_at=AT)])
    press.publish(blog, [e.PostKindSet(post="p1", kind=e.PostKind.KEY_EVENT)])
    press.publish(blog, [e.PostRevised(post="p1", title="One, moved", published_at=AT.replace(hour=3))])
    assert slot(blog, "p1") == said
    assert page.catch_up().shown() == page.expected()
    assert said.encode() in page.posts["p1"][1]


def test_it_changes_in_its_place_with_who_says_it(blog: int) -> None:
    page = OpenPage(blog)
    press.publish(blog, [e.PostRevised(post="p2", title="Two, edited", published_at=AT)])
    assert 'data-n="3"' in slot(blog, "p1")
    assert "Two, edited" in slot(blog, "p1")
    assert page.catch_up().shown() == page.expected()


def test_with_a_withdrawn_post_goes_what_was_said_of_it_also_out_of_the_frames_of_others(blog: int) -> None:
    page = OpenPage(blog)
    second = press.publish(
        blog, [e.PostRevised(post="p2", title="canary", published_at=AT), published_post("p0", "Nought")]
    )
    press.publish(blog, [e.PostWithdrawn(post="p1")])
    assert slot(blog, "p1") == ""
    frame = bytes(published.Frame.objects.get(blog=blog, seq=second.first).data)
    assert b'"put"' in frame, "the frame of the other post keeps what it did to that"
    assert b'"post":"p1"' not in frame
    assert page.catch_up().shown() == page.expected()
    press.publish(blog, [published_post("p1", "One again")])
    assert "canary" in slot(blog, "p1"), "published again, it is said of again"
    assert page.catch_up().shown() == page.expected()


@pytest.mark.parametrize("erased", [False, True])
def test_with_who_says_it_goes_what_it_said_of_others(erased: bool, blog: int) -> None:
    page = OpenPage(blog)
    seq = press.publish(blog, [e.PostRevised(post="p2", title="canary", published_at=AT)]).last
    edited = press.publish(blog, [e.PostRevised(post="p1", title="One, edited", published_at=AT)]).last
    assert b"canary" in bytes(published.Frame.objects.get(blog=blog, seq=edited).data), "said again with the post"
    gone = e.PayloadErased(of=e.post("p2"), seqs=(3, seq), whole=True) if erased else e.PostWithdrawn(post="p2")
    press.publish(blog, [gone])
    assert slot(blog, "p1") == ""
    assert "canary" not in everything(blog)
    assert "One, edited" in everything(blog)
    assert page.catch_up().shown() == page.expected()


def test_with_an_erased_revision_goes_what_that_one_said(blog: int) -> None:
    page = OpenPage(blog)
    seq = press.publish(blog, [e.PostRevised(post="p2", title="canary", published_at=AT)]).last
    press.publish(blog, [e.PostRevised(post="p2", title="Two, mended", published_at=AT)])
    press.publish(blog, [e.PayloadErased(of=e.post("p2"), seqs=(seq,))])
    assert "Two, mended" in slot(blog, "p1")
    assert "canary" not in everything(blog)
    assert page.catch_up().shown() == page.expected()
    lived = snapshot(blog)
    press.rebuild(blog)
    assert snapshot(blog) == lived


def test_it_follows_its_blog_to_another_address(blog: int) -> None:
    press.publish(blog, [e.BlogRenamed(slug="gale")])
    assert 'href="/live/gale/p/p2/"' in slot(blog, "p1")


def test_what_says_it_is_in_the_fingerprint(settings: Any) -> None:
    with_it = render_page.fingerprint()
    settings.PAGE_PARTS = settings.PAGE_PARTS[:-1]
    assert render_page.fingerprint() != with_it
