"""Promises of `press.epochs`: after a restore every blog's numbers are of another log."""

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.log import read
from asithappened.press.epochs import begin_anew
from asithappened.published.models import PublishedBlog

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_every_blog_has_an_epoch_that_it_never_had_and_the_head_that_it_had() -> None:
    blogs = [press.publish(None, [e.BlogOpened(slug=slug, title="A day")]).blog for slug in ("storm", "gale")]
    before = [read.head(blog) for blog in blogs]
    assert begin_anew() == blogs
    after = [read.head(blog) for blog in blogs]
    assert len({epoch for epoch, _ in (*before, *after)}) == 4
    assert [head for _, head in after] == [head for _, head in before]
    rows = PublishedBlog.objects.order_by("pk")
    assert [(row.epoch, row.head) for row in rows] == after
