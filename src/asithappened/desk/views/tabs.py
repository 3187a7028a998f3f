"""The tabs beside the timeline: which there are, what waits in each, and a panel at a time.

Look next: `desk.tabs` for what a tab is.
"""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.tabs import Tab, count
from asithappened.desk.views import about_tab, alerting, drafts, handover, ledger, notes, scheduled, submissions
from asithappened.desk.views.asking import asker, grant_for, page, signed_in

TABS: Final[tuple[Tab, ...]] = (
    drafts.TAB,
    submissions.TAB,
    scheduled.SCHEDULED,
    scheduled.PROMISES,
    alerting.TAB,
    ledger.TAB,
    handover.TAB,
    notes.TAB,
    about_tab.TAB,
)


def tabs_for(grant: Grant) -> list[Tab]:
    """Return the tabs that a person has on a live blog."""
    return [tab for tab in TABS if grant.may(tab.may) and tab.there(grant)]


def counts(grant: Grant, user: User) -> dict[str, int]:
    """Return how much waits in each tab, by its name."""
    return count({tab.name: tab.waiting(grant, user) for tab in tabs_for(grant)})


def counts_and_marks(grant: Grant, user: User) -> tuple[dict[str, int], dict[str, int]]:
    """Return how much waits in each tab, and the marks of those that have one, in as few statements as the first."""
    tabs = tabs_for(grant)
    marks = {tab.name: mark for tab in tabs if (mark := tab.mark(grant, user)) is not None}
    asked = {tab.name: tab.waiting(grant, user) for tab in tabs} | {
        f"{name} mark": mark for name, mark in marks.items()
    }
    found = count(asked)
    return {tab.name: found[tab.name] for tab in tabs}, {name: found[f"{name} mark"] for name in marks}


def shown(grant: Grant, user: User) -> list[dict[str, Any]]:
    """Return what the row of tabs shows of each."""
    waiting = counts(grant, user)
    return [
        {"name": tab.name, "label": tab.label, "key": tab.key, "count": waiting[tab.name]} for tab in tabs_for(grant)
    ]


def chosen(grant: Grant, name: str) -> str:
    """Return the name of the tab that is asked for, or of the first that this person has."""
    names = [tab.name for tab in tabs_for(grant)]
    return name if name in names else names[0]


def panel(request: HttpRequest, grant: Grant, name: str) -> SafeString:
    """Return the panel of a tab, a fragment. Raises Http404 for one that this person does not have."""
    found = next((one for one in tabs_for(grant) if one.name == name), None)
    if found is None:
        raise Http404
    return render_to_string(found.template, page(grant, **found.context(grant, asker(request))), request)


@require_safe
@signed_in
def tab(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show the panel of one tab, for the screen that asks for it."""
    return HttpResponse(panel(request, grant_for(request, slug, to=Verb.READ_DESK), name))
