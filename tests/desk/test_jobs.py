"""A post that is published by a job: once, whatever ends the worker, and by whoever may still do it then."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from asithappened.accounts.models import Membership, User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.jobs import PUBLISH
from asithappened.desk.models import Scheduled
from asithappened.jobs import running
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.leases import Leases
from asithappened.jobs.models import ALREADY_DUE, Job, State
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.log.emptied import without_triggers

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)


@pytest.fixture
def leases() -> Leases:
    """Return a worker's leases."""
    leases = Leases()
    leases.beat()
    return leases


def later(blog: Blog, by: User, *, due: datetime | None = None, title: str = "At six") -> Scheduled:
    """Schedule a post."""
    return actions.schedule_post(blog.id, by=by, draft=said("Words.", title), once="k", at=due or CLOCK.now())


def taken(leases: Leases) -> Job:
    """Take the one job that is due."""
    (job,) = running.take(leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=4)
    return job


def carried_out(leases: Leases) -> tuple[State, str, str]:
    """Do the one job that is due; return what became of it, and of what was scheduled, and why."""
    job = taken(leases)
    running.end(job, running.carry_out(job, PUBLISH), clock=CLOCK)
    job.refresh_from_db()
    row = Scheduled.objects.get()
    return State(job.state), row.state, row.why


def published(blog: Blog) -> list[str]:
    """Return the headlines of all that was published, in the log's order."""
    return [fact.event.title for fact in read.facts(blog.id) if isinstance(fact.event, e.PostPublished)]


def test_a_post_is_published_when_it_is_due_by_whoever_asked(blog: Blog, editor: User, leases: Leases) -> None:
    row = later(blog, editor, due=CLOCK.now() + HOUR)
    assert running.take(leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=4) == []
    Job.objects.update(try_at=ALREADY_DUE)
    assert carried_out(leases) == (State.DONE, "published", "")
    assert published(blog) == ["At six"]
    row.refresh_from_db()
    assert bytes(row.draft) == b"", "no words are left here that may be erased there"
    assert "Words." not in Job.objects.get().payload


def test_it_is_asked_for_once_and_only_with_what_else_is_written(blog: Blog, editor: User) -> None:
    with transaction.atomic():
        later(blog, editor)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    due = CLOCK.now()
    assert later(blog, editor, due=due) == later(blog, editor, due=due)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("then", ["", "revised", "withdrawn", "erased", "closed", "revoked"])
def test_a_worker_that_is_killed_after_it_published_publishes_nothing_again(
    blog: Blog, editor: User, owner: User, leases: Leases, then: str
) -> None:
    later(blog, editor)
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
        case _:
            Membership.objects.filter(user=editor).delete()
    head = read.head(blog.id)
    Job.objects.update(state=State.WAITING, owner="")  # as another worker finds it after a lease
    job = taken(leases)
    running.end(job, running.carry_out(job, PUBLISH), clock=CLOCK)
    assert Job.objects.get().state == State.DONE
    assert read.head(blog.id) == head


@pytest.mark.parametrize("how", ["membership", "role", "account"])
def test_what_somebody_scheduled_who_may_not_any_more_is_not_published_and_says_so_at_the_desk(
    blog: Blog, editor: User, leases: Leases, how: str
) -> None:
    later(blog, editor)
    match how:
        case "membership":
            Membership.objects.filter(user=editor).delete()
        case "role":
            Membership.objects.filter(user=editor).update(role="contributor")
        case _:
            editor.is_active = False
            editor.save()
    became, row, why = carried_out(leases)
    assert (became, row) == (State.DONE, "stopped")
    assert "no longer" in why
    assert published(blog) == []
    assert running.take(leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=4) == []


def test_who_may_not_publish_may_not_have_it_done_later_either(blog: Blog, contributor: User) -> None:
    with pytest.raises(PermissionDenied):
        later(blog, contributor)
    assert not Job.objects.exists()


@pytest.mark.parametrize("how", ["closed", "taken down"])
def test_what_the_rules_refuse_waits_at_the_desk_with_their_words(
    blog: Blog, editor: User, owner: User, leases: Leases, how: str
) -> None:
    row = later(blog, editor)
    if how == "closed":
        actions.close_blog(blog.id, by=owner)
    else:
        actions.take_down_blog(blog.id, by=owner)
    became, state, why = carried_out(leases)
    assert (became, state) == (State.DONE, "stopped")
    assert how in why
    if how == "closed":
        actions.reopen_blog(blog.id, by=owner)
        row.refresh_from_db()
        actions.publish_scheduled(row, by=owner)
        assert published(blog) == ["At six"], "it can be done when it is open again"


@pytest.mark.parametrize("seconds", [59, 61])
def test_what_is_late_by_more_than_a_minute_is_asked_about_and_not_sent(
    blog: Blog, editor: User, leases: Leases, seconds: int
) -> None:
    row = later(blog, editor)
    Scheduled.objects.update(due_at=CLOCK.now() - timedelta(seconds=seconds))
    became, state, _why = carried_out(leases)
    assert became is State.DONE
    assert (state, published(blog)) == (("late", []) if seconds > 60 else ("published", ["At six"]))
    if seconds > 60:
        row.refresh_from_db()
        actions.publish_scheduled(row, by=editor)
        assert published(blog) == ["At six"]


def test_what_was_put_off_or_taken_back_is_not_published_by_the_job_of_before(
    blog: Blog, editor: User, leases: Leases
) -> None:
    row = later(blog, editor)
    actions.reschedule_post(row, by=editor, at=CLOCK.now() + HOUR, version=row.version)
    job = taken(leases)
    assert running.carry_out(job, PUBLISH) is State.DONE
    assert published(blog) == []
    actions.unschedule_post(row, by=editor)
    Job.objects.update(try_at=ALREADY_DUE, state=State.WAITING, owner="", attempts=0)
    for job in running.take(leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=4):
        running.carry_out(job, PUBLISH)
    assert published(blog) == []
    assert row.state == "back"
