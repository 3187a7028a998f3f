"""Promises of the front page: every public live blog as it is now, those that run first, and nothing that is not so."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from asithappened import press
from asithappened.core import events as e
from asithappened.front import consume as front
from asithappened.log import follow, read
from asithappened.published.layout import ADDRESS_SLOT, NAME_SLOT
from asithappened.published.models import Document, Entry
from asithappened.render import front as rendered
from tests.front.shown import entries, text
from tests.press.happenings import KINDS, Happening, Newsroom, days
from tests.render.blogs import doc

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def opened(slug: str, *more: e.Event, origin: e.Origin = e.Origin.LIVE, **fields: Any) -> int:
    """Open a blog that is everyone's."""
    about = {"title": slug.title(), "audience": e.Audience.EVERYONE} | fields
    return press.publish(None, [e.BlogOpened(slug=slug, **about), *more], origin=origin).blog


def followed(language: str = "en") -> str:
    """Have the page follow to the end, and return what it says."""
    follow.catch_up(front)
    return text(language)


def test_live_blogs_stand_above_the_record_and_this_above_what_happened_earlier() -> None:
    def archived(slug: str, year: int | None) -> int:
        dated = [e.BlogDated(opened_at=datetime(year, 1, 4, tzinfo=UTC))] if year else []
        return opened(slug, e.BlogClosed(), *dated, origin=e.Origin.IMPORT)

    storm, flood = opened("storm"), opened("flood")
    newer, undated, older = archived("newer", 2023), archived("undated", None), archived("older", 2014)
    assert "4 January 2014" in followed()
    assert [blog for _, blog, _ in entries()] == [flood, storm, newer, older, undated]
    press.publish(flood, [e.BlogClosed()])
    followed()
    assert [blog for _, blog, _ in entries()] == [storm, flood, newer, older, undated]
    press.publish(flood, [e.BlogReopened()])
    followed()
    assert [blog for _, blog, _ in entries()] == [flood, storm, newer, older, undated]


def test_what_is_not_everyones_and_a_replay_never_get_there() -> None:
    opened("rehearsal", audience=e.Audience.MEMBERS)
    opened("secret", audience=e.Audience.NOBODY)
    opened("again", origin=e.Origin.REPLAY)
    assert followed() == ""


def test_a_headline_a_post_and_an_opening_to_everyone_are_there_once_it_followed() -> None:
    storm = opened("storm", audience=e.Audience.NOBODY)
    assert followed() == ""
    press.publish(storm, [e.AudienceSet(audience=e.Audience.EVERYONE), e.PostPublished(post="p1", title="One")])
    assert "1 post<" in followed()
    described = e.BlogDescribed(title="Calm", standfirst="The sea is calm.", language="en", zone="UTC")
    press.publish(storm, [described, e.PostPublished(post="p2", title="Two")])
    said = followed()
    assert "Storm" not in said
    assert all(words in said for words in (">Calm<", "The sea is calm.", "2 posts<"))


def test_each_headline_has_its_blogs_language_and_direction_and_its_own_words_the_houses() -> None:
    opened("sea", title="BBC: סערה בנמל", standfirst="המים עולים.", language="he", zone="Asia/Jerusalem")
    said = followed()
    assert 'lang="he" dir="rtl">BBC: סערה בנמל</a>' in said
    assert '<p class="standfirst" lang="he" dir="rtl">המים עולים.</p>' in said
    assert not re.search(r'<article[^>]* lang="he"', said), "its own words are not Hebrew"
    assert ("0 posts" in said, "0 Meldungen" in text("de"), "لا تحديثات" in text("ar")) == (True, True, True)


def test_a_blog_of_the_record_is_dated_by_its_own_zone_and_a_live_one_by_when_it_moved() -> None:
    late = e.BlogDated(opened_at=datetime(2026, 1, 4, 22, 30, tzinfo=UTC))
    opened("sea", late, e.BlogClosed(), origin=e.Origin.IMPORT, zone="Asia/Jerusalem")
    assert '<time datetime="2026-01-04T22:30:00Z">5 January 2026</time>' in followed()
    assert ">5. Januar 2026</time>" in text("de")
    storm = opened("storm")
    moved = read.blog(storm).updated_at
    assert moved is not None
    assert f'<time datetime="{moved:%Y-%m-%dT%H:%M:%SZ}">{moved.day} ' in followed()


def pictured(post: str, **more: Any) -> e.PostPublished:
    """Return the event of a post with a picture of ours."""
    attrs = {"media": "abcd1234", "digest": "0" * 64, "width": 1600, "height": 900, "alt": "The sea", "focus_x": 90}
    return e.PostPublished(post=post, title=f"Picture {post}", body=doc({"type": "image", "attrs": attrs}), **more)


def test_a_blog_is_told_by_its_newest_picture_its_newest_key_event_and_how_much_there_was() -> None:
    at = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
    bridge = e.PostPublished(post="k", title="Bridge <closed>", kind=e.PostKind.KEY_EVENT, published_at=at)
    storm = opened("storm", pictured("p"), bridge, e.PostPublished(post="u", title="An update"))
    said = followed()
    assert "/live/storm/p/p/media/abcd1234/00000000/" in said
    assert 'alt="The sea"' in said
    assert re.search(r'14:05 UTC</time> <a href="/live/storm/p/k/"[^>]*>Bridge &lt;closed&gt;</a>', said)
    assert "3 posts" in said
    press.publish(storm, [pictured("p2", graphic=True), e.PostWithdrawn(post="k")])
    assert "Bridge" not in text(), "gone before anybody follows"
    assert ">Storm<" in text(), "and the live blog stays"
    assert "/p/p/media/" in followed(), "what is covered stands for nothing"


def test_hostile_words_are_words() -> None:
    opened("storm", title='<script>"&', standfirst="<!--slot:entries--><!--house:name-->")
    said = followed()
    assert "&lt;script&gt;&quot;&amp;" in said
    assert "<!--" not in said


def test_no_rendered_byte_depends_on_the_process_that_rendered_it(settings: object) -> None:
    opened("storm")
    followed()
    lived = [sorted(table.objects.values_list(*columns)) for table, columns in _COLUMNS]
    for name, value in (("LANGUAGE_CODE", "de"), ("PUBLIC_URL", "https://x.example"), ("SITE_NAME", "The Courier")):
        setattr(settings, name, value)
    follow.begin_anew(front.NAME)
    followed()
    assert [sorted(table.objects.values_list(*columns)) for table, columns in _COLUMNS] == lived
    page = rendered.layout("en").whole
    assert (ADDRESS_SLOT in page, NAME_SLOT in page) == (True, True)


_COLUMNS = ((Document, ("path", "language", "layout")), (Entry, ("document", "section", "rank", "blog", "data")))


def test_another_rendering_has_it_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    opened("storm")
    followed()
    assert follow.catch_up(front) == 0
    monkeypatch.setattr(rendered, "STYLE", "reader.css")
    assert follow.catch_up(front) == len(read.every_blog())
    assert b"/static/reader." in bytes(Document.objects.get(path="/", language="en").layout)


law = settings(
    max_examples=12 if connection.vendor == "sqlite" else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LIFE = (*KINDS, "take down", "close", "reopen", "audience", "audience", "rename", "describe")


@law
@given(days(12, kinds=LIFE), st.lists(st.booleans(), min_size=12, max_size=12))
def test_whenever_it_follows_it_is_what_a_page_made_from_scratch_is(
    day: Sequence[Sequence[Happening]], follows: Sequence[bool]
) -> None:
    room = Newsroom().open()
    for happening, follow_now in zip(day, follows, strict=False):
        room.append(happening)
        if follow_now:
            follow.catch_up(front)
        assert_true_of(room.blog)
    follow.catch_up(front)
    assert_true_of(room.blog)
    lived = {language: entries(language) for language in ("en", "de", "ar")}
    Entry.objects.all().delete()
    follow.begin_anew(front.NAME)
    follow.catch_up(front)
    assert {language: entries(language) for language in lived} == lived


def assert_true_of(blog: int) -> None:
    """Hold the page to what may be there of a blog, whether or not it has followed yet."""
    state = read.blog(blog)
    of_blog = [data.decode() for _, one, data in (entries() if Document.objects.exists() else []) if one == blog]
    assert len(of_blog) <= 1
    if state.audience is not e.Audience.EVERYONE or state.status == "gone":
        assert of_blog == []
    for said in of_blog:
        assert f'href="/live/{state.slug}/"' in said, "never under an address that it was taken from"


def test_following_costs_the_same_however_many_blogs_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    storm = opened("storm")
    for number in range(20):
        opened(f"other-{number}")
    followed()
    press.publish(storm, [e.PostPublished(post="p1", title="One")])
    with django_assert_max_num_queries(40):
        follow.catch_up(front)
