"""Rows of the ledger as the desk lists them: in the tab, by words, source and status, and on the handover sheet."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import pytest
from django.test import Client
from django.utils import translation

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.ledger_state import Series, SeriesValue
from asithappened.desk import actions
from asithappened.desk.actions import ledger
from asithappened.desk.views import ledger_lines
from tests.desk.conftest import Blog, said
from tests.desk.test_accepting import SAID, WORDS
from tests.desk.test_ledger_rows import day

__all__ = ["day"]

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_a_row_whose_words_an_edit_took_away_is_said_to_be_stale(editor: User, blog: Blog) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=(SAID,))
    assert [line.stale for line in ledger_lines.unverified(blog.id)] == [False]
    moved = said(f"More. {WORDS}")
    now = actions.revise_post(blog.id, by=editor, post=post.id, draft=moved, based_on=post.last_seq)
    assert [line.stale for line in ledger_lines.unverified(blog.id)] == [False], "they were moved"
    gone = said("The bridge is closed.")
    actions.revise_post(blog.id, by=editor, post=post.id, draft=gone, based_on=now.last_seq)
    assert [line.stale for line in ledger_lines.unverified(blog.id)] == [True]


def test_a_share_is_written_as_the_language_of_the_desk_writes_it() -> None:
    turnout = Series(id="t", first_seq=1, content_seq=1, last_seq=1, at=NOW, label="Turnout", figure="percent")
    said = SeriesValue(seq=1, value=41.2, modifier="about")
    assert ledger_lines.value(turnout, said) == "about 41.2%"
    with translation.override("de"):
        assert ledger_lines.value(turnout, said) == "etwa 41,2\u00a0%"


def test_an_empty_tab_says_what_each_list_is_for(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    panel = browse(editor).get(f"{blog.path}tab/ledger/").content.decode()
    for says in ("No figure moves.", "Nothing waits to be verified.", "Nothing says an old thing."):
        assert says in panel


def test_the_tab_lists_figures_with_what_they_were_and_open_statements_the_oldest_first(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, day: None
) -> None:
    panel = browse(editor).get(f"{blog.path}tab/ledger/").content.decode()
    motion, unverified = panel.split('id="ledger-unverified"')[0], panel.split('id="ledger-unverified"')[1]
    unverified = unverified.split('id="ledger-stale"')[0]
    assert "Homes: about 11,400" in motion
    assert "about 4,600" in motion
    assert unverified.index("The bridge is shut.") < unverified.index("A boat is missing.")
    assert "The crew is safe." not in unverified
    assert "The crew is safe." in panel.split('class="everything"')[1]


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"q": "BOAT"}, "A boat is missing.", "The bridge is shut."),
        ({"source": "coastguard"}, "A boat is missing.", "The crew is safe."),
        ({"status": "verified"}, "The crew is safe.", "A boat is missing."),
        ({"status": "removed"}, "The bridge is shut.", "The crew is safe."),
        ({}, "Homes: about 11,400", "The bridge is shut."),
    ],
)
def test_rows_are_found_by_words_source_and_status(
    browse: Callable[[User | None], Client],
    editor: User,
    blog: Blog,
    day: None,
    asked: dict[str, str],
    there: str,
    not_there: str,
) -> None:
    ledger.remove_row(blog.id, by=editor, row=e.Subject(e.STATEMENT, "old"))
    page = browse(editor).get(f"{blog.path}ledger/", asked).content.decode()
    assert there in page
    assert not_there not in page


def test_the_handover_sheet_tells_of_what_still_says_an_old_figure(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    actions.publish_post(blog.id, by=editor, draft=said("Police said 63 people were killed at the mill."), once="k1")
    series = e.SeriesRecorded(series="toll", label="Killed at the mill", counted="people", outcome="killed")
    values = [e.SeriesMoved(series="toll", value=value) for value in (63, 89)]
    ledger.record_series(blog.id, by=editor, series=series, values=values)
    page = browse(editor).get(f"{blog.path}handover/").content.decode()
    assert "Police said 63 people were killed at the mill." in page
    assert "→ 89" in page


def test_the_handover_sheet_tells_of_what_is_open_is_open_and_of_figures_with_their_last_values(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, day: None
) -> None:
    page = browse(editor).get(f"{blog.path}handover/").content.decode()
    for says in ("The bridge is shut.", "A boat is missing.", "Homes: about 11,400"):
        assert says in page
    assert "The crew is safe." not in page
