"""A reader who follows the public contract, and records every event that it accepts.

Owns a second implementation of frontend/reader (line.ts, log.ts, supervisor.ts): stream, hello, catching up from
head.json and segments, ignoring events that it has, back-off with full jitter, polls while there is no stream. Never
repairs the server's faults: it records a gap on an open stream. compare.py reads its log.
"""

import asyncio
import contextlib
import json
import random
import re
from pathlib import Path
from typing import Any, Final, TextIO

from scenarios.compare import fingerprints
from scenarios.sockets import Connection, Dropped, Where, get

FIRST_BACKOFF_S: Final = 4.0
LONGEST_BACKOFF_S: Final = 30.0
SILENCE_S: Final = 30.0  # the script's: nearly two heartbeats


class Reader:
    """One reader. `from_page`: begins with the present page instead of the first event."""

    def __init__(self, name: str, where: Where, slug: str, folder: Path, *, from_page: bool = False) -> None:
        self.name, self.where, self.base = name, where, f"/live/{slug}/"
        self.from_page = from_page
        self.epoch, self.have, self.render = "", 0, -1
        self.failures = 0
        self.streaming = False
        self.poll_s = 10.0
        self.arrivals: dict[int, float] = {}
        self.hellos: list[float] = []
        self.tries: list[float] = []
        self.refusals: list[tuple[float, int]] = []
        self.beats = 0
        self._log: TextIO = (folder / f"{name}.jsonl").open("a", encoding="utf-8")
        self._open: Connection | None = None
        self._task: asyncio.Task[None] | None = None

    # --- life

    def start(self) -> None:
        """Read until `stop`."""
        self._task = asyncio.create_task(self._run(), name=self.name)

    async def stop(self) -> None:
        """Disconnect, and close the log. Raises the error that ended the reader early, if there was one."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._open:
            self._open.abort()
        self._log.close()

    async def _run(self) -> None:
        begun = False
        while True:
            try:
                if not begun:
                    await self._begin()
                    begun = True
                await self._stream()
            except Dropped as why:
                self.streaming = False
                self._mark("dropped", why=str(why)[:200], status=why.status)
                if why.status >= 400:
                    self.refusals.append((self._now(), why.status))
            self.failures += 1
            retry = self._backoff()
            poll = min(self._backoff(), 2 * random.random() + 0.2)
            if begun and poll < retry:
                await asyncio.sleep(poll)
                with contextlib.suppress(Dropped):
                    await self._catch_up(0)
                retry -= poll
            await asyncio.sleep(retry)

    def _backoff(self) -> float:
        return random.random() * min(LONGEST_BACKOFF_S, FIRST_BACKOFF_S * 2.0**self.failures)

    async def _begin(self) -> None:
        if self.from_page:
            self.epoch, self.have, _, self.render = await self._page()
        self._write({"mark": "start", "seq": self.have})

    async def _page(self) -> tuple[str, int, int, int]:
        answer = await get(self.where, self.base)
        if answer.status != 200:
            raise Dropped("the page was refused", answer.status)
        place = re.search(rb'data-state="(\S+) (\d+) (\d+) (\d+)"', answer.body)
        if not place or not answer.body.rstrip().endswith(b"</html>"):
            self._mark("half_page")
            raise Dropped("half a page")
        epoch, seq, generation, render = place.groups()
        return epoch.decode(), int(seq), int(generation), int(render)

    # --- the stream

    async def _stream(self) -> None:
        self.tries.append(self._now())
        try:
            async with asyncio.timeout(15):
                connection = self._open = await Connection.open(
                    self.where, self.base + "stream", {"Accept": "text/event-stream"}
                )
        except TimeoutError:
            raise Dropped("no answer to the stream within 15 s") from None
        try:
            if connection.status != 200:
                after = connection.headers.get("retry-after", "")
                raise Dropped("the stream was refused", connection.status, float(after) if after.isdigit() else None)
            next_seq = 0
            async for event in connection.events(SILENCE_S):
                if event.name in {"hello", "reset"}:
                    next_seq = await self._hello(event.name, json.loads(event.text))
                elif event.name == "beat":
                    self.beats += 1
                elif event.name == "message":
                    frame = json.loads(event.text)
                    if event.id != f"{self.epoch}-{frame['s']}":
                        self._mark("bad_id", id=event.id, seq=frame["s"])
                    if not next_seq or frame["s"] > next_seq:
                        self._mark("gap", expected=next_seq, seq=frame["s"])
                    next_seq = frame["s"] + 1
                    self._take(frame, "stream", connection.asked)
        finally:
            self.streaming = False
            self._open = None
            connection.abort()

    async def _hello(self, name: str, hello: dict[str, Any]) -> int:
        self.failures = 0
        self.streaming = True
        self.hellos.append(self._now())
        self._mark("hello" if name == "hello" else "told_reset", head=hello["head"])
        self.epoch = self.epoch or hello["epoch"]
        if self.render < 0:
            self.render = hello["r"]
        if name == "reset" or (hello["epoch"], hello["r"]) != (self.epoch, self.render):
            await self._reset()
        if hello["head"] > self.have:
            await self._catch_up(hello["head"])
        return int(hello["head"]) + 1

    async def _reset(self) -> None:
        self.epoch, seq, _, self.render = await self._page()
        self.have = max(self.have, seq)
        self._write({"mark": "reset", "seq": seq})

    # --- catching up

    async def _catch_up(self, goal: int) -> None:
        """Fetch the missing events, at least up to `goal`. An edge may have a slightly older head.json for a moment."""
        for turn in range(8):
            answer = await get(self.where, self.base + "log/head.json")
            if answer.status != 200:
                raise Dropped("head.json was refused", answer.status)
            head = json.loads(answer.body)
            self.poll_s = head.get("poll") or self.poll_s
            self.epoch = self.epoch or head["epoch"]
            if (head["epoch"], head["r"]) != (self.epoch, self.render if self.render >= 0 else head["r"]):
                await self._reset()
                continue
            if await self._segments(head):
                for frame in head["frames"]:
                    self._take(frame, "head", answer.asked)
                if self.have >= goal:
                    return
            if turn:
                self._mark("stale_head", goal=goal, head=head["head"])
            await asyncio.sleep(0.3 + 0.4 * random.random())
        raise Dropped(f"head.json stays behind {goal}")

    async def _segments(self, head: dict[str, Any]) -> bool:
        """Take the missing events of closed segments; False if a segment has another generation by now."""
        for number in range(self.have // head["segment"], len(head["segments"])):
            path = f"{self.base}log/{head['epoch']}/{number}-{head['segments'][number]}.json"
            answer = await get(self.where, path)
            if answer.status == 410:
                self._mark("old_segment", path=path)
                return False
            if answer.status != 200:
                raise Dropped("a segment was refused", answer.status)
            for frame in json.loads(answer.body)["frames"]:
                self._take(frame, "segment", answer.asked)
        return True

    def _take(self, frame: dict[str, Any], via: str, asked: float) -> None:
        seq = frame["s"]
        if seq <= self.have:
            return  # delivery is at least once: an event that it has is ignored
        if seq > self.have + 1:
            self._mark("gap", expected=self.have + 1, seq=seq, via=via)
            raise Dropped(f"{via} goes from {self.have} to {seq}")
        self.have = seq
        now = self._now()
        self.arrivals[seq] = now
        self._write({"epoch": self.epoch, "seq": seq, **fingerprints(frame), "via": via, "asked": asked, "at": now})

    # --- the log

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    def _mark(self, mark: str, **more: Any) -> None:
        self._write({"mark": mark, "at": self._now(), **more})

    def _write(self, entry: dict[str, Any]) -> None:
        self._log.write(json.dumps(entry) + "\n")
