"""The handover sheet: a tab of the screen, a page to print, and a link that shows it without a sign-in.

Look next: `sheet` for its sections, `actions.handover` for how long a link is valid.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.actions import handover as verbs
from asithappened.desk.forms.handover import SINCE, LinkForm
from asithappened.desk.forms.reading import Fields
from asithappened.desk.handing_over import Shift
from asithappened.desk.tabs import Tab
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.screen import Button, Done, Screen, Shown, press
from asithappened.desk.views.sheet import filled
from asithappened.render.edition import edition_of

LONGEST_SHIFT: Final = timedelta(hours=16)  # a person who signed in before that has stayed signed in overnight
A_SHIFT: Final = timedelta(hours=8)


def began(user: User, since: str = "") -> datetime:
    """Return when a person's shift began: the given hours ago, or at their sign-in, unless that is too long ago."""
    now = timezone.now()
    if since in {value for value, _ in SINCE if value}:
        return now - timedelta(hours=int(since))
    return user.last_login if user.last_login and now - user.last_login < LONGEST_SHIFT else now - A_SHIFT


@flow
def handover(request: HttpRequest, slug: str) -> Screen:
    """Show the sheet, make a link to it, revoke the links."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    here, chosen = reverse("desk:handover", args=[grant.state.slug]), request.GET.get("since", "")

    def make(typed: dict[str, Any]) -> Shown:
        since = began(by, typed["since"])
        token = verbs.make_link(grant.id, by=by, since=since, hours=typed["hours"])
        link = settings.PUBLIC_URL + reverse("desk:handed_over", args=[token])
        return Shown(context={"link": link}, told={"link": link})

    def revoke() -> Done:
        verbs.revoke_links(grant.id, by=by)
        return Done(said=_("No link to this handover shows it any more."), to=here)

    fields = Fields(made=LinkForm, initial={"hours": 24, "since": chosen if chosen in dict(SINCE) else ""})
    return Screen(
        template="desk/handover.html",
        context=lambda: page(grant, chosen=chosen, choices=SINCE, **_sheet(grant, by, chosen)),
        buttons={"link": Button(reads=fields, verb=make), "revoke": press(revoke)},
        back=here,
    )


@require_safe
def handed_over(request: HttpRequest, token: str) -> HttpResponse:
    """Show the sheet to anybody who has the link. A link that is no longer valid shows that, and nothing else."""
    opened = verbs.open_link(token)
    if opened is None:
        answer = render(request, "desk/handed_over.html", {"sheet": None}, status=410)
    else:
        shift = opened.shift
        context = {"blog": shift.grant.state, "edition": edition_of(shift.grant.state), "by": shift.by}
        context |= {"since": shift.since, "until": opened.until, "now": timezone.now(), "sheet": filled(shift)}
        answer = render(request, "desk/handed_over.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"  # whoever learns the address can read the sheet
    return answer


def _sheet(grant: Grant, by: User, chosen: str = "") -> dict[str, Any]:
    shift = Shift(grant=grant, by=by, since=began(by, chosen))
    return {"sheet": filled(shift), "since": shift.since, "now": timezone.now(), "linked": True}


def _panel(grant: Grant, user: User) -> Mapping[str, Any]:
    return _sheet(grant, user)


TAB: Final = Tab(
    name="handover",
    label=gettext_lazy("Handover"),
    key="h",
    may=Verb.PUBLISH,
    waiting=lambda grant, user: None,  # what waits is counted in its own tabs
    template="desk/tabs/handover.html",
    context=_panel,
)
