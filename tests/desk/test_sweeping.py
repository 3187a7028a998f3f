"""A sweep reads every text of a live blog: however many ask for it at the same moment, one does it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk import actions, sweeping
from asithappened.desk.actions import ledger
from asithappened.ledger.stale import sweep
from asithappened.log import read
from tests.delivery.serving import until
from tests.desk.conftest import Blog
from tests.desk.test_correcting import WRONG, published, toll
from tests.log.emptied import without_triggers
from tests.press.test_together import at_once

__all__ = ["without_triggers"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_ask_for_the_sweep_at_once_one_sweeps_for_both(
    blog: Blog, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(blog, editor, WRONG, "k1")
    toll(blog, editor, 63, 89)
    asked: list[tuple[str, int]] = []
    swept: list[int] = []

    def head(blog_id: int, of: Callable[[int], tuple[str, int]] = read.head) -> tuple[str, int]:
        asked.append(of(blog_id))
        return asked[-1]

    def swept_by(*given: Any, by: Any = sweep.sweep) -> Any:
        swept.append(1)
        until(lambda: len(asked) >= 2)
        return list(by(*given))

    monkeypatch.setattr(read, "head", head)
    monkeypatch.setattr(sweeping, "sweep", swept_by)
    one, other = at_once(lambda: sweeping.stale(blog.id), lambda: sweeping.stale(blog.id))
    assert [len(one), len(other), len(swept)] == [1, 1, 1]


def test_a_new_post_is_one_text_more_to_read_and_a_figure_that_moves_is_a_reason_to_read_all(
    blog: Blog, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(blog, editor, WRONG, "k1")
    toll(blog, editor, 63, 89)
    read_now: list[int] = []

    def swept(changes: Any, texts: Any, language: str) -> Any:
        read_now.append(len(texts))
        return sweep.sweep(changes, texts, language)

    monkeypatch.setattr(sweeping, "sweep", swept)
    assert len(sweeping.stale(blog.id)) == 1
    published(blog, editor, f"{WRONG} Again.", "k2")
    assert len(sweeping.stale(blog.id)) == 2
    ledger.move_series(blog.id, by=editor, value=e.SeriesMoved(series="toll", value=90))
    assert len(sweeping.stale(blog.id)) == 2
    assert read_now == [3, 1, 4]


def test_what_was_corrected_is_not_read_anew_for_each_word_that_is_typed(
    blog: Blog, editor: User, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    post = published(blog, editor, WRONG, "k1")
    actions.correct_post(blog.id, by=editor, post=post.id, was="63 people", now="36 people")
    once = sweeping.changes(blog.id)
    with django_assert_max_num_queries(1):
        assert sweeping.changes(blog.id) == once
