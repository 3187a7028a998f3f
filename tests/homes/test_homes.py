"""Promise: a home made by any earlier version upgrades, folds to the same state, rebuilds the same, and goes on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.commands import ran
from tests.homes import kept

pytestmark = pytest.mark.both


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Yield the address of an empty database for a program of its own; "" is the SQLite of its home."""
    if connection.vendor != "postgresql":
        yield ""
        return
    at, name = connection.settings_dict, f"home_{os.getpid()}"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://{at['USER']}@/{name}?host={at['HOST']}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


OLDEST = "made_by_56ba076"  # which goes through every migration; `make walk` has the others, on SQLite
HOMES = [pytest.param(name, marks=[] if name == OLDEST else pytest.mark.terminal) for name in kept.names()]


@pytest.mark.parametrize("name", HOMES)
def test_a_home_of_an_earlier_version_upgrades_and_goes_on(name: str, database: str, tmp_path: Path) -> None:
    foreign = {key for key in os.environ if key.startswith("ASITHAPPENED_")}
    environment = {key: value for key, value in os.environ.items() if key not in foreign}
    environment |= {"ASITHAPPENED_HOME": str(tmp_path), "ASITHAPPENED_DATABASE": database}
    done = ran(name, environment=environment, limit_s=100, program="tests.homes.upgraded")
    assert (done.returncode, done.stdout.strip()) == (0, "held"), done.stderr[-2_000:]
