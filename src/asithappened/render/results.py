"""Renders results of a count: a table, with bars beside its figures, and the leader marked in words.

Colour is never the only information: a line has its name, its figures and its mark in words, and the bars are hidden
from screen readers. Look next: core.body.results for computing leaders and shares, frontend's results.css.
"""

from datetime import datetime
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal, format_percent
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asithappened.core import body as b
from asithappened.core.body import results as r
from asithappened.render.addresses import linked
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition, spoken
from asithappened.render.furniture import ours
from asithappened.render.numerals import in_digits
from asithappened.render.times import moment

_ANY_DECIMALS: Final = "#,##0.##"
_MINUS: Final = "\u2212"


def results(block: b.Results, edition: Edition, *, told: str = "", marks: bool = True) -> str:
    """Return results as a figure with a table. Call inside `edition.speaking()`.

    `told`: an additional line of the caption. `marks`: whether the leader is marked.
    """
    measures, ahead = r.measures(block), r.leader(block) if marks else None
    head = "".join(f'<th scope="col">{ours(_heading(one), edition)}</th>' for one in measures)
    words = _("Name")
    name = f'<th scope="col">{ours(words, edition)}</th>'
    full = _full(block)
    rows = "".join(_row(block, line, edition, full=full, leads=line is ahead) for line in r.ranked(block))
    # As for a wide table (body.py), the box scrolls, so it must be reachable from the keyboard and have a name.
    title = block.attrs.title
    foreign = bool(edition.foreign and not title)
    language, own = (f' lang="{spoken(edition.language)}"', edition.blog_attrs) if foreign else ("", "")
    label = title or _("Results")
    box = f'<div class="table"{language} role="region" tabindex="0" aria-label="{escape(label)}">'
    table = (
        f"<table{own}>{_caption(block, edition, told)}<thead><tr>{name}{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return f'<figure class="results">{box}{table}</div>{_foot(block, edition)}</figure>'


def _heading(measure: r.Measure) -> str:
    match measure:
        case "seats":
            return _("Seats")
        case "share":
            return pgettext("of the votes", "Share")
        case "votes":
            return _("Votes")


def _caption(block: b.Results, edition: Edition, more: str) -> str:
    attrs = block.attrs
    title = f"<strong{dir_of(attrs.title, edition.dir)}>{escape(attrs.title)}</strong>" if attrs.title else ""
    said = [words for words in (_counted(attrs, edition), _needed(attrs, edition), more) if words]
    told = "".join(f'<span class="count">{ours(words, edition)}</span>' for words in said)
    bar = _bar(attrs.declared, attrs.total) if attrs.declared is not None and attrs.total else ""
    return f"<caption>{title}{told}{bar}</caption>" if title or told else ""


def _counted(attrs: b.ResultsAttrs, edition: Edition) -> str:
    if attrs.declared is None:
        return ""
    declared, units = number(attrs.declared, edition), attrs.units
    if attrs.total is None:
        said = _("%(n)s %(units)s declared") if units else _("%(n)s declared")
        return said % {"n": declared, "units": units}
    total = number(attrs.total, edition)
    said = _("%(n)s of %(total)s %(units)s declared") if units else _("%(n)s of %(total)s declared")
    return said % {"n": declared, "total": total, "units": units}


def _needed(attrs: b.ResultsAttrs, edition: Edition) -> str:
    return _("%(n)s needed to win") % {"n": number(attrs.needed, edition)} if attrs.needed is not None else ""


def _full(block: b.Results) -> float:
    """Return the figure of a bar with the whole width: the largest, or the one needed to win if that is larger."""
    by = r.measure(block)
    figures = [r.figure(one.attrs, by) or 0 for one in block.content]
    needed = block.attrs.needed if by == "seats" and block.attrs.needed else 0
    return max(*figures, needed, 0)


def _row(block: b.Results, line: b.ResultAttrs, edition: Edition, *, full: float, leads: bool) -> str:
    by = r.measure(block)
    party = f'<span class="party"><bdi>{escape(line.party)}</bdi></span>' if line.party else ""
    mark = _("Won") if line.won else _("Leads") if leads else ""
    marked = f'<span class="mark">{ours(mark, edition)}</span>' if mark else ""
    color = f' class="in-{line.color}"' if line.color else ""
    name = f'<span class="name"><bdi>{escape(line.name)}</bdi></span>'
    head = f'<th scope="row"{color}>{name} {party} {marked}{_bar(r.figure(line, by), full)}</th>'
    cells = "".join(f"<td>{_cell(line, one, edition, by)}</td>" for one in r.measures(block))
    won = ' class="won"' if line.won else ""
    return f"<tr{won}>{head}{cells}</tr>"


def _cell(line: b.ResultAttrs, measure: r.Measure, edition: Edition, by: r.Measure) -> str:
    value = r.figure(line, measure)
    if value is None:
        return ""
    said = percent(value, edition) if measure == "share" else number(value, edition)
    moved = r.change(line, measure) if measure == by else None
    if moved is None:
        return f"<strong>{escape(said)}</strong>" if measure == by else str(escape(said))
    sign = "+" if moved > 0 else _MINUS if moved < 0 else "±"
    return f'<strong>{escape(said)}</strong> <span class="moved"><bdi>{sign}{number(abs(moved), edition)}</bdi></span>'


def _bar(value: float | None, full: float | None) -> str:
    if not full or value is None:
        return ""
    share = max(0, min(100, round(100 * value / full)))
    return f'<meter min="0" max="100" value="{share}" aria-hidden="true"></meter>'


def _foot(block: b.Results, edition: Edition) -> str:
    attrs, said = block.attrs, []
    if attrs.called_by and any(one.attrs.won for one in block.content):
        at = moment(datetime.fromisoformat(attrs.called_at) if attrs.called_at else None, edition)
        when = f', <time datetime="{at.iso}">{escape(at.clock)}</time>' if at else ""
        words = _("Called by %(who)s") % {"who": attrs.called_by}
        said.append(f"<span>{ours(words, edition)}{when}</span>")
    if attrs.source:
        words = _("Source:")
        source = linked(str(escape(attrs.source)), attrs.url)
        said.append(f"<span>{ours(words, edition)} <bdi>{source}</bdi></span>")
    elif attrs.url:
        said.append(linked(str(ours(_("Source"), edition)), attrs.url))
    return f"<figcaption>{' '.join(said)}</figcaption>" if said else ""


def number(value: float, edition: Edition) -> str:
    """Print a number in the live blog's language, with at most two decimals."""
    return in_digits(
        str(format_decimal(Decimal(str(value)), format=_ANY_DECIMALS, locale=edition.locale)), edition.locale
    )


def percent(value: float, edition: Edition) -> str:
    """Print a share. `value`: in percent."""
    pattern = edition.locale.percent_formats[None].pattern
    exact = pattern.replace("0", "0.##", 1) if "." not in pattern else pattern
    said = format_percent(Decimal(str(value)) / 100, format=exact, locale=edition.locale)
    return in_digits(str(said), edition.locale)
