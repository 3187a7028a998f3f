"""`run` and `demo`: start the server and the worker.

Owns the order of a start: checking for another server of this home, then the port, then the home, its address, its
database and its keys, and only then the message where it listens. A worker alone has no port and no address.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from asithappened.wiring import address, home, listening, roles, served
from asithappened.wiring.commands.inside import Speed, installation
from asithappened.wiring.exits import Exit, Stop

LANES = ("fast", "asgi")
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]
Lane = Annotated[str, typer.Option(help="How readers are served: fast, or asgi.")]
Url = Annotated[str, typer.Option(metavar="ADDRESS", help="The public address, kept from now on.")]


def run(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    url: Url = "",
    lane: Lane = "fast",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that serve.")] = 1,
    metrics_port: Annotated[int | None, typer.Option(min=1, max=65535, help="A port on loopback for metrics.")] = None,
    drain: Annotated[
        float, typer.Option(min=0, max=600, help="Seconds over which streams end when told to stop.")
    ] = 10,
    role: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLES", help="desk, delivery, worker: what this process does, if not all of it."),
    ] = None,
) -> None:
    """Serve everything: readers' pages and streams, and the desk."""
    try:
        asked = roles.roles_of(role or [])
    except roles.NoSuchRole as error:
        raise typer.BadParameter(f"--role: {error}") from error
    if asked == {roles.Role.WORKER}:
        _run_worker(workers=workers, metrics_port=metrics_port, drain_s=drain)
        return
    with _starting(host, port, url, lane, workers=workers) as serve:
        _import_server(asked)
        serve(metrics_port=metrics_port, drain_s=drain, roles=asked)


def demo(host: Host = "127.0.0.1", port: Port = 8000, url: Url = "", speed: Speed = 1.0, lane: Lane = "fast") -> None:
    """Show a newsroom at work on a day that did not happen."""
    os.environ.setdefault("ASITHAPPENED_HOME", ".asithappened-demo")
    with _starting(host, port, url, lane, joins=False) as serve:
        from django.conf import settings
        from django.db import connection

        from asithappened.accounts.links import sign_in_link
        from asithappened.accounts.staff import invite as make
        from asithappened.desk.demo import pictures, play

        _import_server(roles.ALL)
        pictures.take_in()
        day = play.begin()
        print(f"Readers: {settings.PUBLIC_URL}/live/{day.slug}/")
        print(f"Desk:    {sign_in_link(make('demo@localhost.example', admin=True, byline='Robin Demo').user)}")
        print("         (signs in once; there is no password)", flush=True)
        stopping = threading.Event()

        def perform() -> None:
            try:
                play.play_on(day, pause=stopping.wait, speed=speed)
            finally:
                connection.close()

        player = threading.Thread(target=perform, name="demo", daemon=True)
        player.start()
        try:
            serve()
        finally:
            stopping.set()
            player.join(timeout=10)


@contextmanager
def _starting(host: str, port: int, url: str, lane: str, *, workers: int = 1, joins: bool = True) -> Iterator[Any]:
    """Prepare everything, and yield the function that serves. `joins`: a home may have another server already."""
    if lane not in LANES:
        raise typer.BadParameter(f"--lane is one of: {', '.join(LANES)}.")
    folder, listens = home.folder(), address.where_it_listens(host, port)
    if not joins and (other := served.server_of(folder)):
        raise Stop(Exit.REFUSED, f"This home is served already, by {other}. Nothing was changed.")
    try:
        if url:
            address.checked(url, "--url")
        port_taken = listening.taken(host, port)
        home.make(folder)
        with port_taken, served.serving(folder, listens=listens) as other:
            if other is not None:
                _join(other)
            served_already = other is not None and bool(other.listens)
            moved = address.settle(folder, given=url, host=host, port=port, served=served_already)
            with installation(make=True):
                from asithappened.wiring import agreement
                from asithappened.wiring.work import begin_following

                agreement.check()
                begin_following()  # so that the front page exists before the first request
                yield lambda **how: _serve(port_taken, host, port, lane, workers=workers, said=moved, **how)
    except listening.PortRefused as refused:
        other = served.server_of(folder)
        of_its_own = f" This home is served already, by {other}." if other and other.listens == listens else ""
        raise Stop(Exit.REFUSED, f"{refused}{of_its_own}") from refused
    except (address.AddressRefused, served.Taken, home.HomeRefused) as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused


def _run_worker(*, workers: int, metrics_port: int | None, drain_s: float) -> None:
    """Run a worker without a server until it is stopped."""
    if workers > 1:
        raise typer.BadParameter("--workers is how many processes serve. Of those that work start as many as you like.")
    folder = home.folder()
    try:
        home.make(folder)
        with served.serving(folder, listens="") as other:
            if other is not None:
                _join(other)
            with installation(make=True):
                from asithappened.wiring import agreement, working

                agreement.check()
                print(f"Working in {folder}, on no port (stop with Ctrl-C)", file=sys.stderr)
                code = working.work_alone(drain_s=drain_s, metrics_port=metrics_port)
    except (served.Taken, home.HomeRefused) as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused
    if code:
        raise typer.Exit(code)


def _join(other: served.Server) -> None:
    from asithappened.wiring.sqlite import is_safe, use_safe_sqlite

    if not os.environ.get("ASITHAPPENED_DATABASE") and not is_safe(use_safe_sqlite()):
        raise Stop(
            Exit.REFUSED,
            f"This home is served already, by {other}, and with this SQLite a second process could corrupt the "
            "database. Nothing was changed. Stop the other, or give this one a --home of its own.",
        )
    print(f"This home is served already, by {other}. Joining it as another process.", file=sys.stderr)


def _serve(listener: Any, host: str, port: int, lane: str, *, said: str, **how: Any) -> None:
    from django.conf import settings

    from asithappened.wiring import runner

    here = address.where_it_listens(host, port)
    elsewhere = "" if here == settings.PUBLIC_URL else f", listening on {here}/"
    print(*filter(None, [said]), f"Serving {settings.PUBLIC_URL}/{elsewhere} (stop with Ctrl-C)", file=sys.stderr)
    if code := runner.serve(listener=listener, host=host, port=port, lane=lane, **how):
        raise typer.Exit(code)


def _import_server(asked: frozenset[roles.Role]) -> None:
    """Import the server's modules before any other thread begins, because two importing threads can deadlock.

    CPython resolves such a deadlock, but may hang doing so (gh-91351); a start on a busy machine was seen to hang.
    """
    import asithappened.wiring.runner
    import asithappened.wiring.work
    import asithappened.wiring.working

    if roles.Role.WORKER in asked:
        asithappened.wiring.work.work()
    if roles.Role.DESK in asked:
        import asithappened.wiring.asgi
