"""The desk's verbs: permission, press, audit, all or nothing; the same twice is once; nobody overwrites anybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.actions.carry_out import carry_out, unmoved
from asithappened.desk.models import Act, Submission
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


def test_opening_makes_an_owner_in_the_same_transaction(owner: User) -> None:
    first = actions.open_blog(by=owner, slug="vote", title="Vote", once="k")
    again = actions.open_blog(by=owner, slug="vote", title="Vote", once="k")
    assert (again.blog, again.repeated) == (first.blog, True)
    actions.publish_post(first.blog, by=owner, draft=said("Polls are open."), once="1")


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


def test_the_same_form_twice_is_one_post_and_with_other_words_is_refused(blog: Blog, editor: User) -> None:
    first = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="k")
    assert actions.publish_post(blog.id, by=editor, draft=said("Words."), once="k") == first
    with pytest.raises(actions.Refused) as refused:
        actions.publish_post(blog.id, by=editor, draft=said("Others."), once="k")
    assert refused.value.refusal.code == "sent_before"
    assert Act.objects.filter(verb="publish_post").count() == 1


def test_an_older_form_does_not_overwrite_and_the_same_words_again_are_no_conflict(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("One."), once="k")
    new = actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Two."), based_on=post.last_seq)
    again = actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Two."), based_on=post.last_seq)
    assert again == new
    with pytest.raises(actions.Moved):
        actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Three."), based_on=post.last_seq)
    assert body.plain(blog.post(post.id).body) == "Two."


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


def test_another_posts_change_is_no_conflict(blog: Blog, editor: User) -> None:
    one = actions.publish_post(blog.id, by=editor, draft=said("One."), once="1")
    two = actions.publish_post(blog.id, by=editor, draft=said("Two."), once="2")
    actions.revise_post(blog.id, by=editor, post=two.id, draft=said("Two!"), based_on=two.last_seq)
    actions.revise_post(blog.id, by=editor, post=one.id, draft=said("One!"), based_on=one.last_seq)
    assert body.plain(blog.post(one.id).body) == "One!"


def test_a_withdrawn_post_comes_back_where_it_stood_and_an_erased_one_never(blog: Blog, owner: User) -> None:
    one = actions.publish_post(blog.id, by=owner, draft=said("One."), once="1")
    two = actions.publish_post(blog.id, by=owner, draft=said("Two."), once="2")
    actions.withdraw_post(blog.id, by=owner, post=one.id, reason="Unsure.")
    actions.restore_post(blog.id, by=owner, post=one.id)
    assert [post.id for post in read.posts(blog.id)] == [two.id, one.id]
    assert (blog.post(one.id).published_at, blog.post(one.id).body) == (one.published_at, one.body)
    actions.erase_post(blog.id, by=owner, post=two.id, reason="By order of the court.")
    assert (blog.post(two.id).erased, blog.post(two.id).body) == (True, body.Doc())
    with pytest.raises(actions.Refused):
        actions.restore_post(blog.id, by=owner, post=two.id)
    facts = [fact for fact in read.facts(blog.id) if fact.post == two.id]
    assert facts[0].event is None


def test_readers_are_pointed_on_only_to_a_blog_of_ones_own_that_they_may_read(
    blog: Blog, owner: User, editor: User
) -> None:
    hidden = actions.open_blog(by=owner, slug="tomorrow", title="Tomorrow").blog
    for slug in ("tomorrow", "nowhere"):
        with pytest.raises(actions.Refused):
            actions.continue_blog(blog.id, by=owner, slug=slug)
    actions.set_audience(hidden, by=owner, audience=e.Audience.EVERYONE)
    actions.continue_blog(blog.id, by=owner, slug="tomorrow")
    assert blog.state.successor.title == "Tomorrow"


def test_a_submission_is_published_once_however_many_editors_approve(
    blog: Blog, owner: User, editor: User, contributor: User
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=said("From the harbour."), once="k")
    assert submissions.submit(blog.id, by=contributor, draft=said("From the harbour."), once="k") == handed
    draft = submissions.draft_of(handed)
    post = submissions.approve(handed, by=editor, draft=draft, version=1)
    assert submissions.approve(handed, by=owner, draft=draft, version=1) == post
    assert Submission.objects.get().post == post.id
    assert len(read.posts(blog.id)) == 1
    with pytest.raises(actions.Moved):
        submissions.return_submission(handed, by=owner, note_="No.", version=2)


def test_an_editor_does_not_publish_a_version_that_they_have_not_seen(
    blog: Blog, editor: User, contributor: User
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=said("One."), once="k")
    seen = submissions.draft_of(handed)
    submissions.submit_again(handed, by=contributor, draft=said("Two."), version=1)
    with pytest.raises(actions.Moved):
        submissions.approve(handed, by=editor, draft=seen, version=1)
    assert read.posts(blog.id) == []
    with pytest.raises(actions.Refused):
        submissions.submit_again(handed, by=editor, draft=said("Three."), version=2)
