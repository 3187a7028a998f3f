"""Sending an alert through one push service: each service has its own lane in the worker.

Owns the pace and the outcome for each device: accepted by its service, unknown to it (the device is then deleted), or
to be tried again later. A slow or silent service delays only its own devices. Before each batch it is checked whether
readers may still have the post of the alert. Look next: `outgoing`, `messages`.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from msgspec import Struct

from asithappened.alerts import keys, messages, outgoing, push_services
from asithappened.alerts.encryption import encrypted
from asithappened.alerts.models import Alert, Device, Got
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.put import put
from asithappened.jobs.work import Given, Kind, Promise
from asithappened.log import read
from asithappened.outbound import Answer, Guard, OutboundError, Poster

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
_LATER: Final = frozenset((408, 425, 429))

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
    lane = Lane(service, Guard(settings.OUTBOUND_TO))
    with asyncio.Runner() as runner:
        try:
            while batch := list(lane.next_of(outgoing.left(alert))[:BATCH]):
                state, post = read.blog(alert.blog_id), read.post(alert.blog_id, alert.post)
                if not outgoing.may_go(alert, state, post) or not _still(alert):
                    Alert.objects.filter(pk=alert.pk).update(state=Alert.State.CANCELLED)
                    return
                said_to = messages.message(alert.blog_id, state, post=alert.post, text=alert.text, mends=alert.mends)
                how = messages.headers(alert.blog_id, post=alert.post, mends=alert.mends)
                _write(alert, runner.run(lane.send(batch, said_to, how)), last=said.tried + 1 >= TRIES)
                if lane.stopped:
                    break
        finally:
            runner.run(lane.close())
    _go_on(service, alert, lane, said.tried)


def _still(alert: Alert) -> bool:
    return Alert.objects.filter(pk=alert.pk, state=Alert.State.SENDING).exists()


def _go_on(service: str, alert: Alert, lane: "Lane", tried: int) -> None:
    """Schedule the rest of a lane for later, or end the lane; when the last lane has ended, the alert is sent."""
    left = outgoing.left(alert).filter(service=service)
    if left.exists():
        pause = max(lane.again_in_s, min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 3.0**tried))
        due = CLOCK.now() + timedelta(seconds=pause)
        if tried + 1 < TRIES and due < alert.until:
            said = {"alert": alert.pk, "tried": tried + 1}
            put(outgoing.kind_of(service), key=f"{alert.pk}/{tried + 1}", payload=said, due=due)
            return
        _write(alert, dict.fromkeys(left.values_list("pk", flat=True)), last=True)
        log.warning("Alert %d did not reach all devices of %s: %s", alert.pk, service, lane.why or "too late")
    if not outgoing.left(alert).exists():
        Alert.objects.filter(pk=alert.pk, state=Alert.State.SENDING).update(state=Alert.State.SENT)


def _write(alert: Alert, became: dict[int, Answer | None], *, last: bool) -> None:
    """Write the outcomes of devices. Failed ones are left to be tried again, unless this was the last try."""
    gone = [device for device, answer in became.items() if answer is not None and answer.status in _GONE]
    taken = [device for device, answer in became.items() if answer is not None and answer.status < 300]
    failed = [device for device, answer in became.items() if _failed(answer, last=last)]
    now = CLOCK.now()
    with transaction.atomic():
        there = set(Device.objects.filter(pk__in=[*taken, *failed]).values_list("pk", flat=True))
        rows = [Got(alert=alert, device_id=one, taken=True, at=now) for one in taken if one in there]
        rows += [Got(alert=alert, device_id=one, taken=False, at=now) for one in failed if one in there]
        Got.objects.bulk_create(rows, ignore_conflicts=True)
        Device.objects.filter(pk__in=gone).delete()
        Alert.objects.filter(pk=alert.pk).update(
            sent=F("sent") + len(taken), gone=F("gone") + len(gone), failed=F("failed") + len(failed)
        )


def _failed(answer: Answer | None, *, last: bool) -> bool:
    if answer is None or answer.status in _LATER or answer.status >= 500:
        return last
    return answer.status >= 300 and answer.status not in _GONE


class Lane:
    """One push service, while an alert is sent through it. `stopped`: it is faulty, or asked us to stop."""

    def __init__(self, service: str, guard: Guard) -> None:
        """Know the service; the first batch connects."""
        self.service, self._guard = service, guard
        self.stopped, self.again_in_s, self.why = False, 0.0, ""
        self._after, self._in_a_row, self._next_at = 0, 0, 0.0
        self._at_once = max(1, min(OF_A_SERVICE, IN_ALL // max(1, len(settings.PUSH_SERVICES))))
        self._posters: list[Poster] = []

    def next_of(self, left: QuerySet[Device]) -> QuerySet[Device]:
        """Return the next devices of this service that were not tried yet."""
        return left.filter(service=self.service, pk__gt=self._after).order_by("pk")

    async def send(
        self, devices: Sequence[Device], message: bytes, headers: dict[str, str]
    ) -> dict[int, Answer | None]:
        """Send to these devices, until stopped; return the answer for each, None if there was none."""
        if not self._posters:
            self._posters = [Poster(self._guard, within_s=WITHIN_S) for _ in range(self._at_once)]
        became: dict[int, Answer | None] = {}
        waiting = iter(devices)

        async def one_after_another(poster: Poster) -> None:
            for device in waiting:
                await self._turn()
                if self.stopped:
                    return
                became[device.pk] = await self._told(poster, device, message, headers)

        async with asyncio.TaskGroup() as tasks:
            for poster in self._posters:
                tasks.create_task(one_after_another(poster))
        self._after = devices[-1].pk
        return became

    async def _turn(self) -> None:
        """Return when the next message may be sent."""
        now = asyncio.get_running_loop().time()
        self._next_at = max(now, self._next_at + 1 / A_SECOND)
        await asyncio.sleep(self._next_at - now)

    async def _told(self, poster: Poster, device: Device, message: bytes, headers: dict[str, str]) -> Answer | None:
        if push_services.service_of(device.endpoint, settings.PUSH_SERVICES) is None:
            return Answer(status=410)  # the operator removed its service from the list
        signed = {**headers, "authorization": keys.authorization(push_services.origin_of(device.endpoint))}
        content = encrypted(message, p256dh=bytes(device.p256dh), auth=bytes(device.auth))
        try:
            answer = await poster.post(device.endpoint, headers=signed, content=content)
        except OutboundError as error:
            self._note(str(error), 0.0, fault=True)
            return None
        fault = answer.status in _LATER or answer.status >= 500
        self._note(f"it answers with {answer.status}" if fault else "", answer.again_in_s, fault=fault)
        return answer

    def _note(self, why: str, again_in_s: float, *, fault: bool) -> None:
        self._in_a_row = self._in_a_row + 1 if fault else 0
        if fault:
            self.why = why
            self.again_in_s = max(self.again_in_s, min(again_in_s, LONGEST_PAUSE_S))
        self.stopped = self.stopped or (fault and again_in_s > 0) or self._in_a_row >= FAILURES

    async def close(self) -> None:
        """Let go of the connections."""
        for poster in self._posters:
            await poster.close()
