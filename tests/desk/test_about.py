"""A live blog's settings by their page: each form changes its own, and none overwrites what it has not seen."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.events import Audience
from asithappened.desk import actions
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db


def test_settings_change_what_readers_have(browse: Callable[[User | None], Client], owner: User, blog: Blog) -> None:
    client = browse(owner)
    base = {"do": "describe", "based_on": str(blog.state.seq), "describe-title": "Storm Isolde: what we know",
            "describe-standfirst": "A red warning.", "describe-language": "en", "describe-zone": "Europe/London",
            "describe-tags": "Weather"}  # fmt: skip
    assert client.post(f"{blog.path}settings/", base).status_code == 302
    assert blog.state.title == "Storm Isolde: what we know"
    answer = client.post(f"{blog.path}settings/", {**base, "describe-title": "Older"})
    assert (answer.status_code, "As it is now" in answer.content.decode()) == (409, True)
    assert blog.state.title == "Storm Isolde: what we know"
    client.post(f"{blog.path}settings/", {"do": "on", "on-name": "Ada Reporter"})
    client.post(f"{blog.path}settings/contributor/", {"do": "off", "name": "Ada Reporter"})
    assert [(c.name, c.on) for c in blog.state.contributors] == [("Ada Reporter", False)]
    lines = "Ferries | cancelled? | https://a.example/\n\nTides | https://a.example/t | How high | Ada"
    assert client.post(f"{blog.path}settings/", {"do": "related", "related-items": lines}).status_code == 422
    lines = "Tides | https://a.example/t | How high | Ada"
    client.post(f"{blog.path}settings/", {"do": "related", "related-items": lines, "based_on": str(blog.state.seq)})
    assert [item.byline for item in blog.state.related] == ["Ada"]
    client.post(f"{blog.path}settings/", {"do": "audience", "audience-audience": "members"})
    assert blog.state.audience is Audience.MEMBERS
    client.post(f"{blog.path}settings/", {"do": "rename", "rename-slug": "storm-isolde"})
    assert blog.state.slug == "storm-isolde"
    assert client.get("/desk/live/storm/").status_code == 200


def test_the_settings_of_a_live_blog_that_was_taken_down_cannot_be_typed_into(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    before = browse(owner).get(f"{blog.path}settings/").content.decode()
    assert '<fieldset class="all-of-it">' in before
    actions.take_down_blog(blog.id, by=owner)
    after = browse(owner).get(f"{blog.path}settings/").content.decode()
    top, shut, below = re.split(
        '<fieldset class="all-of-it" disabled>|</fieldset>\n(?!.*</fieldset>)', after, flags=re.S
    )
    assert "Nothing here can be changed any more" in top
    assert "<form" in shut
    assert "<form" not in below.split("</main>")[0]
