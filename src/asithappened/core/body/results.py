"""Results of an election, a vote, a count: the block, its ranking, and its form as plain text.

Owns what follows from the figures (`measure`, `ranked`, `leader`), so that page, text and desk say the same. Nothing is
guessed: a figure that is not known is None, and zero is a figure.
"""

from collections.abc import Iterator
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta

from asithappened.core import limits
from asithappened.core.body.attributes import Attrs, Count, Line, Moment, Node, Url

Color: TypeAlias = Literal["", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "grey"]
"""Of a closed list, because each has to be told from the page in light and in dark (reader's results.css)."""
Share = Annotated[float, Meta(ge=0, le=100)]
Measure: TypeAlias = Literal["seats", "share", "votes"]
MEASURES: Final[tuple[Measure, ...]] = ("seats", "share", "votes")
"""By precedence: lines are ranked by the first of these that any line has."""


class ResultAttrs(Attrs, frozen=True, kw_only=True):
    """A line of results: a party or a candidate. `party`: beside a candidate's name.

    `share`: percent. `before`: the measure at the last election. `won`: it is decided that they won.
    """

    name: Line = ""
    party: Line = ""
    color: Color = ""
    seats: Count | None = None
    share: Share | None = None
    votes: Count | None = None
    before: Annotated[float, Meta(ge=0, le=limits.COUNT)] | None = None
    won: bool = False


class Result(Node, tag="result", frozen=True, kw_only=True):
    """A line of results."""

    attrs: ResultAttrs = ResultAttrs()


class ResultsAttrs(Attrs, frozen=True, kw_only=True):
    """`declared` of `total`: how many `units` have been counted. `needed`: how many seats or votes win.

    `called_by`, `called_at`: on whose word somebody has won, and since when. `given`: the lines keep their given order,
    and are not ranked by their figures.
    """

    title: Line = ""
    declared: Count | None = None
    total: Count | None = None
    units: Line = ""
    needed: Count | None = None
    called_by: Line = ""
    called_at: Moment = ""
    source: Line = ""
    url: Url = ""
    given: bool = False


class Results(Node, tag="results", frozen=True, kw_only=True):
    """Results that move as they are counted."""

    content: Annotated[tuple[Result, ...], Meta(min_length=1, max_length=limits.RESULTS)]
    attrs: ResultsAttrs = ResultsAttrs()


def measures(results: Results) -> tuple[Measure, ...]:
    """Return the measures that its lines have, by precedence."""
    return tuple(
        measure for measure in MEASURES if any(getattr(one.attrs, measure) is not None for one in results.content)
    )


def measure(results: Results) -> Measure:
    """Return the measure that its lines are ranked by; votes while there is no figure yet."""
    return next(iter(measures(results)), "votes")


def figure(line: ResultAttrs, of: Measure) -> float | None:
    """Return a line's figure of a measure."""
    found: float | None = getattr(line, of)
    return found


def change(line: ResultAttrs, of: Measure) -> float | None:
    """Return by how much a line's figure differs from before; None where either is not known."""
    now = figure(line, of)
    return None if now is None or line.before is None else round(now - line.before, 2)


def ranked(results: Results) -> tuple[ResultAttrs, ...]:
    """Return the lines in the order in which they are shown; of equal ones the earlier first."""
    lines = tuple(one.attrs for one in results.content)
    if results.attrs.given:
        return lines
    by = measure(results)
    return tuple(sorted(lines, key=lambda line: -_or_least(figure(line, by))))


def leader(results: Results) -> ResultAttrs | None:
    """Return the line that is ahead of every other; None if two are level, all have nothing, or it is decided."""
    if len(results.content) < 2 or any(one.attrs.won for one in results.content):
        return None
    by = measure(results)
    first, second, *_ = sorted((one.attrs for one in results.content), key=lambda line: -_or_least(figure(line, by)))
    return first if _or_least(figure(first, by)) > max(0.0, _or_least(figure(second, by))) else None


def _or_least(found: float | None) -> float:
    return -1.0 if found is None else found


def in_lines(results: Results) -> Iterator[str]:
    """Yield its lines of plain text, a form that is always in English: title, state of the count, a line each."""
    attrs = results.attrs
    if attrs.title:
        yield attrs.title
    said = [counted(attrs)] if counted(attrs) else []
    if attrs.needed is not None:
        said.append(f"{attrs.needed:,} needed")
    if said:
        yield "; ".join(said)
    ahead, by = leader(results), measure(results)
    for line in ranked(results):
        who = f"{line.name} ({line.party})" if line.party else line.name
        figures = [_written(line, one, by) for one in measures(results) if figure(line, one) is not None]
        mark = ["won"] if line.won else ["leads"] if line is ahead else []
        yield f"{who}: {', '.join([*figures, *mark])}" if figures or mark else who
    if attrs.called_by and any(one.attrs.won for one in results.content):
        yield f"Called by {attrs.called_by}" + (f", {attrs.called_at}" if attrs.called_at else "")
    if attrs.source:
        yield f"Source: {attrs.source}"


def counted(attrs: ResultsAttrs) -> str:
    """Return how far the count is in plain English; "" if that is not said."""
    if attrs.declared is None:
        return ""
    of = f" of {attrs.total:,}" if attrs.total is not None else ""
    return " ".join(filter(None, (f"{attrs.declared:,}{of}", attrs.units, "declared")))


def _written(line: ResultAttrs, of: Measure, by: Measure) -> str:
    value = figure(line, of)
    says = f"{value:g} %" if of == "share" else f"{value:,} {of}"
    moved = change(line, of) if of == by else None
    return says if moved is None else f"{says} ({moved:+,g})"
