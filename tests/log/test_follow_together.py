"""Promise: of one follower in several threads, beside a writer, each fact is written once and in order."""

import pytest

from asithappened.log import follow, read
from tests.log.emptied import without_triggers
from tests.log.notes import Notes
from tests.log.test_read import open_blog, publish
from tests.press.test_together import at_once

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def test_one_follower_in_several_threads_writes_each_fact_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "BATCH", 2)
    blogs = [open_blog("storm"), open_blog("flood")]

    def write() -> None:
        for n in range(6):
            for blog in blogs:
                publish(blog, f"p{n}")

    def keep_up() -> None:
        for _ in range(6):
            follow.catch_up(Notes())

    at_once(write, keep_up, keep_up, keep_up)
    notes = Notes()
    follow.catch_up(notes)
    for blog in blogs:
        assert notes.noted(blog) == [f"1 {fact.kind}" for fact in read.facts(blog)]
