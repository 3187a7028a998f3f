"""The inside of a lane's process: `python -m asithappened.alerts.lane_child`, talked to on its input.

Owns sending through one push service: encrypting, the pace, the connections, and when a service counts as faulty. It
knows what a question tells it and nothing else: no database, no settings, no key of ours. It ends when nobody listens
any more. Look next: `lane_process`, the other end.
"""

import asyncio
import os
import socket
from typing import Final

import msgspec
from msgspec import Struct

from asithappened.alerts import push_services
from asithappened.alerts.encryption import encrypted
from asithappened.outbound import Answer, Guard, OutboundError, Poster

LINE_BYTES: Final = 4_000_000
LATER: Final = frozenset((408, 425, 429))
"""Statuses that ask to be tried again, as those from 500 on do."""
_NICE: Final = 10


class Limits(Struct, frozen=True, kw_only=True):
    """The first line: what holds for the whole lane.

    `networks`: those that the operator opened; `at_once`, `a_second`: messages; `within_s`: the deadline of one;
    `failures`: in a row, after which the service is faulty; `longest_pause_s`: that it may ask for.
    """

    networks: list[str]
    at_once: int
    a_second: float
    within_s: float
    failures: int
    longest_pause_s: float


class To(Struct, frozen=True, array_like=True):
    """A device."""

    device: int
    endpoint: str
    p256dh: bytes
    auth: bytes


class Batch(Struct, frozen=True, kw_only=True):
    """A question. `signed`: for the origin of each endpoint the header that says who we are."""

    message: bytes
    headers: dict[str, str]
    signed: dict[str, str]
    devices: list[To]


class Became(Struct, frozen=True, kw_only=True):
    """The answer: that of each device's service, None if there was none; none for those after the lane was stopped.

    `stopped`: the service is faulty or wants a pause. `why`, `again_in_s`: what it said last, and the longest pause.
    """

    answers: dict[int, Answer | None] = {}
    stopped: bool = False
    again_in_s: float = 0.0
    why: str = ""


def main() -> None:
    """Give way to everything else, and answer until nobody asks."""
    os.nice(_NICE)
    asyncio.run(_answer(socket.socket(fileno=os.dup(0))))


async def _answer(talk: socket.socket) -> None:
    lines, answers = await asyncio.open_unix_connection(sock=talk, limit=LINE_BYTES)
    lane = _Lane(msgspec.json.decode(await lines.readline(), type=Limits))
    line = await lines.readline()
    while line:
        sending = asyncio.ensure_future(lane.send(msgspec.json.decode(line, type=Batch)))
        following = asyncio.ensure_future(lines.readline())
        await asyncio.wait((sending, following), return_when=asyncio.FIRST_COMPLETED)
        if not sending.done():  # nobody asks twice at once: that was the end of whoever asked
            os._exit(1)  # not waiting for name servers either
        answers.write(msgspec.json.encode(sending.result()) + b"\n")
        await answers.drain()
        line = await following


class _Lane:
    def __init__(self, limits: Limits) -> None:
        guard = Guard(limits.networks)
        self._limits = limits
        self._posters = [Poster(guard, within_s=limits.within_s) for _ in range(limits.at_once)]
        self._stopped, self._again_in_s, self._why = False, 0.0, ""
        self._in_a_row, self._next_at = 0, 0.0

    async def send(self, batch: Batch) -> Became:
        """Send to these devices, until stopped."""
        answers: dict[int, Answer | None] = {}
        waiting = iter(batch.devices)

        async def one_after_another(poster: Poster) -> None:
            for to in waiting:
                await self._turn()
                if self._stopped:
                    return
                answers[to.device] = await self._told(poster, to, batch)

        async with asyncio.TaskGroup() as tasks:
            for poster in self._posters:
                tasks.create_task(one_after_another(poster))
        return Became(answers=answers, stopped=self._stopped, again_in_s=self._again_in_s, why=self._why)

    async def _turn(self) -> None:
        """Return when the next message may be sent."""
        now = asyncio.get_running_loop().time()
        self._next_at = max(now, self._next_at + 1 / self._limits.a_second)
        await asyncio.sleep(self._next_at - now)

    async def _told(self, poster: Poster, to: To, batch: Batch) -> Answer | None:
        signed = {**batch.headers, "authorization": batch.signed[push_services.origin_of(to.endpoint)]}
        content = encrypted(batch.message, p256dh=to.p256dh, auth=to.auth)
        try:
            answer = await poster.post(to.endpoint, headers=signed, content=content)
        except OutboundError as error:
            self._note(str(error), 0.0, fault=True)
            return None
        fault = answer.status in LATER or answer.status >= 500
        self._note(f"it answers with {answer.status}" if fault else "", answer.again_in_s, fault=fault)
        return answer

    def _note(self, why: str, again_in_s: float, *, fault: bool) -> None:
        self._in_a_row = self._in_a_row + 1 if fault else 0
        if fault:
            self._why = why
            self._again_in_s = max(self._again_in_s, min(again_in_s, self._limits.longest_pause_s))
        self._stopped = self._stopped or (fault and again_in_s > 0) or self._in_a_row >= self._limits.failures


if __name__ == "__main__":
    main()
