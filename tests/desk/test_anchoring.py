"""A row made by hand rests on words that do stand in the post, as it is now, or on all of it."""

import pytest

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions.anchoring import anchor
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db


def test_words_are_found_where_they_stand_in_whatever_letters_they_were_copied(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("The WALL gave way. The wall was old."), once="1")
    for words, exact, before in (("The wall", "The wall", "gave way. "), ("the WALL gave", "The WALL gave", "")):
        found = anchor(blog.id, post.id, words)
        assert (found.post, found.revision, found.exact) == (post.id, post.revision, exact)
        assert found.prefix.endswith(before)
    whole = anchor(blog.id, post.id, "")
    assert (whole.post, whole.exact) == (post.id, "")


def test_nothing_rests_on_words_or_on_a_post_that_readers_do_not_have(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("The wall gave way."), once="1")
    refusals = []
    for id_, words in ((post.id, "The bridge"), ("no-such-post", "")):
        with pytest.raises(actions.Refused) as refused:
            anchor(blog.id, id_, words)
        refusals.append(refused.value.refusal.code)
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    with pytest.raises(actions.Refused) as refused:
        anchor(blog.id, post.id, "The wall")
    assert [*refusals, refused.value.refusal.code] == ["no_words", "not_there", "not_there"]
