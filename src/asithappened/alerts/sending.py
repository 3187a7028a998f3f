"""Sending an alert through one push service: each service has its own lane in the worker.

Owns the limits of a lane and the outcome for each device: accepted by its service, unknown to it (the device is then
deleted), or to be tried again later. A slow or silent service delays only its own devices. Before each batch it checks
whether readers may still have the post of the alert. A process of the lane sends the batch; if it fails, the rest is
tried again later, as after a fault of the service. Look next: `outgoing`, `messages`, `lane_process`.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F
from msgspec import Struct

from asithappened.alerts import keys, messages, outgoing, push_services
from asithappened.alerts.lane_child import LATER, Batch, Became, Limits, To
from asithappened.alerts.lane_process import Lane, LaneFailed
from asithappened.alerts.models import Alert, Device
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.put import put
from asithappened.jobs.work import Given, Kind, Promise
from asithappened.log import read
from asithappened.outbound import Answer

BATCH: Final = 250  # devices whose outcomes are written in one transaction
IN_ALL: Final = 96  # messages under way at once, through all services together
OF_A_SERVICE: Final = 32
A_SECOND: Final = 220  # through one service: 10,000 in 45 seconds, which leaves a processor for publishing
WITHIN_S: Final = 15.0  # the deadline of one message
TRIES: Final = 6  # for a device whose service fails, with pauses of twenty minutes in all
FAILURES: Final = 12  # in a row: then the service is taken for faulty, and tried again later
FIRST_PAUSE_S: Final = 20.0
LONGEST_PAUSE_S: Final = 15 * 60.0
_GONE: Final = frozenset((404, 410))

log = logging.getLogger("asithappened.alerts")


class ToSend(Struct, frozen=True, kw_only=True):
    """The payload of a job: the alert, and the number of the try."""

    alert: int
    tried: int = 0


def kinds() -> tuple[Kind, ...]:
    """Return the kinds of jobs: one for each push service, so that each has its own place in the worker."""
    return tuple(
        Kind(
            name=outgoing.kind_of(service.name),
            promise=Promise.AT_LEAST_ONCE,  # a second copy replaces the first on the device
            run=partial(_send, service.name),
            at_once=1,
        )
        for service in settings.PUSH_SERVICES
    )


def _send(service: str, given: Given) -> None:
    said = msgspec.convert(given.payload, ToSend)
    alert = Alert.objects.filter(pk=said.alert, state=Alert.State.SENDING).first()
    if alert is None:
        return
    after, became = 0, Became()
    with Lane(_limits()) as lane:
        while batch := _next(alert, service, after):
            state, post = read.blog(alert.blog_id), read.post(alert.blog_id, alert.post)
            if not outgoing.may_go(alert, state, post) or not _still(alert):
                Alert.objects.filter(pk=alert.pk).update(state=Alert.State.CANCELLED)
                return
            said_to = messages.message(alert.blog_id, state, post=alert.post, text=alert.text, mends=alert.mends)
            how = messages.headers(alert.blog_id, post=alert.post, mends=alert.mends)
            try:
                became = _sent(lane, batch, said_to, how)
            except LaneFailed as error:  # some of the batch may have it: a second copy replaces the first
                became = Became(stopped=True, why=str(error))
            _write(alert, became.answers, last=said.tried + 1 >= TRIES)
            if became.stopped:
                break
            after = batch[-1].device
    _go_on(service, alert, became, said.tried)


def _limits() -> Limits:
    return Limits(
        networks=[str(one) for one in settings.OUTBOUND_TO],
        at_once=max(1, min(OF_A_SERVICE, IN_ALL // max(1, len(settings.PUSH_SERVICES)))),
        a_second=A_SECOND,
        within_s=WITHIN_S,
        failures=FAILURES,
        longest_pause_s=LONGEST_PAUSE_S,
    )


def _next(alert: Alert, service: str, after: int) -> list[To]:
    """Return the next devices of a service that were not tried yet."""
    left = outgoing.left(alert).filter(service=service, pk__gt=after).order_by("pk")
    found = left.values_list("pk", "endpoint", "p256dh", "auth")[:BATCH]
    return [To(device, endpoint, bytes(p256dh), bytes(auth)) for device, endpoint, p256dh, auth in found]


def _sent(lane: Lane, batch: Sequence[To], message: bytes, headers: dict[str, str]) -> Became:
    listed = [to for to in batch if push_services.service_of(to.endpoint, settings.PUSH_SERVICES) is not None]
    origins = {push_services.origin_of(to.endpoint) for to in listed}
    signed = {origin: keys.authorization(origin) for origin in origins}
    became = Became()
    if listed:
        became = lane.send(Batch(message=message, headers=headers, signed=signed, devices=listed))
    # The operator took the service of the others off the list.
    gone = dict.fromkeys({to.device for to in batch} - {to.device for to in listed}, Answer(status=410))
    return msgspec.structs.replace(became, answers={**became.answers, **gone})


def _still(alert: Alert) -> bool:
    return Alert.objects.filter(pk=alert.pk, state=Alert.State.SENDING).exists()


def _go_on(service: str, alert: Alert, became: Became, tried: int) -> None:
    """Schedule the rest of a lane for later, or end the lane; when the last lane has ended, the alert is sent."""
    left = outgoing.left(alert).filter(service=service)
    if left.exists():
        pause = max(became.again_in_s, min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 3.0**tried))
        due = CLOCK.now() + timedelta(seconds=pause)
        if tried + 1 < TRIES and due < alert.until:
            said = {"alert": alert.pk, "tried": tried + 1}
            put(outgoing.kind_of(service), key=f"{alert.pk}/{tried + 1}", payload=said, due=due)
            return
        _write(alert, dict.fromkeys(left.values_list("pk", flat=True)), last=True)
        log.warning("Alert %d did not reach all devices of %s: %s", alert.pk, service, became.why or "too late")
    if not outgoing.left(alert).exists():
        Alert.objects.filter(pk=alert.pk, state=Alert.State.SENDING).update(state=Alert.State.SENT)


def _write(alert: Alert, answers: dict[int, Answer | None], *, last: bool) -> None:
    """Write the outcomes of devices. Failed ones are left to be tried again, unless this was the last try."""
    gone = [device for device, answer in answers.items() if answer is not None and answer.status in _GONE]
    taken = [device for device, answer in answers.items() if answer is not None and answer.status < 300]
    failed = [device for device, answer in answers.items() if _failed(answer, last=last)]
    with transaction.atomic():
        with connection.cursor() as cursor:
            _keep(cursor, alert, taken, taken=True)
            _keep(cursor, alert, failed, taken=False)
        Device.objects.filter(pk__in=gone).delete()
        Alert.objects.filter(pk=alert.pk).update(
            sent=F("sent") + len(taken), gone=F("gone") + len(gone), failed=F("failed") + len(failed)
        )


def _keep(cursor: CursorWrapper, alert: Alert, devices: Sequence[int], *, taken: bool) -> None:
    """Write that these devices got it, or will not; of those that were deleted meanwhile, nothing.

    In plain SQL: 250 rows of a model took 10 ms, in which nobody else may write to SQLite, and this takes one.
    """
    now = connection.ops.adapt_datetimefield_value(CLOCK.now())
    for some in (devices[n : n + BATCH] for n in range(0, len(devices), BATCH)):
        cursor.execute(
            "INSERT INTO alerts_got (alert_id, device_id, taken, at)"  # noqa: S608  marks alone
            f" SELECT %s, id, %s, %s FROM alerts_device WHERE id IN ({', '.join(['%s'] * len(some))})"
            " ON CONFLICT DO NOTHING",
            [alert.pk, taken, now, *some],
        )


def _failed(answer: Answer | None, *, last: bool) -> bool:
    if answer is None or answer.status in LATER or answer.status >= 500:
        return last
    return answer.status >= 300 and answer.status not in _GONE
