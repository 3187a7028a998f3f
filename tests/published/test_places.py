"""Promise: Django's half and delivery find the same page for every post, however many are asked for."""

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.log import read
from asithappened.published.places import pages_of
from tests.log.test_read import open_blog

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_posts_are_on_the_pages_that_filled_and_the_newest_on_the_main_page() -> None:
    assert pages_of([]) == []
    storm, flood = open_blog("storm"), open_blog("flood")
    for n in range(4):
        posts = [e.PostPublished(post=f"p{n * 20 + m}", title="x", position=n * 20 + m) for m in range(20)]
        press.publish(storm, list(posts))
    press.publish(flood, [e.PostPublished(post="p0", title="x")])
    posts_of = read.posts_by_id(storm)
    asked = [(storm, posts_of[f"p{n}"].order) for n in (0, 24, 25, 49, 50, 79)]
    other = read.posts_by_id(flood)["p0"].order
    assert pages_of([*asked, (flood, other)]) == [1, 1, 2, 2, 0, 0, 0]
