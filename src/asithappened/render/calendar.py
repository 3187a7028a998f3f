"""The layouts of the archive by day: the years, a year's months, a month's calendar, and a day's live blogs.

Owns their paths and their markup. A calendar is a table, whose weeks begin as usual in its language; a day with live
blogs is a link, labelled with the whole date. Look next: front/archive/consume.py for the entries.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any, Final

from babel.dates import format_date, format_skeleton
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from asithappened.core.state import BlogState
from asithappened.published.listing import Layout
from asithappened.render.edition import Edition
from asithappened.render.engine import fill
from asithappened.render.house_lists import around, house, in_every_language
from asithappened.render.numerals import in_digits

ARCHIVE: Final = "/archive/"
_CARDS: Final = '<ul class="front-closed"><!--slot:entries--></ul>'
_TITLES: Final = "<ul><!--slot:entries--></ul>"


def year_path(day: date) -> str:
    """Return the path of a year's page."""
    return f"{ARCHIVE}{day:%Y}/"


def month_path(day: date) -> str:
    """Return the path of a month's calendar."""
    return f"{ARCHIVE}{day:%Y/%m}/"


def day_path(day: date) -> str:
    """Return the path of a day's live blogs."""
    return f"{ARCHIVE}{day:%Y/%m/%d}/"


def layouts(day: date) -> dict[str, Callable[[], Layout]]:
    """Return functions for the layouts that a day appears in, by path: the day, its year, and the year's months."""
    months = [date(day.year, month, 1) for month in range(1, 13)]
    made: dict[str, Callable[[], Layout]] = {month_path(month): partial(_month, month) for month in months}
    return made | {year_path(day): partial(_year, day.year), day_path(day): partial(_day, day)}


def title(blog: BlogState) -> bytes:
    """Return a live blog's entry in a calendar or a year."""
    direction = Edition(slug=blog.slug, language=blog.language, zone=blog.zone).dir
    return format_html('<li lang="{}" dir="{}">{}</li>', blog.language, direction, blog.title).encode()


def year_entry(year: int) -> bytes:
    """Return a year in the list of them."""
    return f'<li><a href="{year_path(date(year, 1, 1))}">{year}</a></li>'.encode()


@lru_cache(maxsize=1)
def years() -> Layout:
    """Return the layout of the list of years."""

    def made(language: str) -> Layout:
        edition = house(language)
        with edition.speaking():
            whole = str(fill("house/years.html", edition, around()))[:]
        return Layout(whole=whole, sections=('<ul class="front-years"><!--slot:entries--></ul>',), alike=True)

    return in_every_language(made)


@lru_cache(maxsize=64)
def _year(year: int) -> Layout:
    months = [date(year, month, 1) for month in range(1, 13)]

    def made(language: str) -> Layout:
        edition = house(language)
        # Newest first, as on all pages of the house.
        slots = [mark_safe(f"<!--slot:section_{month.month - 1}-->") for month in reversed(months)]  # noqa: S308
        with edition.speaking():
            values = {"year": _printed(str(year), edition), "months": slots, "archive": ARCHIVE}
            whole = str(fill("house/year.html", edition, around() | values))[:]
        names = [f'<a href="{month_path(month)}">{escape(_month_name(month, edition))}</a>' for month in months]
        sections = tuple(f"<section><h2>{name}</h2>{_TITLES}</section>" for name in names)
        return Layout(whole=whole, sections=sections, vacant=("",) * 12)

    return in_every_language(made)


@lru_cache(maxsize=128)
def _month(first: date) -> Layout:
    after = (first + timedelta(days=31)).replace(day=1)
    days = [first + timedelta(days=n) for n in range((after - first).days)]

    def made(language: str) -> Layout:
        edition = house(language)
        begins = edition.locale.first_week_day  # 0 is Monday
        cells: list[Any] = [None] * ((first.weekday() - begins) % 7)
        cells += [mark_safe(f"<!--slot:section_{day.day - 1}-->") for day in days]  # noqa: S308
        cells += [None] * (-len(cells) % 7)
        names = edition.locale.days["stand-alone"]
        order = [(begins + n) % 7 for n in range(7)]
        with edition.speaking():
            values = {
                "title": _month_title(first, edition),
                "year": _printed(str(first.year), edition),
                "year_path": year_path(first),
                "weekdays": [{"long": names["wide"][n], "short": names["abbreviated"][n]} for n in order],
                "weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)],
                "before": _neighbour(first - timedelta(days=1), first, edition),
                "after": _neighbour(after, first, edition),
            }
            whole = str(fill("house/calendar.html", edition, around() | values))[:]
        return Layout(
            whole=whole,
            sections=tuple(_cell(day, edition) for day in days),
            vacant=tuple(f"<td>{_number(day, edition)}</td>" for day in days),
        )

    return in_every_language(made)


def _cell(day: date, edition: Edition) -> str:
    said, number = escape(_full(day, edition)), _number(day, edition)
    return f'<td class="of"><a href="{day_path(day)}" aria-label="{said}">{number}</a>{_TITLES}</td>'


def _neighbour(day: date, of: date, edition: Edition) -> dict[str, str] | None:
    """Return a neighbouring month of the same year; None for another year, which may have no page."""
    return {"path": month_path(day), "name": _month_name(day, edition)} if day.year == of.year else None


@lru_cache(maxsize=128)
def _day(day: date) -> Layout:
    def made(language: str) -> Layout:
        edition = house(language)
        with edition.speaking():
            values = {
                "title": _full(day, edition),
                "year": _printed(str(day.year), edition),
                "year_path": year_path(day),
                "month": _month_name(day, edition),
                "month_path": month_path(day),
            }
            whole = str(fill("house/day.html", edition, around() | values))[:]
        return Layout(whole=whole, sections=(_CARDS,), needed=True)

    return in_every_language(made)


def _full(day: date, edition: Edition) -> str:
    return _printed(format_date(day, "full", locale=edition.locale), edition)


def _month_title(day: date, edition: Edition) -> str:
    return _printed(format_skeleton("yMMMM", day, locale=edition.locale), edition)


def _month_name(day: date, edition: Edition) -> str:
    return str(edition.locale.months["stand-alone"]["wide"][day.month])


def _number(day: date, edition: Edition) -> str:
    return _printed(str(day.day), edition)


def _printed(text: str, edition: Edition) -> str:
    return in_digits(text, edition.locale)
