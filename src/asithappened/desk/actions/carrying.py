"""The rows of a ledger that are carried into tomorrow's live blog: open statements, and series with present values.

Owns which rows those are, and the events that record them: under the same id, by which their history is found in the
former live blog, and without anchors, because its posts are not there. A row that is erased here is erased there too;
and neither a row nor the page's pointer names a live blog that not all readers of the page may read.
"""

from collections.abc import Callable, Sequence
from typing import Final

from asithappened.accounts.gate import Verb
from asithappened.core import events as e
from asithappened.core import limits
from asithappened.core.ledger_state import Series, Statement
from asithappened.core.state import BlogState, Status
from asithappened.desk.actions import resting
from asithappened.desk.actions.actor import Actor
from asithappened.desk.actions.carry_out import carry_out
from asithappened.log import read

OPENNESS: Final = (e.Audience.NOBODY, e.Audience.MEMBERS, e.Audience.EVERYONE)
"""Audiences, from the narrowest to the widest."""


def along(blog: int, here: BlogState, *, room: int) -> tuple[list[e.Event], list[resting.Group]]:
    """Return the events of whole rows that fit into the opening, at most `room`, and the remaining rows one by one."""
    fit: list[e.Event] = []
    later: list[resting.Group] = []
    for group in _groups(blog, e.CarriedFrom(slug=here.slug, title=here.title)):
        if later or len(fit) + len(group) > room:
            later.append(group)
        else:
            fit += group
    return fit, later


def bring(blog: int, groups: Sequence[resting.Group], *, by: Actor) -> None:
    """Record in the new live blog the rows that did not fit into its opening. Called again, it records missing ones."""
    there = read.subjects(blog, [group[0].subject for group in groups]) if groups else {}
    missing = [group for group in groups if group[0].subject not in there]
    resting.carry_out_all(blog, missing, by=by, to=Verb.PUBLISH, name="carry_rows", about="")


def follow(blog: int, *, by: Actor, reason: str = "") -> None:
    """Erase carried rows from the live blogs in which coverage went on, if they were erased here."""
    seen = {blog}
    while (after := read.blog(blog).successor) is not None:
        there = read.blog_id(after.slug)
        if there is None or there in seen:
            return
        groups = []
        for about in (e.STATEMENT, e.SERIES):
            gone = {row.id for row in read.rows(blog, about) if row.erased}
            for row in read.rows(there, about) if gone else ():
                if row.id in gone and not row.erased and isinstance(row, Statement | Series) and row.carried_from:
                    held = [fact for fact in read.facts(there, subject=resting.subject(row)) if fact.event is not None]
                    groups.append(resting.whole(row, held, reason))
        resting.carry_out_all(there, groups, by=by, to=None, name="erase_row", about=f"from blog {blog}")
        seen.add(there)
        blog = there


def hide(blog: int, *, by: Actor, audience: e.Audience | None) -> None:
    """When a live blog's audience changes, remove every mention of a live blog from readers who may not read it.

    Removed are mentions here of live blogs that are less open, and mentions elsewhere of this one: where rows came
    from, where coverage goes on or began. To be called before the audience changes; None: before it is taken down.
    """
    here, open_to = read.blog(blog), -1 if audience is None else OPENNESS.index(audience)
    if open_to > _openness(here):
        _unsaid(blog, lambda slug: (found := read.found(slug)) is None or _openness(found[1]) < open_to, by=by)
        return
    for there in read.every_blog():
        if there != blog and _openness(read.blog(there)) > open_to:
            _unsaid(there, {here.slug, *here.former_slugs}.__contains__, by=by)


def _unsaid(blog: int, hidden: Callable[[str], bool], *, by: Actor) -> None:
    """Remove the pointers to hidden addresses: where coverage goes on or began, and where rows came from."""
    here, ended = read.blog(blog), list[e.Event]()
    if here.successor is not None and hidden(here.successor.slug):
        ended.append(e.BlogContinuationEnded())
    if here.predecessor is not None and hidden(here.predecessor.slug):
        ended.append(e.BlogPreceded())
    if ended:
        carry_out(blog, ended, by=by, to=None, name="hide_origin", about="")
    groups: list[resting.Group] = []
    for about in (e.STATEMENT, e.SERIES):
        for row in read.rows(blog, about):
            match row:
                case Statement(visible=True, carried_from=e.CarriedFrom(slug=slug)) if hidden(slug):
                    groups.append([resting.recorded(row, carried_from=None)])
                case Series(visible=True, carried_from=e.CarriedFrom(slug=slug)) if hidden(slug):
                    groups.append([resting.described(row, carried_from=None)])
                case _:
                    pass
    resting.carry_out_all(blog, groups, by=by, to=None, name="hide_origin", about="")


def _openness(blog: BlogState) -> int:
    return -1 if blog.status is Status.GONE else OPENNESS.index(blog.audience)


def _groups(blog: int, here: e.CarriedFrom) -> list[resting.Group]:
    statements = [row for row in read.rows(blog, e.STATEMENT) if isinstance(row, Statement) and row.open]
    series = [row for row in read.rows(blog, e.SERIES) if isinstance(row, Series) and row.visible]
    known = {row.id for row in statements}
    groups = [_statement(row, here) for row in sorted(statements, key=lambda row: row.first_seq)]
    return groups + [_series(row, here, known) for row in sorted(series, key=lambda row: row.first_seq)]


def _statement(row: Statement, here: e.CarriedFrom) -> resting.Group:
    events: resting.Group = [resting.recorded(row, anchors=(), carried_from=here)]
    if row.assessments:
        last = row.assessments[-1]
        events.append(e.StatementAssessed(statement=row.id, status=last.status, note=last.note))
    return events


def _series(row: Series, here: e.CarriedFrom, known: set[str]) -> resting.Group:
    values = [
        resting.moved(row.id, value, anchors=(), place=0, statement=value.statement if value.statement in known else "")
        for value in row.standing[-(limits.EVENTS_AN_APPEND - 1) :]
    ]
    return [resting.described(row, carried_from=here), *values]
