"""The desk speaks the house's language around blogs of any other."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.draft import Draft
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db


def draft(words: str) -> Draft:
    """Return a post of one paragraph without a headline."""
    return Draft(body=body.Doc(content=(body.paragraph(words),)))


@pytest.fixture
def hebrew(owner: User, blog: Blog) -> Blog:
    """Return the live blog, in Hebrew."""
    actions.describe_blog(
        blog.id,
        by=owner,
        title="BBC: סערה בנמל",
        standfirst="המים עולים.",
        language="he",
        zone="Asia/Jerusalem",
        tags=(),
    )
    return blog


def test_a_post_stands_on_the_desk_in_its_blogs_language_and_direction(
    browse: Callable[[User | None], Client], owner: User, hebrew: Blog
) -> None:
    actions.publish_post(hebrew.id, by=owner, draft=draft("BBC מדווח."), once="o1")
    html = browse(owner).get(hebrew.path).content.decode()
    assert re.search(r'<div class="as-read" lang="he" dir="rtl"><article[^>]*>.*<p>BBC מדווח\.</p>', html)


def test_what_was_handed_in_without_a_headline_is_called_by_its_first_sentence(
    browse: Callable[[User | None], Client], owner: User, contributor: User, blog: Blog
) -> None:
    submissions.submit(blog.id, by=contributor, draft=draft("Dr. Smith has left. He waved."), once="s1")
    html = browse(owner).get(f"{blog.path}submissions/").content.decode()
    assert ">Dr. Smith has left.</a>" in html


def test_when_something_was_handed_in_is_told_in_the_blogs_zone(
    browse: Callable[[User | None], Client], contributor: User, hebrew: Blog
) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 14, 44, tzinfo=UTC), tick=False):
        submissions.submit(hebrew.id, by=contributor, draft=draft("המים עולים."), once="s1")
        html = browse(contributor).get(f"{hebrew.path}tab/submissions/").content.decode()
    assert ">16:44</time>" in html


@pytest.mark.django_db
def test_the_desk_speaks_as_somebody_chose_and_else_as_the_browser_asks(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    german = {"Accept-Language": "de-AT,de;q=0.9,fr;q=0.5"}
    assert '<html lang="en"' in client.get(blog.path).content.decode()
    assert '<html lang="de"' in client.get(blog.path, headers=german).content.decode()
    assert '<html lang="en"' in client.get(blog.path, headers={"Accept-Language": "fr"}).content.decode()
    client.post("/desk/me/", {"do": "language", "language": "de"})
    page = client.get("/desk/").content.decode()
    assert '<html lang="de"' in page
    assert "Ihre Liveblogs" in page
    client.post("/desk/me/", {"do": "language", "language": "en"})
    assert '<html lang="en"' in client.get(blog.path, headers=german).content.decode()
    assert client.post("/desk/me/", {"do": "language", "language": "xx"}).status_code == 422


def test_what_core_refuses_is_said_in_it_too(browse: Callable[[User | None], Client], owner: User, blog: Blog) -> None:
    client = browse(owner)
    told = client.post(
        f"{blog.path}settings/contributor/",
        {"version": 1, "do": "off", "name": "Ines"},
        content_type="application/json",
        headers={"Accept-Language": "de"},
    ).json()
    assert told["refused"][0] == {"code": "unchanged", "message": "Ines ist nicht im Dienst.", "field": ""}
