"""Promises of `published.write`: an append's changes are there for readers, and a void frame is only a seq."""

import pytest
from django.db import transaction
from msgspec.structs import replace

from asithappened.core.state import BlogState
from asithappened.published import models, tickets, write
from asithappened.published.layout import SEGMENT_EVENTS
from asithappened.published.write import Finished, FrameBytes, PartBytes, PostBytes

pytestmark = [pytest.mark.both, pytest.mark.django_db]
BLOG = 7


def put(head: int, finished: Finished) -> models.PublishedBlog:
    """Write as an append does, and return the blog's row."""
    with transaction.atomic():
        write.write(BLOG, epoch="e", head=head, finished=finished)
    return models.PublishedBlog.objects.get(pk=BLOG)


def of(*seqs: int, slug: str = "storm") -> Finished:
    """Return what an append of these facts changed."""
    state = BlogState(slug=slug, title="Storm", seq=max(seqs, default=0), former_slugs=("isolde",))
    frames = [FrameBytes(seq=seq, data=b'{"s":%d,"t":"T"}' % seq) for seq in seqs]
    return Finished(state=state, frames=frames, parts={}, pages={}, fingerprint="f", slugs=[slug, "isolde"])


def frames() -> dict[int, bytes]:
    """Return the frames that readers have."""
    return {frame.seq: bytes(frame.data) for frame in models.Frame.objects.filter(blog=BLOG)}


def test_a_blog_is_found_by_each_address_that_it_has_or_had() -> None:
    row = put(1, of(1))
    assert (row.slug, row.head, row.epoch, row.generation) == ("storm", 1, "e", 0)
    put(2, of(2, slug="gale"))
    assert set(models.PublishedSlug.objects.values_list("slug", flat=True)) == {"storm", "isolde", "gale"}


def test_a_frame_that_is_void_is_a_seq_alone_and_its_segment_another() -> None:
    put(2, of(1, 2))
    row = put(3, replace(of(3), void=[1]))
    assert frames() == {1: b'{"s":1}', 2: b'{"s":2,"t":"T"}', 3: b'{"s":3,"t":"T"}'}
    assert row.generation == 1
    assert [(s.number, s.generation) for s in models.Segment.objects.filter(blog=BLOG)] == [(0, 1)]
    late = SEGMENT_EVENTS + 1
    assert put(late, replace(of(late), void=[late])).generation == 2
    assert models.Segment.objects.get(blog=BLOG, number=1).generation == 2


def test_a_part_and_a_post_are_written_over_and_a_posts_slot_is_kept() -> None:
    def one(words: bytes) -> Finished:
        post = PostBytes(
            id="p",
            order=(1, 1),
            last_seq=1,
            visible=True,
            placed=True,
            fragment=words,
            card=b"",
            history=b"",
            entry=b"",
            structured=b"",
        )
        return replace(of(), parts={"headline": PartBytes(data=words, live=True)}, posts=[post])

    put(1, one(b"One"))
    models.PublishedPost.objects.filter(blog=BLOG).update(annotations=b"<div>", annotated_seq=1)
    put(2, one(b"Two"))
    assert write.parts_of(BLOG, ["headline", "none"]) == {"headline": b"Two"}
    post = models.PublishedPost.objects.get(blog=BLOG)
    assert (bytes(post.fragment), bytes(post.annotations)) == (b"Two", b"<div>")


def test_all_of_a_blog_written_anew_empties_every_frame_and_keeps_counting_generations() -> None:
    put(2, replace(of(1, 2), pages={1: (5, 1)}, void=[1]))
    assert write.newest_page(BLOG) == (1, (5, 1))
    with transaction.atomic():
        write.replace_all(BLOG, epoch="e", head=2, finished=replace(of(1, 2), floor=2))
    row = models.PublishedBlog.objects.get(pk=BLOG)
    assert frames() == {1: b'{"s":1}', 2: b'{"s":2}'}
    assert (row.floor, row.render) == (2, 1)
    assert row.generation > 0
    assert write.newest_page(BLOG) is None


def test_another_epoch_is_another_generation() -> None:
    put(1, of(1))
    with transaction.atomic():
        write.begin_anew(BLOG, epoch="e2")
    row = models.PublishedBlog.objects.get(pk=BLOG)
    assert (row.epoch, row.head, row.generation) == ("e2", 1, 1)
    assert write.fingerprints() == {BLOG: "f"}


def test_tickets_are_taken_back_of_one_blog_or_of_every_one() -> None:
    write.revoke(BLOG, "ada")
    one = write.revoked_until(BLOG, "ada")
    assert one > 0
    assert write.revoked_until(BLOG, "grace") == write.revoked_until(BLOG + 1, "ada") == 0
    write.revoke(tickets.EVERY_BLOG, "ada")
    assert write.revoked_until(BLOG + 1, "ada") >= one
