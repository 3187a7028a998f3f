"""Promise: publishing the two thousandth post costs as much as the hundredth, in Python and in the database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.backends.utils import CursorWrapper

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e

pytestmark = [pytest.mark.both, pytest.mark.django_db]
AT = datetime(2026, 11, 12, 5, 40, tzinfo=UTC)
# At 100 all that is bounded is full: key events, an older page, summaries. Both fill a page: one post of the main page
# was withdrawn between them.
FEW, MANY = 100, 2_001
# Of one post, the savepoints of the test's own transaction among them: on PostgreSQL each statement is a round trip.
STATEMENTS, ROWS = 21, 90
STEP = 10  # of SQLite's instructions


@dataclass
class Cost:
    """Statements sent, rows that came back, and tens of steps that SQLite took for them."""

    statements: int = 0
    rows: int = 0
    steps: int = 0

    def step(self) -> int:
        """Count ten of SQLite's instructions: rows that it scans without a match are returned to nobody."""
        self.steps += 1
        return 0  # go on


def cost_of(events: list[e.Event], blog: int, monkeypatch: pytest.MonkeyPatch) -> Cost:
    """Publish, and count at the cursor, through which the ORM also goes."""
    cost = Cost()
    with monkeypatch.context() as patch:
        for name in ("fetchone", "fetchmany", "fetchall"):

            def counted(self: CursorWrapper, *args: Any, _name: str = name) -> Any:
                rows = getattr(self.cursor, _name)(*args)
                cost.rows += len(rows) if isinstance(rows, list) else int(rows is not None)
                return rows

            patch.setattr(CursorWrapper, name, counted, raising=False)

        def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            cost.statements += 1
            return execute(sql, params, many, context)

        on_sqlite = connection.vendor == "sqlite"
        if on_sqlite:
            connection.connection.set_progress_handler(cost.step, STEP)
        with connection.execute_wrapper(statement):
            press.publish(blog, events)
        if on_sqlite:
            connection.connection.set_progress_handler(None, STEP)
    assert cost.rows > 0
    assert bool(cost.steps) == on_sqlite
    return cost


def post(number: int) -> e.PostPublished:
    """Make the post of a number: every fifth a key event, every twenty-fifth a summary."""
    kind = e.PostKind.SUMMARY if number % 25 == 0 else e.PostKind.KEY_EVENT if number % 5 == 0 else e.PostKind.UPDATE
    doc = body.with_ids(body.Doc(content=(body.paragraph(f"Post {number}"),)), seed=str(number))
    at = AT + timedelta(minutes=number)
    return e.PostPublished(post=f"p{number}", title=f"Post {number}", body=doc, kind=kind, published_at=at)


def fill(blog: int, start: int, end: int) -> None:
    """Publish posts start to end - 1."""
    for first in range(start, end, 100):
        press.publish(blog, [post(number) for number in range(first, min(first + 100, end))])


def with_rows(number: int, rows: int) -> list[e.Event]:
    """Make a post with so many statements that rest on it, and a series with a value."""
    told = (e.Anchor(post=f"p{number}", exact="Post", start=0, end=4),)
    said = [e.StatementRecorded(statement=f"s{number}-{n}", text=f"Claim {n}.", anchors=told) for n in range(rows)]
    series = f"f{number}"
    moved = e.SeriesMoved(series=series, value=number, anchors=told)
    return [post(number), *said, e.SeriesRecorded(series=series, label="Homes"), moved]


def test_ten_rows_of_the_ledger_go_out_with_a_post_in_as_many_statements_as_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blog = press.publish(None, [e.BlogOpened(slug="rows", title="Rows")]).blog
    press.publish(blog, with_rows(1, 3))
    few, many = (cost_of(with_rows(number, rows), blog, monkeypatch) for number, rows in ((2, 1), (3, 9)))
    assert many.statements <= few.statements
    assert many.rows <= few.rows + 2 * 8, "the id of each new fact, and one row more of a section"


@time_machine.travel(AT + timedelta(days=4), tick=False)  # "Last updated 20:17" is one more part to write as it turns
def test_what_a_publish_costs_does_not_grow_with_the_blog(monkeypatch: pytest.MonkeyPatch) -> None:
    blog = press.publish(None, [e.BlogOpened(slug="long", title="Long")]).blog
    fill(blog, 1, FEW)
    # Each verb, on the newest posts; the same number of posts are on the main page both times.
    costs: dict[int, list[Cost]] = {}
    for at in (FEW, MANY):
        fill(blog, FEW + 1, at)
        edit = e.PostRevised(
            post=f"p{at}", title="Edited", published_at=AT + timedelta(minutes=at), position=2**52 + at
        )
        verbs: list[list[e.Event]] = [
            [post(at)],
            [edit],
            [e.PostKindSet(post=f"p{at}", kind=e.PostKind.KEY_EVENT)],
            [e.PostPinned(post=f"p{at}")],
            [e.BlogDescribed(title=f"Headline at {at}")],
            [e.PostWithdrawn(post=f"p{at}")],
            [e.PostWithdrawn(post="p7" if at == FEW else "p8")],
        ]
        costs[at] = [cost_of(verb, blog, monkeypatch) for verb in verbs]
    assert costs[FEW][0].statements <= STATEMENTS
    assert costs[FEW][0].rows <= ROWS
    for few, many in zip(costs[FEW], costs[MANY], strict=True):
        assert many.statements <= few.statements
        assert many.rows <= few.rows + 2, "a key event more or less among those laid over one another"
        assert many.steps <= few.steps * 1.2 + 2, "an index that does not serve is a walk through the whole blog"
