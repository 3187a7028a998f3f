"""Recording the rows of the ledger that were accepted with a post, in the post's own append; remembering choices.

Owns that a row never keeps a post from its readers: a row that may not be recorded, or whose words are gone, is left
out and reported. A rejected suggestion is not made again on the live blog. Look next: `ledger.accepted`,
`views.suggesting`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec.structs import replace

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.body import Doc
from asithappened.core.refusal import Refusal
from asithappened.core.searching import searchable
from asithappened.core.state import PostState
from asithappened.core.text import forbidden
from asithappened.desk import lists
from asithappened.desk.actions import resting, sources
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Receipt, Refused, carry_out
from asithappened.desk.choices import choose, take_back
from asithappened.desk.draft import Draft, secret
from asithappened.desk.erased_names import ErasedNames
from asithappened.desk.models import Choice, LearnedOutlet
from asithappened.ledger import accepted, views
from asithappened.ledger.accepted import AcceptedFigure, AcceptedState, AcceptedStatement, AnyAccepted
from asithappened.log import read

MOST: Final = 30  # rows with one post, of up to three events each: an append has a hundred events


def of_post(
    rows: Sequence[AnyAccepted],
    post: str,
    draft: Draft,
    *,
    doc: Doc,
    revision: int,
    by: Actor,
    at: datetime | None = None,
) -> list[e.LedgerChange]:
    """Return the events that record accepted rows of a post with these words; rows whose words are gone are left out.

    `at`: since when readers have the post, if they do.
    """
    erased = ErasedNames() if rows else None
    spoken = [row for row in rows if erased is None or not erased.among(_says(row))]
    known = sources.known(row.name for row in spoken) if spoken else {}
    called = [_with_source(row, by, known, erased) for row in spoken]
    view = views.of_body(draft.title, doc, number=1, id=post, revision=revision, published_at=at)
    made, _ = accepted.events(called, view, secret=secret())
    return made


def _says(row: AnyAccepted) -> list[str]:
    """Return the texts of a row, without its source's name."""
    match row:
        case AcceptedStatement():
            return [row.text, *(relay.outlet for relay in row.relays)]
        case AcceptedFigure():
            return [row.label, row.counted, *row.places]
        case AcceptedState():
            return [row.label, row.value, *row.places]


def _with_source(
    row: AnyAccepted, by: Actor, there: Mapping[str, sources.Known], erased: ErasedNames | None
) -> AnyAccepted:
    """Return a row with the house's source, found by name or alias; a new source is added to the list.

    If an editor replaced the suggested name, the suggested one is learned as an alias, if it can be one.
    """
    if not row.name.strip():
        return row
    if searchable(row.name) not in there and erased is not None and erased.among([row.name]):
        return accepted.unnamed(row)
    if not isinstance(by, User):
        return row
    kind = row.source_kind if isinstance(row, AcceptedStatement) else e.SourceKind.PERSON
    try:
        found = sources.said_by(row.name, kind=kind, role=getattr(row, "role", ""), by=by, there=there)
        if isinstance(row, AcceptedStatement) and found is not None and not (erased and erased.among([row.named])):
            sources.learn_alias(row.named, of=found.name, by=by)
    except Refused:  # its name is being erased and must not be printed
        return accepted.unnamed(row)
    if found is None:
        return row
    if isinstance(row, AcceptedStatement):
        return replace(row, name=found.name, role=found.role, source=found.source, source_kind=found.kind)
    return replace(row, name=found.name, source=found.source)


def with_rows(
    act: Callable[[Sequence[e.Event]], Receipt], events: Sequence[e.Event], rows: Sequence[e.LedgerChange]
) -> Receipt:
    """Call `act` with events and rows; rows that may not be recorded are left out.

    If there are only rows and none may be recorded, the first one's refusal is raised.
    """
    left, first = list(rows), None
    while True:
        try:
            return act([*events, *left])
        except Refused as refused:
            if refused.event not in left:
                raise
            first = first or refused
            left.remove(refused.event)
            if not (events or left):
                raise first from None


def record_rows(blog: int, *, by: User, post: PostState, rows: Sequence[AnyAccepted]) -> None:
    """Record rows of a post without changing the post. Raises Refused if readers do not have it.

    If the time of a post is unknown, as in an archive, its rows have no time either, because now would be wrong.
    """
    origin = e.Origin.LIVE if post.published_at is not None else e.Origin.IMPORT
    rests_on = [e.Anchor(post=post.id)]
    resting.may_rest(blog, rests_on)
    draft = Draft(title=post.title)
    events = of_post(rows, post.id, draft, doc=post.body, revision=post.revision, by=by, at=post.published_at)
    if not events:
        raise Refused(Refusal("nothing", "None of these rows can be recorded: their words are gone from the post."))

    def act(events: Sequence[e.Event]) -> Receipt:
        def alongside(receipt: Receipt) -> None:
            resting.may_rest(receipt.blog, rests_on)
            remember(receipt.blog, by=by, rows=rows)

        return carry_out(
            blog,
            events,
            by=by,
            to=Verb.PUBLISH,
            name="record_rows",
            about=post.id,
            origin=origin,
            alongside=alongside,
        )

    with_rows(act, (), events)


class Why(StrEnum):
    """Why an accepted row was left out."""

    GONE = "gone"  # its words are not in the post any more
    UNPRINTABLE = "unprintable"  # it holds a character that cannot be printed
    ERASED = "erased"  # it says a name that was erased
    REFUSED = "refused"  # the ledger says so already, or the rules do not allow it


def left_out(blog: int, rows: Sequence[AnyAccepted], post: PostState) -> list[Why]:
    """Return the reason for each accepted row of a post that is not in the ledger now."""
    return [why for row in rows if (why := _why(blog, row, post)) is not None]


def _why(blog: int, row: AnyAccepted, post: PostState) -> Why | None:
    made, _stale = accepted.events([row], views.of_post(post, number=1), secret=secret())
    if not made:
        return Why.GONE
    wanted = {event.subject for event in made}
    states = read.subjects(blog, wanted)
    if len(states) == len(wanted) and all(state.visible for state in states.values()):
        return None
    if any(map(forbidden, (*_says(row), row.name))):
        return Why.UNPRINTABLE
    return Why.ERASED if ErasedNames().among(_says(row)) else Why.REFUSED


def remember(blog: int, *, by: Actor, rows: Sequence[AnyAccepted]) -> None:
    """Remember that suggested rows were accepted, and learn the outlets that people wrote into them."""
    if isinstance(by, User):
        lists.teach(rows, blog=blog, by=by.pk)
        choose(blog, by, {row.words for row in rows if row.words}, Choice.What.ACCEPTED)


def reject(blog: int, *, by: User, words: str) -> None:
    """Remember that a suggestion was rejected, so that it is not made again on this live blog."""
    permit(by, blog, Verb.PUBLISH)
    choose(blog, by, {words}, Choice.What.REJECTED)


def reconsider(blog: int, *, by: User, words: str) -> None:
    """Allow a rejected suggestion again."""
    permit(by, blog, Verb.PUBLISH)
    take_back(blog, words, Choice.What.REJECTED)


def forget_outlet(number: int, *, by: User) -> None:
    """Forget a learned outlet. Everybody who may open live blogs may do this."""
    gate.check_may_open(by)
    LearnedOutlet.objects.filter(pk=number).delete()
