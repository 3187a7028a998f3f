"""The laws of the press, over random days: no gap, rows equal the fold, pages stay right, nothing taken back stays."""

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings

from asithappened import press
from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import State
from asithappened.log import models, read
from asithappened.press import finish, pages
from asithappened.published import models as published
from tests.press.happenings import Happening, Newsroom, days
from tests.press.open_page import OpenPage, order_of
from tests.press.snapshot import PUBLISHED, snapshot

pytestmark = [pytest.mark.both, pytest.mark.django_db]

# The database of a test outlives its examples, on purpose: each plays a blog of its own.
law = hypothesis_settings(
    # PostgreSQL answers each statement over a socket; what it has to show is that it is no different.
    max_examples=25 if connection.vendor == "sqlite" else 8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

Day = list[list[Happening]]


@pytest.fixture(autouse=True)
def another_room(settings: Any) -> None:
    """Have two test packages contribute a part made from events, and annotations of posts."""
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.corrections.PARTS", "tests.press.annotating.PARTS")


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make older pages of two posts, so that a short day fills several."""
    for module in (pages, finish):
        monkeypatch.setattr(module, "PAGE_POSTS", 2)


@law
@given(days())
def test_seqs_have_no_gap_and_follow_the_order_of_commits(day: Day) -> None:
    room = Newsroom().open()
    last = 1
    for receipt in room.play(day):
        assert receipt.first == last + 1
        assert receipt.epoch == room.epoch
        last = receipt.last
    assert list(models.Entry.objects.filter(blog=room.blog).order_by("pk").values_list("seq", flat=True)) == list(
        range(1, last + 1)
    )
    assert read.head(room.blog) == (room.epoch, last)
    assert published.PublishedBlog.objects.get(pk=room.blog).head == last
    assert published.Frame.objects.filter(blog=room.blog).count() == last


@law
@given(days())
def test_the_current_state_rows_are_what_a_fold_of_the_facts_says(day: Day) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        folded = fold.fold(read.facts(room.blog))
        rows = read.subjects(room.blog, folded.subjects)
        assert State(seq=read.head(room.blog)[1], blog=read.blog(room.blog), subjects=rows) == folded
        row = models.Blog.objects.get(pk=room.blog)
        assert folded.blog is not None
        assert (row.audience, row.status) == (folded.blog.audience, folded.blog.status)
        for post in models.Post.objects.filter(blog=room.blog):
            now = folded.posts[post.post]
            assert (post.position, post.first_seq, post.kind, post.visible) == (
                now.position,
                now.first_seq,
                now.kind,
                now.visible,
            )
        assert {*read_slugs(room.blog)} == {folded.blog.slug, *folded.blog.former_slugs}


def read_slugs(blog: int) -> list[str]:
    """Return a blog's addresses, current and former."""
    return list(models.BlogSlug.objects.filter(blog=blog).values_list("slug", flat=True))


proved: Counter[str] = Counter()

# Every kind of event once, an append each: random days leave some out.
EVERYTHING = [
    [Happening(kind=kind, post=0, value=1)]
    for kind in (
        "publish", "revise", "kind", "pin", "unpin", "describe", "date", "audience", "relate", "join", "tell", "leave",
        "trim", "invite readers", "alert readers", "film", "embed", "continue", "uncontinue", "precede", "withdraw",
        "publish", "erase", "say", "assess", "count", "move on", "move anew", "unmove", "correct", "remove",
        "erase row", "trim row", "close", "reopen", "take down",
    )
]  # fmt: skip

# A page that was opened before the second of these says `reset`, and the third speaks in the first's slot.
RENAMED = [[Happening(kind=kind, post=post, value=1)] for kind, post in (("publish", 0), ("rename", 0), ("publish", 1))]


@law
@given(days(14))
@example(EVERYTHING)
@example(RENAMED)
def follow(day: Day) -> None:
    """Open a page after every append of a day, and compare each with the page at the end."""
    room = Newsroom().open()
    opened = [OpenPage(room.blog), *(OpenPage(room.blog) for _ in room.play(day))]
    kinds = [fact.kind for fact in read.facts(room.blog)]
    for page in opened:
        if page.outdated:
            proved["reset"] += 1
            continue
        since = page.seq
        page.catch_up()
        assert page.shown() == page.expected()
        assert page.seq == len(kinds)
        if page.changes:
            proved.update(kinds[since:])
        proved["annotated"] += any(b"data-by" in shown for _, shown in page.posts.values())


def test_the_page_at_n_and_the_frames_after_it_are_the_page_now() -> None:
    proved.clear()
    follow()
    # A test that proved nothing fails: every kind of event has to have come after the opening of some page.
    never = {kind.KIND for kind in e.ALL} - proved.keys()
    assert never == {e.BlogOpened.KIND, e.BlogRenamed.KIND}, "one comes before any page, the other resets all of them"
    assert min(proved["reset"], proved["annotated"]) > 0


@law
@given(days())
def test_fragments_say_where_they_stand_and_are_the_same_bytes_in_page_and_frame(day: Day) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        pass
    for row in published.PublishedPost.objects.filter(blog=room.blog):
        if row.placed:
            assert order_of(bytes(row.fragment).decode()) == (row.position, row.first_seq)
        else:
            assert bytes(row.fragment) == b""
        assert row.visible or not bytes(row.card)


@law
@given(days(kinds=("publish", "publish", "withdraw", "move", "pin", "kind"), posts=9))
def test_every_post_stands_on_exactly_one_page_and_boundaries_never_move(day: Day) -> None:
    room = Newsroom().open()
    boundaries: list[tuple[int, int]] = []
    for _ in room.play(day):
        now = list(
            published.Page.objects.filter(blog=room.blog).order_by("number").values_list("position", "first_seq")
        )
        assert now[: len(boundaries)] == boundaries
        assert now == sorted(now)
        boundaries = now
    shown = [html for _, html in OpenPage(room.blog).posts.values() if b"post-gone" not in html]
    assert len(shown) < 4, "the main page is never more than full"


def every_published_byte(blog: int) -> bytes:
    """Return all that any reader could get of a blog."""
    chunks = []
    for table in (*PUBLISHED, published.Segment, published.PublishedSlug):
        rows = table.objects.filter(**{"pk" if table is published.PublishedBlog else "blog": blog})
        for row in rows.values():
            chunks += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row.values()]
    return b"\n".join(chunks)


def every_logged_byte(blog: int) -> bytes:
    """Return all that the log holds of a blog."""
    payloads = models.Payload.objects.filter(entry__blog=blog).values_list("data", flat=True)
    states = models.Post.objects.filter(blog=blog).values_list("state", flat=True)
    return b"\n".join(map(bytes, [*payloads, *states, models.Blog.objects.get(pk=blog).state]))


_WITH_WORDS = (
    "publish", "publish", "revise", "withdraw", "erase", "trim", "pin", "kind", "say", "assess", "count", "move on",
    "unmove", "correct", "remove", "erase row", "trim row",
)  # fmt: skip


def test_what_was_taken_back_is_in_no_published_byte_and_what_was_erased_in_no_table() -> None:
    seen: Counter[str] = Counter()

    @law
    @given(days(14, kinds=_WITH_WORDS, posts=3))
    @example([[Happening(kind=kind, post=0, value=1)] for kind in ("publish", "withdraw", "publish", "erase")])
    def look(day: Day) -> None:
        room = Newsroom().open()
        for _ in room.play(day):
            public, log = every_published_byte(room.blog), every_logged_byte(room.blog)
            gone, erased = room.taken_back(), room.erased()
            assert not [canary for canary in gone if canary.encode() in public]
            assert not [canary for canary in erased if canary.encode() in log]
            seen.update(gone=len(gone), erased=len(erased))
            for canary, (subject, _) in room.words.items():
                now = read.post(room.blog, subject.id) if subject.about == e.POST else None
                if now is not None and now.visible and now.title == canary:
                    assert canary.encode() in public, "the search finds what is there"
                    seen["shown"] += 1

    look()
    assert min(seen["gone"], seen["erased"], seen["shown"]) > 0


def test_with_an_erased_revision_goes_its_reason_also_from_the_frames_of_later_ones() -> None:
    blog = press.publish(None, [e.BlogOpened(slug="told", title="Told")]).blog
    at = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
    press.publish(blog, [e.PostPublished(post="p", title="First", published_at=at)])
    edit = e.PostRevised(post="p", title="Second", published_at=at, reason="canary of a reason")
    seq = press.publish(blog, [edit]).first
    press.publish(blog, [e.PostRevised(post="p", title="Third", published_at=at, reason="Another")])
    page = OpenPage(blog)
    press.publish(blog, [e.PayloadErased(of=e.post("p"), seqs=(seq,))])
    assert page.catch_up().shown() == page.expected()
    lived = snapshot(blog)
    assert "canary" not in repr(lived)
    press.rebuild(blog)
    assert snapshot(blog) == lived


def lost(before: bytes, after: bytes) -> bool:
    """Say whether a frame was emptied, or lost annotations, and is the same otherwise."""
    was, now = json.loads(before), json.loads(after)
    kept = [op for op in was.get("ops", ()) if op in now.get("ops", ())]
    gone = [op for op in was.get("ops", ()) if op not in kept]
    emptied = now == {"s": was["s"]}
    same = {name: value for name, value in was.items() if name != "ops"} | ({"ops": kept} if kept else {})
    return emptied or (now == same and all(op["op"] == "annotate" for op in gone))


@law
@given(days(kinds=("publish", "withdraw", "erase", "revise", "trim"), posts=2))
def test_a_generation_rises_with_everything_that_is_taken_back(day: Day) -> None:
    room = Newsroom().open()
    for wishes in day:
        before = {(f.seq): bytes(f.data) for f in published.Frame.objects.filter(blog=room.blog)}
        was = published.PublishedBlog.objects.get(pk=room.blog).generation
        if room.append(wishes) is None:
            continue
        after = {(f.seq): bytes(f.data) for f in published.Frame.objects.filter(blog=room.blog)}
        now = published.PublishedBlog.objects.get(pk=room.blog).generation
        changed = [seq for seq, data in before.items() if after[seq] != data]
        assert all(lost(before[seq], after[seq]) for seq in changed), "a frame loses what was taken back, and no more"
        if changed:
            assert now == was + 1
            assert published.Segment.objects.get(blog=room.blog, number=0).generation == now


@law
@given(days(14))
def test_a_rebuild_from_the_log_gives_the_bytes_that_were_lived(day: Day) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        pass
    lived = snapshot(room.blog)
    press.rebuild(room.blog)
    assert snapshot(room.blog) == lived
    # As after the loss of all of them: nothing comes from anywhere but the log.
    for table in (*PUBLISHED[1:], published.PublishedSlug):
        table.objects.filter(blog=room.blog).delete()
    published.PublishedBlog.objects.filter(pk=room.blog).delete()
    press.rebuild(room.blog)
    assert snapshot(room.blog) == lived


@law
@given(days(6), days(4))
def test_a_blog_goes_on_after_a_rebuild_as_if_there_had_been_none(day: Day, evening: Day) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        pass
    page = OpenPage(room.blog)
    press.rebuild(room.blog)
    for _ in room.play(evening):
        pass
    lived = snapshot(room.blog)
    press.rebuild(room.blog)
    assert snapshot(room.blog) == lived
    if not page.outdated:
        assert page.catch_up().shown() == page.expected()
