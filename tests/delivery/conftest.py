"""A newsroom that publishes through the real press, and servers on every lane that deliver it.

Owns the database that delivery's tests commit to: a copy, because a log lets nothing be taken out again. Servers are
uvicorn's own, in a thread, on real sockets; nothing in the product is replaced. Look next: wire.py for how tests ask.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from asithappened.published import tickets
from tests.delivery import wire
from tests.delivery.newsroom import Blog
from tests.delivery.serving import LANES, InProcess, Served

KEY = b"k" * tickets.KEY_BYTES


def _postgres() -> bool:
    return connection.vendor == "postgresql"


@pytest.fixture(scope="session")
def migrated(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Yield the name of an empty database with all tables, to copy."""
    folder = Path(tempfile.mkdtemp(prefix="aih-delivery-"))
    name = f"template_{folder.name[-8:]}".lower() if _postgres() else str(folder / "template.sqlite3")
    with django_db_blocker.unblock():
        if _postgres():
            _elsewhere(f'CREATE DATABASE "{name}"')
        with _on(name):
            call_command("migrate", verbosity=0)
        yield name
        if _postgres():
            _elsewhere(f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def database(migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Path | str]:
    """Yield where delivery reads a database of this module's own, to which Django writes meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="aih-delivery-"))
    doorbells, settings.DOORBELLS = settings.DOORBELLS, folder / "doorbells"
    with django_db_blocker.unblock():
        if _postgres():
            name, at = f"copy_{folder.name[-8:]}".lower(), connection.settings_dict
            _elsewhere(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
            with _on(name):
                yield f"host={at['HOST']} user={at['USER']} dbname={name}"
            _elsewhere(f'DROP DATABASE "{name}" WITH (FORCE)')
        else:
            copy = folder / "newsroom.sqlite3"
            shutil.copy(migrated, copy)  # nobody has it open: all of it is in this one file
            with _on(str(copy)):
                yield copy
    settings.DOORBELLS = doorbells
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _on(name: str) -> Iterator[None]:
    connection.close()
    was, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was


def _elsewhere(statement: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(autouse=True)
def leave() -> Iterator[None]:
    """Close the connections that a test has left open."""
    yield
    for opened in wire.OPEN:
        opened.wire.close()
    wire.OPEN.clear()


@pytest.fixture
def blog(database: Path | str) -> Blog:
    """Return a live blog for everyone, with three posts."""
    del database
    return Blog.opened(posts=3)


@pytest.fixture(scope="module")
def lanes(database: Path | str) -> Iterator[dict[str, Served]]:
    """Yield a server a lane, on one database: fast, asgi, and the plain application without any server."""
    with Served.all_of(database, Path(settings.DOORBELLS), KEY) as served:
        yield served


@pytest.fixture(params=LANES)
def site(request: pytest.FixtureRequest, lanes: dict[str, Served]) -> Served:
    """Return a server; the test runs once a lane."""
    return lanes[request.param]


@pytest.fixture(params=["fast", "asgi", "in process"])
def anywhere(request: pytest.FixtureRequest, lanes: dict[str, Served]) -> Served | InProcess:
    """Return a server, or the application in this process: for questions that need no socket."""
    if request.param == "in process":
        return InProcess(lanes["asgi"])
    return lanes[request.param]
