"""Scrubbing erased words out of the database's own files.

Owns what is left to do after an erasure: SQLite's write-ahead log keeps old pages until it is checkpointed, PostgreSQL
keeps deleted rows until they are vacuumed, and an index of words has them until it is made anew. Neither is possible
while a transaction reads the older state, so an erasure does not wait: append notes it in a Scrub row, in its own
transaction, and `scrub` deletes the rows it could finish.
Never touches backups, replicas or PostgreSQL's archived WAL: docs/operating.md names those.
Look next: wiring/work.py, by which the worker tries again until it is done.
"""

from datetime import datetime
from typing import Final

from django.apps import apps
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from asithappened.log.models import Scrub

LOCK_MS: Final = 200  # that a vacuum waits for another one on the same table; the next try does it otherwise


def owe() -> None:
    """Note, in the transaction of an erasure, that what it deleted still lies in the database's files."""
    Scrub.objects.create()


def owed_since() -> datetime | None:
    """Return when the oldest erasure happened whose words still lie in the database's files; None if there is none."""
    return Scrub.objects.order_by("pk").values_list("at", flat=True).first()


def scrub() -> bool:
    """Scrub what can be scrubbed now, waiting for nobody; say whether nothing is left to do."""
    debts = list(Scrub.objects.order_by("pk"))
    if not debts:
        return True
    if connection.in_atomic_block:
        return False  # neither database does it inside a transaction
    settled = _vacuumed(debts) if connection.vendor != "sqlite" else debts if checkpointed(connection) else []
    Scrub.objects.filter(pk__in=[debt.pk for debt in settled]).delete()
    return len(settled) == len(debts)


def checkpointed(on: BaseDatabaseWrapper) -> bool:
    """Empty a SQLite database's write-ahead log, waiting for nobody; say whether nothing is left in it."""
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


def _vacuumed(debts: list[Scrub]) -> list[Scrub]:
    with connection.cursor() as cursor:
        # A transaction that began after the erasure had ended: older snapshots may still see the erased rows.
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
            [[debt.pk for debt in debts]],
        )
        unseen = {key for (key,) in cursor.fetchall()}
        if not unseen:
            return []
        cursor.execute(f"SET lock_timeout = {LOCK_MS}")
        try:
            for model in apps.get_models():  # words may have been in any table, submissions' and sessions' too
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
            cursor.execute(_OVER_WORDS)
            for (index,) in cursor.fetchall():  # GIN never deletes a word that it once had, only where it stood
                cursor.execute(f"REINDEX INDEX {index}")
        except OperationalError:  # somebody holds a table: autovacuum, a backup, a migration
            return []
        finally:
            cursor.execute("SET lock_timeout = DEFAULT")
    return [debt for debt in debts if debt.pk in unseen]
