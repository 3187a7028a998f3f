"""A server on PostgreSQL, as a process of its own, listens to what other machines say."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.delivery.conftest import database, leave
from tests.delivery.serving import until
from tests.wiring.test_runner import process

__all__ = ["database", "leave"]

pytestmark = pytest.mark.both


@pytest.fixture
def home(database: Path | str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield the home of another machine, on the same PostgreSQL."""
    if isinstance(database, Path):
        pytest.skip("needs PostgreSQL: SQLite is of one machine")
    at = connection.settings_dict
    monkeypatch.setenv("ASITHAPPENED_DATABASE", f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}")
    folder = Path(tempfile.mkdtemp(prefix="aih-home-"))
    yield folder
    shutil.rmtree(folder)


def listeners() -> set[int]:
    """Return the connections to this module's database that listen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'")
        return {pid for (pid,) in cursor.fetchall()}


def test_a_server_listens_to_other_machines_until_it_stops(home: Path) -> None:
    with process(home, drain_s=0.2) as server:
        until(lambda: len(listeners()) == 1)
        assert server.stop() == (0, b"")
        until(lambda: not listeners())
