"""A poll: the block, and its form as plain text.

Owns what follows from its votes. While it is open the block has none: they are counted beside the log (`polls`).
Closing it writes them into the block, and from then on they are a fact like any other.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from asithappened.core import limits
from asithappened.core.body.attributes import Attrs, Count, Line, Moment, Node
from asithappened.core.body.results import Result, ResultAttrs, Results, ResultsAttrs


class OptionAttrs(Attrs, frozen=True, kw_only=True):
    """`name`: what may be chosen. `votes`: how many chose it, once the poll is closed."""

    name: Line = ""
    votes: Count | None = None


class Option(Node, tag="pollOption", frozen=True, kw_only=True):
    """An option of a poll. Votes are counted by its id."""

    attrs: OptionAttrs = OptionAttrs()


class PollAttrs(Attrs, frozen=True, kw_only=True):
    """What is asked (`title`). `closed`: nobody may vote any more, since `closed_at`."""

    title: Line = ""
    closed: bool = False
    closed_at: Moment = ""


class Poll(Node, tag="poll", frozen=True, kw_only=True):
    """A question with options, one of which a reader chooses."""

    content: Annotated[tuple[Option, ...], Meta(min_length=1, max_length=limits.POLL_OPTIONS)]
    attrs: PollAttrs = PollAttrs()


def counted(poll: Poll, votes: Mapping[str, int]) -> Poll:
    """Return a poll with votes, by the ids of its options."""
    content = (replace(one, attrs=replace(one.attrs, votes=votes.get(one.attrs.id, 0))) for one in poll.content)
    return replace(poll, content=tuple(content))


def uncounted(poll: Poll) -> Poll:
    """Return a poll as it is while readers may vote."""
    content = (replace(one, attrs=replace(one.attrs, votes=None)) for one in poll.content)
    return replace(poll, content=tuple(content), attrs=replace(poll.attrs, closed=False, closed_at=""))


def votes_in(poll: Poll) -> int:
    """Return how many votes it has in all."""
    return sum(one.attrs.votes or 0 for one in poll.content)


def as_results(poll: Poll) -> Results:
    """Return the votes as results, in the order of the options."""
    total = votes_in(poll)
    lines = (
        ResultAttrs(
            id=one.attrs.id,
            name=one.attrs.name,
            share=round(100 * one.attrs.votes / total) if one.attrs.votes is not None and total else None,
            votes=one.attrs.votes,
        )
        for one in poll.content
    )
    content = tuple(Result(attrs=line) for line in lines)
    return Results(attrs=ResultsAttrs(id=poll.attrs.id, title=poll.attrs.title, given=True), content=content)


def in_lines(poll: Poll) -> Iterator[str]:
    """Yield its lines of plain text, a form that is always in English: the question, and a line for each option."""
    if poll.attrs.title:
        yield poll.attrs.title
    for line in as_results(poll).content:
        figures = [f"{line.attrs.share:g} %"] if line.attrs.share is not None else []
        figures += [f"{line.attrs.votes:,} votes"] if line.attrs.votes is not None else []
        yield f"• {line.attrs.name}: {', '.join(figures)}" if figures else f"• {line.attrs.name}"
    if poll.attrs.closed:
        yield f"{votes_in(poll):,} votes; voting is over"
