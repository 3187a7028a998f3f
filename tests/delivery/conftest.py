"""A newsroom that publishes through the real press, and servers on every lane that deliver it.

Owns the database that delivery's tests commit to: a copy, because a log lets nothing be taken out again. Servers are
uvicorn's own, in a thread, on real sockets; nothing in the product is replaced. Look next: client.py for how tests ask.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from asithappened.published import tickets
from tests.delivery import client
from tests.delivery.newsroom import Blog
from tests.delivery.serving import LANES, InProcess, Served
from tests.tables import elsewhere, on

KEY = b"k" * tickets.KEY_BYTES
# Lanes differ in how bytes go out, and not in what a database gave: on PostgreSQL one of them is asked.
ASKED = LANES if connection.vendor == "sqlite" else LANES[:1]
ANYWHERE = [*ASKED, *(["in process"] if connection.vendor == "sqlite" else [])]


@pytest.fixture(scope="module")
def database(migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Path | str]:
    """Yield where delivery reads a database of this module's own, to which Django writes meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="aih-delivery-"))
    doorbells, settings.DOORBELLS = settings.DOORBELLS, folder / "doorbells"
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            name, at = f"copy_{folder.name[-8:]}".lower(), connection.settings_dict
            elsewhere(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
            with on(name):
                yield f"host={at['HOST']} user={at['USER']} dbname={name}"
            elsewhere(f'DROP DATABASE "{name}" WITH (FORCE)')
        else:
            copy = folder / "newsroom.sqlite3"
            shutil.copy(migrated, copy)  # nobody has it open: all of it is in this one file
            with on(str(copy)):
                yield copy
    settings.DOORBELLS = doorbells
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def leave() -> Iterator[None]:
    """Close the connections that a test has left open."""
    yield
    for opened in client.OPEN:
        opened.sock.close()
    client.OPEN.clear()


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


@pytest.fixture(params=ASKED)
def site(request: pytest.FixtureRequest, lanes: dict[str, Served]) -> Served:
    """Return a server; the test runs once a lane."""
    return lanes[request.param]


@pytest.fixture(params=ANYWHERE)
def anywhere(request: pytest.FixtureRequest, lanes: dict[str, Served]) -> Served | InProcess:
    """Return a server, or the application in this process: for questions that need no socket."""
    if request.param == "in process":
        return InProcess(lanes["asgi"])
    return lanes[request.param]
