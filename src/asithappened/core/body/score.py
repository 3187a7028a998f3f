"""The score of a match: the block, and its form as plain text.

Owns the meaning of its clock: a reading, the time of that reading, and whether it runs on from there (`running`). A
page without script shows the reading and its time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

from msgspec import Meta

from asithappened.core.body.attributes import Attrs, Caption, Line, Moment, Node

Goals = Annotated[int, Meta(ge=0, le=99_999)]
Clock = Annotated[str, Meta(max_length=6, pattern=r"^([0-9]{1,3}:[0-5][0-9])?$(?!\n)")]
"""Minutes and seconds, as "67:30"; "" for a score without a clock."""
LONGEST: Final = timedelta(hours=4)  # that a clock runs on: one that nobody stopped must not count through the night


class ScoreAttrs(Attrs, frozen=True, kw_only=True):
    """Two sides and how they stand. `home` stands first. `period`: "Second half", "Full time".

    `clock` is what the clock read at `clock_at`; it runs on since then if `running`. `…_scorers`: one a line.
    """

    title: Line = ""
    home: Line = ""
    away: Line = ""
    home_score: Goals | None = None
    away_score: Goals | None = None
    period: Line = ""
    clock: Clock = ""
    clock_at: Moment = ""
    running: bool = False
    home_scorers: Caption = ""
    away_scorers: Caption = ""


class Score(Node, tag="score", frozen=True, kw_only=True):
    """The score of a match."""

    attrs: ScoreAttrs = ScoreAttrs()


def began(attrs: ScoreAttrs) -> datetime | None:
    """Return when a running clock read zero; None for a stopped clock, or one without a time."""
    if not (attrs.running and attrs.clock and attrs.clock_at):
        return None
    return datetime.fromisoformat(attrs.clock_at) - _duration(attrs.clock)


def reading(attrs: ScoreAttrs, now: datetime) -> str:
    """Return what the clock reads at a moment."""
    since = began(attrs)
    if since is None:
        return attrs.clock
    seconds = int(min(max(now - since, timedelta()), _duration(attrs.clock) + LONGEST).total_seconds())
    return f"{seconds // 60}:{seconds % 60:02}"


def set_to(clock: str, now: datetime) -> dict[str, str]:
    """Return the attributes of a clock that is set now."""
    return {"clock": clock, "clock_at": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if clock else ""}


def _duration(clock: str) -> timedelta:
    minutes, seconds = map(int, clock.split(":"))
    return timedelta(minutes=minutes, seconds=seconds)


def in_lines(score: Score) -> Iterator[str]:
    """Yield its lines of plain text: the title, the score with the clock as it was set, and who scored."""
    attrs = score.attrs
    if attrs.title:
        yield attrs.title
    each = ("" if one is None else f" {one}" for one in (attrs.home_score, attrs.away_score))
    first, second = (f"{name}{goals}" for name, goals in zip((attrs.home, attrs.away), each, strict=True))
    state = ", ".join(filter(None, (attrs.period, attrs.clock)))
    yield f"{first}, {second}" + (f" ({state})" if state else "")
    for name, scorers in ((attrs.home, attrs.home_scorers), (attrs.away, attrs.away_scorers)):
        if scorers:
            yield f"{name}: " + "; ".join(filter(None, scorers.split("\n")))
