"""A live blog that offers alerts, and phones that asked for them."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asithappened import press
from asithappened.alerts import consume, outgoing, sending, subscribing
from asithappened.alerts.models import Alert
from asithappened.alerts.subscribing import Subscription
from asithappened.core import body
from asithappened.core import events as e
from asithappened.jobs.models import Job
from asithappened.jobs.work import Given
from asithappened.log import follow
from tests.alerts.phones import Phone, PushService


def opened(slug: str = "storm", *, mode: e.Alerting = e.Alerting.ASKED, **more: Any) -> int:
    """Open a live blog for everyone that offers alerts."""
    about = {"title": "Storm Isolde", "audience": e.Audience.EVERYONE} | more
    offers = [] if mode is e.Alerting.OFF else [e.AlertsSet(mode=mode)]
    return press.publish(None, [e.BlogOpened(slug=slug, **about), *offers]).blog


def happened(blog: int, post: str, title: str = "The dyke has broken", **more: Any) -> None:
    """Have a key event be published, and followed."""
    origin = more.pop("origin", e.Origin.LIVE)
    said: dict[str, Any] = {"kind": e.PostKind.KEY_EVENT, "published_at": datetime.now(UTC)} | more
    doc = body.with_ids(body.Doc(content=(body.paragraph("Water stands in the streets."),)), seed=post)
    press.publish(blog, [e.PostPublished(post=post, title=title, body=doc, **said)], origin=origin)
    follow.catch_up(consume)


def publish(blog: int, *events: e.Event, **more: Any) -> None:
    """Have something else happen, and be followed."""
    press.publish(blog, list(events), **more)
    follow.catch_up(consume)


def alert(post: str, mends: str = "") -> Alert:
    return Alert.objects.get(post=post, mends=mends)


def waiting() -> list[tuple[str, str]]:
    """Return the alerts that wait for an editor: of which post, and what they mend."""
    return list(Alert.objects.filter(state=Alert.State.WAITING).order_by("pk").values_list("post", "mends"))


def subscribed(service: PushService, blog: int, *names: str) -> dict[str, Phone]:
    """Have phones get a live blog's alerts."""
    phones = {name: Phone() for name in names}
    for name, phone in phones.items():
        endpoint = service.subscription(phone, name)["endpoint"]
        subscribing.subscribe(blog, Subscription(endpoint=endpoint, p256dh=phone.p256dh, auth=phone.auth))
    return phones


def sent(alert: Alert, text: str = "The dyke has broken") -> Alert:
    """Send an alert, and do the jobs that are due for it."""
    assert outgoing.send(alert, text)
    work()
    alert.refresh_from_db()
    return alert


def lanes() -> list[int]:
    """Return the process ids of the lanes that send: children of any thread of this process."""
    pids: list[str] = []
    for children in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread of the push service that has just ended
            pids += children.read_text().split()
    return [int(pid) for pid in pids if b"asithappened.alerts.lane_child" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def work() -> None:
    """Do the jobs of alerts that wait, each once, whenever they are due; those that they put wait on."""
    kinds = {kind.name: kind for kind in sending.kinds()}
    for job in list(Job.objects.filter(kind__in=kinds, state="waiting").order_by("pk")):
        given = Given(kind=job.kind, key=job.key, payload=json.loads(job.payload), on_behalf_of=None, due=job.due,
                      attempt=1)  # fmt: skip
        kinds[job.kind].run(given)
        Job.objects.filter(pk=job.pk).update(state="done")
