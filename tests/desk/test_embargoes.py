"""Setting an embargo on a draft: put off, not brought forward, kept as its words change, lifted by an owner alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import embargoed
from asithappened.desk.models import Act, Embargo
from asithappened.jobs.clock import CLOCK
from tests.desk.conftest import Blog, said
from tests.desk.test_scheduling import HOUR, SECRET, published, scheduled

pytestmark = pytest.mark.django_db


def test_an_embargo_goes_with_its_words_as_they_change_and_is_put_off_but_not_brought_forward(
    blog: Blog, editor: User
) -> None:
    row = scheduled(blog, editor, embargo=True)
    assert row.due_at is not None
    with pytest.raises(actions.Embargoed):
        actions.reschedule_post(row, by=editor, at=row.due_at - timedelta(minutes=10), version=row.version)
    mended = said("The report says that it was finished.", "The report")
    actions.reword_post(row, by=editor, draft=mended, version=row.version)
    for words in (SECRET, mended):
        with pytest.raises(actions.Embargoed):
            actions.publish_post(blog.id, by=editor, draft=words, once="copied")
    later = row.due_at + HOUR
    actions.reschedule_post(row, by=editor, at=later, version=row.version)
    actions.embargo_draft(blog.id, by=editor, draft=mended, post=row.post, until=later)
    with pytest.raises(actions.Embargoed):
        actions.embargo_draft(blog.id, by=editor, draft=mended, post=row.post, until=later - HOUR)
    assert embargoed.until(blog.id, row.post) == later


def test_words_under_another_draft_s_embargo_stay_under_it_as_they_are_reworded(
    blog: Blog, editor: User, owner: User
) -> None:
    row = scheduled(blog, editor)
    actions.embargo_draft(blog.id, by=editor, draft=SECRET, post="another", until=CLOCK.now() + HOUR / 2)
    mended = said("The report says that it was finished.", "The report")
    actions.reword_post(row, by=editor, draft=mended, version=row.version)
    with pytest.raises(actions.Embargoed):
        actions.publish_scheduled(row, by=owner)
    with pytest.raises(actions.Embargoed):
        actions.publish_post(blog.id, by=owner, draft=mended, once="copied")
    assert published(blog) == 0


def test_taking_back_what_is_scheduled_leaves_it_under_its_embargo(blog: Blog, editor: User) -> None:
    row = scheduled(blog, editor, embargo=True)
    actions.unschedule_post(row, by=editor)
    with pytest.raises(actions.Embargoed):
        actions.publish_scheduled(row, by=editor)
    actions.discard_scheduled(row, by=editor)
    with pytest.raises(actions.Embargoed):
        actions.publish_post(blog.id, by=editor, draft=SECRET, once="k")


def test_only_an_owner_lifts_an_embargo_and_the_audit_says_so(blog: Blog, editor: User, owner: User) -> None:
    row = scheduled(blog, editor, embargo=True)
    actions.reword_post(row, by=editor, draft=said("Again.", "The report"), version=row.version)
    embargo = Embargo.objects.order_by("pk")[0]
    with pytest.raises(PermissionDenied):
        actions.lift_embargo(blog.id, by=editor, number=embargo.pk)
    actions.lift_embargo(blog.id, by=owner, number=embargo.pk)
    act = Act.objects.get(verb="lift_embargo")
    assert (act.user, act.about) == (owner, row.post)
    actions.publish_scheduled(row, by=editor)
    assert published(blog) == 1


def test_words_that_readers_have_cannot_be_put_under_embargo(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=SECRET, once="k")
    with pytest.raises(actions.Refused) as refused:
        actions.embargo_draft(blog.id, by=editor, draft=SECRET, post=post.id, until=CLOCK.now() + HOUR)
    assert refused.value.refusal.code == "already_published"
