"""Promises of the list of all work: each kind, duty and follower has a name of its own, and a follower begins anew."""

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.wiring import work


def test_no_two_kinds_duties_or_followers_have_one_name() -> None:
    every = work.work()
    recurring = [*(duty.name for duty in every.duties), *(follower.name for follower in every.followers)]
    for names in ([kind.name for kind in every.kinds], recurring):
        assert len(set(names)) == len(names)
    assert [follower.name for follower in every.followers] == [one.NAME for one in work.followers()]


@pytest.mark.django_db
def test_a_follower_begins_anew_by_its_name_and_one_that_is_not_there_is_named_with_those_that_are() -> None:
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm")]).blog
    first = work.followers()[0].NAME
    assert work.follow_anew(first) == 1
    assert follow.cursors(first) == {blog: 1}
    with pytest.raises(ValueError, match=f"called 'nobody'. There is: {first}"):
        work.follow_anew("nobody")
