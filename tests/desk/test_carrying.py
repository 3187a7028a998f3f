"""The rows of a ledger in tomorrow's live blog: under their ids, erased with those of before, naming nothing hidden."""

import pytest

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.actions import ledger
from asithappened.log import read
from asithappened.log.models import Payload
from asithappened.published.models import PublishedRow
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db


def recorded(blog: Blog, editor: User, n: int) -> None:
    """Record an open statement, a settled one, a removed one, and a series of two values; and n statements more."""
    said_by = e.SaidBy(name="Bo Lund")
    for id_ in ("open", "settled", "removed", *(f"more{i}" for i in range(n))):
        row = e.StatementRecorded(statement=id_, text=f"A claim, {id_}.", by=said_by)
        ledger.record_statement(blog.id, by=editor, statement=row)
    of, note = e.Verification, "Denied at 16:10."
    ledger.assess_statement(blog.id, by=editor, statement="open", status=of.DISPUTED, note=note)
    ledger.assess_statement(blog.id, by=editor, statement="settled", status=of.FALSE)
    ledger.remove_row(blog.id, by=editor, row=e.Subject(e.STATEMENT, "removed"))
    values = [e.SeriesMoved(series="homes", value=value, statement="open") for value in (4600, 11400)]
    ledger.record_series(blog.id, by=editor, series=e.SeriesRecorded(series="homes", label="Homes"), values=values)


@pytest.mark.parametrize("n", [0, 120])
def test_tomorrow_goes_on_with_open_statements_and_series_under_their_ids(
    blog: Blog, owner: User, editor: User, n: int
) -> None:
    recorded(blog, editor, n)
    receipt, _ = (  # and once more, after an answer that never came
        actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two", once="k") for _ in range(2)
    )
    there = {row.id: row for row in read.rows(receipt.blog, e.STATEMENT)}
    assert set(there) == {"open", *(f"more{i}" for i in range(n))}
    came = there["open"]
    assert came.carried_from == e.CarriedFrom(slug="storm", title="Storm Isolde")
    assert (came.status, came.assessments[-1].note, came.text) == (
        e.Verification.DISPUTED, "Denied at 16:10.", "A claim, open.",
    )  # fmt: skip
    (homes,) = read.rows(receipt.blog, e.SERIES)
    (was,) = read.rows(blog.id, e.SERIES)
    assert [value.value for value in homes.values] == [11400]
    assert (homes.newest.at, homes.newest.statement, homes.carried_from) == (was.newest.at, "open", came.carried_from)
    kinds = [fact.kind for fact in read.facts(receipt.blog)]
    assert kinds.count(e.StatementRecorded.KIND) == 1 + n
    assert kinds.count(e.SeriesMoved.KIND) == 1
    assert came.first_seq <= receipt.last


def test_what_is_erased_is_erased_where_it_was_brought_along_too(blog: Blog, owner: User, editor: User) -> None:
    recorded(blog, editor, 1)
    second = actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two").blog
    third = actions.open_tomorrow(second, by=owner, slug="day-three", title="Day three").blog
    ledger.erase_row(blog.id, by=owner, row=e.Subject(e.STATEMENT, "open"), reason="A court.")
    for there in (second, third):
        rows = {row.id: row for row in read.rows(there, e.STATEMENT)}
        assert (rows["open"].erased, rows["more0"].visible) == (True, True)
        assert b"A claim, open." not in b"".join(
            bytes(data) for (data,) in Payload.objects.filter(entry__blog=there).values_list("data")
        )


@pytest.mark.parametrize("how", ["narrowed", "taken down", "widened"])
def test_no_row_names_the_live_blog_that_it_came_from_to_readers_who_may_not_read_that(
    blog: Blog, owner: User, editor: User, how: str
) -> None:
    recorded(blog, editor, 0)
    if how == "widened":
        actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    there = actions.open_tomorrow(blog.id, by=owner, slug="day-two", title="Day two").blog

    def told() -> bytes:
        """Return all that readers of day two are given of its rows."""
        rows = PublishedRow.objects.filter(blog=there).values_list("entry", "page")
        return b"".join(bytes(piece) for row in rows for piece in row)

    assert b"Before: " in told()
    if how == "narrowed":
        actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    elif how == "taken down":
        actions.take_down_blog(blog.id, by=owner)
    else:
        actions.set_audience(there, by=owner, audience=Audience.EVERYONE)
    assert b"Before: " not in told()
    assert b"A claim, open." in told()
    assert all(row.carried_from is None for about in (e.STATEMENT, e.SERIES) for row in read.rows(there, about))
