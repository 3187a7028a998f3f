"""Promises of what is asked of readers' search: it is read from an address as it was written there, or not at all."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.search import consume as search
from asithappened.search.finding import Cursor
from asithappened.search.results import Asking, asking, look
from tests.search.test_consume import doc, opened


@pytest.mark.parametrize(
    "what",
    [
        Asking(),
        Asking(typed="Überflutung & mehr", key_events=True, best=True, after=Cursor(7, True)),
        Asking(typed="東京 %", after=Cursor(2**62)),
    ],
)
def test_an_address_says_what_was_asked(what: Asking) -> None:
    assert asking(QueryDict(what.query)) == what


def test_what_cannot_be_meant_is_not_asked() -> None:
    assert asking(QueryDict("q=%00a%0Ab&order=x&key=yes&before=-1")) == Asking(typed="a b")
    assert len(asking({"q": "a" * 70_000}).typed) == 256


@pytest.mark.both
@pytest.mark.django_db
def test_a_page_of_hits_in_many_live_blogs_asks_the_database_no_more_than_one_of_a_single() -> None:
    post = e.PostPublished(post="p1", body=doc("A zebra."))
    for n in range(12):
        opened(f"storm-{n}", post)
    alone = opened("flood", e.PostPublished(post="p1", body=doc("A gnu.")))
    follow.catch_up(search)
    with CaptureQueriesContext(connection) as of_many:
        many = look(Asking(typed="zebra"))
    with CaptureQueriesContext(connection) as of_one:
        one = look(Asking(typed="gnu"))
    assert [len(many.items), len(one.items)] == [12, 1]
    assert len(of_many) == len(of_one)
    slugs = [item.blog.slug for item in many.items]
    assert sorted(slugs) == sorted(f"storm-{n}" for n in range(12)), "each in its own live blog, though ids are alike"
    press.publish(alone, [e.PostWithdrawn(post="p1")])
    assert look(Asking(typed="gnu")).items == []
