"""Who leaves is off everything in one act, and nothing of the newsroom's goes with them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from asithappened.accounts import gate
from asithappened.accounts.members import MemberError
from asithappened.accounts.models import Membership, Role, User
from asithappened.desk import actions
from asithappened.desk.actions import Refused, handover, house, leaving, submissions
from asithappened.desk.actions.actor import System
from asithappened.desk.drafts import keeping, leases, presence
from asithappened.desk.drafts.models import Draft, Lease, Presence
from asithappened.desk.drafts.models import Draft as Kept
from asithappened.desk.jobs import PUBLISH
from asithappened.desk.models import Note, Scheduled, Submission
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Job
from asithappened.jobs.work import Given
from asithappened.log import read
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db(databases="__all__")


def draft_of(blog: Blog, author: User, key: str) -> Kept:
    words = keeping.Words(title=f"Of {author}")
    return keeping.save(blog.id, author.pk, keeping.Copy(key=key, words=words, writer="w", turn=1, seen=0))


@pytest.fixture
def busy(blog: Blog, editor: User, owner: User) -> User:
    """Return an editor with something of everything."""
    actions.publish_post(blog.id, by=editor, draft=said("Out."), once="out")
    draft_of(blog, editor, "a-draft")
    at = CLOCK.now() + timedelta(hours=1)
    actions.schedule_post(blog.id, by=editor, draft=said("Later."), once="later", at=at)
    tab = presence.Tab(blog=blog.id, user=editor.pk, tab="tab-of-editor", name="E")
    presence.beat(tab, at="", active=True, now=CLOCK.now())
    leases.take(tab, read.posts(blog.id)[0].id, CLOCK.now())
    return editor


def test_who_leaves_a_live_blog_is_off_it_and_what_they_had_goes_on(busy: User, blog: Blog, owner: User) -> None:
    token = handover.make_link(blog.id, by=owner, since=datetime.now(UTC), hours=8)
    left = leaving.leave_blog(blog.id, by=owner, user=busy)
    assert (left.to, left.drafts, left.scheduled) == (owner, 1, 1)
    assert gate.verbs_of(busy, blog.id) == frozenset()
    assert Draft.objects.get().author == owner.pk
    row = Scheduled.objects.get()
    assert (row.state, row.why) == ("stopped", "Editor Person no longer works on this live blog.")
    assert not Presence.objects.exists()
    assert not Lease.objects.exists()
    assert handover.open_link(token) is None
    assert "1 draft of theirs is Olu Owner’s now." in Note.objects.get().text
    assert [post.bylines for post in read.posts(blog.id)] == [("Ada Reporter",)]


def test_a_person_decides_about_what_was_scheduled(busy: User, blog: Blog, owner: User) -> None:
    leaving.leave_blog(blog.id, by=owner, user=busy)
    row = Scheduled.objects.get()
    with pytest.raises((Http404, PermissionDenied)):
        actions.publish_scheduled(row, by=busy)
    row.refresh_from_db()
    actions.publish_scheduled(row, by=owner)
    assert len(read.posts(blog.id)) == 2


def test_the_job_of_what_was_scheduled_finds_nothing_to_do(busy: User, blog: Blog, owner: User) -> None:
    leaving.leave_blog(blog.id, by=owner, user=busy)
    job = Job.objects.get(kind="publish_scheduled")
    given = Given(
        kind=job.kind,
        key=job.key,
        payload=json.loads(job.payload),
        on_behalf_of=job.on_behalf_of,
        due=job.due,
        attempt=1,
    )
    PUBLISH.run(given)
    assert len(read.posts(blog.id)) == 1


def test_what_was_handed_in_waits_for_an_editor_and_is_returned_to_nobody(
    blog: Blog, contributor: User, owner: User
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=said("Mine."), once="1")
    submissions.return_submission(handed, by=owner, note_="More, please.", version=1)
    assert leaving.leave_blog(blog.id, by=owner, user=contributor).submissions == 1
    handed.refresh_from_db()
    assert (handed.state, "no longer works" in handed.note) == ("waiting", True)
    with pytest.raises(Refused, match="no longer works"):
        submissions.return_submission(handed, by=owner, note_="More.", version=handed.version)
    submissions.approve(handed, by=owner, draft=said("Mine."), version=handed.version)
    assert Submission.objects.get().state == "approved"


def test_drafts_go_to_whoever_is_named_if_they_work_on_it(
    busy: User, blog: Blog, owner: User, contributor: User, stranger: User
) -> None:
    with pytest.raises(Refused):
        leaving.leave_blog(blog.id, by=owner, user=busy, to=stranger)
    assert Membership.objects.filter(user=busy).exists()
    assert leaving.leave_blog(blog.id, by=owner, user=busy, to=contributor).to == contributor
    assert Draft.objects.get().author == contributor.pk


def test_the_last_owner_stays_until_another_is_made(blog: Blog, owner: User, editor: User) -> None:
    with pytest.raises(MemberError, match="at least one owner"):
        leaving.leave_blog(blog.id, by=owner, user=owner)
    assert Membership.objects.get(user=owner).role == Role.OWNER


def test_who_leaves_the_house_is_off_every_live_blog_and_signs_in_no_more(
    busy: User, blog: Blog, owner: User, admin: User, browse: Callable[[User | None], Client]
) -> None:
    second = actions.open_blog(by=owner, slug="flood", title="Flood").blog
    Membership.objects.create(blog_id=second, user=busy, role=Role.OWNER)
    busy.set_password("a rather long password")
    busy.save()
    client = browse(busy)
    assert client.get(blog.path).status_code == 200
    assert len(leaving.leave_house(by=admin, user=busy)) == 2
    busy.refresh_from_db()
    assert (busy.is_active, busy.has_usable_password(), busy.memberships.count()) == (False, False, 0)
    assert client.get(blog.path).status_code == 302
    assert client.get("/desk/").status_code == 302


def test_who_owned_something_alone_leaves_it_to_whoever_is_named(
    blog: Blog, owner: User, admin: User, editor: User
) -> None:
    with pytest.raises(Refused, match="Storm Isolde"):
        leaving.leave_house(by=admin, user=owner)
    assert User.objects.get(pk=owner.pk).is_active
    leaving.leave_house(by=System(name="command line"), user=owner, to=editor)
    assert Membership.objects.get(blog_id=blog.id, user=editor).role == Role.OWNER


def test_nobody_closes_their_own_account_or_changes_their_own_rights(admin: User) -> None:
    for act in (
        lambda: leaving.leave_house(by=admin, user=admin),
        lambda: house.set_rights(admin, by=admin, newsroom=True, admin=False),
    ):
        with pytest.raises(Refused):
            act()
    assert gate.may_administer(User.objects.get(pk=admin.pk))


def test_only_a_site_admin_has_somebody_leave_the_house(owner: User, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        leaving.leave_house(by=owner, user=editor)
    assert User.objects.get(pk=editor.pk).is_active
