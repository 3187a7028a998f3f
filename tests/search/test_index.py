"""Promises of the index: the newest first, whatever shares a moment; nothing written twice, and nothing left behind."""

import random

import pytest
from django.db import connection, transaction

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.search import consume as search
from asithappened.search import index
from tests.search.test_consume import after_following, opened

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_a_microsecond_that_is_full_gives_way_to_the_next_and_the_order_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "ROOM", 2)
    storm = opened("storm", *(e.PostPublished(post=f"p{n}", title="Zebra", position=7) for n in range(5)))
    assert after_following("zebra", blog=storm) == ["p4", "p3", "p2", "p1", "p0"]


def test_words_that_stay_are_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    storm = opened("storm", e.PostPublished(post="p1", title="Zebra"))
    follow.catch_up(search)
    monkeypatch.setattr(index, "_free", lambda id_: pytest.fail("written again"))
    press.begin_anew()
    assert after_following("zebra", blog=storm) == ["p1"]


def test_of_many_words_that_come_and_go_none_stays_in_the_index() -> None:
    """Enough of them that pages of the index fill, split and are merged."""
    dice = random.Random(7)
    letters = "bcdfghklmnprstvz"
    words = ["".join(dice.choices(letters, k=9)) for _ in range(4_000)]
    kept, gone = words[:2_000], words[2_000:]
    with transaction.atomic():
        for n in range(20):
            index.put(1, [_said(f"k{n}", kept[n * 100 : n * 100 + 100]), _said(f"g{n}", gone[n * 100 : n * 100 + 100])])
    index.forget(1, [f"g{n}" for n in range(20)])
    held = held_by_the_index()
    assert sum(word.encode() in held for word in kept) > 100, "the search finds what is there"
    assert not [word for word in gone if word.encode() in held]


def _said(post: str, words: list[str]) -> index.Words:
    return index.Words(post=post, position=1, head=" ".join(words[:10]), body=" ".join(words[10:]))


def held_by_the_index() -> bytes:
    """Return all that the tables of the index hold."""
    held = b""
    with transaction.atomic():
        pass  # a savepoint: FTS5 writes what it has in memory, as it does at a commit
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_"):
                cursor.execute(f"SELECT * FROM {table}")
                for row in cursor.fetchall():
                    held += b" ".join(bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in row)
    return held
