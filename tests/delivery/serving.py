"""Servers for tests: the runner's own, in a thread with its loop, on a port that the kernel chose.

Owns starting and stopping them, and asking the loop's own thread about things only it may touch.
"""

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import httpx

from asithappened.delivery import app as delivery_app
from asithappened.delivery.admission import START_S
from asithappened.delivery.app import Delivery
from asithappened.delivery.behind import SIGNED_IN
from asithappened.delivery.site import Site
from asithappened.published.layout import House
from asithappened.render import page as render_page
from asithappened.render import refused as render_refused
from asithappened.wiring import runner
from asithappened.wiring.listening import listen
from tests.delivery.client import Answer, Connection, Stream, request

T = TypeVar("T")
LANES: Final = runner.LANES
HOSTS: Final = frozenset({"127.0.0.1", "localhost", "courier.example"})


def until(so: Callable[[], bool]) -> None:
    """Return once something is so that another thread is about to make so. The limit only catches a hang."""
    hang = time.monotonic() + 60
    while not so():
        assert time.monotonic() < hang, "this was never so"
        time.sleep(0.002)


async def desk(scope: Any, receive: Any, send: Any) -> None:
    """Stand for the application behind: answers with the size of the body, the client, and the proxies' headers.

    Whoever has the session `ada` is signed in.
    """
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    if (b"cookie", b"session=ada") in scope["headers"]:
        scope["state"][SIGNED_IN] = True
    body = b"desk %s %d" % (scope["method"].encode(), size)
    headers = [(b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
    headers.append((b"x-asker", f"{scope['client'][0]} {scope['scheme']}".encode()))
    headers.append((b"x-heard", b" ".join(name for name, _ in scope["headers"] if b"forwarded" in name)))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Served:
    """A running server of one lane."""

    def __init__(
        self,
        lane: str,
        database: Path | str,
        doorbells: Path,
        key: bytes,
        *,
        at_its_address: bool = False,
        frames: tuple[str, ...] = (),
        counts: bool = False,
        **how: Any,
    ) -> None:
        """Know what to serve, and what else the application is told.

        `at_its_address`: pages name this very server, and may frame `frames`; `counts`: they say how they were read.
        """
        self.listener = listen("127.0.0.1", 0)
        self.port: int = self.listener.getsockname()[1]
        self.lane = lane
        self.media = doorbells.parent / "media"
        self.cards = doorbells.parent / "cards"
        site = Site(
            database,
            doorbells,
            media_folder=self.media,
            cards_folder=self.cards,
            house=House(address=f"http://127.0.0.1:{self.port}", frames=frames, counts=counts)
            if at_its_address
            else None,
            not_found={language: render_page.nowhere(language) for language in ("en", "de", "ar")},
        )
        refused = {language: render_refused.pages(language) for language in ("en", "de", "ar")}
        said: dict[str, Any] = {"behind": desk, "hosts": HOSTS, "ticket_key": key, "refused": refused}
        self.delivery = Delivery(site, **said | how)
        self.delivery.streams.admission._started -= START_S  # up for long: how it begins is test_admission's
        self.server = runner.make_server(self.delivery, lane=lane, drain_s=0)
        self.loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    @classmethod
    @contextmanager
    def all_of(cls, database: Path | str, doorbells: Path, key: bytes) -> Iterator[dict[str, "Served"]]:
        """Run a server of each lane."""
        served = {lane: cls(lane, database, doorbells, key) for lane in LANES}
        for each in served.values():
            each.start()
        try:
            yield served
        finally:
            for each in served.values():
                each.stop()

    def _run(self) -> None:
        self.server.run(sockets=[self.listener])

    def start(self) -> "Served":
        """Start, and return once requests are answered."""
        self._thread.start()
        until(lambda: self.server.started or not self._thread.is_alive())
        assert self.server.started
        assert self.site._sweeping is not None
        self.loop = self.site._sweeping.get_loop()
        return self

    def stop(self) -> None:
        self.server.handle_exit(signal.SIGTERM, None)
        self._thread.join(30)
        assert not self._thread.is_alive(), "the server did not stop"

    @property
    def site(self) -> Site:
        return self.delivery.site

    def do(self, work: Callable[[], T]) -> T:
        """Do something in the loop's own thread."""
        assert self.loop is not None

        async def coroutine() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(coroutine(), self.loop).result(20)

    def now(self) -> float:
        assert self.loop is not None
        return self.loop.time()

    def connect(self, source: str = "127.0.0.1") -> Connection:
        """Open a connection, from an address of this machine."""
        return Connection(self.port, source)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask once, on a connection of its own."""
        with self.connect() as connection:
            return connection.ask(request(path, **headers))

    def warm(self, path: str, **headers: str) -> Answer:
        """Ask until the lane answers from its cache: the second answer is the cached one."""
        self.get(path, **headers)
        return self.get(path, **headers)

    def stream(self, path: str, **headers: str) -> Stream:
        """Open a stream and read its head."""
        return Stream(self.connect(), path, **headers)

    def streams(self, blog: int) -> int:
        """Return how many streams a blog has."""
        return self.do(lambda: len(self.site.rooms[blog].sinks) if blog in self.site.rooms else 0)


class InProcess:
    """The plain application without a server, asked by httpx; the loop is that of the lane it belongs to."""

    lane = "in process"

    def __init__(self, served: Served) -> None:
        """Use the application of a running server."""
        self._served = served

    def get(self, path: str, **headers: str) -> Answer:
        async def ask() -> Answer:
            transport = httpx.ASGITransport(self._served.delivery)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                asked = client.build_request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
                if "accept_encoding" not in headers:
                    del asked.headers["accept-encoding"]
                got = await client.send(asked, stream=True)
                raw = b"".join([chunk async for chunk in got.aiter_raw()])
                return Answer(got.status_code, [(k.lower().decode(), v.decode()) for k, v in got.headers.raw], raw)

        assert self._served.loop is not None
        return asyncio.run_coroutine_threadsafe(ask(), self._served.loop).result(20)

    warm = get


__all__ = ["HOSTS", "LANES", "InProcess", "Served", "delivery_app", "until"]
