"""From the desk to what readers have: with a ticket where one is needed, and never to a dead end."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.events import Audience
from asithappened.desk import actions
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db


def test_see_it_as_readers_will_brings_a_ticket_only_where_one_is_needed(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client = browse(owner)
    assert client.get(f"{blog.path}as-readers/")["Location"] == "/live/storm/"
    actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    assert client.get(f"{blog.path}as-readers/")["Location"].startswith("/live/storm/enter?ticket=")


def test_a_blog_that_nobody_may_read_yet_leads_to_no_dead_end(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    actions.set_audience(blog.id, by=owner, audience=Audience.NOBODY)
    client = browse(owner)
    assert "as-readers" not in client.get(blog.path).content.decode()
    assert "Nobody may read it yet" in client.get(f"{blog.path}as-readers/", follow=True).content.decode()
