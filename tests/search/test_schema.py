"""Promises of the index's making: it is made anew with another version, and an older SQLite merges what it deleted."""

import pytest
from django.db import connection

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.search import consume as search
from asithappened.search import schema
from tests.search.test_consume import after_following, found, opened
from tests.search.test_index import held_by_the_index

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_another_version_begins_with_an_empty_index_of_the_same_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    opened("storm", e.PostPublished(post="p1", title="Zebra"))
    follow.catch_up(search)
    monkeypatch.setattr(search, "version", lambda: "another")
    follow.begin(search)
    assert found("zebra") == []
    assert after_following("zebra") == ["p1"]


def test_where_sqlite_only_notes_what_was_deleted_it_merges_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite's index alone")
    monkeypatch.setattr(schema, "DELETES_SECURELY", False)
    follow.begin_anew(search.NAME)
    storm = opened("storm", e.PostPublished(post="p1", title="Zebra"), e.PostPublished(post="p2", title="Ferry"))
    follow.catch_up(search)
    assert b"zebra" in held_by_the_index()
    press.publish(storm, [e.PostWithdrawn(post="p1")])
    assert b"zebra" not in held_by_the_index()
