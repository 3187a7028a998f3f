"""Runs the server: desk, delivery and worker in one process, in several that share a port, or in several by role.

Owns starting and stopping. On SIGTERM the process is no longer ready, closes the port, ends its streams spread over the
drain, and exits within drain + 2 s with 0; uvicorn alone does not exit while a stream is open.
Look next: delivery/app.py for what is served, asgi.py for the desk behind it, working.py for the worker.
"""

import asyncio
import contextlib
import gc
import multiprocessing
import multiprocessing.connection
import multiprocessing.process
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from django.conf import settings
from prometheus_client import start_http_server
from uvicorn.server import HANDLED_SIGNALS

from asithappened.core.providers import FRAME_ORIGINS
from asithappened.delivery.app import Delivery
from asithappened.delivery.connections import backlog
from asithappened.delivery.disk import Disk
from asithappened.delivery.lane import Lane
from asithappened.delivery.publisher import Publisher
from asithappened.delivery.readership import Readership
from asithappened.delivery.site import Site
from asithappened.published import assets, tickets
from asithappened.published.layout import House
from asithappened.published.machines import Listener
from asithappened.published.reached_elsewhere import Carrier
from asithappened.render import page as render_page
from asithappened.render import refused as render_refused
from asithappened.render.edition import SPOKEN, spoken
from asithappened.syndication.robots import robots_txt
from asithappened.wiring.listening import listen
from asithappened.wiring.roles import ALL, Role
from asithappened.wiring.sqlite import is_safe, use_safe_sqlite

if TYPE_CHECKING:  # a process of several imports this module before it has set Django up
    from asithappened.jobs.worker import Worker

DRAIN_S: Final = 10.0
SWEEP_S: Final = 2.0
TICKS_A_SECOND: Final = 10  # of uvicorn's count
FIRST_REQUEST_S: Final = 0.2  # to send it, of connections that were accepted as the port closed
SWITCH_S: Final = 0.001
INTERRUPTED: Final = 128 + signal.SIGINT
LANES: Final = ("fast", "asgi")
Process = multiprocessing.process.BaseProcess
# The paths that a process without the desk does not answer.
APART: Final = ("/desk/", "/accounts/", "/contribute/", "/alerts/", "/polls/", "/search")


class Server(uvicorn.Server):
    """uvicorn's server, with a drain."""

    def __init__(
        self,
        config: uvicorn.Config,
        delivery: Delivery,
        drain_s: float,
        publishers: Sequence[Publisher],
        worker: "Worker | None",
    ) -> None:
        super().__init__(config)
        self._delivery, self._drain_s, self._publishers, self._worker = delivery, drain_s, publishers, worker
        self.supervised = False  # one of several processes: their supervisor gets Ctrl-C too, and stops them
        self.interrupted = False  # by Ctrl-C, for the exit code
        self._told_to_exit = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop, and print what that waits for; at a second Ctrl-C stop at once."""
        if sig == signal.SIGINT and self.supervised:
            return
        if sig == signal.SIGINT:
            self.interrupted = True
            if not self.should_exit:
                readers = sum(len(room.sinks) for room in self._delivery.site.rooms.values())
                sys.stderr.write(_stopping(self._drain_s if readers else 0, readers))
        super().handle_exit(sig, frame)
        if self.force_exit and self._worker is not None:
            self._worker.drain(0.0)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._told_to_exit.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then the publishers, whose first message makes edges connect here, and the worker."""
        await super().startup(sockets)
        if self.started:
            for publisher in self._publishers:
                publisher.start()
            if self._worker is not None:
                self._worker.start()

    async def main_loop(self) -> None:
        """Tick once a second until told to exit. uvicorn ticks ten times, which is most of what an idle loop costs."""
        self._loop = asyncio.get_running_loop()
        counter = 0
        while not await self.on_tick(counter):
            counter += TICKS_A_SECOND
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._told_to_exit.wait()
        self._loop = None

    async def on_tick(self, counter: int) -> bool:
        """Close idle connections, besides uvicorn's own work. `counter`: in tenths of a second, as uvicorn counts."""
        if counter % int(SWEEP_S * TICKS_A_SECOND) == 0:
            now = asyncio.get_running_loop().time()
            for connection in list(self._delivery.ingress.connections.open):
                connection.idle_too_long(now)
            self._delivery.ingress.report(now)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the port, end the streams over the drain, and drain the worker; then stop as uvicorn does."""
        self._delivery.ready = False
        self._delivery.streams.admission.shut = True
        if self._worker is not None:
            self._worker.drain(self._drain_s)
        await self._close_the_port(sockets or [])
        rooms = self._delivery.site.rooms
        steps = max(1, int(self._drain_s * 5))
        for left in range(steps, 0, -1):
            if not any(room.sinks for room in rooms.values()) or self.force_exit:
                break
            for room in list(rooms.values()):
                room.end_some(1 / left)
            await asyncio.sleep(self._drain_s / steps)
        await super().shutdown(sockets)
        for publisher in self._publishers:
            await asyncio.to_thread(publisher.stop)
        if self._worker is not None:
            await asyncio.to_thread(self._worker.join)
        # uvicorn would raise the handled signal again, which would kill the process.
        self._captured_signals.clear()

    async def _close_the_port(self, sockets: Sequence[socket.socket]) -> None:
        """Close the port, and serve those who have connected to it: the kernel would reset what nobody has accepted."""
        accepted = [connection for listener in sockets for connection in _waiting(listener)]
        for server in self.servers:
            server.close()
        loop = asyncio.get_running_loop()
        for connection in accepted:
            await loop.connect_accepted_socket(self._protocol, connection)
        if accepted:
            await asyncio.sleep(FIRST_REQUEST_S)

    def _protocol(self) -> asyncio.Protocol:
        made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made


def _waiting(listener: socket.socket) -> Iterator[socket.socket]:
    """Yield the connections that the kernel has taken and this process has not."""
    with contextlib.suppress(OSError):  # BlockingIOError when there are no more
        while True:
            connection, _ = listener.accept()
            connection.setblocking(False)
            yield connection


def _stopping(drain_s: float, readers: int | None = None) -> str:
    if not drain_s:
        return "Stopping.\n"
    who = "Readers" if readers is None else f"{readers} readers"
    return f"Stopping. {who} are let go over {drain_s:g} s, not all at once; Ctrl-C again stops now.\n"


def build(roles: frozenset[Role] = ALL) -> Delivery:
    """Make the application: delivery in front, and the desk behind if this process has that role."""
    desk: Any = None
    if Role.DESK in roles:
        from asithappened.wiring.asgi import application

        desk = application  # Django has its own names for ASGI's types
    house = House(
        address=settings.PUBLIC_URL,
        media=settings.MEDIA_ADDRESS,
        name=settings.SITE_NAME,
        language=spoken(settings.LANGUAGE_CODE),
        frames=FRAME_ORIGINS,
        embedders=settings.EMBEDDERS,
        origins=settings.PAGE_ORIGINS,
        counts=settings.READERSHIP,
    )
    if settings.HOUSE_STYLE:
        assets.bring(settings.HOUSE_STYLE / "static")
    site = Site(
        database(),
        Path(settings.DOORBELLS),
        house=house,
        media_folder=settings.MEDIA_FOLDER,
        cards_folder=settings.CARDS_FOLDER,
        not_found={language: render_page.nowhere(language) for language in SPOKEN}
        | {house.language: render_page.nowhere(settings.LANGUAGE_CODE)},
        robots=robots_txt(settings.PUBLIC_URL, search=settings.SEARCH, crawlers=settings.AI_CRAWLERS).encode(),
    )
    return Delivery(
        site,
        behind=desk,
        apart=() if desk else APART,
        hosts=frozenset(host.lower() for host in settings.ALLOWED_HOSTS),
        ticket_key=tickets.key_in(settings.TICKET_KEY_FILE),
        secure=settings.HTTPS,
        edges=settings.GRIP_EDGES,
        proxies=settings.PROXIES,
        session_cookie=settings.SESSION_COOKIE_NAME,
        disk=Disk(settings.HOME),
        readership=_readership(),
        refused={language: render_refused.pages(language) for language in SPOKEN}
        | {house.language: render_refused.pages(settings.LANGUAGE_CODE)},
    )


def _readership() -> Readership | None:
    if not settings.READERSHIP:
        return None
    from asithappened.readership.keeping import keep_in_thread

    return Readership(keep_in_thread)


def publishers_of(delivery: Delivery) -> list[Publisher]:
    """Return the publishers to the edges. One process of an installation runs them."""
    where = database(), Path(settings.DOORBELLS)
    return [Publisher(edge, *where, delivery.site.metrics, delivery.site.house) for edge in delivery.streams.edges]


def _worker_of(delivery: Delivery) -> "Worker":
    from asithappened.wiring import working

    return working.make(delivery.site.metrics.registry)


def database() -> Path | str:
    """Return the database with the published tables, for delivery's own connection."""
    url = os.environ.get("ASITHAPPENED_DATABASE", "")
    return url or Path(settings.DATABASES["default"]["NAME"])


@contextlib.contextmanager
def hearing() -> Iterator[None]:
    """Listen to what other machines on the same PostgreSQL publish, and report to them what readers here have.

    One process of a machine does. With SQLite there is no other machine.
    """
    where = database()
    threads: list[Listener | Carrier] = []
    if not isinstance(where, Path):
        folder = Path(settings.DOORBELLS)
        threads = [Listener(where, folder), Carrier(where, folder)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.stop()


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    lane: str = "fast",
    workers: int = 1,
    drain_s: float = DRAIN_S,
    metrics_port: int | None = None,
    listener: socket.socket | None = None,
    roles: frozenset[Role] = ALL,
) -> int:
    """Serve until stopped; return the exit code. `workers`: processes that share the port.

    `listener`: a socket that is bound already; it is closed for several processes, which bind the port themselves.
    """
    if workers > 1 and not os.environ.get("ASITHAPPENED_DATABASE") and not is_safe(use_safe_sqlite()):
        sys.stderr.write("This SQLite can corrupt a database that two processes write to. Running one worker.\n")
        workers = 1
    if workers <= 1:
        return _serve_in_process(
            host, port, lane, drain_s, metrics_port, shared=False, first=True, listener=listener, roles=roles
        )
    if listener is not None:
        listener.close()
    context = multiprocessing.get_context("spawn")

    def begin(number: int) -> Process:
        metrics = metrics_port and metrics_port + number
        how = {"shared": True, "first": number == 0, "roles": roles}
        return context.Process(target=_serve_in_process, args=(host, port, lane, drain_s, metrics), kwargs=how)

    return _supervise([begin] * workers, drain_s)


def _supervise(begin: Sequence[Callable[[int], Process]], drain_s: float = DRAIN_S) -> int:
    """Run a process for each function in `begin`, until stopped or until one fails; return the exit code.

    A killed one (by a fault in C, or without memory) is restarted; its readers reconnect to the others meanwhile. One
    that exits with an error (a taken port, a missing database) would do so again: then all stop.
    """
    processes: dict[int, Process] = {}
    stopping = interrupted = False

    def stop(told: int = signal.SIGTERM) -> None:
        nonlocal stopping
        stopping = True
        for process in list(processes.values()):
            if process.pid and process.exitcode is None:
                os.kill(process.pid, told)

    def hear(sig: int, _: FrameType | None) -> None:
        nonlocal interrupted
        again, interrupted = interrupted and sig == signal.SIGINT, interrupted or sig == signal.SIGINT
        if sig == signal.SIGINT and not again:
            sys.stderr.write(_stopping(drain_s))
        stop(signal.SIGKILL if again else signal.SIGTERM)

    for handled in HANDLED_SIGNALS:
        signal.signal(handled, hear)
    code, waiting = 0, list(range(len(begin)))
    while processes or not stopping:
        while waiting and not stopping:
            number = waiting.pop()
            processes[number] = begin[number](number)
            processes[number].start()
        if stopping:
            stop()  # again: a process that was starting at the signal did not get it
        multiprocessing.connection.wait([process.sentinel for process in processes.values()])
        for number, process in list(processes.items()):
            if process.exitcode is None:
                continue
            del processes[number]
            waiting.append(number)
            if interrupted:
                continue
            if process.exitcode > 0 or (stopping and process.exitcode not in {0, -signal.SIGTERM}):
                code = max(code, abs(process.exitcode))
                stop()
    return INTERRUPTED if interrupted else code


def _serve_in_process(
    host: str,
    port: int,
    lane: str,
    drain_s: float,
    metrics_port: int | None,
    *,
    shared: bool,
    first: bool,
    roles: frozenset[Role],
    listener: socket.socket | None = None,
) -> int:
    if shared:
        import django

        use_safe_sqlite()
        django.setup()
    _allow_open_files()
    delivery = build(roles)
    publishers = publishers_of(delivery) if first and Role.DELIVERY in roles else []
    worker = _worker_of(delivery) if first and Role.WORKER in roles else None
    server = make_server(delivery, lane=lane, drain_s=drain_s, publishers=publishers, worker=worker)
    server.supervised = shared
    if metrics_port is not None:
        # On loopback and a separate port, because the number of readers is not public.
        start_http_server(metrics_port, addr="127.0.0.1", registry=delivery.site.metrics.registry)
    # Threads of the desk and the event loop share the interpreter lock. A publish makes dozens of queries, and after
    # each waits for the lock for up to the switch interval, which is 5 ms by default.
    sys.setswitchinterval(SWITCH_S)
    # Ten thousand connections are hundreds of thousands of objects, and a full garbage collection would walk them all
    # during a broadcast. Objects from start-up are frozen, and the others are collected less often: reference counts
    # free nearly all of them anyway.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    listener = listener or listen(host, port, shared=shared)
    with contextlib.ExitStack() as beside:
        if first:
            beside.enter_context(hearing())
        server.run(sockets=[listener])
    return INTERRUPTED if server.interrupted else 0


def _allow_open_files() -> None:
    """Raise the limit of open files to its maximum, because each reader is one, and the default is 1,024."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def make_server(
    delivery: Delivery,
    *,
    lane: str,
    drain_s: float = DRAIN_S,
    publishers: Sequence[Publisher] = (),
    worker: "Worker | None" = None,
) -> Server:
    """Make the server of an application, on one of the LANES."""
    of_this_server = {"site": delivery.site, "ingress": delivery.ingress, "streams": delivery.streams}
    protocol = type("Connection", (Lane,), {**of_this_server, "fast": lane == "fast", "parsed": {}})
    config = uvicorn.Config(
        delivery,
        http=protocol,
        loop="uvloop",
        lifespan="on",
        ws="none",
        access_log=False,
        log_config=None,  # logs.py writes its lines like all others
        log_level="error",  # it warns at each invalid request, and strangers can send any number
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        backlog=backlog(),
    )
    return Server(config, delivery, drain_s, publishers, worker)
