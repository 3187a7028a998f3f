"""A post goes with its rows: none rests on words that readers do not have, and no byte of the log holds erased ones."""

from typing import Any

import pytest

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core import fold, limits
from asithappened.core.state import PostState
from asithappened.desk import actions
from asithappened.desk.actions import ledger, resting
from asithappened.desk.actions.carry_out import carry_out
from asithappened.desk.models import Check
from asithappened.log import read
from asithappened.log.models import Payload
from asithappened.log.models import Subject as SubjectRow
from tests.desk.conftest import Blog, said
from tests.desk.test_withdrawn import public_bytes

pytestmark = pytest.mark.django_db

WORDS = "The harbour master CANARYNAME said that 63 boats are missing."


def anchor(post: PostState, exact: str, *, revision: int = 1) -> e.Anchor:
    """Return an anchor of some words of a post."""
    return e.Anchor(post=post.id, revision=revision, exact=exact, end=len(exact))


@pytest.fixture
def post(editor: User, blog: Blog) -> PostState:
    """Return a post that names somebody."""
    return actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="1")


@pytest.fixture
def other(editor: User, blog: Blog) -> PostState:
    """Return a post that says as much without the name."""
    return actions.publish_post(blog.id, by=editor, draft=said("Sixty-three boats are missing."), once="2")


def state(blog: Blog, editor: User, id_: str, text: str, *anchors: e.Anchor, name: str = "A harbour master") -> None:
    """Record a statement."""
    said_by = e.SaidBy(name=name)
    row = e.StatementRecorded(statement=id_, text=text, by=said_by, anchors=anchors)
    ledger.record_statement(blog.id, by=editor, statement=row)


def count(blog: Blog, editor: User, id_: str, *values: Any) -> None:
    """Record a series of figures: a number and its anchors each."""
    moved = [e.SeriesMoved(series=id_, value=value, anchors=tuple(anchors)) for value, *anchors in values]
    ledger.record_series(blog.id, by=editor, series=e.SeriesRecorded(series=id_, label="Boats missing"), values=moved)


def row(blog: Blog, about: str, id_: str) -> Any:
    """Return a row as it is now, which is also what its facts say."""
    of = e.Subject(about, id_)
    kept = ledger.find(blog.id, of)
    assert kept == fold.fold(read.facts(blog.id)).subjects[of]
    return kept


def stored() -> bytes:
    """Return every byte of the log and of what it keeps of its rows."""
    of_log = [bytes(data) for (data,) in Payload.objects.values_list("data")]
    return b"".join(of_log + [bytes(kept) for (kept,) in SubjectRow.objects.values_list("state")])


def test_a_withdrawal_takes_rows_that_rest_on_the_post_alone_and_leaves_the_others_without_it(
    editor: User, blog: Blog, post: PostState, other: PostState
) -> None:
    state(blog, editor, "alone", "CANARYNAME counts 63.", anchor(post, WORDS[:30]))
    state(blog, editor, "both", "63 boats are missing.", anchor(post, WORDS), anchor(other, "Sixty-three"))
    state(blog, editor, "hand", "It rests on nothing.")
    head = read.head(blog.id)[1]
    receipt = actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert (receipt.first, receipt.last) == (head + 1, read.head(blog.id)[1])  # one append
    assert row(blog, e.STATEMENT, "alone").removed
    assert row(blog, e.STATEMENT, "both").anchors == (anchor(other, "Sixty-three"),)
    assert row(blog, e.STATEMENT, "hand").visible
    assert b"CANARYNAME" not in public_bytes(blog)


def test_a_withdrawal_takes_values_in_place_so_that_the_newest_stays_the_newest(
    editor: User, blog: Blog, post: PostState, other: PostState
) -> None:
    count(blog, editor, "boats", (40, anchor(other, "boats")), (63, anchor(post, "63"), anchor(other, "Sixty-three")),
          (64, anchor(post, "64")), (70,))  # fmt: skip
    times = [value.at for value in row(blog, e.SERIES, "boats").values]
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    left = row(blog, e.SERIES, "boats").values
    assert [value.value for value in left] == [40, 63, 70]
    assert [value.at for value in left] == [times[0], times[1], times[3]]
    assert not any(one.post == post.id for value in left for one in value.anchors)


def test_a_withdrawal_takes_a_series_of_which_no_value_is_left_and_the_post_s_correction(
    editor: User, blog: Blog, post: PostState
) -> None:
    count(blog, editor, "boats", (63, anchor(post, "63")))
    wrong = e.CorrectionRecorded(correction="c1", post=post.id, was="63", now="36")
    ledger.record_correction(blog.id, by=editor, correction=wrong)
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert row(blog, e.SERIES, "boats").removed
    assert row(blog, e.CORRECTION, "c1").removed


def test_taking_a_post_back_to_a_draft_takes_its_rows_back_too(editor: User, blog: Blog, post: PostState) -> None:
    state(blog, editor, "alone", "CANARYNAME counts 63.", anchor(post, WORDS[:30]))
    actions.unpublish_post(blog.id, by=editor, post=post.id)
    assert row(blog, e.STATEMENT, "alone").removed


def test_more_rows_than_an_append_takes_go_before_the_post_and_none_is_left(
    editor: User, blog: Blog, post: PostState
) -> None:
    most = limits.EVENTS_AN_APPEND
    rows = [
        e.StatementRecorded(statement=f"s{n}", text=f"Claim {n}.", anchors=(anchor(post, "63"),))
        for n in range(most + 20)
    ]
    for start in range(0, len(rows), most):
        carry_out(blog.id, rows[start : start + most], by=editor, to=None, name="record_statement")
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert not any(one.visible for one in read.rows(blog.id, e.STATEMENT))
    kinds = [fact.kind for fact in read.facts(blog.id)]
    assert kinds.index(e.LedgerRemoved.KIND) < kinds.index(e.PostWithdrawn.KIND)


def test_a_row_that_comes_to_rest_on_a_post_in_the_moment_of_its_withdrawal_goes_with_it(
    editor: User, blog: Blog, post: PostState
) -> None:
    late = e.StatementRecorded(statement="late", text="Said too late.", anchors=(anchor(post, "63"),))
    asked = []

    def plan() -> list[Any]:
        found = resting.taken_back(blog.id, post.id)
        asked.append(found)
        if len(asked) == 1:
            carry_out(blog.id, [late], by=editor, to=None, name="record_statement")
        return found

    resting.carry_out_with_rows(
        blog.id,
        e.PostWithdrawn(post=post.id),
        plan=plan,
        by=editor,
        to=Verb.PUBLISH,
        name="withdraw_post",
        about=post.id,
    )
    assert row(blog, e.STATEMENT, "late").removed
    assert len(asked) > 2


def test_erasing_a_post_leaves_no_byte_of_its_words_in_the_ledger_whatever_its_rows_were(
    owner: User, editor: User, blog: Blog, post: PostState, other: PostState
) -> None:
    state(blog, editor, "alone", "CANARYNAME counts 63.", anchor(post, WORDS), name="CANARYNAME")
    state(blog, editor, "both", "The count is 63.", anchor(post, WORDS), anchor(other, "Sixty-three"))
    state(blog, editor, "says", "CANARYNAME said", anchor(post, "CANARYNAME said"), anchor(other, "boats are"))
    state(blog, editor, "gone", "CANARYNAME again.", anchor(post, WORDS))
    ledger.remove_row(blog.id, by=editor, row=e.Subject(e.STATEMENT, "gone"))
    moved = e.StatementRecorded(statement="moved", text="63 it is.", anchors=(anchor(post, WORDS),))
    ledger.record_statement(blog.id, by=editor, statement=moved)
    based_on = row(blog, e.STATEMENT, "moved").last_seq
    elsewhere = e.StatementRecorded(statement="moved", text="63 it is.", anchors=(anchor(other, "boats"),))
    ledger.record_statement(blog.id, by=editor, statement=elsewhere, based_on=based_on)
    both = (63, anchor(post, WORDS), anchor(other, "Sixty-three"))
    count(blog, editor, "boats", both, (64, anchor(post, WORDS)), (9,))
    wrong = e.CorrectionRecorded(correction="c1", post=post.id, was="CANARYNAME", now="somebody")
    ledger.record_correction(blog.id, by=editor, correction=wrong)
    note = ledger.Checking(note="Called CANARYNAME.")
    ledger.assess_statement(blog.id, by=editor, statement="alone", status=e.Verification.CHECKING, checking=note)
    assert b"CANARYNAME" in stored()
    actions.erase_post(blog.id, by=owner, post=post.id)
    assert b"CANARYNAME" not in stored()
    assert b"CANARYNAME" not in public_bytes(blog)
    assert not Check.objects.exists()
    erased = {one.id for about in e.LEDGER for one in read.rows(blog.id, about) if one.erased}
    assert erased == {"alone", "says", "gone", "c1"}
    assert row(blog, e.STATEMENT, "both").anchors == (anchor(other, "Sixty-three"),)
    assert row(blog, e.STATEMENT, "moved").anchors == (anchor(other, "boats"),)
    assert [value.value for value in row(blog, e.SERIES, "boats").values] == [63, 9]


def test_erasing_one_version_erases_what_quotes_it_and_keeps_what_other_versions_say_too(
    owner: User, editor: User, blog: Blog, post: PostState
) -> None:
    state(blog, editor, "named", "CANARYNAME counts 63.", anchor(post, WORDS))
    state(blog, editor, "still", "63 boats are missing.", anchor(post, "63 boats are missing"))
    wrong = e.CorrectionRecorded(correction="c1", post=post.id, was="CANARYNAME", now="The harbour master")
    ledger.record_correction(blog.id, by=editor, correction=wrong)
    mended = said("The harbour master said that 63 boats are missing.")
    actions.revise_post(blog.id, by=editor, post=post.id, draft=mended, based_on=post.last_seq)
    actions.erase_revision(blog.id, by=owner, post=post.id, seq=post.content_seq)
    assert b"CANARYNAME" not in stored()
    assert row(blog, e.STATEMENT, "named").erased
    assert row(blog, e.CORRECTION, "c1").erased
    assert row(blog, e.STATEMENT, "still").anchors == (anchor(post, "63 boats are missing"),)


def test_an_erasure_of_more_payloads_than_one_may_name_is_several(
    owner: User, editor: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ERASED_AT_ONCE", 3)
    count(blog, editor, "boats", *((n,) for n in range(10)))
    ledger.erase_row(blog.id, by=owner, row=e.Subject(e.SERIES, "boats"))
    assert row(blog, e.SERIES, "boats").erased
    assert b"Boats missing" not in stored()


def test_no_row_is_made_that_rests_on_a_post_readers_do_not_have(editor: User, blog: Blog, post: PostState) -> None:
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    for of in (post.id, "no-such-post"):
        row_ = e.StatementRecorded(statement="s1", text="So.", anchors=(e.Anchor(post=of),))
        with pytest.raises(actions.Refused) as refused:
            ledger.record_statement(blog.id, by=editor, statement=row_)
        assert refused.value.refusal.code == "not_there"
    assert read.rows(blog.id, e.STATEMENT) == []
