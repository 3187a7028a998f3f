"""The triggers that refuse to update or delete a fact, in each database's SQL.

Owns the SQL that migration 0002 runs. Only a payload may be deleted, and only if an erasure names its fact.
A migration that fills a new column of the envelopes does so between `allow_updates` and `refuse_updates`, in its own
transaction.
"""

from collections.abc import Iterator
from typing import Final

_FILLED: Final = ("log_event", "log_payload")

SQLITE: Final = [
    *(
        f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only: a fact is never changed, only followed by another'); END"""
        for table, verb, when in (
            ("log_event", "update", ""),
            ("log_event", "delete", ""),
            ("log_erasure", "update", ""),
            ("log_erasure", "delete", ""),
            ("log_once", "update", ""),
            ("log_once", "delete", ""),
            ("log_payload", "update", ""),
            (
                "log_payload",
                "delete",
                "WHEN NOT EXISTS (SELECT 1 FROM log_erasure WHERE entry_id = OLD.entry_id)",
            ),
        )
    ),
]

POSTGRESQL: Final = [
    """CREATE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: a fact is never changed, only followed by another', TG_TABLE_NAME;
    END $$""",
    """CREATE FUNCTION log_refuse_unerased() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM log_erasure WHERE entry_id = OLD.entry_id) THEN
            RAISE EXCEPTION 'log_payload is append-only: a fact is never changed, only followed by another';
        END IF;
        RETURN OLD;
    END $$""",
    *(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION log_refuse()"
        for table in ("log_event", "log_erasure", "log_once")
    ),
    """CREATE TRIGGER log_payload_no_update BEFORE UPDATE ON log_payload
       FOR EACH ROW EXECUTE FUNCTION log_refuse()""",
    """CREATE TRIGGER log_payload_erased_only BEFORE DELETE ON log_payload
       FOR EACH ROW EXECUTE FUNCTION log_refuse_unerased()""",
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION log_refuse()"
        for table in ("log_event", "log_payload", "log_erasure", "log_once")
    ),
]


def allow_updates(vendor: str) -> Iterator[str]:
    """Yield the statements that let envelopes and payloads be updated."""
    for table in _FILLED:
        if vendor == "postgresql":
            yield f"ALTER TABLE {table} DISABLE TRIGGER USER"
        else:
            yield f"DROP TRIGGER {table}_no_update"


def refuse_updates(vendor: str) -> Iterator[str]:
    """Yield the statements that refuse updates again."""
    if vendor == "postgresql":
        yield from (f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in _FILLED)
    else:
        updates = tuple(f"CREATE TRIGGER {table}_no_update" for table in _FILLED)
        yield from (statement for statement in SQLITE if statement.startswith(updates))
