"""`backup` and `restore`.

Owns the order of a restore: no server may run while files are replaced, a backup is checked, also for a newer version,
before anything is moved, and then every live blog begins a new epoch, so that readers load it anew and miss nothing.
"""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from asithappened.wiring import backup as backups
from asithappened.wiring import home, served
from asithappened.wiring.commands.inside import Json, installation, print_json
from asithappened.wiring.exits import Exit, Stop

ON_POSTGRES = (
    "This installation is on PostgreSQL: {do} the database with its own tools ({tool}), and keep secret.key, "
    "ticket.key, push.key and address.json of the home with it. Nothing was changed."
)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; not written over.")], as_json: Json = False
) -> None:
    """Write a backup: database, keys and address in one file.

    The home may be served meanwhile. Whoever has the file can read everything in it, and sign tickets.
    """
    with installation():
        from django.conf import settings
        from django.db import connection

        if connection.vendor != "sqlite":
            raise Stop(Exit.REFUSED, ON_POSTGRES.format(do="back up", tool="pg_dump"))
        try:
            size = backups.make(settings.HOME, file.resolve())
        except backups.BackupRefused as refused:
            raise Stop(Exit.REFUSED, str(refused)) from refused
        if as_json:
            print_json({"file": str(file), "bytes": size})
        else:
            print(f"Wrote {file} ({size:,} bytes). Words that are erased later stay in it.")


def restore(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="What `backup` wrote.")] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="The database is restored already, by its own tools.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in place, and have readers begin anew."""
    if (file is None) is not in_place:
        raise typer.BadParameter("restore needs a FILE, or --in-place for a database that was restored already.")
    folder = home.folder()
    try:
        if file is None:
            home.need(folder)
        elif not file.is_file():
            raise Stop(Exit.REFUSED, f"There is no file {file}. Nothing was changed.")
        home.make(folder)
        with served.exclusively(folder):
            aside = None if file is None else _put(folder, file)
            with installation():
                from asithappened.desk.actions.restored import begin_anew
                from asithappened.jobs import stopped
                from asithappened.wiring import agreement
                from asithappened.wiring.work import work

                agreement.take_keys()
                stopped.mark_unsure(work())
                blogs = begin_anew()
    except (backups.BackupRefused, served.Taken, home.HomeRefused) as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused
    if as_json:
        print_json({"blogs": blogs, "aside": str(aside) if aside else None})
        return
    print(f"{blogs} live blogs begin a new epoch: their readers get the page as it is now, and miss nothing.")
    if aside:
        print(f"What was there before is in {aside}; delete it when you need it no longer.")


def _put(folder: Path, file: Path) -> Path | None:
    with installation(migrate=False):
        from django.db import connection, connections

        if connection.vendor != "sqlite":
            raise Stop(Exit.REFUSED, ON_POSTGRES.format(do="restore", tool="pg_restore") + " Then: restore --in-place.")
        unpacked = backups.unpack(folder, file.resolve())
        if newer := home.unknown(backups.migrations_in(unpacked)):
            shutil.rmtree(unpacked)
            raise backups.BackupRefused(
                f"The backup is of a newer version of As It Happened, which has {newer[0]}. Nothing was changed."
            )
        connections.close_all()
        return backups.put_in_place(folder, unpacked).aside
