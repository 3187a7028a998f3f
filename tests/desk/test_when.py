"""A typed time is in the live blog's zone, and one that comes twice is asked about."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.state import PostState
from tests.desk.conftest import Blog
from tests.desk.test_life import last

__all__ = ["last"]

pytestmark = [pytest.mark.django_db, pytest.mark.both]


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
