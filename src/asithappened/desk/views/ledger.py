"""The ledger beside the timeline: its tab, its page with a search over all rows, its sections of the handover sheet.

Owns which lists there are (`LISTS`). Look next: `ledger_lines` for what a line says, `ledger_rows` for the forms.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk.forms.ledger_words import STATUSES
from asithappened.desk.handing_over import Row, Section, Shift
from asithappened.desk.tabs import Tab, Waiting
from asithappened.desk.views import ledger_lines as lines
from asithappened.desk.views.asking import grant_for, page, signed_in
from asithappened.desk.views.correcting import found_in
from asithappened.log import models

SHOWN: Final = 100  # lines of a list; the rest is found by the search on the page
_PAGE: Final = 50


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list of the tab. `template`: of its content, given `rows`; `none`: the sentence where there are no rows."""

    name: str
    label: Any
    rows: Callable[[Grant, User], Sequence[Any]]
    none: Any
    template: str = "desk/parts/ledger_lines.html"


LISTS: Final[tuple[Listed, ...]] = (
    Listed(
        name="motion",
        label=_("In motion"),
        rows=lambda grant, user: lines.in_motion(grant.id),
        none=_(
            "No figure moves. Record one that will, such as how many homes have no power, and readers see how it moved."
        ),
    ),
    Listed(
        name="unverified",
        label=_("Unverified"),
        rows=lambda grant, user: lines.unverified(grant.id),
        none=_(
            "Nothing waits to be verified. Record who said what: it waits here until you know more, the oldest first."
        ),
    ),
    Listed(
        name="stale",
        label=_("Stale"),
        rows=lambda grant, user: found_in(grant)["found"],
        template="desk/parts/stale_lines.html",
        none=_(
            "Nothing says an old thing. After a figure was revised or corrected, what still says the old one is here."
        ),
    ),
)


@require_safe
@signed_in
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all rows, or those that match words, source and status."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    asked = {name: request.GET.get(name, "")[:120].strip() for name in ("q", "source", "status")}
    found = lines.found(grant.id, words=asked["q"], source=asked["source"], status=asked["status"])
    shown = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    statuses = [*STATUSES.items(), ("removed", _("Taken back"))]
    context = page(grant, asked=asked, found=shown, rows=shown.object_list, statuses=statuses, whole=True)
    return render(request, "desk/ledger.html", context)


def _panel(grant: Grant, user: User) -> Mapping[str, Any]:
    listed = [(one, list(one.rows(grant, user))) for one in LISTS]
    return {
        "lists": [{"list": one, "rows": rows[:SHOWN], "more": len(rows) - SHOWN} for one, rows in listed],
        "everything": lines.found(grant.id)[:SHOWN],
        "statuses": list(STATUSES.items()),
    }


TAB: Final = Tab(
    name="ledger",
    label=_("Ledger"),
    key="l",
    may=Verb.PUBLISH,
    waiting=lambda grant, user: Waiting(
        models.Subject, "blog_id = %s AND about = %s AND open", (grant.id, e.STATEMENT)
    ),
    mark=lambda grant, user: Waiting(models.Subject, "blog_id = %s", (grant.id,), what="COALESCE(MAX(seq), 0)"),
    template="desk/tabs/ledger.html",
    context=_panel,
)


def _row(shift: Shift, one: lines.Line) -> Row:
    """Return a line as a row of the handover sheet."""
    more = " · ".join(filter(None, (one.label, one.was and f"← {one.was}")))
    return Row(text=one.text, who=one.source, at=one.at, more=more, href=at(shift.grant, one.about, one.id))


def at(grant: Grant, about: str, id_: str) -> str:
    """Return the address of a row of the ledger at the desk."""
    if about not in {e.STATEMENT, e.SERIES}:
        return reverse("desk:ledger", args=[grant.state.slug])
    return reverse(f"desk:{about}", args=[grant.state.slug, id_])


_UNCHECKED: Final = frozenset((e.Verification.UNCHECKED, e.Verification.CHECKING))


def _open_of(shift: Shift, *, unchecked: bool) -> list[Row]:
    return [_row(shift, one) for one in lines.unverified(shift.grant.id) if (one.status in _UNCHECKED) is unchecked]


SECTIONS: Final = (
    Section(
        name="unverified",
        label=_("Unverified statements"),
        told=lambda shift: _open_of(shift, unchecked=True),
        none=_("Nothing waits to be verified."),
    ),
    Section(name="statements", label=_("Open statements"), told=lambda shift: _open_of(shift, unchecked=False)),
    Section(
        name="motion",
        label=_("Figures and states in motion"),
        told=lambda shift: [_row(shift, one) for one in lines.in_motion(shift.grant.id)],
        none=_("No figure moves."),
    ),
    Section(
        name="stale",
        label=_("Stale"),
        told=lambda shift: [
            Row(
                text=f"{one['before']}{one['exact']}{one['after']}",
                who=one["where"],
                more=f"→ {one['stands']}",
                href=one["href"],
            )
            for one in found_in(shift.grant)["found"]
        ],
    ),
)
