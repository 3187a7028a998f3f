"""Alerts: whether a live blog offers them, and sending or dropping a proposed one.

Owns these verbs. An alert has the words that an editor saw, and is of a post that readers have at that moment. Look
next: `alerts.consume` for what is proposed, `alerts.sending` for how it is sent.
"""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.alerts import outgoing
from asithappened.alerts.models import Alert
from asithappened.core import events as e
from asithappened.core import text as words
from asithappened.core.limits import ALERT_CHARS
from asithappened.core.refusal import Refusal
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Receipt, Refused, carry_out, note
from asithappened.log import read

_DECIDED: Final = Refusal(
    "decided", "Somebody decided on this alert already, or it is too late for it. Nothing was changed."
)

_NOT_TOLD: Final = Refusal(
    "gone", "Readers have no such post, or this live blog offers them no alerts. Nothing was sent."
)


def set_alerts(blog: int, *, by: Actor, mode: e.Alerting) -> Receipt:
    """Set whether readers may have key events sent to their devices, and whether an editor has to send each."""
    return carry_out(blog, [e.AlertsSet(mode=mode)], by=by, to=Verb.OWN, name="set_alerts", about=mode.value)


def send_alert(alert: Alert, *, by: User, text: str) -> None:
    """Send an alert that was proposed, with these words. Of two at once, one is refused."""
    permit(by, alert.blog_id, Verb.PUBLISH)
    said = words.one_line(text)
    if words.blank(said):
        raise Refused(Refusal("empty", _("An alert says something: write what happened.")))
    if len(said) > ALERT_CHARS:
        raise Refused(Refusal("too_long", _("An alert has {most} characters at the most.").format(most=ALERT_CHARS)))
    with transaction.atomic():
        if not outgoing.may_go(alert, read.blog(alert.blog_id), read.post(alert.blog_id, alert.post)):
            raise Refused(_NOT_TOLD)
        if not outgoing.send(alert, said):
            raise Refused(_DECIDED)
        note(alert.blog_id, by=by, name="send_alert", about=alert.post)


def drop_alert(alert: Alert, *, by: User) -> None:
    """Drop a proposed alert: it is not sent."""
    permit(by, alert.blog_id, Verb.PUBLISH)
    with transaction.atomic():
        if not outgoing.drop(alert):
            raise Refused(_DECIDED)
        note(alert.blog_id, by=by, name="drop_alert", about=alert.post)
