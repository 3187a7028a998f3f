"""Promise: a follower at work at the same moment brings nothing back that was taken away, on either database."""

import threading
from typing import Any

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.front import consume as front
from asithappened.log import follow, read
from asithappened.published.models import Document, Entry
from asithappened.render.edition import SPOKEN
from tests.delivery import papers
from tests.log.emptied import without_triggers
from tests.log.test_read import publish
from tests.press.test_together import at_once

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

ROUNDS = 8


def test_what_is_taken_away_while_somebody_follows_stays_away() -> None:
    about: dict[str, Any] = {"slug": "storm", "title": "Storm", "audience": e.Audience.EVERYONE}
    blog = press.publish(None, [e.BlogOpened(**about)]).blog
    for follower in (front, papers):
        follow.begin(follower)
    done = threading.Event()

    def take_away_and_give_back() -> None:
        try:
            for n in range(ROUNDS):
                publish(blog, f"p{n}")
                press.publish(blog, [e.PostWithdrawn(post=f"p{n}")])
                for _ in range(20):
                    assert not Entry.objects.filter(blog=blog, subject=f"post:p{n}").exists()
                press.publish(blog, [e.AudienceSet(audience=e.Audience.NOBODY)])
                for _ in range(20):
                    assert not Entry.objects.filter(blog=blog).exists()
                    whole = Document.objects.filter(path=f"/papers/{blog}/").values_list("layout", flat=True)
                    assert not any(bytes(layout) for layout in whole)
                press.publish(blog, [e.AudienceSet(audience=e.Audience.EVERYONE)])
        finally:
            done.set()

    def keep_following() -> None:
        while not done.is_set():
            for follower in (front, papers):
                follow.catch_up(follower)

    at_once(take_away_and_give_back, keep_following, keep_following)
    for follower in (front, papers):
        follow.catch_up(follower)
    assert Entry.objects.filter(blog=blog, subject="blog:").count() == len(SPOKEN) + 1, (
        "the front page in each language, and the papers"
    )
    assert follow.cursors(front.NAME) == {blog: read.head(blog)[1]}
