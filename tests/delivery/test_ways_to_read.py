"""Pages oldest first, and by the hour: the same posts, on pages with the same boundaries."""

import re
from datetime import timedelta

import pytest

from asithappened.core import events as e
from tests.delivery.newsroom import AT, Blog
from tests.delivery.serving import InProcess, Served

pytestmark = pytest.mark.both
Anywhere = Served | InProcess


def posts_of(anywhere: Anywhere, path: str) -> list[str]:
    """Return the posts of a page, in its order."""
    answer = anywhere.warm(path)
    assert answer.status == 200
    assert b"<!--" not in answer.body
    return re.findall(r'<article[^>]* id="p-(\w+)"', answer.body.decode())


def test_oldest_first_is_the_whole_blog_from_its_beginning_on_pages_whose_posts_stay(anywhere: Anywhere) -> None:
    blog = Blog.opened(posts=60)
    first = blog.path("oldest/")
    begun = posts_of(anywhere, first)
    assert begun == posts_of(anywhere, blog.path("page/1/"))[::-1]
    [second] = re.findall(r'<a rel="next" href="([^"]*)"', anywhere.warm(first).body.decode())
    assert begun + posts_of(anywhere, second) == [f"p{n}" for n in range(1, 61)]
    last = anywhere.warm(second).body.decode()
    assert f'<a rel="prev" href="{first}"' in last, "and back again"
    assert 'rel="next"' not in last
    blog.publish(blog.post(), blog.post(id_="late", at=1), e.PostWithdrawn(post="p2"))
    assert posts_of(anywhere, first) == [begun[0], "late", *begun[2:]]
    assert anywhere.warm(blog.path("oldest/page/9/")).status == 404
    assert anywhere.warm(blog.path("oldest/page/1/")).status == 404, "one address for each"


def test_each_order_leads_to_the_same_posts_in_the_other(anywhere: Anywhere) -> None:
    blog = Blog.opened(posts=60)
    assert f'href="{blog.path("oldest/")}"' in anywhere.warm(blog.path()).body.decode(), "where it began"
    assert f'href="{blog.path("oldest/")}"' in anywhere.warm(blog.path("page/1/")).body.decode()
    for newest_first, oldest_first in (("page/1/", "oldest/"), ("", "oldest/page/2/")):
        other = anywhere.warm(blog.path(oldest_first)).body.decode()
        assert f'href="{blog.path(newest_first)}"' in other
        assert re.search(rf'<link rel="canonical" href="[^"]*{blog.path(newest_first)}"', other)


def test_every_hour_leads_to_its_last_post_on_the_page_that_has_it_and_says_how_many_there_were(
    anywhere: Anywhere,
) -> None:
    blog = Blog.opened(posts=60)  # from 14:01 on, one a minute
    blog.publish(blog.post(id_="eve", at=-60 * 24), e.PostPublished(post="when", title="Of unknown time"))
    said = anywhere.warm(blog.path("times/")).body.decode()
    assert "<!--" not in said
    assert re.findall(r"<caption>([^<]*)", said) == ["12 November 2026, UTC", "11 November 2026, UTC"]
    hour = r'<a href="([^"]*)"><time datetime="([^"]*)">([^<]*)</time></a></th><td class="(n\d+)">(\d+)'
    hours = re.findall(hour, said)
    assert [one[2:] for one in hours] == [("15:00", "n1", "1"), ("14:00", "n10", "59"), ("14:00", "n1", "1")]
    assert hours[0][1] == f"{AT + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    for place, *_ in hours:
        path, _, post = place.partition("#p-")
        assert post in posts_of(anywhere, path)
    blog.publish(e.PostWithdrawn(post="eve"))
    assert "11 November" not in anywhere.warm(blog.path("times/")).body.decode()


def test_hours_are_the_blogs_own_and_told_apart_when_a_clock_is_set_back(anywhere: Anywhere, blog: Blog) -> None:
    blog.publish(e.BlogDescribed(title="Nacht", language="de", zone="Europe/Berlin"))
    back = AT.replace(month=10, day=25, hour=0, minute=30)  # at 01:00 UTC clocks there go from 03:00 to 02:00
    for n in range(2):
        blog.publish(e.PostPublished(post=f"n{n}", title="News", published_at=back + timedelta(hours=n)))
    said = anywhere.warm(blog.path("times/")).body.decode()
    assert said.count(">02:00</time>") == 2
    assert re.findall("<caption>(25[^<]*)", said) == ["25. Oktober 2026, MEZ", "25. Oktober 2026, MESZ"]
