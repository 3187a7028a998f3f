"""A post that is published by a job: once, whatever ends the worker, and by whoever may still do it then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from asithappened.accounts.models import Membership, User
from asithappened.desk import actions
from asithappened.desk.jobs import PUBLISH, publish_later
from asithappened.jobs import running
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.leases import Leases
from asithappened.jobs.models import Job, State
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.log.emptied import without_triggers

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

NOW = datetime.now(UTC)


@pytest.fixture
def leases() -> Leases:
    """Return a worker's leases."""
    leases = Leases()
    leases.beat()
    return leases


def taken(leases: Leases) -> Job:
    """Take the one job that is due."""
    (job,) = running.take(leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=4)
    return job


def carried_out(leases: Leases) -> tuple[State, str]:
    """Do the one job that is due; return what became of it, and why."""
    job = taken(leases)
    running.end(job, running.carry_out(job, PUBLISH), clock=CLOCK)
    job.refresh_from_db()
    return State(job.state), job.error


def published(blog: Blog) -> list[str]:
    """Return the headlines of all that was published, in the log's order."""
    return [fact.event.title for fact in read.facts(blog.id) if fact.kind == "post.published"]  # type: ignore[union-attr]


def test_a_post_is_published_when_it_is_due_by_whoever_asked(blog: Blog, editor: User, leases: Leases) -> None:
    publish_later(blog.id, by=editor, draft=said("Words.", "At six"), due=NOW + timedelta(hours=1), once="k")
    assert running.take(leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=4) == []
    Job.objects.update(try_at=NOW)
    assert carried_out(leases) == (State.DONE, "")
    assert published(blog) == ["At six"]
    assert Job.objects.get().payload == "{}"


def test_it_is_asked_for_once_and_only_with_what_else_is_written(blog: Blog, editor: User) -> None:
    later: Callable[[], Any] = lambda: publish_later(blog.id, by=editor, draft=said("W."), due=NOW, once="k")  # noqa: E731
    with transaction.atomic():
        assert later()
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert later()
    assert not later()
    assert Job.objects.count() == 1


@pytest.mark.parametrize("then", ["", "revised", "withdrawn", "erased", "closed", "revoked"])
def test_a_worker_that_is_killed_after_it_published_publishes_nothing_again(
    blog: Blog, editor: User, owner: User, leases: Leases, then: str
) -> None:
    publish_later(blog.id, by=editor, draft=said("Words.", "At six"), due=NOW, once="k")
    running.carry_out(taken(leases), PUBLISH)  # and is killed before it can say so
    (post,) = read.posts_by_id(blog.id)
    match then:
        case "revised":
            actions.revise_post(blog.id, by=editor, post=post, draft=said("Others."), based_on=blog.post(post).last_seq)
        case "withdrawn":
            actions.withdraw_post(blog.id, by=editor, post=post)
        case "erased":
            actions.withdraw_post(blog.id, by=editor, post=post)
            actions.erase_post(blog.id, by=owner, post=post)
        case "closed":
            actions.close_blog(blog.id, by=owner)
        case "revoked":
            Membership.objects.filter(user=editor).delete()
    head = read.head(blog.id)
    Job.objects.update(state=State.WAITING, owner="")  # as another worker finds it after a lease
    assert carried_out(leases) == (State.DONE, "")
    assert read.head(blog.id) == head
    assert Job.objects.get().payload == "{}", "no words are left here that were erased there"


@pytest.mark.parametrize("how", ["membership", "role", "account", "deleted"])
def test_a_job_of_somebody_who_may_not_any_more_is_not_done_nor_tried_again(
    blog: Blog, editor: User, leases: Leases, how: str
) -> None:
    publish_later(blog.id, by=editor, draft=said("Words."), due=NOW, once="k")
    match how:
        case "membership":
            Membership.objects.filter(user=editor).delete()
        case "role":
            Membership.objects.filter(user=editor).update(role="contributor")
        case "account":
            editor.is_active = False
            editor.save()
        case "deleted":
            editor.delete()
    became, why = carried_out(leases)
    assert became is State.FORBIDDEN
    assert "no longer" in why
    assert published(blog) == []
    assert running.take(leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=4) == []


def test_who_may_not_publish_may_not_have_it_done_later_either(blog: Blog, contributor: User) -> None:
    with pytest.raises(PermissionDenied):
        publish_later(blog.id, by=contributor, draft=said("Words."), due=NOW, once="k")
    assert not Job.objects.exists()


def test_what_the_rules_refuse_is_given_up_in_their_words(
    blog: Blog, editor: User, owner: User, leases: Leases
) -> None:
    publish_later(blog.id, by=editor, draft=said("Words."), due=NOW, once="k")
    actions.close_blog(blog.id, by=owner)
    became, why = carried_out(leases)
    assert became is State.DEAD
    assert "closed" in why
    assert "Words." in Job.objects.get().payload, "it can be done again when it is open"
