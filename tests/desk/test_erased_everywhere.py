"""What is erased with a post stands in no table of the program any more, whichever rows of the ledger had its words."""

import pytest
from django.db import connections
from msgspec.structs import replace

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions import forgetting, ledger, sources
from asithappened.desk.models import Source
from asithappened.ledger.accepted import AcceptedFigure, AcceptedState, AcceptedStatement
from asithappened.log import follow, read
from asithappened.wiring.work import followers
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db(databases="__all__")

WORDS = "A CANARY of the mill said 63 CANARIES were missing. The CANARY bridge is closed."
ROWS = (
    AcceptedStatement(exact="63 CANARIES were missing", text="63 CANARIES were missing.", name="Bo Lund", words="ab"),
    AcceptedFigure(exact="63 CANARIES", label="CANARIES missing", value=63, was=36, counted="CANARIES"),
    AcceptedState(exact="The CANARY bridge is closed", label="CANARY bridge", value="closed"),
)


def tables_with(word: bytes) -> set[str]:
    """Return the tables of all databases in which a word stands, however it is written."""
    found = set()
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                for row in cursor.fetchall():
                    cells = (
                        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row
                    )
                    if any(word in cell.lower() for cell in cells):
                        found.add(table)
    return found


def test_of_an_erased_post_no_table_has_a_word_and_no_page_either(blog: Blog, editor: User, owner: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=ROWS)
    [statement] = read.rows(blog.id, e.STATEMENT)
    checked = ledger.Checking(method="By phone.", note="Asked the CANARY twice.")
    ledger.assess_statement(
        blog.id, by=editor, statement=statement.id, status=e.Verification.VERIFIED, note="The CANARY.", checking=checked
    )
    actions.correct_post(
        blog.id, by=editor, post=post.id, was="63 CANARIES", now="36 CANARIES", reason="A CANARY.", once="c1"
    )
    made = {"search_words_content"} if connections["default"].vendor == "sqlite" else {"search_found"}
    for follower in followers():
        follow.catch_up(follower)
    kept = {"log_payload", "log_subject", "published_row", "published_frame", "desk_check"}
    assert tables_with(b"canar") >= kept | made
    actions.erase_post(blog.id, by=owner, post=post.id, reason="Ordered by a court.")
    assert tables_with(b"canar") == set()


def test_of_a_withdrawn_post_no_published_table_has_a_word(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=ROWS)
    actions.correct_post(blog.id, by=editor, post=post.id, was="63 CANARIES", now="36 CANARIES", once="c1")
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert not {table for table in tables_with(b"canar") if table.startswith("published_")}


@pytest.mark.parametrize("about", [e.STATEMENT, e.SERIES, e.CORRECTION])
def test_of_a_row_that_is_erased_by_itself_no_table_has_a_word_but_its_posts(
    blog: Blog, editor: User, owner: User, about: str
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("63 are missing."), once="k1")
    anchor = e.Anchor(post=post.id, exact="63")
    match about:
        case e.STATEMENT:
            row = e.StatementRecorded(statement="r1", text="CANARY one.", anchors=(anchor,))
            ledger.record_statement(blog.id, by=editor, statement=row)
            ledger.assess_statement(blog.id, by=editor, statement="r1", status=e.Verification.FALSE, note="CANARY.")
        case e.SERIES:
            series = e.SeriesRecorded(series="r1", of="state", label="CANARY two")
            moved = e.SeriesMoved(series="r1", words="canary three", anchors=(anchor,))
            ledger.record_series(blog.id, by=editor, series=series, values=[moved])
        case _:
            wrong = e.CorrectionRecorded(correction="r1", post=post.id, was="CANARY four", now="five")
            ledger.record_correction(blog.id, by=editor, correction=wrong)
    ledger.remove_row(blog.id, by=editor, row=e.Subject(about, "r1"))
    assert not {table for table in tables_with(b"canar") if table.startswith("published_")}
    ledger.erase_row(blog.id, by=owner, row=e.Subject(about, "r1"))
    assert tables_with(b"canar") == set()


def test_of_a_name_that_is_erased_no_table_has_a_letter_also_where_it_came_with_a_post(
    blog: Blog, editor: User, admin: User
) -> None:
    rows = [replace(row, name="Bo Canarylund") for row in ROWS]
    words = said(WORDS.replace("CANAR", "Sailor"))
    plain = [replace(row, exact="63", nth=0) for row in rows[:2]]
    plain[0] = replace(plain[0], text="63 were missing.", named="Mayor Canarylund")
    plain[1] = replace(plain[1], label="Missing", counted="people")
    actions.publish_post(blog.id, by=editor, draft=words, once="k1", rows=plain)
    assert tables_with(b"canar") >= {"log_payload", "published_row", "desk_source", "desk_sourcename"}
    [source] = Source.objects.all()
    assert source.names.count() == 2
    sources.forget_source(source, by=admin)
    forgetting.forget(source.key, by=admin)
    assert tables_with(b"canar") == set()
    assert len([row for row in read.rows(blog.id, e.STATEMENT) if row.visible]) == 1
