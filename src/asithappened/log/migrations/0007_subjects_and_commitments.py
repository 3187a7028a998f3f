"""The envelope gets the fact's subject, a commitment to its payload, and a link to the fact before.

Existing facts get them too. A payload that was erased before has no commitment; its link is valid all the same.
"""

import secrets
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from asithappened.core import chain
from asithappened.core.events import THE_BLOG, Fact, Origin, Subject
from asithappened.log import triggers

_STEP = 500  # facts at once: their payloads are read too


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in what every fact that is there is about, and its commitment and link."""
    alias = editor.connection.alias
    entries: Any = apps.get_model("log", "Entry").objects.using(alias)
    payloads: Any = apps.get_model("log", "Payload").objects.using(alias)
    blogs: Any = apps.get_model("log", "Blog").objects.using(alias)
    for blog in blogs.order_by("pk"):
        link, seq = chain.FIRST, 0
        while step := list(entries.filter(blog=blog, seq__gt=seq).order_by("seq")[:_STEP]):
            said = {payload.pk: payload for payload in payloads.filter(entry__in=step)}
            for entry in step:
                entry.about = "post" if entry.subject else "blog"
                payload = said.get(entry.pk)
                if payload is not None:
                    payload.salt = secrets.token_bytes(chain.SALT_BYTES)
                    entry.commitment = chain.commitment(payload.salt, bytes(payload.data))
                entry.link = link = chain.link(link, _fact(entry), entry.commitment)
                seq = entry.seq
            entries.bulk_update(step, ["about", "commitment", "link"], batch_size=100)
            payloads.bulk_update(said.values(), ["salt"], batch_size=100)
        blogs.filter(pk=blog.pk).update(link=link)


def _fact(entry: Any) -> Fact:
    return Fact(
        epoch="",
        seq=entry.seq,
        at=entry.at,
        origin=Origin(entry.origin),
        kind=entry.kind,
        version=entry.version,
        subject=Subject(entry.about, entry.subject) if entry.subject else THE_BLOG,
        position=entry.position,
    )


def open_for_filling(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let facts be updated, within this migration."""
    for statement in triggers.allow_updates(editor.connection.vendor):
        editor.execute(statement, None)


def close_again(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse it again."""
    for statement in triggers.refuse_updates(editor.connection.vendor):
        editor.execute(statement, None)


def _column(model: str, name: str, field: Any) -> Any:
    """Add a column by SQL: Django would make SQLite's table again, without its triggers."""
    table = {"entry": "log_event", "payload": "log_payload", "blog": "log_blog"}[model]

    def add(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        postgresql = editor.connection.vendor == "postgresql"
        text = "varchar(16)", "''"
        binary = ("bytea", "''") if postgresql else ("BLOB", "x''")
        kind, empty = binary if isinstance(field, models.BinaryField) else text
        editor.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind} NOT NULL DEFAULT {empty}", None)

    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunPython(add)],
        state_operations=[migrations.AddField(model, name, field)],
    )


class Migration(migrations.Migration):
    """Adds subject, commitment and link, and a table for subjects that need no columns of their own."""

    dependencies = (("log", "0006_following"),)
    operations = (
        migrations.RemoveIndex(model_name="entry", name="log_event_of_a_post"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL("ALTER TABLE log_event RENAME COLUMN post TO subject")],
            state_operations=[migrations.RenameField("entry", "post", "subject")],
        ),
        _column("entry", "about", models.CharField(max_length=16)),
        _column("entry", "commitment", models.BinaryField(max_length=32)),
        _column("entry", "link", models.BinaryField(max_length=32)),
        _column("payload", "salt", models.BinaryField(max_length=16)),
        _column("blog", "link", models.BinaryField(max_length=32)),
        migrations.RunPython(open_for_filling),
        migrations.RunPython(fill),
        migrations.RunPython(close_again),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["blog", "subject", "about", "seq"], name="log_event_of_a_subject"),
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=16)),
                ("subject", models.CharField(max_length=64)),
                ("state", models.BinaryField()),
                ("blog", models.ForeignKey(on_delete=models.deletion.PROTECT, to="log.blog")),
            ],
            options={
                "db_table": "log_subject",
                "constraints": (
                    models.UniqueConstraint(fields=["blog", "about", "subject"], name="log_subject_once_an_id"),
                ),
            },
        ),
    )
