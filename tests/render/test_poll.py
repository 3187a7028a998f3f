"""Promises of a poll in a post: a form without script, and no byte that a vote changes."""

import pytest

from asithappened.log import read
from asithappened.polls import counting
from asithappened.render.body import body_html
from asithappened.render.edition import edition_of
from tests.polls.newsroom import asked

pytestmark = pytest.mark.django_db
DYKE = "/polls/storm/p1/dyke/"


def test_a_page_works_as_a_form_and_has_no_votes_of_an_open_poll() -> None:
    blog = asked()
    counting.vote(blog, post="p1", poll="dyke", option="yes", network="203.0.113.7")
    post, state = read.post(blog, "p1"), read.blog(blog)
    assert post is not None
    edition = edition_of(state)
    with edition.speaking():
        html = str(body_html(post.body, edition, "p1"))
    assert f'<form method="post" action="{DYKE}">' in html
    assert '<button name="option" value="yes">' in html
    assert f'<a href="{DYKE}"' in html
    assert "1 vote" not in html
