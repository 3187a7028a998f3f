"""Words with a time: never twice, never against an embargo, and back whole when they are taken back."""

from datetime import timedelta

import pytest

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import scheduling
from asithappened.desk.draft import draft_of
from asithappened.desk.models import Act, Embargo, Promise, Scheduled
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SECRET = said("The report says that the wall was never finished.", "The report")


def scheduled(blog: Blog, by: User, *, embargo: bool = False, once: str = "k") -> Scheduled:
    """Schedule the secret for in an hour."""
    return actions.schedule_post(blog.id, by=by, draft=SECRET, once=once, at=CLOCK.now() + HOUR, embargo=embargo)


def published(blog: Blog) -> int:
    """Return how many posts readers have."""
    return len(read.posts(blog.id))


# --- embargo


def test_what_is_scheduled_already_is_put_under_embargo_by_asking_for_that_too(
    blog: Blog, editor: User, owner: User
) -> None:
    row = scheduled(blog, editor)
    assert row.due_at is not None
    for _ in range(2):
        same = actions.schedule_post(blog.id, by=editor, draft=SECRET, once="k", at=row.due_at, embargo=True)
        assert same.pk == row.pk
    with pytest.raises(actions.Embargoed):
        actions.publish_scheduled(row, by=owner)
    assert Embargo.objects.count() == Act.objects.filter(verb="embargo_draft").count() == 1


# --- taking back


def test_what_is_taken_back_keeps_its_words_and_may_be_scheduled_or_published_again(blog: Blog, editor: User) -> None:
    row = scheduled(blog, editor)
    actions.unschedule_post(row, by=editor)
    assert (row.state, row.due_at, scheduling.words_of(row).title) == ("back", None, "The report")
    actions.reschedule_post(row, by=editor, at=CLOCK.now() + HOUR, version=row.version)
    assert row.state == "waiting"
    post = actions.publish_scheduled(row, by=editor)
    assert post.id == row.post == actions.post_id(blog.id, "k")


def test_of_two_who_change_it_the_second_is_told(blog: Blog, editor: User, owner: User) -> None:
    row = scheduled(blog, editor)
    seen = row.version
    other = Scheduled.objects.get(pk=row.pk)
    actions.reword_post(row, by=editor, draft=said("Mine."), version=seen)
    with pytest.raises(actions.Moved):
        actions.reschedule_post(other, by=owner, at=CLOCK.now() + 2 * HOUR, version=seen)
    with pytest.raises(actions.Moved):
        actions.publish_scheduled(other, by=owner)
    assert published(blog) == 0


def test_a_post_is_taken_back_to_a_draft_in_one_act_and_comes_back_at_its_own_address(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=SECRET, once="k")
    row = actions.unpublish_post(blog.id, by=editor, post=post.id)
    assert published(blog) == 0
    assert Act.objects.order_by("-pk").values_list("verb", flat=True).first() == "unpublish_post"
    assert scheduling.words_of(row) == draft_of(post)
    mended = said("The report, mended.", "The report")
    actions.reword_post(row, by=editor, draft=mended, version=row.version)
    again = actions.publish_scheduled(row, by=editor)
    assert (again.id, again.title, again.published_at) == (post.id, "The report", post.published_at)
    assert "mended" in str(again.body)
    assert actions.unpublish_post(blog.id, by=editor, post=post.id).state == "back"


def test_words_that_are_erased_are_gone_from_what_waits_too(blog: Blog, editor: User, owner: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("More details soon, says Ann."), once="k")
    actions.unpublish_post(blog.id, by=editor, post=post.id)
    actions.erase_post(blog.id, by=owner, post=post.id)
    assert not Scheduled.objects.exists()
    assert not Promise.objects.exists()


# --- holding


def test_what_is_held_is_undone_or_published_once(blog: Blog, editor: User, owner: User) -> None:
    def hold() -> Scheduled | None:
        return actions.hold_post(blog.id, by=editor, draft=SECRET, once="k", pin=False, again="")

    assert hold() is None
    actions.set_own_hold(by=editor, seconds=5)
    actions.set_hold(blog.id, by=owner, seconds=10)
    row = hold()
    assert row is not None
    assert row.held
    assert row.due_at is not None
    assert 9 < (row.due_at - CLOCK.now()).total_seconds() <= 10, "the longer of the two"
    assert hold() == row, "sent again, it is the same"
    actions.unschedule_post(row, by=editor)
    again = hold()
    assert again is not None
    actions.publish_scheduled(again, by=editor)
    assert hold() is None, "its post is there, and told of as ever"
    with pytest.raises(actions.Refused):
        actions.unschedule_post(again, by=editor)


# --- promises


# --- at the desk
