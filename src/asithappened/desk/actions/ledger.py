"""The verbs of a live blog's ledger: recording, moving, assessing, removing, restoring and erasing rows.

All require the editor's role. A row is passed as the event that records it, with its id (`new_id` for a new one). What
only the desk may know of a check is stored in `Check`. Look next: `resting`, `carry_out`.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from msgspec.structs import asdict

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.ledger_rules import may_keep_row
from asithappened.core.ledger_state import Correction, Row, Series, Statement
from asithappened.core.refusal import Refusal
from asithappened.desk.actions import carrying, resting
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Moved, Receipt, Refused, carry_out, note
from asithappened.desk.models import Check
from asithappened.log import read


@dataclass(frozen=True, kw_only=True)
class Checking:
    """How a row was checked, for the desk alone. `credibility`: 1 to 6 of the Admiralty's scale."""

    method: str = ""
    note: str = ""
    credibility: int | None = None

    def __bool__(self) -> bool:
        return bool(self.method or self.note or self.credibility)


NO_CHECKING = Checking()


def new_id(once: str = "") -> str:
    """Return the id of a new row: the same one for the same form's key."""
    return hashlib.blake2s(once.encode(), digest_size=6).hexdigest() if once else secrets.token_hex(6)


def record_statement(
    blog: int, *, by: Actor, statement: e.StatementRecorded, based_on: int | None = None
) -> Receipt | None:
    """Record a statement, or change it. Returns None if it is there unchanged (a form sent twice).

    `based_on`: the last_seq of the row that was edited, None of a new one. Raises Moved if somebody changed it since.
    """
    event = e.StatementRecorded(**asdict(statement))
    return _record(blog, [event], event.anchors, by=by, name="record_statement", based_on=based_on)


def assess_statement(
    blog: int,
    *,
    by: Actor,
    statement: str,
    status: e.Verification,
    note: str = "",
    checking: Checking = NO_CHECKING,
) -> Receipt | None:
    """Assess a statement. `note`: how the newsroom knows, for readers; `checking`: for the desk.

    Returns None if readers are told nothing new; the desk's check is stored all the same.
    """
    permit(by, blog, Verb.PUBLISH)
    of = e.Subject(e.STATEMENT, statement)

    def keep(receipt: Receipt | None) -> None:
        if checking:
            user = by if isinstance(by, User) else None
            Check.objects.create(
                blog_id=blog, about=of.about, row=of.id, status=status, method=checking.method, note=checking.note,
                credibility=checking.credibility, by=user,
            )  # fmt: skip

    assessed = e.StatementAssessed(statement=statement, status=status, note=note)
    try:
        return carry_out(
            blog, [assessed], by=by, to=Verb.PUBLISH, name="assess_statement", about=str(of), alongside=keep
        )
    except Refused as refused:
        if refused.refusal.code != "unchanged" or not checking:
            raise
    _noted(blog, of, by=by, keep=keep)
    return None


def _noted(blog: int, of: e.Subject, *, by: Actor, keep: Callable[[Receipt | None], None]) -> None:
    with transaction.atomic():
        keep(None)
        note(blog, by=by, name="note_check", about=str(of))


def record_series(
    blog: int,
    *,
    by: Actor,
    series: e.SeriesRecorded,
    values: Sequence[e.SeriesMoved] = (),
    based_on: int | None = None,
) -> Receipt | None:
    """Record a series with its first values in one append, or change its description. Like record_statement."""
    events: list[e.LedgerChange] = [e.SeriesRecorded(**asdict(series)), *values]
    anchors = [anchor for value in values for anchor in value.anchors]
    return _record(blog, events, anchors, by=by, name="record_series", based_on=based_on)


def move_series(blog: int, *, by: Actor, value: e.SeriesMoved) -> Receipt:
    """Record a new value of a series. The same value again is refused as `unchanged`."""
    return _do(blog, e.SeriesMoved(**asdict(value)), by=by, name="move_series", rests_on=value.anchors)


def remove_value(blog: int, *, by: Actor, series: str, value: int) -> Receipt:
    """Take back a value that was a mistake of ours. `value`: the seq of its fact."""
    return _do(blog, e.SeriesValueRemoved(series=series, value=value), by=by, name="remove_value")


def record_correction(blog: int, *, by: Actor, correction: e.CorrectionRecorded) -> Receipt:
    """Record a correction."""
    return _do(blog, e.CorrectionRecorded(**asdict(correction)), by=by, name="record_correction")


def remove_row(blog: int, *, by: Actor, row: e.Subject, reason: str = "") -> Receipt:
    """Remove a row: no byte served from now on holds it."""
    return _do(blog, e.LedgerRemoved(of=row, reason=reason), by=by, name="remove_row")


def restore_row(blog: int, *, by: Actor, row: e.Subject) -> None:
    """Restore a removed row, without its anchors in posts that readers no longer have."""
    permit(by, blog, Verb.PUBLISH)
    was = find(blog, row)
    if was is None or was.erased:
        raise Refused(_no_row())
    if was.visible:
        raise Refused(Refusal("unchanged", "This row is there already."))
    visible = {id_ for id_, post in read.posts_by_id(blog).items() if post.visible}
    resting.carry_out_all(blog, [_again(was, visible)], by=by, to=Verb.PUBLISH, name="restore_row", about=str(row))


def _again(row: Row, visible: set[str]) -> list[e.Event]:
    def left(anchors: Sequence[e.Anchor]) -> tuple[e.Anchor, ...]:
        return tuple(anchor for anchor in anchors if anchor.post in visible)

    match row:
        case Statement():
            events: list[e.Event] = [resting.recorded(row, anchors=left(row.anchors))]
            if row.assessments:
                last = row.assessments[-1]
                events.append(e.StatementAssessed(statement=row.id, status=last.status, note=last.note))
            return events
        case Series():
            values = [resting.moved(row.id, value, anchors=left(value.anchors)) for value in row.values]
            return [resting.described(row), *values]
        case Correction():
            if row.post and row.post not in visible:
                raise Refused(Refusal("not_there", "The post that it corrects was withdrawn. Publish it again first."))
            return [
                e.CorrectionRecorded(
                    correction=row.id, of=row.of, post=row.post, was=row.was, now=row.now, reason=row.why,
                    at=row.corrected_at,
                )
            ]  # fmt: skip


def erase_row(blog: int, *, by: Actor, row: e.Subject, reason: str = "") -> None:
    """Erase a row's words for good, from the log and the desk: for a court order or a source in danger."""
    permit(by, blog, Verb.OWN)
    was = find(blog, row)
    if was is None:
        raise Refused(_no_row())
    held = [fact for fact in read.facts(blog, subject=row) if fact.event is not None]
    groups = [resting.whole(was, held, reason)] if not was.erased else []
    if not groups:
        raise Refused(Refusal("erased", "This row was erased already."))
    resting.carry_out_all(blog, groups, by=by, to=Verb.OWN, name="erase_row", about=str(row))
    carrying.follow(blog, by=by, reason=reason)


def find(blog: int, row: e.Subject) -> Row | None:
    """Return the present state of a row, also of a removed one."""
    found = read.subjects(blog, [row]).get(row) if row.about in e.LEDGER else None
    assert found is None or isinstance(found, Statement | Series | Correction)
    return found


def _no_row() -> Refusal:
    return Refusal("no_row", "There is no such row in this live blog's ledger.")


def _record(
    blog: int,
    events: Sequence[e.LedgerChange],
    anchors: Sequence[e.Anchor],
    *,
    by: Actor,
    name: str,
    based_on: int | None,
) -> Receipt | None:
    of = events[0].subject
    permit(by, blog, Verb.PUBLISH)
    was = find(blog, of)
    if based_on is None and was is not None:
        refusal = may_keep_row(was, events[0])
        if refusal is not None and refusal.code == "unchanged":
            return None
        raise Refused(Refusal("sent_before", "This form was sent before, and its row is there. To change it, edit it."))

    def checked(receipt: Receipt) -> None:
        resting.may_rest(blog, anchors)
        if any(read.facts(blog, after=based_on or 0, upto=receipt.first - 1, subject=of)):
            raise Moved

    return carry_out(blog, events, by=by, to=Verb.PUBLISH, name=name, about=str(of), alongside=checked)


def _do(blog: int, event: e.LedgerChange, *, by: Actor, name: str, rests_on: Sequence[e.Anchor] = ()) -> Receipt:
    return carry_out(
        blog,
        [event],
        by=by,
        to=Verb.PUBLISH,
        name=name,
        about=str(event.subject),
        alongside=lambda receipt: resting.may_rest(receipt.blog, rests_on),
    )
