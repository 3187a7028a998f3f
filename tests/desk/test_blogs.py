"""Opening a live blog by its form: its address, its owner, and what is wrong said at its field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.events import Audience
from asithappened.log import read
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db


def opening(**values: Any) -> dict[str, Any]:
    return {"title": "Election night", "standfirst": "", "slug": "", "audience": "nobody", "tags": "Politics, Vote",
            "zone": "Europe/Kyiv", "language": "en", "once": "q1", **values}  # fmt: skip


def test_opening_makes_an_address_of_the_headline_and_an_owner_of_whoever_opens(
    browse: Callable[[User | None], Client], owner: User
) -> None:
    client = browse(owner)
    answer = client.post("/desk/open/", opening(title="Élection: nuit d’été"), follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/live/election-nuit-dete/"
    opened = read.blog_id("election-nuit-dete")
    assert opened is not None
    state = read.blog(opened)
    assert (state.tags, state.zone, state.audience) == (("Politics", "Vote"), "Europe/Kyiv", Audience.NOBODY)
    assert client.post("/desk/open/", opening(title="Élection: nuit d’été")).status_code == 302  # the same form again
    assert len(read.blogs()) == 1


def test_opening_with_a_taken_address_or_a_wrong_zone_says_so_at_the_field(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client = browse(owner)
    answer = client.post("/desk/open/", opening(slug="storm"))
    assert (answer.status_code, 'id="id_slug_error"' in answer.content.decode()) == (422, True)
    answer = client.post("/desk/open/", opening(zone="Europe/Nowhere"))
    assert 'id="id_zone_error"' in answer.content.decode()
    assert "Election night" in answer.content.decode()
