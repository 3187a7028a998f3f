"""Renders each row of the ledger: its entry in the list, and the body of its own page.

A row that is not readable has no entry; its own page then says that it was withdrawn, without its words.
Look next: `standing` for a row's section, `row_head` for the <head> of its page, `claims` for its structured data.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final, assert_never

from django.utils.translation import ngettext
from msgspec import Struct

from asithappened.core.ledger_events import SERIES, STATEMENT, Verification
from asithappened.core.ledger_state import Correction, Row, Series, SeriesValue, Statement
from asithappened.core.standing import readable, standing
from asithappened.published.layout import source_key
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition, comma
from asithappened.render.engine import fill
from asithappened.render.furniture import ours
from asithappened.render.ledger import chart, chips, figures, phrases
from asithappened.render.ledger.panel import digits, since, since_or_was
from asithappened.render.ledger.phrases import phrase
from asithappened.render.ledger.standing import in_words, sources
from asithappened.render.times import moment
from asithappened.render.wording import gettext as _
from asithappened.render.wording import pgettext

LISTED_VALUES: Final = 6  # in the list: the newest
OWN_VALUES: Final = 200  # on a series' own page: the newest


class RowHtml(Struct, frozen=True, kw_only=True):
    entry: str
    page: str


def row_html(edition: Edition, row: Row) -> RowHtml:
    """Return a row's HTML. Call inside `edition.speaking()`."""
    if not readable(row):
        return RowHtml(entry="", page=str(fill("withdrawn_row.html", edition, {"row": row})))
    match row:
        case Statement():
            entry = _statement(edition, row)
            return RowHtml(entry=entry, page=entry + _assessments(edition, row))
        case Series():
            return _series(edition, row)
        case Correction():
            return RowHtml(entry=correction_entry(edition, row), page="")
        case _:
            assert_never(row)


def source_of(row: Row) -> str:
    """Return the name of a row's source, for a series of its newest value; "" if there is none."""
    if isinstance(row, Correction):
        return ""
    said = row if isinstance(row, Statement) else row.newest
    return said.by.name if said and said.by else ""


@lru_cache(maxsize=256)  # most of ten rows published with a post have one source
def source_link(edition: Edition, name: str) -> str:
    """Return the link to a source's rows."""
    return f'<a href="{edition.source_path(source_key(name))}">{phrases.foreign(name, edition)}</a>' if name else ""


def _statement(edition: Edition, row: Statement) -> str:
    stands = standing(row)
    word, path = ours(in_words(stands), edition), edition.row_path(STATEMENT, row.id)
    text = escape(row.text) if row.quote != "direct" else phrases.quoted(row.text, edition)
    linked = f'<a href="{path}"{dir_of(row.text, edition.dir)}>{text}</a>'
    # The line already names a single source.
    counted = row.status in (Verification.CORROBORATED, Verification.SUPERSEDED)
    source = phrases.joined(
        (
            phrases.provenance(row, edition),
            str(ours(sources(row), edition)) if counted else "",
            phrases.updates(row.anchors, edition),
        )
    )
    return _row(
        f"{STATEMENT}-{row.id}",
        f'<b class="standing" data-standing="{stands}">{word}</b> {linked}',
        source,
        chips.note(row, edition),
        _more(edition, row),
    )


def _row(id_: str, title: str, source: str, *others: str) -> str:
    source = f'<p class="row-from">{source}</p>' if source else ""
    return f'<article class="row" id="{id_}"><p class="row-title">{title}</p>{source}{"".join(others)}</article>'


def _more(edition: Edition, row: Statement | Series) -> str:
    """Return the link to the live blog that a row was carried over from."""
    if row.carried_from is None:
        return ""
    about = STATEMENT if isinstance(row, Statement) else SERIES
    there = f"/live/{row.carried_from.slug}/known/{about}/{row.id}/"
    title = f'<a href="{there}">{phrases.foreign(row.carried_from.title, edition)}</a>'
    before = phrase(_("Before: %(live_blog)s"), edition, live_blog=title)
    return f'<p class="row-more">{before}</p>'


def _assessments(edition: Edition, row: Statement) -> str:
    if not row.assessments:
        return ""
    title = ours(_("What we did"), edition)
    items = []
    for one in reversed(row.assessments):
        word, when = ours(_assessed(one.status), edition), phrases.clock(one.at, edition)
        note = f" <span{dir_of(one.note, edition.dir)}>{escape(one.note)}</span>" if one.note else ""
        items.append(f"<li><b>{word}</b>{' ' + when if when else ''}{note}</li>")
    return f'<section class="row-history"><h2>{title}</h2><ol>{"".join(items)}</ol></section>'


def _assessed(status: Verification) -> str:
    return {
        Verification.UNCHECKED: _("Not checked yet"),
        Verification.CHECKING: _("Being checked"),
        Verification.CORROBORATED: _("More than one source says so"),
        Verification.VERIFIED: _("Confirmed by us"),
        Verification.DISPUTED: _("Disputed"),
        Verification.FALSE: _("False"),
        Verification.UNABLE_TO_VERIFY: _("Could not be verified"),
        Verification.SUPERSEDED: _("Superseded"),
        Verification.WITHDRAWN: _("Withdrawn by its source"),
    }[status]


def _series(edition: Edition, row: Series) -> RowHtml:
    stands = phrases.foreign(figures.stands(row, edition), edition)
    path, places = edition.row_path(SERIES, row.id), _places(edition, row)
    label = f'<a href="{path}"{dir_of(row.label, edition.dir)}>{escape(row.label)}</a>'
    now = row.newest
    if now is None:
        own = _row(f"{SERIES}-{row.id}", label, places, _more(edition, row))
        return RowHtml(entry="", page=own)
    about = phrases.joined(
        (
            since(now, edition),
            phrases.named(now.by, edition) if now.by else "",
            since_or_was(row, edition, now.since) if row.superseded else "",
            places,
            _update(edition, now, row),
        )
    )
    newest = row.values[: -OWN_VALUES - 1 : -1]
    # A day is printed only where it changes.
    lines = [_line(edition, row, one, after) for one, after in zip(newest, (None, *newest), strict=False)]
    title, id_, more = f"{label} <b>{stands}</b>", f"{SERIES}-{row.id}", _more(edition, row)
    table = _table(edition, row, lines[:LISTED_VALUES], path)
    of_all = _table(edition, row, lines, "") if len(row.values) > LISTED_VALUES else table
    listed = _row(id_, title + chart.spark(row), about, table, more)
    own = _row(id_, title, about, chart.chart(row), of_all, more)
    return RowHtml(entry=listed, page=own)


def _places(edition: Edition, row: Series) -> str:
    """Return a series' places that its label does not contain."""
    places = (phrases.foreign(place, edition) for place in row.places if place not in row.label)
    return comma(edition.language).join(places)


def _update(edition: Edition, now: SeriesValue, row: Series) -> str:
    """Return the link to the post of a series without a table."""
    return phrases.updates(now.anchors, edition) if len(row.values) == 1 else ""


def _table(edition: Edition, row: Series, lines: Sequence[str], path: str) -> str:
    """Return a series' values as a table, newest first; `path`: of the page with all of them, if some are left out."""
    if len(row.values) < 2:
        return ""
    said = pgettext("of a series", "Figure") if row.of == "figure" else _("State")
    heads = [_("When"), said, *([_("Source")] if _is_sourced(row) else [])]
    head = "".join(f'<th scope="col">{ours(words, edition)}</th>' for words in heads)
    left = ""
    if len(lines) < len(row.values):
        count = len(row.values)
        words = ngettext("%(n)s value in all", "%(n)s values in all", count) % {"n": digits(count, edition)}
        left = (
            f'<p class="row-more"><a href="{path}">{ours(words, edition)}</a></p>'
            if path
            else f"<p>{ours(words, edition)}</p>"
        )
    return (
        f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>{left}'
    )


def _line(edition: Edition, row: Series, value: SeriesValue, after: SeriesValue | None) -> str:
    when = phrases.clock(value.since, edition, beside=after.since if after else None) or str(
        ours(_("Time unknown"), edition)
    )
    if value.anchors:
        post = value.anchors[0].post
        when = f'<a href="{edition.post_path(post)}" data-post="{post}">{when}</a>'
    said = phrases.foreign(figures.printed(row, value, edition), edition)
    by = f"<td>{phrases.named(value.by, edition) if value.by else ''}</td>" if _is_sourced(row) else ""
    return f"<tr><td>{when}</td><td>{said}</td>{by}</tr>"


def _is_sourced(row: Series) -> bool:
    return any(value.by for value in row.values)


def correction_entry(edition: Edition, row: Correction) -> str:
    """Return a correction's entry in the list: was, now, why, when and where."""
    when = moment(row.corrected_at, edition)
    title = phrases.joined((phrases.time_of(when, edition, when.full) if when else "", _where(edition, row)))
    told = (
        (pgettext("of a correction", "Was"), row.was),
        (pgettext("of a correction", "Now"), row.now),
        (pgettext("of a correction", "Why"), row.why),
    )
    lines = "".join(
        f"<div><dt>{ours(words, edition)}</dt><dd{dir_of(text, edition.dir)}>{escape(text)}</dd></div>"
        for words, text in told
        if text
    )
    return f'<article class="row" id="correction-{row.id}"><p class="row-from">{title}</p><dl>{lines}</dl></article>'


def _where(edition: Edition, row: Correction) -> str:
    if row.of == "post":
        words, path = _("In this update"), edition.post_path(row.post)
    else:
        words, path = _("In the headline") if row.of == "headline" else _("In the standfirst"), edition.path
    return f'<a href="{path}">{ours(words, edition)}</a>'
