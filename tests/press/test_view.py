"""Promises of `press.view`: the views of a blog after an append and from its whole log give the same results."""

from datetime import UTC, datetime

import pytest

from asithappened import press
from asithappened.core import body, fold
from asithappened.core import events as e
from asithappened.core.state import PostState
from asithappened.log import read
from asithappened.press.pages import Pages
from asithappened.press.view import AfterAppend, WholeBlog
from asithappened.render.part import Change

pytestmark = [pytest.mark.both, pytest.mark.django_db]
AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
PICTURE = body.Image(attrs=body.ImageAttrs(id="i", media="abcd1234", digest="d" * 64, width=640, height=360))


def test_rows_with_a_change_laid_over_them_are_what_the_whole_log_says() -> None:
    kinds = {1: e.PostKind.KEY_EVENT, 2: e.PostKind.KEY_EVENT, 3: e.PostKind.UPDATE}
    shown = body.Doc(content=(PICTURE,))
    posts = [e.PostPublished(post=f"p{n}", position=n, title="T", body=shown, kind=kind) for n, kind in kinds.items()]
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm"), *posts]).blog
    was, before = read.blog(blog), fold.fold(read.facts(blog))
    events: list[e.Event] = [e.PostWithdrawn(post="p3"), e.PostRevised(post="p1", title="Later", position=9)]
    facts = [
        fold.in_envelope(event, epoch="e", seq=before.seq + n, at=AT, origin=e.Origin.LIVE)
        for n, event in enumerate(events, 1)
    ]
    now = fold.fold(facts, before)
    assert now.blog is not None
    changed: dict[str, tuple[PostState | None, PostState]] = {
        id_: (before.posts[id_], now.posts[id_]) for id_ in ("p1", "p3")
    }
    pages = Pages(None, ())
    after = AfterAppend(blog, Change(facts=facts, was=was, now=now.blog, posts=changed), pages, relinked=())
    whole = WholeBlog(blog, now.blog, now.subjects, facts, pages)
    for view in (after, whole):
        assert [post.id for post in view.newest(5)] == ["p1", "p2"]
        assert [post.id for post in view.newest(1)] == ["p1"]
        assert [post.id for post in view.newest(5, kind=e.PostKind.KEY_EVENT)] == ["p2"]
        assert [post.id for post in view.newest(5, pictured=True)] == ["p2"]
        gone = view.post("p3")
        assert gone is not None
        assert gone.withdrawn
        assert view.post("p4") is None
    assert after.edition == whole.edition


def test_the_newest_rows_with_a_change_laid_over_them_are_what_the_whole_log_says() -> None:
    said = [e.StatementRecorded(statement=f"s{n}", text=f"Claim {n}.") for n in range(6)]
    moving: list[e.Event] = [e.SeriesRecorded(series=f"f{n}", label="Homes") for n in range(3)]
    moving += [e.SeriesMoved(series=f"f{n}", value=n) for n in range(3)]
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm"), *said, *moving]).blog
    was, before = read.blog(blog), fold.fold(read.facts(blog))
    events: list[e.Event] = [
        e.LedgerRemoved(of=e.Subject(e.STATEMENT, "s5")),
        e.StatementAssessed(statement="s1", status=e.Verification.FALSE),
        e.StatementRecorded(statement="s6", text="Claim 6."),
        e.SeriesMoved(series="f0", value=9),
    ]
    facts = [
        fold.in_envelope(event, epoch="e", seq=before.seq + n, at=AT, origin=e.Origin.LIVE)
        for n, event in enumerate(events, 1)
    ]
    now = fold.fold(facts, before)
    assert now.blog is not None
    changed = {fact.subject: now.rows[fact.subject] for fact in facts}
    pages = Pages(None, ())
    after = AfterAppend(blog, Change(facts=facts, was=was, now=now.blog, posts={}, rows=changed), pages, relinked=())
    whole = WholeBlog(blog, now.blog, now.subjects, facts, pages)
    for view in (after, whole):
        figures, states, statements = view.newest_rows((("figure",), 2), (("state",), 2), (("reported", "false"), 4))
        assert [row.id for row in figures] == ["f0", "f2"]
        assert states == []
        assert [row.id for row in statements] == ["s6", "s1", "s4", "s3"]
        assert view.blog.rows == {"false": 1, "figure": 3, "reported": 5}
