"""Making the home folder ready: the folder, Django, the database's tables.

Owns the order in which a command comes to a usable installation: home, then SQLite, then Django, then migrations.
Never asks for anything: the first command that needs the home makes it. Look next: `settings` for what is in it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class HomeRefused(Exception):
    """A home folder, or a database, that cannot be used. The message says why and what to do."""


def load() -> None:
    """Load Django on the home folder that ASITHAPPENED_HOME names, and make the folder. Raises HomeRefused."""
    home = Path(os.environ.get("ASITHAPPENED_HOME") or ".asithappened").resolve()
    os.environ["ASITHAPPENED_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asithappened.wiring.settings")
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise HomeRefused(
            f"The home folder {home} cannot be made: {error.strerror}. Nothing was changed. "
            "Name another with --home, or give yourself the right to write there."
        ) from error
    if not os.access(home, os.W_OK):
        raise HomeRefused(
            f"The home folder {home} cannot be written to. Nothing was changed. "
            "Name another with --home, or give yourself the right to write there."
        )
    from asithappened.wiring.sqlite import use_safe_sqlite

    use_safe_sqlite()
    import django

    try:
        django.setup()
    except ValueError as error:  # a setting's own sentence
        raise HomeRefused(f"{error} Nothing was changed.") from error


def prepare() -> None:
    """Load Django and bring the database's tables up to this program. Raises HomeRefused."""
    load()
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        if pending():
            with _alone():
                call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise HomeRefused(
            f"The database cannot be used: {in_one_line(error)}. Nothing was changed. `asithappened doctor` says more."
        ) from error


def in_one_line(error: Exception) -> str:
    """Return what a database says, which is a paragraph with PostgreSQL, as a part of a sentence."""
    return " ".join(str(error).split()).rstrip("?.")


def is_new() -> bool:
    """Say whether the database has no tables yet, as in a home that was made a moment ago."""
    from django.db import connection

    return not connection.introspection.table_names()


def pending() -> list[str]:
    """Return the migrations that the database has not had."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time migrate a home; where the system has no such lock, nobody waits."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (Path(os.environ["ASITHAPPENED_HOME"]) / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
