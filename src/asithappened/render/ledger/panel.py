"""The ledger's two parts of the page: "What we know", and corrections of headline and standfirst.

Owns the choice of rows: the newest few of each sort, a line each. The ledger's own page has all of them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any, Final

from django.utils.translation import ngettext

from asithappened.core.ledger_events import CORRECTION, SERIES, STATEMENT
from asithappened.core.ledger_state import Correction, Row, Series, SeriesValue, Statement
from asithappened.core.standing import readable, standing
from asithappened.published.layout import SECTIONS
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition, comma, spoken
from asithappened.render.furniture import ours
from asithappened.render.ledger import chart, chips, figures, phrases
from asithappened.render.ledger.phrases import phrase
from asithappened.render.ledger.standing import in_words
from asithappened.render.numerals import in_digits
from asithappened.render.part import Change, View
from asithappened.render.wording import gettext as _
from asithappened.render.wording import pgettext
from asithappened.render.words import shorten

FIGURES: Final = 3
STATES: Final = 2
STATEMENTS: Final = 4
AT_THE_TOP: Final = 3  # corrections of headline and standfirst; all of them are on their page
_LINE_CHARS: Final = 140
_OF_STATEMENTS: Final = tuple(section for section in SECTIONS if section not in ("figure", "state"))


def touches_any(change: Change) -> bool:
    """Return whether an append changes any row."""
    return bool(change.rows)


def touches_corrections(change: Change) -> bool:
    """Return whether an append changes a correction."""
    return any(subject.about == CORRECTION for subject in change.rows)


def corrected(view: View) -> dict[str, bytes]:
    """Return the corrections of headline and standfirst, newest first."""
    edition = view.edition
    rows = [row for row in view.rows(CORRECTION) if isinstance(row, Correction) and readable(row) and row.of != "post"]
    newest = sorted(rows, key=lambda row: row.last_seq, reverse=True)[:AT_THE_TOP]
    notes = "".join(chips.correction_note(edition, row) for row in newest)
    return {"corrected": notes.encode()}


def known(view: View) -> dict[str, bytes]:
    """Return "What we know": a few lines, and a link to the whole ledger."""
    edition, count = view.edition, view.blog.rows
    corrections = count.get(CORRECTION, 0)
    if not any(count.get(section) for section in SECTIONS):
        return {"known": _corrections_alone(corrections, edition).encode()}
    moving, states, statements = view.newest_rows(
        (("figure",), FIGURES), (("state",), STATES), (_OF_STATEMENTS, STATEMENTS)
    )
    as_of = max((row.at for row in (*moving, *states, *statements) if row.at), default=None)
    # A line depends on the day alone of the newest time, so those of rows that stay as they are stay all day.
    day = as_of and as_of.astimezone(edition.tz).replace(hour=12, minute=0, second=0, microsecond=0)
    title = ours(_("What we know"), edition)
    lines = "".join(
        (
            _lines(pgettext("numbers that move", "Figures"), moving, _figure, edition, day),
            _lines(_("States"), states, _state, edition, day),
            _lines(_("Statements"), statements, _statement, edition, day),
        )
    )
    newest = phrases.clock(as_of, edition)
    stamped = phrase(_("as of %(when)s"), edition, when=newest)
    stamp = f'<p class="as-of">{stamped}</p>' if newest else ""
    all_of_it = ours(_("Everything we know"), edition)
    everything = f'<a href="{edition.known_path}">{all_of_it}</a>'
    html = (
        f'<h2 id="known-title">{title}</h2><details class="fold"><summary><b>{title}</b> '
        f"<span>{_counted(count, edition)}</span></summary></details>"
        f'<div class="lines">{stamp}{lines}'
        f'<p class="more">{phrases.joined((everything, _corrections(corrections, edition)))}</p></div>'
    )
    return {"known": html.encode()}


def _counted(count: Mapping[str, int], edition: Edition) -> str:
    statements = sum(count.get(section, 0) for section in _OF_STATEMENTS)
    figures_, states = count.get("figure", 0), count.get("state", 0)
    said = [
        (statements, ngettext("%(n)s statement", "%(n)s statements", statements)),
        (figures_, ngettext("%(n)s figure", "%(n)s figures", figures_)),
    ]
    if not (statements or figures_):
        said.append((states, ngettext("%(n)s state", "%(n)s states", states)))
    words = comma(spoken(edition.language)).join(words % {"n": digits(n, edition)} for n, words in said if n)
    return str(ours(words, edition))


def digits(n: int, edition: Edition) -> str:
    """Return a count in the digits of the interface's words around it."""
    return str(n) if edition.foreign else in_digits(str(n), edition.locale)


def _lines(
    title: str,
    rows: Iterable[Any],
    line: Callable[[Any, Edition, datetime | None], str],
    edition: Edition,
    day: datetime | None,
) -> str:
    items = "".join(f"<li{_moved(row)}>{line(row, edition, day)}</li>" for row in rows)
    return f'<p class="group">{ours(title, edition)}</p><ul>{items}</ul>' if items else ""


def _moved(row: Row) -> str:
    """Return the seq of a figure's or state's newest value, so that the script can show a returning reader changes."""
    return f' data-s="{row.values[-1].seq}"' if isinstance(row, Series) else ""


def label(row: Series, edition: Edition) -> str:
    """Return a series' label as a link to its own page."""
    return f'<a href="{edition.row_path(SERIES, row.id)}"{dir_of(row.label, edition.dir)}>{escape(row.label)}</a>'


@lru_cache(maxsize=64)  # most of them are of rows that an append does not change
def _figure(row: Series, edition: Edition, day: datetime | None) -> str:
    now = row.values[-1]
    about = phrases.joined((since_or_was(row, edition, day), phrases.named(now.by, edition) if now.by else ""))
    words = phrases.foreign(figures.stands(row, edition), edition)
    return f"{label(row, edition)} <b>{words}</b>{chart.spark(row)}{_small(about)}"


def since(value: SeriesValue, edition: Edition, *, beside: datetime | None = None) -> str:
    """Return since when a value holds, or, if that is unknown, since when it is known."""
    when = phrases.clock(value.since, edition, beside=beside)
    words = _("since %(when)s") if value.as_of else _("known since %(when)s")
    return phrase(words, edition, when=when) if when else ""


def since_or_was(row: Series, edition: Edition, beside: datetime | None) -> str:
    """Return a series' former value, or, if there is none, since when its value holds."""
    return was(row, edition, beside=beside) or since(row.values[-1], edition, beside=beside)


def was(row: Series, edition: Edition, *, beside: datetime | None = None) -> str:
    """Return a series' former value and its time; "" if there is none."""
    before = row.superseded
    if not before:
        return ""
    old = phrases.foreign(figures.printed(row, before[-1], edition), edition)
    at = phrases.clock(before[-1].since, edition, beside=beside)
    if not at:
        return phrase(_("was %(value)s"), edition, value=old)
    return phrase(_("was %(value)s at %(when)s"), edition, value=old, when=at)


@lru_cache(maxsize=64)
def _state(row: Series, edition: Edition, day: datetime | None) -> str:
    now = row.values[-1]
    about = phrases.joined((since(now, edition, beside=day), phrases.named(now.by, edition) if now.by else ""))
    words = phrases.foreign(figures.stands(row, edition), edition)
    return f"{label(row, edition)} <b>{words}</b>{_small(about)}"


@lru_cache(maxsize=64)
def _statement(row: Statement, edition: Edition, day: datetime | None) -> str:
    stands, text = standing(row), shorten(row.text, _LINE_CHARS)
    path = edition.row_path(STATEMENT, row.id)
    by = phrases.named(row.by, edition) if row.by else str(ours(_("source not named"), edition))
    at = phrases.clock(row.stated_at, edition, beside=day)
    return (
        f'<b class="standing" data-standing="{stands}">{ours(in_words(stands), edition)}</b> '
        f'<a href="{path}"{dir_of(text, edition.dir)}>{escape(text)}</a>{_small(phrases.joined((by, at)))}'
    )


def _small(html: str) -> str:
    return f" <small>{html}</small>" if html else ""


def _corrections(count: int, edition: Edition) -> str:
    if not count:
        return ""
    words = ngettext("%(n)s correction", "%(n)s corrections", count) % {"n": digits(count, edition)}
    return f'<a href="{edition.corrections_path}">{ours(words, edition)}</a>'


def _corrections_alone(count: int, edition: Edition) -> str:
    return f'<p class="more">{_corrections(count, edition)}</p>' if count else ""
