"""Promises of related coverage by itself on the page: composed into it, as it is now, and nowhere else."""

import pytest

from asithappened.core import events as e
from asithappened.log import follow
from asithappened.search import consume as index
from asithappened.search.related import consume as related
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served

pytestmark = pytest.mark.both


def two() -> tuple[Blog, Blog]:
    """Open two live blogs about the same, and do what the worker does."""
    one, other = Blog.opened(posts=1), Blog.opened(posts=1)
    tag = (f"Isolde {one.id}",)
    one.publish(e.BlogDescribed(title="Storm reaches us", language="de", zone="UTC", tags=tag))
    other.publish(e.BlogDescribed(title=f"Canary{other.id}", language="en", zone="UTC", tags=tag))
    work()
    return one, other


def work() -> None:
    for follower in (index, related):
        follow.catch_up(follower)


def test_it_stands_on_the_main_page_in_the_page_s_own_language_and_on_no_other(site: Served) -> None:
    one, other = two()
    said = site.get(one.path()).body.decode()
    assert f'<a href="{other.path()}">Canary{other.id}</a>' in said
    assert '<section class="box-related found"><h2>Mehr zum Thema</h2>' in said
    for path in ("embed/", "p/p1/", "times/", "log/head.json"):
        assert f"Canary{other.id}" not in site.get(one.path(path)).body.decode()
    assert not site.get(f"/related/{one.id}").body.count(b"Canary"), "it is no address"


def test_a_page_that_is_kept_follows_it_and_obeys_what_is_taken_back_at_once(site: Served) -> None:
    one, other = two()
    before = site.get(one.path())
    assert f"Canary{other.id}" in before.body.decode()
    assert site.get(one.path(), if_none_match=before["etag"]).status == 304
    other.publish(e.AudienceSet(audience=e.Audience.MEMBERS))
    after = site.get(one.path(), if_none_match=before["etag"])
    assert (after.status, f"Canary{other.id}" in after.body.decode()) == (200, False)
    other.publish(e.AudienceSet(audience=e.Audience.EVERYONE))
    work()
    assert f"Canary{other.id}" in site.get(one.path()).body.decode()
    related.want(one.id, False)
    assert f"Canary{other.id}" not in site.get(one.path()).body.decode()


def test_what_people_set_wins(site: Served) -> None:
    one, other = two()
    one.publish(e.RelatedSet(items=(e.Related(title="Tide tables"),)))
    said = site.get(one.path()).body.decode()
    assert ("Tide tables" in said, f"Canary{other.id}" in said) == (True, False)
    one.publish(e.RelatedSet())
    assert f"Canary{other.id}" in site.get(one.path()).body.decode()


def test_a_page_that_is_not_everyone_s_has_none(site: Served) -> None:
    one, other = two()
    one.publish(e.AudienceSet(audience=e.Audience.MEMBERS))
    assert f"Canary{other.id}" not in site.get(one.path()).body.decode()
