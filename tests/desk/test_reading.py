"""Any form of the desk from the JSON of a program: its fields as they were given out, and what is wrong by field."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk import actions
from tests.desk.conftest import Blog, said
from tests.desk.test_in_json import ask, desk, look, why, write

__all__ = ["desk", "write"]

pytestmark = pytest.mark.django_db


def test_settings_are_a_program_s_too_with_lists_where_a_page_has_lines(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client, settings = browse(owner), f"{blog.path}settings/"
    told = look(client, settings)
    assert told["buttons"] == {
        "describe": "describe", "rename": "rename", "audience": "audience", "on": "on",
        "related": "related", "suggest": "suggest", "embed": "embed", "hold": "hold", "contributions": "contributions",
        "alerts": "alerts", "live_video": "live_video",
    }  # fmt: skip
    now = told["forms"]["describe"]
    status, told = ask(client, settings, do="describe", **{**now, "tags": ["Weather", "Coast"]})
    assert (status, blog.state.tags) == (200, ("Weather", "Coast"))
    stale = ask(client, settings, do="describe", **{**now, "title": "Older"})
    assert (stale[0], stale[1]["now"]["tags"]) == (409, ["Weather", "Coast"])
    items = [{"title": "Tides | how high", "url": "https://a.example/t", "published_at": "2026-11-22T10:00:00Z"}]
    assert ask(client, settings, do="related", items=items)[0] == 200
    assert look(client, settings)["forms"]["related"]["items"] == items
    sites = ["HTTPS://www.Paper.example/", "http://localhost:9000", "https://www.paper.example:443"]
    assert ask(client, settings, do="embed", origins=sites)[0] == 200
    assert blog.state.embedders == ("https://www.paper.example", "http://localhost:9000")
    assert look(client, settings)["forms"]["embed"]["origins"] == list(blog.state.embedders)
    assert ask(client, settings, do="related", items=[{"title": "x", "url": "ftp://a.example/"}])[0] == 422
    assert why(ask(client, settings, do="describe", **{**now, "zone": "Mars"})) == (422, [("invalid", "zone")])
    assert why(ask(client, settings, do="describe", **{**now, "zone": 7})) == (422, [("type", "zone")])
    assert ask(client, settings, do="rename", slug="storm-2")[1]["receipt"]["slug"] == "storm-2"


def test_a_refusal_that_one_field_is_to_blame_for_names_it(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    actions.open_blog(by=owner, slug="taken", title="Taken")
    client = browse(owner)
    assert why(ask(client, f"{blog.path}settings/", do="rename", slug="taken")) == (422, [("slug_taken", "slug")])
    assert why(ask(client, f"{blog.path}settings/", do="rename", slug="storm")) == (409, [("unchanged", "")])
    assert why(ask(client, f"{blog.path}continue/", do="point", slug="nowhere")) == (422, [("no_successor", "slug")])
    assert why(ask(client, f"{blog.path}take-down/", slug="strom")) == (422, [("other_slug", "slug")])
    assert why(ask(client, f"{blog.path}p/none/change/", do="pin")) == (404, [("not_found", "")])


def test_what_a_program_is_told_of_a_form_may_be_sent_back_as_it_is(
    desk: Client, browse: Callable[[User | None], Client], owner: User, blog: Blog, write: str
) -> None:
    post = actions.publish_post(blog.id, by=owner, draft=said("Words."), once="1")
    for client, path, do in ((desk, write, "preview"), (desk, f"{blog.path}p/{post.id}/", "preview")):
        assert ask(client, path, do=do, **look(client, path)["forms"]["form"])[0] == 200
    settings = look(browse(owner), f"{blog.path}settings/")
    for button, name in settings["buttons"].items():
        _, told = ask(browse(owner), f"{blog.path}settings/", do=button, **settings["forms"][name])
        assert {one["code"] for one in told.get("refused", ())} <= {"unchanged", "required"}
    people = look(browse(owner), f"{blog.path}people/")
    assert {name: set(people["forms"][name]) for name in people["buttons"].values()} == {
        "form": {"email", "byline", "role", "user"}, "whose": {"user"}, "promoting": {"user", "role"},
        "linking": {"role", "email", "uses", "days"}, "revoking": {"link"}, "leaving": {"user", "to"},
    }  # fmt: skip
    sent = {**people["forms"]["form"], "email": "nia@house.example"}
    assert ask(browse(owner), f"{blog.path}people/", do="add", **sent)[0] == 200
