"""Whoever publishes a post is told which of its rows were left out and why, and what still says the old thing."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions import ledger
from asithappened.ledger.accepted import AcceptedFigure, AcceptedStatement
from tests.desk.conftest import Blog, said
from tests.desk.test_in_json import ask, doc

pytestmark = pytest.mark.django_db
WORDS = "The mayor said 63 people were missing."


def published(client: Client, blog: Blog, *rows: AcceptedFigure | AcceptedStatement) -> Any:
    """Publish a post with rows of the ledger, and return what is answered."""
    as_json = json.dumps(msgspec.to_builtins(rows))
    status, told = ask(client, f"{blog.path}write/", do="publish", once="k", body=doc(WORDS), rows=as_json)
    assert status == 200
    return told


def test_rows_that_were_left_out_are_counted_by_reason(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    elsewhere = [AcceptedStatement(exact=words, text=words) for words in ("not there", "nor this")]
    unknown = AcceptedFigure(exact="63", label="Missing", value=63, series="of-another-blog")
    assert published(browse(editor), blog, *elsewhere, unknown)["done"] == (
        "Published. Readers have it."
        " 2 rows of the ledger were left out: their words are gone from the post."
        " One row of the ledger was left out: it stands there already, or goes on with one that does not."
    )


def test_a_figure_that_moved_leads_to_the_texts_that_still_say_the_old_one(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    actions.publish_post(blog.id, by=editor, draft=said("Now 61 people are missing."), once="1")
    series = e.SeriesRecorded(series="missing", label="Missing", counted="people")
    values = [e.SeriesMoved(series="missing", value=61)]
    ledger.record_series(blog.id, by=editor, series=series, values=values)
    moved = AcceptedFigure(exact="63", label="Missing", value=63, counted="people", series="missing")
    assert published(browse(editor), blog, moved)["sweep"] == {
        "says": "1 text still says the old thing", "href": f"{blog.path}sweep/?row=series:missing",
    }  # fmt: skip
