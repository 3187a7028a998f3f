"""Prepares the home folder: the folder, Django, the databases' tables, the keys.

Owns the order: home, then SQLite, then Django, then migrations.
Never asks a question: the first command that writes makes the home, and says so. Look next: `settings`.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path


class HomeRefused(Exception):
    """A home folder or a database cannot be used. The message says why and what to do."""


def folder() -> Path:
    """Return the home folder that ASITHAPPENED_HOME names; it need not exist."""
    return Path(os.environ.get("ASITHAPPENED_HOME") or ".asithappened").resolve()


def need(home: Path) -> None:
    """Raise HomeRefused if there is no home, because for a command that only reads its folder is probably mistyped."""
    if not home.is_dir():
        raise HomeRefused(
            f"There is no home at {home}. Nothing was made. `asithappened demo`, `run` and `import` make one; "
            "--home names another."
        )


def make(home: Path) -> None:
    """Make the home folder, readable by its owner only, if it is missing, and say so. Raises HomeRefused."""
    is_new = not home.exists()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise HomeRefused(
            f"The home folder {home} cannot be made: {error.strerror}. Nothing was changed. "
            "Name another with --home, or give yourself the right to write there."
        ) from error
    if is_new:
        print(f"Made a new home at {home}", file=sys.stderr)


def load(*, make: bool = False) -> None:
    """Load Django for the home folder that ASITHAPPENED_HOME names. Raises HomeRefused.

    `make`: make the folder if it is missing.
    """
    home = folder()
    os.environ["ASITHAPPENED_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asithappened.wiring.settings")
    if make:
        _make(home)
    need(home)
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
        raise HomeRefused(
            str(error) if "Nothing was changed" in str(error) else f"{error} Nothing was changed."
        ) from error


_make = make


def prepare(*, make: bool = False) -> None:
    """Load Django, migrate the databases, and make the keys. Raises HomeRefused."""
    load(make=make)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    from asithappened.desk.drafts.router import OF_IT
    from asithappened.published.tickets import key_in
    from asithappened.wiring import address

    address.keep_first(settings.HOME)
    keep_private(settings.HOME)
    for key in (settings.SECRET_KEY_FILE, settings.TICKET_KEY_FILE, settings.PUSH_KEY_FILE):
        key_in(key)  # all of them at the first command, so that a home that is copied for a second machine has them
    try:
        if newer := unknown():
            raise HomeRefused(
                f"This home was used by a newer version of As It Happened, which has {newer[0]} and this one has not. "
                "Nothing was changed. Install that version again, or restore a backup that was made before."
            )
        if pending():
            with _migration_lock():
                call_command("migrate", verbosity=0, interactive=False)
                for alias, application in product(_other_databases(), sorted(OF_IT)):
                    call_command("migrate", application, database=alias, verbosity=0, interactive=False)
    except DatabaseError as error:
        raise HomeRefused(
            f"The database cannot be used: {in_one_line(error)}. Nothing was changed. `asithappened doctor` says more."
        ) from error


def private_files(home: Path) -> list[Path]:
    """Return a home's files that only its owner may read: the databases with SQLite's files beside them, the keys."""
    return [path for name in ("newsroom.sqlite3*", "drafts.sqlite3*", "*.key") for path in sorted(home.glob(name))]


def keep_private(home: Path) -> None:
    """Make the databases and the keys readable by their owner only, whatever the folder's mode is.

    SQLite takes an empty file for a new database, and makes its files beside it with the same mode.
    """
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            with suppress(FileExistsError):
                os.close(os.open(connection.settings_dict["NAME"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for path in private_files(home):
        if path.stat().st_mode & 0o077:
            with suppress(OSError):  # it has another owner, which the doctor reports
                path.chmod(0o600)


def in_one_line(error: Exception) -> str:
    """Return a database's message, which in PostgreSQL has several lines, as a part of a sentence."""
    return " ".join(str(error).split()).rstrip("?.")


def is_new() -> bool:
    """Return whether the database has no tables, as in a new home."""
    from django.db import connection

    return not connection.introspection.table_names()


def pending() -> list[str]:
    """Return the databases' missing migrations. Raises HomeRefused if a database beside the default one is damaged."""
    from django.db import DatabaseError, connection, connections
    from django.db.migrations.executor import MigrationExecutor

    from asithappened.desk.drafts.router import OF_IT

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for alias in _other_databases():
        file = Path(connections[alias].settings_dict["NAME"])
        try:
            # A missing file has had no migration, and connecting to it would make it.
            executor = MigrationExecutor(connections[alias] if file.exists() else None)
        except DatabaseError as error:
            raise HomeRefused(
                f"{file.name} cannot be used: {in_one_line(error)}. Nothing was changed. Move it aside, and another is "
                "made: only what was in it is lost, and nothing that is published."
            ) from error
        for application in sorted(OF_IT):
            missing += executor.migration_plan(executor.loader.graph.leaf_nodes(application))
    return [str(migration) for migration, _ in missing]


def _other_databases() -> list[str]:
    """Return the databases beside the default one: with SQLite that of drafts, with the applications OF_IT."""
    from django.db import DEFAULT_DB_ALIAS, connections

    return [alias for alias in connections if alias != DEFAULT_DB_ALIAS]


def unknown(had: Iterable[tuple[str, str]] | None = None) -> list[str]:
    """Return our applied migrations that this program, which is then older, does not have.

    `had`: the applied migrations of another database than the home's.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("asithappened.")}
    loader = MigrationLoader(connection if had is None else None)
    known = {*loader.disk_migrations, *(key for one in loader.disk_migrations.values() for key in one.replaces)}
    applied = loader.applied_migrations if had is None else had
    return [f"{app}.{name}" for app, name in sorted(applied) if app in ours and (app, name) not in known]


@contextmanager
def _migration_lock() -> Iterator[None]:
    """Let one process at a time migrate a home. Without fcntl there is no lock."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (Path(os.environ["ASITHAPPENED_HOME"]) / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
