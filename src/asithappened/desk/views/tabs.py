"""The tabs beside the timeline: their list, how much waits in each, and the panel of one.

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
    """Return the tabs that a person may see on a live blog."""
    return [tab for tab in TABS if grant.may(tab.may) and tab.there(grant)]


def counts(grant: Grant, user: User) -> dict[str, int]:
    """Return how much waits in each tab, by its name."""
    return count({tab.name: tab.waiting(grant, user) for tab in tabs_for(grant)})


def counts_and_marks(grant: Grant, user: User) -> tuple[dict[str, int], dict[str, int]]:
    """Return how much waits in each tab, and the marks of those that have one, in no more statements than `counts`."""
    tabs = tabs_for(grant)
    marks = {tab.name: mark for tab in tabs if (mark := tab.mark(grant, user)) is not None}
    asked = {tab.name: tab.waiting(grant, user) for tab in tabs} | {
        f"{name} mark": mark for name, mark in marks.items()
    }
    found = count(asked)
    return {tab.name: found[tab.name] for tab in tabs}, {name: found[f"{name} mark"] for name in marks}


def shown(grant: Grant, user: User) -> list[dict[str, Any]]:
    """Return the label, count and key of each tab."""
    waiting = counts(grant, user)
    return [
        {"name": tab.name, "label": tab.label, "key": tab.key, "count": waiting[tab.name]} for tab in tabs_for(grant)
    ]


def chosen(grant: Grant, name: str) -> str:
    """Return the name of the requested tab if this person has it, otherwise of their first tab."""
    names = [tab.name for tab in tabs_for(grant)]
    return name if name in names else names[0]


def panel(request: HttpRequest, grant: Grant, name: str) -> SafeString:
    """Return the panel of a tab as a fragment. Raises Http404 if this person does not have the tab."""
    found = next((one for one in tabs_for(grant) if one.name == name), None)
    if found is None:
        raise Http404
    return render_to_string(found.template, page(grant, **found.context(grant, asker(request))), request)


@require_safe
@signed_in
def tab(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show the panel of one tab to an open screen."""
    return HttpResponse(panel(request, grant_for(request, slug, to=Verb.READ_DESK), name))
