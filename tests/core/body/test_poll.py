"""Promises of `core.body.poll`: what was voted as results, and in plain text."""

from asithappened.core import body
from asithappened.core.body.poll import as_results, counted, uncounted, votes_in
from tests.polls.newsroom import POLL


def test_while_it_is_open_a_poll_says_what_is_asked_and_what_may_be_chosen() -> None:
    assert body.text_of(POLL) == "Should the dyke stay shut?\n• Yes\n• No, <b>open</b> it"
    assert list(body.printed(POLL)) == [body.text_of(POLL)]


def test_votes_are_said_with_their_share_and_taken_out_again() -> None:
    voted = counted(POLL, {"yes": 2, "no": 1, "gone": 9})
    assert votes_in(voted) == 3
    assert [(line.attrs.share, line.attrs.votes) for line in as_results(voted).content] == [(67, 2), (33, 1)]
    assert "• Yes: 67 %, 2 votes" in body.text_of(voted)
    assert uncounted(voted) == POLL


def test_a_poll_that_nobody_voted_in_has_no_shares() -> None:
    assert [line.attrs.share for line in as_results(counted(POLL, {})).content] == [None, None]
