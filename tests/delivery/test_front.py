"""The front page as readers get it: without Django, in pages, and up to date at once."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser

from asithappened.core import events as e
from asithappened.front import consume as front
from asithappened.log import follow
from tests.delivery.newsroom import Blog
from tests.delivery.serving import InProcess, Served

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def followed(database: object) -> None:
    """Have the page be there."""
    del database
    follow.catch_up(front)


def test_anybody_gets_it_finished_and_cacheable_and_who_has_it_a_304(anywhere: Served | InProcess, blog: Blog) -> None:
    follow.catch_up(front)
    answer = anywhere.warm("/")
    assert (answer.status, answer["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer["cache-control"] == "public, s-maxage=2, stale-while-revalidate=10, stale-if-error=300"
    assert answer["set-cookie"] == ""
    assert f'href="/live/{blog.slug}/"'.encode() in answer.body
    assert b'<link rel="canonical" href="http://localhost:8000/">' in answer.body
    assert b"<!--" not in answer.body
    assert anywhere.get("/", if_none_match=answer["etag"]).status == 304
    assert anywhere.get("/", accept_encoding="br").body == answer.body


def test_who_is_signed_in_gets_the_same_and_no_more(site: Served) -> None:
    rehearsal = Blog.opened(posts=1, audience=e.Audience.MEMBERS)
    follow.catch_up(front)
    assert site.get("/", cookie=f"{settings.SESSION_COOKIE_NAME}=ada").body == site.get("/").body
    assert rehearsal.slug.encode() not in site.get("/").body


def test_thirty_blogs_stand_on_a_page_and_the_next_are_a_click_away(anywhere: Served | InProcess) -> None:
    for _ in range(front.PAGE_BLOGS + 2):
        Blog.opened()
    follow.catch_up(front)
    first, second = anywhere.warm("/").body.decode(), anywhere.warm("/page/2/").body.decode()
    assert first.count("<article") == front.PAGE_BLOGS
    assert '<a rel="next" href="/page/2/">' in first
    assert '<a rel="prev" href="/">' in second
    assert "<title>As It Happened, page 2</title>" in second
    assert '<link rel="canonical" href="http://localhost:8000/page/2/">' in second
    assert anywhere.get("/page/1/")["location"] == "/"
    assert anywhere.get("/page/999/").status == 404


def test_what_is_taken_down_leaves_it_before_anybody_has_followed(anywhere: Served | InProcess, blog: Blog) -> None:
    follow.catch_up(front)
    assert blog.slug.encode() in anywhere.warm("/").body
    blog.publish(e.BlogTakenDown(reason="A court's order"))
    assert blog.slug.encode() not in anywhere.get("/").body


@pytest.mark.browser
def test_axe_finds_nothing_on_it_and_nothing_is_wider_than_a_phone(browser: Browser, lanes: dict[str, Served]) -> None:
    for n in range(front.PAGE_BLOGS + 2):
        blog = Blog.opened(posts=1)
        blog.publish(e.BlogDescribed(title=f"A headline that goes on for as long as headlines do, {n}"))
        if n % 3:
            blog.publish(e.BlogClosed())
    follow.catch_up(front)
    looks: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "dark"), (1440, "light"))
    for width, scheme in looks:
        with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:
            page = context.new_page()
            for path in ("/", "/page/2/"):
                page.goto(f"http://127.0.0.1:{lanes['fast'].port}{path}")
                found = Axe().run(page).response["violations"]
                assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
