"""A replay is played by one process at a time, and one that was killed is closed by the next to look."""

import pytest
from django.db import connection

from asithappened import press
from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.desk import playing
from asithappened.desk import replay as r
from asithappened.log import read
from tests.desk.test_replay import archive, post, replayed

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_killed_it_is_closed_by_whoever_finds_it_and_one_that_is_played_is_let_be() -> None:
    archive("vote", [post("a", 0)])
    target = replayed()
    press.publish(target, [e.BlogReopened()])  # as if nobody had come to close it
    with playing.played(target) as mine:
        assert mine
        if connection.vendor == "sqlite":  # a session of PostgreSQL's takes its own lock twice
            assert r.end_interrupted() == []
            with pytest.raises(r.NotPlayed, match="at this moment"):
                r.replay("vote")
    assert r.end_interrupted() == ["vote-replay"]
    assert read.blog(target).status is Status.CLOSED
    assert r.end_interrupted() == []
