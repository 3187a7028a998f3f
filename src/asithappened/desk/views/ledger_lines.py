"""A row of the ledger as the desk lists it: one sentence, status, source, since when, and the posts that it rests on.

Owns that sentence, and which rows a list holds. Look next: `ledger` for the tab and the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils import formats
from django.utils.translation import gettext as _

from asithappened.core import events as e
from asithappened.core.ledger_state import Correction, Row, Series, SeriesValue, Statement
from asithappened.core.searching import searchable
from asithappened.desk.actions.resting import subject
from asithappened.desk.forms.ledger_words import MODIFIERS, STATUSES
from asithappened.ledger import anchors, views
from asithappened.log import read

_BADGES: Final = {
    e.Verification.VERIFIED: "good",
    e.Verification.CORROBORATED: "good",
    e.Verification.DISPUTED: "warn",
    e.Verification.FALSE: "warn",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the ledger. `at`: since when it has its present value or status; `was`: the former value of a series.

    `stale`: the words that it rests on are in no post any more.
    """

    about: str
    id: str
    text: str
    source: str
    status: str
    label: str
    badge: str
    at: datetime | None
    posts: tuple[str, ...]
    was: str = ""
    removed: bool = False
    words: str = ""
    stale: bool = False

    @property
    def is_statement(self) -> bool:
        """Whether it is a statement; only statements are verified."""
        return self.about == e.STATEMENT


def in_motion(blog: int) -> list[Line]:
    """Return the series, the one that moved last first."""
    return _marked(blog, [row for row in _newest(read.rows(blog, e.SERIES)) if row.visible])


def unverified(blog: int) -> list[Line]:
    """Return the statements that are not verified yet, the oldest first."""
    rows = [row for row in read.rows(blog, e.STATEMENT) if isinstance(row, Statement) and row.open]
    return _marked(blog, sorted(rows, key=lambda row: row.first_seq))


def _marked(blog: int, rows: Iterable[Row]) -> list[Line]:
    """Return lines; those whose words are gone from every post that they rest on are marked as stale."""
    resting = [(row, [one for one in anchors_of(row) if one.exact]) for row in rows]
    ids = {one.post for _, quoted in resting for one in quoted}
    texts = {id_: views.of_post(post, number=1) for id_, post in read.posts_by_id(blog, sorted(ids)).items()}
    lines = []
    for row, quoted in resting:
        found = any(one.post in texts and anchors.find(one, texts[one.post]) for one in quoted)
        lines.append(replace(line(row), stale=bool(quoted) and not found))
    return lines


def anchors_of(row: Row) -> tuple[e.Anchor, ...]:
    """Return where a row rests; a series rests on the words that say its newest value."""
    if isinstance(row, Statement):
        return row.anchors
    return row.newest.anchors if isinstance(row, Series) and row.newest is not None else ()


def found(blog: int, *, words: str = "", source: str = "", status: str = "") -> list[Line]:
    """Return every row that readers have or had and that matches words, source and status; the newest first.

    `status`: a statement's status, or "removed".
    """
    rows = [row for about in e.LEDGER for row in read.rows(blog, about) if not row.erased]
    lines = [line(row) for row in _newest(rows)]
    wanted, of = searchable(words), searchable(source)
    return [
        one
        for one in lines
        if (one.removed if status == "removed" else not one.removed)
        and (status in {"", "removed"} or one.status == status)
        and wanted in one.words
        and of in searchable(one.source)
    ]


def _newest(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.last_seq, reverse=True)


def line(row: Row) -> Line:
    """Return a row as it is listed."""
    match row:
        case Statement():
            return _line(
                row,
                text=row.text,
                by=row.by,
                at=row.stated_at or row.at,
                status=row.status.value,
                label=str(STATUSES[row.status]),
                badge=_BADGES.get(row.status, ""),
                posts=[one.post for one in row.anchors],
            )
        case Series():
            now, before = row.newest, row.values[-2] if len(row.values) > 1 else None
            return _line(
                row,
                text=f"{row.label}: {value(row, now)}" if now else row.label,
                by=now.by if now else None,
                at=now.since if now else row.at,
                was=value(row, before) if before else "",
                posts=[one.post for said in row.values for one in said.anchors],
            )
        case Correction():
            text, posts = f"{row.was} → {row.now or row.why}", [row.post] if row.post else []
            return _line(row, text=text, by=None, at=row.corrected_at, label=_("Correction"), posts=posts)


def _line(
    row: Row,
    *,
    text: str,
    by: e.SaidBy | None,
    at: datetime | None,
    posts: Iterable[str],
    status: str = "",
    label: str = "",
    badge: str = "",
    was: str = "",
) -> Line:
    of, source = subject(row), by.name if by else ""
    return Line(
        about=of.about,
        id=of.id,
        text=text,
        source=source,
        status=status,
        label=label,
        badge=badge,
        at=at,
        posts=tuple(dict.fromkeys(posts)),
        was=was,
        removed=row.removed,
        words=searchable(f"{text} {was} {source}"),
    )


def value(series: Series, one: SeriesValue) -> str:
    """Return a value of a series as people say it."""
    if series.of == "state":
        return one.words
    if one.low is not None and one.high is not None and one.low != one.high:
        said = f"{number(one.low)}–{number(one.high)}"
    else:
        said = number(one.value or 0)
    said = _("{figure}%").format(figure=said) if series.figure == "percent" else f"{said} {series.unit}".rstrip()
    return f"{MODIFIERS[one.modifier]} {said}" if one.modifier else said


def number(figure: float) -> str:
    """Return a figure with separated thousands, in the language of the page."""
    exact: Any = int(figure) if figure == int(figure) else figure
    return str(formats.number_format(exact, use_l10n=True, force_grouping=True))
