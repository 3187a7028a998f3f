"""The follower of the log that keeps the archive. What is taken back is removed before the follower runs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from asithappened.core.state import BlogState, Status
from asithappened.front import cards
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.assets import url
from asithappened.published.documents import EntryBytes
from asithappened.published.listing import Layout
from asithappened.render import calendar, house_lists
from asithappened.render.edition import edition_of
from asithappened.render.fingerprint import fingerprint

NAME: Final = "archive"
MOST_DAYS: Final = 31  # of one live blog: one that runs for longer is listed only on its first 31 days


def version() -> str:
    """Return the version of the code that renders it."""
    return f"{fingerprint()} {url(house_lists.STYLE)}"


def begin() -> None:
    """Create the list of years."""
    documents.put(calendar.ARCHIVE, layout=calendar.years())


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a function that writes a live blog's entries on its days, months and years, and removes all others."""
    anew = facts.anew
    state = read.blog(blog)
    days = days_of(state) if state.listed else []
    layouts: dict[str, Callable[[], Layout]] = {}
    told: dict[str, list[EntryBytes]] = {}
    if days:
        title, rank = calendar.title(state), cards.rank(state)
        card = EntryBytes(section=0, **cards.card(blog, state)._asdict())
        told[calendar.ARCHIVE] = [
            EntryBytes(section=0, rank=year, data=calendar.year_entry(year)) for year in {day.year for day in days}
        ]
        for day in days:
            layouts |= calendar.layouts(day)
            told[calendar.day_path(day)] = [card]
            told.setdefault(calendar.month_path(day), []).append(EntryBytes(section=day.day - 1, rank=rank, data=title))
            told[calendar.year_path(day)] = []
        for month in {(day.year, day.month) for day in days}:
            first = date(*month, 1)
            told[calendar.year_path(first)].append(EntryBytes(section=first.month - 1, rank=rank, data=title))

    def write() -> None:
        for path in sorted(layouts if anew else documents.missing(layouts)):
            documents.put(path, layout=layouts[path]())
        documents.put_entries_below(calendar.ARCHIVE, blog, told)

    return write


def days_of(blog: BlogState) -> list[date]:
    """Return the days on which a live blog ran, in its own zone; none if that is unknown."""
    if blog.opened_at is None:
        return []
    ended = blog.closed_at if blog.status is Status.CLOSED else blog.updated_at
    zone = edition_of(blog).tz
    first = blog.opened_at.astimezone(zone).date()
    last = (ended or blog.opened_at).astimezone(zone).date()
    return [first + timedelta(days=n) for n in range(min(max(0, (last - first).days) + 1, MOST_DAYS))]
