"""Words under embargo: no act of anybody publishes them, in whatever live blog."""

from datetime import timedelta
from pathlib import Path

import pytest

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.events import Audience, Origin
from asithappened.desk import actions
from asithappened.desk.actions import embargoed, submissions
from asithappened.desk.draft import draft_of
from asithappened.importers.found import ImportRefused
from asithappened.importers.run import run
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.test_scheduling import HOUR, SECRET, published, scheduled

pytestmark = pytest.mark.django_db


def test_nobody_publishes_a_draft_under_embargo_by_its_key_or_by_its_words(
    blog: Blog, editor: User, owner: User, admin: User
) -> None:
    row = scheduled(blog, editor, embargo=True)
    for by in (editor, owner, admin):
        for once, draft in (("k", SECRET), ("k", said("Other words.")), ("another", SECRET)):
            with pytest.raises(actions.Embargoed) as refused:
                actions.publish_post(blog.id, by=by, draft=draft, once=once)
            assert refused.value.until == row.due_at
    with pytest.raises(actions.Embargoed):
        actions.publish_scheduled(row, by=owner)
    assert published(blog) == 0


def test_a_post_of_other_words_is_published_meanwhile(blog: Blog, editor: User) -> None:
    scheduled(blog, editor, embargo=True)
    actions.publish_post(blog.id, by=editor, draft=said("The wall holds."), once="other")
    assert published(blog) == 1


def test_no_other_act_brings_the_words_under_embargo_out(blog: Blog, editor: User, contributor: User) -> None:
    """An edit, an approval, a restoration, a program's own event: whatever would carry them is refused."""
    post = actions.publish_post(blog.id, by=editor, draft=said("Nothing yet."), once="1")
    handed = submissions.submit(blog.id, by=contributor, draft=SECRET, once="mine")
    withdrawn = actions.publish_post(blog.id, by=editor, draft=said("To come again."), once="2")
    row = actions.unpublish_post(blog.id, by=editor, post=withdrawn.id)
    until = CLOCK.now() + HOUR
    actions.embargo_draft(blog.id, by=editor, draft=said("To come again."), post=withdrawn.id, until=until)
    actions.embargo_draft(blog.id, by=editor, draft=SECRET, post="anything", until=until)
    head = read.head(blog.id)
    for act in (
        lambda: actions.revise_post(blog.id, by=editor, post=post.id, draft=SECRET, based_on=post.last_seq),
        lambda: submissions.approve(handed, by=editor, draft=SECRET, version=handed.version),
        lambda: actions.restore_post(blog.id, by=editor, post=withdrawn.id),
        lambda: actions.publish_scheduled(row, by=editor),
        lambda: actions.schedule_post(blog.id, by=editor, draft=SECRET, once="x", at=until - timedelta(minutes=1)),
    ):
        with pytest.raises(actions.Embargoed):
            act()
    assert read.head(blog.id) == head


def test_what_was_handed_in_is_under_the_embargo_of_its_key_whatever_the_editor_makes_of_it(
    blog: Blog, editor: User, contributor: User
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=SECRET, once="mine")
    post = actions.post_id(blog.id, "mine")
    actions.embargo_draft(blog.id, by=editor, draft=SECRET, post=post, until=CLOCK.now() + HOUR)
    with pytest.raises(actions.Embargoed):
        submissions.approve(handed, by=editor, draft=said("Mended."), version=handed.version)


def test_the_words_are_refused_in_another_live_blog_to_whoever_may_know_and_tell_nobody_else(
    blog: Blog, editor: User, owner: User
) -> None:
    scheduled(blog, editor, embargo=True)
    elsewhere = actions.open_blog(by=owner, slug="elsewhere", title="Elsewhere", audience=Audience.EVERYONE).blog
    stranger = User.objects.create_user("stranger@house.example")
    for user in (editor, stranger):
        Membership.objects.create(blog_id=elsewhere, user=user, role=Role.EDITOR)
    with pytest.raises(actions.Embargoed):
        actions.publish_post(elsewhere, by=editor, draft=SECRET, once="1")
    with pytest.raises(actions.Embargoed):
        actions.publish_post(elsewhere, by=actions.System(name="demo"), draft=SECRET, once="1", origin=Origin.REPLAY)
    actions.publish_post(elsewhere, by=stranger, draft=SECRET, once="1")  # who has them has them from elsewhere


def test_an_import_does_not_bring_them_in_either(blog: Blog, editor: User, tmp_path: Path) -> None:
    page = b"Title\n\nUpdated\n\n10.00am\n\nThe report\n\nThe report says that the wall was never finished.\n\n"
    file = tmp_path / "page.txt"
    file.write_bytes(page)
    run(file, "page-text", slug="before", forbid=lambda blog, events: embargoed.forbid(blog, events, by=None))
    (post,) = read.posts(read.blog_id("before") or 0)
    until = CLOCK.now() + HOUR
    actions.embargo_draft(blog.id, by=editor, draft=draft_of(post), post="secret", until=until)
    with pytest.raises(ImportRefused, match="under embargo"):
        run(file, "page-text", slug="after", forbid=lambda blog, events: embargoed.forbid(blog, events, by=None))
    assert read.blog_id("after") is None
