"""A row of the ledger has the key that it is found by, and no id. Made anew: a table gets no other key.

The rebuild that an upgrade does folds the rows again; published's migration of the same change has it done in any case.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0010_rows_by_section"),
    ]

    operations = [
        migrations.DeleteModel("Subject"),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "blog_id", "about", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("about", models.CharField(max_length=16)),
                ("subject", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField(default=0)),
                ("open", models.BooleanField(default=False)),
                ("section", models.CharField(blank=True, default="", max_length=16)),
                ("state", models.BinaryField()),
                (
                    "blog",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="log.blog"),
                ),
            ],
            options={
                "db_table": "log_subject",
                "indexes": [models.Index(fields=["blog", "section", "-seq"], name="log_subject_newest")],
            },
        ),
    ]
