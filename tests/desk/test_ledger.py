"""What is done to the ledger by hand: by whom, once, never over somebody else's change, and what of it never leaves."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.ledger_state import Series, Statement
from asithappened.desk import actions
from asithappened.desk.actions import ledger
from asithappened.desk.models import Act, Check
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.test_resting import row, stored
from tests.desk.test_withdrawn import public_bytes

pytestmark = pytest.mark.django_db

BOAT = e.StatementRecorded(statement="boat", text="A second boat is missing.", by=e.SaidBy(name="Bo Lund"))
HOMES = e.SeriesRecorded(series="homes", label="Homes without power")
OF_BOAT = e.Subject(e.STATEMENT, "boat")
OF_HOMES = e.Subject(e.SERIES, "homes")


@pytest.fixture
def boat(editor: User, blog: Blog) -> Statement:
    """Return a statement."""
    ledger.record_statement(blog.id, by=editor, statement=BOAT)
    found: Statement = row(blog, e.STATEMENT, "boat")
    return found


@pytest.fixture
def homes(editor: User, blog: Blog) -> Series:
    """Return a series of two values."""
    values = [e.SeriesMoved(series="homes", value=value) for value in (4600, 11400)]
    ledger.record_series(blog.id, by=editor, series=HOMES, values=values)
    found: Series = row(blog, e.SERIES, "homes")
    return found


VERBS = (
    lambda blog, by: ledger.record_statement(blog, by=by, statement=BOAT),
    lambda blog, by: ledger.assess_statement(blog, by=by, statement="boat", status=e.Verification.CHECKING),
    lambda blog, by: ledger.record_series(blog, by=by, series=HOMES),
    lambda blog, by: ledger.move_series(blog, by=by, value=e.SeriesMoved(series="homes", value=5)),
    lambda blog, by: ledger.remove_value(blog, by=by, series="homes", value=3),
    lambda blog, by: ledger.remove_row(blog, by=by, row=OF_BOAT),
    lambda blog, by: ledger.restore_row(blog, by=by, row=OF_BOAT),
    lambda blog, by: ledger.erase_row(blog, by=by, row=OF_BOAT),
)


@pytest.mark.parametrize("verb", VERBS)
def test_no_contributor_and_no_stranger_does_anything_to_the_ledger(
    verb: Callable[..., object], blog: Blog, contributor: User, stranger: User, boat: Statement, homes: Series
) -> None:
    head = read.head(blog.id)
    with pytest.raises(PermissionDenied):
        verb(blog.id, contributor)
    with pytest.raises(Http404):
        verb(blog.id, stranger)
    assert read.head(blog.id) == head


def test_an_editor_erases_no_row(blog: Blog, editor: User, boat: Statement) -> None:
    with pytest.raises(PermissionDenied):
        ledger.erase_row(blog.id, by=editor, row=OF_BOAT)


def test_a_form_sent_twice_is_one_row_and_other_words_under_its_key_are_refused(
    blog: Blog, editor: User, boat: Statement, homes: Series
) -> None:
    head = read.head(blog.id)
    assert ledger.record_statement(blog.id, by=editor, statement=BOAT) is None
    values = [e.SeriesMoved(series="homes", value=4600)]
    assert ledger.record_series(blog.id, by=editor, series=HOMES, values=values) is None
    assert read.head(blog.id) == head
    other = e.StatementRecorded(statement="boat", text="No boat is missing.")
    with pytest.raises(actions.Refused, match="sent before"):
        ledger.record_statement(blog.id, by=editor, statement=other)


def test_of_two_who_edit_the_same_row_the_second_is_told(
    blog: Blog, editor: User, owner: User, boat: Statement, homes: Series
) -> None:
    mine = e.StatementRecorded(statement="boat", text="A second boat was missing.")
    theirs = e.StatementRecorded(statement="boat", text="Two boats are missing.")
    ledger.record_statement(blog.id, by=editor, statement=mine, based_on=boat.last_seq)
    with pytest.raises(actions.Moved):
        ledger.record_statement(blog.id, by=owner, statement=theirs, based_on=boat.last_seq)
    assert row(blog, e.STATEMENT, "boat").text == mine.text
    ledger.move_series(blog.id, by=editor, value=e.SeriesMoved(series="homes", value=12000))
    named = e.SeriesRecorded(series="homes", label="Houses in the dark")
    with pytest.raises(actions.Moved):
        ledger.record_series(blog.id, by=owner, series=named, based_on=homes.last_seq)


def test_how_a_row_was_checked_is_the_desks_alone_and_the_public_note_is_readers(
    blog: Blog, editor: User, boat: Statement
) -> None:
    checking = ledger.Checking(method="CANARYMETHOD", note="CANARYNOTE", credibility=2)
    ledger.assess_statement(
        blog.id, by=editor, statement="boat", status=e.Verification.VERIFIED, note="Seen by us.", checking=checking
    )
    check = Check.objects.get()
    assert (check.method, check.note, check.credibility, check.by) == ("CANARYMETHOD", "CANARYNOTE", 2, editor)
    assert b"CANARY" not in stored() + public_bytes(blog)
    assert row(blog, e.STATEMENT, "boat").assessments[-1].note == "Seen by us."
    assert not Act.objects.filter(about__contains="CANARY").exists()


def test_a_check_that_tells_readers_nothing_new_is_kept_without_a_fact(
    blog: Blog, editor: User, boat: Statement
) -> None:
    head = read.head(blog.id)
    checking = ledger.Checking(note="Called the coastguard.")
    status = e.Verification.UNCHECKED
    assert ledger.assess_statement(blog.id, by=editor, statement="boat", status=status, checking=checking) is None
    assert (read.head(blog.id), Check.objects.count()) == (head, 1)
    assert Act.objects.get(verb="note_check").about == "statement:boat"
    with pytest.raises(actions.Refused) as refused:
        ledger.assess_statement(blog.id, by=editor, statement="boat", status=status)
    assert refused.value.refusal.code == "unchanged"


def test_a_row_that_was_taken_back_is_put_back_as_it_was(
    blog: Blog, editor: User, boat: Statement, homes: Series
) -> None:
    ledger.assess_statement(blog.id, by=editor, statement="boat", status=e.Verification.DISPUTED, note="Denied.")
    before = row(blog, e.STATEMENT, "boat"), row(blog, e.SERIES, "homes")
    for of in (OF_BOAT, OF_HOMES):
        ledger.remove_row(blog.id, by=editor, row=of)
    assert not any(row(blog, of.about, of.id).visible for of in (OF_BOAT, OF_HOMES))
    for of in (OF_BOAT, OF_HOMES):
        ledger.restore_row(blog.id, by=editor, row=of)
        with pytest.raises(actions.Refused) as refused:
            ledger.restore_row(blog.id, by=editor, row=of)
        assert refused.value.refusal.code == "unchanged"
    said_, counted = row(blog, e.STATEMENT, "boat"), row(blog, e.SERIES, "homes")
    assert (said_.text, said_.by, said_.status) == (before[0].text, before[0].by, e.Verification.DISPUTED)
    told = [(value.value, value.at, value.place) for value in counted.values]
    assert told == [(value.value, value.at, value.place) for value in before[1].values]


def test_a_row_is_put_back_without_what_rested_on_posts_that_are_withdrawn(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("A second boat is missing."), once="1")
    anchored = e.StatementRecorded(statement="boat", text="A boat.", anchors=(e.Anchor(post=post.id),))
    ledger.record_statement(blog.id, by=editor, statement=anchored)
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    ledger.restore_row(blog.id, by=editor, row=OF_BOAT)
    assert row(blog, e.STATEMENT, "boat").anchors == ()


def test_a_value_is_taken_back_and_the_one_before_it_stands(blog: Blog, editor: User, homes: Series) -> None:
    ledger.remove_value(blog.id, by=editor, series="homes", value=homes.values[-1].seq)
    assert row(blog, e.SERIES, "homes").newest.value == 4600


def test_an_erased_row_is_in_no_byte_and_comes_back_no_more(blog: Blog, owner: User, editor: User) -> None:
    canary = e.StatementRecorded(statement="boat", text="CANARYTEXT", by=e.SaidBy(name="CANARYNAME"))
    ledger.record_statement(blog.id, by=editor, statement=canary)
    ledger.erase_row(blog.id, by=owner, row=OF_BOAT, reason="A court.")
    assert b"CANARY" not in stored() + public_bytes(blog)
    tried: tuple[Callable[[], object], ...] = (
        lambda: ledger.restore_row(blog.id, by=editor, row=OF_BOAT),
        lambda: ledger.erase_row(blog.id, by=owner, row=OF_BOAT),
        lambda: ledger.record_statement(blog.id, by=editor, statement=BOAT, based_on=99),
    )
    for again in tried:
        with pytest.raises(actions.Refused):
            again()
