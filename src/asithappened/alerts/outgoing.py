"""The life of an alert: proposed, sent or dropped, and the devices that it goes to.

Owns its states. One job for each push service sends it, so that no service waits for another. Look next: `sending`.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from asithappened.alerts import subscribing
from asithappened.alerts.models import Alert, Device, Got, Topic
from asithappened.core.state import BlogState, PostState
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.put import put

WITHDRAWN: Final = "withdrawn"
"""The value of `mends` if the post was withdrawn; otherwise it is a correction's id, a key of the sweep, or ""."""
EVENT_WAITS: Final = timedelta(hours=1)
CORRECTION_WAITS: Final = timedelta(days=1)
"""For how long an alert is proposed, and sent."""


def kind_of(service: str) -> str:
    """Return the kind of the jobs that send through a push service."""
    return f"alerts {service}"[:64]


def propose(blog: int, post: str, *, mends: str = "") -> Alert | None:
    """Propose an alert; None if the same was proposed before, even if it was dropped. In a transaction."""
    now = CLOCK.now()
    until = now + (CORRECTION_WAITS if mends else EVENT_WAITS)
    alert, new = Alert.objects.get_or_create(
        blog_id=blog, post=post, mends=mends, defaults={"made_at": now, "until": until}
    )
    return alert if new else None


def send(alert: Alert, text: str) -> bool:
    """Start sending an alert. Returns False if it was decided before: of two at once, one wins. In a transaction."""
    now = CLOCK.now()
    waiting = Alert.objects.filter(pk=alert.pk, state=Alert.State.WAITING, until__gt=now)
    newest = Topic.objects.aggregate(newest=Max("pk"))["newest"] or 0
    reach = subscribing.reach(alert.blog_id, post=alert.post if alert.mends else "")
    sent = {"state": Alert.State.SENDING, "text": text, "sent_at": now, "upto": newest, "reach": reach}
    if not waiting.update(**sent):
        return False
    for service in settings.PUSH_SERVICES:
        put(kind_of(service.name), key=str(alert.pk), payload={"alert": alert.pk})
    return True


def drop(alert: Alert) -> bool:
    """Drop an alert, and return whether it was still waiting. In a transaction."""
    return bool(Alert.objects.filter(pk=alert.pk, state=Alert.State.WAITING).update(state=Alert.State.DROPPED))


def may_go(alert: Alert, state: BlogState, post: PostState | None) -> bool:
    """Say whether readers may be told: the live blog still offers alerts, and they have the post, or had it."""
    if not state.offers_alerts or post is None:
        return False
    return post.visible is (alert.mends != WITHDRAWN)


def held(blog: int) -> list[Alert]:
    """Return the last alert of each post that devices got, as far as that is stored: the alert or its correction."""
    known = CLOCK.now() - subscribing.KEPT
    went = Alert.objects.filter(blog=blog, sent_at__gte=known, state__in=(Alert.State.SENDING, Alert.State.SENT))
    return list({alert.post: alert for alert in went.order_by("sent_at", "pk")}.values())


def left(alert: Alert) -> QuerySet[Device]:
    """Return the devices that it still goes to: those that asked by then, or for a correction those with the error."""
    if alert.mends:
        had = Got.objects.filter(alert__blog=alert.blog_id, alert__post=alert.post, alert__mends="", taken=True)
        asked = Device.objects.filter(pk__in=had.values("device"))
    else:
        asked = Device.objects.filter(Q(topics__blog=alert.blog_id, topics__pk__lte=alert.upto))
    return asked.exclude(pk__in=Got.objects.filter(alert=alert).values("device"))
