"""A fixture for modules whose tests commit (`transaction=True`): pytest-django then empties the tables, facts too.

Owns taking the triggers of the log away while such a module runs, and putting them back. Imported there, it is used
by every test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from asithappened.log import triggers


@pytest.fixture(autouse=True, scope="module")
def without_triggers(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let pytest-django empty the tables after each test here: the triggers would refuse it, and rightly."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        drops = _drops(cursor)
        for statement in drops:
            cursor.execute(statement)
    yield
    if not drops:
        return  # none of the tests that were selected uses the database, which has no tables then
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in triggers.POSTGRESQL if connection.vendor == "postgresql" else triggers.SQLITE:
            cursor.execute(statement)


def _drops(cursor: Any) -> list[str]:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT proname FROM pg_proc WHERE proname IN ('log_refuse', 'log_refuse_unerased')")
        return [f"DROP FUNCTION {name}() CASCADE" for (name,) in cursor.fetchall()]
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'log%'")
    return [f"DROP TRIGGER {name}" for (name,) in cursor.fetchall()]
