"""How long a file is kept: while any words mention it, written or waiting; and what an erasure takes along."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.desk import actions, waiting_words
from asithappened.desk.actions import submissions
from asithappened.desk.draft import Draft
from asithappened.desk.drafts.models import Draft as Kept
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Job, State
from asithappened.jobs.running import given
from asithappened.log import follow
from asithappened.media import arrivals, consume, deletion, mentions
from asithappened.media.models import Media, MediaUse, Mention
from asithappened.media.store import store
from tests.desk.conftest import Blog
from tests.media.brought import picture, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Have files lie in a folder of the test's own."""
    settings.MEDIA_FOLDER = media = tmp_path / "media"
    return media


def draft(*images: body.Block, title: str = "Sea wall") -> Draft:
    """Return a draft that shows these."""
    return Draft(title=title, body=body.Doc(content=images))


def work() -> None:
    """Do what the worker does after a publish: follow, and let go of what nothing mentions."""
    follow.catch_up(consume)
    for job in Job.objects.filter(kind=mentions.LET_GO, state=State.WAITING):
        deletion.kind(waiting_words.mentioned).run(given(job))
        Job.objects.filter(pk=job.pk).update(state=State.DONE)


def kept(row: Media) -> bool:
    """Say whether a file is there: its row and its bytes."""
    there = Media.objects.filter(pk=row.pk).exists()
    assert there is (store().on_disk(row.pk, "640.webp") is not None)
    return there


def test_mentions_are_those_of_every_revision_and_the_same_after_a_rebuild(
    blog: Blog, editor: User, tmp_path: Path
) -> None:
    first, second = picture(blog.id, editor, tmp_path), picture(blog.id, editor, tmp_path)
    post = actions.publish_post(blog.id, by=editor, draft=draft(shown(first)), once="1")
    actions.revise_post(blog.id, by=editor, post=post.id, draft=draft(shown(second)), based_on=post.last_seq)
    follow.catch_up(consume)
    found = set(Mention.objects.values_list("media", "blog", "post"))
    assert found == {(first.pk, blog.id, post.id), (second.pk, blog.id, post.id)}
    follow.begin_anew(consume.NAME)
    follow.catch_up(consume)
    assert set(Mention.objects.values_list("media", "blog", "post")) == found


def test_a_withdrawal_takes_no_file_and_an_erasure_takes_those_of_every_revision(
    blog: Blog, owner: User, tmp_path: Path
) -> None:
    first, second = picture(blog.id, owner, tmp_path), picture(blog.id, owner, tmp_path)
    post = actions.publish_post(blog.id, by=owner, draft=draft(shown(first)), once="1")
    actions.revise_post(blog.id, by=owner, post=post.id, draft=draft(shown(second)), based_on=post.last_seq)
    actions.withdraw_post(blog.id, by=owner, post=post.id)
    work()
    assert kept(first)
    assert kept(second)
    actions.erase_post(blog.id, by=owner, post=post.id)
    work()
    assert not kept(first)
    assert not kept(second)
    assert not Mention.objects.exists()


def test_the_erasure_of_one_version_takes_what_no_other_shows(blog: Blog, owner: User, tmp_path: Path) -> None:
    first, both = picture(blog.id, owner, tmp_path), picture(blog.id, owner, tmp_path)
    post = actions.publish_post(blog.id, by=owner, draft=draft(shown(first), shown(both)), once="1")
    published = post.last_seq
    actions.revise_post(blog.id, by=owner, post=post.id, draft=draft(shown(both)), based_on=published)
    actions.erase_revision(blog.id, by=owner, post=post.id, seq=published)
    work()
    assert not kept(first)
    assert kept(both)


def _another_post(blog: Blog, owner: User, row: Media) -> None:
    actions.publish_post(blog.id, by=owner, draft=draft(shown(row), title="Another"), once="2")


def _a_submission(blog: Blog, owner: User, row: Media) -> None:
    submissions.submit(blog.id, by=owner, draft=draft(shown(row), title="Another"), once="2")


def _a_schedule(blog: Blog, owner: User, row: Media) -> None:
    due = CLOCK.now() + timedelta(hours=1)
    actions.schedule_post(blog.id, by=owner, draft=draft(shown(row), title="Another"), once="2", at=due)


def _a_draft(blog: Blog, owner: User, row: Media) -> None:
    doc = body.dump(body.Doc(content=(shown(row),))).decode()
    Kept.objects.create(blog=blog.id, author=owner.pk, key="2", words=doc, made_at=CLOCK.now(), saved_at=CLOCK.now())


@pytest.mark.parametrize("also", [_another_post, _a_submission, _a_schedule, _a_draft])
def test_an_erasure_leaves_what_other_words_show(
    also: Callable[..., None], blog: Blog, owner: User, tmp_path: Path
) -> None:
    row = picture(blog.id, owner, tmp_path)
    post = actions.publish_post(blog.id, by=owner, draft=draft(shown(row)), once="1")
    also(blog, owner, row)
    actions.erase_post(blog.id, by=owner, post=post.id)
    work()
    assert kept(row)


def test_nothing_is_let_go_of_while_posts_have_not_been_looked_at(blog: Blog, owner: User, tmp_path: Path) -> None:
    row = picture(blog.id, owner, tmp_path)
    actions.publish_post(blog.id, by=owner, draft=draft(shown(row)), once="1")
    with pytest.raises(deletion.Behind):
        deletion.let_go([row.pk], waiting_words.mentioned)
    assert kept(row)


def old(*rows: Media) -> None:
    """Have these been brought in long ago."""
    long_ago = CLOCK.now() - deletion.UNUSED - timedelta(hours=1)
    Media.objects.filter(pk__in=[row.pk for row in rows]).update(created=long_ago)
    MediaUse.objects.filter(media__in=rows).update(at=long_ago)


def test_the_sweep_takes_what_nobody_used_for_a_week(blog: Blog, owner: User, tmp_path: Path) -> None:
    used, unused, new, waiting, again = (picture(blog.id, owner, tmp_path) for _ in range(5))
    actions.publish_post(blog.id, by=owner, draft=draft(shown(used)), once="1")
    _a_submission(blog, owner, waiting)
    old(used, unused, waiting, again)
    MediaUse.objects.filter(media=again).update(at=CLOCK.now())  # brought in once more, today
    assert deletion.sweep(waiting_words.mentioned) == []  # a post has not been looked at yet
    follow.catch_up(consume)
    assert deletion.sweep(waiting_words.mentioned) == [unused.pk]
    assert [kept(row) for row in (used, unused, new, waiting, again)] == [True, False, True, True, True]


def test_the_sweep_takes_halves_and_files_without_a_row(
    blog: Blog, owner: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = arrivals.incoming()
    upload = halves.begin(blog=blog.id, by=owner.pk, length=4)
    halves.append(upload, 0, b"abcd")
    store().keep(upload.id, {"original": halves.path(upload.id)})  # and its process was killed
    deletion.sweep(waiting_words.mentioned)
    assert halves.find(upload.id) == upload
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    deletion.sweep(waiting_words.mentioned)
    assert halves.find(upload.id) is None
    assert not list(store().ids_on_disk())
