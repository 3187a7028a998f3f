"""Words with a time: never twice, never against an embargo, and back whole when they are taken back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.events import Audience, Origin
from asithappened.desk import actions
from asithappened.desk.actions import embargoed, scheduling, submissions
from asithappened.desk.draft import draft_of
from asithappened.desk.models import Act, Embargo, Promise, Scheduled
from asithappened.importers.found import ImportRefused
from asithappened.importers.run import run
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


@pytest.mark.parametrize(("words", "language", "promised"), [
    ("The bridge is shut. More details soon.", "en", "More details soon"),
    ("We’ll bring you more on this.", "en", "We'll bring you more"),
    ("Mehr dazu in Kürze.", "de", "Mehr dazu in Kürze"),
    ("Weitere Informationen folgen.", "de-AT", "Weitere Informationen folgen"),
    ("Mehr dazu in Kürze.", "en", None),
    ("There is more snow, and soon the thaw.", "en", None),
    ("The bridge is shut.", "en", None),
])  # fmt: skip
def test_what_a_post_promises_in_the_blog_s_language_is_kept_in_mind(
    blog: Blog, owner: User, words: str, language: str, promised: str | None
) -> None:
    here = blog.state
    if language != "en":
        actions.describe_blog(
            blog.id, by=owner, title=here.title, standfirst="", language=language, zone=here.zone, tags=()
        )
    post = actions.publish_post(blog.id, by=owner, draft=said(words), once="k")
    found = [(one.post, one.words, one.due_at - one.made_at) for one in Promise.objects.all()]
    assert found == ([(post.id, promised, timedelta(minutes=30))] if promised else [])


def test_a_promise_is_kept_by_a_post_that_leads_to_it(blog: Blog, editor: User, owner: User) -> None:
    from asithappened.core import body

    first = actions.publish_post(blog.id, by=editor, draft=said("More soon."), once="1")
    actions.publish_post(blog.id, by=owner, draft=said("Something else."), once="2")
    assert Promise.objects.get().state == "open"
    href = f"https://courier.example/live/storm/p/{first.id}/"
    card = body.Card(attrs=body.CardAttrs(url=href, title="What we said"))
    follow = said("It reopened.")
    draft = type(follow)(title="", body=body.Doc(content=(*follow.body.content, card)))
    second = actions.publish_post(blog.id, by=owner, draft=draft, once="3")
    kept = Promise.objects.get()
    assert (kept.state, kept.kept_in, kept.decided_by) == ("kept", second.id, owner)


def test_a_promise_of_a_post_that_is_taken_back_is_none(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("More soon."), once="1")
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert Promise.objects.get().state == "dropped"


# --- at the desk


def test_what_is_late_stands_first_and_says_by_how_much(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    scheduled(blog, editor, once="soon")
    overdue = actions.schedule_post(
        blog.id, by=editor, draft=said("Tides.", "Tide table"), once="k2", at=CLOCK.now() + 2 * HOUR
    )
    Scheduled.objects.filter(pk=overdue.pk).update(due_at=CLOCK.now() - timedelta(minutes=14, seconds=5))
    panel = browse(editor).get(f"{blog.path}tab/scheduled/").content.decode()
    assert "Late by 14 minutes: publish it now, or not?" in panel
    assert panel.index("Tide table") < panel.index("The report")
    scheduling.not_published(Scheduled.objects.get(once="soon"), "This live blog is closed.")
    assert "Not published:" in browse(editor).get(f"{blog.path}scheduled/").content.decode()


def test_a_due_promise_is_counted_in_its_tab(blog: Blog, editor: User, browse: Callable[[User | None], Client]) -> None:
    actions.publish_post(blog.id, by=editor, draft=said("More soon."), once="1")
    Promise.objects.update(made_at=CLOCK.now() - timedelta(minutes=29), due_at=CLOCK.now())
    panel = browse(editor).get(f"{blog.path}tab/promises/").content.decode()
    assert "More soon" in panel
    assert "29 minutes ago" in panel


def test_a_live_blog_that_is_quiet_for_three_hours_asks_and_nothing_happens_by_itself(
    blog: Blog,
    owner: User,
    editor: User,
    browse: Callable[[User | None], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actions.publish_post(blog.id, by=owner, draft=said("The last word."), once="1")
    quiet = 'role="status" hidden'

    def line(by: User) -> str:
        page = browse(by).get(blog.path).content.decode()
        start = page.index("quiet-line")
        return str(page[start : page.index("</p>", start)])

    assert quiet in line(owner)
    monkeypatch.setattr(CLOCK, "_found", (CLOCK.now().timestamp() + 3 * 3600 + 60, CLOCK._elapsed()))
    assert quiet not in line(owner)
    assert "close/" in line(owner)
    assert "close/" not in line(editor)
    assert blog.state.status == "live"
