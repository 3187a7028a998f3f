"""Rows of a ledger by hand, and what they say as text."""

import html
import re
from datetime import UTC, datetime
from typing import Any

from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import Assessment, Correction, Series, SeriesValue, Statement


def at(hour: int, minute: int = 0, day: int = 12) -> datetime:
    """Return an instant of the day."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


LUND = le.SaidBy(name="Bo Lund", role="coastguard officer")


def statement(
    text: str = "The sea wall has broken.", *, status: le.Verification | None = None, **more: Any
) -> Statement:
    """Return a statement; `status`: what the newsroom knows of it."""
    known = (Assessment(seq=9, status=status, note=more.pop("note", "")),) if status else ()
    usual: dict[str, Any] = {
        "id": "s1",
        "first_seq": 3,
        "content_seq": 3,
        "last_seq": 3,
        "at": at(15),
        "assessments": known,
    }
    return Statement(**usual | {"text": text, "anchors": anchors("p1")} | more)


def series(*values: SeriesValue, **more: Any) -> Series:
    """Return a series of figures with these values."""
    usual: dict[str, Any] = {"id": "f1", "first_seq": 4, "content_seq": 4, "last_seq": 9, "at": at(18)}
    return Series(**usual | {"label": "Homes without power", "values": values} | more)


def value(figure: float | None = None, seq: int = 5, **more: Any) -> SeriesValue:
    """Return a value of a series."""
    return SeriesValue(seq=seq, value=figure, **more)


def correction(**more: Any) -> Correction:
    """Return a correction of a post."""
    usual: dict[str, Any] = {
        "id": "c1",
        "first_seq": 7,
        "content_seq": 7,
        "last_seq": 7,
        "post": "p1",
        "corrected_at": at(14, 41),
    }
    return Correction(**usual | {"was": "one diver", "now": "two divers"} | more)


def anchors(*posts: str) -> tuple[le.Anchor, ...]:
    """Return places in posts, of which no word is readers' through a row."""
    return tuple(le.Anchor(post=post, exact="words of a post") for post in posts)


def read(fragment: bytes | str) -> str:
    """Return what a fragment says, on one line."""
    text = fragment if isinstance(fragment, str) else fragment.decode()
    quoted = re.sub(r"<q[^>]*>(.*?)</q>", r"“\1”", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(bdi|b|a|time|q)\b[^>]*>", "", quoted))).split())
