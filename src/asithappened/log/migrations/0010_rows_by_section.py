"""Rows of the ledger are found by section, the newest first. The rebuild that an upgrade does fills the column.

Three tables lose an index by live blog alone, with which others of theirs begin. In SQL, because Django would make the
tables anew on SQLite, without the triggers that protect facts.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


def _without_index(model: str, table: str, digest: str) -> Operation:
    field = models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="log.blog")
    index = f"{table}_blog_id_{digest}"
    return migrations.SeparateDatabaseAndState(
        [migrations.RunSQL(f"DROP INDEX {index}", f"CREATE INDEX {index} ON {table} (blog_id)")],
        [migrations.AlterField(model, "blog", field)],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0009_subjects_open"),
    ]

    operations = [
        _without_index("Entry", "log_event", "2ce9fd83"),
        _without_index("Post", "log_post", "cbcceab5"),
        _without_index("Subject", "log_subject", "ba6c3338"),
        migrations.RemoveIndex("Subject", "log_subject_changed"),
        migrations.AddField("Subject", "section", models.CharField(blank=True, default="", max_length=16)),
        migrations.AddIndex("Subject", models.Index(fields=["blog", "section", "-seq"], name="log_subject_newest")),
    ]
