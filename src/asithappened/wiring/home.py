"""Making the home folder ready: the folder, Django, the database's tables.

Owns the order in which a command comes to a usable installation: home, then SQLite, then Django, then migrations.
Never asks for anything: the first command that writes makes the home, and says so. Look next: `settings`.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path


class HomeRefused(Exception):
    """A home folder, or a database, that cannot be used. The message says why and what to do."""


def folder() -> Path:
    """Return the home folder that ASITHAPPENED_HOME names, whether it is there or not."""
    return Path(os.environ.get("ASITHAPPENED_HOME") or ".asithappened").resolve()


def need(home: Path) -> None:
    """Refuse to go on without a home: whoever only asks for something has mistyped its folder. HomeRefused."""
    if not home.is_dir():
        raise HomeRefused(
            f"There is no home at {home}. Nothing was made. `asithappened demo`, `run` and `import` make one; "
            "--home names another."
        )


def make(home: Path) -> None:
    """Make the home folder, for its owner alone, if it is not there, and say so. Raises HomeRefused."""
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
    """Load Django on the home folder that ASITHAPPENED_HOME names. Raises HomeRefused.

    `make`: make the folder, if it is not there.
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
    """Load Django and bring the database's tables up to this program; make the keys. Raises HomeRefused."""
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
        key_in(key)  # all of them from the first command on: whoever copies a home for a second machine finds them
    try:
        if newer := unknown():
            raise HomeRefused(
                f"This home was used by a newer version of As It Happened, which has {newer[0]} and this one has not. "
                "Nothing was changed. Install that version again, or restore a backup that was made before."
            )
        if pending():
            with _alone():
                call_command("migrate", verbosity=0, interactive=False)
                for alias, application in product(_apart(), sorted(OF_IT)):
                    call_command("migrate", application, database=alias, verbosity=0, interactive=False)
    except DatabaseError as error:
        raise HomeRefused(
            f"The database cannot be used: {in_one_line(error)}. Nothing was changed. `asithappened doctor` says more."
        ) from error


def private_files(home: Path) -> list[Path]:
    """Return the files of a home that nobody else may read: databases, what SQLite keeps beside them, the keys."""
    return [path for name in ("newsroom.sqlite3*", "drafts.sqlite3*", "*.key") for path in sorted(home.glob(name))]


def keep_private(home: Path) -> None:
    """Let nobody else read the databases and the keys, whoever made the folder and with what mode.

    An empty file is a new database to SQLite, and what it keeps beside the file it makes with the file's own mode.
    """
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            with suppress(FileExistsError):
                os.close(os.open(connection.settings_dict["NAME"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for path in private_files(home):
        if path.stat().st_mode & 0o077:
            with suppress(OSError):  # another owner's: the doctor says so
                path.chmod(0o600)


def in_one_line(error: Exception) -> str:
    """Return what a database says, which is a paragraph with PostgreSQL, as a part of a sentence."""
    return " ".join(str(error).split()).rstrip("?.")


def is_new() -> bool:
    """Say whether the database has no tables yet, as in a home that was made a moment ago."""
    from django.db import connection

    return not connection.introspection.table_names()


def pending() -> list[str]:
    """Return the migrations that the databases have not had. Raises HomeRefused for one apart that is damaged."""
    from django.db import DatabaseError, connection, connections
    from django.db.migrations.executor import MigrationExecutor

    from asithappened.desk.drafts.router import OF_IT

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for alias in _apart():
        file = Path(connections[alias].settings_dict["NAME"])
        try:
            # One that is not there has had none, and asking it would make it.
            executor = MigrationExecutor(connections[alias] if file.exists() else None)
        except DatabaseError as error:
            raise HomeRefused(
                f"{file.name} cannot be used: {in_one_line(error)}. Nothing was changed. Move it aside, and another is "
                "made: only what was in it is lost, and nothing that is published."
            ) from error
        for application in sorted(OF_IT):
            missing += executor.migration_plan(executor.loader.graph.leaf_nodes(application))
    return [str(migration) for migration, _ in missing]


def _apart() -> list[str]:
    """Return the databases beside the default one: that of drafts, where it has one, with the applications OF_IT."""
    from django.db import DEFAULT_DB_ALIAS, connections

    return [alias for alias in connections if alias != DEFAULT_DB_ALIAS]


def unknown(had: Iterable[tuple[str, str]] | None = None) -> list[str]:
    """Return the migrations of ours that a database has had and that this program, being older, does not know.

    `had`: what it has had, if it is not the home's own database.
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
