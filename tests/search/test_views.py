"""Promises of the pages of readers' search: plain forms, words marked, everyone's alone, and nothing for engines."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.search import consume as search
from asithappened.search import views
from asithappened.search.finding import TooLong
from tests.answered import Answer
from tests.search.test_consume import doc, opened
from tests.search.test_finding import HOSTILE

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def ask(path: str, **query: str) -> Answer:
    follow.catch_up(search)
    return Client().get(path, query)


def said(path: str, **query: str) -> str:
    answer = ask(path, **query)
    assert answer.status_code == 200
    return answer.content.decode()


def hits(page: str) -> list[str]:
    return re.findall(r'<h3[^>]*><a href="([^"]*)"', page)


def test_what_was_found_is_shown_with_its_words_marked_its_time_kind_byline_and_the_way_to_it() -> None:
    opened(
        "storm",
        e.PostPublished(
            post="k1",
            title="Zebra & co",
            kind=e.PostKind.KEY_EVENT,
            body=doc("A zebra <b> ran."),
            bylines=("Ada Fox",),
            published_at=datetime(2026, 1, 4, 9, 30, tzinfo=UTC),
        ),
        zone="Europe/London",
    )
    page = said("/search", q="ZEBRA")
    assert hits(page) == ["/live/storm/#p-k1"]
    assert "<mark>Zebra</mark> &amp; co" in page
    assert "A <mark>zebra</mark> &lt;b&gt; ran." in page
    assert all(
        word in page for word in ("Key event", "Ada Fox", '<a href="/live/storm/" lang="en" dir="ltr">Storm</a>')
    )
    answer = ask("/live/storm/search", q="zebra")
    assert (answer["x-robots-tag"], answer["cache-control"], answer.cookies) == ("noindex", "no-store", {})


def test_a_post_of_an_older_page_is_led_to_on_that_page() -> None:
    storm = opened("storm", e.PostPublished(post="first", title="Zebra"))
    for n in range(3):
        press.publish(storm, [e.PostPublished(post=f"p{n}-{m}", title="Other") for m in range(25)])
    assert hits(said("/live/storm/search", q="zebra")) == ["/live/storm/page/1/#p-first"]


def test_the_pages_go_on_by_links_alone_and_keep_what_was_asked() -> None:
    posts = [e.PostPublished(post=f"p{n}", title="Zebra", kind=e.PostKind.KEY_EVENT, position=n) for n in range(45)]
    opened("storm", *posts)
    path, found, page = "/live/storm/search?q=zebra&order=best&key=1", list[str](), ""
    for _ in range(3):
        page = Client().get(path).content.decode() if found else said(path)
        found += hits(page)
        assert 'value="zebra"' in page
        assert re.search(r'value="best" checked', page)
        if more := re.search(r'rel="next" href="([^"]*)"', page):
            path = more[1].replace("&amp;", "&")
    assert found == [f"/live/storm/#p-p{n}" for n in reversed(range(45))]
    assert 'rel="next"' not in page


def test_whoever_edits_a_word_away_has_it_found_by_nobody_before_the_worker_follows_either() -> None:
    storm = opened("storm", e.PostPublished(post="p1", title="Zebra", position=1))
    assert hits(said("/search", q="zebra")) != []
    press.publish(storm, [e.PostRevised(post="p1", title="Ferry", position=1)])
    assert hits(Client().get("/search", {"q": "zebra"}).content.decode()) == []


@pytest.mark.parametrize("audience", [e.Audience.MEMBERS, e.Audience.NOBODY])
def test_a_live_blog_that_is_not_everyones_answers_as_one_that_is_not_there(audience: e.Audience) -> None:
    opened("secret", e.PostPublished(post="p1", title="Zebra"), audience=audience)
    there, not_there = ask("/live/secret/search", q="zebra"), ask("/live/nothing/search", q="zebra")
    assert (there.status_code, not_there.status_code) == (404, 404)
    assert "Zebra" not in said("/search", q="zebra").replace('value="zebra"', "")


def test_a_former_address_leads_to_the_current_one_with_what_was_asked() -> None:
    storm = opened("storm")
    press.publish(storm, [e.BlogRenamed(slug="gale")])
    answer = ask("/live/storm/search", q="zebra", key="1")
    assert (answer.status_code, answer["location"]) == (302, "/live/gale/search?q=zebra&key=1")


def test_nothing_found_and_nothing_asked_help_on() -> None:
    opened("storm")
    assert "Nothing was found" in said("/search", q="zebra")
    assert "All of the words that you type" in said("/search")
    assert "Try fewer words" in said("/live/storm/search", q="— !")


@pytest.mark.parametrize("query", [{}, {"order": "best"}, {"key": "1"}, {"before": "h5"}, {"before": "' OR 1"}])
def test_a_hostile_search_is_answered_as_any(query: dict[str, str]) -> None:
    opened("storm", e.PostPublished(post="p1", title="Zebra"))
    for typed in (*HOSTILE, "<script>alert(1)</script>", '"><img src=x>', "<!--house:name-->"):
        page = said("/search", q=typed.encode("utf-8", "replace").decode(), **query)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<!--" not in page


def test_a_search_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def long(*_: Any, **__: Any) -> None:
        raise TooLong

    monkeypatch.setattr(views, "look", long)
    answer = ask("/search", q="zebra")
    assert (answer.status_code, "Search for rarer words" in answer.content.decode()) == (503, True)


def test_a_page_is_in_its_blogs_language_and_each_hit_in_its_own(settings: Any) -> None:
    opened("sea", e.PostPublished(post="p1", title="סערה בנמל"), language="he", zone="Asia/Jerusalem")
    settings.LANGUAGE_CODE = "de"
    page = said("/search", q="סערה")
    assert ('<html lang="de" dir="ltr"' in page, '<h3 lang="he" dir="rtl">' in page) == (True, True)
    assert "Alle Liveblogs durchsuchen" in page
    assert '<html lang="he" dir="rtl"' in said("/live/sea/search", q="סערה")
