"""Promises of a rebuild: rows and bytes of an older version are made again from the log by this one."""

import json

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.core import fold
from asithappened.log import read
from asithappened.log.models import Post
from asithappened.published import models as published
from tests.press.happenings import AT, Happening, Newsroom
from tests.press.open_page import OpenPage, in_order

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_reasons_of_an_older_home_come_back_from_its_log() -> None:
    opened = e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)
    blog = press.publish(None, [opened]).blog
    events: list[e.Event] = [
        e.PostPublished(post="a", title="63 dead", published_at=AT),
        e.PostRevised(post="a", title="89 dead", published_at=AT, reason="It said 63."),
        e.PostRevised(post="a", title="89 are dead", published_at=AT),
        e.PostPublished(post="b", title="Never edited", published_at=AT),
        e.PostPublished(post="c", title="Trimmed", published_at=AT),
        e.PostRevised(post="c", title="Trimmed once", published_at=AT, reason="A name that was private"),
        e.PostRevised(post="c", title="Trimmed twice", published_at=AT, reason="A name"),
        e.PayloadErased(of=e.post("c"), seqs=(7,), reason="A court's order"),
    ]
    for event in events:
        press.publish(blog, [event])
    now = read.posts_by_id(blog)
    assert now == fold.fold(read.facts(blog)).posts
    for row in Post.objects.filter(blog=blog):  # as the version before kept them
        state = json.loads(bytes(row.state))
        state.pop("reasons")
        Post.objects.filter(pk=row.pk).update(state=json.dumps(state).encode())
    assert read.posts_by_id(blog) != now
    press.rebuild(blog, anew=True)
    assert read.posts_by_id(blog) == now
    assert [given.text for given in now["a"].reasons] == ["It said 63."]
    assert [given.text for given in now["c"].reasons] == ["A name", "A court's order"]


def test_rendering_anew_sends_every_open_page_to_a_fresh_one() -> None:
    room = Newsroom().open()
    room.append([Happening(kind="publish", post=0, value=0)])
    page = OpenPage(room.blog)
    lived = in_order(page.posts)
    press.rebuild(room.blog, anew=True)
    assert page.outdated
    assert {bytes(f.data) for f in published.Frame.objects.filter(blog=room.blog)} == {b'{"s":1}', b'{"s":2}'}
    assert in_order(OpenPage(room.blog).posts) == lived


def test_only_what_was_rendered_by_other_code_is_rendered_anew() -> None:
    room, other = Newsroom().open(), Newsroom().open()
    assert press.rebuild_outdated() == []
    published.PublishedBlog.objects.filter(pk=other.blog).update(fingerprint="older")
    assert press.rebuild_outdated() == [other.blog]
    assert not OpenPage(room.blog).outdated
    assert press.rebuild_outdated() == []
