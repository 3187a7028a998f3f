"""Reading the audit: a filter, one page, and the whole of it as CSV.

Owns the filter, reading it from an address, and that a spreadsheet takes no cell of the CSV for a formula.
Never writes: `actions.carry_out` writes the lines. Look next: `views.audit` for who may see them.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from asithappened.desk.act_names import SAID
from asithappened.desk.models import Act
from asithappened.log import read

PAGE: Final = 100
_HOUSE: Final = ("", "UTC")  # address and zone of lines about the house, which have no live blog
_STEP: Final = 1_000  # rows a query of an export, so that no query stays open while a client reads slowly
_WHO: Final = re.compile(r"(?:user-([0-9]{1,18})|program-([\w -]{1,64}))")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMULA: Final = re.compile(r"[\s\x00]*[=+\-@\t\r\n]")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A filter: by actor (`user-12`, `program-replay`), verb, post, and day in the zone."""

    who: str = ""
    verb: str = ""
    post: str = ""
    day: str = ""

    @property
    def query(self) -> str:
        """The filter as the query of an address, which `asked` reads."""
        said = {"who": self.who, "verb": self.verb, "post": self.post, "day": self.day}
        return urlencode({name: value for name, value in said.items() if value})


def asked(query: Mapping[str, str]) -> Asked:
    """Read the filter from the query of an address; invalid values are ignored."""
    who, verb, day = (query.get(name, "") for name in ("who", "verb", "day"))
    return Asked(
        who=who if _WHO.fullmatch(who) else "",
        verb=verb if verb in SAID else "",
        post=query.get("post", "")[:64],
        day=day if _day(day) else "",
    )


def acts(blog: int | None, wanted: Asked, *, zone: str) -> QuerySet[Act]:
    """Return the acts that match, the newest first: of one live blog, or of all (None)."""
    found = Act.objects.select_related("user").order_by("-pk")
    if blog is not None:
        found = found.filter(blog_id=blog)
    if who := _WHO.fullmatch(wanted.who):
        found = found.filter(user_id=int(who[1])) if who[1] else found.filter(user=None, system=who[2])
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.post:
        found = found.filter(about=wanted.post)
    if (day := _day(wanted.day)) is not None:
        begins, ends = (_midnight(day + timedelta(days=more), zone) for more in (0, 1))
        found = found.filter(at__gte=begins, at__lt=ends)
    return found


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        return None
    return day if day is not None and 1900 < day.year < 9000 else None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def people(blog: int | None) -> list[tuple[str, str]]:
    """Return everybody who has done anything: the value for `Asked.who`, and the name."""
    found = Act.objects.all() if blog is None else Act.objects.filter(blog_id=blog)
    rows: Any = found.order_by().values_list("user_id", "user__byline", "user__email", "system").distinct()
    named = {
        f"program-{system}" if user is None else f"user-{user}": byline or email or system
        for user, byline, email, system in rows
    }
    return sorted(named.items(), key=lambda one: one[1].casefold())


COLUMNS: Final = (
    "number", "time_utc", "time_local", "zone", "live_blog", "who", "account", "program", "verb", "what", "about",
    "first_fact", "last_fact",
)  # fmt: skip


def table(found: QuerySet[Act]) -> Iterator[bytes]:
    """Yield acts as CSV in UTF-8 with a byte order mark, the newest first, some hundred lines at a time."""
    blogs: dict[int, tuple[str, str]] = {}
    yield "\ufeff".encode() + _lines([COLUMNS])
    before: int | None = None
    while step := list((found if before is None else found.filter(pk__lt=before))[:_STEP]):
        for blog in {act.blog_id for act in step if act.blog_id} - blogs.keys():
            state = read.blog(blog)
            blogs[blog] = (state.slug, state.zone)
        yield _lines([_row(act, *blogs.get(act.blog_id or 0, _HOUSE)) for act in step])
        before = step[-1].pk


def _row(act: Act, slug: str, zone: str) -> Sequence[Any]:
    local = act.at.astimezone(ZoneInfo(zone))
    return (
        *(act.pk, _written(act.at.astimezone(UTC)), _written(local), zone, slug),
        *(str(act.user or act.system), act.user.email if act.user else "", act.system, act.verb, act.said, act.about),
        *("" if seq is None else seq for seq in (act.first, act.last)),
    )


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _lines(rows: Sequence[Sequence[Any]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([[_cell(value) for value in row] for row in rows])
    return written.getvalue().encode()


def _cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before it makes it text."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
