"""What the frame of an open screen shows of its live blog: a beat says when it is out of date, and it is asked anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import Role, User
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.actions import members
from tests.desk.conftest import Blog, said
from tests.desk.test_in_json import ask

pytestmark = pytest.mark.django_db


def stamp(client: Client, blog: Blog) -> dict[str, Any]:
    _, told = ask(client, f"{blog.path}beat/", do="beat", tab="tab-of-ana")
    standing: dict[str, Any] = told["standing"]
    return standing


CHANGES = {
    "closed": lambda blog, owner: actions.close_blog(blog, by=owner),
    "renamed": lambda blog, owner: actions.rename_blog(blog, by=owner, slug="storm-isolde"),
    "for members": lambda blog, owner: actions.set_audience(blog, by=owner, audience=Audience.MEMBERS),
    "described": lambda blog, owner: actions.describe_blog(
        blog, by=owner, title="Storm Isolde passes", standfirst="", language="en", zone="Europe/Paris", tags=()
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_beat_says_that_the_frame_is_out_of_date(
    blog: Blog, owner: User, editor: User, browse: Callable[[User | None], Client], change: str
) -> None:
    client = browse(editor)
    before = stamp(client, blog)
    page = client.get(blog.path).content.decode()
    assert f'data-standing="{before}"' in page
    CHANGES[change](blog.id, owner)
    after = stamp(client, blog)
    assert after != before
    frame = client.get(f"{blog.path}?part=frame").content.decode()
    assert f'data-standing="{after}"' in frame
    assert f'data-at="{blog.path}"' in frame


def test_a_post_puts_no_frame_out_of_date(blog: Blog, editor: User, browse: Callable[[User | None], Client]) -> None:
    client = browse(editor)
    before = stamp(client, blog)
    actions.publish_post(blog.id, by=editor, draft=said("The wall holds."), once="1")
    assert stamp(client, blog) == before


def test_the_frame_is_no_page_and_has_what_the_page_has(
    blog: Blog, owner: User, browse: Callable[[User | None], Client]
) -> None:
    client = browse(owner)
    frame, page = (client.get(blog.path + query).content.decode() for query in ("?part=frame", ""))
    assert "<html" not in frame
    assert "desk-post" not in frame
    for part in ("title", "status", "menu", "notice", "tabs"):
        assert f'data-frame="{part}"' in frame
        assert f'data-frame="{part}"' in page


def test_whoever_works_on_both_is_led_to_where_coverage_goes_on(
    blog: Blog, owner: User, contributor: User, browse: Callable[[User | None], Client]
) -> None:
    receipt = actions.open_blog(by=owner, slug="other", title="Other", audience=Audience.EVERYONE)
    actions.continue_blog(blog.id, by=owner, slug="other")
    assert f'data-go-on="{receipt.blog}"' in browse(owner).get(f"{blog.path}?part=frame").content.decode()
    assert "data-go-on" not in browse(contributor).get(f"{blog.path}?part=frame").content.decode()


def test_a_changed_role_puts_the_frame_out_of_date_and_brings_what_it_may_do(
    blog: Blog, owner: User, contributor: User, browse: Callable[[User | None], Client]
) -> None:
    client = browse(contributor)
    before = stamp(client, blog)
    assert 'value="publish">Hand in for approval' in client.get(f"{blog.path}?part=composer").content.decode()
    members.set_role(blog.id, by=owner, user=contributor.pk, role=Role.EDITOR)
    assert stamp(client, blog) != before
    frame = client.get(f"{blog.path}?part=frame").content.decode()
    assert 'data-role="editor"' in frame
    assert 'data-tab="scheduled"' in frame
    assert f'action="{blog.path}write/"' in client.get(f"{blog.path}?part=composer").content.decode()
