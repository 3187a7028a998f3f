"""Scrubbing erased words out of the database's own files.

SQLite's write-ahead log keeps old pages until a checkpoint, PostgreSQL keeps deleted rows until a vacuum, and a GIN
index has their words until it is built again. Neither works while a transaction reads the older state, so an erasure
does not wait: append writes a Scrub row in its own transaction, and `scrub` deletes those that it could finish.
Never touches backups, replicas or PostgreSQL's archived WAL: docs/operating.md names those.
Look next: wiring/work.py, by which the worker tries again until nothing is left.
"""

from datetime import datetime
from typing import Final

from django.apps import apps
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from asithappened.log.models import Scrub

LOCK_MS: Final = 200  # a vacuum waits so long for another one on the same table; then the next try does it


def mark_unscrubbed() -> None:
    """Note, in the transaction of an erasure, that the deleted words are still in the database's files."""
    Scrub.objects.create()


def unscrubbed_since() -> datetime | None:
    """Return the time of the oldest erasure whose words are still in the database's files; None if there is none."""
    return Scrub.objects.order_by("pk").values_list("at", flat=True).first()


def scrub() -> bool:
    """Scrub what is possible now, without waiting; return whether nothing is left to do."""
    rows = list(Scrub.objects.order_by("pk"))
    if not rows:
        return True
    if connection.in_atomic_block:
        return False  # neither database does it inside a transaction
    scrubbed = _vacuumed(rows) if connection.vendor != "sqlite" else rows if checkpointed(connection) else []
    Scrub.objects.filter(pk__in=[row.pk for row in scrubbed]).delete()
    return len(scrubbed) == len(rows)


def checkpointed(on: BaseDatabaseWrapper) -> bool:
    """Empty a SQLite database's write-ahead log, without waiting; return whether nothing is left in it."""
    with on.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = cursor.fetchone()[0]
        # With a busy timeout, a checkpoint blocks all writers while it waits for readers: up to 20 s.
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        except OperationalError:  # another connection checkpoints at this moment
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience:d}")


_OVER_WORDS: Final = (
    "SELECT i.oid::regclass::text FROM pg_class i JOIN pg_am a ON a.oid = i.relam"
    " WHERE a.amname = 'gin' AND i.relnamespace = current_schema()::regnamespace"
)


def _vacuumed(rows: list[Scrub]) -> list[Scrub]:
    with connection.cursor() as cursor:
        # The mark is a transaction that began after the erasure: older snapshots may still see the erased rows.
        cursor.execute("UPDATE log_scrub SET mark = pg_current_xact_id()::xid::text WHERE mark = ''")
        # VACUUM silently keeps rows that an older snapshot can see. Snapshots of other databases do not count; those of
        # a standby with hot_standby_feedback do, and have no database.
        cursor.execute(
            """SELECT debt.id FROM log_scrub debt WHERE debt.id = ANY(%s) AND age(debt.mark::xid) >= ALL (
                   SELECT age(backend_xmin) FROM pg_stat_activity
                   WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid()
                   AND coalesce(datname, current_database()) = current_database()
                   UNION ALL SELECT age(xmin) FROM pg_replication_slots WHERE xmin IS NOT NULL
               )""",
            [[row.pk for row in rows]],
        )
        unseen = {key for (key,) in cursor.fetchall()}
        if not unseen:
            return []
        cursor.execute(f"SET lock_timeout = {LOCK_MS}")
        try:
            for model in apps.get_models():  # any table may have had the words: submissions, sessions
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
            cursor.execute(_OVER_WORDS)
            for (index,) in cursor.fetchall():  # GIN keeps every word as a key, even without rows
                cursor.execute(f"REINDEX INDEX {index}")
        except OperationalError:  # a table is locked: by autovacuum, a backup, a migration
            return []
        finally:
            cursor.execute("SET lock_timeout = DEFAULT")
    return [row for row in rows if row.pk in unseen]
