"""A live blog is closed with the time at which it really ended, which readers are told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.state import PostState
from asithappened.desk import actions
from asithappened.published.models import Part
from tests.desk.conftest import Blog, said

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def last(editor: User, blog: Blog) -> PostState:
    """Return the last post of the day."""
    return actions.publish_post(blog.id, by=editor, draft=said("The last word."), once="1")


def status(blog: Blog) -> str:
    """Return what readers are told under the headline."""
    return bytes(Part.objects.get(blog=blog.id, name="status").data).decode()


def test_it_ended_when_it_ended_and_not_when_somebody_pressed_the_button(
    owner: User, blog: Blog, last: PostState
) -> None:
    actions.close_blog(blog.id, by=owner, ended_at=last.published_at)
    assert blog.state.closed_at == last.published_at
    assert "Coverage ended" in status(blog)
    assert last.published_at.astimezone(ZoneInfo("Europe/London")).strftime("%H:%M") in status(blog)
    actions.reopen_blog(blog.id, by=owner)
    assert blog.state.closed_at is None
    assert "Coverage ended" not in status(blog)


def test_what_changes_after_the_end_is_said_too(owner: User, blog: Blog, last: PostState) -> None:
    actions.close_blog(blog.id, by=owner)
    assert "Coverage ended" in status(blog)
    assert "Last updated" not in status(blog)
    actions.revise_post(blog.id, by=owner, post=last.id, draft=said("The very last."), based_on=last.last_seq)
    assert "Last updated" in status(blog)


def test_the_form_reads_the_time_in_the_blogs_zone_and_asks_about_one_that_comes_twice(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, last: PostState
) -> None:
    client, local = browse(owner), last.published_at.astimezone(ZoneInfo("Europe/London"))
    for wrong, why in (
        ("soon", "Write the day and the time"),
        ("2026-10-25T01:30", "comes twice"),
        ("2020-01-01T10:00", "later than that"),
    ):
        refused = client.post(f"{blog.path}close/", {"ended": wrong, "standfirst": "Over."})
        assert refused.status_code in {409, 422}
        assert why in refused.content.decode()
        assert "Over." in refused.content.decode()
    sent = {"ended": f"{local:%Y-%m-%dT%H:%M}", "standfirst": "Over."}
    assert client.post(f"{blog.path}close/", sent).status_code == 302
    assert blog.state.closed_at == last.published_at


def test_it_ends_neither_before_its_newest_post_nor_later_than_now(owner: User, blog: Blog, last: PostState) -> None:
    assert last.published_at is not None
    for wrong, code in (
        (datetime.now(UTC) + timedelta(hours=1), "future"),
        (last.published_at - timedelta(hours=1), "too_early"),
    ):
        with pytest.raises(actions.Refused) as refused:
            actions.close_blog(blog.id, by=owner, ended_at=wrong)
        assert refused.value.refusal.code == code
    assert blog.state.closed_at is None
