"""Promises of `published.annotations`: links are found by post and by subject, and frames lose annotations."""

import pytest
from django.db import transaction

from asithappened import press
from asithappened.core import events as e
from asithappened.published import annotations, models, wire
from asithappened.published.annotations import Said

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NOTE = wire.Annotate(by="figure:f1", post="p1", html="<div></div>")


@pytest.fixture
def blog() -> int:
    """Open a blog with a post, and the frame of a figure that says something of it."""
    blog = press.publish(
        None, [e.BlogOpened(slug="storm", title="Storm"), e.PostPublished(post="p1", title="One")]
    ).blog
    noted = wire.encode(wire.Frame(s=2, t="T", k="figure.revised", ops=(NOTE,)))
    models.Frame.objects.filter(blog=blog, seq=2).update(data=noted)
    return blog


def write(blog: int, said: Said) -> set[int]:
    """Write within a transaction, as an append does."""
    with transaction.atomic():
        return annotations.write(blog, said, head=2)


def test_what_is_said_stands_in_its_slot_and_is_found_by_the_post_and_by_the_subject(blog: int) -> None:
    links = {("p1", "figure:f1"): 2, ("p2", "figure:f1"): 2}
    assert write(blog, Said(slots={"p1": b"<div>"}, links=links)) == set()
    row = models.PublishedPost.objects.get(blog=blog, post="p1")
    assert (bytes(row.annotations), row.annotated_seq) == (b"<div>", 2)
    assert annotations.links(blog, posts=["p1"]) == {("p1", "figure:f1"): 2}
    assert annotations.links(blog, subjects=["figure:f1"]) == links == annotations.every_link(blog)
    assert annotations.links(blog + 1, subjects=["figure:f1"]) == {}


def test_what_is_taken_back_leaves_its_link_and_the_frames_that_said_it(blog: int) -> None:
    write(blog, Said(links={("p1", "figure:f1"): 2}))
    assert write(blog, Said(unlinked=[("p1", "figure:f1")], unsaid=[1, 2], by=["figure:f1"])) == {2}
    assert annotations.every_link(blog) == {}
    assert bytes(models.Frame.objects.get(blog=blog, seq=2).data) == wire.encode(
        wire.Frame(s=2, t="T", k="figure.revised")
    )
