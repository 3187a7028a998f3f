"""Decides, before Django loads, which SQLite this process uses.

Owns replacing the system's SQLite by pysqlite3, which bundles a new one, and how plain values are bound in it.
Never decides what to do on an unsafe version: `wiring.settings` and the command read `is_safe` and keep to one process.
Look next: https://sqlite.org/wal.html, "The WAL-Reset Bug".
"""

import sqlite3
import sys
from types import ModuleType, NoneType
from typing import Any


def use_safe_sqlite() -> str:
    """Replace `sqlite3` by pysqlite3 if that is newer, and return the version in use.

    Must run before any import of `django.db`, because Django binds the module at import. Idempotent. Without a wheel of
    pysqlite3 (Linux on ARM, macOS, Windows) the system's SQLite stays, safe or not.
    """
    chosen = _newest()
    sys.modules["sqlite3"] = chosen
    # `import sqlite3.dbapi2` looks here, and not in the attributes of the line above.
    sys.modules["sqlite3.dbapi2"] = chosen.dbapi2
    # Without an adapter each such value of a statement costs a microsecond, in which none is found; an append with ten
    # rows of the ledger has more than a hundred.
    for kind in (bytes, bool, NoneType):
        chosen.register_adapter(kind, _as_it_is)
    version: str = chosen.sqlite_version
    return version


def _newest() -> ModuleType:
    try:
        import pysqlite3
    except ImportError:
        return sqlite3
    newest: ModuleType = max(sqlite3, pysqlite3, key=lambda module: module.sqlite_version_info)
    return newest


def _as_it_is(value: Any) -> Any:
    return value


def is_safe(version: str) -> bool:
    """Return whether two connections can safely share a WAL database with this SQLite.

    Older ones have the WAL-reset bug: while one connection checkpoints and resets the log, a commit of another can be
    lost and the file corrupted (present since 3.7.0, fixed in 3.51.3, and on the branches in 3.44.6 and 3.50.7).
    Debian 12 ships 3.40.1, which has it.
    """
    number = tuple(int(part) for part in version.split("."))
    return number >= (3, 51, 3) or (3, 50, 7) <= number < (3, 51) or (3, 44, 6) <= number < (3, 45)
