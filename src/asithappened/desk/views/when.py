"""Times of scheduled posts: reading a typed time, and how pages and programs are told of one.

Owns the question about a time that a change of clocks skips or brings twice. Look next: `forms.moments`.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.core import rules
from asithappened.core.rules import Refusal
from asithappened.desk import actions, refusals
from asithappened.desk.actions import embargoed, scheduling
from asithappened.desk.forms import moments
from asithappened.desk.forms.reading import Problem
from asithappened.desk.models import Scheduled
from asithappened.desk.views.screen import Explanation


class WhichTime(actions.Refused):
    """The typed text is no time, or means two times. `offers`: the times that may be meant."""

    def __init__(self, refusal: Refusal, offers: tuple[datetime, ...] = ()) -> None:
        super().__init__(refusal)
        self.offers = offers


def typed(at: str, zone: str) -> datetime:
    """Return a typed time, read in the zone that the form showed. Raises WhichTime."""
    if not rules.zone_exists(zone):
        raise WhichTime(Refusal("no_time", _("There is no time zone {zone}.").format(zone=zone[:80])))
    try:
        return moments.instant(at, zone)
    except moments.NotOneTime as error:
        said = _SKIPPED if error.skipped else _TWICE
        one, other = (f"{offer:%Y-%m-%d %H:%M}{offer.isoformat()[19:]}" for offer in error.offers)
        local = at.strip().replace("T", " ")
        message = str(said).format(local=local, zone=zone, one=one, other=other)
        raise WhichTime(Refusal(str(error), message), error.offers) from error
    except moments.CannotRead as error:
        raise WhichTime(Refusal("no_time", _("Write the day and the time: 2026-11-26 06:00."))) from error


_SKIPPED = gettext_lazy(
    "There is no {local} in {zone}: the clocks go forward over it. Write {one} or {other}, whichever you mean."
)
_TWICE = gettext_lazy(
    "{local} comes twice in {zone}, as the clocks go back. Write {one} for the first, or {other} for the second."
)


def explain(error: Exception, _value: object = None) -> Explanation | None:
    """Explain at the field of a time what is wrong with it, and which times may be meant."""
    match error:
        case WhichTime(offers=offers):
            problem = Problem(code=error.refusal.code, message=str(error), field="at")
            told = {"offers": [offer.isoformat() for offer in offers]} if offers else {}
            return Explanation(problem=problem, context={"offers": _shown(offers)}, told=told)
        case actions.Refused():
            return _at(error, "past") or _at(error, "future") or _at(error, "too_early")
        case _:
            return None


def _at(error: actions.Refused, code: str) -> Explanation | None:
    if error.refusal.code != code:
        return None
    return Explanation(problem=Problem(code=code, message=refusals.said(error), field="at"))


def _shown(offers: tuple[datetime, ...]) -> list[tuple[str, str]]:
    return [(offer.isoformat(), f"{offer:%H:%M} ({offer.tzname()})") for offer in offers]


def said(at: datetime, zone: str) -> str:
    """Return an instant for a sentence. One with seconds is due very soon, so only its time of day is said."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M} ({zone})" if not local.second else f"{local:%H:%M:%S}"


def written(at: datetime | None, zone: str) -> str:
    """Return an instant in the form that `typed` reads; "" for none."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone))
    said = f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{said}{local.isoformat()[-6:]}" if twice else said


def said_of(row: Scheduled) -> str:
    """Return the time of a scheduled post for a sentence; "" if it has none."""
    return said(row.due_at, row.zone) if row.due_at is not None else ""


def told(row: Scheduled) -> dict[str, Any]:
    """Return the description of a scheduled post for a program."""
    return {
        "scheduled": {
            "number": row.pk,
            "post": row.post,
            "state": "late" if scheduling.late(row) else row.state,
            "due": row.due_at,
            "zone": row.zone,
            "held": row.held,
            "embargo": embargoed.until(row.blog_id, row.post),
            "why": row.why,
            "based_on": row.version,
        }
    }


def words(row: Scheduled) -> dict[str, Any]:
    """Return the words of a scheduled post that was taken back, for the composer."""
    return {
        "words": {
            **msgspec.to_builtins(scheduling.words_of(row)),
            "once": row.once,
            "pin": row.pin,
            "rows": rows if (rows := bytes(row.rows).decode()) != "[]" else "",
        }
    }
