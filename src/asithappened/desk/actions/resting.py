"""Rows of the ledger that rest on a post: they are removed when it is withdrawn, and its words in them are erased.

Owns which rows those are, and that this happens in the post's own append, or before it if one append cannot hold all. A
row that rests on this post only is removed; any other is recorded anew without the anchor.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from msgspec.structs import asdict

from asithappened.accounts.gate import Verb
from asithappened.core import events as e
from asithappened.core import limits
from asithappened.core.ledger_state import Correction, Row, Series, SeriesValue, Statement
from asithappened.core.refusal import Refusal
from asithappened.desk.actions.actor import Actor
from asithappened.desk.actions.carry_out import Busy, Receipt, Refused, carry_out
from asithappened.desk.models import Check
from asithappened.ledger import views
from asithappened.log import read

Group = list[e.Event]
"""The events of one row, which must be in one append."""

_TRIES: Final = 10  # somebody else rarely changes a row between reading and writing, and never ten times


class _RowsMoved(Exception):
    """Meanwhile another row was anchored in the post."""


def carry_out_with_rows(
    blog: int,
    happened: e.Event,
    *,
    plan: Callable[[], list[Group]],
    by: Actor,
    to: Verb,
    name: str,
    about: str,
    alongside: Callable[[Receipt], None] | None = None,
) -> Receipt:
    """Publish an event of a post, and what `plan` returns for its rows. Under the blog's lock, it must find no more.

    What does not fit into one append is appended before it, so that the post is never gone while rows are left.
    """
    for _ in range(_TRIES):
        *before, last = appends(plan(), room=limits.EVENTS_AN_APPEND - 1)

        def within(receipt: Receipt, last: Group = last) -> None:
            forget(receipt.blog, last)
            if alongside is not None:
                alongside(receipt)
            if plan():
                raise _RowsMoved

        try:
            for events in before:
                _do(blog, events, by=by, to=to, name=name, about=about)
            return carry_out(blog, [happened, *last], by=by, to=to, name=name, about=about, alongside=within)
        except _RowsMoved:
            continue
        except Refused as refused:
            if refused.event is None or refused.event.subject.about not in e.LEDGER:
                raise
    raise Busy("Others changed the ledger all the time. Nothing was lost: try again.")


def carry_out_all(blog: int, groups: Sequence[Group], *, by: Actor, to: Verb | None, name: str, about: str) -> None:
    """Append the events of rows, in as many appends as necessary."""
    for events in appends(groups, room=limits.EVENTS_AN_APPEND):
        if events:
            _do(blog, events, by=by, to=to, name=name, about=about)


def _do(blog: int, events: Sequence[e.Event], *, by: Actor, to: Verb | None, name: str, about: str) -> None:
    carry_out(
        blog, events, by=by, to=to, name=name, about=about, alongside=lambda receipt: forget(receipt.blog, events)
    )


def appends(groups: Sequence[Group], *, room: int) -> list[Group]:
    """Return the events in as few appends as possible; if there are none, one empty append."""
    filled: list[Group] = [[]]
    for group in groups:
        for start in range(0, len(group), room):
            piece = group[start : start + room]
            if len(filled[-1]) + len(piece) > room:
                filled.append([])
            filled[-1] += piece
    return filled


def forget(blog: int, events: Sequence[e.Event]) -> None:
    """Delete the desk's checks of rows that these events erase."""
    for event in events:
        if isinstance(event, e.PayloadErased) and event.whole and event.of.about in e.LEDGER:
            Check.objects.filter(blog_id=blog, about=event.of.about, row=event.of.id).delete()


def may_rest(blog: int, anchors: Sequence[e.Anchor]) -> None:
    """Refuse a row that rests on a post which readers do not have. Runs under the blog's lock."""
    wanted = sorted({anchor.post for anchor in anchors})
    found = read.posts_by_id(blog, wanted) if wanted else {}
    if not all(id_ in found and found[id_].visible for id_ in wanted):
        why = "A row rests on what readers have: one of its posts was withdrawn, or is none of this live blog."
        raise Refused(Refusal("not_there", why))


def on_post(post: str) -> Callable[[e.Anchor], bool]:
    """Return a test of whether an anchor is in a post."""
    return lambda anchor: anchor.post == post


def taken_back(blog: int, post: str) -> list[Group]:
    """Return the events of the rows that rest on a post when it is withdrawn."""
    gone = on_post(post)
    rows = [row for about in e.LEDGER for row in read.rows(blog, about) if row.visible]
    return [group for row in rows if (group := _without(row, post, gone))]


def _without(row: Row, post: str, gone: Callable[[e.Anchor], bool]) -> Group:
    match row:
        case Statement():
            if not any(map(gone, row.anchors)):
                return []
            left = _left(row.anchors, gone)
            return [recorded(row, anchors=left)] if left else [e.LedgerRemoved(of=subject(row))]
        case Series():
            resting = [value for value in row.values if any(map(gone, value.anchors))]
            if resting and not any(_left(value.anchors, gone) for value in resting) and len(resting) == len(row.values):
                return [e.LedgerRemoved(of=subject(row))]
            return [_value_without(row, value, gone) for value in resting]
        case Correction():
            return [e.LedgerRemoved(of=subject(row))] if row.post == post else []


def _value_without(series: Series, value: SeriesValue, gone: Callable[[e.Anchor], bool]) -> e.Event:
    left = _left(value.anchors, gone)
    if not left:
        return e.SeriesValueRemoved(series=series.id, value=value.seq)
    return moved(series.id, value, anchors=left)


def _left(anchors: Sequence[e.Anchor], gone: Callable[[e.Anchor], bool]) -> tuple[e.Anchor, ...]:
    return tuple(anchor for anchor in anchors if not gone(anchor))


def subject(row: Row) -> e.Subject:
    """Return the subject of a row."""
    about = {Statement: e.STATEMENT, Series: e.SERIES, Correction: e.CORRECTION}[type(row)]
    return e.Subject(about, row.id)


def recorded(row: Statement, **changes: object) -> e.StatementRecorded:
    """Return the event that records a statement anew with changes."""
    said = {name: value for name, value in asdict(row).items() if name in e.StatementRecorded.__struct_fields__}
    return e.StatementRecorded(statement=row.id, **{**said, **changes})


def described(row: Series, **changes: object) -> e.SeriesRecorded:
    """Return the event that describes a series anew with changes."""
    said = {name: value for name, value in asdict(row).items() if name in e.SeriesRecorded.__struct_fields__}
    return e.SeriesRecorded(series=row.id, **{**said, **changes})


def moved(series: str, value: SeriesValue, **changes: object) -> e.SeriesMoved:
    """Return the event that records a value anew in its place with changes."""
    said = {name: was for name, was in asdict(value).items() if name in e.SeriesMoved.__struct_fields__}
    return e.SeriesMoved(series=series, first_at=value.at, **{**said, **changes})


# --- erasing


def erased(blog: int, post: str, *, seq: int | None = None, reason: str = "") -> Callable[[], list[Group]]:
    """Return a plan that finds a post's words in the ledger's facts and erases them from the log.

    `seq`: erase only this fact's words; those that other versions have too stay. `reason`: for readers.
    """
    said = [fact for fact in read.revisions(blog, post) if fact.event is not None]
    texts = {fact.seq: _text(fact.event) for fact in said if isinstance(fact.event, e.PostWords)}
    doomed = [text for at, text in texts.items() if seq in {None, at}]
    left = [] if seq is None else [text for at, text in texts.items() if at != seq]

    def quotes(words: str) -> bool:
        """Say whether words are in the erased text and nowhere in the remaining text."""
        return any(words in text for text in doomed) and not any(words in text for text in left)

    def gone(anchor: e.Anchor) -> bool:
        if anchor.post != post:
            return False
        words = f"{anchor.prefix}{anchor.exact}{anchor.suffix}"
        return seq is None or quotes(words) or (bool(anchor.exact) and quotes(anchor.exact))

    def corrects(event: e.CorrectionRecorded) -> bool:
        return event.post == post and (seq is None or quotes(event.was) or (bool(event.now) and quotes(event.now)))

    def plan() -> list[Group]:
        return [group for row in e.LEDGER for group in _cleared(blog, row, gone, corrects, reason)]

    return plan


def _text(event: e.PostWords) -> str:
    return views.of_body(event.title, event.body, number=1).text


def _cleared(
    blog: int,
    about: str,
    gone: Callable[[e.Anchor], bool],
    corrects: Callable[[e.CorrectionRecorded], bool],
    reason: str,
) -> Iterator[Group]:
    facts: dict[str, list[e.Fact]] = {}
    for fact in read.facts(blog, about=about):
        if fact.event is not None:
            facts.setdefault(fact.subject.id, []).append(fact)
    for row in read.rows(blog, about):
        held = facts.get(row.id, [])
        doomed = {fact.seq for fact in held if _holds(fact.event, gone, corrects)}
        if doomed and not row.erased:
            yield _erasure(row, held, doomed, gone, reason)


def _holds(
    event: e.Event | None, gone: Callable[[e.Anchor], bool], corrects: Callable[[e.CorrectionRecorded], bool]
) -> bool:
    match event:
        case e.StatementRecorded() | e.SeriesMoved():
            return any(map(gone, event.anchors))
        case e.CorrectionRecorded():
            return corrects(event)
        case _:
            return False


def _erasure(
    row: Row, held: Sequence[e.Fact], doomed: Collection[int], gone: Callable[[e.Anchor], bool], reason: str
) -> Group:
    """Return the events that record a row anew without an anchor, if it has others, and erase what quoted the words."""
    anew: Group = []
    match row:
        case Statement(visible=True):
            left = _left(row.anchors, gone)
            if row.content_seq in doomed:
                notes = [one.note for one in row.assessments]
                if not left or any(_says(words, row.anchors, gone) for words in (row.text, *notes)):
                    return whole(row, held, reason)
                anew = [recorded(row, anchors=left)]
        case Series(visible=True):
            values = {value.seq: _left(value.anchors, gone) for value in row.values if value.seq in doomed}
            spoken = {v.seq for v in row.values if v.seq in doomed and _says(v.words, v.anchors, gone)}
            kept = [v for v in row.values if v.seq not in doomed or (values[v.seq] and v.seq not in spoken)]
            if row.values and not kept:
                return whole(row, held, reason)
            anew = [moved(row.id, v, anchors=values[v.seq]) for v in kept if v.seq in doomed]
        case _:
            return whole(row, held, reason)
    return [*anew, *erasures(subject(row), sorted(doomed), reason)]


def _says(words: str, anchors: Sequence[e.Anchor], gone: Callable[[e.Anchor], bool]) -> bool:
    """Say whether the row's own text is quoted by an anchor that is erased and by no other."""

    def quote(anchor: e.Anchor) -> bool:
        mine, theirs = words.casefold().strip(" .“”\"'"), anchor.exact.casefold().strip(" .“”\"'")
        return bool(mine and theirs) and (mine in theirs or theirs in mine)

    return any(quote(one) for one in anchors if gone(one)) and not any(quote(one) for one in anchors if not gone(one))


def whole(row: Row, held: Sequence[e.Fact], reason: str) -> Group:
    """Return the erasure of a whole row. `held`: its facts that still have their payloads."""
    seqs = [fact.seq for fact in held if fact.event is not None and fact.event.ERASABLE is not e.Erasable.NEVER]
    words = [fact.seq for fact in held if fact.carries_words and fact.seq != row.content_seq]
    most = limits.ERASED_AT_ONCE
    early = words[: max(0, len(seqs) - most)]
    before = erasures(subject(row), early, reason)
    last = tuple(seq for seq in seqs if seq not in set(early))
    return [*before, e.PayloadErased(of=subject(row), seqs=last, whole=True, reason=reason)]


def erasures(of: e.Subject, seqs: Sequence[int], reason: str) -> Group:
    """Return erasures of single payloads of a row, as many as necessary."""
    most = limits.ERASED_AT_ONCE
    return [
        e.PayloadErased(of=of, seqs=tuple(seqs[start : start + most]), reason=reason)
        for start in range(0, len(seqs), most)
    ]
