"""The desk's verbs: permission, press, audit, all or nothing; the same twice is once; nobody overwrites anybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.actions.carry_out import carry_out, unmoved
from asithappened.desk.models import Act
from asithappened.log import read
from tests.desk.conftest import Blog, said

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def seqs(blog: Blog) -> int:
    return len(list(read.facts(blog.id)))


def test_every_verb_leaves_one_line_that_names_its_facts(blog: Blog, owner: User) -> None:
    post = actions.publish_post(blog.id, by=owner, draft=said("Words."), once="1", pin=True)
    act = Act.objects.latest("pk")
    assert act.first is not None
    assert act.last is not None
    assert (act.user, act.verb, act.about, act.last - act.first) == (owner, "publish_post", post.id, 1)
    actions.contributor_on(blog.id, by=owner, name="Ada")
    assert Act.objects.latest("pk").first == read.head(blog.id)[1]


def test_a_part_of_the_program_may_everything_and_is_named(blog: Blog) -> None:
    robot = actions.System(name="schedule")
    actions.close_blog(blog.id, by=robot)
    act = Act.objects.latest("pk")
    assert (act.user, act.system, blog.state.status) == (None, "schedule", Status.CLOSED)


def test_written_events_happen_as_a_replay(blog: Blog) -> None:
    robot = actions.System(name="replay")
    actions.happen(blog.id, [e.PostPublished(post="one", title="Then")], by=robot, once="r1")
    assert actions.happen(blog.id, [e.PostPublished(post="one", title="Then")], by=robot, once="r1").repeated
    *_, fact = read.facts(blog.id)
    assert fact.origin is e.Origin.REPLAY
    assert Act.objects.filter(system="replay").count() == 1


def test_a_verb_asks_the_gate_however_it_was_come_by(
    blog: Blog, contributor: User, editor: User, stranger: User
) -> None:
    before = seqs(blog)
    with pytest.raises(PermissionDenied):
        actions.publish_post(blog.id, by=contributor, draft=said("x"), once="1")
    with pytest.raises(Http404):
        actions.publish_post(blog.id, by=stranger, draft=said("x"), once="1")
    for verb in (actions.close_blog, actions.reopen_blog, actions.take_down_blog):
        with pytest.raises(PermissionDenied):
            verb(blog.id, by=editor)
    with pytest.raises(PermissionDenied):
        actions.open_blog(by=editor, slug="mine", title="Mine")
    assert seqs(blog) == before
    assert not Act.objects.exclude(verb="open_blog").exists()


def test_when_the_audit_cannot_be_written_nothing_happens(blog: Blog, owner: User) -> None:
    before = seqs(blog)

    def fails(receipt: actions.Receipt) -> None:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        carry_out(blog.id, [e.BlogClosed()], by=owner, to=None, name="close_blog", alongside=fails)
    assert (seqs(blog), blog.state.status) == (before, Status.LIVE)


def test_a_change_that_slips_in_between_looking_and_writing_is_seen_under_the_lock(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("One."), once="k")
    actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Two."), based_on=post.last_seq)
    before = seqs(blog)
    late = e.PostRevised(
        post=post.id, title="", body=post.body, published_at=post.published_at, kind=e.PostKind.SUMMARY
    )
    check = unmoved(blog.id, (e.PostRevised,), since=post.last_seq, post=post.id)
    with pytest.raises(actions.Moved):
        carry_out(blog.id, [late], by=editor, to=None, name="revise_post", alongside=check)
    assert (seqs(blog), body.plain(blog.post(post.id).body)) == (before, "Two.")
