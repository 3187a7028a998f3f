"""Checks the databases: their kind, integrity, migrations, erased words left in files, and keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from asithappened.wiring.doctor.finding import Finding

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

NO_TABLES_YET: Final = "none yet: the first command that needs them makes them"


def sqlite() -> Finding:
    """Is the SQLite in use one that two connections can share?"""
    from django.db import connection

    from asithappened.wiring.settings import SQLITE_VERSION
    from asithappened.wiring.sqlite import is_safe

    if connection.vendor != "sqlite":
        return Finding(check="database", result="ok", says="PostgreSQL")
    if is_safe(SQLITE_VERSION):
        return Finding(check="database", result="ok", says=f"SQLite {SQLITE_VERSION}")
    return Finding(
        check="database",
        result="warn",
        says=f"SQLite {SQLITE_VERSION} can corrupt a database that two processes write to",
        do="Run one process only, or use Python with SQLite 3.51.3 or newer, or PostgreSQL.",
    )


def whole() -> Finding:
    """Does the database say that it is whole, and the one of drafts?"""
    from django.db import DEFAULT_DB_ALIAS, connection, connections

    if connection.vendor != "sqlite":
        return Finding(check="integrity", result="ok", says="PostgreSQL looks after its own")
    for alias in connections:
        if answer := _damage(connections[alias]):
            file = Path(connections[alias].settings_dict["NAME"])
            do = (
                "Restore the last good backup."
                if alias == DEFAULT_DB_ALIAS
                else f"Stop the server, move {file.name} aside and start it again: only what was in it is lost."
            )
            return Finding(check="integrity", result="fail", says=f"{file.name} is damaged: {answer}", do=do)
    return Finding(check="integrity", result="ok", says="the database is whole")


def _damage(connection: "BaseDatabaseWrapper") -> str:
    """Return the damage that SQLite finds in a file; "" if there is none, or no file yet."""
    from django.db import DatabaseError

    if not Path(connection.settings_dict["NAME"]).exists():
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            answer: str = cursor.fetchone()[0]
    except DatabaseError as error:  # by its first bytes it is no database
        return str(error)
    return "" if answer == "ok" else answer


def tables() -> Finding:
    """Has the database had every migration?"""
    from asithappened.wiring.home import is_new, pending, unknown

    if is_new():
        return Finding(check="tables", result="ok", says=NO_TABLES_YET)
    if newer := unknown():
        return Finding(
            check="tables",
            result="fail",
            says=f"the database was used by a newer version of this program, which has {newer[0]}",
            do="Install that version again, or restore a backup that was made before.",
        )
    missing = pending()
    if missing:
        return Finding(
            check="tables",
            result="fail",
            says=f"the database is older than this program by {len(missing)} migrations",
            do="Run any other command once (or `asithappened manage migrate`).",
        )
    return Finding(check="tables", result="ok", says="every migration was applied")


def erased() -> Finding:
    """Is what was erased gone from the database's files, too?"""
    from asithappened.log.scrub import unscrubbed_since

    since = unscrubbed_since()
    if since is None:
        return Finding(check="erased", result="ok", says="nothing that was erased lies in the database's files")
    return Finding(
        check="erased",
        result="warn",
        says=f"words erased at {since:%Y-%m-%d %H:%M} UTC lie in the database's files still, and somebody reads them",
        do="`asithappened run` goes on trying. End backups, exports and transactions that have been open since then.",
    )


def keys() -> Finding:
    """Are this home's keys those of its database, as on every other machine?"""
    from asithappened.wiring import agreement

    if wrong := agreement.differing():
        return Finding(
            check="keys",
            result="fail",
            says=f"{' and '.join(wrong)} of this home is not the one that the database belongs to",
            do="Copy the key files from the first machine's home; if they are lost, `asithappened restore --in-place`.",
        )
    return Finding(check="keys", result="ok", says="the keys are the installation's")
