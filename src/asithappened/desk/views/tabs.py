"""The tabs beside the timeline: which there are, what waits in each, and a panel at a time.

Look next: `desk.tabs` for what a tab is.
"""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.tabs import Tab
from asithappened.desk.views import handover, notes, submissions
from asithappened.desk.views.asking import asker, grant_for, page, signed_in

TABS: Final[tuple[Tab, ...]] = (submissions.TAB, handover.TAB, notes.TAB)


def tabs_for(grant: Grant) -> list[Tab]:
    """Return the tabs that a person has on a live blog."""
    return [tab for tab in TABS if grant.may(tab.may)]


def counts(grant: Grant, user: User) -> dict[str, int]:
    """Return how much waits in each tab, by its name."""
    return {tab.name: tab.count(grant, user) for tab in tabs_for(grant)}


def shown(grant: Grant, user: User) -> list[dict[str, Any]]:
    """Return what the row of tabs shows of each."""
    waiting = counts(grant, user)
    return [
        {"name": tab.name, "label": tab.label, "key": tab.key, "count": waiting[tab.name]} for tab in tabs_for(grant)
    ]


@require_safe
@signed_in
def tab(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show the panel of one tab: a fragment, for the screen that asks for it."""
    grant = grant_for(request, slug, to=Verb.READ_DESK)
    found = next((one for one in tabs_for(grant) if one.name == name), None)
    if found is None:
        raise Http404
    return render(request, found.template, page(grant, **found.context(grant, asker(request))))
