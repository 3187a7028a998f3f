"""The same text sent twice at the same moment is one post: by two tabs, to two workers."""

import pytest

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.models import Submission
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.log.emptied import without_triggers
from tests.press.test_together import at_once

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def test_of_two_workers_one_publishes_and_the_other_says_that_it_is_published(editor: User, blog: Blog) -> None:
    def publish(once: str) -> str:
        try:
            return actions.publish_post(blog.id, by=editor, draft=said("Goal!"), once=once, again="").id
        except actions.SaidBefore as before:
            return before.post.id

    one, other = at_once(lambda: publish("a"), lambda: publish("b"))
    assert one == other
    assert [post.id for post in read.posts(blog.id)] == [one]


def test_the_same_words_are_handed_in_once(contributor: User, blog: Blog) -> None:
    def submit(once: str) -> int:
        return submissions.submit(blog.id, by=contributor, draft=said("Goal!"), once=once).pk

    one, other = at_once(lambda: submit("a"), lambda: submit("b"))
    assert one == other
    assert Submission.objects.count() == 1
