"""Annotations are on every page that has their post, without a template, and in the deltas."""

from typing import Any

import pytest

from asithappened.core import events as e
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served
from tests.delivery.test_withdrawn import every_byte, resources

pytestmark = pytest.mark.both


@pytest.fixture
def annotated(database: object, settings: Any) -> Blog:
    """Return a live blog of sixty posts, each of which says its title to the one before it."""
    del database
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.annotating.PARTS")
    return Blog.opened(posts=60)


@pytest.mark.parametrize("path", ["", "page/1/", "p/p3/"])
def test_it_stands_on_the_page_the_older_ones_and_the_posts_own(path: str, site: Served, annotated: Blog) -> None:
    post, by = ("p59", "p60") if not path else ("p3", "p4")
    before = site.warm(annotated.path(path))
    assert b'<div class="annotations"><div class="annotation" data-by="post:%b"' % by.encode() in before.body
    annotated.publish(annotated.revision(by, "Said otherwise"))
    after = site.get(annotated.path(path))
    assert after["etag"] != before["etag"]
    article = after.body.partition(b'id="p-%b"' % post.encode())[2].partition(b"</article>")[0]
    assert b"Said otherwise" in article


def test_it_goes_with_whoever_says_it_from_every_byte(site: Served, annotated: Blog) -> None:
    annotated.publish(annotated.revision("p4", "canaryfour"), annotated.revision("p3", "Edited"))
    annotated.publish(*(annotated.post() for _ in range(60)))  # their frames are in a full segment now
    assert b"canaryfour" in every_byte(site, resources(site, annotated, "p3"))
    annotated.publish(e.PostWithdrawn(post="p4"))
    left = every_byte(site, resources(site, annotated, "p3"))
    assert b"canaryfour" not in left
    assert b"Edited" in left
