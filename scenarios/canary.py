"""Scenario 11, words that nobody may read yet: whatever the desk does, none is in a public byte before its time.

A walk (`tests.desk.canary`, as in `make test`) at the desk of a running server with worker: drafts, times, embargoes,
holds, submissions, imports, a rehearsal, an editor without rights for a while; the server is killed (-9) when something
becomes due, and during requests. Each post has its own hidden word. Meanwhile everything public is read all the time:
pages, the log, streams, feeds, embeds, polls, a device's alerts, the desk without a sign-in, refusals, headers, metrics
and standard error. Pass: no word before its time; what is due is published, and read, within two seconds. Judged by
what was read, and by the tables; nothing of the program runs here.
"""

import asyncio
import http.client
import json
import random
import re
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench.people import signed_in
from scenarios.editor import SLUG
from scenarios.json_desk import DESK, REHEARSAL, JsonDesk
from scenarios.site import BASE, Figures, Site, require
from scenarios.sockets import Connection, Dropped, Where, get
from tests.alerts.phones import Phone, PushService
from tests.desk.canary import CANARY, Pace, Walk

SOON_S: Final = 2.0
LEASE_S: Final = 15.0 + 3.0  # after the last start the leases of a killed worker end (docs/operating.md)
SETTLED_S: Final = 40.0
ONCE: Final = 6  # permalinks and desk addresses in each round
# Addresses that other programs read: a sample of them in each round.
_BELOW: Final = ("feed.atom", "feed.rss", "feed.json", "embed/", "fragment")
_HOUSE: Final = ("/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml", "/sitemaps/blogs.xml", "/sitemaps/news.xml")
_POLL: Final = re.compile(r'"(/polls/[\w/-]+)"')
_ROW: Final = re.compile(r'href="(/live/[a-z0-9-]+/known/(?:statement|series|source)/[\w-]+/)"')


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size. `crashes`: the server is killed once in so many steps."""

    steps: int
    crashes: int


CI = Size(steps=600, crashes=100)
FULL = Size(steps=20_000, crashes=400)
TINY = Size(steps=60, crashes=30)


def _pace(size: Size) -> Pace:
    often = {
        "schedule": 12, "under_embargo": 8, "embargo": 5, "reschedule": 6, "unschedule": 4, "reword": 5, "publish": 4,
        "copy": 3, "hand_in": 5, "decide": 5, "hold": 6, "undo": 3, "publish_now": 3, "lift": 4, "recall": 3,
        "unpublish": 3, "note": 3, "draft": 5, "rehearse": 3, "role": 4, "close": 4, "time": 10, "bring_in": 1,
    }  # fmt: skip
    often["crash"] = 1
    steps = size.crashes * often["crash"] / sum(often.values())
    return Pace(
        delays=(0, 1, 2, 4, 8, 20),
        pauses=(0.05, 0.1, 0.3),
        often={name: max(1, round(count * steps)) for name, count in often.items()} | {"crash": 1},
    )


class Outages:
    """The times without a server."""

    def __init__(self, site: Site, port: int, loop: asyncio.AbstractEventLoop) -> None:
        self.site, self.port, self._loop = site, port, loop
        self.all: list[tuple[float, float]] = []
        self._since: float | None = None

    def kill(self) -> None:
        self._since = time.time()
        self.site.kill(self.port)

    def revive(self) -> None:
        """Start it again if it was killed, and return once it answers."""
        if self._since is None:
            return
        asyncio.run_coroutine_threadsafe(self.site.serve(self.port), self._loop).result()
        self.all.append((self._since, time.time()))
        self._since = None

    def limit(self, due: float) -> float:
        """Return until when what is due then may take: a lease longer after each start that a kill made necessary."""
        limit = due + SOON_S
        for down, up in self.all:
            if down <= limit and up > due - 1:
                limit = up + LEASE_S
        return limit

    def within(self, began: float, ended: float) -> float:
        """Return when the last outage between two times ended; 0 without one."""
        return max((up for down, up in self.all if down < ended and up > began - 1), default=0.0)


class Alerts:
    """A device that gets the live blog's alerts, and its push service."""

    def __init__(self) -> None:
        self.service, self._phone = PushService(), Phone()
        self._read = 0

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings of a server that sends to it."""
        return {"ASITHAPPENED_PUSH_SERVICES": self.service.origin, "ASITHAPPENED_OUTBOUND_TO": "127.0.0.0/8"}

    def start(self, port: int) -> None:
        """Subscribe, as a reader's page does."""
        body = json.dumps({"do": "start", **self.service.subscription(self._phone, "ok-1")})
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with closing(connection):
            headers = {"Host": "localhost", "Origin": "http://localhost:8000", "Content-Type": "application/json"}
            connection.request("POST", f"/alerts{BASE}", body, headers)
            require(connection.getresponse().status == 200, "a device was refused the live blog's alerts")

    def since_last(self) -> list[tuple[datetime, bytes]]:
        """Return the messages since the last call, each with its time."""
        new = self.service.arrived[self._read :]
        self._read += len(new)
        return [(one.at, self._phone.read(one.content)) for one in new]

    @property
    def count(self) -> int:
        """Return how many messages were read."""
        return self._read


class PublicReader:
    """Reads everything that is public, repeatedly and without signing in."""

    def __init__(
        self, site: Site, port: int, walk: Walk, desk: JsonDesk, alerts: Alerts, chance: random.Random
    ) -> None:
        self.site, self.walk, self.desk, self.alerts, self.chance = site, walk, desk, alerts, chance
        self.where, self.port = Where(port=port), port
        self.answers = self.bytes = self.rounds = 0
        self.streams: list[tuple[str, int]] = []
        self._read = 0  # bytes of the log

    def _check(self, data: bytes, where: str, at: datetime | None = None) -> None:
        self.bytes += len(data)
        self.walk.heard(data, at or datetime.now(UTC), where)

    async def _get(self, path: str, where: Where | None = None) -> bytes:
        try:
            answer = await get(where or self.where, path)
        except Dropped:
            return b""
        head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        self.answers += 1
        self._check(head.encode() + b"\n" + answer.body, path)
        return answer.body if answer.status == 200 else b""

    async def round(self) -> None:
        """Read everything once; of permalinks and desk addresses a sample."""
        for slug in (SLUG, REHEARSAL, *self.desk.imported[-2:]):
            base = f"/live/{slug}/"
            for path in ("", "page/1/", "page/2/", "key-events/", "corrections/", *self.chance.sample(_BELOW, 2)):
                await self._get(base + path)
            rows = _ROW.findall((await self._get(f"{base}known/")).decode())
            for row in self.chance.sample(rows, min(ONCE, len(rows))):
                await self._get(row)
            with suppress(ValueError, KeyError):
                head = json.loads(await self._get(f"{base}log/head.json"))
                segments = list(enumerate(head["segments"]))
                for n, generation in segments[:1] + segments[-2:]:
                    await self._get(f"{base}log/{head['epoch']}/{n}-{generation}.json")
        posts, known = self.desk.posts, self.desk.known
        for post in posts[-2:] + self.chance.sample(posts, min(ONCE, len(posts))):
            await self._get(f"{BASE}p/{post}/")
        for post in posts[-1:]:
            await self._get(f"{BASE}p/{post}/embed/")
            for poll in _POLL.findall((await self._get(f"{BASE}p/{post}/")).decode()):
                await self._get(poll)
        for path in known[-4:] + self.chance.sample(known, min(ONCE, len(known))):
            await self._get(path)
        desk = ("", "write/", "rows/", "scheduled/", "submissions/", "drafts/", "notes/", "handover/", "readers/")
        for path in [
            "/",
            "/page/2/",
            "/corrections/",
            *self.chance.sample((*_HOUSE, f"/oembed?url=http%3A%2F%2Flocalhost%3A{self.port}{BASE}"), 2),
            "/nowhere/",
            f"/readership/{SLUG}/",
            f"/alerts{BASE}",
            *(DESK + one for one in self.chance.sample((*desk, "audit/csv/"), 3)),
        ]:
            await self._get(path)
        if self.site.metrics:
            await self._get("/metrics", Where(port=self.site.metrics))
        self._log()
        for at, alert in self.alerts.since_last():
            self._check(alert, "in an alert", at)
        self.rounds += 1

    def _log(self) -> None:
        file = self.site.folder / f"server-{self.port}.log"
        with file.open("rb") as log:
            log.seek(max(0, self._read - 20))  # a word may have been written in two parts
            data = log.read()
        self._read = max(0, self._read - 20) + len(data)
        self._check(data, "in the log")

    async def repeat(self) -> None:
        """Read until cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(0.05)

    async def stream(self) -> None:
        """Read the stream until cancelled, and open it again when it ends."""
        while True:
            with suppress(Dropped):
                connection = await Connection.open(self.where, f"{BASE}stream")
                self.streams.append((datetime.now(UTC).isoformat(), connection.status))
                rest = b""
                try:
                    while data := await connection.some():
                        self._check(rest + data, "in the stream")
                        rest = data[-20:]
                finally:
                    connection.abort()
            await asyncio.sleep(0.1)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    alerts = Alerts()
    async with Site(folder, seed=seed, metrics=True, settings=alerts.settings) as site:
        port = await site.serve()
        roles = ("editor", "contributor", "owner", "editor")
        cookies = await asyncio.to_thread(signed_in, site.home, SLUG, *roles)
        outages = Outages(site, port, asyncio.get_running_loop())
        desk = await asyncio.to_thread(JsonDesk, site.home, port, cookies, kill=outages.kill, revive=outages.revive)
        await asyncio.to_thread(alerts.start, port)
        walk = Walk(desk, _pace(size), seed)
        public = PublicReader(site, port, walk, desk, alerts, random.Random(seed))
        began = time.time()
        reading = [asyncio.create_task(public.repeat()), asyncio.create_task(public.stream())]
        try:
            await asyncio.to_thread(_walk, walk, size.steps, reading)
            walked = time.time() - began
            await Site.wait_until(lambda: _settled(site.home), SETTLED_S, "what was due was never published")
            settled = time.time()  # what is due later may be published after the last look, and before the judgement
            await asyncio.sleep(SOON_S)
        finally:
            for task in reading:
                task.cancel()
            await asyncio.gather(*reading, return_exceptions=True)
        await public.round()
        return _judge(site.home, walk, public, outages, settled) | {"seconds walked": round(walked)}


def _walk(walk: Walk, steps: int, reading: list["asyncio.Task[None]"]) -> None:
    for _ in range(steps):
        walk.step()
        require(not walk.wrong, "; ".join(walk.wrong[:3]))
        require(not any(task.done() for task in reading), f"nobody reads any more: {reading}")


def _rows(home: Path, asked: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{home}/newsroom.sqlite3?mode=ro", uri=True, timeout=20)) as database:
        return database.execute(asked).fetchall()


async def _settled(home: Path) -> bool:
    waiting = _rows(home, "SELECT due_at FROM desk_scheduled WHERE state = 'waiting'")
    return all(_time(due) > time.time() - SOON_S for (due,) in waiting)


def _time(stored: str) -> float:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).timestamp()


# By the jobs and not by the posts: one may be published by hand before its time, taken back, and published again.
_DUE: Final = """
    SELECT MAX(due, put_at), ended_at FROM jobs_job WHERE kind = 'publish_scheduled' AND state = 'done'
"""
_PUBLISHED: Final = """
    SELECT e.at, p.data FROM log_event e JOIN log_payload p ON p.entry_id = e.id
    JOIN log_blog_slug b ON b.blog_id = e.blog_id JOIN log_post v ON v.blog_id = e.blog_id AND v.post = e.subject
    WHERE e.kind = 'post.published' AND b.slug = '{slug}' AND v.visible AND e.seq = (
        SELECT MAX(seq) FROM log_event WHERE blog_id = e.blog_id AND subject = e.subject AND kind = e.kind)
"""


def _judge(home: Path, walk: Walk, public: PublicReader, outages: Outages, settled: float) -> Figures:
    """Require that nothing was too early, by what was read, or too late, by the tables.

    What was published after `settled` need not have been read.
    """
    require(not walk.wrong, "; ".join(walk.wrong[:3]))
    states = dict(_rows(home, "SELECT state, COUNT(*) FROM desk_scheduled GROUP BY state"))
    waited: list[float] = []
    for due, at in ((_time(due), _time(at)) for due, at in _rows(home, _DUE)):
        limit = outages.limit(due)
        near = [(round(down - due, 1), round(up - due, 1)) for down, up in outages.all if abs(up - due) < 60]
        require(
            at <= limit,
            f"published {at - due:.1f} s after it was due, {datetime.fromtimestamp(due, UTC)}; no server {near}",
        )
        if limit == due + SOON_S:
            waited.append(at - due)
    heard: list[tuple[float, str]] = []
    unheard: list[str] = []
    for stored, data in _rows(home, _PUBLISHED.format(slug=SLUG)):
        published = _time(stored)
        for token in {found.decode() for found in CANARY.findall(bytes(data))}:
            out = walk.out.get(token)
            if out is None and published <= settled:
                unheard.append(f"{token}, published at {stored}, {walk.hidden[token].steps}")
            elif out is not None and not outages.within(published, out.timestamp()):
                heard.append(
                    (out.timestamp() - published, f"{token}, published at {stored}, heard {walk.where[token]}")
                )
    require(not unheard, f"published, and never heard: {unheard[:3]}")
    late = sorted(one for one in heard if one[0] > SOON_S)
    require(not late, f"{len(late)} were heard late, the last {late[-1:]}; {outages.all}; {public.streams}")
    return {
        "steps": sum(walk.done.values()),
        "of these refused, unheard": (_ending(walk, "refused"), _ending(walk, "unheard")),
        "posts with a word in them, came out": (walk.count, len(walk.out)),
        "heard before its time": 0,
        "published after it was due, median and last s": _middle_and_last(waited),
        "heard after it was published, median and last s": _middle_and_last([took for took, _ in heard]),
        "what was scheduled": states,
        "alerts read": public.alerts.count,
        "answers read, MB": (public.answers, round(public.bytes / 1e6)),
        "server killed": len(outages.all),
    }


def _ending(walk: Walk, how: str) -> int:
    return sum(count for name, count in walk.done.items() if name.endswith(how))


def _middle_and_last(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values) or [0.0]
    return round(ordered[len(ordered) // 2], 2), round(ordered[-1], 2)
