"""A live blog is closed with the time at which it really ended, which readers are told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.state import PostState, Status
from asithappened.desk import actions
from asithappened.log import read
from asithappened.published.models import Part
from tests.desk.conftest import Blog, said
from tests.desk.pages import form

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


def test_closing_asks_first_and_can_be_taken_back(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client = browse(owner)
    client.get(f"{blog.path}close/")
    assert read.blog(blog.id).status is Status.LIVE
    client.post(f"{blog.path}close/")
    assert blog.state.status is Status.CLOSED
    page = client.post(f"{blog.path}write/", form()).content.decode()
    assert "Reopen it to publish" in page
    assert "The sea wall has given way." in page
    client.post(f"{blog.path}reopen/")
    assert read.blog(blog.id).status is Status.LIVE


def test_taking_down_wants_the_address_typed(browse: Callable[[User | None], Client], owner: User, blog: Blog) -> None:
    client = browse(owner)
    assert client.post(f"{blog.path}take-down/", {"slug": "strom"}).status_code == 422
    assert read.blog(blog.id).status is Status.LIVE
    client.post(f"{blog.path}take-down/", {"slug": "storm"})
    assert blog.state.status is Status.GONE
    assert "taken down" in client.get(blog.path).content.decode()
