"""Alerts at the desk: those that wait for an editor, how many devices each goes to, and the last ones that were sent.

Owns the tab and its two buttons. Look next: `actions.alerting`.
"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.alerts import outgoing, subscribing
from asithappened.alerts.consume import suggested
from asithappened.alerts.models import Alert
from asithappened.core.events import Alerting
from asithappened.core.limits import ALERT_CHARS
from asithappened.desk.actions import alerting
from asithappened.desk.forms.blog import OneLine
from asithappened.desk.forms.reading import Fields
from asithappened.desk.tabs import Tab, Waiting
from asithappened.desk.views.asking import asker, called, grant_for, page, signed_in
from asithappened.desk.views.flow import post_only
from asithappened.desk.views.screen import Button, Done, Screen, press
from asithappened.jobs.clock import CLOCK
from asithappened.log import read

_WENT: Final = 10


class Wording(forms.Form):
    """The words of an alert."""

    text = OneLine(label=gettext_lazy("What it says"), max_length=ALERT_CHARS)


@require_safe
@signed_in
def alerts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the alerts on a page of their own, for a browser without script, which has no tabs."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    return render(request, "desk/alerts.html", page(grant, **_shown(grant, asker(request))))


@post_only
def alert(request: HttpRequest, slug: str, number: int) -> Screen:
    """Send a proposed alert, or drop it."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    found = Alert.objects.filter(blog_id=grant.id, pk=number).first()
    if found is None:
        raise Http404
    listed = reverse("desk:alerts", args=[grant.state.slug])

    def send(typed: dict[str, Any]) -> Done:
        alerting.send_alert(found, by=by, text=typed["text"])
        found.refresh_from_db()
        return Done(said=_sent(found.reach), to=listed)

    def drop() -> Done:
        alerting.drop_alert(found, by=by)
        return Done(said=_("Not sent."), to=listed)

    words = Fields(made=Wording, shown=False)
    return Screen(buttons={"send": Button(reads=words, verb=send), "drop": press(drop)}, back=listed)


def _sent(reach: int) -> str:
    if not reach:
        return _("Sent to nobody: no device asked for it.")
    return ngettext("On its way to one device.", "On its way to {n} devices.", reach).format(n=f"{reach:,}")


def _shown(grant: Grant, user: User) -> Mapping[str, Any]:
    waiting = Alert.objects.filter(blog_id=grant.id, state=Alert.State.WAITING, until__gt=CLOCK.now()).order_by("-pk")
    went = Alert.objects.filter(blog_id=grant.id, sent_at__isnull=False).order_by("-sent_at")[:_WENT]
    posts = read.posts_by_id(grant.id, sorted({one.post for one in (*waiting, *went)}))
    rows = [(one, posts[one.post]) for one in waiting if one.post in posts]
    return {
        "proposed": [
            {
                "alert": one,
                "post": post,
                "called": called(grant, post),
                "text": suggested(one, grant.state, post),
                "reach": subscribing.reach(grant.id, post=one.post if one.mends else ""),
            }
            for one, post in rows
            if outgoing.may_go(one, grant.state, post)
        ],
        "went": went,
        "devices": subscribing.reach(grant.id),
        "most": ALERT_CHARS,
        "by_itself": grant.state.alerts is Alerting.BY_ITSELF,
    }


def _waits(grant: Grant, user: User) -> Waiting:
    return Waiting(Alert, "blog_id = %s AND state = 'waiting' AND until > %s", (grant.id, CLOCK.now()))


TAB: Final = Tab(
    name="alerts",
    label=gettext_lazy("Alerts"),
    key="r",
    may=Verb.PUBLISH,
    there=lambda grant: grant.state.alerts is not Alerting.OFF,
    waiting=_waits,
    mark=lambda grant, user: Waiting(Alert, "blog_id = %s", (grant.id,), what="COALESCE(SUM(sent + gone + failed), 0)"),
    template="desk/tabs/alerts.html",
    context=_shown,
)
